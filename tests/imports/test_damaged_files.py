"""Damaged and hostile files: every reader gives what it can read and problems, and nothing else ever happens."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.importers.pages import picks, product
from storefront.importers.pages.saved import Page
from storefront.importers.products import formats, grouping, stock
from storefront.importers.products.goods import Options
from storefront.importers.products.stock import Shelf
from storefront.links import shipped
from storefront.problems import ProblemsFound

HERE = Path(__file__).parent
FEEDS = sorted((HERE / "products" / "samples").iterdir())
PAGES = sorted((HERE / "pages" / "samples").iterdir())
OPTIONS = Options(currency="GBP", url="https://nordshop.example")
ODD = (
    b"",
    b"\0",
    b"\xff",
    b'"',
    b"<",
    b"&#0;",
    b"http://[",
    "²".encode(),
    "٣".encode(),
    b"[" * 2000,
    b"1e999",
    b"\n\n",
    b"null",
)


@st.composite
def damaged(draw, data):
    """A file with pieces cut out, doubled, or replaced by what upsets parsers."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 60)))
        data = data[:start] + draw(st.sampled_from([*ODD, data[start:end] * 2])) + data[end:]
    return data


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_a_damaged_feed_gives_goods_and_problems(path):
    name = "shopify" if path.stem == "shopify-new" else path.stem
    shelf = Shelf(merchant="nordshop", as_of="2026-11-22", category="Things")

    @given(damaged(path.read_bytes()))
    def judge(data):
        parsed = None
        with suppress(ProblemsFound):
            parsed = formats.reader(name)(data, path.name, OPTIONS, shipped())
        for each in grouping.grouped(parsed.goods if parsed else ()):
            made = stock.new_file(each, "fjell", shelf)
            assert made
            assert isinstance(made, str) or all(problem.hint for problem in made)

    judge()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_damaged_page_gives_a_product_or_picks_or_problems(path):
    @given(damaged(path.read_bytes()))
    def judge(data):
        with suppress(ProblemsFound):
            page = Page(data, path.name)
            for platform in picks.FORMATS:
                found = picks.read(page, platform, shipped())
                assert all(each.link.startswith("https://") and each.title for each in found.picks)
            assert product.read(page, shipped()).title

    judge()
