"""Figures of creators, brands and the like: what was measured, sorted by what it is about, and how it is counted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from msgspec import Struct

from storefront.figures.kinds import Status
from storefront.report.building import Measure, amounts
from storefront.report.measuring import About, Account, Measured, Orders, Redeemed
from storefront.report.table import Unit

COUNTED = frozenset({Status.PENDING, Status.APPROVED})
ENGAGED = ("likes", "comments", "shares", "saves")
RATE = (
    "Engagement rate: (likes + comments + shares + saves) ÷ reach, over all posts of which all five are known. "
    "A post of which one is unknown is in neither part."
)
BY_FOLLOWERS = (
    "By followers: (likes + comments + shares + saves) ÷ followers of the account on the platform, once for each post, "
    "over all posts of which all of these are known."
)
ORDERS = (
    "Orders: pending and approved ones, each once, in the sum too, however many things are in it. "
    "Cancelled or returned ones stand apart; one of which a part was returned is in both."
)
PLACES = Decimal("0.000001")
Thing = TypeVar("Thing", bound=About)
Key = Callable[[About], str | None]


class Keep(Struct, frozen=True):
    """Which figures a report is about, and by what they are sorted; `key` gives None for what belongs to no row."""

    key: Key
    names: tuple[str, ...]

    def sorted(self, things: Iterable[Thing] | None) -> dict[str, list[Thing]]:
        """The figures of each name."""
        found: dict[str, list[Thing]] = {name: [] for name in self.names}
        for each in things or ():
            name = self.key(each)
            if name in found:
                found[name].append(each)
        return found


def clicks(measured: Measured, keep: Keep, *, known: bool) -> Measure:
    """Clicks of people on links to shops."""
    values: dict[str, int | None] = dict.fromkeys(keep.names)
    if known:
        values = {name: sum(each.count for each in found) for name, found in keep.sorted(measured.clicks).items()}
    return Measure(key="clicks", title="Clicks", values=values)


def orders(found: Mapping[str, Sequence[Orders]], known: Callable[[str], bool]) -> list[Measure]:
    """Orders and what they brought, each part for itself. `known` says whether a name without any has none."""
    told = {name: bool(rows) or known(name) for name, rows in found.items()}

    def count(*statuses: str) -> dict[str, frozenset[str] | None]:
        return {
            name: distinct(each for each in rows if each.status in statuses) if told[name] else None
            for name, rows in found.items()
        }

    def money(key: str, title: str, field: str, *statuses: str) -> Measure:
        parts = {name: [each for each in rows if each.status in statuses] for name, rows in found.items()}
        values = {
            name: amounts((each.currency, getattr(each, field)) for each in rows) if told[name] else None
            for name, rows in parts.items()
        }
        lacking = {name for name, rows in parts.items() if field == "sale" and any(each.unpriced for each in rows)}
        return Measure(key=key, title=title, values=values, unit=Unit.MONEY, lacking=frozenset(lacking))

    return [
        Measure(key="orders", title="Orders", values=count(*COUNTED)),
        Measure(key="cancelled", title="Cancelled or returned", values=count(Status.DECLINED, Status.RETURNED)),
        money("sales", "Sales", "sale", *COUNTED),
        money("approved", "Commission approved", "commission", Status.APPROVED),
        money("pending", "Commission pending", "commission", Status.PENDING),
        money("returned", "Commission taken back", "commission", Status.RETURNED),
    ]


def distinct(orders: Iterable[Orders]) -> frozenset[str]:
    """The orders that these rows are of, each once."""
    return frozenset().union(*(each.orders for each in orders))


def counted(orders: Iterable[Orders]) -> frozenset[str]:
    """Those of them that count, each once."""
    return distinct(each for each in orders if each.status in COUNTED)


def redeemed(found: Mapping[str, Sequence[Redeemed]], known: Callable[[str], bool]) -> list[Measure]:
    """Redeemed codes, those of them in shops, and what was sold and taken off with them where any table says so."""

    def count(*, in_store: bool) -> dict[str, int | None]:
        return {
            name: sum(each.redemptions for each in rows if each.status in COUNTED and (each.store or not in_store))
            if known(name)
            else None
            for name, rows in found.items()
        }

    return [
        Measure(key="redemptions", title="Redemptions", values=count(in_store=False)),
        Measure(key="in_store_redemptions", title="Of these in shops", values=count(in_store=True)),
        *coded(found, known),
    ]


def coded(found: Mapping[str, Sequence[Redeemed]], known: Callable[[str], bool]) -> Iterator[Measure]:
    """What was sold with codes and what they took off; neither where no table tells of it."""
    for key, title, field, lacks in (
        ("code_sales", "Sales with codes", "sale", "unpriced"),
        ("discounts", "Discounts", "discount", "undiscounted"),
    ):
        rows = {name: [each for each in every if each.status in COUNTED] for name, every in found.items()}
        told = {
            name: [(each.currency, getattr(each, field)) for each in every if each.currency]
            for name, every in rows.items()
        }
        if any(amount is not None for pairs in told.values() for _, amount in pairs):
            values = {
                name: amounts(pairs) if known(name) and (pairs or not rows[name]) else None
                for name, pairs in told.items()
            }
            lacking = frozenset(name for name, every in rows.items() if any(getattr(each, lacks) for each in every))
            yield Measure(key=key, title=title, values=values, unit=Unit.MONEY, lacking=lacking)


def engagement(accounts: Sequence[Account]) -> tuple[Decimal | None, Decimal | None, int, int]:
    """By reach, by followers, and of how many posts of all: the definitions are `RATE` and `BY_FOLLOWERS`."""
    posts = [each for each in accounts if each.post]
    followers = {(each.creator, each.platform): each.figures["followers"] for each in accounts if not each.post}
    engaged = [each for each in posts if all(each.figures[name] is not None for name in ENGAGED)]
    reached = [each for each in engaged if each.figures["reach"] is not None]
    followed = [each for each in engaged if followers.get((each.creator, each.platform))]
    return (
        share(sum(map(engagements, reached)), sum(each.figures["reach"] or 0 for each in reached)),
        share(sum(map(engagements, followed)), sum(followers[each.creator, each.platform] or 0 for each in followed)),
        len(reached),
        len(posts),
    )


def rates(found: Mapping[str, tuple[Decimal | None, Decimal | None, int, int]]) -> list[Measure]:
    """What `engagement` says of each name."""
    reach = {name: each[0] for name, each in found.items()}
    followers = {name: each[1] for name, each in found.items()}
    of_posts = {name: f"{each[2]} of {each[3]}" if each[3] else None for name, each in found.items()}
    return [
        Measure(key="rate", title="Engagement rate", values=reach, unit=Unit.SHARE, adds=False),
        Measure(key="by_followers", title="By followers", values=followers, unit=Unit.SHARE, adds=False),
        Measure(key="rated", title="Of posts", values=of_posts, unit=Unit.TEXT, adds=False),
    ]


def engagements(account: Account) -> int:
    """What people did with a post of which all is known."""
    return sum(account.figures[name] or 0 for name in ENGAGED)


def share(part: int | Decimal | None, whole: int) -> Decimal | None:
    """A share of one; unknown where the part is, or there is no whole."""
    return (Decimal(part) / whole).quantize(PLACES) if part is not None and whole else None
