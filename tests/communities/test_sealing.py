"""Sealing: what is written can be opened with the key and with nothing else, and the key is in none of it."""

import gzip
import json
import os
import re
import shutil

import pytest
from click.testing import CliRunner
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from building import bytes_of
from storefront import sealing
from storefront.cli import group
from storefront.problems import ProblemsFound

PASSPHRASE = "seven warm stones"


def opened(payload, key):
    """The files of a payload, as the page in the browser reads it."""
    head, about, body = payload.split(b"\n", 2)
    told = head + b"\n" + about + b"\n"
    plain = gzip.decompress(AESGCM(key).decrypt(unread(json.loads(about)["nonce"]), body, told))
    size = int.from_bytes(plain[:4], "big")
    index, data = json.loads(plain[4 : 4 + size]), plain[4 + size :]
    return {name: data[at : at + length] for name, at, length in index["files"]}


def unread(text):
    import base64

    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.fixture
def sealed(whole, tmp_path):
    return sealing.seal(whole.output, tmp_path / "sealed"), tmp_path / "sealed"


def test_the_key_opens_it(whole, sealed):
    made, folder = sealed
    files = opened((folder / "payload.bin").read_bytes(), unread(made.key))
    assert files["maya/index.html"] == (whole.output / "maya/index.html").read_bytes()
    assert any(name.startswith("media/") for name in files)
    assert not any(name.endswith((".avif", ".webp", ".js")) for name in files)


def test_only_files_are_opened(whole, tmp_path):
    """Who opens a pipe waits for another to write into it."""
    copy = shutil.copytree(whole.output, tmp_path / "copy")
    os.mkfifo(copy / "more.html")
    made = sealing.seal(copy, tmp_path / "sealed")
    assert "more.html" not in opened((tmp_path / "sealed/payload.bin").read_bytes(), unread(made.key))


def test_no_word_of_it_and_no_key_is_in_what_is_written(sealed):
    made, folder = sealed
    written = b"".join(bytes_of(folder).values())
    for word in (b"Maya", b"merino", made.key.encode(), unread(made.key), unread(made.key).hex().encode()):
        assert word not in written


def test_another_key_or_one_changed_bit_opens_nothing(sealed):
    made, folder = sealed
    payload = (folder / "payload.bin").read_bytes()
    with pytest.raises(InvalidTag):
        opened(payload, bytes(32))
    for at in (payload.index(b"nonce") - 4, len(payload) // 2, len(payload) - 1):
        changed = bytearray(payload)
        changed[at] ^= 1
        with pytest.raises((InvalidTag, ValueError, KeyError)):
            opened(bytes(changed), unread(made.key))


def test_it_is_another_file_each_time(whole, tmp_path):
    one, other = (sealing.seal(whole.output, tmp_path / name) for name in ("a", "b"))
    assert one.key != other.key
    assert (tmp_path / "a/payload.bin").read_bytes() != (tmp_path / "b/payload.bin").read_bytes()


def test_a_passphrase_opens_it_and_is_in_none_of_it(whole, tmp_path):
    made = sealing.seal(whole.output, tmp_path / "sealed", PASSPHRASE)
    assert made.key == ""
    payload = (tmp_path / "sealed/payload.bin").read_bytes()
    about = json.loads(payload.split(b"\n", 2)[1])
    assert about["iterations"] >= 600_000
    key = sealing.derived(PASSPHRASE, unread(about["salt"]), about["iterations"])
    assert "index.html" in opened(payload, key)
    written = b"".join(bytes_of(tmp_path / "sealed").values())
    assert PASSPHRASE.encode() not in written
    assert key not in written


def test_its_page_allows_its_own_script_and_nothing_from_elsewhere(sealed):
    page = (sealed[1] / "index.html").read_text()
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert len(re.findall(r"'sha256-[\w+/=]{44}'", policy)) == 2


def test_a_folder_without_a_site_and_a_folder_of_others_are_refused(whole, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ProblemsFound):
        sealing.seal(tmp_path / "empty", tmp_path / "sealed")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("mine")
    with pytest.raises(ProblemsFound):
        sealing.seal(whole.output, tmp_path / "mine")
    assert (tmp_path / "mine/letter.txt").read_text() == "mine"


def test_the_command_tells_the_key_once_and_refuses_a_short_passphrase(whole, tmp_path):
    run = CliRunner()
    made = run.invoke(group, ["seal", str(whole.output), "--output", str(tmp_path / "s")])
    assert made.exit_code == 0
    assert re.search(r"Key, told this once: [\w-]{43}\n", made.output)
    short = ["seal", str(whole.output), "--output", str(tmp_path / "t"), "--passphrase"]
    assert run.invoke(group, short, env={"STOREFRONT_PASSPHRASE": "short"}).exit_code == 2
    assert run.invoke(group, short, env={"STOREFRONT_PASSPHRASE": PASSPHRASE}).exit_code == 0


def files_of(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def here(whole, tmp_path, monkeypatch):
    """A folder with two built sites, and a letter."""
    for name in ("site", "preview"):
        shutil.copytree(whole.output, tmp_path / name)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("mine")
    (tmp_path / "link").symlink_to("preview")
    (tmp_path / "file").write_text("mine")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("site", "."),
        ("site/maya", ".."),
        ("site/maya", "../"),
        (".", "site/maya/.."),
        ("site", ". --output ."),
        ("site", ". --output ../site"),
        ("site", ". --output maya"),
        (".", "preview --output preview"),
        (".", "preview --output preview/new/sealed"),
        (".", "preview --output ."),
        (".", "preview --output link"),
        (".", "link --output preview"),
        (".", "preview --output site"),
        (".", "preview --output mine"),
        (".", "preview --output file"),
        (".", "preview --output mine/.."),
    ],
)
def test_an_output_that_is_no_place_for_it_is_wrong_usage_and_stays(here, monkeypatch, where, words):
    before = files_of(here)
    monkeypatch.chdir(here / where)
    for more in ([], ["--passphrase"]):
        made = CliRunner().invoke(group, ["seal", *words.split(), *more])
        assert (made.exit_code, made.output.count("Error")) == (2, 1)
    assert files_of(here) == before


def test_a_tree_in_the_place_where_the_new_one_would_grow_stays(here):
    (here / "preview").rename(here / ".new.next")
    before = files_of(here)
    assert CliRunner().invoke(group, ["seal", ".new.next", "--output", "new"]).exit_code == 2
    assert files_of(here) == before


def test_it_is_sealed_again_into_the_same_folder(here):
    for words in (["seal", "preview"], ["seal", "./preview/"], ["seal", "site", "--output", "preview.sealed"]):
        assert CliRunner().invoke(group, words).exit_code == 0
    (here / "empty").mkdir()
    assert CliRunner().invoke(group, ["seal", "site", "--output", "empty"]).exit_code == 0
    assert {path.name for path in (here / "empty").iterdir()} == {
        ".storefront",
        "index.html",
        "payload.bin",
        "robots.txt",
    }
