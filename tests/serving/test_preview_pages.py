"""The preview's pages: a build's own bytes, with a script beside them, answered as the site's host would."""

import re

import pytest

from asking import Asked
from building import build, copy_of_minimal, edit, html_of, names_in, picture, write
from storefront import hosting
from storefront.serving import FOLDER

ADDED = re.compile(r'<link rel="stylesheet" href="/_storefront/.*?preview\.js"></script>\n', re.DOTALL)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    site = copy_of_minimal(tmp_path_factory.mktemp("served") / "here")
    edit(site / "content/site.yaml", "title:", "embeds: true\nqr: true\npreviews: true\ndisclosures: true\ntitle:")
    build(site)
    write(site.parent, {"precious.txt": "secret"})
    return site


@pytest.fixture(scope="module")
def ask(root) -> Asked:
    return Asked(root)


def test_every_file_of_a_build_comes_as_it_is_and_pages_with_the_script(ask, root):
    pages = html_of(root / "site")
    for file in sorted(names_in(root / "site") - {".storefront", "SHA256SUMS"}):  # records of what is published
        answer = ask(f"/{file.removesuffix('index.html') if file.endswith('/index.html') else file}")
        assert answer.status == 200, file
        if file.endswith(".html") and not file.startswith("embed/"):
            assert ADDED.sub("", answer.text) == pages[file.removesuffix("index.html")]
            assert len(ADDED.findall(answer.text)) == 1
        else:
            assert answer.body == (root / "site" / file).read_bytes(), file


def test_no_build_has_anything_of_the_preview(root):
    for file in names_in(root / "site"):
        assert FOLDER.strip("/").encode() not in (root / "site" / file).read_bytes()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/maya/feed.xml", "application/atom+xml"),
        ("/maya/feed.json", "application/feed+json"),
        ("/maya/index.json", "application/json"),
        ("/maya/qr.svg", "image/svg+xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/sitemap.xml", "application/xml"),
        ("/_storefront/preview.js", "text/javascript; charset=utf-8"),
        ("/_storefront/panel.css", "text/css; charset=utf-8"),
        ("/_storefront/panel", "application/json"),
    ],
)
def test_everything_comes_as_what_it_is(ask, path, kind):
    answer = ask(path)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("ending", "kind"), [("avif", "image/avif"), ("jpg", "image/jpeg"), ("webp", "image/webp")])
def test_pictures_come_as_what_they_are_and_in_part(ask, ending, kind):
    found = re.findall(rf"/media/[\w.-]+\.{ending}", ask("/maya/").text + ask("/products/merino-tee/").text)
    for name in found[:1]:
        answer = ask(name, range="bytes=0-9")
        assert (answer.status, answer.headers["content-type"], len(answer.body)) == (206, kind, 10)
    assert found or ending == "webp"


def files_in(folder):
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


def test_a_picture_or_card_is_made_when_it_is_asked_for_and_is_that_of_a_build(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    edit(site / "content/site.yaml", "title:", "previews: true\ntitle:")
    ask = Asked(site)
    found = re.findall(r"/media/([\w.-]+)", ask("/products/merino-tee/").text)
    picture_name = next(name for name in found if name.endswith(".avif"))
    card = next(name for name in found if name.endswith("-card.jpg"))
    made = {name: ask(f"/media/{name}").body for name in (picture_name, card)}
    assert files_in(site / ".storefront/previews") == [card]
    assert picture_name in files_in(site / ".storefront/images")
    assert len(files_in(site / ".storefront/images")) <= 2  # the one that is asked for, and the one on the card
    assert ask("/media/other.avif").status == ask("/media/nobody-card.jpg").status == 404
    build(site)
    assert made == {name: (site / "site/media" / name).read_bytes() for name in made}


def test_a_picture_whose_source_goes_away_meanwhile_is_not_found(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    ask = Asked(site)
    found = re.findall(r"/media/(merino-tee[\w.-]+)", ask("/products/merino-tee/").text)
    (site / "content/products/media/merino-tee.jpg").unlink()
    assert {ask(f"/media/{name}").status for name in found} == {404}


def test_styles_and_scripts_of_the_theme_come_too(ask):
    html = ask("/maya/").text
    for address in {*re.findall(r'(?:src|href)="(/assets/[^"]+)"', html)}:
        assert ask(address).status == 200


def test_pages_bear_the_headers_that_hosts_are_told_to_send(ask):
    for path in ("/maya/", "/nowhere/", "/_storefront/"):
        sent = ask(path).headers
        for name, value in hosting.security.everywhere(alone=False):
            assert sent[name.lower()] == value
    framed = ask("/embed/product/merino-tee/").headers
    assert "frame-ancestors *" in framed["content-security-policy"]


def test_a_wrong_address_shows_the_sites_own_page(ask):
    answer = ask("/nope/")
    assert answer.status == 404
    assert 'content="noindex"' in answer.text
    assert "Four Shelves" in answer.text


@pytest.mark.parametrize(
    ("host", "status"),
    [("", 301), ("nginx", 301), ("caddy", 308), ("cloudflare-pages", 308), ("gitlab-pages", 302), ("vercel", 200)],
)
def test_hosts_answer_differently_to_a_folder_without_its_slash(tmp_path, host, status):
    site = copy_of_minimal(tmp_path / "here")
    if host:
        edit(site / "content/site.yaml", "title:", f"hosts: [{host}]\ntitle:")
    answer = Asked(site)("/maya")
    assert answer.status == status
    assert answer.headers.get("location") == (None if status == 200 else "/maya/")


def test_old_handles_and_links_to_shops_answer_as_hosts_are_told(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    edit(site / "content/site.yaml", "title:", "hosts: [nginx]\nroute: go\ntitle:")
    edit(site / "content/merchants/nordshop.yaml", "network:", "redirects: true\nnetwork:")
    edit(site / "content/influencers/maya/profile.yaml", "tagline:", "aliases: [maya-l]\ntagline:")
    ask = Asked(site)
    for path in ("/maya-l/", "/maya-l"):
        assert (ask(path).status, ask(path).headers["location"]) == (301, "/maya/")
    going = re.search(r'href="(/go/[^"]+)"', ask("/maya/").text)[1]
    answer = ask(going)
    assert answer.status == 302
    assert answer.headers["location"].startswith("https://www.awin1.com/")


def test_a_site_below_a_path_is_served_below_it(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    edit(site / "content/site.yaml", "https://shelves.example", "https://host.example/shop")
    ask = Asked(site)
    assert (ask("/").status, ask("/").headers["location"]) == (307, "/shop/")
    assert ask("/shop/maya/").status == 200
    assert ask("/shop/maya").headers["location"] == "/shop/maya/"
    for path in ("/maya/", "/shopmaya/", "/shop"):
        assert ask(path).status == 404
        assert "Four Shelves" in ask(path).text
    assert ask.panel("/shop/maya/")["path"] == "/maya/"


@pytest.mark.parametrize(
    "path",
    [
        "/../precious.txt", "/../../precious.txt", "/..%2f..%2fprecious.txt", "/%2e%2e/%2e%2e/precious.txt",
        "/maya/../../../precious.txt", "/..\\..\\precious.txt", "//etc/passwd", "/etc/passwd", "/\0", "//maya/",
        "/../content/site.yaml", "/content/site.yaml", "/.storefront/lock", "/media/../../.storefront/lock",
        "/media/..%2f..%2f.storefront/lock", "/_storefront/../preview.py", "/_storefront/index.html",
        "/_storefront/%2e%2e/preview.py", "/assets/../../content/site.yaml", "/site/index.html", "/maya/\u202e",
    ],
)  # fmt: skip
def test_nothing_but_the_site_is_served(ask, path):
    answer = ask(path)
    assert answer.status == 404
    assert b"secret" not in answer.body
    assert b"timezone" not in answer.body
    assert b"import " not in answer.body


def test_a_link_out_of_the_site_is_not_followed(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    write(tmp_path, {"precious.jpg": picture()})
    (site / "content/influencers/maya/media/canal.jpg").unlink()
    (site / "content/influencers/maya/media/canal.jpg").symlink_to(tmp_path / "precious.jpg")
    ask = Asked(site)
    assert ask("/maya/").status == 503
    assert [problem.code for problem in ask.preview.problems] == ["unreadable"]


@pytest.mark.parametrize("path", ["/maya/", "/_storefront/panel", "/_storefront/preview.js"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_else_can_be_sent(ask, path, method):
    assert ask(path, method, origin="http://localhost").status == 405
    assert ask(path, method).status == 403


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "10.0.0.1",
        "[::1]",
        "",
        "[",
        "localhost@evil",
    ],
)
def test_another_name_for_this_machine_is_refused(ask, host):
    """A page elsewhere whose name is made to lead here must not read the site (DNS rebinding)."""
    for path in ("/maya/", "/_storefront/panel", "/_storefront/events"):
        assert ask(path, host=host).status == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "localhost:8000", "LOCALHOST:8000"])
def test_this_machines_own_names_are_answered(ask, host):
    assert ask("/maya/", host=host).status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1", "https://localhost", ""])
def test_another_origin_is_refused(ask, origin):
    for path in ("/maya/", "/_storefront/events", "/_storefront/panel"):
        assert ask(path, origin=origin).status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_sites_page_can_link_here_and_load_nothing(ask, site):
    assert ask("/maya/", sec_fetch_site=site, sec_fetch_mode="navigate").status == 200
    for mode in ("no-cors", "cors", "websocket"):
        assert ask("/_storefront/panel", sec_fetch_site=site, sec_fetch_mode=mode).status == 403
    assert ask("/maya/", sec_fetch_site="same-origin", sec_fetch_mode="cors", origin="http://localhost").status == 200
