"""`storefront new`: sites, creators and themes, asked for on a terminal and told by options elsewhere."""

import contextlib
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from building import build, bytes_of, names_in
from checking import problems_of
from storefront import scaffold
from storefront.cli import common, group
from storefront.reader import parse


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def starting(*words, answers=""):
        result = CliRunner().invoke(group, ["new", *words], input=answers)
        return result.exit_code, result.output

    return starting


@pytest.fixture
def asked(monkeypatch):
    """Somebody sits at a terminal."""
    monkeypatch.setattr(common, "is_asked", lambda: True)


def data_of(folder, file):
    return parse((folder / file).read_text(), file)


@pytest.mark.parametrize("words", [("here",), ("site", "here"), ("here", "--yes")])
def test_the_plain_form_is_the_starter_and_asks_nothing(run, tmp_path, words):
    assert run(*words)[0] == 0
    assert bytes_of(tmp_path / "here") == dict(sorted(scaffold.files().items()))


OPTIONS = ("--title", "Maya's shelf", "--url", "https://maya.example", "--handle", "maya", "--name", "Maya Lind")
MORE = ("--market", "de", "--market", "gb", "--locale", "de-DE", "--timezone", "Europe/Berlin", "--theme", "market")


def test_a_site_is_told_by_options(run, tmp_path):
    assert run("here", *OPTIONS, *MORE)[0] == 0
    here = tmp_path / "here"
    site = data_of(here, "content/site.yaml")
    assert {key: site[key] for key in ("title", "url", "locale", "timezone", "markets", "theme")} == {
        "title": "Maya's shelf",
        "url": "https://maya.example",
        "locale": "de-DE",
        "timezone": "Europe/Berlin",
        "markets": ["de", "gb"],
        "theme": "market",
    }
    assert data_of(here, "content/influencers/maya/profile.yaml")["name"] == "Maya Lind"
    assert not any("/sam/" in name or b"/sam/" in data for name, data in bytes_of(here).items())
    assert "# The site's address." in (here / "content/site.yaml").read_text()
    assert problems_of(here) == []


@pytest.mark.usefixtures("asked")
def test_on_a_terminal_it_is_asked_for(run, tmp_path):
    code, printed = run("here", answers="Shelf\nMaya Lind\n\nus ca\nen-US\n")
    assert code == 0, printed
    assert "Your name in addresses [maya]" in printed
    assert data_of(tmp_path / "here", "content/site.yaml")["markets"] == ["us", "ca"]


@pytest.mark.usefixtures("asked")
def test_an_answer_that_cannot_be_is_told_and_asked_for_again(run, tmp_path):
    """What was answered before is not lost."""
    answers = "Käthes Küche\nKäthe Groß\nKäthe Groß\nproducts\nkaethe\nGermany\nde\nDeutsch\nde-DE\n"
    code, said = run("My Site", answers=answers)
    assert code == 0
    for told in ("Did you mean kathe-gross?", "Choose another handle.", "Did you mean de?"):
        assert told in said
    assert data_of(tmp_path / "My Site", "content/influencers/kaethe/profile.yaml")["name"] == "Käthe Groß"
    assert said.count("Did you mean de?") == 2  # once for the market, once for the language
    assert "cd 'My Site'" in said
    assert data_of(tmp_path / "My Site", "content/site.yaml")["timezone"] == "Europe/Berlin"  # Germany's only one


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
def test_a_real_terminal_is_asked_and_a_pipe_is_not(tmp_path):
    command = [sys.executable, "-m", "storefront", "new"]
    piped = subprocess.run([*command, "piped"], cwd=tmp_path, stdin=subprocess.PIPE, capture_output=True, check=True)
    assert b"What is the site called" not in piped.stdout
    ours, theirs = os.openpty()
    started = subprocess.Popen([*command, "typed"], cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, b"Shelf\nMaya Lind\n\n\n\n")
    with open(ours, "rb", buffering=0) as terminal, contextlib.suppress(OSError):  # the end of a terminal is an error
        while terminal.read(4096):
            pass
    assert started.wait(timeout=30) == 0
    assert data_of(tmp_path / "typed", "content/influencers/maya/profile.yaml")["name"] == "Maya Lind"


@pytest.mark.usefixtures("asked")
def test_a_used_folder_is_told_before_anything_is_asked(run, tmp_path):
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "x").touch()
    code, printed = run("here")
    assert (code, "there is something here already" in printed, "called" in printed) == (1, True, False)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--market", "gbr"), "--market: unknown-market: there is no market gbr"),
        (("--locale", "english"), "--locale: bad-value"),
        (("--timezone", "Europe/Londn"), "--timezone: unknown-timezone"),
        (("--theme", "markt"), "Did you mean market?"),
        (("--url", "http://maya.example"), "--url: bad-link"),
    ],
)
def test_what_a_site_cannot_be_told_is_told_and_nothing_written(run, tmp_path, words, says):
    code, printed = run("here", *words)
    assert code == 1
    assert says in printed
    assert not (tmp_path / "here").exists()


def test_a_handle_that_is_none_is_wrong_usage(run, tmp_path):
    code, said = run("here", "--handle", "Maya L")
    assert (code, "Did you mean maya-l?" in said) == (2, True)
    assert not (tmp_path / "here").exists()


@pytest.fixture
def here(site, monkeypatch):
    monkeypatch.chdir(site)
    return site


def test_a_creator_is_added(run, here):
    assert run("creator", "noor", "--name", "Noor", "--country", "NO", "--tagline", "Cold water")[0] == 0
    text = (here / "content/influencers/noor/profile.yaml").read_text()
    assert text.startswith(
        'name: Noor\ntagline: Cold water\nlocation:\n  country: "NO"\nsharing:\n  recognition: public\n\n# Her lists'
    )
    assert problems_of(here) == []


@pytest.mark.usefixtures("asked")
def test_a_creator_is_asked_for(run, here):
    assert run("creator", "noor-b", answers="\n\n\n")[0] == 0
    assert data_of(here, "content/influencers/noor-b/profile.yaml") == {
        "name": "Noor B",
        "sharing": {"recognition": "public"},
    }


@pytest.mark.parametrize(
    ("handle", "says"),
    [
        ("maya", "output: maya is there already"),
        ("products", "reserved-name: products is a name the site needs"),
        ("Noor B", "wrong-name: Noor B cannot be part of an address"),
        ("../noor", "wrong-name"),
    ],
)
def test_a_handle_that_cannot_be_is_told_and_nothing_written(run, here, handle, says):
    before = names_in(here)
    code, printed = run("creator", handle)
    assert code == 1
    assert says in printed
    assert names_in(here) == before


@pytest.mark.parametrize("base", ["editorial", "gridline"])
def test_a_theme_is_added_and_used(run, here, base):
    assert run("theme", "mine", "--extends", base)[0] == 0
    (here / "themes/mine/assets/mine.css").write_text(".mine{color:red}")
    (here / "content/site.yaml").write_text((here / "content/site.yaml").read_text() + "theme: mine\n")
    assert problems_of(here) == []
    build(here)
    assert any(b".mine" in path.read_bytes() for path in (here / "site/assets").glob("*.css"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("market",), "there is a theme market already"),
        (("../x",), "cannot be the name of a theme"),
        (("My Theme",), "Did you mean my-theme?"),
        (("mine", "--extends", "markt"), "Did you mean market?"),
    ],
)
def test_a_theme_that_cannot_be_is_told(run, here, words, says):
    before = names_in(here)
    code, printed = run("theme", *words)
    assert code == 1
    assert says in printed
    assert names_in(here) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("@Maya Lind",), "Did you mean maya-lind?"),
        (("ole", "--country", "Norway"), "Did you mean NO?"),
        (("ole", "--locale", "norwegian"), "Did you mean no?"),
    ],
)
def test_a_creator_that_cannot_be_is_told_before_she_is_written(run, here, words, told):
    before = names_in(here)
    code, said = run("creator", *words)
    assert (code, told in said) == (1, True)
    assert names_in(here) == before
