"""Recalls: what must be told wherever a product is shown."""

from typing import Annotated

from storefront.vocabulary.common import Part, Record
from storefront.vocabulary.scalars import Date, Line, Slug, Text, Url, doc


class Recall(Record, frozen=True, kw_only=True):
    """One recall, shown on every page, in every feed and in every embed with one of its products."""

    id: Annotated[Slug, doc("Its name, once in the file.")]
    products: Annotated[tuple[Slug, ...], doc("The ids of the products that it is about.")]
    date: Annotated[Date, doc("The day it was made known.")]
    notice: Annotated[Text, doc("What is wrong and what to do, as its maker says it.")]
    lots: Annotated[tuple[Line, ...], doc("The lots or serial numbers concerned. Default: all.")] = ()
    url: Annotated[Url | None, doc("The notice of the manufacturer or an authority.")] = None
    stop_sale: Annotated[bool, doc("true: these products have no shop link and no code.")] = False


class Recalls(Part, frozen=True, kw_only=True):
    """`content/recalls.yaml`: all recalls, the newest first."""

    recalls: Annotated[tuple[Recall, ...], doc("The recalls.")] = ()
