"""Which pictures the site shows, in which kinds of places, and the shots made of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from storefront.catalog.live import Live
from storefront.catalog.shots import Crop, Shot
from storefront.content import CONTENT, Origin
from storefront.images import Picture, Source
from storefront.problems import KeyPath
from storefront.records import Entry
from storefront.vocabulary.common import Image
from storefront.vocabulary.curation import Post, Review

# In which kinds of places (by their names in themes) the picture of a key stands. The one that shows most is first.
AVATAR = ("portrait", "face")
BANNER = ("banner",)
CARD = ("card",)
PRODUCT = ("product", "card")
FURTHER = ("product",)
POST = ("post", "teaser")
FURTHER_POST = ("post",)
REVIEW = ("post",)
LOGO = ("logo",)

Key = tuple[str, tuple[float, float] | None]


class ShownPicture(Struct, frozen=True):
    """A picture that a record shows: its file from the site's root, where it is named, and the slots it stands in."""

    file: str
    focus: tuple[float, float] | None
    slots: tuple[str, ...]
    origin: Origin
    path: KeyPath

    @property
    def key(self) -> Key:
        """What is made of it is the same for equal keys."""
        return (self.file, self.focus)


class Made(Struct, frozen=True):
    """What becomes of a picture file around a focal point, and what is known of the file."""

    picture: Picture
    source: Source


MadeOf = Mapping[Key, Made]


def file_of(entry: Entry[Any], image: Image) -> str:
    """The file a record's picture is, from the site's root."""
    return f"{CONTENT}{image.src}" if image.src.startswith("/") else f"{entry.home}/{image.src}"


def shown_pictures(live: Live) -> Iterator[ShownPicture]:
    """Every picture of what is shown now; nothing of drafts, of what is embargoed or over."""
    for influencer in live.influencers.values():
        yield from _of(influencer, influencer.record.avatar, AVATAR, "avatar")
        yield from _of(influencer, influencer.record.banner, BANNER, "banner")
    for entry in live.lists.values():
        yield from _of(entry, entry.record.cover, BANNER, "cover")
        for index, item in live.items(entry):
            yield from _of(entry, item.image, CARD, "items", index, "image")
    for post in live.posts.values():
        yield from _media(post, live, POST, FURTHER_POST)
    for review in live.reviews.values():
        yield from _media(review, live, REVIEW, REVIEW)
    for product in live.products.values():
        for index, image in enumerate(product.record.images):
            yield from _of(product, image, FURTHER if index else PRODUCT, "images", index)
    for snippet in live.snippets.values():
        yield from _of(snippet, snippet.record.image, CARD, "image")
    for brand in live.brands.values():
        yield from _of(brand, brand.record.logo, LOGO, "logo")


def _media(
    entry: Entry[Post] | Entry[Review], live: Live, first: tuple[str, ...], others: tuple[str, ...]
) -> Iterator[ShownPicture]:
    """The pictures of a post or review."""
    for index, image in enumerate(live.media(entry)):
        yield from _of(entry, image, others if index else first, "media", index)


def _of(
    entry: Entry[Any],
    image: Image | None,
    slots: tuple[str, ...],
    *path: str | int,
) -> Iterator[ShownPicture]:
    if image:
        yield ShownPicture(file_of(entry, image), image.focus, slots, entry.origin, (*path, "src"))


def shot(
    entry: Entry[Any],
    image: Image | None,
    slots: tuple[str, ...],
    made: MadeOf,
) -> Shot | None:
    """The shot of a record's picture for some slots; None without a picture, or while its file has a problem.

    None, too, where an edit puts it into a kind of place for which it was not made; everything is read for that.
    """
    found = made.get((file_of(entry, image), image.focus)) if image else None
    if found is None or image is None or not found.picture.slots.keys() >= set(slots):
        return None
    picture, source = found.picture, found.source
    return Shot(
        crops=tuple((slot, _crop(picture, slot)) for slot in slots),
        share=(picture.share.name, picture.share.width, picture.share.height),
        colour=None if source.clear else source.colour,
        alt=image.alt,
    )


def shots(
    entry: Entry[Any],
    images: tuple[Image, ...],
    first: tuple[str, ...],
    others: tuple[str, ...],
    made: MadeOf,
) -> tuple[Shot, ...]:
    """The shots of several pictures, of which the first stands in other slots than all others."""
    found = (shot(entry, image, others if index else first, made) for index, image in enumerate(images))
    return tuple(each for each in found if each)


def _crop(picture: Picture, slot: str) -> Crop:
    shown = picture.slots[slot]
    return Crop(name=shown.name, sizes=shown.sizes, fallback=shown.fallback, part=shown.part, focus=shown.focus)
