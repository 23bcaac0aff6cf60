"""QR codes: what a reader of them reads is the page's address, whole."""

import re

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import facts
from building import build, edit, html_of
from storefront.pages import qr

SCALE = 4


def drawn(svg: bytes) -> Image.Image:
    """The picture of an SVG of horizontal lines one unit high, as the SVG draws them."""
    text = svg.decode()
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', text)[1])
    ground, ink = re.search(r'<path fill="(.+?)"', text)[1], re.search(r'<path stroke="(.+?)"', text)[1]
    image = Image.new("L", (side, side), ground)
    x = y = 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", text.rpartition(' d="')[2]):
        if command == "h":
            image.paste(ink, (int(x), int(y), int(x) + int(first), int(y) + 1))
            x += int(first)
        else:
            x, y = (float(first), float(second)) if command == "M" else (x + float(first), y + float(second))
    return image.resize((side * SCALE, side * SCALE), Image.Resampling.NEAREST)


def read(svg: bytes) -> str:
    [found] = zxingcpp.read_barcodes(drawn(svg))
    return found.text


def test_a_reader_reads_the_whole_address():
    inputs = qr.inputs(facts.site(url="https://host.example/shop", base="/shop"), "/maya/lists/kit/")
    assert read(qr.code(inputs)) == "https://host.example/shop/maya/lists/kit/"


@given(st.from_regex(r"/[a-z0-9][a-z0-9-]{0,60}/(lists/[a-z0-9-]{1,60}/)?", fullmatch=True))
def test_whatever_the_address_is(path):
    inputs = qr.inputs(facts.site(url="https://host.example"), path)
    assert read(qr.code(inputs)) == inputs.text


def test_there_is_a_quiet_zone_around_it():
    code = drawn(qr.code(qr.Inputs(text="https://host.example/")))
    assert code.crop((0, 0, code.width, 4 * SCALE)).getextrema() == (255, 255)
    assert code.crop((0, 0, 4 * SCALE, code.height)).getextrema() == (255, 255)


@pytest.mark.parametrize("page", ["maya/", "maya/lists/kit/"])
def test_creators_and_lists_have_one_where_the_site_wants_it(site, page):
    build(site)
    assert not (site / "site" / page / "qr.svg").exists()
    assert "qr.svg" not in html_of(site / "site")[page]
    edit(site / "content/site.yaml", "title:", "qr: true\ntitle:")
    build(site)
    assert read((site / "site" / page / "qr.svg").read_bytes()) == f"https://shelves.example/{page}"
    assert f'href="/{page}qr.svg"' in html_of(site / "site")[page]


def test_the_code_of_a_list_goes_with_it(site):
    edit(site / "content/site.yaml", "title:", "qr: true\ntitle:")
    build(site)
    edit(site / "content/influencers/maya/lists/kit.yaml", "title:", "draft: true\ntitle:")
    edit(site / "content/influencers/maya/profile.yaml", "lists: [kit]", "lists: []")
    build(site)
    assert [str(path.relative_to(site / "site")) for path in (site / "site").rglob("qr.svg")] == ["maya/qr.svg"]
