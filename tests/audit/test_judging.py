"""Labels are judged by every market of a page, each tie by a text of its own."""

import pytest

from storefront import disclosure
from storefront.audit import judging
from storefront.audit.expected import needs
from storefront.vocabulary.common import Relationship

US, GB = disclosure.wording(("us",), "en"), disclosure.wording(("gb",), "en")
BOTH = disclosure.wording(("us", "gb"), "en")
PAID, GIFTED, AFFILIATE = Relationship.PAID, Relationship.GIFTED, Relationship.AFFILIATE


def rules_broken(texts, ties, wording):
    return [(each.market, each.rule) for each in judging.judge(tuple(texts), needs(tuple(ties), "Acme"), wording)]


@pytest.mark.parametrize(
    "wording", [US, GB, BOTH, disclosure.wording(("de",), "de"), disclosure.wording(("fr",), "fr")]
)
@pytest.mark.parametrize("relationship", disclosure.LABELLED)
def test_the_labels_that_are_written_pass(wording, relationship):
    wanted = needs((relationship,), "Acme")
    assert judging.judge(judging.labels(wanted, wording), wanted, wording) == ()


@pytest.mark.parametrize(
    ("texts", "ties", "wording", "found"),
    [
        ([], [GIFTED], GB, [("", "U-01")]),
        (["Gifted"], [GIFTED], GB, [("gb", "UK-01")]),
        (["Ad · a present of Acme"], [GIFTED], GB, []),
        (["Collab"], [PAID], GB, [("gb", "U-09"), ("gb", "UK-01")]),
        (["Free from Acme"], [GIFTED], US, []),
        (["Free"], [GIFTED], US, [("us", "US-02")]),
        (["Free from Acme"], [GIFTED], BOTH, [("gb", "UK-01")]),
        (["Ad · gifted by Acme"], [GIFTED, AFFILIATE], GB, [("", "U-01")]),
        (["Ad", "Ad · affiliate link"], [GIFTED, AFFILIATE], GB, []),
        (["Ad · paid link", "Ad · paid by Acme"], [PAID, AFFILIATE], US, [("us", "US-06")]),
        (["Ad · affiliate link", "Ad · paid by Acme"], [PAID, AFFILIATE], GB, []),
    ],
)
def test_a_label_breaks_the_rules_of_the_market_that_has_them(texts, ties, wording, found):
    assert rules_broken(texts, ties, wording) == found


def test_things_without_a_tie_need_no_label():
    assert needs((Relationship.PURCHASED, Relationship.NONE), "Acme") == ()
    assert rules_broken([], [Relationship.PURCHASED], GB) == []


def test_equal_ties_are_one_object():
    assert needs((GIFTED, AFFILIATE), "Acme") is needs((AFFILIATE, GIFTED), "Acme")
