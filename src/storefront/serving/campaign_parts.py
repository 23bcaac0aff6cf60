"""Parts of a campaign: which facts of a site, and which picks in them, name a campaign or have a code of it."""

from storefront.catalog.whole import Catalog
from storefront.records import Curation

Parts = frozenset[tuple[str, str]]  # the name of a fact, and the anchor of a pick in it; "" for the fact itself
NOTHING: Parts = frozenset()


def parts_of_campaign(curation: Curation, catalog: Catalog, campaign: str) -> Parts:
    """What of a site takes part in a campaign: posts and reviews, and picks of lists."""
    if not campaign:
        return NOTHING
    found = set()
    for kind, table in (("post", curation.posts), ("review", curation.reviews)):
        for (owner, key), entry in table.items():
            if entry.record.campaign == campaign:
                found.add((f"{kind}:{owner}/{key}", ""))
    for (owner, key), fact in catalog.lists.items():
        items = curation.lists[owner, key].record.items
        for pick, number in zip(fact.picks, catalog.entries[fact.ref][1], strict=True):
            code = curation.promos[owner, pick.promo.code].record if pick.promo else None
            if campaign in (items[number].campaign, code.campaign if code else None):
                found.add((fact.ref, pick.anchor))
    return frozenset(found)
