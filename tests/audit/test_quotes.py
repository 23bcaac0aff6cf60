"""The audit of quotations: a line of a review, or a customer's review brought over, bears its label in its own box."""

import pytest

from audit.test_mutations import mutated, problems_of
from building import write
from checking import written

REVIEW = "content/influencers/maya/reviews/merino-tee.yaml"
PRODUCT, ANSWERS, IMPORTED = "templates/product.html", "templates/parts/answers.html", "templates/parts/imported.html"
BOUGHT = "content/reviews/nordshop/merino-tee.yaml"
TOO_LONG = "It itched from the first day on, and no number of washes has ever made it any better"
ANSWERED = f"""\
product: merino-tee
date: 2026-10-01
rating: 2
body: {TOO_LONG}.
cons: [Itches]
provenance: gifted
responses:
  - {{by: fjell, date: 2026-10-05, kind: fix, text: Softer wool., outcome: fixed}}
"""
OTHERS = "product: merino-tee\ndate: 2026-10-02\nrating: 5\nbody: Mine is fine.\nprovenance: purchased\n"
GIVEN = """\
publisher: Nordshop
imported_on: 2026-11-01
reviews:
  - {id: a1, date: 2026-08-01, reviewer: Ida, rating: 5, body: It came as a present and I like it., incentivized: true}
"""
MORE = "".join(
    f"  - {{id: b{n}, date: 2026-09-0{n}, reviewer: Ida, rating: 4, body: Fine., incentivized: false}}\n"
    for n in range(1, 8)
)
PRAISE = '{% if view.verdict.disclosure %}<p class="verdict__disclosure">{{ view.verdict.disclosure }}</p>'
CRITICISM = PRAISE.replace("verdict.d", "critical.d")
FIX = '<p class="fix__disclosure">{{ fix.disclosure }}</p>'
LABEL = '<p class="review__disclosure">{{ said.incentive }}</p>'
QUOTE = "<blockquote><p{{ lang_of(view.critical.lang) }}>{{ view.critical.text }}</p></blockquote>"


@pytest.fixture
def answered(site):
    return write(site, {REVIEW: ANSWERED})


@pytest.fixture
def given(site):
    return write(site, {BOUGHT: GIVEN})


def told(site, what, page):
    """The rules by which problems with something on a page were found, each at its record."""
    found = [each for each in problems_of(site) if what in each.message and f"on {page}," in each.message]
    assert {each.code for each in found} <= {"undisclosed"}
    return [(str(each.place), each.message.rpartition(" (")[2][:4]) for each in found]


def lines(site, page):
    return told(site, "a line of Maya Lind's review of Merino Tee does not say what was received", page)


@pytest.mark.usefixtures("answered", "given")
def test_quotations_as_shipped_say_all(site):
    assert written(problems_of(site)) == ""


def test_praise_beside_the_shops_says_what_was_received(site):
    found = lines(mutated(site, PRODUCT, (PRAISE, PRAISE.partition("<p")[0])), "/products/merino-tee/")
    assert found == [(f"{REVIEW}:1:1", "U-05")]


@pytest.mark.parametrize(
    ("new", "rule"),
    [
        (CRITICISM.partition("<p")[0], "U-05"),
        (CRITICISM.replace("<p ", "<p hidden "), "U-04"),
        (CRITICISM.replace("view.critical.disclosure }}</p>", "view.critical.got.text }}</p>"), "U-05"),
    ],
    ids=["missing", "hidden", "a chip alone"],
)
def test_criticism_beside_the_shops_says_it_too(answered, new, rule):
    assert lines(mutated(answered, PRODUCT, (CRITICISM, new)), "/products/merino-tee/") == [(f"{REVIEW}:1:1", rule)]


@pytest.mark.parametrize(("new", "rule"), [("", "U-05"), (FIX.replace("<p ", '<p style="display:none" '), "U-04")])
def test_what_a_brand_quotes_says_it(answered, new, rule):
    assert lines(mutated(answered, ANSWERS, (FIX, new)), "/brands/fjell/") == [(f"{REVIEW}:1:1", rule)]


def test_a_line_in_no_box_of_its_own_is_found_by_its_words(answered):
    bare = [(QUOTE, "<div>{{ view.critical.text }}</div>"), ('href="{{ view.critical.url }}"', 'href="#"')]
    assert written(problems_of(mutated(answered, PRODUCT, *bare))) == ""
    bare.append((CRITICISM, CRITICISM.partition("<p")[0]))
    assert lines(mutated(answered, PRODUCT, *bare), "/products/merino-tee/") == [(f"{REVIEW}:1:1", "U-05")]


def test_another_review_in_the_same_words_is_not_taken_for_it(site):
    again = f"product: merino-tee\ndate: 2026-10-02\nrating: 5\nbody: {TOO_LONG}.\nprovenance: purchased\n"
    write(site, {REVIEW: ANSWERED, "content/influencers/sam/reviews/merino-tee.yaml": again})
    assert written(problems_of(site)) == ""
    nothing = ("{% if view.critical %}", "{% if false %}")
    assert written(problems_of(mutated(site, PRODUCT, nothing))) == ""


def test_a_theme_need_not_quote(answered):
    nothing = ("{% if view.critical %}", "{% if false %}")
    assert written(problems_of(mutated(answered, PRODUCT, nothing))) == ""


def test_a_link_to_a_review_is_no_quotation(answered):
    link = '<p><a href="{{ view.critical.url }}">Criticism</a></p>'
    only = ("{% if view.critical %}", f"{{% if view.critical %}}{link}{{% endif %}}{{% if false %}}")
    assert written(problems_of(mutated(answered, PRODUCT, only))) == ""


def test_a_review_she_paid_for_needs_no_label(site):
    write(site, {REVIEW: ANSWERED.replace("gifted", "purchased")})
    gone = [(CRITICISM, CRITICISM.partition("<p")[0])]
    assert lines(mutated(site, PRODUCT, *gone), "/products/merino-tee/") == []


def test_a_review_that_has_lost_its_name_among_others_is_found_by_its_words(site):
    long = " ".join([TOO_LONG] * 3)
    others = {"content/influencers/sam/reviews/merino-tee.yaml": OTHERS}
    write(site, {REVIEW: ANSWERED.replace(TOO_LONG, long), **others})
    part = "templates/parts/review.html"
    named = 'id="{{ said.anchor }}"'
    unnamed = (named, f"{{% if said.author.name != 'Maya Lind' %}}{named}{{% endif %}}")
    missing = ("{{ said.disclosure }}", "{% if said.author.name != 'Maya Lind' %}{{ said.disclosure }}{% endif %}")
    assert written(problems_of(mutated(site, part, unnamed))) == ""
    said = "Maya Lind's review of Merino Tee does not say what was received for it"
    assert told(mutated(site, part, unnamed, missing), said, "/brands/fjell/") == [(f"{REVIEW}:1:1", "U-05")]


GIFT = "the review a1 from Nordshop does not say that something was given for it"


@pytest.mark.parametrize("more", ["", MORE], ids=["first", "behind the fold"])
@pytest.mark.parametrize(("new", "rule"), [("", "U-05"), (LABEL.replace("<p ", "<p hidden "), "U-04")])
def test_a_customers_review_says_that_something_was_given(given, more, new, rule):
    write(given, {BOUGHT: GIVEN + more})
    assert told(mutated(given, IMPORTED, (LABEL, new)), GIFT, "/products/merino-tee/") == [(f"{BOUGHT}:1:1", rule)]


def test_it_says_so_where_a_theme_has_dropped_the_names(given):
    unnamed = ('id="{{ said.anchor }}" aria', "aria")
    assert written(problems_of(mutated(given, IMPORTED, unnamed))) == ""
    assert told(mutated(given, IMPORTED, unnamed, (LABEL, "")), GIFT, "/products/merino-tee/")


def test_one_without_a_gift_says_nothing(given):
    write(given, {BOUGHT: GIVEN.replace("incentivized: true", "incentivized: false")})
    assert written(problems_of(mutated(given, IMPORTED, (LABEL, "")))) == ""
