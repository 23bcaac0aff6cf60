"""`storefront serve`: a real server on loopback, which follows edits and tells browsers of them as they happen."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from building import copy_of_minimal, edit, write
from previewing import Served, command, served
from storefront import serving
from storefront.problems import EnvironmentFailure
from storefront.serving import FOLDER, Hub, listening


@pytest.fixture(scope="module")
def preview(tmp_path_factory) -> Iterator[Served]:
    """The minimal site, served."""
    site = copy_of_minimal(tmp_path_factory.mktemp("served") / "here")
    write(site.parent, {"precious.txt": "secret"})
    with served(site) as running:
        yield running


def test_the_address_is_told_and_answers(preview):
    assert f"Serving at http://127.0.0.1:{preview.port}/  (Ctrl+C ends it)" in preview.said
    preview.waited_for("Read 8 files: 28 pages, made when asked for")
    preview.waited_for("as of 2026-11-22 12:00 UTC")
    status, body = preview.get("/")
    assert status == 200
    assert "Four Shelves" in body


@pytest.mark.parametrize(
    "path",
    ["/../precious.txt", "/..%2f..%2fprecious.txt", "/%2e%2e/%2e%2e/precious.txt", "/..%5c..%5cprecious.txt", "/%00",
     "//etc/passwd", "/%252e%252e/precious.txt", "/_storefront/..%2fpreview.py", "/media/..%2f..%2f.storefront/lock"],
)  # fmt: skip
def test_coded_forms_lead_nowhere_either(preview, path):
    status, body = preview.get(path)
    assert status in {400, 404}
    assert "secret" not in body
    assert "import " not in body


def test_other_names_and_origins_are_refused_over_the_wire_too(preview):
    assert preview.get("/", Host="evil.example")[0] == 400
    assert preview.get(f"{FOLDER}events", Origin="https://evil.example")[0] == 403


def test_only_this_machine_is_listened_to(preview):
    with socket.socket() as other:
        other.settimeout(2)
        with pytest.raises(OSError):
            other.connect((address_of_this_machine(), preview.port))


def address_of_this_machine() -> str:
    """An address of this machine that is not loopback's; none that answers where it has none."""
    try:
        return listening.lan_address()
    except EnvironmentFailure:
        return listening.ELSEWHERE[0]


def test_a_taken_port_gives_the_next_free_one(preview):
    with serving.listen(preview.port) as listener:
        assert preview.port < listener.getsockname()[1] <= preview.port + listening.PORTS


def test_two_previews_never_share_a_port():
    with serving.listen(48_000) as one, serving.listen(48_000) as other:
        assert one.getsockname() != other.getsockname()


def test_no_free_port_is_the_machines_fault(preview, monkeypatch):
    monkeypatch.setattr(listening, "PORTS", 1)
    with pytest.raises(EnvironmentFailure, match="choose another with --port"):
        serving.listen(preview.port)


def test_edits_and_mistakes_are_heard_of_as_they_happen_and_nothing_is_written_to_site(site):
    profile = site / "content/influencers/maya/profile.yaml"
    with served(site) as running, running.events("/maya/") as events:
        assert events.kind == "text/event-stream; charset=utf-8"
        first = events.state()
        assert first["problems"] == []

        edit(profile, "Maya Lind", "Maya Berg")
        second = events.state()
        assert second["page"] != first["page"]
        assert "Maya Berg" in running.get("/maya/")[1]

        edit(profile, "name:", "nam:")
        third = events.state()
        assert third["page"] == second["page"]
        assert third["problems"][0]["place"] == "content/influencers/maya/profile.yaml:1:1"
        assert "Maya Berg" in running.get("/maya/")[1]
        running.waited_for("The last good pages stay")
        assert "profile.yaml:1:1: unknown-key" in running.said

        edit(profile, "nam: Maya Berg", "name: Maya Lund")
        fourth = events.state()
        assert fourth["problems"] == []
        assert "Maya Lund" in running.get("/maya/")[1]

        began = time.monotonic()
        assert running.end() in {0, 130}
        assert time.monotonic() - began < 10  # a page that listens does not hold it up
        assert "Traceback" not in running.said
    assert not (site / "site").exists()


def test_a_storm_of_changes_is_one_change(site):
    files = [site / f"content/products/thing-{number}.yaml" for number in range(60)]
    with served(site) as running, running.events("/brands/fjell/") as events:
        events.state()
        for number, path in enumerate(files):
            path.write_text(f"title: Thing {number}\nbrand: fjell\ncategory: Things\n")
        running.waited_for("Read 68 files")
        assert running.said.count("Read ") <= 4
        assert running.get("/products/thing-59/")[0] == 200


def test_a_theme_of_its_own_is_seen_when_it_is_made_later(site):
    with served(site) as running:
        page = "{% extends 'base.html' %}{% block content %}Gone fishing{% endblock %}"
        write(site, {"themes/editorial/templates/404.html": page})
        running.waited_for(r"(?s)Read.*Read")
        assert "Gone fishing" in running.get("/nowhere/")[1]
        edit(site / "themes/editorial/templates/404.html", "fishing", "sailing")
        running.waited_for(r"(?s)Read.*Read.*Read")
        assert "Gone sailing" in running.get("/nowhere/")[1]


def test_a_site_with_a_problem_is_served_and_mended_while_it_is_looked_at(site):
    edit(site / "content/site.yaml", "title:", "titel:")
    with served(site, "--brand", "fjell") as running, running.events(FOLDER) as events:
        running.waited_for("1 problem found. The browser shows them too.")
        assert events.state()["problems"][0]["code"] == "unknown-key"
        edit(site / "content/site.yaml", "titel:", "title:")
        assert events.state()["problems"] == []
        assert "Merino Tee" in running.get(FOLDER)[1]


def test_a_folder_without_content_is_served_until_there_is_some(tmp_path):
    with served(tmp_path) as running:
        running.waited_for("content/site.yaml: no-content")
        time.sleep(0.5)
        copy_of_minimal(tmp_path)
        running.waited_for("Read 8 files")
        assert running.get("/maya/")[0] == 200
        assert running.said.count("no-content") <= 2


def test_the_local_network_is_let_in_only_when_that_is_asked_for(site):
    try:
        address = listening.lan_address()
    except EnvironmentFailure:
        result = subprocess.run(command("--lan"), cwd=site, capture_output=True, text=True, timeout=60, check=False)
        assert result.returncode == 3
        assert "no local network" in result.stderr
        return
    with served(site, "--lan") as running:
        running.waited_for("nothing is encrypted")
        assert f"On the local network: http://{address}:{running.port}/" in running.said
        assert "█" in running.said or "▄" in running.said
        with running.asked("/maya/", address) as answer, answer:
            assert answer.status == 200
        assert running.get("/", Host="evil.example")[0] == 400


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--brand", "fjel"], 2, "there is no fjel. Did you mean fjell?"),
        (["--creator", "may"], 2, "there is no may. Did you mean maya?"),
        (["--creator", "maya", "--brand", "fjell"], 2, "cannot be given together"),
        (["--campaign", "frost"], 2, "there is no frost"),
        (["--editor", "ed"], 2, "'ed' is not one of"),
        (["--since", "main"], 3, "no git repository"),
    ],
)
def test_what_cannot_be_is_told(site, words, code, said):
    result = subprocess.run(
        command(*words), cwd=site, capture_output=True, text=True, timeout=60, check=False,
        env=os.environ | {"GIT_CEILING_DIRECTORIES": str(site.parent)},
    )  # fmt: skip
    assert result.returncode == code
    assert said in result.stdout + result.stderr
    assert "Serving" not in result.stdout


def test_a_network_that_is_not_there_is_told(monkeypatch):
    class Nowhere(socket.socket):
        def connect(self, _):
            raise OSError

    monkeypatch.setattr(listening.socket, "socket", Nowhere)
    with pytest.raises(EnvironmentFailure, match="no local network"):
        listening.lan_address()


def test_a_hub_that_nobody_listens_to_tells_nobody():
    hub = Hub()
    hub.changed()
    hub.close()
