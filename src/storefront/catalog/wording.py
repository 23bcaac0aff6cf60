"""What creators write themselves, read for words that undo a disclosure.

Those are hashtags that only pretend to be one, labels lost among hashtags, phrases that deny money or gifts
beside a thing that came with them, and codes that pay her where no label stands beside them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from storefront import disclosure, locales
from storefront.catalog import written
from storefront.catalog.campaigns import disclosed
from storefront.catalog.relationships import LINKED, of_review
from storefront.content import Places
from storefront.disclosure import UNPAID, denials, rules
from storefront.problems import KeyPath, Problem, shown
from storefront.records import Curation, Entry
from storefront.vocabulary.common import Relationship, as_tuple
from storefront.vocabulary.curation import List, Post, Review
from storefront.vocabulary.influencer import Influencer

# "Not sponsored" is true of a thing bought and linked for a commission: a link or a code alone denies nothing.
SILENT = UNPAID | LINKED


def check(curation: Curation, places: Places) -> list[Problem]:
    """Every such word, with its place. Drafts are read too."""
    return list(_Words(curation, places).all())


class _Words:
    """Walks the curation once and keeps which creators have received something."""

    def __init__(self, curation: Curation, places: Places) -> None:
        self.curation, self.places = curation, places
        self.received: dict[str, bool] = defaultdict(bool)
        self.ties: Mapping[tuple[str, str], bool] = {
            (handle, tie.brand): True
            for handle, entry in curation.influencers.items()
            for tie in entry.record.relationships
            if tie.kind not in SILENT
        }
        self.given: set[str] = set()  # the products that came with something to anybody
        self.codes: dict[str, list[str]] = defaultdict(list)
        for (handle, code), promo in curation.promos.items():
            if promo.record.pays_creator or promo.record.campaign:
                self.codes[handle].append(code)
        self.reviewed = {
            (entry.owner, entry.record.product): self._of_review(entry) for entry in curation.reviews.values()
        }

    def all(self) -> Iterator[Problem]:
        for entry in self.curation.lists.values():
            yield from self.list(entry)
        for post in self.curation.posts.values():
            yield from self.post(post)
        for review in self.curation.reviews.values():
            if not review.record.removed:
                yield from self.review(review)
        for influencer in self.curation.influencers.values():
            yield from self.influencer(influencer)
        for (handle, code), promo in self.curation.promos.items():
            for text, path in written.of_promo(promo.record):
                yield from self.text(text, promo, path, received=self.received[handle], shows=code)
        for snippet in self.curation.snippets.values():
            if said := snippet.record.text:
                received = any(each not in SILENT for each in as_tuple(snippet.record.relationship))
                yield from self.text(said, snippet, ("text",), received=received)
        yield from self.everybodys()

    def list(self, entry: Entry[List]) -> Iterator[Problem]:
        any_received = False
        for index, item in enumerate(entry.record.items):
            adds = disclosed(self.curation.campaigns, item.campaign, entry.owner)
            received = self.came_with_something(entry.owner, item.product, as_tuple(item.relationship), adds)
            any_received |= received
            path: KeyPath = ("items", index)
            if item.badge and self.says_too_little(item.badge, entry.owner):
                message = f"the badge “{shown(item.badge)}” looks like a label but says too little"
                hint = "Delete it: the label is written by itself, in the words that the market wants."
                yield Problem("wording", message, self.places.of(entry.origin, *path, "badge"), hint)
            for text, keys in written.of_item(item):
                yield from self.text(text, entry, (*path, *keys), received=received, shows=item.promo or "")
        for text, keys in written.of_list(entry.record):
            yield from self.text(text, entry, keys, received=any_received)

    def post(self, entry: Entry[Post]) -> Iterator[Problem]:
        post = entry.record
        whole = as_tuple(post.relationship)
        adds = disclosed(self.curation.campaigns, post.campaign, entry.owner)
        each = [
            self.came_with_something(entry.owner, tagged.product, as_tuple(tagged.relationship) or whole, adds)
            for tagged in post.products
        ]
        some = any(each) or self.came_with_something(entry.owner, None, whole, adds)
        stated = {*whole, *(kind for tagged in post.products for kind in as_tuple(tagged.relationship))}
        labelled = Relationship.DISCOUNT_CODE in stated
        for text, path in written.of_post(post):
            yield from self.text(text, entry, path, received=some, labelled=labelled)
        for index, tagged in enumerate(post.products):
            if tagged.note:
                path = ("products", index, "note")
                yield from self.text(tagged.note, entry, path, received=each[index], labelled=labelled)

    def review(self, entry: Entry[Review]) -> Iterator[Problem]:
        review = entry.record
        received = self.reviewed[entry.owner, review.product]
        self.received[entry.owner] |= received
        if received:
            self.given.add(review.product)
        for text, path in written.of_review(review):
            yield from self.text(text, entry, path, received=received)

    def influencer(self, entry: Entry[Influencer]) -> Iterator[Problem]:
        received = self.received[entry.id] or any(handle == entry.id for handle, _ in self.ties)
        for text, path in written.of_influencer(entry.record):
            yield from self.text(text, entry, path, received=received)

    def everybodys(self) -> Iterator[Problem]:
        """What stands for no one creator: of the site beside all things, of a product and its brand beside its own."""
        brands = {known.record.brand for product in self.given if (known := self.curation.products.get(product))}
        if site := self.curation.site:
            for text, key in ((site.record.tagline, "tagline"), (site.record.description, "description")):
                if text:
                    yield from self.text(text, site, (key,), received=any(self.received.values()))
        for product in self.curation.products.values():
            for text, path in written.of_product(product.record):
                yield from self.text(text, product, path, received=product.id in self.given)
        for brand in self.curation.brands.values():
            if text := brand.record.description:
                yield from self.text(text, brand, ("description",), received=brand.id in brands)
        for squad in self.curation.squads.values():
            received = any(self.received[handle] for handle in squad.record.members)
            for text, path in written.of_squad(squad.record):
                yield from self.text(text, squad, path, received=received)

    def says_too_little(self, badge: str, handle: str) -> bool:
        """Whether a badge of one's own says too little everywhere, or in a market of her pages, in any language."""
        site, creator = self.curation.site, self.curation.influencers.get(handle)
        markets = (creator and creator.record.markets) or (site.record.markets if site else ())
        locale = (creator and creator.record.locale) or (site.record.locale if site else "")
        listed = (found for market in markets if (found := disclosure.find(market)))
        packs = {pack.id: pack for pack in (*listed, *disclosure.judges(markets, locales.language_of(locale)))}
        return rules.is_rejected(badge) or any(
            rules.is_rejected(badge, pack, language) for pack in packs.values() for language in pack.texts
        )

    def came_with_something(
        self,
        handle: str,
        product: str | None,
        stated: Collection[Relationship],
        added: tuple[Relationship, ...] = (),
    ) -> bool:
        """Whether money, a gift or a standing tie is behind a thing; remembered of its creator.

        `added` is what its campaign discloses.
        """
        said = any(each not in SILENT for each in (*stated, *added))
        found = (
            said or (not stated and self.reviewed.get((handle, product or ""), False)) or self._tied(handle, product)
        )
        self.received[handle] |= found
        if found and product:
            self.given.add(product)
        return found

    def _of_review(self, entry: Entry[Review]) -> bool:
        review = entry.record
        adds = disclosed(self.curation.campaigns, review.campaign, entry.owner)
        own = (*of_review(review.provenance, review.incentive), *adds)
        return any(each not in SILENT for each in own) or self._tied(entry.owner, review.product)

    def _tied(self, handle: str, product: str | None) -> bool:
        known = self.curation.products.get(product or "")
        return known is not None and (handle, known.record.brand) in self.ties

    def text(
        self,
        text: str,
        entry: Entry[Any],
        path: KeyPath,
        *,
        received: bool,
        shows: str = "",
        labelled: bool = False,
    ) -> Iterator[Problem]:
        """What is wrong with one text.

        `received` says whether anything beside it came with money or as a gift, `shows` is the code that stands beside
        it with its label, and `labelled` whether the label of codes stands there in any case.
        """
        codes = () if labelled else self.codes.get(entry.owner or entry.id, ())
        for code in codes:
            if code in text and code != shows and rules.holds(text, code):
                message = f"the code {shown(code)} pays its creator, and no label stands beside it here"
                hint = (
                    f"On a list, write promo: {shown(code)} beside the thing: the code is shown there with its label. "
                    "In a post, write discount_code among the relationship."
                )
                yield Problem("wording", message, self.places.of(entry.origin, *path), hint)
        if rules.has_hashtags(text):
            yield from self.hashtags(text, entry, path)
        for phrase in denials.contradictions(text) if received else ():
            message = f"“{shown(phrase)}” denies what is disclosed beside it"
            hint = "Delete the words, or correct the relationship."
            yield Problem("wording", message, self.places.of(entry.origin, *path), hint)

    def hashtags(self, text: str, entry: Entry[Any], path: KeyPath) -> Iterator[Problem]:
        """Hashtags that pretend to be labels, and labels that nobody sees."""
        for tag in rules.rejected_hashtags(text):
            message = f"{shown(tag)} looks like a disclosure but is not one"
            hint = "Delete it, and say the tie under relationship: the label is written from there."
            yield Problem("wording", message, self.places.of(entry.origin, *path), hint)
        for tag in rules.buried_labels(text):
            message = f"{shown(tag)} is lost among other hashtags"
            hint = "Put it first in the text, or delete it: the label stands beside the thing already."
            yield Problem("wording", message, self.places.of(entry.origin, *path), hint)
        for tag in rules.late_labels(text):
            message = f"{shown(tag)} comes after {rules.LATE} characters, where nobody looks for it"
            hint = "Put it first in the text, or delete it: the label stands beside the thing already."
            yield Problem("wording", message, self.places.of(entry.origin, *path), hint)
