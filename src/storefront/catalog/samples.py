"""What samples and rewards add to a creator's ties: from the day they came, and never instead of what she says."""

from collections import defaultdict
from collections.abc import Iterator

from storefront.catalog.live import Live, came
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Incentive, IncentiveKind, Review
from storefront.vocabulary.samples import Expectation, Sample, SampleKind

OF_SAMPLE = {SampleKind.GIFT: Relationship.GIFTED, SampleKind.LOAN: Relationship.LOANED}
INCENTIVE_OF = {SampleKind.GIFT: IncentiveKind.SAMPLE, SampleKind.LOAN: IncentiveKind.LOAN}


class Given:
    """What creators were sent, and given for reviews, up to the clock."""

    def __init__(self, live: Live) -> None:
        self.today = live.clock.today.isoformat()
        self.samples: dict[tuple[str, str], list[Sample]] = defaultdict(list)
        self.thanks: dict[tuple[str, str], list[str]] = defaultdict(list)
        for handle, entry in live.samples.items():
            for sample in entry.record.samples:
                self.samples[handle, sample.product].append(sample)
        for handle, brand, day in live.rewards:
            self.thanks[handle, brand].append(day)

    def for_thing(self, handle: str, product: str | None, day: str | None = None) -> tuple[Relationship, ...]:
        """The ties of what she shows of a product on a day; today when left out."""
        samples = self.samples.get((handle, product or ""))  # as good as always none
        return tuple(_ties(samples, day or self.today)) if samples else ()

    def for_review(self, handle: str, review: Review, brand: str) -> tuple[Relationship, ...]:
        """The ties of a review: what came before its last words, and thanks for what she had written earlier."""
        day = last_words(review)
        thanked = any(given <= min(day, self.today) for given in self.thanks.get((handle, brand), ()))
        return (*self.for_thing(handle, review.product, day), *((Relationship.THANKED,) if thanked else ()))

    def incentive(self, handle: str, review: Review) -> Incentive | None:
        """What a review was written for: as it says itself, else a sample that a review was asked for."""
        if review.incentive:
            return review.incentive
        day = min(last_words(review), self.today)
        for sample in self.samples.get((handle, review.product), ()):
            if sample.expectation is not Expectation.NONE and came(sample) <= day:
                return Incentive(kind=INCENTIVE_OF[sample.kind], value=sample.value, given=came(sample))
        return None


def last_words(review: Review) -> str:
    """The day of the newest words of a review."""
    return max([review.date, *(update.date for update in review.updates)])


def _ties(samples: list[Sample], day: str) -> Iterator[Relationship]:
    for sample in samples:
        if came(sample) <= day:
            yield OF_SAMPLE[sample.kind]
            if sample.expectation is not Expectation.NONE:
                yield Relationship.EXCHANGE
