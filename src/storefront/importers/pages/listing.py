"""Listing: things put at the end of a creator's list, in its own file or in her one file, each once."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from storefront import editing
from storefront.content import CONTENT
from storefront.editing import Document, Scalar, Sequence
from storefront.editing import Mapping as Keys
from storefront.editing.order import keys_of
from storefront.records import Curation
from storefront.vocabulary.curation import Item, List
from storefront.vocabulary.influencer import Influencer


class Home(Struct, frozen=True):
    """Where a list stands: its file, the keys that lead to it there, and whether it is new; of a new file too."""

    file: str
    path: tuple[str, ...]
    is_new: bool
    new_file: bool = False


def home(curation: Curation, creator: str, name: str) -> Home:
    """Where a list of a creator of the site stands, or shall stand."""
    known = curation.lists.get((creator, name))
    if known:
        return Home(known.origin.source.file, tuple(map(str, known.origin.path)), is_new=False)
    file = curation.influencers[creator].origin.source.file
    if file.endswith("/profile.yaml"):
        return Home(f"{CONTENT}/influencers/{creator}/lists/{name}.yaml", (), is_new=True, new_file=True)
    return Home(file, ("lists", name), is_new=True)


def listed(before: str, where: Home, title: str, items: Iterable[Mapping[str, Any]]) -> tuple[str, int]:
    """The text of a list's file with things added to it, and how many were not there yet."""
    document = Document([], Keys()) if where.new_file and not before else editing.read(before, where.file)
    entries = _list(document.root, where, title)
    there = {_known(entry.node) for entry in entries.entries}
    added = 0
    for item in items:
        key = item.get("product") or item.get("link")
        if key not in there:
            there.add(str(key))
            editing.append(entries, {name: item[name] for name in keys_of(Item) if item.get(name)})
            added += 1
    return (editing.written(document) if added else before), added


def _list(root: Keys, where: Home, title: str) -> Sequence:
    """The things of the list; it is made where it is not there."""
    holder = root
    for step, order in zip(where.path, (keys_of(Influencer), ()), strict=False):
        if editing.find(holder, step) is None:
            editing.put(holder, step, {}, order)
        entry = editing.find(holder, step)
        assert entry  # noqa: S101  just put
        if not isinstance(entry.node, Keys):
            entry.node = Keys()
        entry.node.flow = False
        holder = entry.node
    if editing.find(holder, "title") is None:
        editing.put(holder, "title", title, keys_of(List))
    if editing.find(holder, "items") is None:
        editing.put(holder, "items", [], keys_of(List))
    items = editing.find(holder, "items")
    assert items  # noqa: S101  just put
    if not isinstance(items.node, Sequence):
        items.node = Sequence()
    items.node.flow = False
    return items.node


def _known(item: Any) -> str | None:
    """What a thing of a list is told by: its product, else its address."""
    for key in ("product", "link"):
        entry = editing.find(item, key)
        if entry and isinstance(entry.node, Scalar) and entry.node.value:
            return entry.node.value
    return None
