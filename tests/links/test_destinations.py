"""Where links lead: pasted ones are kept, prices of Amazon never shown, imitations refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking import NOW, problems_of, site_with
from storefront.gather import gather
from storefront.links.lookalikes import LOOKS, Known, skeleton
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.product import Availability

KIT = "content/influencers/maya/lists/kit.yaml"
NORDSHOP = "content/merchants/nordshop.yaml"
TEE = "content/products/merino-tee.yaml"
AMAZON = "name: Amazon\nurl: https://www.amazon.co.uk\nnetwork: amazon\nprogram: {market: GB}\n"


def listed(site, index=0):
    return gather(site, NOW).catalog.lists["maya", "kit"].picks[index]


def item(link, more=""):
    return {KIT: f"title: Kit\nitems:\n  - {{title: Cap, link: '{link}', relationship: purchased{more}}}\n"}


PASTED = [
    "https://rstyle.me/+abc?utm_source=x",
    "https://go.shopmy.us/p-123",
    "https://geni.us/cap",
    "https://amzn.to/4ab",
]


@pytest.mark.parametrize("link", PASTED)
def test_a_link_that_only_its_network_makes_is_kept_and_disclosed(link, tmp_path):
    pick = listed(site_with(tmp_path, item(link)))
    assert pick.offer.url == link
    assert pick.offer.network in {"ltk", "shopmy", "geniuslink", "amazon"}
    assert pick.offer.subid is None
    assert Relationship.AFFILIATE in pick.relationships


def test_an_item_may_say_whose_shop_a_pasted_link_leads_to(tmp_path):
    shown = listed(site_with(tmp_path, item("https://rstyle.me/+abc", ", merchant: nordshop"))).offer
    assert shown.merchant_name == "Nordshop"
    assert listed(site_with(tmp_path / "b", item("https://rstyle.me/+abc"))).offer.merchant_name == "LTK"


def offers(link, more="", merchant=AMAZON):
    offer = f"{{merchant: nordshop, link: '{link}', price: 69.00 GBP, as_of: 2026-11-20{more}}}"
    return {
        NORDSHOP: merchant,
        TEE: f"{{title: Merino Tee, brand: fjell, category: C, offers: [{offer}]}}",
    }


@pytest.mark.parametrize("stock", ["in_stock", "out_of_stock", "preorder"])
@pytest.mark.parametrize(
    ("link", "merchant"),
    [
        ("https://www.amazon.co.uk/dp/B0EXAMPLE1", AMAZON + "prices: {show: true}\n"),
        ("https://www.amazon.co.uk/dp/B0EXAMPLE1", "name: Amazon\nurl: https://www.amazon.co.uk\n"),
        ("https://amzn.to/4ab", AMAZON),
        ("https://geni.us/tee", "name: Nordshop\nurl: https://nordshop.example\n"),
    ],
)
def test_prices_and_stock_at_amazon_are_never_shown(link, merchant, stock, tmp_path):
    site = site_with(tmp_path, offers(link, f", availability: {stock}", merchant))
    shown = gather(site, NOW).catalog.products["merino-tee"].offers[0]
    assert (shown.price, shown.was, shown.as_of, shown.availability) == (None, None, None, Availability.IN_STOCK)


def test_a_product_page_begins_with_the_sites_market(tmp_path):
    site = site_with(tmp_path, {})
    text = (site / TEE).read_text()
    (site / TEE).write_text(
        "{title: Merino Tee, brand: fjell, category: C, offers: ["
        "{merchant: nordshop, link: https://nordshop.example/us, regions: [US]},"
        "{merchant: nordshop, link: https://nordshop.example/gb, regions: [GB]}]}"
    )
    assert text
    config = site / "content/site.yaml"
    lines = [line for line in config.read_text().splitlines() if not line.startswith("markets:")]
    config.write_text("\n".join([*lines, "markets: [gb, us]"]))
    assert [offer.regions for offer in gather(site, NOW).catalog.products["merino-tee"].offers] == [("GB",), ("US",)]
    config.write_text("\n".join([*lines, "markets: [us, gb]"]))
    assert [offer.regions for offer in gather(site, NOW).catalog.products["merino-tee"].offers] == [("US",), ("GB",)]


KNOWN = Known({"nordshop.example": "nord", "amazon.co.uk": "amazon", "xn--fjll-moa.example": "fjell"})


def xn(host):
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in host.split(".")
    )


@pytest.mark.parametrize(
    ("host", "imitated"),
    [
        ("nordshop.example", None),
        ("www.nordshop.example", None),
        ("shop.nordshop.example", None),
        ("nоrdshop.example", "nordshop.example"),
        ("www.nоrdshop.example", "nordshop.example"),
        ("nordshοp.example", "nordshop.example"),
        ("ոordshop.example", "nordshop.example"),
        ("nordsһop.example", "nordshop.example"),
        ("n0rdshop.example", "nordshop.example"),
        ("nórdshop.example", "nordshop.example"),
        ("аmazon.co.uk", "amazon.co.uk"),
        ("arnazon.co.uk", "amazon.co.uk"),
        ("amаzon.co.uk", "amazon.co.uk"),
        ("amazon.com", None),
        ("bücher.example", None),
        ("fjall.example", "xn--fjll-moa.example"),
        ("fjäll.example", None),
        ("other.example", None),
    ],
)
def test_hosts_that_look_like_another(host, imitated):
    assert KNOWN.imitated(xn(host)) == imitated


def test_a_merchant_may_have_two_spellings(tmp_path):
    both = "name: Fjäll\nurl: https://fjall.example\ndomains: [xn--fjll-moa.example]\n"
    assert problems_of(site_with(tmp_path, {"content/merchants/fjall.yaml": both})) == []


@given(st.sampled_from(sorted(LOOKS)), st.data())
def test_every_letter_of_the_table_is_seen_through(letter, data):
    other = data.draw(st.sampled_from(LOOKS[letter]))
    assert skeleton(xn(f"a{other}c.example")) == skeleton(f"a{letter}c.example")


@given(st.text("abcxyz0123456789-", min_size=1, max_size=20))
def test_any_label_has_a_skeleton_or_is_no_name(label):
    skeleton(f"xn--{label}.example")
    assert skeleton(f"a{label}.example")
