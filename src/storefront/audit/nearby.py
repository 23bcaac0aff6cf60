"""Looking closely: what can be read around a link, before it, after it and out of sight, in any markup.

This is slow, and asked only where the markup is not what the shipped theme writes, or is wrong.
"""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field
from turbohtml import Document, DocumentFragment, Element, Node, Text

from storefront.audit.house import CLOSED, House
from storefront.audit.judging import folded

# What holds a whole page: a label that shares nothing nearer with a link stands beside no link.
WHOLE = frozenset({"html", "body", "main"})


class Around(Struct):
    """The texts of a card that may be labels: those that can be read before its link and after it, and others."""

    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)


def around(element: Element, wanted: Sequence[str], house: House, is_other: Callable[[Element], bool]) -> Around:
    """What stands in the card of an element, which ends where another thing's begins (`is_other`).

    A text may be a label when it is one that is wanted, or has the class of labels.
    """
    found = Around()
    card = card_of(element, is_other)
    passed = False
    for node, text, seen in _texts(card, house, seen=house.open(card)):
        passed = passed or (element is not card and (node == element or element in node.ancestors))
        is_label = isinstance(node, Element) and node.has_class("badge")
        if not is_label and text not in wanted:
            continue
        whole = seen and (isinstance(node, Text) or all(each[2] for each in _texts(node, house, seen=True)))
        here = found.unseen if not whole else found.after if passed else found.before
        if not here or here[-1] != text:  # an element and the one text in it say the same
            here.append(text)
    return found


def card_of(element: Element, is_other: Callable[[Element], bool]) -> Element:
    """The largest element around a thing that holds no other one."""
    card: Element = element
    above = element.parent
    while isinstance(above, Element) and above.tag not in WHOLE and not is_other(above):
        card, above = above, above.parent
    return card


def turned(document: Document, house: House) -> Iterator[Element]:
    """The anchors that stand beside labels where the stylesheet changes the order of what is beside each other."""
    for moved in document.select(house.reordered) if house.reordered else ():
        for within in (moved, moved.parent):
            if isinstance(within, Element) and within.tag not in WHOLE and within.select_one(".badge") is not None:
                for child in within:
                    if isinstance(child, Element) and child.select_one(".badge") is None:
                        yield from [child] if child.tag == "a" else child.select("a[href]")


def _texts(node: Node, house: House, *, seen: bool) -> Iterator[tuple[Node, str, bool]]:
    """Every element and every text below an element, with its words and whether they can be seen."""
    closed = isinstance(node, Element) and node.matches(CLOSED)
    for child in node:
        if isinstance(child, Text):
            yield child, folded(child.data), seen and not closed
        elif isinstance(child, DocumentFragment):  # what a template holds
            yield from _texts(child, house, seen=seen)
        elif isinstance(child, Element):
            shown = seen and not house.hides(child)
            yield child, folded(child.text), shown
            yield from _texts(child, house, seen=shown)


def readable(node: Element, house: House, until: Element | None = None, *, unfolded: bool = False) -> str:
    """All that can be read in an element, up to another one in it.

    `unfolded`: as soon as the element itself is seen, which may stand behind a fold.
    """
    words = []
    for each, text, seen in _texts(node, house, seen=unfolded or house.open(node)):
        if each == until:
            break
        if seen and isinstance(each, Text):
            words.append(text)
    return folded(" ".join(words))


def saying(node: Node, words: str, house: House) -> list[Element]:
    """The elements in which words can be read that stand in no element of their own within them."""
    return [
        each.parent
        for each, text, seen in _texts(node, house, seen=True)
        if seen and words in text and isinstance(each, Text) and isinstance(each.parent, Element)
    ]


def titled(node: Element, title: str, house: House) -> list[Element]:
    """The elements that hold a title and nothing else: how a thing is found whose element has no name."""
    wanted = folded(title)
    return [
        each.parent
        for each, text, seen in _texts(node, house, seen=True)
        if seen and text == wanted and isinstance(each, Text) and isinstance(each.parent, Element)
    ]
