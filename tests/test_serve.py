"""The preview: a real server on loopback, which shows the site and nothing else, and follows edits."""

import asyncio
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from building import copy_of_minimal, edit, write
from storefront import serve
from storefront.problems import EnvironmentFailure

NOW = "2026-11-22T12:00:00Z"
PATIENCE = 20  # seconds; a loaded machine is slow, a healthy one never waits so long


class Preview:
    """A running `storefront serve`, with what it printed so far."""

    def __init__(self, site: Path, port: int) -> None:
        command = [sys.executable, "-c", "from storefront.cli import main; main()", "serve", "--now", NOW]
        self.process = subprocess.Popen(
            [*command, "--port", str(port)],
            cwd=site,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        threading.Thread(target=self.listen, daemon=True).start()
        self.port = int(self.waited_for(r"http://127\.0\.0\.1:(\d+)").group(1))

    def listen(self) -> None:
        for line in self.process.stdout:
            self.said += line

    def waited_for(self, pattern: str) -> re.Match[str]:
        """The first match in what it prints, as soon as it is there."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := re.search(pattern, self.said):
                return found
            time.sleep(0.02)
        raise AssertionError(f"{pattern} was never said:\n{self.said}")

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and body, of a path that is sent exactly as it is."""
        end = time.monotonic() + PATIENCE
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                connection.request(method, path, headers=headers)
                answer = connection.getresponse()
                return answer.status, dict(answer.getheaders()), answer.read().decode(errors="replace")
            except ConnectionRefusedError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            finally:
                connection.close()

    def end(self) -> int:
        """Press Ctrl+C; how it ended."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def previewed(site: Path) -> Iterator[Preview]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    preview = Preview(site, port)
    try:
        yield preview
    finally:
        preview.process.kill()
        preview.process.wait()
        preview.process.stdout.close()


@pytest.fixture(scope="module")
def preview(tmp_path_factory) -> Iterator[Preview]:
    """The minimal site, served."""
    site = copy_of_minimal(tmp_path_factory.mktemp("served") / "here")
    write(site.parent, {"precious.txt": "secret"})
    with previewed(site) as running:
        yield running


def test_the_address_is_told_and_answers(preview):
    assert f"Serving at http://127.0.0.1:{preview.port}/  (Ctrl+C ends it)" in preview.said
    assert "Built 25 pages (25 anew)" in preview.said
    status, headers, body = preview.get("/")
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert "Four Shelves" in body


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("/maya/", {"text/html"}),
        ("/maya/feed.xml", {"text/xml", "application/xml"}),
        ("/maya/feed.json", {"application/json"}),
        ("/robots.txt", {"text/plain"}),
    ],
)
def test_files_come_as_what_they_are(preview, path, kinds):
    status, headers, _ = preview.get(path)
    assert (status, headers["x-content-type-options"]) == (200, "nosniff")
    assert headers["content-type"].partition(";")[0] in kinds


def test_pictures_and_styles_come_too(preview):
    html = preview.get("/maya/")[2]
    for address in {*re.findall(r'src="(/media/[^"]+)"', html), *re.findall(r'href="(/assets/[^"]+)"', html)}:
        assert preview.get(address)[0] == 200


def test_a_card_is_drawn_when_it_is_asked_for(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    edit(site / "content/site.yaml", "title:", "previews: true\ntitle:")
    with previewed(site) as running:
        html = running.get("/maya/")[2]
        address = re.search(r'property="og:image" content="https://shelves.example(/media/[\w.-]+-card\.jpg)"', html)[1]
        assert not list((site / "site/media").glob("*-card.jpg"))
        status, headers, _ = running.get(address)
        assert (status, headers["content-type"], headers["cache-control"]) == (200, "image/jpeg", "no-store")
        assert len(list((site / ".storefront/previews").iterdir())) == 1
        assert running.get(address.replace("maya.", "nobody."))[0] == 404
        edit(site / "content/influencers/maya/profile.yaml", "Maya Lind", "Maya Berg")
        running.waited_for(r"(?s)Built.*Built")
        other = re.search(r'property="og:image" content="https://shelves.example([^"]+)"', running.get("/maya/")[2])[1]
        assert other != address
        assert running.get(other)[0] == 200


def test_a_wrong_address_shows_the_sites_own_page(preview):
    status, _, body = preview.get("/nope/")
    assert status == 404
    assert 'content="noindex"' in body
    assert "Four Shelves" in body


def test_a_folder_without_its_slash_is_led_to_it(preview):
    status, headers, _ = preview.get("/maya")
    assert status in {301, 302, 307, 308}
    assert headers["location"].endswith("/maya/")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", "[::1]"]
)
def test_another_name_for_this_machine_is_refused(preview, host):
    """A page elsewhere whose name is made to lead here must not read the site (DNS rebinding)."""
    assert preview.get("/", Host=host)[0] == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "localhost:8000"])
def test_this_machines_own_names_are_answered(preview, host):
    assert preview.get("/", Host=host)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../precious.txt",
        "/../../precious.txt",
        "/..%2f..%2fprecious.txt",
        "/%2e%2e/%2e%2e/precious.txt",
        "/maya/../../../precious.txt",
        "/..%5c..%5cprecious.txt",
        "//etc/passwd",
        "/%00",
        "/../content/site.yaml",
    ],
)
def test_nothing_outside_the_site_is_served(preview, path):
    status, _, body = preview.get(path)
    assert status in {400, 404}
    assert "secret" not in body
    assert "timezone" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(preview, method):
    assert preview.get("/", method)[0] == 405


def test_only_this_machine_is_listened_to(preview):
    with socket.socket() as other:
        other.settimeout(2)
        with pytest.raises(OSError):
            other.connect((address_of_this_machine(), preview.port))


def address_of_this_machine() -> str:
    """An address of this machine that is not loopback's; none that answers where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "192.0.2.1"
        found = probe.getsockname()[0]
    return found if not found.startswith("127.") else "192.0.2.1"


def test_a_taken_port_gives_the_next_free_one(preview):
    listener = serve.listen(preview.port)
    with listener:
        assert preview.port < listener.getsockname()[1] <= preview.port + serve.PORTS


def test_two_previews_never_share_a_port():
    with serve.listen(48_000) as one, serve.listen(48_000) as other:
        assert one.getsockname() != other.getsockname()


def test_no_free_port_is_the_machines_fault(monkeypatch):
    monkeypatch.setattr(serve, "PORTS", 1)
    with serve.listen(48_100) as taken, pytest.raises(EnvironmentFailure, match="choose another with --port"):
        serve.listen(taken.getsockname()[1])


def test_an_edit_is_seen_and_a_mistake_leaves_the_last_good_site(site):
    with previewed(site) as running:
        running.get("/")
        time.sleep(0.3)  # the watcher begins after the server
        edit(site / "content/site.yaml", "Four Shelves", "Five Shelves")
        running.waited_for(r"Built 25 pages \(2\d anew\)[^\0]*Built 25 pages")
        assert "Five Shelves" in running.get("/")[2]

        edit(site / "content/site.yaml", "title:", "titel:")
        running.waited_for("The last good site stays")
        assert "content/site.yaml:1:1: unknown-key" in running.said
        assert "Five Shelves" in running.get("/")[2]

        edit(site / "content/site.yaml", "titel: Five", "title: Six")
        running.waited_for(r"stays\.[^\0]*Built 25 pages")
        assert "Six Shelves" in running.get("/")[2]

        assert running.end() in {0, 130}
        assert "Traceback" not in running.said


def test_a_theme_of_its_own_is_seen_when_it_is_made_later(site):
    with previewed(site) as running:
        page = "{% extends 'base.html' %}{% block content %}Gone fishing{% endblock %}"
        write(site, {"themes/editorial/templates/404.html": page})
        running.waited_for(r"(?s)Built.*Built")
        assert "Gone fishing" in running.get("/nowhere/")[2]
        edit(site / "themes/editorial/templates/404.html", "fishing", "sailing")
        running.waited_for(r"(?s)Built.*Built.*Built")
        assert "Gone sailing" in running.get("/nowhere/")[2]


def test_a_site_below_a_path_is_served_below_it(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    edit(site / "content/site.yaml", "https://shelves.example", "https://host.example/shop")
    with previewed(site) as running:
        assert f"http://127.0.0.1:{running.port}/shop/" in running.said
        status, headers, _ = running.get("/")
        assert (status, headers["location"]) == (307, "/shop/")
        assert running.get("/shop/maya/")[0] == 200
        assert running.get("/maya/")[0] == 404
        status, _, body = running.get("/shop/nope/")
        assert status == 404
        assert "Four Shelves" in body
        assert running.end() in {0, 130}
        assert "Traceback" not in running.said


def test_a_site_with_a_problem_is_not_served(site):
    edit(site / "content/site.yaml", "title:", "titel:")
    command = [sys.executable, "-c", "from storefront.cli import main; main()", "serve", "--now", NOW]
    result = subprocess.run(command, cwd=site, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 1
    assert "Serving" not in result.stdout


# Without a process of its own


def answer(app, path: str, **headers: str) -> tuple[int, str]:
    """Status and body of the app's answer to a GET."""
    sent = []

    async def receive():
        await asyncio.Event().wait()  # the browser stays, and sends nothing more

    async def send(message):
        sent.append(message)

    given = {"host": "localhost"} | headers
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
    asyncio.run(app(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], body.decode(errors="replace")


def test_a_link_out_of_the_site_is_not_followed(tmp_path):
    write(tmp_path, {"site/index.html": "home", "site/404.html": "nothing here", "precious.txt": "secret"})
    (tmp_path / "site/leak.txt").symlink_to(tmp_path / "precious.txt")
    (tmp_path / "site/leak").symlink_to(tmp_path)
    app = serve.application(tmp_path / "site", "")
    for path in ("/leak.txt", "/leak/precious.txt", "/leak/"):
        assert answer(app, path) == (404, "nothing here")


def test_every_page_of_a_site_can_be_reached(minimal, below):
    for found, base in ((minimal, ""), (below, "/shop")):
        app = serve.application(found.output, base)
        for path in found.output.rglob("index.html"):
            address = str(path.relative_to(found.output)).removesuffix("index.html")
            assert answer(app, f"{base}/{address}") == (200, path.read_text())


def test_what_is_asked_for_in_part_comes_in_part(minimal):
    app = serve.application(minimal.output, "")
    assert answer(app, "/maya/", range="bytes=0-14") == (206, "<!doctype html>")


def test_a_picture_is_made_when_it_is_asked_for(site):
    with previewed(site) as preview:
        made = site / ".storefront/images"
        page = preview.get("/products/merino-tee/")[2]
        name = re.search(r"/media/([\w.-]+\.avif)", page).group(1)
        assert not made.exists()
        status, headers, _ = preview.get(f"/media/{name}")
        assert (status, headers["content-type"]) == (200, "image/avif")
        assert [path.name for path in made.iterdir()] == [name]
        assert preview.get("/media/other.avif")[0] == 404
        assert preview.get("/media/..%2f..%2f.storefront/lock")[0] == 404
