"""Measure a build with very many reviews of one product: creators' own, and customers' that were imported.

    python bench/reviews.py [--own 5000] [--imported 95000] [--json FILE]

Each creator has one review. Imported reviews lie in as many sources as the limit for the size of a file asks for.
Wall, CPU and memory are measured as timing.py says.
"""

import argparse
import json
import tempfile
from pathlib import Path

from run import as_json, build, show

IN_A_FILE = 4000  # imported reviews; more would be larger than a content file may be
TEXT = "It has been in use for some months now and it does what it should. The lid sticks a little when it is cold."


def write(root: Path, own: int, imported: int) -> None:
    """The content: one product, and every review of it."""
    content = root / "content"
    files = {
        "site.yaml": "title: Reviews\nurl: https://reviews.example\nlocale: en-GB\ntimezone: Europe/London\n"
        "markets: [gb]\npublisher: {name: Reviews Ltd, email: hello@reviews.example, address: 1 High Street}\n",
        "brands/kiln.yaml": "name: Kiln\n",
        "products/kettle.yaml": "title: Kettle\nbrand: kiln\ncategory: Kitchen\n",
    }
    for path, text in files.items():
        _put(content / path, text)
    for number in range(own):
        gifted = "provenance: gifted\n" if number % 5 == 0 else "provenance: purchased\n"
        review = (
            f"- product: kettle\n  date: {_day(number)}\n  rating: {number % 9 / 2 + 1:g}\n  body: {TEXT}\n  {gifted}"
        )
        _put(content / f"influencers/p{number}.yaml", f"name: Person {number}\nreviews:\n{review}")
    for source in range(-(-imported // IN_A_FILE)):
        numbers = range(source * IN_A_FILE, min(imported, (source + 1) * IN_A_FILE))
        rows = "".join(
            f"- {{id: r{n}, date: {_day(n)}, rating: {n % 5 + 1}, reviewer: Ida, body: {TEXT}, incentivized: false}}\n"
            for n in numbers
        )
        _put(
            content / f"reviews/shop-{source}/kettle.yaml",
            f"publisher: Shop {source}\nimported_on: 2026-11-20\nreviews:\n{rows}",
        )


def _day(number: int) -> str:
    return f"20{20 + number % 6}-{number // 6 % 12 + 1:02}-{number // 72 % 28 + 1:02}"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--own", type=int, default=5000, help="reviews by creators, one each")
    parser.add_argument("--imported", type=int, default=95_000, help="reviews by customers of shops")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, given.own, given.imported)
        figures = {"cold": build(root), "nothing changed": build(root)}
        pages = sum(1 for _ in (root / "site/products/kettle").rglob("index.html"))
        files = sum(path.is_file() for path in (root / "site").rglob("*"))
    print(f"{given.own + given.imported} reviews of one product: {pages} pages of it, {files} files in all")
    show(figures)
    if given.json:
        given.json.write_text(json.dumps({"pages": pages, "files": files, "builds": as_json(figures)}, indent=1))


if __name__ == "__main__":
    main()
