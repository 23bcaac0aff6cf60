"""What each host is told, read by the host's own code: every button, every header, every old handle."""

import json

import pytest
from click.testing import CliRunner
from shop import ALL, PLAIN, Pair, as_read, content, destinations

from building import build, bytes_of, edit, html_of, names_in
from storefront import hosting
from storefront.cli import group

SECURE = ("content-security-policy", "permissions-policy", "referrer-policy", "x-content-type-options")


def text(made: Pair, name: str) -> str:
    return (made.going.output / name).read_text()


def beside(made: Pair, name: str) -> str:
    return (hosting.beside(made.going.output) / name).read_text()


@pytest.fixture(params=["shop", "shop_below"])
def made(request) -> Pair:
    return request.getfixturevalue(request.param)


def test_cloudflare_answers_with_every_address_and_header(made, host_answers):
    buttons, base = destinations(made), made.base
    files = [f"{base}/{name}" for name in names_in(made.going.output)]
    others = ("maya-l", "maya-l/", "maya-l/lists/odd/", "maya-l/feed.xml", "maya/", "assets/x.css", "nobody/")
    paths = [*buttons, *(f"{base}/{path}" for path in others)]
    told = host_answers(
        "cloudflare", redirects=text(made, "_redirects"), headers=text(made, "_headers"), files=files, paths=paths
    )
    assert told["invalid"] == []
    for path, direct in buttons.items():
        status, headers = told["answers"][path]
        assert (status, headers["location"]) == (302, as_read(direct))
        assert (headers["cache-control"], headers["x-robots-tag"]) == ("no-store", "noindex")
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    for old, new in (
        ("maya-l", ""),
        ("maya-l/", ""),
        ("maya-l/lists/odd/", "lists/odd/"),
        ("maya-l/feed.xml", "feed.xml"),
    ):
        status, headers = told["answers"][f"{base}/{old}"]
        assert (status, headers["location"]) == (301, f"{base}/maya/{new}")
    status, headers = told["answers"][f"{base}/maya/"]
    assert status == 200
    assert set(SECURE) <= set(headers)
    assert ("strict-transport-security" in headers) == (not base)
    assert told["answers"][f"{base}/assets/x.css"][1]["cache-control"] == "no-store"  # a missing file is not kept


def test_netlify_reads_every_address_and_header(made, host_answers):
    told = host_answers("netlify", redirects=text(made, "_redirects"), headers=text(made, "_headers"))
    assert told["errors"] == []
    buttons, base = destinations(made), made.base
    rules = {rule["from"]: (rule["to"], rule["status"], rule["force"]) for rule in told["rules"]}
    assert {path: rules[path][1:] for path in buttons} == dict.fromkeys(buttons, (302, False))
    assert {path: as_read(rules[path][0]) for path in buttons} == {p: as_read(to) for p, to in buttons.items()}
    assert rules[f"{base}/maya-l/"] == rules[f"{base}/maya-l"] == (f"{base}/maya/", 301, False)
    assert rules[f"{base}/maya-l/lists/odd/"] == (f"{base}/maya/lists/odd/", 301, False)
    sent = {path: {name.lower(): value for name, value in values.items()} for path, values in told["headers"]}
    assert set(SECURE) <= set(sent[f"{base}/*"])
    assert sent[f"{base}/go/*"] == {"cache-control": "no-store", "x-robots-tag": "noindex"}
    assert sent[f"{base}/media/*"] == sent[f"{base}/assets/*"]
    assert "immutable" in sent[f"{base}/media/*"]["cache-control"]


def test_vercel_takes_every_address_and_header(made, host_answers):
    config = json.loads(text(made, "vercel.json"))
    told = host_answers("vercel", config=config)
    assert told["valid"], told["errors"]
    assert told["error"] is None
    by_source = {rule["source"]: (rule["destination"], rule["statusCode"]) for rule in config["redirects"]}
    buttons, base = destinations(made), made.base
    assert {p: (as_read(by_source[p][0]), by_source[p][1]) for p in buttons} == {
        path: (as_read(direct), 302) for path, direct in buttons.items()
    }
    assert by_source[f"{base}/maya-l/"] == (f"{base}/maya/", 301)
    sent = [{each["key"].lower(): each["value"] for each in rule["headers"]} for rule in config["headers"]]
    assert "strict-transport-security" not in sent[0]  # Vercel sends it by itself
    assert sent[-1]["cache-control"] == "no-store"


def test_cloudfront_answers_with_every_address(made, host_answers):
    buttons, base = destinations(made), made.base
    others = [f"{base}/maya-l", f"{base}/maya/", f"{base}/maya", f"{base}/robots.txt", f"{base}/go/maya/nothing"]
    told = host_answers(
        "cloudfront",
        source=beside(made, "s3-cloudfront/function.js"),
        store=json.loads(beside(made, "s3-cloudfront/redirects.json")),
        paths=[*buttons, *others],
    )["answers"]
    for path, direct in buttons.items():
        headers = {name: value["value"] for name, value in told[path]["headers"].items()}
        assert (told[path]["statusCode"], as_read(headers["location"])) == (302, as_read(direct))
        assert headers["cache-control"] == "no-store"
        assert headers["x-robots-tag"] == "noindex"
    moved, page, without, robots, nothing = (told[path] for path in others)
    assert (moved["statusCode"], moved["headers"]["location"]["value"]) == (301, f"{base}/maya/")
    assert page["uri"] == f"{base}/maya/index.html"
    assert without["headers"]["location"]["value"] == f"{base}/maya/"
    assert robots["uri"] == f"{base}/robots.txt"
    assert nothing["uri"] == f"{base}/go/maya/nothing"


def test_cloudfronts_policies_hold_every_header(shop):
    policy = json.loads(beside(shop, "s3-cloudfront/headers.json"))
    assert set(policy["SecurityHeadersConfig"]) == {
        "ContentSecurityPolicy", "ContentTypeOptions", "ReferrerPolicy", "StrictTransportSecurity"
    }  # fmt: skip
    assert [item["Header"] for item in policy["CustomHeadersConfig"]["Items"]] == ["Permissions-Policy"]
    fixed = json.loads(beside(shop, "s3-cloudfront/headers-fixed.json"))["CustomHeadersConfig"]
    assert fixed["Quantity"] == len(fixed["Items"]) == 2
    assert {item["Value"] for item in fixed["Items"]} >= {"public, max-age=31536000, immutable"}


def test_firebase_and_azure_are_told_the_same(made):
    buttons, base = destinations(made), made.base
    firebase = json.loads(text(made, "firebase.json"))["hosting"]
    assert {"firebase.json", "**/.*"} < set(firebase["ignore"])
    azure = json.loads(text(made, "staticwebapp.config.json"))
    assert azure["responseOverrides"] == {"404": {"rewrite": f"{base}/404.html"}}
    assert {name.lower() for name in azure["globalHeaders"]} >= set(SECURE)
    theirs = [
        {rule["source"]: (rule["destination"], rule["type"]) for rule in firebase["redirects"]},
        {rule["route"]: (rule["redirect"], rule["statusCode"]) for rule in azure["routes"] if "redirect" in rule},
    ]
    for told in theirs:
        assert told[f"{base}/maya-l/"] == (f"{base}/maya/", 301)
        assert {p: (as_read(told[p][0]), told[p][1]) for p in buttons} == {
            path: (as_read(direct), 302) for path, direct in buttons.items()
        }
    going = [rule for rule in azure["routes"] if rule["route"] in buttons]
    assert {rule["headers"]["Cache-Control"] for rule in going} == {"no-store"}
    assert firebase["headers"][-1]["source"] == f"{base}/go/**"


def test_gitlab_needs_no_file_of_headers(tmp_path):
    root = content(tmp_path, PLAIN, ("gitlab-pages",), route="go")
    build(root)
    assert "_redirects" in names_in(root / "site")
    assert "_headers" not in names_in(root / "site")


def test_github_is_told_nothing_and_keeps_pages_for_old_handles(tmp_path):
    root = content(tmp_path, PLAIN, ("github-pages", "netlify"), route="direct")
    build(root)
    assert 'http-equiv="refresh"' in html_of(root / "site")["maya-l/"]
    edit(root / "content/site.yaml", "hosts: [github-pages, netlify]", "hosts: [github-pages]")
    build(root)
    assert not {"_redirects", "_headers"} & names_in(root / "site")


def test_no_page_lies_where_a_redirect_stands(shop, shop_below):
    for made in (shop, shop_below):
        sources = {line.split()[0].removeprefix(made.base).strip("/") for line in text(made, "_redirects").splitlines()}
        assert not {address.strip("/") for address in html_of(made.going.output)} & sources


def test_robots_are_asked_to_leave_the_redirects_alone(made):
    assert f"Disallow: {made.base}/go/\n" in text(made, "robots.txt")
    assert "Disallow" not in (made.direct.output / "robots.txt").read_text()
    assert "/go/" not in text(made, "sitemap.xml")


# The files are part of the site


def hosted(tmp_path, hosts=ALL, route="go"):
    root = content(tmp_path / "site-of-maya", PLAIN, hosts, route=route)
    build(root)
    return root


def everything(root):
    return bytes_of(root / "site"), bytes_of(root / "site.hosting") if (root / "site.hosting").exists() else {}


def test_a_second_build_writes_nothing(tmp_path):
    root = hosted(tmp_path)
    before = everything(root)
    stamps = {path: path.stat().st_mtime_ns for path in (root / "site.hosting").rglob("*")}
    report = build(root)
    assert (report.rendered, report.written, report.removed) == (0, 0, 0)
    assert everything(root) == before
    assert {path: path.stat().st_mtime_ns for path in (root / "site.hosting").rglob("*")} == stamps


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/site.yaml", "route: go", "route: direct"),
        ("content/site.yaml", "hosts: [cloudflare-pages, netlify, vercel, ", "hosts: ["),
        ("content/site.yaml", ", nginx, apache, caddy]", "]"),
        ("content/site.yaml", "https://shelves.example", "https://shelves.example/shop"),
        ("content/merchants/corner.yaml", "redirects: true", "redirects: false"),
        ("content/influencers/maya/profile.yaml", "aliases: [maya-l]", "aliases: [other, older]"),
        ("content/influencers/maya/profile.yaml", 'publisher: "77"', 'publisher: "78"'),
    ],
)
def test_a_changed_site_equals_a_new_one(tmp_path, file, old, new):
    root = hosted(tmp_path)
    edit(root / file, old, new)
    build(root)
    changed = everything(root)
    clean = tmp_path / "clean"
    (root / "content").rename(clean.parent / "content-moved")
    clean.mkdir()
    (clean.parent / "content-moved").rename(clean / "content")
    build(clean)
    assert changed == everything(clean)


def test_without_hosts_nothing_of_theirs_is_left(tmp_path):
    root = hosted(tmp_path)
    edit(root / "content/site.yaml", f"hosts: [{', '.join(ALL)}]\nroute: go", "")
    build(root)
    assert not (root / "site.hosting").exists()
    assert not {"_redirects", "_headers", ".htaccess", "vercel.json"} & names_in(root / "site")
    assert "maya-l/" in html_of(root / "site")


def test_what_was_changed_by_hand_is_written_again(tmp_path):
    root = hosted(tmp_path)
    before = everything(root)
    for name in ("site/_redirects", "site.hosting/nginx/server.conf"):
        (root / name).write_text("/go/maya/thing-0 https://evil.example 302\n")
    build(root)
    assert everything(root) == before


def test_cleaning_takes_what_lies_beside_too(tmp_path):
    root = hosted(tmp_path)
    result = CliRunner().invoke(group, ["clean", "--root", str(root)])
    assert result.exit_code == 0
    assert not (root / "site.hosting").exists()
    assert names_in(root / "site") == set()


def test_a_check_finds_what_a_host_cannot_hold_and_writes_nothing(tmp_path):
    root = content(tmp_path, ("https://corner.example/:splat",), ("netlify", "nginx"), route="go")
    result = CliRunner().invoke(group, ["check", "--root", str(root)])
    assert result.exit_code == 1
    assert "host-limit: Netlify would change :splat in the address" in result.output
    assert not (root / "site.hosting").exists()


def test_a_folder_of_somebody_elses_beside_the_site_is_left_alone(tmp_path):
    root = content(tmp_path, PLAIN, ("nginx",), route="go")
    (root / "site.hosting").mkdir()
    (root / "site.hosting" / "mine.conf").write_text("mine")
    with pytest.raises(Exception) as failure:
        build(root)
    assert "site.hosting: it holds mine.conf" in failure.value.problems[0].message
    assert (root / "site.hosting" / "mine.conf").read_text() == "mine"
