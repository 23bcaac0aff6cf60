"""The edits that are measured, each of one line of one file, in a site's content and in the peers' data."""

import os
from collections.abc import Callable
from pathlib import Path

CHANGED = "One word changed."
Edit = Callable[[Path], None]


def replace_in(path: Path, key: str, value: str, after: str = "") -> None:
    """Change the first line of a file that has a key, after one that begins so.

    The file is a new one: links to the old one keep its text.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    first = next(i for i, line in enumerate(lines) if line.startswith(after))
    index = next(i for i, line in enumerate(lines) if i >= first and line.lstrip().startswith(key))
    lines[index] = lines[index].partition(key)[0] + key + value
    written(path, "\n".join(lines))


def written(path: Path, text: str) -> None:
    """Put a new file in a file's place."""
    aside = path.with_suffix(".new")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, path)


def first(root: Path) -> None:
    """Another creator's words; the first edit of a site also makes the tree that later ones are published with."""
    replace_in(root / "content/influencers/creator-0.yaml", "note:", f" {CHANGED}")


def note(root: Path) -> None:
    """A creator's words about a thing: on her page, in its list, on its product's page, in her document."""
    replace_in(root / "content/influencers/creator-1.yaml", "note:", f" {CHANGED}")


def price(root: Path) -> None:
    """A product's price: wherever it is picked."""
    replace_in(first_priced(root), "price:", " 7.77 GBP")


def first_priced(root: Path) -> Path:
    """The first product with a price."""
    return next(p for p in sorted((root / "content/products").iterdir()) if "price:" in p.read_text(encoding="utf-8"))


def review(root: Path) -> None:
    """A review's title: on its product's page, on its author's and its brand's, in feeds and documents."""
    replace_in(root / "content/influencers/creator-1.yaml", "title:", " A review with another title", after="reviews:")


def note_in_data(folder: Path) -> None:
    """The creator's words again, in what the peers read."""
    whole = folder / "creators.json"
    if not whole.exists():
        replace_in(folder / "creators/creator-1.yaml", "note:", f" {CHANGED}")
        return
    text = whole.read_text(encoding="utf-8")
    mark = '"note":"'
    at = text.index(mark, text.index('"handle":"creator-1"')) + len(mark)
    written(whole, text[:at] + CHANGED + text[text.index('"', at) :])


# Storefront's come one after another on one site. Peers build everything again whatever is edited, so they get one.
OURS: dict[str, Edit] = {
    "the first edit, of a note": first,
    "a note edited": note,
    "a price edited": price,
    "a review edited": review,
}
THEIRS: dict[str, Edit] = {"a note edited": note_in_data}
