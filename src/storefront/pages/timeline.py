"""The timeline of a review: what was said later, and how much later in calendar time."""

from datetime import date

from storefront import markdown
from storefront.catalog.review_facts import ReviewFact
from storefront.pages import rated, views
from storefront.pages.voice import Voice

YEAR = 12  # months
WEEK = 7  # days


def updates(fact: ReviewFact, voice: Voice) -> tuple[views.Update, ...]:
    """All updates, oldest first. The newest rating is the one that counts."""
    if not fact.updates:
        return ()
    again = [number for number, update in enumerate(fact.updates) if update.rating is not None]
    current = again[-1] if again else None
    return tuple(
        views.Update(
            day=voice.day(update.date),
            since=since(fact.date, update.date, voice),
            counts=number == current,
            after=update.after,
            stars=rated.own_stars(update.rating, voice),
            html=markdown.render(update.text),
        )
        for number, update in enumerate(fact.updates)
    )


def since(first: str, later: str, voice: Voice) -> str:
    """The time between two days (ISO 8601) in the largest unit that fills at least once: "3 months later"."""
    start, end = date.fromisoformat(first[:10]), date.fromisoformat(later[:10])
    days = (end - start).days
    months = (end.year - start.year) * YEAR + end.month - start.month - (end.day < start.day)
    if months >= YEAR:
        return voice.say("later_years", months // YEAR)
    if months:
        return voice.say("later_months", months)
    if days >= WEEK:
        return voice.say("later_weeks", days // WEEK)
    return voice.say("later_days", days) if days else voice.say("later_same_day")
