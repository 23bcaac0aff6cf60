"""`SHA256SUMS` and `storefront verify`: what is published is what was built, in a folder and at an address."""

import gzip
import json
import os
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from building import build, bytes_of, edit, names_in
from storefront import sums
from storefront.cli import group
from storefront.publish import MARKER
from storefront.published import Asking, Refused
from storefront.published.fetching import why_not

LIST = "SHA256SUMS"


def run(*arguments):
    return CliRunner().invoke(group, ["verify", *map(str, arguments)])


@pytest.fixture
def copy(minimal, tmp_path):
    """The minimal site, brought to another place."""
    return shutil.copytree(minimal.output, tmp_path / "public")


# The list


def test_the_list_names_every_file_but_itself_and_the_marker(minimal):
    listed = sums.read((minimal.output / LIST).read_bytes())
    assert listed.keys() == names_in(minimal.output) - {LIST, MARKER}
    assert all(sha256((minimal.output / path).read_bytes()).hexdigest() == digest for path, digest in listed.items())


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_sha256sum_reads_the_list(minimal):
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", LIST], cwd=minimal.output, check=True)


def test_the_list_follows_every_edit(site):
    build(site)
    edit(site / "content/brands/fjell.yaml", "name: Fjell", "name: Fjellet")
    build(site)
    assert run(site / "site").exit_code == 0
    (site / "site" / LIST).write_bytes(b"lost")
    build(site)
    assert run(site / "site").exit_code == 0


@pytest.mark.parametrize(
    "text",
    [
        "nonsense\n",
        f"{'0' * 64}  ../secret\n",
        f"{'0' * 64}  /etc/passwd\n",
        f"{'0' * 64}  a//b\n",
        f"{'0' * 64}  a\n{'1' * 64}  a\n",
        f"{'0' * 63}  a\n",
    ],
)
def test_a_list_that_is_none_is_refused(copy, text):
    (copy / LIST).write_text(text)
    result = run(copy)
    assert (result.exit_code, result.output.splitlines()[0][:46]) == (
        1, "public/SHA256SUMS: not-as-listed: this is no l",
    )  # fmt: skip


def test_some_digests_of_a_list_can_be_renewed():
    listed = sums.document({"a": "1" * 64, "b/a": "2" * 64, "c": "3" * 64})
    assert sums.edited(listed, {"b/a": "4" * 64}) == sums.document({"a": "1" * 64, "b/a": "4" * 64, "c": "3" * 64})
    for strange in ("d", "b", f"{'1' * 64}  a"):
        with pytest.raises(ValueError):
            sums.edited(listed, {strange: "5" * 64})


# A folder


def test_a_whole_folder_is_verified(copy, minimal):
    result = run(copy)
    assert (result.exit_code, result.output) == (0, f"Verified {minimal.report.files - 1} files as they were built.\n")
    shutil.rmtree(copy / "media")
    assert run(copy, "--list", minimal.output / LIST).exit_code == 1


@pytest.mark.parametrize("listed", [False, True])
def test_what_is_no_file_is_told_and_never_opened(copy, minimal, listed):
    """Who opens a pipe waits for another to write into it."""
    for path in ("robots.txt", "maya/feed.xml", LIST if listed else "404.html"):
        (copy / path).unlink()
        os.mkfifo(copy / path)
    os.mkfifo(copy / "more.html")
    given = ["--list", minimal.output / LIST] if listed else []
    result = run(copy, *given, "--format", "json")
    assert result.exit_code == 1
    odd = "a pipe, a socket or a device is in the place of the file"
    assert {each["file"]: each["message"] for each in json.loads(result.output)["problems"]} == {
        "public/more.html": "the file is in no list of what was built",
        "public/maya/feed.xml": odd,
        "public/robots.txt": odd,
    } | ({f"public/{LIST}": "the list is not the one that was given"} if listed else {"public/404.html": odd})
    (copy / LIST).unlink(missing_ok=True)
    os.mkfifo(copy / LIST)
    assert "there is no list of digests" in run(copy).output


def test_missing_changed_and_strange_files_are_told(copy):
    (copy / "maya/index.html").write_bytes(b"<script>")
    (copy / "maya/feed.xml").unlink()
    (copy / "evil.html").write_bytes(b"")
    (copy / "robots.txt").unlink()
    (copy / "robots.txt").symlink_to("/etc/passwd")
    result = run(copy, "--format", "json")
    assert result.exit_code == 1
    assert {each["file"]: each["message"] for each in json.loads(result.output)["problems"]} == {
        "public/evil.html": "the file is in no list of what was built",
        "public/maya/feed.xml": "the file is missing",
        "public/maya/index.html": "the file is not what was built",
        "public/robots.txt": "a link is in the place of the file",
    }


def test_a_list_that_was_changed_with_its_files_is_found_by_the_one_that_was_built(copy, minimal):
    (copy / "maya/index.html").write_bytes(b"<script>")
    listed = sums.read((copy / LIST).read_bytes()) | {"maya/index.html": sums.of_bytes(b"<script>")}
    (copy / LIST).write_bytes(sums.document(listed))
    assert run(copy).exit_code == 0
    told = run(copy, "--list", minimal.output / LIST).output
    assert "public/maya/index.html: not-as-listed: the file is not what was built" in told
    assert "public/SHA256SUMS: not-as-listed: the list is not the one that was given" in told


def test_a_folder_without_a_list_cannot_be_verified(copy):
    (copy / LIST).unlink()
    assert "public/SHA256SUMS: not-as-listed: there is no list of digests" in run(copy).output


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path):
    assert run(tmp_path / "nowhere").exit_code == 2


# An address


class Host:
    """A server of a folder's files, with faults."""

    def __init__(self, folder):
        self.files = bytes_of(folder)
        self.asked, self.agents, self.connections = [], set(), set()
        self.answers = {}
        self.packed = False

    def answer(self, handler):
        path = handler.path.lstrip("/")
        self.asked.append(path)
        self.agents.add(handler.headers["User-Agent"])
        self.connections.add(handler.client_address)
        planned = self.answers.get(path)
        if planned:
            return (
                planned.pop(0)
                if isinstance(planned, list) and len(planned) > 1
                else (planned[0] if isinstance(planned, list) else planned)
            )
        name = path + "index.html" if path.endswith("/") or not path else path
        if name not in self.files or name == MARKER:
            return 404, {}, b"nothing"
        data = self.files[name]
        return (200, {"Content-Encoding": "gzip"}, gzip.compress(data)) if self.packed else (200, {}, data)


@contextmanager
def served(host):
    class Handler(BaseHTTPRequestHandler):
        protocol_version, wbufsize = "HTTP/1.1", 2**16

        def do_GET(self):
            status, headers, data = host.answer(self)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def host(minimal):
    found = Host(minimal.output)
    with served(found) as found.address:
        yield found


@pytest.mark.parametrize("packed", [False, True])
def test_a_host_that_serves_what_was_built_is_verified(host, minimal, packed):
    host.packed = packed
    result = run(host.address)
    assert (result.exit_code, result.output) == (0, f"Verified {minimal.report.files - 1} files as they were built.\n")
    assert len(host.connections) == 1  # one after the other, without a new connection for each
    assert len(host.asked) == len(set(host.asked)) == minimal.report.files
    assert all(agent.startswith("storefront/") for agent in host.agents)


def test_what_a_host_serves_otherwise_is_told(host):
    host.files["maya/index.html"] += b"<!-- changed -->"
    host.answers["brands/"] = (404, {}, b"")
    host.answers["robots.txt"] = (500, {}, b"")
    host.answers["maya/feed.xml"] = (302, {"Location": "https://elsewhere.example/"}, b"")
    host.answers["maya/posts/"] = (301, {"Location": "/maya/posts/"}, b"")
    host.answers["sitemap.xml"] = (200, {"Content-Encoding": "br"}, b"packed")
    host.answers["maya/feed.json"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 100)[:-9])
    result = run(host.address, "--format", "json")
    assert result.exit_code == 1
    found = {each["file"]: each["message"] for each in json.loads(result.output)["problems"]}
    assert found == {
        f"{host.address}/maya/index.html": "the file is not what was built",
        f"{host.address}/brands/index.html": "the file is missing",
        f"{host.address}/robots.txt": "the host answers with 500",
        f"{host.address}/maya/feed.xml": "there is no answer: it redirects to another host",
        f"{host.address}/maya/posts/index.html": "there is no answer: it redirects again and again",
        f"{host.address}/sitemap.xml": "there is no answer: it is packed in a way that was not asked for",
        f"{host.address}/maya/feed.json": "there is no answer: the answer was no HTTP, or only part of it",
    }


def test_the_page_for_wrong_addresses_may_say_that_it_is_one(host):
    host.answers["404.html"] = (404, {}, host.files["404.html"])
    assert run(host.address).exit_code == 0


def test_an_address_may_lead_elsewhere_on_the_same_host(host):
    host.answers["maya/"] = (308, {"Location": "/maya"}, b"")
    host.answers["maya"] = (200, {}, host.files["maya/index.html"])
    assert run(host.address).exit_code == 0


@pytest.mark.parametrize("to", ["https://[bad/x", "//[::1"])
def test_a_host_that_leads_to_no_web_address_is_told(host, to):
    host.answers["robots.txt"] = (302, {"Location": to}, b"")
    result = run(host.address)
    assert result.exit_code == 1
    assert f"{host.address}/robots.txt: not-as-listed: there is no answer: it redirects to what is no" in result.output


def test_the_name_of_a_host_is_one_in_capitals_too(host):
    address = host.address.replace("127.0.0.1", "localhost")
    host.answers["maya/"] = (302, {"Location": f"{address.replace('localhost', 'LocalHost')}/maya"}, b"")
    host.answers["maya"] = (200, {}, host.files["maya/index.html"])
    assert run(address).exit_code == 0
    assert run(address.replace("localhost", "LOCALHOST")).exit_code == 0


def test_a_busy_host_is_asked_again_later(host):
    good = host.files["robots.txt"]
    host.answers["robots.txt"] = [(429, {"Retry-After": "0"}, b""), (503, {"Retry-After": "0"}, b""), (200, {}, good)]
    assert run(host.address).exit_code == 0
    host.answers["robots.txt"] = (429, {"Retry-After": "0"}, b"")
    assert "there is no answer: the host is busy" in run(host.address).output


def test_requests_wait_for_each_other(host):
    with Asking(host.address, pause=0.1) as asking:
        began = time.monotonic()
        for _ in range(3):
            asking.get("robots.txt")
        assert time.monotonic() - began >= 0.3


def test_a_slow_host_is_given_up(host):
    host.answers["robots.txt"] = (200, {"Content-Length": "1000"}, b"x")
    with Asking(host.address, seconds=0.2) as asking:
        assert asking.get("robots.txt") == Refused("no whole answer came in time")


def test_files_for_the_host_alone_are_not_asked_for(site):
    edit(site / "content/site.yaml", "markets:", "hosts: [netlify]\nmarkets:")
    build(site)
    host = Host(site / "site")
    with served(host) as address:
        result = run(address)
    assert result.exit_code == 0
    assert result.output.endswith("2 files for hosts alone could not be asked for.\n")
    assert not {"_redirects", "_headers"} & set(host.asked)


def test_a_host_that_is_not_there_is_no_fault_of_the_site(minimal):
    with served(Host(minimal.output)) as address:
        pass
    assert run(address).exit_code == 3


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://shelves.example", "it does not begin with https://"),
        ("http://192.168.0.1/", "it does not begin with https://"),
        ("ftp://shelves.example", "it is no web address"),
        ("https://", "it is no web address"),
        ("https://a:b@shelves.example", "it is more than a host and a path"),
        ("https://shelves.example/?x=1", "it is more than a host and a path"),
        ("https://shelves.example:99999", "it is no web address"),
        ("https://[bad", "it is no web address"),
    ],
)
def test_addresses_that_cannot_be_asked(address, why):
    assert why_not(address) == why
    result = run(address)
    assert result.exit_code == 2
    assert why in result.output


@pytest.mark.parametrize("address", ["https://shelves.example/shop", "http://localhost:8000", "http://[::1]:80/"])
def test_addresses_that_can_be_asked(address):
    assert why_not(address) is None
