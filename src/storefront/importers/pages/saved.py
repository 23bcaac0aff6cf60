"""A saved page: its address, its data for search engines, its links, and pictures that lie beside it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import turbohtml
from turbohtml import Document

from storefront.importers.texts import MAX_BYTES
from storefront.problems import Place, Problem, ProblemsFound

# What browsers write at the top of a page that they save.
_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
MAX_DEPTH = 12  # levels of structured data that are looked into
Data = Mapping[str, Any]


class Page:
    """A page that was saved or fetched; `url` is its address as far as it is known. Raises `ProblemsFound`."""

    def __init__(self, data: bytes, file: str, url: str = "") -> None:
        if len(data) > MAX_BYTES:
            message = f"the page is larger than {MAX_BYTES // 1024 // 1024} MB"
            raise ProblemsFound([Problem("unreadable", message, Place(file), "Save it as HTML only.")])
        self.file = file
        self.document: Document = turbohtml.parse(data)
        self.metas = self._metas()
        found = _FROM.search(data[:4096])
        saved = found[1].decode("ascii", "replace") if found else ""
        canonical = next((each.attr("href") for each in self.document.select('link[rel~="canonical"]')), "") or ""
        base = url or saved
        told = (joined(base, each) for each in (canonical, self.meta("og:url"), base) if each)
        self.url = next(filter(None, told), "")

    def _metas(self) -> dict[str, str]:
        metas: dict[str, str] = {}
        for each in self.document.find_all("meta"):
            name = str(each.attr("property") or each.attr("name") or "").lower()
            if name:
                metas.setdefault(name, str(each.attr("content") or "").strip())
        return metas

    def meta(self, *names: str) -> str:
        """What the first of some meta elements says that says anything."""
        return next((self.metas[name] for name in names if self.metas.get(name)), "")

    def text(self, selector: str) -> str:
        """The words of the first element that a selector finds."""
        found = self.document.select_one(selector)
        return " ".join(str(found.text).split()) if found else ""

    def things(self, *types: str) -> Iterator[Data]:
        """Things of schema.org of some types, in JSON-LD first and then in microdata."""
        for data in (*self.document.json_ld(), *(_plain(each) for each in self.document.microdata())):
            yield from (each for each in _within(data, 0) if _types(each) & set(types))

    def links(self) -> Iterator[tuple[str, str, Place]]:
        """The address, the words and the place of each link that leads somewhere."""
        for each in self.document.find_all("a"):
            url = joined(self.url, str(each.attr("href") or "").strip())
            words = " ".join(str(each.text or each.attr("title") or each.attr("aria-label") or "").split())
            if url:
                yield url, words, Place(self.file, each.source_line or 1, (each.source_col or 0) + 1)

    def picture_names(self) -> list[str]:
        """What the files of its product's pictures are called, the best first."""
        images = [image for thing in self.things("Product", "ProductGroup") for image in _texts(thing.get("image"))]
        images += [each for each in (self.meta("og:image"),) if each]
        names = (unquote(urlsplit(joined(self.url, image)).path).rpartition("/")[2] for image in images)
        return list(dict.fromkeys(name for name in names if name))


def joined(base: str, url: str) -> str:
    """The web address that an address on a page means; "" for what is none."""
    try:
        made = urljoin(base, url)
        return made if urlsplit(made).scheme in {"http", "https"} and urlsplit(made).hostname else ""
    except ValueError:
        return ""


def text_of(value: Any) -> str:
    """The text of a value of structured data: of a list its first, of a thing its name or address."""
    return next(iter(_texts(value)), "")


def _texts(value: Any) -> list[str]:
    match value:
        case str():
            return [value.strip()] if value.strip() else []
        case bool() | None:
            return []
        case int() | float():
            return [str(value)]
        case list():
            return [text for each in value for text in _texts(each)]
        case dict():
            found = (_texts(value.get(key)) for key in ("name", "@value", "url", "contentUrl", "@id"))
            return next((texts for texts in found if texts), [])
    return []


def _types(thing: Data) -> set[str]:
    told = thing.get("@type", ())
    return {str(each).rpartition("/")[2] for each in (told if isinstance(told, list) else [told])}


def _within(value: Any, depth: int) -> Iterator[Data]:
    """A value and everything in it that is a thing."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _within(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(inner, depth + 1)


def _plain(item: Any, depth: int = 0) -> Any:
    """Microdata in the shape of JSON-LD."""
    if depth > MAX_DEPTH or not hasattr(item, "properties"):
        return item
    made: dict[str, Any] = {
        name: [_plain(each, depth + 1) for each in found] for name, found in item.properties.items()
    }
    return made | {"@type": [str(each).rpartition("/")[2] for each in str(item.type or "").split()]}
