"""Remarks: what creators say of a brand's products in posts and on lists; with reviews, all that is said of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from storefront.catalog.facts import Byline, Fact, ListFact, Pick, PostFact, ReviewFact
from storefront.catalog.trade import RecallFact
from storefront.vocabulary.common import Relationship

Ties = tuple[tuple[tuple[Relationship, ...], str], ...]


class Remark(Fact, frozen=True, kw_only=True):
    """What a creator says of a brand's products in a post, or of one of them on a list; no price, link or mean.

    `id` and `title` are those of the post or list, and `anchor` is the pick in it. `day` is that of the post, or when
    the list was last gone through. `ties` are relationships with their brand, of all that a post shows.
    """

    byline: Byline
    id: str
    title: str
    anchor: str = ""
    day: str | None
    products: tuple[tuple[str, str], ...]
    caption: str | None = None
    notes: tuple[str, ...] = ()
    why: str | None = None
    retired: bool = False
    reason: str | None = None
    ties: Ties
    recalls: tuple[RecallFact, ...] = ()


Said = Remark | ReviewFact


def of_brands(
    lists: Iterable[ListFact], posts: Iterable[PostFact], reviews: Iterable[ReviewFact]
) -> dict[str, list[Said]]:
    """All that is said, by brand: the newest first, what has no day last; on one day, in order of name."""
    found: dict[str, list[Said]] = defaultdict(list)
    for review in reviews:
        found[review.brand].append(review)
    for brand, remark in _of_posts(posts):
        found[brand].append(remark)
    for brand, remark in _of_lists(lists):
        found[brand].append(remark)
    for said in found.values():
        said.sort(key=name_of)
        said.sort(key=lambda each: day_of(each) or "", reverse=True)
    return dict(found)


def name_of(said: Said) -> str:
    """What tells one from all others that are said of a brand: its kind, creator and id, and a product where it is one.

    It is `kind/handle/id`, and after that of a review its product, after that of a pick its anchor and product.
    """
    handle = said.byline.handle
    if isinstance(said, ReviewFact):
        return f"review/{handle}/{said.id}/{said.product}"
    if said.anchor:
        return f"pick/{handle}/{said.id}/{said.anchor}/{said.products[0][0]}"
    return f"post/{handle}/{said.id}"


def day_of(said: Said) -> str | None:
    """The day it was said, where that is known."""
    return said.date if isinstance(said, ReviewFact) else said.day


def _of_posts(posts: Iterable[PostFact]) -> Iterator[tuple[str, Remark]]:
    """A post, once for each brand that it shows something of."""
    for post in posts:
        brands: dict[str, list[Pick]] = defaultdict(list)
        for pick in post.picks:
            if pick.thing:
                brands[pick.thing.brand].append(pick)
        ties = dict.fromkeys((pick.relationships, pick.brand_name or pick.title) for pick in post.picks)
        if post.ties:
            ties[post.ties, post.tied_to] = None
        for brand, picks in brands.items():
            things = {pick.thing.id: pick.thing for pick in picks if pick.thing}
            yield (
                brand,
                Remark(
                    ref=f"remark:{brand}/post/{post.byline.handle}/{post.id}",
                    byline=post.byline,
                    id=post.id,
                    title=post.title,
                    day=post.date,
                    products=tuple((thing.id, thing.title) for thing in things.values()),
                    caption=post.caption,
                    notes=tuple(pick.note for pick in picks if pick.note),
                    ties=tuple(ties),
                    recalls=tuple(recall for thing in things.values() for recall in thing.recalls),
                ),
            )


def _of_lists(lists: Iterable[ListFact]) -> Iterator[tuple[str, Remark]]:
    """A pick with words, or one that is no longer recommended; one without either says nothing."""
    for entry in lists:
        for pick in entry.picks:
            thing = pick.thing
            if thing and (pick.note or pick.why or pick.retired):
                yield (
                    thing.brand,
                    Remark(
                        ref=f"remark:{thing.brand}/pick/{entry.byline.handle}/{entry.slug}/{pick.anchor}",
                        byline=entry.byline,
                        id=entry.slug,
                        title=entry.title,
                        anchor=pick.anchor,
                        day=entry.updated,
                        products=((thing.id, thing.title),),
                        notes=(pick.note,) if pick.note else (),
                        why=pick.why,
                        retired=pick.retired,
                        reason=pick.reason if pick.retired else None,
                        ties=((pick.relationships, thing.brand_name),),
                        recalls=thing.recalls,
                    ),
                )
