"""What is to be told and stops nothing: rights that have ended, and posts, reviews and prices that are early."""

from collections.abc import Iterator
from datetime import timedelta, timezone
from typing import Any

from storefront.catalog import rights
from storefront.catalog.live import Live
from storefront.content import Places
from storefront.problems import Problem
from storefront.records import Entry

FIRST_TO_BEGIN = timezone(timedelta(hours=14))  # where days begin first: what is of today there is early nowhere


def harmless(live: Live, places: Places) -> Iterator[Problem]:
    """All that is to be told."""
    yield from expired_rights(live, places)
    yield from days_ahead(live, places)


def expired_rights(live: Live, places: Places) -> Iterator[Problem]:
    """Pictures of posts and reviews that are left out, those of each once, and snippets."""
    lapsed: list[Entry[Any]] = [live.posts[key] for key in sorted(live.lapsed)]
    lapsed += [live.reviews[key] for key in sorted(live.lapsed_reviews)]
    for entry in lapsed:
        known = rights.of_record(entry.record, live.terms)
        if known:
            why = f"ended on {known.until}" if rights.on_site(known) else "are not for pages of a site"
            message = f"the rights of these pictures {why}; they are left out"
            hint = "Ask for them anew and write the new day under rights:, or take the pictures away."
            yield Problem("expired-rights", message, places.of(entry.origin, "media"), hint)
    for snippet in live.expired:
        message = f"the rights of this snippet ended on {snippet.record.rights.until}; it is left out"
        hint = "Ask for them anew and write the new day, or take the snippet away."
        yield Problem("expired-rights", message, places.of(snippet.origin, "rights", "until"), hint)


def days_ahead(live: Live, places: Places) -> Iterator[Problem]:
    """Posts, reviews and prices of a day that lies ahead, which are shown already: no day holds anything back."""
    if live.clock.shown:  # a preview, which shows what is held back
        return
    today = live.clock.now.astimezone(FIRST_TO_BEGIN).date().isoformat()
    shown: list[Entry[Any]] = [*live.posts.values(), *live.reviews.values()]
    for entry in shown:
        dated: list[tuple[str, tuple[str | int, ...]]] = [(entry.record.date, ("date",))]
        for key in ("updates", "responses"):
            dated += [(each.date, (key, i, "date")) for i, each in enumerate(getattr(entry.record, key, ()))]
        for day, path in (each for each in dated if each[0] > today):
            message = f"this is of {day}, which lies ahead, and it is shown already"
            hint = f"Hold it back with from: {day}, or correct the day." if path == ("date",) else "Correct the day."
            yield Problem("day-ahead", message, places.of(entry.origin, *path), hint)
    for product in live.products.values():
        for i, offer in enumerate(product.record.offers):
            if offer.as_of and offer.as_of[:10] > today:
                message = f"this price is of {offer.as_of}, which lies ahead, and it is shown already"
                hint = "Write the day on which you looked it up."
                yield Problem("day-ahead", message, places.of(product.origin, "offers", i, "as_of"), hint)
