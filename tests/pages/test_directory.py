"""The site's own pages."""

import pytest

import facts
from storefront.catalog.facts import Listed, NetworkFact
from storefront.pages import directory
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.site import Publisher


def listed(handle, **changed):
    byline = facts.byline(handle, **changed)
    return Listed(ref=f"listed:{handle}", byline=byline, tagline="Hello", location=None, things=3, reviews=1)


def home(*people, page=1, pages=1, posts=(), **site):
    inputs = directory.HomeInputs(site=facts.site(**site), people=people, posts=tuple(posts), page=page, pages=pages)
    return directory.home_sheet(inputs)


def test_the_home_page_shows_the_creators_in_their_order():
    view = home(listed("zoe"), listed("ada")).view
    assert [(person.name, person.url) for person in view.people] == [("Zoe", "/zoe/"), ("Ada", "/ada/")]
    assert [(fact.label, fact.value) for fact in view.people[0].facts] == [("Things", "3"), ("Reviews", "1")]


def test_words_in_another_language_say_so():
    view = home(listed("ines", locale="fr-FR"), listed("ada")).view
    assert [person.lang for person in view.people] == ["fr-FR", None]


def test_the_headline_is_the_tagline_or_the_title():
    assert home(tagline="Things that last").view.headline == "Things that last"
    assert home().view.headline == "The Shelf"


@pytest.mark.parametrize(
    ("page", "previous", "following"), [(1, None, "/page/2/"), (2, "/", "/page/3/"), (3, "/page/2/", None)]
)
def test_pages_lead_to_their_neighbours(page, previous, following):
    sheet = home(page=page, pages=3)
    turned = sheet.view.pagination
    assert turned.text == f"Page {page} of 3"
    assert (turned.previous.url if turned.previous else None) == previous
    assert (turned.next.url if turned.next else None) == following
    assert sheet.page.title.endswith(")") is (page > 1)


def test_one_page_has_no_neighbours():
    assert home().view.pagination is None


def test_posts_with_ties_bring_a_statement_to_the_home_page():
    paid = facts.post("p", facts.pick(relationships=(Relationship.PAID,)))
    assert home(posts=[paid]).page.statement is not None
    assert home(posts=[facts.post("p", facts.pick())]).page.statement is None


def how(networks=(), reviews=0, checked=0, **site):
    return directory.how_sheet(
        directory.HowInputs(site=facts.site(**site), networks=networks, reviews=reviews, checked=checked)
    ).view


def test_how_this_works_explains_every_label_that_needs_one():
    kinds = [each.badge.kind for each in how().labels]
    assert kinds == [r for r in Relationship if r not in {Relationship.PURCHASED, Relationship.NONE}]
    assert all(each.text and each.badge.text for each in how().labels)


def test_how_this_works_names_the_networks_in_use():
    assert any("Amazon" in line and "Awin" in line for line in how(("amazon", "awin")).links)
    assert "No link here is paid." in how().links


def test_how_this_works_names_the_sites_own_networks():
    own = NetworkFact(id="acme", name="Acme Affiliates", statement=())
    inputs = directory.HowInputs(site=facts.site(networks=(own,)), networks=("acme",), reviews=0, checked=0)
    assert any("Acme Affiliates" in line for line in directory.how_sheet(inputs).view.links)


def test_how_this_works_counts_what_was_checked():
    assert "3 of 9 reviews were checked against a purchase; those say so." in how(reviews=9, checked=3).reviews


def reviews_of(locale="en-GB", **figures):
    inputs = directory.HowInputs(site=facts.site(locale=locale), networks=(), **figures)
    return directory.how_sheet(inputs).view.reviews


def test_how_this_works_answers_what_the_law_asks_of_reviews():
    """Are all shown, moderated, sponsored, in what order, how is the score made (EU-02, UK-04)."""
    assert reviews_of(reviews=9, removed=1, checked=3, tied=4, paid=1, imported=2) == (
        (
            "All reviews are shown, the critical ones too. None is left out for its rating, and there is no "
            "setting that could."
        ),
        (
            "A review is shown as its author wrote it, and none is sorted out before. The publisher removes one "
            "only for these reasons: spam, unlawful content, not about the product, the author asked for it, "
            "said twice or personal data."
        ),
        "A review is removed only with a note in its place that says who did it, when and why; 1 has been.",
        "90% of all reviews published here still stand.",
        "They stand newest first.",
        (
            "At most 50 stand on a page; the others are on further pages, by date alone. Average and figures by "
            "stars always cover all pages."
        ),
        (
            "Filters and other orders are for the reader to choose and are off at first; they change nothing "
            "about the average."
        ),
        (
            "The average is that of every rating shown with it, one decimal, always with its count; where a "
            "reviewer has updated a rating, the newest counts."
        ),
        "What a reviewer received for a review stands at the head of that review.",
        "For 4 of 9 reviews the reviewer received something or has a tie to the brand (44%).",
        (
            "1 of them was paid for. There is nothing here by which a brand could buy stars, a place in the "
            "order, or the removal of a review."
        ),
        "3 of 9 reviews were checked against a purchase; those say so.",
        "The others say that nobody checked the purchase.",
        (
            "2 reviews by customers of shops are imported from there. They are shown apart, under the "
            "publisher's name, with an average of their own, and what the publisher withheld is counted beside "
            "them."
        ),
    )


@pytest.mark.parametrize("locale", ["de-DE", "fr-FR"])
def test_the_answers_are_the_same_in_every_language(locale):
    figures = {"reviews": 9, "removed": 1, "checked": 3, "tied": 4, "paid": 1, "imported": 2}
    here, english = reviews_of(locale, **figures), reviews_of(**figures)
    assert len(here) == len(english)
    assert not set(here) & set(english)


def test_a_site_without_reviews_says_no_shares_of_them():
    said = " ".join(reviews_of(reviews=0, checked=0))
    assert "%" not in said
    assert "paid for" not in said


def test_how_this_works_tells_the_sites_own_rule_on_prices():
    assert "for 30 days" in how(price_days=30).prices[0]


def test_a_wrong_address_leads_to_people():
    inputs = directory.MissingInputs(site=facts.site(), people=(facts.byline("maya"),))
    sheet = directory.missing_sheet(inputs)
    assert sheet.page.noindex
    assert [link.url for link in sheet.view.people] == ["/maya/"]


def test_an_old_handle_leads_to_the_new_one():
    inputs = directory.MovedInputs(site=facts.site(base="/shop"), byline=facts.byline("maya"), old="/may/", to="/maya/")
    sheet = directory.moved_sheet(inputs)
    assert sheet.page.noindex
    assert sheet.page.canonical == "https://shelf.example/maya/"
    assert (sheet.view.to.text, sheet.view.to.url) == ("Maya", "/shop/maya/")
    assert sheet.page.title.startswith("This page has moved: /may/")


def test_every_page_says_who_answers_for_it():
    publisher = Publisher(
        name="Press", email="desk@press.example", url="https://press.example", address="14 Row\nLeeds"
    )
    chrome = home(publisher=publisher).chrome
    assert (chrome.publisher, chrome.publisher_email) == ("Press", "desk@press.example")
    assert chrome.publisher_address == "14 Row\nLeeds"
    assert home().chrome.publisher is None


def test_the_bars_lead_below_the_base_path():
    chrome = home(base="/shop").chrome
    assert chrome.home == "/shop/"
    assert all(link.url.startswith("/shop/") for link in (*chrome.nav, chrome.how))
    assert chrome.stylesheet == "/shop/assets/editorial.css"
    assert chrome.search.url == "/shop/search/"
    brought = home(base="/shop", scripts=(("copy", "copy.1234.js"),)).chrome
    assert brought.scripts == {"copy": "/shop/assets/copy.1234.js"}
