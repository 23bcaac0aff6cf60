"""Imported reviews on a product's page: whose they are, all of them, counted apart, and never in structured data."""

import json

import facts
from building import build, bytes_of, html_of, trees_of, write
from storefront.catalog.ratings import by_stars, mean
from storefront.catalog.review_facts import ImportedFact, Ratings
from storefront.pages import product_page
from storefront.vocabulary.curation import Verification
from storefront.vocabulary.imported import ImportedReview, Reply, ReviewStatus

FILE = "content/reviews/nordshop/merino-tee.yaml"


def review(identity="a", **changed):
    given = {"id": identity, "date": "2026-08-02", "rating": 4.0, "body": "Warm."}
    return ImportedReview(**(given | changed))


def fact(*reviews, withheld=(), source="nordshop", **changed):
    rated = [each.rating for each in reviews if each.rating]
    given = {
        "ref": f"imported:{source}/mug",
        "source": source,
        "publisher": "Nordshop",
        "aggregator": None,
        "imported_on": "2026-11-20",
        "rating": mean(rated),
        "stars": by_stars(rated),
        "reviews": reviews,
        "withheld": tuple(withheld),
        "withheld_rating": mean([each.rating for each in withheld if each.rating]),
    }
    return ImportedFact(**(given | changed))


def page(*imported, reviews=(), locale="en-GB"):
    rated = [each.rating for each in reviews]
    ratings = Ratings(ref="ratings:mug", rating=mean(rated), stars=by_stars(rated), by_provenance=(), pros=(), cons=())
    return product_page.sheet(
        product_page.Inputs(
            site=facts.site(locale=locale),
            product=facts.product(),
            ratings=ratings,
            mentions=(),
            reviews=tuple(reviews),
            posts=(),
            imported=imported,
        )
    )


def test_the_publisher_and_the_way_here_are_said_first():
    (said,) = page(fact(review(), aggregator="Judge.me")).view.imported
    assert said.title == "From buyers at Nordshop"
    assert said.provenance == (
        "Written by customers of Nordshop, collected by Judge.me and published there; brought here on 20 Nov 2026.",
        "Nobody on this site wrote them or can check them. They have an average of their own.",
        "0 of 1 are marked there as checked purchases.",
        "For 1 of 1 it is not said whether anything was given.",
    )


def test_the_sites_average_does_not_move_and_the_share_stands_beside_it():
    own = [facts.review("a", rating=5.0), facts.review("b", rating=4.0)]
    view = page(fact(*(review(str(n), rating=1.0) for n in range(6))), reviews=own).view
    assert view.aggregate.stars.text == "4.5 out of 5 stars, 2 reviews"
    assert view.aggregate.imported == "Counted apart: 6 imported reviews, 75% of all on this page."
    assert view.imported[0].stars.text == "1 out of 5 stars, 6 reviews"
    assert page(reviews=own).view.aggregate.imported is None


def test_every_review_is_on_the_page_whatever_its_rating():
    reviews = [review(str(n), rating=float(1 + n % 5), date=f"2026-08-{n + 1:02}") for n in range(23)]
    (said,) = page(fact(*reviews)).view.imported
    assert len(said.reviews) + len(said.more) == 23
    assert said.more_label == "18 more reviews"
    assert [bar.count for bar in said.bars] == [4, 4, 5, 5, 5]


def test_what_was_withheld_is_counted_with_its_rating_and_reason():
    withheld = [
        review("x", rating=1.0, body=None, status=ReviewStatus.HIDDEN),
        review("y", rating=2.0, body=None, status=ReviewStatus.REMOVED, reason="The reviewer asked for it."),
    ]
    (said,) = page(fact(review(), withheld=withheld)).view.imported
    assert said.withheld_label == "2 more were withheld from readers, rated 1.5 out of 5 on average"
    assert [each.reason for each in said.withheld] == [
        "Nordshop has hidden it.",
        "Removed here: The reviewer asked for it.",
    ]
    assert said.stars.text == "4 out of 5 stars, 1 review"


def test_every_status_has_its_sentence_in_every_language():
    for locale in ("en-GB", "de-DE", "fr-FR"):
        withheld = [
            review(status, body=None, rating=None, status=status, reason="R")
            for status in ReviewStatus
            if status is not ReviewStatus.PUBLISHED
        ]
        (said,) = page(fact(withheld=withheld), locale=locale).view.imported
        assert len({each.reason for each in said.withheld}) == len(withheld)
        assert said.shown == ""


def test_an_incentive_is_said_before_the_words_and_a_check_in_any_case():
    checked = Verification(status="verified", method="platform", by="Judge.me")
    first = review("a", incentivized=True, verification=checked, collection_method="post_fulfillment")
    (said,) = page(fact(first, review("b", incentivized=False))).view.imported
    assert said.reviews[0].incentive == "Something was given for this review, says Nordshop."
    assert said.reviews[0].verification == "Checked by Judge.me"
    assert said.reviews[0].collected == "Asked for after an order"
    assert (said.reviews[1].incentive, said.reviews[1].verification) == (None, "Purchase not checked")


def test_words_are_plain_paragraphs_and_an_answer_is_the_publishers():
    one = review(body="# One\n\n[two](https://spam.example)", reply=Reply(text="Sorry.", date="2026-08-03"))
    (said,) = page(fact(one)).view.imported
    assert said.reviews[0].paragraphs == ("# One", "[two](https://spam.example)")
    assert (said.reviews[0].replier, said.reviews[0].reply) == ("Nordshop answers", ("Sorry.",))
    assert said.reviews[0].author == "No name given"


def test_sources_stand_each_for_itself():
    view = page(fact(review()), fact(review(), source="ridge", publisher="Ridge")).view
    assert [said.title for said in view.imported] == ["From buyers at Nordshop", "From buyers at Ridge"]
    assert len({said.reviews[0].anchor for said in view.imported}) == 2


CONTENT = """publisher: Nordshop
imported_on: 2026-11-20
reviews:
  - {id: a1, date: 2026-08-02, reviewer: Tamsin Unheard, rating: 2, body: Sleeves <b>too</b> short.}
  - {id: a2, date: 2026-08-03, rating: 1, status: hidden}
"""


def test_structured_data_says_nothing_of_them(site):
    build(site)
    before = trees_of(site / "site")["products/merino-tee/"].css('script[type="application/ld+json"]')
    write(site, {FILE: CONTENT})
    build(site)
    after = trees_of(site / "site")["products/merino-tee/"].css('script[type="application/ld+json"]')
    assert [json.loads(each.text()) for each in after] == [json.loads(each.text()) for each in before]
    pages = html_of(site / "site")
    assert "Sleeves &lt;b&gt;too&lt;/b&gt; short." in pages["products/merino-tee/"]
    assert [address for address, html in pages.items() if "Tamsin Unheard" in html] == ["products/merino-tee/"]
    others = [path for path in (site / "site").rglob("*") if path.suffix in {".json", ".xml"}]
    assert others
    assert not any("Tamsin Unheard" in path.read_text() for path in others)


def test_how_this_works_tells_of_them_only_where_there_are_any(site):
    build(site)
    assert "imported from there" not in html_of(site / "site")["how-this-works/"]
    write(site, {FILE: CONTENT})
    build(site)
    assert "1 review by a customer of a shop is imported" in html_of(site / "site")["how-this-works/"]


def test_those_of_a_product_that_is_held_back_are_not_shown(site):
    write(site, {FILE: CONTENT})
    product = site / "content/products/merino-tee.yaml"
    product.write_text(product.read_text() + "draft: true\n")
    build(site)
    assert not any("Tamsin Unheard" in html for html in html_of(site / "site").values())


def test_a_build_after_an_import_is_what_a_build_from_nothing_gives(site, tmp_path):
    build(site)
    write(site, {FILE: CONTENT})
    again = build(site)
    assert again.rendered == 2, "the product's page and how this works"
    build(site, tmp_path / "clean")
    assert bytes_of(site / "site") == bytes_of(tmp_path / "clean")
