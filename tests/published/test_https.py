"""`storefront verify` at an address of https: a real server, a real handshake, an authority of our own."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hostile.running import run
from hosts.servers import PATIENCE, free_port, program
from storefront import sums

CONFIGURATION = """\
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    gzip on; gzip_types *; gzip_min_length 1;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/{certificate}.pem; ssl_certificate_key {folder}/{certificate}.key;
        {protocols}
        root {root};
        {rules}
    }}
}}
"""


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Path:
    """A folder with an authority, and certificates of it: one of this machine, one of another, one that has run out."""
    openssl, folder = shutil.which("openssl"), tmp_path_factory.mktemp("keys")
    if not openssl or not program("nginx"):
        pytest.skip("openssl and nginx are not there (.ci/servers installs nginx)")

    def do(*words: object) -> None:
        subprocess.run([openssl, *map(str, words)], cwd=folder, capture_output=True, check=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    do("req", "-x509", *key, "-subj", "/CN=Authority", "-days", 30, "-keyout", "ca.key", "-out", "ca.pem")
    for name, alternative, days in (
        ("good", "DNS:localhost,IP:127.0.0.1", 30),
        ("other", "DNS:elsewhere.example", 30),
        ("over", "DNS:localhost,IP:127.0.0.1", 0),
    ):
        (folder / f"{name}.ext").write_text(f"subjectAltName={alternative}\n")
        do("req", *key, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        issued = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", days, "-extfile", f"{name}.ext")
        do("x509", "-req", "-in", f"{name}.csr", *issued, "-out", f"{name}.pem")
    return folder


@pytest.fixture
def copy(minimal, tmp_path) -> Path:
    """The minimal site, brought to a server."""
    return shutil.copytree(minimal.output, tmp_path / "public")


@contextmanager
def served(keys: Path, root: Path, rules: str = "", certificate: str = "good", protocols: str = "") -> Iterator[str]:
    """A server of a folder; gives its address."""
    port, path = free_port(), program("nginx")
    text = CONFIGURATION.format(
        folder=keys, port=port, root=root, rules=rules, certificate=certificate, protocols=protocols
    )
    (keys / "nginx.conf").write_text(text)
    command = [path, "-c", keys / "nginx.conf", "-p", keys, "-e", keys / "error.log"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while subprocess.run(
            [sys.executable, "-c", f"import socket; socket.create_connection(('127.0.0.1', {port}), 1)"],
            capture_output=True,
            check=False,
        ).returncode:
            assert running.poll() is None, (keys / "error.log").read_text()
            assert time.monotonic() < until
        yield f"https://localhost:{port}"
    finally:
        running.terminate()
        running.wait(PATIENCE)


def verify(keys: Path, *words: str, authority: str = "ca.pem"):
    """How the command ends, for whom the authority is one."""
    return run("verify", *words, cwd=keys, SSL_CERT_FILE=str(keys / authority), SSL_CERT_DIR=str(keys / "none"))


def test_what_was_built_is_verified(keys, copy, minimal):
    with served(keys, copy) as address:
        ended = verify(keys, address)
        assert (ended.code, ended.out) == (0, f"Verified {minimal.report.files - 1} files as they were built.\n")
        assert verify(keys, address, "--list", str(minimal.output / "SHA256SUMS")).code == 0


def test_wrong_missing_and_redirected_files_are_told(keys, copy):
    (copy / "maya/index.html").write_bytes(b"<script>alert(1)</script>")
    (copy / "maya/feed.xml").unlink()
    rules = """
        location = /robots.txt { return 301 https://elsewhere.example/robots.txt; }
        location = /sitemap.xml { return 302 http://$host:$server_port$request_uri; }
        location = /404.html { return 308 /404.html; }
        location = /maya/feed.json { return 500; }
    """
    with served(keys, copy, rules) as address:
        ended = verify(keys, address)
    assert ended.code == 1
    told = {line.partition(": ")[0]: line for line in ended.out.splitlines() if "not-as-listed" in line}
    said = {file.removeprefix(f"{address}/"): line.rpartition("not-as-listed: ")[2] for file, line in told.items()}
    assert said.keys() == {
        "404.html",
        "maya/feed.json",
        "maya/feed.xml",
        "maya/index.html",
        "robots.txt",
        "sitemap.xml",
    }, ended.said
    assert "not what was built" in said["maya/index.html"]
    assert "another host" in said["robots.txt"]
    assert "another host" in said["sitemap.xml"]
    assert "again and again" in said["404.html"]


def test_a_redirect_on_the_same_host_is_followed(keys, copy):
    shutil.move(copy / "robots.txt", copy / "moved.txt")
    with served(keys, copy, "location = /robots.txt { return 301 /moved.txt; }") as address:
        assert verify(keys, address).code == 0


@pytest.mark.parametrize(
    ("certificate", "authority"),
    [("good", "none.pem"), ("other", "ca.pem"), ("over", "ca.pem")],
    ids=["of an unknown authority", "of another host", "that has run out"],
)
def test_a_certificate_must_be_valid(keys, copy, certificate, authority):
    (keys / "none.pem").write_text("")
    with served(keys, copy, certificate=certificate) as address:
        ended = verify(keys, address, authority=authority)
    assert ended.code != 0
    assert "its certificate is not valid" in ended.said
    assert "Traceback" not in ended.said


def test_a_list_that_was_changed_with_a_file_is_found_by_the_one_that_was_built(keys, copy, minimal):
    (copy / "maya/index.html").write_bytes(b"<script>")
    listed = sums.read((copy / "SHA256SUMS").read_bytes()) | {"maya/index.html": sums.of_bytes(b"<script>")}
    (copy / "SHA256SUMS").write_bytes(sums.document(listed))
    with served(keys, copy) as address:
        assert verify(keys, address).code == 0
        ended = verify(keys, address, "--list", str(minimal.output / "SHA256SUMS"))
    assert ended.code == 1
    assert "maya/index.html: not-as-listed: the file is not what was built" in ended.out


def test_a_host_that_is_not_there_is_told(keys):
    ended = verify(keys, f"https://localhost:{free_port()}")
    assert ended.code != 0
    assert "the host cannot be reached" in ended.said
    assert "Traceback" not in ended.said
