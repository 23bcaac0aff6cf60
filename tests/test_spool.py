"""Spools give back what they were given, whether it waits in memory or on the disk."""

import os

import pytest

from storefront import spool
from storefront.spool import Spool


@pytest.fixture(params=[0, 10, 1000], ids=["all on the disk", "some", "all in memory"])
def texts(request, monkeypatch, tmp_path):
    monkeypatch.setattr(spool, "IN_MEMORY", request.param)
    return Spool(tmp_path / "not there yet")


def test_what_was_put_in_comes_out(texts):
    given = {f"{number}": b"%d" % number * number for number in range(20)}
    texts.update(given)
    assert dict(texts) == given
    assert list(texts) == list(given)
    assert texts.size() == sum(map(len, given.values()))
    assert "20" not in texts
    assert texts.get("20", b"none") == b"none"


def test_the_last_that_was_put_in_counts(texts):
    for data in (b"first", b"", b"the last of three"):
        texts["one"] = data
        texts["other"] = b"other"
        assert texts["one"] == data
    assert len(texts) == 2


def test_what_is_forgotten_is_gone_and_there_is_room_for_more(texts):
    texts.update(one=b"1" * 20, other=b"2" * 20)
    del texts["one"]
    assert dict(texts) == {"other": b"2" * 20}
    texts.clear()
    assert not texts
    assert texts.size() == 0
    texts["one"] = b"3" * 20
    assert texts["one"] == b"3" * 20


def test_nobody_sees_its_file(texts, tmp_path):
    texts["one"] = b"1" * 20
    assert not [name for _, _, names in os.walk(tmp_path) for name in names]
