"""What is printed: a code for the till with its stores, and the card that asks for a review of what was sent."""

from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser

from building import build, bytes_of, edit, write
from checking import NOW, problems_of, written
from gifting import HAT, KIT, PROFILE, RECALLS, REVIEW, SAMPLES, SHOP, SITE, sent
from storefront.leaks import leaks

STORES = (
    'stores:\n  - {code: OSLO, name: Nordshop Oslo, address: 3 Harbour Road, city: Oslo, region: "NO"}\n'
    '  - {code: BERGEN, name: Nordshop Bergen, region: "NO"}\n'
)
RECALLED = "recalls:\n  - {id: dye, products: [hat], date: 2026-11-20, notice: It runs.}\n"
HAT_SENT = "samples:\n  - {product: hat, expectation: none, received: 2026-11-10}\n"


def tree(site, path):
    return LexborHTMLParser((site / "site" / path / "index.html").read_text())


@pytest.fixture
def till(site):
    edit(site / PROFILE, "    percent_off: 15\n", "    percent_off: 15\n    redemption_channel: [in_store]\n")
    return write(site, {SHOP: (site / SHOP).read_text() + STORES})


def test_a_code_for_the_till_has_a_sheet_with_its_stores(till):
    build(till)
    page = tree(till, "maya/codes/maya15")
    assert page.css_first("h1").text() == "15% off at Nordshop"
    assert page.css_first(".promo").text(strip=True).endswith("MAYA15")
    assert "Ad · discount code" in page.css_first(".promo").text()
    assert [each.text() for each in page.css(".sheet__places b")] == ["Nordshop Oslo", "Nordshop Bergen"]
    assert page.css_first('meta[name="robots"]').attributes["content"] == "noindex"


def test_its_qr_code_says_the_code_itself(till):
    build(till)
    svg = (till / "site/maya/codes/maya15/qr.svg").read_text()
    assert "<title>MAYA15</title>" in svg


def test_a_sheet_names_only_the_stores_that_take_the_code(till):
    edit(till / PROFILE, "[in_store]\n", "[in_store]\n    stores: [BERGEN]\n")
    build(till)
    assert [each.text() for each in tree(till, "maya/codes/maya15").css(".sheet__places b")] == ["Nordshop Bergen"]


def test_the_code_beside_its_thing_leads_to_the_sheet(till):
    build(till)
    assert tree(till, "maya/lists/kit").css_first('.coupon a[href="/maya/codes/maya15/"]') is not None


def test_a_code_for_the_web_has_no_sheet(site):
    build(site)
    assert not (site / "site/maya/codes").exists()


def test_a_leaked_code_s_sheet_is_gone_with_its_qr_code(till):
    build(till)
    edit(till / PROFILE, "    percent_off: 15\n", "    percent_off: 15\n    status: leaked\n")
    build(till)
    assert not (till / "site/maya/codes").exists()
    assert leaks(till, till / "site", NOW).problems == []


def test_a_sheet_whose_code_lost_its_label_is_refused(till):
    bare = "{% extends 'base.html' %}{% block content %}<h1>x</h1><code>MAYA15</code>{% endblock %}"
    write(till, {"themes/editorial/templates/print.html": bare})
    assert "/maya/codes/maya15/" in written(problems_of(till))


@pytest.fixture
def asked(site):
    edit(site / SITE, "markets:", "asks: {email: reviews@shelves.example, after_days: {clothing: 14}}\nmarkets:")
    edit(
        site / "content/influencers/maya/lists/kit.yaml",
        "- product: hat\n",
        "- product: hat\n    note: Ears stay warm.\n",
    )
    return write(site, {SAMPLES: HAT_SENT})


def test_what_was_sent_and_not_reviewed_is_asked_for_the_least_effort_first(asked):
    build(asked)
    page = tree(asked, "maya/asks/hat")
    assert page.css_first("h1").text() == "How is the Wool hat?"
    steps = page.css(".sheet__steps a")
    assert [each.text() for each in steps] == ["Stars only", "One line", "A photo", "A whole review"]
    assert unquote(steps[0].attributes["href"]) == (
        "mailto:reviews@shelves.example?subject=Review: Wool hat (maya/hat)&body=Stars, 1 to 5:"
    )


def test_the_ask_is_personal_and_leaves_time(asked):
    build(asked)
    said = tree(asked, "maya/asks/hat").css_first(".sheet").text()
    assert "Maya Lind, Fjell sent you the Wool hat" in said
    assert "24 Nov 2026" in said
    assert tree(asked, "maya/asks/hat").css_first("blockquote p:last-child").text() == "Ears stay warm."


@pytest.mark.parametrize("paid", [False, True])
def test_her_own_words_on_the_card_bear_their_labels(asked, paid):
    if paid:
        edit(asked / KIT, "relationship: purchased\n", "relationship: [paid, purchased]\n")
    build(asked)
    page = tree(asked, "maya/asks/hat")
    beside = [each.text() for each in page.css("blockquote .badge")]
    assert beside == (["Ad · paid by Fjell"] if paid else []) + ["Ad · gifted by Fjell"]
    assert page.css_first(".statement") is not None


def test_a_card_without_her_words_states_no_tie(asked):
    edit(asked / KIT, "    note: Ears stay warm.\n", "")
    build(asked)
    assert tree(asked, "maya/asks/hat").css_first(".statement") is None


@pytest.mark.parametrize(
    "bare",
    ["<blockquote>{{ view.quote.text }}</blockquote>", "<p id='{{ view.quote.anchor }}'>{{ view.quote.text }}</p>"],
)
def test_a_card_whose_words_lost_their_label_is_refused(asked, bare):
    top = "{% extends 'base.html' %}{% block content %}<h1>x</h1>{% if view.quote %}"
    write(asked, {"themes/editorial/templates/print.html": f"{top}{bare}{{% endif %}}{{% endblock %}}"})
    said = written(problems_of(asked))
    assert "“Ears stay warm.” bears no label" in said
    assert "/maya/asks/hat/" in said


def test_a_card_s_qr_code_leads_to_the_ask(asked):
    build(asked)
    assert "<title>https://shelves.example/maya/asks/hat/</title>" in (asked / "site/maya/asks/hat/qr.svg").read_text()


def test_a_shop_that_takes_no_such_review_is_named_as_one(asked):
    edit(asked / SHOP, "network: awin", "review_policy: {incentivized: prohibited}\nnetwork: awin")
    build(asked)
    assert "Please do not post it at Nordshop" in tree(asked, "maya/asks/hat").body.text()


def test_a_form_takes_the_place_of_mail(asked):
    edit(asked / SITE, "email: reviews@shelves.example", "form: 'https://forms.example/new?id=7#ask'")
    build(asked)
    address = tree(asked, "maya/asks/hat").css_first(".sheet__steps a").attributes["href"]
    assert address.startswith("https://forms.example/new?id=7&product=hat&creator=maya&kind=stars&title=")
    assert address.endswith("#ask")


def test_a_review_ends_the_ask(asked):
    write(
        asked,
        {
            "content/influencers/maya/reviews/hat.yaml": (
                "product: hat\ndate: 2026-11-20\nrating: 4\nprovenance: gifted\n"
            )
        },
    )
    build(asked)
    assert not (asked / "site/maya/asks").exists()


def test_nobody_is_asked_where_the_site_does_not_say_so(site):
    (site / REVIEW).unlink()
    write(site, {SAMPLES: sent()})
    build(site)
    assert not (site / "site/maya/asks").exists()


@pytest.fixture
def sold(site):
    edit(
        site / SITE,
        "markets:",
        "asks: {email: reviews@shelves.example, buyers: true, after_days: {clothing: 14}}\nmarkets:",
    )
    return site


def test_whoever_bought_a_thing_is_asked_for_a_review_of_any_kind(sold):
    build(sold)
    page = tree(sold, "products/hat/ask")
    said = page.css_first(".sheet").text()
    assert page.css_first("h1").text() == "How is the Wool hat?"
    assert "Fjell would like to know what you make of the Wool hat." in said
    assert "after about 14 days" in said
    assert "good or bad" in said
    steps = page.css(".sheet__steps a")
    assert [each.text() for each in steps] == ["Stars only", "One line", "A photo", "A whole review"]
    address = unquote(steps[0].attributes["href"])
    assert address == "mailto:reviews@shelves.example?subject=Review: Wool hat (hat)&body=Stars, 1 to 5:"
    assert page.css_first('meta[name="robots"]').attributes["content"] == "noindex"
    assert "products/hat/ask" not in (sold / "site/sitemap.xml").read_text()


def test_a_buyers_card_has_a_code_that_leads_to_its_page(sold):
    build(sold)
    assert (
        "<title>https://shelves.example/products/hat/ask/</title>"
        in (sold / "site/products/hat/ask/qr.svg").read_text()
    )


def test_a_buyers_card_names_a_shop_that_takes_no_review_of_what_was_given(sold):
    build(sold)
    assert "Nordshop" not in tree(sold, "products/hat/ask").css_first(".sheet").text()
    edit(sold / SHOP, "network: awin", "review_policy: {incentivized: prohibited}\nnetwork: awin")
    build(sold)
    said = tree(sold, "products/hat/ask").css_first(".sheet").text()
    assert "Post it at Nordshop only if nothing was given to you for it and you have no tie to Fjell." in said


def test_a_form_for_buyers_gets_the_product(sold):
    edit(sold / SITE, "email: reviews@shelves.example", "form: 'https://forms.example/new?id=7'")
    build(sold)
    address = tree(sold, "products/hat/ask").css_first(".sheet__steps a").attributes["href"]
    assert address.startswith("https://forms.example/new?id=7&product=hat&kind=stars&title=")


@pytest.mark.parametrize(
    "end",
    [
        lambda site: edit(site / HAT, "brand:", "status: discontinued\nbrand:"),
        lambda site: write(site, {RECALLS: f"{RECALLED[:-2]}, stop_sale: true}}\n"}),
        lambda site: edit(site / SITE, ", buyers: true", ""),
    ],
)
def test_nobody_is_asked_about_what_is_not_sold_or_where_the_site_does_not_say_so(sold, end):
    end(sold)
    build(sold)
    assert not (sold / "site/products/hat/ask").exists()


def test_the_card_of_a_thing_that_is_recalled_and_sold_tells_of_it(sold):
    write(sold, {RECALLS: RECALLED})
    build(sold)
    assert "It runs." in tree(sold, "products/hat/ask").body.text()


def test_an_edit_of_a_product_renews_its_card(sold, tmp_path):
    build(sold)
    edit(sold / HAT, "Wool hat", "Felt hat")
    build(sold)
    build(sold, tmp_path / "clean")
    assert bytes_of(sold / "site") == bytes_of(tmp_path / "clean")
    assert "Felt hat" in tree(sold, "products/hat/ask").css_first("h1").text()
