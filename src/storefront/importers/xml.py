"""XML, one element of a kind at a time, with the line and column of each: no document type, no entities, few levels."""

from collections.abc import Callable
from xml.parsers import expat  # no entity can be declared: a document type ends the reading

from msgspec import Struct

from storefront.importers.texts import MAX_BYTES
from storefront.problems import Place, Problem, ProblemsFound

MAX_DEPTH = 16
MAX_ELEMENTS = 200_000  # at a time: what is handed over is forgotten


class Element(Struct):
    """An element with all that is in it."""

    name: str
    attributes: dict[str, str]
    place: Place
    text: str
    inner: list["Element"]

    def all(self, *path: str) -> list["Element"]:
        """The elements at the end of a path of names."""
        found = [self]
        for name in path:
            found = [each for element in found for each in element.inner if each.name == name]
        return found

    def first(self, *path: str) -> str:
        """The text of the first of them; nothing when there is none."""
        return next((each.text.strip() for each in self.all(*path)), "")


class _Refused(Exception):
    """The document does what no feed does."""


def read(data: bytes, file: str, name: str, take: Callable[[Element, Element], None]) -> Problem | None:
    """Hand each element called `name` to `take`, with what came before it at the root; gives why it ended early.

    Raises `ProblemsFound` when the file is too large.
    """
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1024 // 1024} MB"
        raise ProblemsFound([Problem("unreadable", message, Place(file), "Divide it.")])
    builder = _Builder(file, name, take)
    try:
        builder.parser.Parse(data, True)  # noqa: FBT003  expat takes no keywords
    except expat.ExpatError as error:
        place = Place(file, error.lineno, error.offset + 1)
        hint = "Export the file again; what stands before this place was read."
        return Problem("unreadable", f"this is no XML: {expat.ErrorString(error.code)}", place, hint)
    except (_Refused, ValueError, LookupError) as error:
        place = Place(file, builder.parser.CurrentLineNumber, builder.parser.CurrentColumnNumber + 1)
        return Problem("unreadable", str(error), place, "Export the file again.")
    return None


class _Builder:
    """Builds elements as they come; those that were handed over are forgotten."""

    def __init__(self, file: str, name: str, take: Callable[[Element, Element], None]) -> None:
        self.file, self.name, self.take = file, name, take
        self.root = Element("", {}, Place(file), "", [])
        self.open = [self.root]
        self.count = 0
        self.before: list[int] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.refuse

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) > MAX_DEPTH:
            raise _Refused(f"elements are nested deeper than {MAX_DEPTH}")
        if name == self.name:
            self.before.append(self.count)
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise _Refused(f"there are more than {MAX_ELEMENTS:,} elements in one place")
        place = Place(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        element = Element(name, attributes, place, "", [])
        self.open[-1].inner.append(element)
        self.open.append(element)

    def end(self, name: str) -> None:
        element = self.open.pop()
        if name == self.name:
            self.open[-1].inner.pop()
            self.count = self.before.pop()
            self.take(element, self.root)

    def text(self, text: str) -> None:
        self.open[-1].text += text

    def refuse(self, *_: object) -> None:
        raise _Refused("the file declares a document type, which a feed has no use for")
