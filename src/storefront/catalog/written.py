"""What creators, brands and squads write, each text with the keys that lead to it: all that a page can show of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from storefront.problems import KeyPath
from storefront.vocabulary.common import Image, Rights
from storefront.vocabulary.community import Squad
from storefront.vocabulary.curation import Item, List, Post, Promo, Review
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.product import Product

Written = tuple[str, KeyPath]


def of_list(entry: List) -> Iterator[Written]:
    """A list's own texts, without its items'."""
    yield from _given({"title": entry.title, "intro": entry.intro})
    yield from _pictured(entry.cover, ("cover",))


def of_item(item: Item) -> Iterator[Written]:
    """An item's texts, by the keys within it."""
    for key in ("note", "why", "reason", "title", "badge", "variant", "used_for", "brand"):
        if text := getattr(item, key):
            yield text, (key,)
    if item.fit:
        yield item.fit.size_worn, ("fit", "size_worn")
    yield from _pictured(item.image, ("image",))


def of_post(post: Post) -> Iterator[Written]:
    """A post's texts, without its products' notes."""
    yield from _given({"title": post.title, "caption": post.caption})
    yield from _alternatives(post.media)
    yield from _credited(post.rights)


def of_review(review: Review) -> Iterator[Written]:
    """A review's texts, the brand's answers among them."""
    yield from _given({"title": review.title, "body": review.body, "used_for": review.used_for})
    yield from _several("pros", review.pros)
    yield from _several("cons", review.cons)
    for aspect in review.aspects:
        yield aspect, ("aspects", aspect)
    for index, update in enumerate(review.updates):
        yield from _given({"text": update.text, "after": update.after}, ("updates", index))
    for index, response in enumerate(review.responses):
        yield response.text, ("responses", index, "text")
        yield from _several("steps", response.steps, ("responses", index))
    if review.verification and review.verification.by:
        yield review.verification.by, ("verification", "by")
    yield from _alternatives(review.media)
    yield from _credited(review.rights)


def of_promo(promo: Promo) -> Iterator[Written]:
    """A code's texts."""
    told = {"title": promo.title, "free_gift_description": promo.free_gift_description, "fine_print": promo.fine_print}
    yield from _given(told)


def of_influencer(influencer: Influencer) -> Iterator[Written]:
    """The texts of a profile, without those of lists, posts, reviews, snippets and codes."""
    for key in ("name", "pronouns", "tagline", "bio"):
        if text := getattr(influencer, key):
            yield text, (key,)
    yield from _several("interests", influencer.interests)
    yield from _several("expertise", influencer.expertise)
    for index, section in enumerate(influencer.sections):
        yield section.title, ("sections", index, "title")
    if influencer.location and influencer.location.city:
        yield influencer.location.city, ("location", "city")
    yield from _pictured(influencer.avatar, ("avatar",))
    yield from _pictured(influencer.banner, ("banner",))


def of_product(product: Product) -> Iterator[Written]:
    """A product's texts."""
    yield from _given({"title": product.title, "description": product.description})
    for key, pairs in (("specs", product.specs), ("highlights", product.highlights)):
        for name, text in pairs.items():
            yield f"{name}: {text}", (key, name)
    yield from _several("best_for", product.best_for)
    yield from _several("not_for", product.not_for)


def of_squad(squad: Squad) -> Iterator[Written]:
    """A squad's texts."""
    yield from _given({"name": squad.name, "steward": squad.steward, "about": squad.about, "city": squad.city})
    for name, shared in squad.lists.items():
        yield from _given({"title": shared.title, "intro": shared.intro}, ("lists", name))


def _given(texts: Mapping[str, str | None], path: KeyPath = ()) -> Iterator[Written]:
    return ((text, (*path, key)) for key, text in texts.items() if text)


def _several(key: str, texts: Iterable[str], path: KeyPath = ()) -> Iterator[Written]:
    return ((text, (*path, key, index)) for index, text in enumerate(texts))


def _pictured(image: Image | None, path: KeyPath) -> Iterator[Written]:
    if image:
        yield image.alt, (*path, "alt")


def _alternatives(media: Collection[Image]) -> Iterator[Written]:
    """What stands for pictures where nobody sees them."""
    return ((image.alt, ("media", index, "alt")) for index, image in enumerate(media))


def _credited(rights: Rights | None) -> Iterator[Written]:
    if rights:
        yield from _given({"holder": rights.holder, "credit": rights.credit}, ("rights",))
