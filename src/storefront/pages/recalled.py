"""Recalls on pages: whatever shows a recalled product says so before anything else, whichever page it is."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from msgspec import Struct, structs

from storefront import locales
from storefront.catalog.facts import SiteFact
from storefront.catalog.trade import RecallFact
from storefront.escaping import escaped
from storefront.pages import routes, views
from storefront.pages.planned import Planned


def make_page(page: Planned) -> views.Sheet | bytes:
    """A page, with a notice of each recall of a product that it shows."""
    sheet = page.make(page.inputs)
    if not page.recalled or isinstance(sheet, bytes):
        return sheet
    found = recalls_in(page.inputs)
    if not found:
        return sheet
    site: SiteFact = page.inputs.site  # type: ignore[attr-defined]  # every page that is a sheet has one
    notices = tuple(notice(recall, sheet.page.lang, site.base) for recall in found)
    return structs.replace(sheet, page=structs.replace(sheet.page, recalls=notices))


def recalls_in(inputs: Any) -> list[RecallFact]:
    """The recalls of all products among a page's inputs, each once, the newest first.

    Only fields that can lead to one by their types are looked into: for the 831 pages of the demo that takes 8 ms of
    CPU, and looking into all of them 90.
    """
    found: dict[tuple[str, str], RecallFact] = {}
    values = [inputs]
    for value in values:  # which grows meanwhile
        if isinstance(value, tuple):
            values += value
        elif isinstance(value, RecallFact):
            found[value.product, value.id] = value
        elif isinstance(value, Struct):
            values += [getattr(value, name) for name in _leading(type(value))]
    return sorted(found.values(), key=lambda recall: (recall.date, recall.product, recall.id), reverse=True)


@cache
def _leading(kind: type[Struct]) -> tuple[str, ...]:
    """The fields of a struct that can lead to a recall; what the site says of itself has none to show."""
    types = {} if issubclass(kind, SiteFact) else _types(kind)
    return tuple(name for name, each in types.items() if name in kind.__struct_fields__ and _leads(each))


def _leads(annotation: Any) -> bool:
    """Whether a value of a type can be a recall or lead to one. A type that says too little can."""
    met: set[type] = set()
    types = [annotation]
    for each in types:  # which grows meanwhile
        if each in (RecallFact, Struct, Any, object, tuple):
            return True
        if get_args(each):
            types += () if get_origin(each) is Literal else get_args(each)
        elif not isinstance(each, type):
            if each is not ...:  # as in tuple[str, ...]
                return True
        elif issubclass(each, Struct) and each not in met and not issubclass(each, SiteFact):
            met.add(each)
            types += [*_types(each).values(), *each.__subclasses__()]
    return False


_types = cache(get_type_hints)  # which reads the annotations of a struct anew each time it is asked


def notice(recall: RecallFact, locale: str, base: str) -> views.Recall:
    """A recall in a page's words."""
    return views.Recall(
        title=locales.say(locale, "recall_of", product=recall.product_title),
        product=views.Link(text=recall.product_title, url=base + routes.product(recall.product)),
        day=views.Day(iso=recall.date, text=locales.day(recall.date, locale)),
        text=recall.notice,
        lots=locales.say(locale, "recall_lots", lots=", ".join(recall.lots)) if recall.lots else None,
        stop=locales.say(locale, "recall_stop") if recall.stop_sale else None,
        more=views.Link(text=locales.say(locale, "recall_more"), url=recall.url) if recall.url else None,
    )


def html(recalls: Iterable[RecallFact], locale: str) -> str:
    """Recalls as paragraphs, for feeds."""
    return "".join(
        f"<p><strong>{escaped(title)}</strong> {escaped(text)}</p>" for title, text in spoken(recalls, locale)
    )


def spoken(recalls: Iterable[RecallFact], locale: str) -> Iterator[tuple[str, str]]:
    """The title of each recall, and all else that is to be told of it."""
    for recall in recalls:
        told = notice(recall, locale, "")
        yield told.title, " ".join(filter(None, (told.text, told.lots, told.stop, recall.url)))
