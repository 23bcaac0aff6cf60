"""Pictures that a brand may use: those whose rights say so, each with who is to be named and what is to be disclosed.

A picture is written anew, upright and in sRGB: what a camera noted of place and day stays here.
"""

import io
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from storefront.catalog import community, minors, pictures, rights
from storefront.catalog.facts import SiteFact
from storefront.catalog.live import Live
from storefront.catalog.relationships import LINKED
from storefront.catalog.whole import Catalog
from storefront.images import pixels, sources
from storefront.pages import parts, routes
from storefront.pages.voice import voice
from storefront.records import Entry
from storefront.vocabulary.campaign import Campaign
from storefront.vocabulary.common import Channel, Image, Relationship, Rights
from storefront.vocabulary.community import Snippet
from storefront.vocabulary.curation import Post, Review

PNG = re.compile(r"\.png$", re.IGNORECASE).search
WHITE = "#ffffff"  # the ground of what can be seen through, where a file cannot be
QUALITY = 92  # of JPEG: no loss that an eye sees, and brands cut and encode it again


class PictureTerms(Struct, frozen=True, kw_only=True):
    """A picture as the tables beside it tell of it.

    `channels` are where it may be used, `until` the last day of that; without one there is no end.
    """

    file: str
    creator: str
    name: str
    credit: str
    channels: tuple[str, ...]
    until: str | None
    disclosure: tuple[str, ...]
    products: tuple[str, ...]
    alt: str
    page: str


class Chosen(Struct, frozen=True):
    """A picture that a brand may use, and its file from the site's root."""

    terms: PictureTerms
    source: str


class Candidate(Struct, frozen=True):
    """A picture of a brand's things before anybody has looked whether the brand may use it."""

    kind: str
    entry: Entry[Post] | Entry[Review] | Entry[Snippet]
    image: Image
    number: int
    rights: Rights | None
    ties: tuple[tuple[tuple[Relationship, ...], str], ...]
    products: tuple[str, ...]
    page: str


class Media:
    """The pictures of a brand's things: those that it may use at the clock are `chosen`, all others are `kept`."""

    def __init__(self, catalog: Catalog, live: Live, site: SiteFact, brand: str) -> None:
        self.catalog, self.live, self.site, self.brand = catalog, live, site, brand
        self.chosen: list[Chosen] = []
        self.kept = 0
        for candidate in (*self.of_posts(), *self.of_reviews(), *self.of_snippets()):
            if self.may(candidate):
                self.chosen.append(self.terms(candidate))
            else:
                self.kept += 1

    def may(self, candidate: Candidate) -> bool:
        """Whether rights were granted for the brand's own channels, have not ended, and the creator may be named."""
        known, clock = candidate.rights, self.live.clock
        if known is None or (known.channels and Channel.BRAND not in known.channels):
            return False
        sharing = self.live.influencers[candidate.entry.owner].record.sharing
        return (rights.ends(known, clock) or rights.NEVER) > clock.now and community.recognises(
            sharing, f"brand:{self.brand}"
        )

    def campaign(self, record: Post | Review) -> Campaign | None:
        """The brand's own campaign that a post or review is for."""
        entry = self.live.terms.get(record.campaign or "")
        return entry.record if entry and entry.record.brand == self.brand else None

    def of_posts(self) -> Iterator[Candidate]:
        """The pictures of posts that show things of the brand, or are for a campaign of its."""
        for key, entry in sorted(self.live.posts.items()):
            fact, record = self.catalog.posts[key], entry.record
            picks = [pick for pick in fact.picks if pick.thing and pick.thing.brand == self.brand]
            campaign = self.campaign(record)
            theirs = campaign is not None
            if not picks and not theirs:
                continue
            known = record.rights or (campaign.rights if campaign else None)
            ties = [(pick.relationships, pick.tie) for pick in picks] + ([(fact.ties, fact.tied_to)] if theirs else [])
            for number, image in enumerate(record.media, 1):
                products = tuple(dict.fromkeys(pick.title for pick in picks))
                yield Candidate("post", entry, image, number, known, tuple(ties), products, routes.post(*key))

    def of_reviews(self) -> Iterator[Candidate]:
        """The pictures in reviews of things of the brand."""
        for key, entry in sorted(self.live.reviews.items()):
            fact, record = self.catalog.reviews[key], entry.record
            if fact.brand != self.brand:
                continue
            campaign = self.campaign(record)
            known = record.rights or (campaign.rights if campaign else None)
            page = routes.review(fact.product, *key, fact.page)
            for number, image in enumerate(record.media, 1):
                ties = ((fact.relationships, fact.brand_name),)
                yield Candidate("review", entry, image, number, known, ties, (fact.product_title,), page)

    def of_snippets(self) -> Iterator[Candidate]:
        """The pictures among the snippets of things of the brand; ended ones are not among them any more."""
        for _, entry in sorted(self.live.snippets.items()):
            record = entry.record
            product = self.live.products[record.product].record
            fact = self.catalog.community.snippets.get((entry.owner, entry.id))
            if record.image and product.brand == self.brand:
                ties = ((fact.relationships, fact.brand_name),) if fact else ()
                page = routes.product(record.product)
                yield Candidate("snippet", entry, record.image, 1, record.rights, ties, (product.title,), page)

    def terms(self, candidate: Candidate) -> Chosen:
        """A picture with who is to be named and what is to be disclosed beside it, in the creator's language."""
        owner, known = candidate.entry.owner, candidate.rights or Rights()
        byline = self.catalog.bylines[owner]
        spoken = voice(self.site, byline.locale, byline.markets)
        # There is no link beside a picture and no code in it, so that nobody earns by these.
        ties = [(tuple(each for each in related if each not in LINKED), brand) for related, brand in candidate.ties]
        source = pictures.file_of(candidate.entry, candidate.image)
        told = PictureTerms(
            file=f"{owner}/{candidate.kind}-{candidate.entry.id}-{candidate.number}.{'png' if PNG(source) else 'jpg'}",
            creator=owner,
            name=byline.name,
            credit=minors.untold(known.credit, owner, self.live) or byline.name,
            channels=tuple(each.value for each in known.channels or Channel),
            until=known.until,
            disclosure=tuple(badge.text for badge in parts.badges_of(ties, spoken)),
            products=candidate.products,
            alt=candidate.image.alt,
            page=self.site.url + candidate.page,
        )
        return Chosen(told, source)


def picture(root: Path, chosen: Chosen) -> bytes:
    """The picture itself, whole, upright and without what a camera noted. Raises `Unusable` and `OSError`."""
    from PIL import Image as Pillow
    from PIL import ImageOps

    path = str(root / chosen.source)
    out = io.BytesIO()
    with sources.unwarned(), sources.opened(sources.read(path, os.lstat(path))) as stored:
        profile = stored.info.get("icc_profile")
        image = pixels.in_srgb(ImageOps.exif_transpose(stored), profile)
        if chosen.terms.file.endswith(".png"):
            image.save(out, "PNG")
        else:
            if image.mode == "RGBA":
                image = Pillow.alpha_composite(Pillow.new("RGBA", image.size, WHITE), image)
            image.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def document(found: Iterable[Chosen]) -> bytes:
    """Who is to be named and what is to be disclosed beside each picture, as JSON."""
    return msgspec.json.format(msgspec.json.encode([each.terms for each in found]), indent=2) + b"\n"
