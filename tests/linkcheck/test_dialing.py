"""Who may be called: hosts of the public internet, by certificates that are right."""

import socket
import ssl
import subprocess
import threading
import time
from shutil import which

import pytest

from storefront.linkcheck import dialing
from storefront.linkcheck.asking import Silence, ask
from storefront.linkcheck.dialing import NotPublic, dial, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
    ],
)
def test_private_addresses_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are(address):
    assert is_public(address)


def resolving(monkeypatch, *addresses):
    """Names that lead where a test wants; nothing is looked up."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(dialing.socket, "getaddrinfo", lambda *_, **__: found)


def test_a_name_for_a_private_address_is_not_called(monkeypatch):
    resolving(monkeypatch, "127.0.0.1", "169.254.169.254")
    monkeypatch.setattr(dialing.socket, "create_connection", lambda *_, **__: pytest.fail("it was called"))
    with pytest.raises(NotPublic):
        dial("https", "nordshop.example", time.monotonic() + 1)
    answer = ask("https://nordshop.example/tee", "test", dial, 1.0)
    assert isinstance(answer, Silence)
    assert (answer.why, answer.sort) == ("the host lies in a private network", "unknown")


def test_of_several_addresses_public_ones_are_tried_in_turn(monkeypatch):
    resolving(monkeypatch, "10.0.0.1", "93.184.215.1", "93.184.215.2", "93.184.215.3", "93.184.215.4")
    tried = []

    def refuse(address, timeout):
        assert timeout > 0
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(dialing.socket, "create_connection", refuse)
    with pytest.raises(ConnectionRefusedError):
        dial("http", "nordshop.example", time.monotonic() + 1)
    assert tried == [("93.184.215.1", 80), ("93.184.215.2", 80), ("93.184.215.3", 80)]


def test_no_time_no_call(monkeypatch):
    resolving(monkeypatch, "93.184.215.1")
    monkeypatch.setattr(dialing.socket, "create_connection", lambda *_, **__: pytest.fail("it was called"))
    with pytest.raises(TimeoutError):
        dial("http", "nordshop.example", time.monotonic() - 1)


@pytest.mark.parametrize(
    ("code", "sort"), [(socket.EAI_NONAME, "gone"), (socket.EAI_AGAIN, "unknown"), (socket.EAI_FAIL, "unknown")]
)
def test_a_name_that_is_not_there_differs_from_one_that_could_not_be_looked_up(monkeypatch, code, sort):
    def fail(*_, **__):
        raise socket.gaierror(code, "no")

    monkeypatch.setattr(dialing.socket, "getaddrinfo", fail)
    assert ask("https://nordshop.example/", "test", dial, 1.0).sort == sort


@pytest.mark.skipif(which("openssl") is None, reason="needs openssl to make a certificate")
@pytest.mark.parametrize(
    ("trusted", "host"), [(True, "nordshop.example"), (True, "other.example"), (False, "nordshop.example")]
)
def test_a_certificate_must_be_right(monkeypatch, tmp_path, trusted, host):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=nordshop.example", "-addext", "subjectAltName=DNS:nordshop.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    client = ssl.create_default_context()
    if trusted:
        client.load_verify_locations(certificate)
    monkeypatch.setattr(dialing, "_certificates", lambda: client)
    resolving(monkeypatch, "93.184.215.1")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)

        def here(_address, timeout):
            connection = socket.socket()
            connection.settimeout(timeout)
            connection.connect(server.getsockname())
            return connection

        monkeypatch.setattr(dialing.socket, "create_connection", here)
        thread = threading.Thread(target=_answer, args=(server, context))
        thread.start()
        answer = ask(f"https://{host}/tee", "test", dial, 3.0)
        thread.join()
    if trusted and host == "nordshop.example":
        assert answer.status == 404
    else:
        assert (answer.sort, answer.why) == ("down", "its certificate is not valid, and browsers warn of it")


def _answer(server, context):
    connection, _ = server.accept()
    try:
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(4096)
            secure.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
    except (ssl.SSLError, OSError):
        connection.close()
