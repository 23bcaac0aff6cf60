"""The engine: the versions of the libraries are those that Python itself would tell."""

import importlib
import os
from importlib import metadata

import pytest

from building import write
from storefront import engine

PLANTED = {
    "a dist-info": {"a/jinja2-9.1.dist-info/METADATA": "Name: Jinja2\nVersion: 9.1\n"},
    "a name in capitals": {"a/PyYAML-9.1.dist-info/METADATA": "Name: PyYAML\nVersion: 9.1\n"},
    "a name with a dot": {"a/markdown.it_py-9.1.dist-info/METADATA": "Name: markdown-it-py\nVersion: 9.1\n"},
    "an egg-info": {"a/MarkupSafe-9.1-py3.11.egg-info/PKG-INFO": "Name: MarkupSafe\nVersion: 9.1\n"},
    "an egg-info that is a file": {"a/MarkupSafe-9.1-py3.11.egg-info": "Name: MarkupSafe\nVersion: 9.1\n"},
    "an egg-info without a version": {"a/Jinja2.egg-info/PKG-INFO": "Name: Jinja2\nVersion: 9.2.dev1\n"},
    "an egg-info before a dist-info": {
        "a/segno-9.1-py3.11.egg-info/PKG-INFO": "Name: segno\nVersion: 9.1\n",
        "b/segno-9.2.dist-info/METADATA": "Name: segno\nVersion: 9.2\n",
    },
    "an egg-info after a dist-info": {
        "a/segno-9.2.dist-info/METADATA": "Name: segno\nVersion: 9.2\n",
        "b/segno-9.1-py3.11.egg-info/PKG-INFO": "Name: segno\nVersion: 9.1\n",
    },
    "a folder that may not be read": {
        "shut/segno-9.1.dist-info/METADATA": "Name: segno\nVersion: 9.1\n",
        "b/segno-9.2.dist-info/METADATA": "Name: segno\nVersion: 9.2\n",
    },
    "a file": {"a": "no archive", "b/segno-9.2.dist-info/METADATA": "Name: segno\nVersion: 9.2\n"},
    "nothing": {},
}


@pytest.fixture
def shut(monkeypatch):
    """No folder named `shut` may be read, which root is not told otherwise."""
    really = os.listdir

    def listdir(place="."):
        if str(place).endswith("/shut"):
            raise PermissionError(13, "Permission denied", place)
        return really(place)

    monkeypatch.setattr(os, "listdir", listdir)


@pytest.mark.usefixtures("shut")
@pytest.mark.parametrize("planted", PLANTED)
def test_versions_are_those_that_python_tells(tmp_path, monkeypatch, planted):
    write(tmp_path, PLANTED[planted])
    for place in ("b", "a", "shut", "missing"):
        monkeypatch.syspath_prepend(str(tmp_path / place))
    importlib.invalidate_caches()
    found = list(engine._versions())
    assert found == [metadata.version(name) for name in engine.LIBRARIES]
    assert any(version.startswith("9.") for version in found) or not PLANTED[planted]
