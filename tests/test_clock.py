"""One clock judges what is shown, to the second, in the site's zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import clock
from storefront.clock import ALWAYS, Clock, Window, window
from storefront.vocabulary.common import Record

LONDON, AUCKLAND, NEW_YORK = map(ZoneInfo, ("Europe/London", "Pacific/Auckland", "America/New_York"))


def at(text, zone=LONDON):
    return Clock(datetime.fromisoformat(text), zone)


def test_today_is_the_day_in_the_sites_zone():
    assert at("2026-11-22T12:00Z").today == date(2026, 11, 22)
    assert at("2026-11-22T12:00Z", AUCKLAND).today == date(2026, 11, 23)
    assert at("2026-11-22T04:59Z", NEW_YORK).today == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2026-11-15", LONDON, "2026-11-15T00:00Z"),
        ("2026-07-15", LONDON, "2026-07-14T23:00Z"),
        ("2026-11-15", AUCKLAND, "2026-11-14T11:00Z"),
        ("2026-11-15T07:00", NEW_YORK, "2026-11-15T12:00Z"),
        ("2026-11-15 07:00:30", LONDON, "2026-11-15T07:00:30Z"),
        ("2026-11-15T07:00Z", AUCKLAND, "2026-11-15T07:00Z"),
        ("2026-11-15T07:00+02:00", AUCKLAND, "2026-11-15T05:00Z"),
    ],
)
def test_a_day_begins_at_midnight_in_the_zone(text, zone, moment):
    assert clock.start_of(text, zone) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2026-11-15", LONDON, "2026-11-16T00:00Z"),
        ("2026-10-25", LONDON, "2026-10-26T00:00Z"),  # the day with 25 hours
        ("2026-03-29", LONDON, "2026-03-29T23:00Z"),  # the day with 23
        ("2026-12-31", AUCKLAND, "2026-12-31T11:00Z"),
        ("2026-11-15T07:00", LONDON, "2026-11-15T07:00Z"),
    ],
)
def test_a_day_lasts_to_its_end(text, zone, moment):
    assert clock.end_of(text, zone) == datetime.fromisoformat(moment)


@pytest.mark.parametrize("text", ["2026-02-30", "soon", ""])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError):
        clock.start_of(text, LONDON)


def test_a_record_without_times_is_always_shown():
    assert window(Record(), at("2026-11-22T12:00Z")) is ALWAYS


def test_a_draft_is_never_shown():
    record = Record(draft=True, starts="2026-01-01", until="2026-12-31")
    assert window(record, at("2026-11-22T12:00Z")) == Window(open=False)


BEGIN, END = "2026-11-15T00:00:00Z", "2026-11-18T00:00:00Z"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-14T23:59:59Z", (False, BEGIN)),
        (BEGIN, (True, END)),
        ("2026-11-17T23:59:59Z", (True, END)),
        (END, (False, None)),
    ],
)
def test_a_window_opens_and_closes_to_the_second(now, expected):
    judged = window(Record(starts="2026-11-15", until="2026-11-17"), at(now))
    assert (judged.open, judged.changes) == (expected[0], expected[1] and datetime.fromisoformat(expected[1]))


def test_an_embargo_holds_whatever_else_is_said():
    record = Record(starts="2026-11-01", embargo_until="2026-11-20T09:00")
    lifted = datetime.fromisoformat("2026-11-20T09:00Z")
    assert window(record, at("2026-11-20T08:59:59Z")) == Window(open=False, changes=lifted)
    assert window(record, at("2026-11-20T09:00Z")) == Window(open=True)


def test_the_later_of_from_and_embargo_counts():
    record = Record(starts="2026-11-21", embargo_until="2026-11-20")
    assert window(record, at("2026-11-20T12:00Z")).changes == datetime.fromisoformat("2026-11-21T00:00Z")


moments = st.integers(1_577_836_800, 1_893_456_000).map(lambda second: datetime.fromtimestamp(second, UTC))
texts = st.none() | moments.map(lambda moment: moment.date().isoformat()) | moments.map(datetime.isoformat)


@given(texts, texts, texts, moments, st.sampled_from([LONDON, AUCKLAND, NEW_YORK]))
def test_nothing_changes_before_it_is_said_to(starts, until, embargo_until, now, zone):
    record = Record(starts=starts, until=until, embargo_until=embargo_until)
    judged = window(record, Clock(now, zone))
    later = (judged.changes or now + timedelta(days=4000)) - timedelta(seconds=1)
    assert not judged.changes or judged.changes > now
    assert window(record, Clock(max(now, later), zone)).open == judged.open


def test_the_moment_of_a_build_is_given(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")
    assert clock.read_now("2026-11-22") == datetime(2026, 11, 22, tzinfo=UTC)
    assert clock.read_now("2026-11-22T12:00+02:00") == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert clock.read_now(None) == datetime.fromtimestamp(1795348800, UTC)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    now = clock.read_now(None)
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=30)
    assert now.microsecond == 0


@pytest.mark.parametrize("text", ["tomorrow", "2026-02-30"])
def test_a_moment_that_is_none_is_refused(text):
    with pytest.raises(ValueError):
        clock.read_now(text)


@pytest.mark.parametrize(
    ("days", "then"), [(1, datetime(9999, 1, 1, 11, tzinfo=UTC)), (3650, datetime(9999, 12, 30, 11, tzinfo=UTC))]
)
def test_no_day_is_later_than_the_calendar(days, then):
    assert clock.later(datetime(9998, 12, 31, 11, tzinfo=UTC), days) == then
    assert clock.later(date(9998, 12, 31), days) == then.date()
