"""What is due of reviews: the next update, the review that was never written, the answer that never came."""

from collections.abc import Iterator
from datetime import date, timedelta

from storefront.catalog.live import Live
from storefront.due.defaults import defaults
from storefront.due.tasks import Found, Kind
from storefront.records import Curation, Entry
from storefront.vocabulary.curation import ItemStatus, List, Review
from storefront.vocabulary.trade import RESPONSE_DAYS

CRITICAL = 3  # a rating of so many stars or fewer wants an answer, and so does a question
Owned = tuple[str, str]


class Reviews:
    """The tasks of all reviews that are shown, and of those that should be."""

    def __init__(self, curation: Curation, live: Live) -> None:
        self.curation, self.live = curation, live
        self.owned = dict(self._owned())
        written = [entry for entry in curation.reviews.values() if not entry.record.draft]
        self.written = {(entry.owner, entry.record.product) for entry in written}

    def tasks(self) -> Iterator[Found]:
        """All of them."""
        for entry in self.live.reviews.values():
            yield from self.updates(entry)
            yield from self.response(entry)
            yield from self.posting(entry)
        yield from self.asks()

    def _owned(self) -> Iterator[tuple[Owned, tuple[date, Entry[List], int]]]:
        """Since when a creator has had a product, by the pick that says so; the last pick that does counts."""
        for entry in self.live.lists.values():
            for index, item in self.live.items(entry):
                if item.product and item.owned_since and item.status is ItemStatus.ACTIVE:
                    yield (entry.owner, item.product), (date.fromisoformat(item.owned_since), entry, index)

    def updates(self, entry: Entry[Review]) -> Iterator[Found]:
        """Every age of the thing that is still to come, and the newest that passed without a word.

        An age is covered by the review itself or an update of that day or later.
        """
        review = entry.record
        owned = self.owned.get((entry.owner, review.product))
        start = min(owned[0], date.fromisoformat(review.date)) if owned else date.fromisoformat(review.date)
        said = date.fromisoformat(max([review.date, *(update.date for update in review.updates)]))
        ages = [(age, age.since(start)) for age in defaults().updates]
        missing = [(age, day) for age, day in ages if day > said]
        passed = [each for each in missing if each[1] < self.live.clock.today]
        for age, day in [*passed[-1:], *missing[len(passed) :]]:
            what = f"update the review of {self.title(review.product)}: {age.after}"
            yield self.task(entry, day, Kind.UPDATE, what, *(("updates",) if review.updates else ()))

    def response(self, entry: Entry[Review]) -> Iterator[Found]:
        """The answer that a brand owes to the last critical rating or question."""
        asked = _asked(entry.record)
        answered = [response.date for response in entry.record.responses]
        if asked is None or (answered and max(answered) >= asked):
            return
        brand = self.live.brands[self.brand(entry.record.product)].record
        days = brand.response_days or RESPONSE_DAYS
        what = f"{brand.name} answers the review of {self.title(entry.record.product)}"
        yield self.task(entry, date.fromisoformat(asked) + timedelta(days=days), Kind.RESPONSE, what)

    def posting(self, entry: Entry[Review]) -> Iterator[Found]:
        """Shops that she is still to be asked to post it at."""
        for index, ask in enumerate(entry.record.asks):
            merchant = self.live.merchants.get(ask.merchant)
            if merchant and not ask.posted:
                what = f"ask to post the review of {self.title(entry.record.product)} at {merchant.record.name} too"
                yield self.task(entry, date.fromisoformat(ask.date), Kind.REVIEW, what, "asks", index, "date")

    def asks(self) -> Iterator[Found]:
        """Reviews of things that came long enough ago: from picks with `owned_since`, and drafts with a gift's day."""
        for (owner, product), (since, entry, index) in self.owned.items():
            if (owner, product) not in self.written:
                yield Found(
                    day=self.asked_on(product, since),
                    kind=Kind.REVIEW,
                    what=f"ask for a review of {self.title(product)}",
                    creator=owner,
                    brand=self.brand(product),
                    origin=entry.origin,
                    path=("items", index, "owned_since"),
                )
        for draft in self.curation.reviews.values():
            review, received = draft.record, draft.record.incentive
            key = (draft.owner, review.product)
            shown = review.product in self.live.products and draft.owner in self.live.influencers
            if review.draft and received and received.given and shown and key not in self.owned:
                day = self.asked_on(review.product, date.fromisoformat(received.given))
                what = f"finish the review of {self.title(review.product)}"
                yield self.task(draft, day, Kind.REVIEW, what, "incentive", "given")

    def asked_on(self, product: str, came: date) -> date:
        """When there is something to say of a product that came on a day."""
        return came + timedelta(days=defaults().ask_after(self.live.products[product].record.category))

    def title(self, product: str) -> str:
        return self.live.products[product].record.title

    def brand(self, product: str) -> str:
        return self.live.products[product].record.brand

    def task(self, entry: Entry[Review], day: date, kind: Kind, what: str, *path: str | int) -> Found:
        return Found(
            day=day, kind=kind, what=what, creator=entry.owner, brand=self.brand(entry.record.product),
            origin=entry.origin, path=path,
        )  # fmt: skip


def _asked(review: Review) -> str | None:
    """The day of the last words that want an answer."""
    said = [(review.date, review.rating, " ".join(filter(None, (review.title, review.body))))]
    said += [(update.date, update.rating, update.text) for update in review.updates]
    wanting = [day for day, rating, text in said if (rating is not None and rating <= CRITICAL) or "?" in text]
    return max(wanting, default=None)
