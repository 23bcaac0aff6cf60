"""Redirects: which links to shops go through an address of the site's own, and through which.

An address is `/go/<creator>/<product>` for the first link of a creator to a product, in the order in
which lists, posts and offers are written. The others add where they stand, so that each keeps its
own sub-id: `/go/<creator>/<product>/<list>`, `…/<product>/posts/<post>`, `…/<product>/offers/<merchant>`.
Ids hold no slash and no double hyphen, and those three forms differ in length or in a word that
stands where no list is named; so no two places get one address.
"""

from storefront import links
from storefront.links import Registry
from storefront.vocabulary.site import Route, Site
from storefront.vocabulary.trade import Merchant

FOLDER = "/go/"


class Redirects:
    """Gives addresses, each once."""

    def __init__(self, site: Site, networks: Registry) -> None:
        self.wanted, self.networks = site.route is Route.GO, networks
        self.taken: set[tuple[str, str]] = set()

    def allowed(self, merchant: Merchant, link: str) -> bool:
        """Whether the merchant's terms and those of every network in the link's way allow a redirect before it."""
        return self.wanted and merchant.redirects and self.networks.forbidding(merchant.network, link) is None

    def address(self, who: str, slot: tuple[str, ...]) -> str:
        """The address of a link in a slot of `who`: (list, thing), ("post", post, thing) or ("offer", thing, shop)."""
        match slot:
            case ("offer", thing, shop):
                whole = f"{thing}/offers/{shop}"
            case (_, post, thing):
                whole = f"{thing}/posts/{post}"
            case _:
                entry, thing = slot
                whole = f"{thing}/{entry}"
        short = thing.partition(links.NUMBER)[0]
        chosen = whole if (who, short) in self.taken else short
        self.taken.add((who, short))
        return f"{FOLDER}{who}/{chosen}"
