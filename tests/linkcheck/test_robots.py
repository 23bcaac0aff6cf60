"""robots.txt as RFC 9309 reads it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.linkcheck.robots import EVERYTHING, NOTHING, SLOWEST, parse

SHOP = "https://nordshop.example"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/tee", True),
        ("User-agent: *\nDisallow: /", "/tee", False),
        ("User-agent: *\nDisallow:", "/tee", True),
        ("User-agent: *\nDisallow: /cart", "/tee", True),
        ("User-agent: *\nDisallow: /t", "/tee", False),
        ("User-agent: *\nDisallow: /\nAllow: /tee", "/tee", True),
        ("User-agent: *\nAllow: /tee\nDisallow: /tee/red", "/tee/red", False),
        ("User-agent: *\nAllow: /tee\nDisallow: /tee", "/tee", True),
        ("User-agent: *\nDisallow: /*?", "/tee?size=m", False),
        ("User-agent: *\nDisallow: /*?", "/tee", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf.html", True),
        ("User-agent: *\nDisallow: /tee$", "/tee", False),
        ("User-agent: *\nDisallow: /tee$", "/tees", True),
        ("User-agent: *\nDisallow: /a*a$", "/a", True),
        ("User-agent: other\nDisallow: /", "/tee", True),
        ("User-agent: *\nDisallow: /\nUser-agent: Storefront\nDisallow: /cart", "/tee", True),
        ("User-agent: other\nUser-agent: storefront\nDisallow: /", "/tee", False),
        ("User-agent: storefront\nDisallow: /a\n\nUser-agent: storefront\nDisallow: /b", "/b", False),
        ("\ufeffuser-AGENT : * # all\r\n DISALLOW : /tee # not this", "/tee", False),
        ("Disallow: /\nUser-agent: *\nAllow: /", "/tee", True),
        ("<html><body>Not found</body></html>", "/tee", True),
        ("User-agent: *\nDisallow: /größe", "/gr%C3%B6%C3%9Fe", False),
        ("User-agent: *\nDisallow: /", "", False),
    ],
)
def test_the_longest_rule_of_our_group_decides(text, path, allowed):
    assert parse(text).allow(SHOP + path) is allowed


@pytest.mark.parametrize(
    ("value", "seconds"), [("2", 2), ("0.5", 0.5), ("9999", SLOWEST), ("inf", SLOWEST), ("nan", 0), ("-1", 0), ("x", 0)]
)
def test_a_pause_may_be_asked_for_within_reason(value, seconds):
    assert parse(f"User-agent: *\nCrawl-delay: {value}").delay == seconds


def test_all_and_nothing():
    assert EVERYTHING.allow(SHOP)
    assert not NOTHING.allow(f"{SHOP}/tee")


@given(st.text(alphabet="user-agent: *\nDisallow/$tee", max_size=300), st.text(alphabet="/te*$?", max_size=20))
def test_any_text_can_be_read(text, path):
    assert parse(text).allow(f"{SHOP}/{path}") in {True, False}


def test_rules_full_of_stars_take_no_time():
    rules = parse("User-agent: *\nDisallow: /" + "a*" * 5000 + "b$")
    began = time.monotonic()
    assert rules.allow(f"{SHOP}/" + "a" * 2000)
    assert time.monotonic() - began < 1
