"""What is due of reviews: the next update, the review that was never written, the answer that never came."""

from collections.abc import Iterator
from datetime import date

from storefront.catalog.live import Live
from storefront.catalog.patience import defaults
from storefront.clock import later
from storefront.content import Origin
from storefront.due.tasks import Kind, UnplacedTask
from storefront.problems import KeyPath
from storefront.records import Curation, Entry, OwnedKey
from storefront.vocabulary.curation import ItemStatus, Review
from storefront.vocabulary.samples import Expectation, Sample
from storefront.vocabulary.site import Asks
from storefront.vocabulary.trade import RESPONSE_DAYS

CRITICAL = 3  # a rating of so many stars or fewer wants an answer, and so does a question
PRAISE = 4  # and one of so many or more deserves thanks
Since = tuple[date, Origin, KeyPath]


class Reviews:
    """The tasks of all reviews that are shown, and of those that should be; `praise` is whether it wants thanks too."""

    def __init__(self, curation: Curation, live: Live, asks: Asks | None = None, *, praise: bool = False) -> None:
        self.curation, self.live, self.praise = curation, live, praise
        self.after_days = asks.after_days if asks else {}
        self.owned = dict(self._sent()) | dict(self._owned())
        written = [entry for entry in curation.reviews.values() if not entry.record.draft]
        self.written = {(entry.owner, entry.record.product) for entry in written}

    def tasks(self) -> Iterator[UnplacedTask]:
        """All of them."""
        for entry in self.live.reviews.values():
            yield from self.updates(entry)
            yield from self.response(entry)
            yield from self.plan(entry)
            yield from self.posting(entry)
        yield from self.asks()

    def _owned(self) -> Iterator[tuple[OwnedKey, Since]]:
        """Since when a creator has had a product, by the pick that says so; the last pick that does counts."""
        for entry in self.live.lists.values():
            for index, item in self.live.items(entry):
                if item.product and item.owned_since and item.status is ItemStatus.ACTIVE:
                    path = ("items", index, "owned_since")
                    yield (entry.owner, item.product), (date.fromisoformat(item.owned_since), entry.origin, path)

    def _sent(self) -> Iterator[tuple[OwnedKey, Since]]:
        """Since when she has had what she was sent, where no pick of hers says so."""
        for entry in self.live.samples.values():
            for index, sample in enumerate(entry.record.samples):
                if sample.received and sample.product in self.live.products:
                    path = ("samples", index, "received")
                    yield (entry.owner, sample.product), (date.fromisoformat(sample.received), entry.origin, path)

    def updates(self, entry: Entry[Review]) -> Iterator[UnplacedTask]:
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

    def response(self, entry: Entry[Review]) -> Iterator[UnplacedTask]:
        """The answer that a brand owes to the last critical rating or question, and perhaps to praise."""
        asked, praised = _asked(entry.record), _praised(entry.record)
        brand = self.brand(entry.record.product)
        answered = [response.date for response in entry.record.responses if response.by == brand]
        if asked is not None and not (answered and max(answered) >= asked):
            yield self.answer(entry, asked, "answers")
        elif self.praise and praised is not None and not answered:
            yield self.answer(entry, praised, "gives thanks for")

    def answer(self, entry: Entry[Review], since: str, does: str) -> UnplacedTask:
        brand = self.live.brands[self.brand(entry.record.product)].record
        what = f"{brand.name} {does} the review of {self.title(entry.record.product)}"
        day = later(date.fromisoformat(since), brand.response_days or RESPONSE_DAYS)
        return self.task(entry, day, Kind.RESPONSE, what)

    def plan(self, entry: Entry[Review]) -> Iterator[UnplacedTask]:
        """What came of what each brand has planned, when it last answered."""
        answers = sorted(enumerate(entry.record.responses), key=lambda each: each[1].date)
        last = {response.by: (index, response) for index, response in answers}
        for index, response in (each for each in last.values() if each[1].outcome == "planned"):
            name = self.live.brands[response.by].record.name if response.by in self.live.brands else response.by
            what = f"{name} tells what came of its plan of {response.date} for {self.title(entry.record.product)}"
            day = later(date.fromisoformat(response.date), defaults().planned_days)
            yield self.task(entry, day, Kind.RESPONSE, what, "responses", index)

    def posting(self, entry: Entry[Review]) -> Iterator[UnplacedTask]:
        """Shops that she is still to be asked to post it at."""
        for index, ask in enumerate(entry.record.asks):
            merchant = self.live.merchants.get(ask.merchant)
            if merchant and not ask.posted:
                what = f"ask to post the review of {self.title(entry.record.product)} at {merchant.record.name} too"
                yield self.task(entry, date.fromisoformat(ask.date), Kind.REVIEW, what, "asks", index, "date")

    def asks(self) -> Iterator[UnplacedTask]:
        """Reviews of things that came long enough ago: from picks with `owned_since`, and drafts with a gift's day."""
        for (owner, product), (since, origin, path) in self.owned.items():
            if (owner, product) not in self.written:
                what = f"ask for a review of {self.title(product)}"
                yield self.of_thing(owner, product, self.asked_on(product, since), Kind.REVIEW, what, origin, path)
        yield from self.sent()
        for draft in self.curation.reviews.values():
            review, received = draft.record, draft.record.incentive
            key = (draft.owner, review.product)
            shown = review.product in self.live.products and draft.owner in self.live.influencers
            if review.draft and received and received.given and shown and key not in self.owned:
                day = self.asked_on(review.product, date.fromisoformat(received.given))
                what = f"finish the review of {self.title(review.product)}"
                yield self.task(draft, day, Kind.REVIEW, what, "incentive", "given")

    def sent(self) -> Iterator[UnplacedTask]:
        """Posts that were asked for with a sample, and loans that go back."""
        for entry in self.live.samples.values():
            for index, sample in enumerate(entry.record.samples):
                if sample.product not in self.live.products:
                    continue
                title, path = self.title(sample.product), ("samples", index)
                if sample.return_by and not sample.returned:
                    day, what = date.fromisoformat(sample.return_by), f"{title} goes back"
                    told = (entry.origin, (*path, "return_by"))
                    yield self.of_thing(entry.owner, sample.product, day, Kind.LOAN, what, *told)
                if sample.expectation is Expectation.POST and sample.received and not self.posted(entry.owner, sample):
                    day = self.asked_on(sample.product, date.fromisoformat(sample.received))
                    told = (entry.origin, (*path, "received"))
                    what = f"ask for a post on {title}"
                    yield self.of_thing(entry.owner, sample.product, day, Kind.REVIEW, what, *told)

    def posted(self, owner: str, sample: Sample) -> bool:
        """Whether a post of hers shows a thing that she was sent, since it came."""
        return any(
            tagged.product == sample.product
            for post in self.curation.posts.values()
            if post.owner == owner and post.record.date >= (sample.received or "")
            for tagged in post.record.products
        )

    def of_thing(
        self, owner: str, product: str, day: date, kind: Kind, what: str, origin: Origin, path: KeyPath
    ) -> UnplacedTask:
        """A task about a thing that a creator has."""
        brand = self.brand(product)
        return UnplacedTask(day=day, kind=kind, what=what, creator=owner, brand=brand, origin=origin, path=path)

    def asked_on(self, product: str, came: date) -> date:
        """When there is something to say of a product that came on a day."""
        category = self.live.products[product].record.category
        return later(came, defaults().ask_after(category, self.after_days))

    def title(self, product: str) -> str:
        return self.live.products[product].record.title

    def brand(self, product: str) -> str:
        return self.live.products[product].record.brand

    def task(self, entry: Entry[Review], day: date, kind: Kind, what: str, *path: str | int) -> UnplacedTask:
        return UnplacedTask(
            day=day, kind=kind, what=what, creator=entry.owner, brand=self.brand(entry.record.product),
            origin=entry.origin, path=path,
        )  # fmt: skip


def _praised(review: Review) -> str | None:
    """The first day on which it had many stars."""
    said = [(review.date, review.rating), *((update.date, update.rating) for update in review.updates)]
    return min((day for day, rating in said if rating is not None and rating >= PRAISE), default=None)


def _asked(review: Review) -> str | None:
    """The day of the last words that want an answer."""
    said = [(review.date, review.rating, " ".join(filter(None, (review.title, review.body))))]
    said += [(update.date, update.rating, update.text) for update in review.updates]
    wanting = [day for day, rating, text in said if (rating is not None and rating <= CRITICAL) or "?" in text]
    return max(wanting, default=None)
