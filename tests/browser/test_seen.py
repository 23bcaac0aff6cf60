"""Visible to eyes, not only to parsers: every tie in every market, in every theme and every view.

`EVIDENCE=write` renews the tables in docs/evidence/ from what is found; without it they are compared.
"""

import os
import re
from collections import Counter

import pytest

from browser import matrix, seen
from browser.demo import REPOSITORY, THEMES
from browser.matrix import TIES, TOGETHER, Row
from browser.seen import FAULTS, MODES, Look, Viewer
from browser.serving import served
from storefront.disclosure.packs import LABELLED
from storefront.vocabulary.common import Relationship

EVIDENCE = REPOSITORY / "docs" / "evidence"


class Sight:
    """Every look at a theme's matrix, and the parts of sampled labels that are ink, by mode."""

    def __init__(self, name: str, looks: list[Look], inked: dict[str, list[float]]) -> None:
        self.name, self.looks, self.inked = name, looks, inked

    def of(self, template: str) -> list[Look]:
        return [look for look in self.looks if look.template == template]


# To look at a theme takes a minute and a half: it is done once, in whatever order the tests come.
_sights: dict[str, Sight] = {}


@pytest.fixture(params=THEMES)
def sight(request, browser, tmp_path_factory) -> Sight:
    if request.param not in _sights:
        _sights[request.param] = seen_in(request.param, browser, tmp_path_factory.mktemp("matrix"))
    return _sights[request.param]


def seen_in(theme, browser, folder) -> Sight:
    built = matrix.make(folder, theme)
    with served(built.output) as address, browser.new_context() as context:
        viewer = Viewer(context.new_page(), address)
        rows = matrix.rows()
        looks = [look for path, sheet in built.sheets.items() for look in viewer.looks(path, sheet, rows)]
        inked = {}
        for mode in MODES:
            viewer.open("/de-de/lists/ties/")
            viewer.turn_to(mode)
            inked[mode.name] = viewer.inked()
    return Sight(theme, looks, inked)


def test_every_label_is_painted_large_clear_and_first(sight):
    assert len(sight.looks) > len(matrix.rows()) * len(MODES)
    assert [fault for look in sight.looks for fault in look.faults()] == []


def test_every_label_reads_as_its_markets_want(sight):
    assert [fault for look in sight.looks for fault in look.misread()] == []


@pytest.mark.parametrize("template", ["vanity.html", "list.html"])
def test_every_tie_of_every_market_is_shown_in_every_view(sight, template):
    looks = sight.of(template)
    assert {(look.row, look.mode) for look in looks} == {(row, mode) for row in matrix.rows() for mode in MODES}
    for look in looks:
        assert {badge["kind"] for badge in look.badges} == set(LABELLED), look.path
        together = Counter(badge["kind"] for badge in look.badges if badge["where"].endswith(TOGETHER))
        assert together["gifted"] == together["ambassador"] == together["affiliate"] == 1, look.path


def test_the_statement_stands_on_every_page_with_its_mark_before_the_links(sight):
    for look in sight.looks:
        if look.badges or look.received:
            assert look.statement, look.path
        if any(badge["kind"] == "affiliate" for badge in look.badges):
            assert look.wording.mark in look.statement["text"]


def test_posts_products_and_reviews_are_labelled(sight):
    for look in (*sight.of("post.html"), *sight.of("posts.html")):
        assert {"paid", "gifted", "ambassador", "affiliate"} <= {badge["kind"] for badge in look.badges}
    for look in sight.of("reviews.html"):
        assert len(look.received) == len(matrix.INCENTIVES)
    products = {look.path for look in sight.of("product.html")}
    assert len(products) == len(TIES)
    for look in sight.of("product.html"):
        assert len(look.badges) >= len(matrix.rows()), look.path


def test_the_text_of_labels_changes_pixels(sight):
    for mode, parts in sight.inked.items():
        assert len(parts) >= len(LABELLED), mode
        assert min(parts) > 0.05, mode


def test_the_evidence_is_what_was_found(sight):
    path = EVIDENCE / f"{sight.name}.md"
    if os.environ.get("EVIDENCE") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(evidence(sight), encoding="utf-8")
    assert path.is_file(), f"renew {path.name} with EVIDENCE=write, as docs/disclosure.md says"
    assert path.read_text(encoding="utf-8") == evidence(sight)


def test_every_theme_has_its_evidence_and_no_other():
    labels = [path for path in EVIDENCE.glob("*.md") if path.read_text().startswith("# Labels seen")]
    assert sorted(path.stem for path in labels) == THEMES


# That every fault is found: each theme here is editorial with one thing wrong.

COVER = "{ content: ''; position: absolute; inset: 0; background: var(--paper); pointer-events: none }"
WRONG = {
    "tiny": (".badge { font-size: 9px }", "small"),
    "shrunk": (".badge { scale: .6 }", "small"),
    "pale": (".badge { color: color-mix(in srgb, var(--tag-ink) 45%, var(--tag)) }", "faint"),
    "faded": (".shop, .promo { opacity: .35 }", "faint"),
    "on-a-picture": (".badge { background: linear-gradient(#fff, #000) }", "faint"),
    "transparent": (".badges { opacity: 0 }", "hidden"),
    "invisible": (".badge { visibility: hidden }", "hidden"),
    "gone": (".badge { display: none }", "hidden"),
    "without-size": (".badge { font-size: 0 }", "hidden"),
    "filtered": (".card { filter: opacity(0) }", "hidden"),
    "cut-off": (".badge { padding: 0; max-block-size: .8em; overflow: hidden }", "clipped"),
    "masked-below": (".badge { clip-path: inset(0 0 50%) }", "clipped"),
    "moved-out": (".badge { text-indent: -99rem }", "clipped"),
    "far-away": (".badge { position: absolute; inset-inline-start: -99rem }", "clipped"),
    "under-a-sheet": (f".shop, .promo {{ position: relative }} :is(.shop, .promo)::after {COVER}", "covered"),
    "after-its-link": (".shop, .promo { display: flex; flex-direction: column-reverse }", "after"),
    "beside-the-end": (".shop, .promo { display: flex; flex-direction: row-reverse; inline-size: 60rem }", "after"),
}


OF_STATEMENT = {
    "pushed-down": (".statement { margin-block-start: 100vh }", "below"),
    "too-long": (".statement { line-height: 6 }", "below"),
    "small": (".statement { font-size: .8em }", "small"),
    "faint": (".statement { color: var(--note) }", "faint"),
    "hidden": (".statement { display: none }", "hidden"),
}
GB = Row("gb", "en")
LIST = "/gb-en/lists/ties/"
PHONE, DARK, FORCED, DESK, _, ZOOMED = MODES


@pytest.fixture(scope="module")
def look_at(browser, tmp_path_factory):
    """The list of one creator with more in editorial's stylesheet, in a mode; and a function for what is ink.

    The stylesheet grows after the build: the audit refuses many of these themes before a browser sees them.
    """
    built = matrix.make(tmp_path_factory.mktemp("wrong"), "editorial", [GB])
    page = (built.output / LIST.strip("/") / "index.html").read_text(encoding="utf-8")
    stylesheet = built.output / re.search(r'rel="stylesheet" href="/(assets/[^"]+)"', page)[1]
    right = stylesheet.read_text(encoding="utf-8")
    with served(built.output) as address, browser.new_context() as context:
        viewer = Viewer(context.new_page(), address)
        viewer.devtools.send("Network.enable")
        viewer.devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})

        def looked(css: str, mode=PHONE) -> tuple[Look, Viewer]:
            stylesheet.write_text(right + css, encoding="utf-8")
            (look,) = viewer.looks(LIST, built.sheets[LIST], [GB], [mode])
            return look, viewer

        yield looked


def faults_of(labels):
    return {tuple(label["faults"]) for label in labels}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_labels_is_found_and_nothing_else(look_at, name):
    css, fault = WRONG[name]
    look, _ = look_at(css)
    assert faults_of(badge for badge in look.badges if badge["link"]) == {(fault,)}
    assert look.statement["faults"] == []


@pytest.mark.parametrize("name", OF_STATEMENT)
def test_what_is_wrong_with_the_statement_is_found_and_nothing_else(look_at, name):
    css, fault = OF_STATEMENT[name]
    look, _ = look_at(css)
    assert look.statement["faults"] == [fault]
    assert faults_of(look.badges) == {()}


def test_a_statement_at_the_foot_is_found(look_at):
    look, _ = look_at("body { display: grid } .statement { order: 9 }")
    assert look.statement["faults"] == ["after", "below"]


@pytest.mark.parametrize(
    ("css", "mode"),
    [
        ("@media (prefers-color-scheme: dark) { .badge { color: var(--tag) } }", DARK),
        ("@media (forced-colors: active) { .badge { forced-color-adjust: none; color: Canvas } }", FORCED),
        ("@media (width >= 60rem) { .badge { opacity: 0 } }", DESK),
        ("@media (resolution >= 2x) { .badge { opacity: 0 } }", ZOOMED),
    ],
    ids=["dark", "forced", "wide", "zoomed"],
)
def test_what_is_wrong_in_one_view_is_found_there(look_at, css, mode):
    assert list(look_at(css, mode)[0].faults())
    assert not list(look_at(css)[0].faults())


def test_a_label_after_its_link_for_those_who_hear_is_found(look_at):
    _, viewer = look_at("")
    viewer.page.evaluate(
        """() => document.querySelectorAll('.shop').forEach(shop => {
            shop.append(shop.querySelector('.badges'));
            shop.querySelector('.badges').style.order = -1;
        })"""
    )
    found = viewer.page.evaluate(seen.PROBE, {"label": "Ad", "sentences": []})
    assert faults_of(badge for badge in found["badges"] if badge["link"]) == {("after",)}


def test_from_right_to_left_what_is_first_stands_on_the_right(look_at):
    _, viewer = look_at(".shop { display: flex; inline-size: 60rem } .turned .shop { flex-direction: row-reverse }")
    for name, expected in (("", ()), ("turned", ("after",))):
        viewer.page.evaluate("name => Object.assign(document.documentElement, {dir: 'rtl', className: name})", name)
        found = viewer.page.evaluate(seen.PROBE, {"label": "Ad", "sentences": []})
        assert faults_of(badge for badge in found["badges"] if badge["link"]) == {expected}


def test_labels_without_ink_are_found(look_at):
    _, viewer = look_at(".badge { color: var(--tag) }")
    assert max(viewer.inked()) == 0


def test_words_that_a_market_does_not_accept_are_found():
    badge = {"kind": "gifted", "text": "Collab", "link": None, "faults": []}
    affiliate = {"kind": "affiliate", "text": "Werbung · Affiliate-Link*", "link": "Zum Laden", "faults": []}
    look = Look("/de-de/", "vanity.html", PHONE, Row("de", "de"), [badge, affiliate], [], None)
    unlabelled, unmarked = look.misread()
    assert "DE-01" in unlabelled
    assert "lacks *" in unmarked


def test_every_fault_has_a_theme_that_shows_it():
    assert {fault for _, fault in (*WRONG.values(), *OF_STATEMENT.values())} == set(FAULTS)


# The evidence


def evidence(sight: Sight) -> str:
    """What was found, for people to read: a line for each tie of each market; on products, of all markets at once."""
    pages = Counter({look.path: look.template for look in sight.looks}.values())
    counted = ", ".join(f"{count} × {name.removesuffix('.html')}" for name, count in sorted(pages.items()))
    labels = sum(len(look.badges) for look in sight.looks)
    reviews = sum(len(look.received) for look in sight.looks)
    statements = sum(look.statement is not None for look in sight.looks)
    checked = f"{labels:,} labels, {reviews:,} sentences on reviews and {statements:,} statements"
    lines = [_line(sight, row, tie) for row in (*matrix.rows(), None) for tie in LABELLED]
    return f"""# Labels seen in the theme {sight.name}

Made by `tests/browser/test_seen.py`. [What it proves, and how to repeat it](../disclosure.md#what-a-reader-sees)

Pages: {counted}. Each was opened in {len(MODES)} views: {"; ".join(mode.name for mode in MODES)}.
In all views together, {checked} were checked. With a fault: {_faulty(sight)}.

| Markets | Pages in | Tie | Label as painted | Seen |
|---|---|---|---|---|
{chr(10).join(lines)}
"""


def _faulty(sight: Sight) -> int:
    return sum(len([*look.faults(), *look.misread()]) for look in sight.looks)


def _line(sight: Sight, row: Row | None, tie: Relationship) -> str:
    found = [(look, each) for look in sight.looks if look.row == row for each in look.badges if each["kind"] == tie]
    faults = {fault for _, each in found for fault in each["faults"]}
    faults |= {"misread" for look, each in found if list(look._replace(badges=[each]).misread())}
    missing = {mode.name for mode in MODES} - {look.mode.name for look, _ in found}
    verdict = ", ".join(sorted(faults | {f"not shown at {name}" for name in missing})) or "pass"
    texts = " / ".join(sorted({each["text"] for _, each in found}))
    return f"| {row.market if row else 'all'} | {row.language if row else 'en'} | {tie} | {texts} | {verdict} |"
