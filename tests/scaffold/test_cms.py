"""`storefront cms`: what it writes, and for whom; the editor itself is tried in tests/browser."""

import http.client
import json
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from building import build, edit, names_in, write
from storefront import cms
from storefront.cli import group
from storefront.cms.fields import fields
from storefront.cms.serving import server
from storefront.records import MODELS


@pytest.fixture
def run(site, monkeypatch):
    monkeypatch.chdir(site)

    def setting_up(*words):
        result = CliRunner().invoke(group, ["cms", *words])
        return result.exit_code, result.output

    return setting_up


def config():
    return json.loads(Path("admin/config.json").read_text())


def named(collections):
    return [each["name"] for each in collections if "name" in each]


def test_it_writes_a_page_and_a_form_for_each_kind(run, site):
    code, printed = run("--repository", "maya/shelf")
    assert code == 0
    assert "Sveltia CMS" in printed
    made = config()
    assert made["backend"] == {"name": "github", "repo": "maya/shelf", "branch": "main"}
    assert named(made["collections"]) == [
        "maya-profile", "maya-lists", "maya-posts", "maya-reviews", "products", "brands", "merchants",
        "campaigns", "squads", "calls",
    ]  # fmt: skip
    assert named(made["singletons"]) == ["site", "recalls"]
    page = (site / "admin/index.html").read_text()
    assert f'src="{cms.release().address}" integrity="sha384-' in page
    assert 'name="robots" content="noindex"' in page


def test_it_is_not_published(run, site):
    run()
    build(site)
    assert not any("admin" in name for name in names_in(site / "site"))


def test_a_creator_gets_a_form_of_her_own_records_alone(run, site):
    write(site, {"content/influencers/noor.yaml": "name: Noor\n"})
    run("--creator", "noor")
    assert named(config()["collections"]) == [
        "noor-profile", "products", "brands", "merchants", "campaigns", "squads", "calls",
    ]  # fmt: skip
    assert "singletons" not in config()
    assert run("--creator", "mayo")[0] == 1


def test_a_second_run_changes_nothing_and_anothers_page_stays(run, site):
    run()
    before = {name: (site / name).read_bytes() for name in names_in(site / "admin") for name in [f"admin/{name}"]}
    assert run()[0] == 0
    assert before == {name: (site / name).read_bytes() for name in before}
    (site / "admin/index.html").write_text("<h1>Mine")
    code, printed = run()
    assert code == 1
    assert "this page is not storefront's" in printed
    assert (site / "admin/index.html").read_text() == "<h1>Mine"


def test_values_that_the_editor_would_misread_are_told(run, site):
    assert "Run storefront fmt before you use it" in run()[1]
    CliRunner().invoke(group, ["fmt"])
    assert "storefront fmt" not in run()[1]
    edit(site / "content/products/merino-tee.yaml", "title: Merino Tee", "title: 0012")
    assert "Run storefront fmt before you use it" in run()[1]


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_is_one_key_with_its_words(kind):
    made = fields(MODELS[kind])
    names = [each["name"] for each in made]
    assert len(set(names)) == len(names)
    assert all(each["hint"] and each["widget"] for each in made)
    # The editor would write a switch that nobody touched as false, which is not what every missing key means.
    assert '"boolean"' not in json.dumps(made)


def test_the_server_answers_this_machine_with_two_files():
    running = server(cms.files(b"{}"), 0)
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    port = running.server_address[1]

    def ask(path, host):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        connection.close()
        return answer.status, answer.getheader("Content-Type", "").partition(";")[0]

    try:
        assert ask("/admin/", f"localhost:{port}") == (200, "text/html")
        assert ask("/admin/config.json", f"127.0.0.1:{port}") == (200, "application/json")
        assert ask("/", f"localhost:{port}")[0] == 302
        assert ask("/content/site.yaml", f"localhost:{port}")[0] == 404
        assert ask("/admin/../content/site.yaml", f"localhost:{port}")[0] == 404
        assert ask("/admin/", f"evil.example:{port}")[0] == 404
    finally:
        running.shutdown()
        running.server_close()
