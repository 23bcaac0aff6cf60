"""A post, review or price of a day to come is told: `date` holds nothing back."""

from datetime import UTC, datetime

import pytest

from building import build, copy_of_minimal, edit, write
from storefront.gather import gather
from storefront.serving.bundle import OPEN

POST = "content/influencers/maya/posts/first-frost.yaml"
REVIEW = "content/influencers/maya/reviews/merino-tee.yaml"
PRODUCT = "content/products/merino-tee.yaml"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)  # when the 23rd has begun, but only far in the east


@pytest.fixture
def site(tmp_path):
    return copy_of_minimal(tmp_path)


@pytest.mark.parametrize("file", [POST, REVIEW])
@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("date: 2026-11-24", ["day-ahead"]),
        ("date: 2026-11-23", []),
        ("date: 2026-11-24\nfrom: 2026-11-24", []),
        ("date: 2026-11-24\ndraft: true", []),
    ],
)
def test_what_is_dated_ahead_and_shown_is_told(site, file, lines, told):
    text = (site / file).read_text()
    day = next(line for line in text.splitlines() if line.startswith("date: "))
    write(site, {file: text.replace(day, lines)})
    found = build(site, now=NOON).warnings
    assert [each.code for each in found] == told
    assert [each.place.file for each in found] == [file] * len(told)
    assert gather(site, NOON, shown=OPEN).warnings == []  # a preview shows what is held back


@pytest.mark.parametrize(("day", "told"), [("2026-11-24", ["day-ahead"]), ("2026-11-23T08:00", []), ("2026-11-20", [])])
def test_a_price_that_was_looked_up_ahead_is_told(site, day, told):
    """It would be shown for all the time until that day, and two weeks longer."""
    edit(site / PRODUCT, "as_of: 2026-11-20", f"as_of: {day}")
    found = build(site, now=NOON).warnings
    assert [each.code for each in found] == told
    assert [str(each.place) for each in found] == [f"{PRODUCT}:11:5"] * len(told)


@pytest.mark.parametrize("key", ["updates", "responses"])
@pytest.mark.parametrize(("day", "told"), [("2026-11-24", 1), ("2026-11-23", 0)])
def test_so_are_updates_and_answers(site, key, day, told):
    by = "by: fjell, " if key == "responses" else ""
    write(site, {REVIEW: (site / REVIEW).read_text() + f"{key}:\n  - {{{by}date: {day}, text: Softer now.}}\n"})
    found = build(site, now=NOON).warnings
    assert [(each.code, each.place.line) for each in found] == [("day-ahead", 7)] * told
