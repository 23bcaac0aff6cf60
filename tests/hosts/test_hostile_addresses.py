"""Whatever an address holds, no file is broken by it: each host's own code reads back the same address."""

import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from plans import plan_to
from servers import KINDS, Site, program, started
from shop import content

from building import build, write
from storefront import hosting
from storefront.hosting import Host, limits
from storefront.hosting.values import encoded
from storefront.problems import Place, ProblemsFound

NASTY = (
    " ", "\t", "\n", "\r\n", "\x00", "\x7f", '"', "'", "`", "\\", "\\\\", "{", "}", "{path}", "{$HOME}", "{{x}}",
    "$", "$1", "${x}", "$request_uri", "%", "%1", "%{HTTP_HOST}", "%0a", "%25", "#", "?", "&", ";", "*", ":splat",
    "/:id", "<", ">", "^", "|", "//", "/../", " 301", "\n/* https://evil.example 301\n", "ä", "\u2028", "😀",
    "@", "!", "=", "(", ")", "[", "]",
)  # fmt: skip
tails = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=3)), max_size=8).map("".join)
addresses = tails.map(lambda tail: f"https://corner.example/{tail}")
many = st.lists(addresses, min_size=1, max_size=40)
# What RFC 3986 allows in an address; a site's own files can hold nothing else.
plain = st.from_regex(
    r"https://corner\.example/(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-F]{2}){0,40}", fullmatch=True
)
few = settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@given(plain)
def test_an_address_as_it_should_be_stays_to_the_letter(address):
    assert encoded(address) == re.sub(r"^([^?#]*)\?(?=#|$)", r"\1", address)  # an empty query says nothing


@given(tails)
@example("?a=1")
def test_what_may_not_stand_in_an_address_is_encoded(tail):
    made = encoded(f"https://corner.example{tail}")
    assert re.fullmatch(r"https://[!#-;=?-Z\[\]_a-z~]*", made)
    assert encoded(made) == made


@pytest.mark.parametrize("host", [Host.CLOUDFLARE_PAGES, Host.NETLIFY, Host.GITLAB_PAGES])
@given(targets=many)
def test_a_text_file_has_one_line_of_three_words_for_each(host, targets):
    plan = plan_to(targets)
    lines = hosting.files_of(plan, host).inside["_redirects"].decode().split("\n")
    assert lines.pop() == ""
    assert [tuple(line.split()) for line in lines] == [(r.source, r.target, "302") for r in plan.going]


@given(targets=many)
def test_the_files_in_json_hold_each_address_as_it_is(targets):
    plan = plan_to(targets)
    wanted = [(r.source, r.target, 302) for r in plan.going]
    vercel = json.loads(hosting.files_of(plan, Host.VERCEL).inside["vercel.json"])["redirects"]
    assert [(r["source"], r["destination"], r["statusCode"]) for r in vercel] == wanted
    firebase = json.loads(hosting.files_of(plan, Host.FIREBASE).inside["firebase.json"])["hosting"]["redirects"]
    assert [(r["source"], r["destination"], r["type"]) for r in firebase] == wanted
    azure = json.loads(hosting.files_of(plan, Host.AZURE_STATIC_WEB_APPS).inside["staticwebapp.config.json"])["routes"]
    assert [(r["route"], r["redirect"], r["statusCode"]) for r in azure if "redirect" in r] == wanted
    store = json.loads(hosting.files_of(plan, Host.S3_CLOUDFRONT).beside["s3-cloudfront/redirects.json"])["data"]
    assert [(r["key"], r["value"][4:], int(r["value"][:3])) for r in store] == wanted


@pytest.mark.parametrize("kind", KINDS)
@few
@given(targets=many)
@example(targets=[f"https://corner.example/{tail}" for tail in (*NASTY, "".join(NASTY))])
def test_a_server_sends_each_address_to_the_letter(kind, targets, tmp_path):
    if program(KINDS[kind][0]) is None:
        pytest.skip(f"{kind} is not installed (.ci/servers installs it)")
    plan = plan_to(targets)
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    site = laid(tmp_path, hosting.files_of(plan, Host(kind)))
    with started(kind, tmp_path, [site]) as (ask,):
        got = {redirect.source: ask(redirect.source) for redirect in plan.going}
    assert {path: answer.headers.get("location") for path, answer in got.items()} == {
        redirect.source: redirect.target for redirect in plan.going
    }
    assert {answer.status for answer in got.values()} == {302}
    assert {answer.headers["x-robots-tag"] for answer in got.values()} == {"noindex"}


def held(targets: list[str], host: Host) -> list[str]:
    """The addresses that a host leaves as they are; a site with others is not built for it."""
    return [target for target in targets if not re.search(limits.by_host()[host].reads or "$^", encoded(target))]


def laid(folder: Path, files: hosting.Files) -> Site:
    for name, data in files.inside.items():
        (folder / "www" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "www" / name).write_bytes(data)
    for name, data in files.beside.items():
        (folder / "beside" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "beside" / name).write_bytes(data)
    (folder / "www").mkdir(exist_ok=True)
    return Site(folder / "www", "", folder / "beside")


@few
@given(targets=many)
@example(targets=[f"https://corner.example/{tail}" for tail in NASTY])
def test_cloudflare_reads_every_line(host_answers, targets):
    plan = plan_to(held(targets, Host.CLOUDFLARE_PAGES))
    inside = hosting.files_of(plan, Host.CLOUDFLARE_PAGES).inside
    told = host_answers(
        "cloudflare",
        redirects=inside["_redirects"].decode(),
        headers=inside["_headers"].decode(),
        files=[],
        paths=[redirect.source for redirect in plan.going],
        meant=[redirect.target for redirect in plan.going],
    )
    assert told["invalid"] == []
    assert [(answer[0], answer[1]["location"]) for answer in told["answers"].values()] == [
        (302, meant) for meant in told["meant"]
    ]


@few
@given(targets=many)
@example(targets=[f"https://corner.example/{tail}" for tail in NASTY])
def test_netlify_reads_every_line(host_answers, targets):
    plan = plan_to(targets)
    inside = hosting.files_of(plan, Host.NETLIFY).inside
    told = host_answers("netlify", redirects=inside["_redirects"].decode(), headers=inside["_headers"].decode())
    assert told["errors"] == []
    assert [(r["from"], r["to"], r["status"], r["force"]) for r in told["rules"]] == [
        (r.source, r.target, 302, False) for r in plan.going
    ]


@few
@given(targets=many)
@example(targets=[f"https://corner.example/{tail}" for tail in NASTY])
def test_vercel_compiles_every_redirect(host_answers, targets):
    plan = plan_to(held(targets, Host.VERCEL))
    config = json.loads(hosting.files_of(plan, Host.VERCEL).inside["vercel.json"])
    told = host_answers("vercel", config=config)
    assert told["valid"], told["errors"]
    assert told["error"] is None
    routes = [route for route in told["routes"] if route.get("status") == 302]
    assert [route["headers"]["Location"] for route in routes] == [r.target for r in plan.going]
    for redirect, route in zip(plan.going, routes, strict=True):
        assert re.match(route["src"], redirect.source)
        assert not re.match(route["src"], f"{redirect.source}/more")


@few
@given(targets=many)
@example(targets=[f"https://corner.example/{tail}" for tail in NASTY])
def test_the_function_for_cloudfront_answers_every_redirect(host_answers, targets):
    plan = plan_to(targets)
    beside = hosting.files_of(plan, Host.S3_CLOUDFRONT).beside
    told = host_answers("cloudfront", source=beside["s3-cloudfront/function.js"].decode(),
                        store=json.loads(beside["s3-cloudfront/redirects.json"]),
                        paths=[r.source for r in plan.going])  # fmt: skip
    assert [(a["statusCode"], a["headers"]["location"]["value"]) for a in told["answers"].values()] == [
        (302, r.target) for r in plan.going
    ]


@given(plain)
@example("https://corner.example/a:b")
@example("https://corner.example/:splat")
@example("https://corner.example/?a=$1")
def test_what_a_host_would_fill_in_is_known(address):
    """By GitLab's own patterns (its Pages server, `internal/redirects`), and by what Netlify documents."""
    filled = {
        Host.GITLAB_PAGES: r"(?i)\*|:[a-z]+",
        Host.NETLIFY: r"/:[A-Za-z]|:splat",
    }
    for host, pattern in filled.items():
        rest = address.removeprefix("https://")
        assert bool(re.search(pattern, rest)) == bool(re.search(limits.by_host()[host].reads, address))


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "http://corner.example/", "https://corner.example@evil.example/", "//corner.example/",
     "https://corner.example\\evil", "https://corner.example/a b", "https://corner.example/%0aX-Evil: 1",
     "https://corner.example/\n/* https://evil.example 301", "https://corner.example/{path}", 'https://corner.example/"',
     "https://corner.example:8443/"],
)  # fmt: skip
def test_a_hostile_link_is_refused_where_it_is_written_and_no_file_is_made(link, tmp_path):
    root = content(tmp_path, (), route="go")
    text = "title: Odd\nitems:\n  - title: Hat\n    link: " + json.dumps(link) + "\n"
    write(
        root, {"content/influencers/maya/lists/odd.yaml": f"{text}    merchant: corner\n    relationship: purchased\n"}
    )
    with pytest.raises(ProblemsFound) as failure:
        build(root)
    [problem] = failure.value.problems
    assert (problem.code, str(problem.place)) == ("bad-link", "content/influencers/maya/lists/odd.yaml:4:5")
    assert not (root / "site").exists()
    assert not (root / "site.hosting").exists()


def test_an_address_that_a_host_would_fill_in_is_a_problem():
    plan = plan_to(["https://corner.example/camref:shop", "https://corner.example/plain"])
    found = hosting.problems_of(plan, Host.GITLAB_PAGES, hosting.files_of(plan, Host.GITLAB_PAGES), where)
    assert [problem.message for problem in found] == [
        "GitLab Pages would change :shop in the address that /go/maya/thing-0 leads to"
    ]


def where(name):
    return Place(f"content/{name}")
