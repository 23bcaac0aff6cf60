"""Which pictures the site shows, and the shots made of them."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from storefront.catalog.facts import Shot
from storefront.catalog.live import Live
from storefront.content import CONTENT, Origin
from storefront.records import Entry
from storefront.vocabulary.common import Image


class Wanted(Struct, frozen=True):
    """A picture that a record shows: its file from the site's root, and where it is named."""

    file: str
    origin: Origin
    path: tuple[str | int, ...]


class Made(Struct, frozen=True):
    """What becomes of a picture file: names under media/ with width and height, and the one for link previews."""

    variants: tuple[tuple[str, int, int], ...]
    share: tuple[str, int, int]


def file_of(entry: Entry[object], image: Image) -> str:  # type: ignore[type-var]
    """The file a record's picture is, from the site's root."""
    return f"{CONTENT}{image.src}" if image.src.startswith("/") else f"{entry.home}/{image.src}"


def wanted(live: Live) -> Iterator[Wanted]:
    """Every picture of what is shown now; nothing of drafts, of what is embargoed or over."""
    for influencer in live.influencers.values():
        yield from _of(influencer, (influencer.record.avatar, ("avatar",)), (influencer.record.banner, ("banner",)))
    for entry in live.lists.values():
        yield from _of(entry, (entry.record.cover, ("cover",)))
        yield from _of(entry, *((item.image, ("items", index, "image")) for index, item in live.items(entry)))
    for post in live.posts.values():
        yield from _of(post, *((image, ("media", index)) for index, image in enumerate(post.record.media)))
    for product in live.products.values():
        yield from _of(product, *((image, ("images", index)) for index, image in enumerate(product.record.images)))
    for brand in live.brands.values():
        yield from _of(brand, (brand.record.logo, ("logo",)))


def _of(entry: Entry, *images: tuple[Image | None, tuple[str | int, ...]]) -> Iterator[Wanted]:  # type: ignore[type-arg]
    for image, path in images:
        if image:
            yield Wanted(file_of(entry, image), entry.origin, (*path, "src"))


def shot(entry: Entry, image: Image | None, made: Mapping[str, Made]) -> Shot | None:  # type: ignore[type-arg]
    """The shot of a record's picture; None without a picture, or while its file has a problem."""
    found = made.get(file_of(entry, image)) if image else None
    return Shot(variants=found.variants, share=found.share, alt=image.alt) if found and image else None
