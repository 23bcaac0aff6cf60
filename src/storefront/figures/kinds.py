"""The kinds of figures: which fields a row of each has, what tells two rows apart, and what a table has to hold."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct


class Type(StrEnum):
    """What a field holds: text, a day, whole things counted, an exact amount, a currency (ISO 4217), a status."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    AMOUNT = "amount"
    CURRENCY = "currency"
    STATUS = "status"


class Status(StrEnum):
    """What became of an order. Declined ones never counted; a returned one is taken off again, with its amounts."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    RETURNED = "returned"


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of figures: a folder of the store, and a table of reports.

    `number` is a row's own and tells it from all others; where a row has none, `else_key` does, and rows that are equal
    in it are told apart by their order. `must` are the fields without which a table is none of the
    kind; `needs` those that each row must fill; of `some` a row has to fill one.
    """

    name: str
    fields: Mapping[str, Type]
    must: tuple[str, ...]
    needs: tuple[str, ...]
    number: str = ""
    else_key: tuple[str, ...]
    some: tuple[str, ...] = ()


COMMISSIONS = Kind(
    name="commissions",
    fields={
        "source": Type.TEXT,
        "network": Type.TEXT,
        "transaction": Type.TEXT,
        "order": Type.TEXT,
        "date": Type.DAY,
        "merchant": Type.TEXT,
        "account": Type.TEXT,
        "subid": Type.TEXT,
        "product": Type.TEXT,
        "quantity": Type.COUNT,
        "currency": Type.CURRENCY,
        "sale": Type.AMOUNT,
        "commission": Type.AMOUNT,
        "status": Type.STATUS,
        "as_of": Type.DAY,
    },
    must=("date", "commission"),
    needs=("date", "commission", "currency"),
    number="transaction",
    else_key=("date", "order", "merchant", "account", "subid", "product"),
)
REDEMPTIONS = Kind(
    name="redemptions",
    fields={
        "source": Type.TEXT,
        "transaction": Type.TEXT,
        "date": Type.DAY,
        "code": Type.TEXT,
        "store": Type.TEXT,
        "region": Type.TEXT,
        "redemptions": Type.COUNT,
        "currency": Type.CURRENCY,
        "sale": Type.AMOUNT,
        "discount": Type.AMOUNT,
        "status": Type.STATUS,
        "as_of": Type.DAY,
    },
    must=("date", "code"),
    needs=("date", "code", "redemptions"),
    number="transaction",
    else_key=("date", "code", "store", "region"),
)
MENTIONS = Kind(
    name="mentions",
    fields={
        "source": Type.TEXT,
        "date": Type.DAY,
        "creator": Type.TEXT,
        "platform": Type.TEXT,
        "product": Type.TEXT,
        "campaign": Type.TEXT,
        "mentions": Type.COUNT,
        "as_of": Type.DAY,
    },
    must=("date", "mentions"),
    needs=("date", "mentions"),
    else_key=("date", "creator", "platform", "product", "campaign"),
)
METRICS = Kind(
    name="metrics",
    fields={
        "source": Type.TEXT,
        "creator": Type.TEXT,
        "platform": Type.TEXT,
        "post": Type.TEXT,
        "product": Type.TEXT,
        "followers": Type.COUNT,
        "reach": Type.COUNT,
        "impressions": Type.COUNT,
        "likes": Type.COUNT,
        "comments": Type.COUNT,
        "shares": Type.COUNT,
        "saves": Type.COUNT,
        "as_of": Type.DAY,
    },
    must=("creator",),
    needs=("creator", "as_of"),
    else_key=("creator", "platform", "post", "product", "as_of"),
    some=("followers", "reach", "impressions", "likes", "comments", "shares", "saves"),
)
KINDS = {each.name: each for each in (COMMISSIONS, REDEMPTIONS, MENTIONS, METRICS)}
