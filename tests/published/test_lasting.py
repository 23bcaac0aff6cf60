"""`storefront check --published`: what is out there stays, leads on, or is told before it is gone."""

import json
import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from click.testing import CliRunner

from building import build, edit, write
from storefront.cli import group

LIST, PROFILE = "content/influencers/maya/lists/kit.yaml", "content/influencers/maya/profile.yaml"
NOW = "2026-11-25T12:00:00Z"


@pytest.fixture
def public(minimal, tmp_path):
    """What is published of the minimal site."""
    return shutil.copytree(minimal.output, tmp_path / "public")


def check(site, where, *more):
    arguments = ["check", "--root", site, "--now", NOW, "--published", where, *more]
    return CliRunner().invoke(group, list(map(str, arguments)))


def gone(site, where):
    result = check(site, where, "--format", "json")
    problems = json.loads(result.output)["problems"]
    assert {each["code"] for each in problems} <= {"address-gone"}
    assert result.exit_code == bool(problems)
    return {each["message"].split()[0] for each in problems}


def test_nothing_is_gone_where_nothing_has_changed_its_name(site, public):
    edit(site / LIST, "Five winters, no smell.", "Six winters.")
    write(site, {"content/influencers/maya/lists/more.yaml": "title: More\nitems:\n  - product: merino-tee\n"})
    result = check(site, public)
    assert (result.exit_code, "No problems" in result.output) == (0, True)
    assert result.output.startswith("Of 21 published addresses, none would be gone.\n")
    assert json.loads(check(site, public, "--format", "json").output)["stays"] == 21


def test_a_renamed_list_is_told_with_its_new_name(site, public):
    (site / LIST).rename(site / LIST.replace("kit", "kits"))
    edit(site / PROFILE, "lists: [kit]", "lists: [kits]")
    result = check(site, public)
    assert result.exit_code == 1
    told = result.output.splitlines()
    assert told[0] == "public/SHA256SUMS: address-gone: /maya/lists/kit/ is published and would be gone"
    assert told[1].strip().startswith("Is it /maya/lists/kits/ now? Give the file or the id its old name back")
    assert gone(site, public) == {"/maya/lists/kit/"}


def test_everything_with_an_address_is_looked_for(site, public):
    shutil.rmtree(site / "content/influencers/maya/posts")
    assert gone(site, public) == {"/maya/posts/", "/maya/posts/first-frost/"}
    (site / "content/influencers/maya").rename(site / "content/influencers/mia")
    assert {"/maya/", "/maya/feed.xml", "/maya/feed.json", "/maya/index.json", "/maya/reviews/"} <= gone(site, public)


@pytest.mark.parametrize("hosts", ["", "hosts: [netlify]\n", "hosts: [netlify, github-pages]\n"])
def test_an_old_handle_keeps_every_page(site, public, hosts):
    (site / "content/influencers/maya").rename(site / "content/influencers/mia")
    edit(site / "content/influencers/mia/profile.yaml", "name: Maya", "aliases: [maya]\nname: Maya")
    write(site, {"content/site.yaml": (site / "content/site.yaml").read_text() + hosts})
    assert gone(site, public) == set()


def test_who_has_left_goes_on_purpose(site, public):
    edit(site / PROFILE, "name: Maya", "status: left\nname: Maya")
    assert not {address for address in gone(site, public) if address.startswith("/maya/")}


def test_so_do_the_old_handles_of_who_has_left(site):
    edit(site / PROFILE, "name: Maya", "aliases: [may]\nname: Maya")
    build(site)
    shutil.move(site / "site", site / "public")
    edit(site / PROFILE, "name: Maya", "status: left\nname: Maya")
    assert not {address for address in gone(site, site / "public") if address.startswith(("/maya/", "/may/"))}


def test_pictures_and_styles_may_have_other_names(site, public):
    paths = ["media/x.aa58c915dd36-240.avif", "assets/old.css", "search/x/index.html", "brands/page/9/index.html"]
    paths += ["sitemap-2.xml", "page/3/index.html"]
    more = "".join(f"{'0' * 64}  {path}\n" for path in paths)
    (public / "SHA256SUMS").write_text((public / "SHA256SUMS").read_text() + more)
    assert gone(site, public) == set()
    more = "".join(f"{'0' * 64}  {path}/index.html\n" for path in ("sitemap-fan", "maya/lists/page"))
    (public / "SHA256SUMS").write_text((public / "SHA256SUMS").read_text() + more)
    assert gone(site, public) == {"/sitemap-fan/", "/maya/lists/page/"}


def test_a_whole_directory_that_is_gone_is_told_at_once(site, public):
    more = "".join(f"{'0' * 64}  products/thing-{n}/index.html\n" for n in range(20000))
    (public / "SHA256SUMS").write_text((public / "SHA256SUMS").read_text() + more)
    assert len(gone(site, public)) == 20000


def test_a_site_below_a_path_has_the_same_addresses(site, public):
    edit(site / "content/site.yaml", "https://shelves.example", "https://shelves.example/shop")
    assert gone(site, public) == set()


def test_a_published_site_is_asked_for_its_list_alone(site, public):
    asked = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            asked.append(self.path)

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(public))) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        try:
            assert gone(site, address) == set()
            (site / LIST).rename(site / LIST.replace("kit", "kits"))
            edit(site / PROFILE, "lists: [kit]", "lists: [kits]")
            assert check(site, address).output.startswith(f"{address}/SHA256SUMS: address-gone: /maya/lists/kit/")
        finally:
            server.shutdown()
            thread.join()
    assert set(asked) == {"/SHA256SUMS"}
    assert check(site, address).exit_code == 3


@pytest.mark.parametrize(
    ("where", "status", "said"),
    [
        ("nowhere", 2, "there is no folder nowhere"),
        ("http://shelves.example", 2, "it does not begin with https://"),
        ("https://[bad", 2, "it is no web address"),
    ],
)
def test_what_cannot_be_asked_is_told_first(site, where, status, said):
    result = check(site, where)
    assert (result.exit_code, said in result.output) == (status, True)


def test_a_folder_without_a_list_is_a_problem(site, tmp_path):
    result = check(site, tmp_path)
    assert (result.exit_code, "not-as-listed: there is no list of digests" in result.output) == (1, True)
    (tmp_path / "SHA256SUMS").write_bytes(b"\xff")
    assert "this is no list of digests" in check(site, tmp_path).output


def test_it_is_told_beside_what_is_wrong_with_reviews(site, public):
    from subprocess import run

    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=M", "-c", "user.email=m@m.example", "commit", "-qm", "All"],
    ):
        run(["git", *command], cwd=site, check=True)
    (site / "content/influencers/maya/reviews/merino.yaml").unlink(missing_ok=True)
    for file in (site / "content/influencers/maya/reviews").glob("*.yaml"):
        file.unlink()
    shutil.rmtree(site / "content/influencers/maya/posts")
    found = json.loads(check(site, public, "--against", "HEAD", "--format", "json").output)["problems"]
    assert {each["code"] for each in found} == {"address-gone", "review-gone"}


@pytest.mark.parametrize("hosts", ["", "hosts: [netlify]\n"])
def test_embeds_of_an_old_handle_lead_to_the_new_one(site, hosts):
    edit(site / "content/site.yaml", "title:", f"embeds: true\n{hosts}title:")
    snippet = "{id: cold, kind: quote, product: merino-tee, date: 2026-11-02, text: Warm., relationship: gifted, "
    edit(site / PROFILE, "name:", f"snippets: [{snippet}rights: {{channels: [site, brand]}}}}]\nname:")
    build(site)
    shutil.move(site / "site", site / "public")
    (site / "content/influencers/maya").rename(site / "content/influencers/may")
    edit(site / "content/influencers/may/profile.yaml", "name:", "aliases: [maya]\nname:")
    assert {each for each in gone(site, site / "public") if hosts or not each.endswith(".json")} <= {"/maya/feed.xml"}
    build(site)
    for embed in ("embed/review/{}/merino-tee/", "embed/snippet/{}/cold/"):
        old, new = embed.format("maya"), embed.format("may")
        if hosts:
            assert [f"/{old}", f"/{new}", "301"] in map(str.split, (site / "site/_redirects").read_text().splitlines())
        else:
            assert f'content="0; url=/{new}"' in (site / "site" / old / "index.html").read_text()
