"""What a creator was sent says so on everything she shows of it from then on, and never instead of her own words."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from building import build, edit, write
from checking import NOW, problems_of, written
from gifting import HAT, KIT, POST, PROFILE, REVIEW, SAMPLES, SITE, SNIPPET, sent
from storefront import pipeline
from storefront.cli import group

GIFTED, LOANED, EXCHANGE = "Ad · gifted by Fjell", "Ad · on loan from Fjell", "Ad · from Fjell for a review or post"
LESS = (
    "{% extends 'base.html' %}{% block content %}<h1>{{ view.list.title }}</h1>{% for card in view.list.cards %}"
    "<p>{{ card.shop.html|replace('Ad · from Fjell for a review or post', '') }}</p>{% endfor %}{% endblock %}"
)
LATER = datetime(2026, 12, 24, tzinfo=UTC)


def page(site, path, now=NOW):
    build(site, now=now)
    return LexborHTMLParser((site / "site" / path / "index.html").read_text())


def badges(site, thing="merino-tee", path="maya/lists/kit", now=NOW):
    """The badges beside a thing of a list."""
    found = page(site, path, now).css(f'[id="kit-{thing}"] [data-label], [id="kit-{thing}"] .badge')
    return " | ".join(each.text(strip=True) for each in found)


def said_of_the_review(site, now=NOW):
    return page(site, "products/merino-tee", now).css_first(".review__disclosure").text(strip=True)


def test_a_sample_labels_the_thing_and_no_other(site):
    write(site, {SAMPLES: sent()})
    assert GIFTED in badges(site)
    assert "gifted" not in badges(site, "hat")
    assert EXCHANGE not in badges(site)


def test_a_loan_says_that_it_is_one(site):
    write(site, {SAMPLES: sent(more="    kind: loan\n    return_by: 2026-12-01\n")})
    assert LOANED in badges(site)
    assert GIFTED not in badges(site)


@pytest.mark.parametrize("expectation", ["review", "post"])
def test_what_was_asked_for_it_is_disclosed(site, expectation):
    write(site, {SAMPLES: sent(expectation=expectation)})
    assert EXCHANGE in badges(site)
    assert GIFTED in badges(site)
    assert "Fjell sent it to Maya Lind in exchange for a review or post." in said_of_the_review(site)


def test_nothing_is_said_before_it_came(site):
    write(site, {SAMPLES: sent("2026-12-20", "post")})
    assert "Fjell" not in badges(site)
    assert EXCHANGE in badges(site, now=LATER)


def test_a_build_says_when_a_sample_comes(site):
    write(site, {SAMPLES: sent("2026-11-24")})
    assert build(site).next_change == datetime(2026, 11, 24, tzinfo=UTC)


def test_a_review_and_a_post_from_before_stay_as_they_were(site):
    write(site, {SAMPLES: sent("2026-11-20", "review")})
    assert said_of_the_review(site) == "Maya Lind bought this."
    assert "review or post" not in page(site, "maya/posts/first-frost").body.text()


def test_a_later_post_says_it(site):
    write(site, {SAMPLES: sent("2026-11-15", "post")})
    assert EXCHANGE in page(site, "maya/posts/first-frost").body.text()


def test_an_update_after_it_came_makes_the_review_say_it(site):
    edit(site / REVIEW, "provenance:", "updates: [{date: 2026-11-21, text: Still warm.}]\nprovenance:")
    write(site, {SAMPLES: sent("2026-11-20", "review")})
    assert "in exchange for a review or post" in said_of_the_review(site)


@pytest.mark.parametrize(("came", "told"), [("2026-11-01", True), ("2026-11-03", False)])
def test_a_snippet_says_what_had_come_by_then(site, came, told):
    edit(site / SITE, "markets:", "embeds: true\nmarkets:")
    write(site, {SAMPLES: sent(came, "post"), PROFILE: (site / PROFILE).read_text() + SNIPPET})
    for path in ("embed/snippet/maya/cold", "brands/fjell"):
        beside = page(site, path).css_first('[id="snippet-maya-cold"]').text()
        assert (EXCHANGE in beside, GIFTED in beside) == (told, told)


def test_what_she_says_herself_is_never_dropped(site):
    edit(site / KIT, "relationship: purchased\n    promo", "relationship: [paid, ambassador]\n    promo")
    write(site, {SAMPLES: sent()})
    beside = badges(site)
    assert "paid by Fjell" in beside
    assert "Fjell ambassador" in beside
    assert GIFTED in beside


def test_a_theme_that_drops_the_label_of_a_sample_is_refused(site):
    write(site, {SAMPLES: sent(expectation="post"), "themes/editorial/templates/list.html": LESS})
    said = written(problems_of(site))
    assert "undisclosed" in said
    assert "Merino Tee" in said


def test_a_review_that_was_asked_for_is_incentivized_for_other_programs(site):
    write(site, {SAMPLES: sent(expectation="review", more="    value: 69.00 GBP\n")})
    words = ["export", "reviews", "--format", "json", "--root", str(site), "--now", "2026-11-22"]
    made = json.loads(CliRunner().invoke(group, words).stdout)
    review = next(each for each in made["reviews"] if "incentive" in each)
    assert review["is_incentivized_review"] is True
    assert review["incentive"] == "sample"


def test_thanks_for_a_review_are_told_on_later_ones_of_the_brand(site):
    other = "product: hat\ndate: 2026-11-01\nbody: Warm.\nprovenance: purchased\n"
    write(site, {"content/influencers/maya/reviews/hat.yaml": other})
    write(site, {SAMPLES: "rewards: [{review: merino-tee, kind: discount, date: 2026-10-20}]\n"})
    assert said_of_the_review(site) == "Maya Lind bought this."
    later = page(site, "products/hat").css_first(".review__disclosure").text(strip=True)
    assert later == "Ad: Fjell thanked Maya Lind with a gift for an earlier review. Maya Lind bought this."


def withdrawn(site):
    said = "status: removed\nremoved: {reason: author-request, by: Maya Lind, date: 2026-11-10}\n"
    (site / REVIEW).write_text((site / REVIEW).read_text() + said)


@pytest.mark.parametrize(
    "end",
    [
        withdrawn,
        lambda site: edit(site / "content/products/merino-tee.yaml", "brand:", "until: 2026-11-10\nbrand:"),
        lambda site: edit(site / REVIEW, "provenance:", "draft: true\nprovenance:"),
    ],
)
def test_thanks_are_told_whatever_became_of_the_review_that_they_were_for(site, end):
    other = "product: hat\ndate: 2026-11-01\nbody: Warm.\nprovenance: purchased\n"
    write(site, {"content/influencers/maya/reviews/hat.yaml": other})
    write(site, {SAMPLES: "rewards: [{review: merino-tee, kind: discount, date: 2026-10-20}]\n"})
    end(site)
    said = page(site, "products/hat").css_first(".review__disclosure").text(strip=True)
    assert said.startswith("Ad: Fjell thanked Maya Lind with a gift for an earlier review.")


@pytest.mark.parametrize(
    ("more", "warned"),
    [
        ("    value: 69.00 GBP\n", True),
        ("    value: 49.99 GBP\n", False),
        ("    value: 69.00 EUR\n", False),
        ("    value: 69.00 GBP\n    approved_by: Ida Berg\n", False),
        ("    value: 69.00 GBP\n    kind: loan\n", False),
    ],
)
def test_a_gift_above_the_limit_of_its_currency_is_warned_of(site, more, warned):
    edit(site / SITE, "markets:", "gift_warn_above: [50.00 GBP]\nmarkets:")
    write(site, {SAMPLES: sent(more=more)})
    found = [(problem.code, problem.place.line) for problem in pipeline.check(site, NOW, 1).warnings]
    assert found == ([("generous-gift", 5)] if warned else [])


def test_nothing_of_the_log_is_published(site):
    write(site, {SAMPLES: sent(more="    value: 69.00 GBP\n    reference: NL-4471\n    approved_by: Ida Berg\n")})
    build(site)
    for path in (site / "site").rglob("*"):
        if path.is_file():
            assert b"NL-4471" not in path.read_bytes()
            assert b"Ida Berg" not in path.read_bytes()


def test_a_thing_that_was_not_sent_is_not_touched(site):
    (site / HAT).unlink()
    edit(site / KIT, "  - product: hat\n    relationship: purchased\n", "")
    write(site, {SAMPLES: sent(), POST: "date: 2026-11-15\ntitle: Frost\n"})
    assert "gifted" not in page(site, "maya/posts/first-frost").body.text()
