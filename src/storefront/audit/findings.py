"""Findings: what a page does not disclose, by which rule, and where the record stands."""

from collections.abc import Sequence

from msgspec import Struct

from storefront.disclosure import Pack

ALL = ""  # a finding that every market of the page makes


class Finding(Struct, frozen=True):
    """One thing that is wrong with a page.

    `market` is the id of the market whose rule it is; "" where it is everyone's. `ref` and `item` say where the
    thing is written, as for `expected.Shown`.
    """

    code: str
    what: str
    rule: str
    market: str
    ref: str
    item: str = ""

    def said(self, page: str, packs: Sequence[Pack]) -> str:
        """The finding in words, with page, rule and market."""
        markets = self.market or ", ".join(pack.id for pack in packs)
        return f"on {page}, {self.what} ({self.rule}; {markets})"
