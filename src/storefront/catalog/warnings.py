"""What is to be told and stops nothing: pictures that are left out because their rights have ended."""

from collections.abc import Iterator
from typing import Any

from storefront.catalog import rights
from storefront.catalog.live import Live
from storefront.content import Places
from storefront.problems import Problem
from storefront.records import Entry


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
