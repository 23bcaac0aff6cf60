"""A site goes to a folder or a bucket: what has changed alone, in an order that never breaks a page."""

import json
import os
import re

import pytest
from click.testing import CliRunner
from target import RECORD, Said, numbers, output_of

from building import build, bytes_of, copy_of_minimal, names_in
from storefront import state
from storefront.cli import group
from storefront.deploy.serving import serving
from storefront.hosting import media_types


def deploy(root, target, *options):
    done = CliRunner().invoke(group, ["deploy", str(target), "--root", str(root), *options])
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    return Said(done.exit_code, done.output)


def deployed(folder):
    files = bytes_of(folder)
    files.pop(RECORD, None)
    return files


@pytest.fixture
def own(tmp_path):
    """The minimal site, built, to be changed."""
    root = copy_of_minimal(tmp_path / "here")
    build(root)
    return root


@pytest.fixture
def www(tmp_path):
    return tmp_path / "www"


# A folder


def test_a_site_goes_to_a_folder_whole(shelves, www):
    said = deploy(shelves, www)
    assert numbers(said) == (len(output_of(shelves)), 0, 0)
    assert deployed(www) == output_of(shelves)


def test_what_is_there_already_does_not_go_again(shelves, www):
    deploy(shelves, www)
    before = {name: (www / name).stat().st_mtime_ns for name in names_in(www)}
    assert numbers(deploy(shelves, www)) == (0, 0, len(output_of(shelves)))
    assert {name: (www / name).stat().st_mtime_ns for name in names_in(www)} == before


def test_only_what_has_changed_goes_and_what_is_gone_is_deleted(own, www):
    deploy(own, www)
    (own / "content/influencers/maya/posts/first-frost.yaml").unlink()
    build(own)
    put, gone, _ = numbers(deploy(own, www))
    assert 0 < put < len(output_of(own))
    assert gone > 0
    assert deployed(www) == output_of(own)
    assert not (www / "maya/posts/first-frost").exists()


def test_what_others_put_there_stays(own, www):
    (www / "blog").mkdir(parents=True)
    (www / "blog/index.html").write_text("mine")
    (www / "maya").mkdir()
    (www / "maya/notes.txt").write_text("mine")
    deploy(own, www)
    (own / "content/influencers/maya/posts/first-frost.yaml").unlink()
    build(own)
    deploy(own, www)
    assert deployed(www) == {**output_of(own), "blog/index.html": b"mine", "maya/notes.txt": b"mine"}


def test_a_file_of_somebody_elses_is_overwritten_only_when_asked_for(shelves, www):
    www.mkdir()
    (www / "index.html").write_text("mine")
    said = deploy(shelves, www)
    assert said.code == 1
    assert f"{www}: output: storefront did not put index.html there, and would overwrite it" in said.out
    assert bytes_of(www) == {"index.html": b"mine"}
    assert deploy(shelves, www, "--adopt").code == 0
    assert deployed(www) == output_of(shelves)


def test_a_file_that_somebody_changed_is_put_back_or_left_when_it_is_no_longer_ours(own, www):
    deploy(own, www)
    page = www / "maya/posts/first-frost/index.html"
    page.write_text("mine now")
    (www / "index.html").write_text("defaced")
    (own / "content/influencers/maya/posts/first-frost.yaml").unlink()
    build(own)
    said = deploy(own, www)
    assert "left    maya/posts/first-frost/index.html" in said.out
    assert page.read_text() == "mine now"
    assert (www / "index.html").read_bytes() == output_of(own)["index.html"]


def test_what_was_deployed_to_a_folder_is_verified(shelves, www):
    """The record that a deployment leaves there is its own, and nobody is told to delete it."""
    deploy(shelves, www)
    assert CliRunner().invoke(group, ["verify", str(www)]).output.startswith("Verified ")


@pytest.mark.parametrize("target", ["s3:bucket", "s3:/bucket/shop", "S3:bucket"])
def test_a_bucket_without_its_slashes_is_no_folder(shelves, tmp_path, monkeypatch, target):
    monkeypatch.chdir(tmp_path)
    said = deploy(shelves, target)
    assert (said.code, "with two slashes" in said.out, os.listdir(tmp_path)) == (2, True, [])


def test_a_dry_run_tells_and_writes_nothing(own, www):
    said = deploy(own, www, "--dry-run")
    assert numbers(said)[0] == len(re.findall("^put ", said.out, re.MULTILINE)) == len(output_of(own))
    assert not www.exists()
    deploy(own, www)
    (own / "content/influencers/maya/posts/first-frost.yaml").unlink()
    build(own)
    before = bytes_of(www)
    assert "delete  maya/posts/first-frost/index.html" in deploy(own, www, "--dry-run").out
    assert bytes_of(www) == before


def test_programs_are_told_the_same(shelves, www):
    told = json.loads(deploy(shelves, www, "--format", "json").out)
    assert (sorted(told["put"]), told["deleted"], told["same"]) == (sorted(output_of(shelves)), [], 0)


def test_a_link_in_the_folder_leads_nothing_out_of_it(shelves, www, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    www.mkdir()
    (www / "maya").symlink_to(elsewhere)
    assert deploy(shelves, www).code == 3
    assert names_in(elsewhere) == set()


def test_a_file_that_a_killed_run_left_half_is_taken_away(shelves, www):
    www.mkdir()
    (www / ".storefront-coming-0").write_text("half")
    deploy(shelves, www)
    assert deployed(www) == output_of(shelves)


@pytest.mark.parametrize("target", ["site", "site/www", "."])
def test_a_folder_that_overlaps_the_output_is_refused(own, target):
    before = bytes_of(own / "site")
    said = deploy(own, own / target)
    assert (said.code, "overlap" in said.out) == (3, True)
    assert bytes_of(own / "site") == before


@pytest.mark.parametrize("target", ["content", "content/products/www", "themes/www", ".storefront/www"])
def test_what_the_site_is_made_of_is_no_place_to_deploy_to(own, target):
    before = bytes_of(own / "content")
    said = deploy(own, own / target)
    assert (said.code, "what the site is made of" in said.out) == (3, True)
    assert bytes_of(own / "content") == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(shelves, www):
    www.mkdir(mode=0o500)
    assert deploy(shelves, www).code == 3


# What may be deployed


def refused(own, www, message):
    said = deploy(own, www)
    assert said.code == 1
    assert message in said.out
    assert "Traceback" not in said.out
    assert not www.exists()


def test_an_output_without_a_record_is_refused(own, www):
    (own / ".storefront" / state.FILE).unlink()
    refused(own, www, "site: not-as-built: it is not known what a build made of this folder")


def test_a_site_that_was_never_built_is_refused(tmp_path, www):
    refused(copy_of_minimal(tmp_path / "new"), www, "site: not-as-built: nothing is built here yet")


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda page: page.write_bytes(page.read_bytes().replace(b"<main", b"<MAIN")), "is not what the build wrote"),
        (lambda page: page.unlink(), "this file is gone since the build"),
        (lambda page: page.with_name("more.html").write_text("x"), "no build wrote this file"),
        (lambda page: (page.rename(page.with_suffix(".old")), page.symlink_to("/etc/hostname")), "is gone"),
    ],
    ids=["changed", "gone", "more", "a link"],
)
def test_an_output_that_somebody_touched_is_refused(harm, message, own, www):
    page = own / "site/maya/index.html"
    times = page.stat()
    harm(page)
    if page.exists() and not page.is_symlink():
        os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))  # the signature is no proof
    refused(own, www, message)


def test_an_output_that_asks_not_to_be_found_is_refused(own, www):
    home = own / "site/index.html"
    home.write_bytes(home.read_bytes().replace(b"<head>", b'<head><meta name="robots" content="noindex">'))
    refused(own, www, "its pages ask not to be found")


# A bucket


def test_a_site_goes_to_a_bucket_with_its_types_and_caches(shelves, bucket):
    assert numbers(bucket.deploy(shelves)) == (len(output_of(shelves)), 0, 0)
    assert bucket.files() == output_of(shelves)
    page = bucket.head("shop/maya/index.html")
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")
    asset = next(name for name in output_of(shelves) if name.startswith("media/") and name.endswith(".avif"))
    picture = bucket.head(f"shop/{asset}")
    assert (picture["ContentType"], picture["CacheControl"]) == ("image/avif", "public, max-age=31536000, immutable")


def test_parts_go_before_data_and_data_before_pages(shelves, bucket):
    order = []
    bucket.proxy.fault = lambda method, path, *_: (
        order.append(path.removeprefix("/shelves/shop/")) if method == "PUT" else None
    )
    bucket.deploy_here(shelves)
    went = [path for path in order if path != RECORD]
    stages = [0 if path.startswith(("assets/", "media/")) else 2 if path.endswith(".html") else 1 for path in went]
    assert stages == sorted(stages)
    assert len(went) == len(output_of(shelves))


def test_an_object_that_somebody_changed_is_put_back(shelves, bucket):
    bucket.deploy_here(shelves)
    bucket.put("shop/index.html", b"defaced")
    assert numbers(bucket.deploy_here(shelves))[0] == 1
    assert bucket.files() == output_of(shelves)


def test_a_bucket_without_a_prefix_is_a_target_too(shelves, bucket):
    assert bucket.deploy_here(shelves, target="s3://shelves").code == 0
    assert bucket.get("maya/index.html") == output_of(shelves)["maya/index.html"]


def test_a_dry_run_puts_nothing_into_a_bucket(shelves, bucket):
    assert numbers(bucket.deploy_here(shelves, "--dry-run"))[0] == len(output_of(shelves))
    assert bucket.files() == {}
    assert bucket.proxy.methods["PUT"] == 0


def test_a_header_that_is_another_one_now_goes_up_again(shelves, bucket, monkeypatch):
    bucket.deploy_here(shelves)
    monkeypatch.setitem(media_types.KINDS, ".txt", "text/markdown")
    assert numbers(bucket.deploy_here(shelves))[0] == 1
    assert bucket.head("shop/robots.txt")["ContentType"] == "text/markdown; charset=utf-8"


@pytest.mark.parametrize("target", ["gs://bucket", "s3://", "s3:///prefix", "https://host.example"])
def test_a_target_that_is_none_is_wrong_usage(shelves, target):
    assert deploy(shelves, target).code == 2


def test_an_endpoint_is_for_buckets_only(shelves, www):
    assert deploy(shelves, www, "--endpoint-url", "https://s3.example").code == 2


def test_without_the_package_for_s3_it_is_named(shelves, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "storefront.deploy.s3", None)
    monkeypatch.setitem(__import__("sys").modules, "boto3", None)
    monkeypatch.delitem(__import__("sys").modules, "storefront.deploy.s3")
    said = deploy(shelves, "s3://shelves")
    assert (said.code, 'pip install "storefront[s3]"' in said.out) == (3, True)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/a.css", "text/css; charset=utf-8"),
        ("assets/a.js", "text/javascript; charset=utf-8"),
        ("assets/a.svg", "image/svg+xml; charset=utf-8"),
        ("assets/a.woff2", "font/woff2"),
        ("media/a.webp", "image/webp"),
        ("maya/index.json", "application/json"),
        ("maya/feed.json", "application/feed+json"),
        ("maya/feed.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("_headers", "application/octet-stream"),
        ("assets/a.pdf", "application/pdf"),
        ("assets/a.nobody-knows", "application/octet-stream"),
    ],
)
def test_a_file_has_its_media_type(path, kind):
    assert serving(path).kind == kind
