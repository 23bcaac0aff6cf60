"""Recalls on pages: whatever shows a recalled product says so before anything else, whichever page it is."""

from collections.abc import Iterable, Iterator
from typing import Any

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
    """The recalls of all products among a page's inputs, each once, the newest first."""
    found = {(recall.product, recall.id): recall for recall in _within(inputs)}
    return sorted(found.values(), key=lambda recall: (recall.date, recall.product, recall.id), reverse=True)


def _within(value: Any) -> Iterator[RecallFact]:
    if isinstance(value, RecallFact):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _within(each)
    elif isinstance(value, Struct) and not isinstance(value, SiteFact):
        for name in value.__struct_fields__:
            yield from _within(getattr(value, name))


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
