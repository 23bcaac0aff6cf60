"""Embeds: a creator's words on somebody else's site, with their disclosure, and only where she agrees."""

import json
from html import escape

import pytest

import facts
from building import built, copy_of_minimal, edit, html_of
from storefront.catalog.ratings import gather
from storefront.pages import embeds
from storefront.vocabulary.common import Relationship

SITE = facts.site(embeds="embed.css", base="/shop", url="https://host.example/shop")


def review_inputs(**changed):
    review = facts.review("a", **changed)
    others = [facts.review("b", rating=1.0), facts.review("c", rating=2.0)]
    return embeds.ReviewInputs(site=SITE, review=review, ratings=gather("mug", [review, *others]))


def product_inputs(*reviews):
    tied = tuple(review for review in reviews if Relationship.GIFTED in review.relationships)
    return embeds.ProductInputs(site=SITE, thing=facts.thing(), ratings=gather("mug", reviews), tied=tied)


def test_a_review_stands_with_the_ratings_of_all():
    sheet = embeds.review_sheet(review_inputs(rating=4.5))
    assert sheet.view.review.stars.value == "4.5"
    assert sheet.view.aggregate.stars.text == "2.5 out of 5 stars, 3 reviews"
    assert sheet.page.noindex
    assert sheet.view.more == "/shop/products/mug/#review-maya-a"
    assert sheet.chrome.stylesheet == "/shop/assets/embed.css"


def test_what_was_received_stands_first():
    gift = embeds.review_sheet(review_inputs(relationships=(Relationship.GIFTED,)))
    assert gift.page.statement is not None
    assert gift.view.review.disclosure.startswith(f"{gift.page.statement.label}:")
    assert embeds.review_sheet(review_inputs()).page.statement is None


def test_ratings_of_a_product_show_every_star():
    sheet = embeds.product_sheet(product_inputs(facts.review("a", rating=5.0), facts.review("b", rating=1.5)))
    assert [bar.count for bar in sheet.view.aggregate.bars] == [1, 0, 0, 0, 1]
    assert sheet.view.review is None
    assert embeds.product_sheet(product_inputs()).view.aggregate is None
    tied = facts.review("c", relationships=(Relationship.GIFTED,))
    assert embeds.product_sheet(product_inputs(tied)).page.statement is not None


def test_oembed_holds_the_frame_and_the_embed_leads_to_it():
    inputs = review_inputs(product_title='Mug "M" & <b>')
    made = json.loads(embeds.review_oembed(inputs))
    assert (made["version"], made["type"], made["author_name"]) == ("1.0", "rich", "Maya")
    assert made["author_url"] == "https://host.example/shop/maya/"
    assert made["html"].startswith(
        '<iframe src="https://host.example/shop/embed/review/maya/a/" title="Review of Mug &#34;'
    )
    assert f'width="{made["width"]}" height="{made["height"]}"' in made["html"]
    [alternate] = embeds.review_sheet(inputs).page.alternates
    assert alternate.type == "application/json+oembed"
    assert alternate.url == "https://host.example/shop/embed/review/maya/a/oembed.json"
    assert json.loads(embeds.product_oembed(product_inputs()))["title"] == "Ratings of Mug"


# On a whole site


def site_at(root, *, recognition="public"):
    site = copy_of_minimal(root)
    edit(site / "content/site.yaml", "title:", "embeds: true\ntitle:")
    edit(site / "content/influencers/maya/profile.yaml", "recognition: public", f"recognition: {recognition}")
    return site


@pytest.fixture(scope="module")
def embedded(tmp_path_factory):
    return html_of(built(site_at(tmp_path_factory.mktemp("embeds"))).output)


def test_an_embed_needs_nothing_from_elsewhere_and_runs_nothing(embedded):
    pages = {path: html for path, html in embedded.items() if path.lstrip("/").startswith("embed/")}
    assert len(pages) > 1
    for html in pages.values():
        assert "<script" not in html
        assert "default-src 'none'; style-src 'self'; img-src 'self'" in html
        assert '<meta name="robots" content="noindex">' in html
        assert 'rel="sponsored' not in html


def test_the_code_to_copy_stands_below_the_review(embedded):
    code = escape('<iframe src="https://shelves.example/embed/review/maya/', quote=False)
    assert any(code in html.replace("&#34;", '"') for html in embedded.values())


@pytest.mark.parametrize(("recognition", "some"), [("none", False), ("brand", False), ("public", True)])
def test_a_creator_decides(tmp_path, recognition, some):
    output = built(site_at(tmp_path, recognition=recognition)).output
    assert (output / "embed/review").is_dir() == some
    assert (output / "embed/product").is_dir()


def test_no_site_has_embeds_unasked(minimal):
    assert not (minimal.output / "embed").exists()
    assert not list((minimal.output / "assets").glob("*-embed.*"))


def test_embeds_are_not_in_the_sitemap(tmp_path):
    assert "/embed/" not in (built(site_at(tmp_path)).output / "sitemap.xml").read_text()
