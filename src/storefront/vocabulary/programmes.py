"""The rules of what brands and creators do together: samples, recalls and promo codes."""

from collections.abc import Iterator

from storefront.problems import KeyPath
from storefront.vocabulary import checks
from storefront.vocabulary.curation import Promo, RedemptionChannel
from storefront.vocabulary.recalls import Recalls
from storefront.vocabulary.samples import Sample, SampleKind, Samples
from storefront.vocabulary.validate import Mistake


def of_samples(file: Samples) -> Iterator[Mistake]:
    """The rules for what a creator was sent: each day in its order, and nothing on a gift that a loan has."""
    for i, sample in enumerate(file.samples):
        yield from _sample(sample, ("samples", i))
    for i, reward in enumerate(file.rewards):
        path: KeyPath = ("rewards", i)
        yield from checks.days(path, date=reward.date)
        yield from checks.amounts(path, value=reward.value)
        if reward.announced_before:
            hint = "Write it as incentive: on the review, which then says so; delete this entry."
            message = "what was announced before the review is an incentive, not a reward"
            yield Mistake((*path, "announced_before"), "bad-value", message, hint)


def _sample(sample: Sample, path: KeyPath) -> Iterator[Mistake]:
    yield from checks.days(path, sent=sample.sent, received=sample.received, returned=sample.returned)
    yield from checks.days(path, received=sample.received, return_by=sample.return_by)
    yield from checks.amounts(path, value=sample.value)
    if not (sample.sent or sample.received):
        hint = "Write sent: or received: and the day, such as 2026-10-12."
        yield Mistake(path, "missing-key", "nothing says when it was sent or came", hint)
    if sample.kind is SampleKind.GIFT:
        for key in ("return_by", "returned"):
            if getattr(sample, key):
                yield Mistake((*path, key), "bad-value", "a gift does not go back", "Write kind: loan, or delete it.")


def of_recalls(file: Recalls) -> Iterator[Mistake]:
    """The rules for recalls."""
    for i, recall in enumerate(file.recalls):
        path: KeyPath = ("recalls", i)
        yield from checks.window(recall, path)
        yield from checks.days(path, date=recall.date)
        if not recall.products:
            hint = "Write products: and the ids of those that are recalled."
            yield Mistake((*path, "products"), "bad-value", "the recall is about no product", hint)


def of_promo(promo: Promo) -> Iterator[Mistake]:
    """The rules for a promo code."""
    yield from checks.window(promo, ())
    yield from checks.amounts(
        (), money_off_amount=promo.money_off_amount, minimum_purchase_amount=promo.minimum_purchase_amount
    )
    yield from checks.days((), verified_on=promo.verified_on)
    if not (promo.percent_off or promo.money_off_amount or promo.free_shipping or promo.free_gift_description):
        hint = "Write percent_off, money_off_amount, free_shipping: true or free_gift_description."
        yield Mistake((), "missing-key", "the code gives nothing", hint)
    if valid := promo.valid:
        yield from checks.span(("valid",), valid.starts, valid.until)
    for i, region in enumerate(promo.regions):
        yield from checks.country(region, ("regions", i))
    if not promo.redemption_channel:
        hint = "Write online, in_store or both."
        yield Mistake(("redemption_channel",), "bad-value", "the code is taken nowhere", hint)
    if promo.stores and RedemptionChannel.IN_STORE not in promo.redemption_channel:
        hint = "Write redemption_channel: [in_store], or delete stores."
        yield Mistake(("stores",), "bad-value", "a code accepted only online has no stores", hint)
    if both := [each for each in promo.exclude if each in promo.products]:
        at = promo.exclude.index(both[0])
        message = f"{both[0]} is among the products that it is for"
        yield Mistake(("exclude", at), "bad-value", message, "Delete it in one of the two places.")
