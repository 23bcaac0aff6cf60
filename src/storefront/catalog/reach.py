"""Reach: whether those who take part in a campaign, its codes and its brand's offers reach the markets it runs in."""

from collections.abc import Iterable, Iterator

from storefront.catalog import offers
from storefront.catalog.campaigns import uses
from storefront.content import Places
from storefront.disclosure import OwnPacks, find
from storefront.problems import Place, Problem
from storefront.records import Curation, Entry
from storefront.vocabulary.campaign import Campaign
from storefront.vocabulary.product import Offer, Product


def check(curation: Curation, places: Places, own: OwnPacks) -> tuple[list[Problem], list[Problem]]:
    """Records that contradict a campaign's markets, and products of it that are not sold there, which stops nothing."""
    found = _Reach(curation, places, own)
    if not any(entry.record.markets for entry in curation.campaigns.values()):
        return [], []
    return [*found.creators(), *found.codes()], list(found.unsold())


class _Reach:
    """Walks the curation once for each kind of record; a campaign without markets runs everywhere."""

    def __init__(self, curation: Curation, places: Places, own: OwnPacks) -> None:
        self.curation, self.places, self.own = curation, places, own
        self.campaigns = {name: entry for name, entry in curation.campaigns.items() if entry.record.markets}
        self.countries = {name: self.of(entry.record.markets) for name, entry in self.campaigns.items()}

    def of(self, markets: Iterable[str]) -> frozenset[str]:
        """The countries of markets (ISO 3166)."""
        found: set[str] = set()
        for market in markets:
            pack = find(market, self.own.packs)
            found.update(pack.covers if pack and pack.covers else offers.countries(market))
        return frozenset(found)

    def creators(self) -> Iterator[Problem]:
        """Participants, or whoever names a campaign that anybody may join, who write for other markets alone."""
        for name, entry in self.campaigns.items():
            for index, participant in enumerate(entry.record.participants):
                if told := self._elsewhere(name, participant.creator):
                    place = self.places.of(entry.origin, "participants", index, "creator")
                    yield Problem("outside-markets", told, place, self._hint(participant.creator, entry))
        for name, handle, origin, path in uses(self.curation):
            campaign = self.campaigns.get(name)
            if campaign and not campaign.record.participants and (told := self._elsewhere(name, handle)):
                place, there = self.places.of(origin, *path, "campaign"), self._there(campaign)
                yield Problem("outside-markets", told, place, self._hint(handle, campaign), (there,))

    def _elsewhere(self, name: str, handle: str) -> str:
        person, site = self.curation.influencers.get(handle), self.curation.site
        markets = (person.record.markets or (site.record.markets if site else ())) if person else ()
        if not markets or self.of(markets) & self.countries[name]:
            return ""
        whose = handle if person and person.record.markets else f"{handle}, by the site's markets,"
        wanted = ", ".join(self.campaigns[name].record.markets)
        return f"{whose} writes for {', '.join(markets)}, and the campaign {name} runs in {wanted}"

    def _hint(self, handle: str, campaign: Entry[Campaign]) -> str:
        first = campaign.record.markets[0]
        return f"Add {first} under markets: of {handle}, so that labels keep to its law, or correct the campaign's."

    def _there(self, campaign: Entry[Campaign]) -> Place:
        return self.places.of(campaign.origin, "markets")

    def codes(self) -> Iterator[Problem]:
        """Codes for regions of other countries alone."""
        for code in self.curation.promos.values():
            entry = self.campaigns.get(code.record.campaign or "")
            regions = code.record.regions
            if entry and regions and not self.countries[entry.id] & {region[:2] for region in regions}:
                there = self._there(entry)
                message = (
                    f"the code {code.id} works in {', '.join(regions)}, and its campaign {entry.id} runs in "
                    f"{', '.join(entry.record.markets)}, as {there} says"
                )
                hint = "Correct the regions, or take campaign: away."
                yield Problem("outside-markets", message, self.places.of(code.origin, "regions"), hint, (there,))

    def unsold(self) -> Iterator[Problem]:
        """Things that are shown for a campaign, and that no shop delivers to where it runs; each once."""
        for name, product in dict.fromkeys(self._things()):
            campaign, entry = self.campaigns[name], self.curation.products.get(product)
            if entry and entry.record.brand == campaign.record.brand and not self._is_sold(entry, self.countries[name]):
                there = self._there(campaign)
                wanted = ", ".join(campaign.record.markets)
                message = f"no offer of {product} delivers to {wanted}, where the campaign {name} runs, as {there} says"
                hint = "Add an offer for it, or correct the regions here."
                yield Problem("outside-markets", message, self.places.of(entry.origin, "offers"), hint, (there,))

    def _things(self) -> Iterator[tuple[str, str]]:
        """Campaigns with markets, and the products that are shown for them."""
        curation = self.curation
        for listed in curation.lists.values():
            items = listed.record.items
            yield from (
                (each.campaign, each.product) for each in items if each.campaign in self.campaigns and each.product
            )
        for post in curation.posts.values():
            if post.record.campaign in self.campaigns:
                yield from ((post.record.campaign, tagged.product) for tagged in post.record.products)
        for review in curation.reviews.values():
            if review.record.campaign in self.campaigns and not review.record.removed:
                yield review.record.campaign, review.record.product

    def _is_sold(self, entry: Entry[Product], countries: frozenset[str]) -> bool:
        """Whether a shop delivers a product to one of some countries; a product without offers is for no shop."""
        listed = entry.record.offers
        return not listed or any(not where or where & countries for where in map(self._delivers, listed))

    def _delivers(self, offer: Offer) -> frozenset[str]:
        """The countries that an offer delivers to; none for everywhere (`offers.order`)."""
        merchant = self.curation.merchants.get(offer.merchant)
        market = merchant.record.program.get("market") if merchant else None
        return frozenset(region[:2] for region in offer.regions) or frozenset(filter(None, [market]))
