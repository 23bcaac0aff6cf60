"""Affiliate networks as pages name them: those that ship, and the site's own."""

from collections.abc import Mapping
from functools import cache, lru_cache

from storefront import links
from storefront.catalog.facts import NetworkFact, SiteFact
from storefront.catalog.whole import Catalog


def name_of(network: str, site: SiteFact) -> str:
    """What a network is called."""
    own = _own(network, site)
    return own.name if own else links.networks()[network].name


def statement_of(network: str, site: SiteFact) -> Mapping[str, str]:
    """The sentence that a network wants on every page with its links, by language; often none."""
    own = _own(network, site)
    return dict(own.statement) if own else links.networks()[network].statement


@lru_cache(maxsize=64)
def sentenced(site: SiteFact) -> frozenset[str]:
    """The networks that want such a sentence, by id."""
    known = (*links.networks(), *(each.id for each in site.networks))
    return frozenset(name for name in known if statement_of(name, site))


@cache
def sentence_language(network: str, host: str) -> str | None:
    """The language of the sentence that a network's shop at a host wants; None where the shop does not decide it."""
    known = links.networks().get(network)
    markets = known.markets.values() if known else ()
    return next((market.get("sentence", "en") for market in markets if market.get("host") == host), None)


def _own(network: str, site: SiteFact) -> NetworkFact | None:
    return next((each for each in site.networks if each.id == network), None)


def of(catalog: Catalog) -> tuple[str, ...]:
    """The networks that track a link anywhere on the site, by id."""
    picked = (pick.offer for fact in catalog.lists.values() for pick in fact.picks)
    shared = (offer for fact in catalog.products.values() for offer in fact.offers)
    return tuple(sorted({offer.network for offer in (*picked, *shared) if offer and offer.network}))
