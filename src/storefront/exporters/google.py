"""Google's product-review feed 2.4 (developers.google.com/product-review-feeds/schema): the order of elements is fixed.

The feed is for reviews that a publisher collected itself, so only those of the site's own people are in it. It wants a
rating and words of every review, and none by somebody with a stake in the thing; those without are counted.
"""

from collections.abc import Iterable, Iterator

from storefront.exporters.reviews import OWN, Exported
from storefront.exporters.xml import element, escaped
from storefront.pages.jsonld import INSIDERS

VERSION = "2.4"
HEAD = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:noNamespaceSchemaLocation="http://www.google.com/shopping/reviews/schema/product/{VERSION}/product_reviews.xsd">
"""


def fits(review: Exported) -> bool:
    """Whether the feed may have a review."""
    insider = not INSIDERS.isdisjoint(review.relationships)
    return review.origin == OWN and review.rating is not None and bool(_content(review)) and not insider


def feed(reviews: Iterable[Exported], publisher: str) -> bytes:
    """The feed of all reviews that fit."""
    return "".join([HEAD, *_feed(list(filter(fits, reviews)), publisher), "</feed>\n"]).encode()


def _feed(reviews: list[Exported], publisher: str) -> Iterator[str]:
    yield f"<version>{VERSION}</version>\n"
    yield f"<publisher>{element('name', publisher)}</publisher>\n"
    if reviews:
        yield "<reviews>\n"
        yield from map(_review, reviews)
        yield "</reviews>\n"


def _review(review: Exported) -> str:
    parts = (
        element("review_id", review.review_id),
        f"<reviewer>{element('name', review.reviewer)}</reviewer>",
        _truth("is_verified_purchase", review.is_verified_purchase),
        _truth("is_incentivized_review", review.is_incentivized_review),
        element("review_timestamp", f"{review.date}T00:00:00Z"),
        element("title", review.title),
        element("content", _content(review)),
        element("review_language", (review.language or "").partition("-")[0]),
        _list("pros", "pro", review.pros),
        _list("cons", "con", review.cons),
        f'<review_url type="group">{escaped(review.review_url)}</review_url>',
        _images(review.pictures),
        f'<ratings><overall min="1" max="5">{review.rating:g}</overall></ratings>',
        f"<products><product>{_product(review)}</product></products>",
    )
    return "\n".join(["<review>", *filter(None, parts), "</review>", ""])


def _content(review: Exported) -> str:
    """The words: what was received for them first, as on the page, then the review, then what was added later.

    Empty when the reviewer has written nothing.
    """
    later = [f"{update['date']}: {update['text']}" for update in review.updates]
    said = [text for text in (review.content, *later) if text]
    return "\n\n".join([text for text in (review.disclosure, *said) if text]) if said else ""


def _product(review: Exported) -> str:
    ids = [
        _list("gtins", "gtin", [review.gtin] if review.gtin else ()),
        _list("mpns", "mpn", [review.mpn] if review.mpn else ()),
        _list("brands", "brand", [review.brand]),
    ]
    name = element("product_name", review.product_name)
    return f"<product_ids>{''.join(ids)}</product_ids>{name}{element('product_url', review.product_url)}"


def _list(around: str, name: str, texts: Iterable[str]) -> str:
    inner = "".join(element(name, text) for text in texts)
    return f"<{around}>{inner}</{around}>" if inner else ""


def _images(addresses: Iterable[str]) -> str:
    """The reviewer's own pictures."""
    inner = "".join(f"<reviewer_image>{element('url', each)}</reviewer_image>" for each in addresses)
    return f"<reviewer_images>{inner}</reviewer_images>" if inner else ""


def _truth(name: str, value: bool | None) -> str:  # noqa: FBT001  a value, not a switch
    return "" if value is None else f"<{name}>{str(value).lower()}</{name}>"
