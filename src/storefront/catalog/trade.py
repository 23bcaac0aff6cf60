"""Pieces of facts about buying: codes that work now, the stores that take them, and recalls."""

from msgspec import Struct

from storefront.vocabulary.common import Relationship


class Part(Struct, frozen=True, kw_only=True, gc=False):
    """A piece of a fact."""


class StoreFact(Part, frozen=True, kw_only=True):
    """A store with a till. `region` is a country, or a region of one (ISO 3166)."""

    name: str
    address: str | None
    city: str | None
    region: str
    url: str | None


class PromoFact(Part, frozen=True, kw_only=True):
    """A code that works now, of the creator `owner`, by handle.

    `relationships` are what the code itself has to say, strongest first: that it pays, and what its campaign means,
    whose brand is `tied_to`, by name. `stores` are those that take it, where the shop lists any; None: the web alone.
    """

    owner: str = ""
    code: str
    merchant_name: str
    percent_off: float | None
    money_off: str | None
    free_shipping: bool
    minimum: str | None
    gift: str | None = None
    limit: int | None = None
    until: str | None
    regions: tuple[str, ...] = ()
    online: bool = True
    stores: tuple[StoreFact, ...] | None = None
    fine_print: str | None
    relationships: tuple[Relationship, ...]
    tied_to: str = ""


class RecallFact(Part, frozen=True, kw_only=True):
    """A recall as each of its products has it."""

    id: str
    product: str
    product_title: str
    date: str
    notice: str
    lots: tuple[str, ...]
    url: str | None
    stop_sale: bool
