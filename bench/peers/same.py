#!/usr/bin/env python3
"""Whether a peer's site is like storefront's: the same addresses, and like content on a sample of pages of each kind.

    python bench/peers/same.py STOREFRONT PEER [--sample 12]

On each page of the sample these must be equal: all text in order, every link's and script's address in order, the
values of form fields and the keys they set, how many cards, mentions, reviews, badges and bars there are, every value
of its structured data, and links and texts inside feeds and documents. Sizes may differ by a quarter. Prints what
differs; exit code 1 when anything does.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

# What storefront alone makes: the records of its files and of what its audit found disclosed, which no peer keeps or
# checks, the index of its search, which a peer would leave to a program of its own after the build, and the pages of
# all that is said of a brand, for which the peers have no template.
OURS = re.compile(r"\.storefront|disclosures\.json|SHA256SUMS|search/index/.*|brands/[^/]+/mentions/.*")
LARGER = 1.25
SAMPLE = 12
HEADINGS = {"h1", "h2", "h3", "h4"}
COUNTED = ("cell", "mention", "review", "badge", "offer", "post", "person", "group", "bars__part", "hue1")
TEXTS = ("prose", "card__note", "mention__note", "price", "statement", "review__disclosure")
VOID = {"meta", "link", "br", "img", "rect", "input", "hr"}


class Reader(HTMLParser):
    """What a page holds, by kind; every list in the order of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = defaultdict(list)
        self.open: list[tuple[str, str, int]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "href" in values:
            self.found["links"].append(values["href"])
        if "src" in values:
            self.found["scripts and pictures"].append(values["src"])
        if tag == "input" or "data-in" in values:
            keys = ("id", "data-shown", "data-in", "data-halves")
            self.found["filters"].append(" ".join(values.get(key, "") for key in keys))
        if tag == "rect":
            self.found["drawings"].append(f"{values.get('y')} {values.get('width')}")
        if tag == "meta" and "property" in values:
            self.found["open graph"].append(f"{values['property']}={values.get('content')}")
        kinds = [name for name in values.get("class", "").split() if name in TEXTS]
        for name in values.get("class", "").split():
            if name in COUNTED:
                self.found[f"how many .{name}"].append("")
        kind = (
            "headings" if tag in HEADINGS else "titles" if tag == "title" else f"texts of .{kinds[0]}" if kinds else ""
        )
        kind = "data" if values.get("type") == "application/ld+json" else kind
        if tag not in VOID:
            self.open.append((tag, kind, len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, kind, begin = self.open.pop()
            if kind:
                self.found[kind].append(tidy("".join(self.text[begin:])))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if data.strip() and not (self.open and self.open[-1][1] == "data"):
            self.found["text"].append(tidy(data))


def tidy(text: str) -> str:
    """Text with one space where any white space is."""
    return re.sub(r"\s+", " ", text).strip()


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value in JSON with its place; numbers as numbers compare, markup as its text."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, f"{path}.{key}")
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from leaves(each, f"{path}[{place}]")
    elif isinstance(value, str) and "<" in value:
        for kind, found in of_html(value).items():
            yield f"{path} {kind}", str(found)
        yield f"{path} text", tidy(re.sub(r"<[^>]*>", " ", value))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, f"{float(value):g}"
    elif value is not None:
        yield path, tidy(str(value))


def of_html(text: str) -> dict[str, list[str]]:
    """What is compared of a page."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    data = reader.found.pop("data", [])
    found = dict(reader.found)
    if data:
        found["structured data"] = sorted(f"{key}={value}" for key, value in leaves(json.loads(data[0])))
    return found


def of_xml(text: str) -> dict[str, list[str]]:
    """What is compared of a feed or a sitemap."""
    found = defaultdict(list)
    for node in ET.fromstring(text.encode()).iter():
        name = node.tag.rpartition("}")[2]
        if node.text and "<" in node.text:
            for kind, value in leaves(node.text, name):
                found[kind].append(value)
        else:
            found[name].append(tidy(node.text or "") + str(sorted(node.attrib.items())))
    return dict(found)


def read(file: Path) -> dict[str, list[str]]:
    """What is compared of a file."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        return of_html(text)
    if file.suffix == ".json":
        return {"values": sorted(f"{key}={value}" for key, value in leaves(json.loads(text)))}
    if file.suffix == ".xml":
        return of_xml(text)
    return {"text": [text.strip()]}


def kind_of(path: str) -> str:
    """The kind of page an address is for, so that each kind is sampled."""
    shape = re.sub(r"[^/]*\d+(?=/|$)", "N", path)
    return re.sub(r"^categories/.+", "categories/…", shape)


def tree(root: Path) -> dict[str, Path]:
    """Files by their path from the root."""
    return {file.relative_to(root).as_posix(): file for file in root.rglob("*") if file.is_file()}


def first_difference(ours: list[str], theirs: list[str]) -> str:
    """Where two lists part."""
    for place, (left, right) in enumerate(zip(ours, theirs, strict=False)):
        if left != right:
            return f"number {place + 1}: {left[:120]!r}, here {right[:120]!r}"
    longer, whose = (ours, "missing") if len(ours) > len(theirs) else (theirs, "too many")
    return f"{len(ours)}, here {len(theirs)}; {whose}: {longer[min(len(ours), len(theirs))][:120]!r}"


def of_pages(ours: Path, theirs: Path) -> list[str]:
    """What differs between two files."""
    left, right = read(ours), read(theirs)
    found = [
        f"{kind}: {first_difference(left.get(kind, []), right.get(kind, []))}"
        for kind in sorted(left.keys() | right.keys())
        if left.get(kind, []) != right.get(kind, [])
    ]
    size, other = ours.stat().st_size, theirs.stat().st_size
    if not size / LARGER <= other <= size * LARGER:
        found.append(f"size: {size} bytes, here {other}")
    return found


def differences(ours: Path, theirs: Path, sample: int = SAMPLE) -> list[str]:
    """What differs between two sites, in words."""
    left, right = tree(ours), tree(theirs)
    left = {path: file for path, file in left.items() if not OURS.fullmatch(path)}
    found = [f"{path}: missing" for path in sorted(left.keys() - right.keys())]
    found += [f"{path}: only here" for path in sorted(right.keys() - left.keys())]
    kinds: dict[str, list[str]] = defaultdict(list)
    for path in sorted(left.keys() & right.keys()):
        kinds[kind_of(path)].append(path)
    for paths in kinds.values():
        step = max(1, len(paths) // sample)
        for path in paths[::step][:sample]:
            found += [f"{path}: {each}" for each in of_pages(left[path], right[path])]
    return found


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("storefront", type=Path)
    parser.add_argument("peer", type=Path)
    parser.add_argument("--sample", type=int, default=SAMPLE, help="pages of each kind to compare")
    given = parser.parse_args()
    found = differences(given.storefront, given.peer, given.sample)
    print("\n".join(found) or "the same")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
