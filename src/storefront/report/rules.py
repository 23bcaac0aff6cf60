"""How reports count, in words that stand below each of them."""

from collections.abc import Iterator

from storefront.report.figures import counted
from storefront.report.measuring import Measured
from storefront.report.scope import SEVERAL


def rules() -> Iterator[str]:
    """What is true of every figure."""
    yield "What is not known is reported as unknown; it is not zero, and in no total."
    yield "Amounts of different currencies are never added up."
    yield "Commission is what networks report that creators earn; the networks' own fees are not known here."
    yield "Clicks are those of people, as far as bots can be recognised."
    yield "One sale can be both an order and a redemption, or come without a click, so figures are shown side by side."


def elsewhere(measured: Measured) -> Iterator[str]:
    """What could be told of nobody, so that it is in no row of a creator."""
    lost = len(counted(each for each in measured.orders or () if each.creator is None))
    if lost:
        yield f"Orders whose sub-id leads to no creator of the site: {lost:,}."
    heard = sum(each.mentions for each in measured.mentioned or () if each.creator is None)
    if heard:
        yield f"Mentions that are of no creator of the site: {heard:,}."
    if measured.strangers:
        yield f"Names in mentions and post figures that the site does not have: {', '.join(measured.strangers)}."
    codes = sorted({each.code for each in measured.redeemed or () if each.creator is None})
    if codes:
        yield f"Redeemed codes that are no creator's on the site: {', '.join(codes)}."
    shared = sorted({each.code for each in measured.redeemed or () if each.creator == SEVERAL})
    if shared:
        yield f"Redeemed codes that several creators have, and that are in no row of one: {', '.join(shared)}."
