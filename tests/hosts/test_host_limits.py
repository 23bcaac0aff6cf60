"""What a host cannot hold is a problem that names a way out, and is counted before anything is written."""

import json
import re
from pathlib import Path

import pytest
from plans import plan_to
from shop import content

from building import build, names_in
from checking import problems_of, written
from storefront import hosting
from storefront.hosting import Host, limits
from storefront.problems import Place, ProblemsFound

PLAIN = "https://corner.example/mug"


def where(name):
    return Place(f"content/{name}")


def told(plan, host):
    return [
        (str(p.place), p.message, p.hint) for p in hosting.problems_of(plan, host, hosting.files_of(plan, host), where)
    ]


@pytest.mark.parametrize("host", [host for host in Host if limits.by_host()[host].redirects])
def test_one_redirect_more_than_a_host_takes_is_told_with_a_way_out(host):
    most = limits.by_host()[host].redirects
    fits = "" if host is Host.GITLAB_PAGES else PLAIN  # its file has a limit too
    address = fits or "https://a.example/"
    assert told(plan_to([address] * most), host) == []
    (place, message, hint), *_ = told(plan_to([address] * (most + 1)), host)
    assert place == "content/hosts"
    assert message == f"{limits.by_host()[host].name} takes {most} redirects, and the site has {most + 1}"
    assert hint.startswith("Publish on another host (nginx, apache and caddy take any number)")
    assert "redirects: true" in hint


def test_old_handles_count_too():
    (_, message, hint), *_ = told(plan_to([], aliases=1001), Host.CLOUDFLARE_PAGES)
    assert message == "Cloudflare Pages takes 2000 redirects, and the site has 2002"
    assert hint.endswith("or delete the oldest aliases.")


@pytest.mark.parametrize(
    ("host", "length"),
    [
        (Host.CLOUDFLARE_PAGES, 1000),
        (Host.VERCEL, 4096),
        (Host.S3_CLOUDFRONT, 1024),
        (Host.NGINX, 4000),
        (Host.APACHE, 8000),
    ],
)
def test_an_address_that_is_too_long_is_told_where_it_is_written(host, length):
    def plan(size):
        return plan_to([f"https://corner.example/{'x' * (size - 23)}"])

    spare = length - hosting.WRITERS[host].measure(plan(length).going[0])
    assert told(plan(length + spare), host) == []
    [(place, message, hint)] = told(plan(length + spare + 1), host)
    assert place == "content/list:maya/kit"
    assert (
        message
        == f"the redirect /go/maya/thing-0 has {length + 1} bytes, and {limits.by_host()[host].name} takes {length}"
    )
    assert "redirects: true" in hint


@pytest.mark.parametrize(
    ("host", "name"),
    [
        (Host.GITLAB_PAGES, "_redirects"),
        (Host.AZURE_STATIC_WEB_APPS, "staticwebapp.config.json"),
        (Host.S3_CLOUDFRONT, "s3-cloudfront/redirects.json"),
    ],
)
def test_a_file_that_is_too_large_is_told(host, name):
    most = limits.by_host()[host].files[name]
    few = plan_to([f"{PLAIN}?{'x' * 900}"] * (most // 1500))
    assert told(few, host) == []
    many = plan_to([f"{PLAIN}?{'x' * 900}"] * (most // 900))
    [(_, message, _)] = told(many, host)
    assert message.startswith(f"{limits.by_host()[host].name} takes a {name} of {most} bytes, and the site's has ")


@pytest.mark.parametrize(
    ("host", "address", "part"),
    [
        (Host.GITLAB_PAGES, "https://prf.hn/click/camref:1100lAbc/pubref:maya_kit", ":maya"),
        (Host.GITLAB_PAGES, "https://corner.example/*", "*"),
        (Host.CLOUDFLARE_PAGES, "https://corner.example//mug", "https://corner.example//"),
        (Host.NETLIFY, "https://corner.example/:year/", ":year"),
        (Host.NETLIFY, "https://corner.example/?to=:splat", ":splat"),
        (Host.VERCEL, "https://corner.example/?to=$1", "$1"),
        (Host.VERCEL, "https://corner.example/?to=%3Aid", "%3Aid"),
        (Host.FIREBASE, "https://corner.example/:id", ":id"),
    ],
)
def test_an_address_that_a_host_would_change_is_told(host, address, part):
    [(place, message, _)] = told(plan_to([PLAIN, address]), host)
    assert place == "content/list:maya/kit"
    assert message == f"{limits.by_host()[host].name} would change {part} in the address that /go/maya/thing-1 leads to"


@pytest.mark.parametrize("host", Host)
def test_a_network_link_with_an_encoded_address_in_it_fits_every_host(host):
    link = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&clickref=maya_kit_mug&ued=https%3A%2F%2Fcorner.example%2Fmug"
    assert (told(plan_to([link]), host) == []) == (host is not Host.GITHUB_PAGES)


def test_a_host_without_redirects_is_told_of_the_way_out(tmp_path):
    root = content(tmp_path, (PLAIN,), ("github-pages",), route="go")
    [problem] = problems_of(root)
    assert written([problem]) == (
        "content/site.yaml:8:1: host-limit: GitHub Pages cannot redirect, so that nothing would answer for /go/\n"
        "    Delete route: go, and links lead to the shops directly; or publish on another host, such as netlify.\n"
    )


def test_nothing_is_published_when_a_host_cannot_hold_it(tmp_path):
    root = content(tmp_path, ("https://corner.example/:splat",), ("netlify",), route="go")
    with pytest.raises(ProblemsFound) as failure:
        build(root)
    assert failure.value.problems[0].place.file == "content/influencers/maya/lists/odd.yaml"
    assert names_in(root / "site") == set() if (root / "site").exists() else True


def test_every_host_has_limits_with_their_source():
    assert set(limits.by_host()) == set(Host) == set(hosting.WRITERS)
    for host, each in limits.by_host().items():
        assert each.reviewed_on >= "2026-11-26"
        assert (each.redirects != 0) == host.redirects


def test_headers_stay_within_what_cloudflare_takes():
    plan = plan_to([PLAIN])
    lines = hosting.files_of(plan, Host.CLOUDFLARE_PAGES).inside["_headers"].decode().splitlines()
    assert max(map(len, lines)) < limits.by_host()[Host.CLOUDFLARE_PAGES].rule
    assert len([line for line in lines if not line.startswith(" ")]) < limits.by_host()[Host.CLOUDFLARE_PAGES].rules


def test_the_function_for_cloudfront_has_a_tenth_of_its_room():
    made = hosting.files_of(plan_to([PLAIN] * 3000), Host.S3_CLOUDFRONT).beside
    assert len(made["s3-cloudfront/function.js"]) < 2048
    assert len(json.loads(made["s3-cloudfront/redirects.json"])["data"]) == 3000


# The guide

GUIDE = (Path(__file__).parents[2] / "docs" / "hosting.md").read_text()


@pytest.mark.parametrize("host", Host)
def test_the_guide_has_a_section_for_every_host_with_what_is_written(host):
    row = re.search(rf"^\| \[`{host}`\]\(#(\S+)\) \| (.+?) \| (yes|no) \| (yes|no) \|$", GUIDE, re.MULTILINE)
    anchor, files, redirects, headers = row.groups()
    limits_of = limits.by_host()[host]
    assert f"### {limits_of.name}\n" in GUIDE
    assert anchor == limits_of.name.lower().replace(" ", "-")
    assert (redirects, headers) == ("no" if limits_of.redirects == 0 else "yes", "yes" if limits_of.headers else "no")
    made = hosting.files_of(plan_to([PLAIN]), host)
    told = re.findall(r"`([^`]+)`", files)
    wanted = {f"site/{name}" for name in made.inside} | {f"site.hosting/{n.partition('/')[0]}/" for n in made.beside}
    assert set(told) == wanted


@pytest.mark.parametrize("host", [host for host in Host if host is not Host.GITHUB_PAGES])
def test_the_guide_has_the_figures_that_are_counted(host):
    each = limits.by_host()[host]
    largest = f"{max(each.files.values()):,} bytes" if each.files else "–"
    length = f"{each.length:,} bytes" if each.length else "–"
    redirects = f"{each.redirects:,}" if each.redirects else "–"
    assert f"| {each.name} | {redirects} | {length} | {largest} |" in GUIDE
