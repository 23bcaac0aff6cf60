"""Remarks: what creators say of a brand's products in posts and on lists; with reviews, all that is said of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain

from storefront.catalog.facts import Byline, Fact, ListFact, Pick, PostFact
from storefront.catalog.review_facts import ReviewFact
from storefront.catalog.trade import RecallFact
from storefront.vocabulary.common import Relationship

Ties = tuple[tuple[tuple[Relationship, ...], str], ...]
Sides = tuple[tuple[tuple[tuple[Relationship, str], ...], str], ...]


class Kind(StrEnum):
    """Where something is said."""

    REVIEW = "review"
    POST = "post"
    PICK = "pick"


class Remark(Fact, frozen=True, kw_only=True):
    """What a creator says of a brand's products in a review or a post, or of one of them on a list.

    `id` and `title` are those of the review, post or list, and `anchor` is the pick in it; there is no price, link or
    mean, which change with others' records. `day` is when it was written, or when the list was last gone through.
    `ties` are relationships with their brand, of all that a post shows.
    """

    kind: Kind
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
    sides: Sides = ()  # ties to competitors of a brand, with that brand
    recalls: tuple[RecallFact, ...] = ()
    review: ReviewFact | None = None


def of_brands(
    lists: Iterable[ListFact], posts: Iterable[PostFact], reviews: Iterable[ReviewFact]
) -> dict[str, list[Remark]]:
    """All that is said, by brand: the newest first, what has no day last; on one day, in order of name."""
    found: dict[str, list[Remark]] = defaultdict(list)
    for brand, remark in chain(_of_reviews(reviews), _of_posts(posts), _of_lists(lists)):
        found[brand].append(remark)
    for said in found.values():
        said.sort(key=name_of)
        said.sort(key=lambda each: each.day or "", reverse=True)
    return dict(found)


def name_of(said: Remark) -> str:
    """What tells one from all others that are said of a brand: its kind, creator and id, and a product where it is one.

    It is `kind/handle/id`, and after that of a review its product, after that of a pick its anchor and product.
    """
    name = f"{said.kind.value}/{said.byline.handle}/{said.id}"
    if said.kind is Kind.POST:
        return name
    product = said.products[0][0]
    return f"{name}/{said.anchor}/{product}" if said.anchor else f"{name}/{product}"


def _of_reviews(reviews: Iterable[ReviewFact]) -> Iterator[tuple[str, Remark]]:
    for review in reviews:
        yield (
            review.brand,
            Remark(
                ref=f"remark:{review.ref}",
                kind=Kind.REVIEW,
                byline=review.byline,
                id=review.id,
                title=review.title or "",
                day=review.date,
                products=((review.product, review.product_title),),
                ties=((review.relationships, review.brand_name),),
                sides=((review.rivals, review.brand_name),) if review.rivals else (),
                recalls=review.recalls,
                review=review,
            ),
        )


def _of_posts(posts: Iterable[PostFact]) -> Iterator[tuple[str, Remark]]:
    """A post, once for each brand that it shows something of."""
    for post in posts:
        brands: dict[str, list[Pick]] = defaultdict(list)
        for pick in post.picks:
            if pick.thing:
                brands[pick.thing.brand].append(pick)
        ties = dict.fromkeys((pick.relationships, pick.tie) for pick in post.picks)
        if post.ties:
            ties[post.ties, post.tied_to] = None
        for brand, picks in brands.items():
            sides = dict.fromkeys((pick.rivals, pick.tie) for pick in picks if pick.rivals)
            things = {pick.thing.id: pick.thing for pick in picks if pick.thing}
            yield (
                brand,
                Remark(
                    ref=f"remark:{brand}/post/{post.byline.handle}/{post.id}",
                    kind=Kind.POST,
                    byline=post.byline,
                    id=post.id,
                    title=post.title,
                    day=post.date,
                    products=tuple((thing.id, thing.title) for thing in things.values()),
                    caption=post.caption,
                    notes=tuple(pick.note for pick in picks if pick.note),
                    ties=tuple(ties),
                    sides=tuple(sides),
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
                        kind=Kind.PICK,
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
                        ties=((pick.relationships, pick.tie),),
                        sides=((pick.rivals, pick.tie),) if pick.rivals else (),
                        recalls=thing.recalls,
                    ),
                )
