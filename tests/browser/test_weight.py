"""What pages weigh: HTML and stylesheets of the demo, in brotli at its best, as hosts keep files that do not change."""

import re
from functools import cache

import brotli
import pytest

from browser.demo import THEMES

PRODUCT, STOREFRONT = 16 * 1024, 24 * 1024  # bytes; a storefront of some 24 cards, and the demo's has more
# Brotli's best takes sixty times as long as this, and only makes smaller what already is small enough.
QUICK, BEST = 5, 11
STYLESHEET = re.compile(r'<link rel="stylesheet" href="/([^"]+)"')


@pytest.fixture(scope="module", params=THEMES)
def weigh(request, sites):
    output = sites(request.param)[0].output

    @cache
    def compressed(file, quality):
        return len(brotli.compress((output / file).read_bytes(), quality=quality))

    def weight(page, quality):
        file = f"{page.strip('/')}/index.html"
        sheets = STYLESHEET.findall((output / file).read_text())
        assert sheets
        return sum(compressed(each, quality) for each in (file, *sheets))

    return weight, sites(request.param)[0].shown


def heavier(weigh, template, limit):
    weight, shown = weigh
    pages = [page for page, sheet in shown.items() if sheet.template == template]
    assert pages
    heavy = [page for page in pages if weight(page, QUICK) > limit]
    return {page: found for page in heavy if (found := weight(page, BEST)) > limit}


def test_no_product_page_weighs_more_than_16_kb(weigh):
    assert heavier(weigh, "product.html", PRODUCT) == {}


def test_no_storefront_weighs_more_than_24_kb(weigh):
    assert heavier(weigh, "vanity.html", STOREFRONT) == {}
