"""The disclosure at the top of a page."""

import pytest

import facts
from storefront.pages import statement
from storefront.pages.statement import Through, Tie
from storefront.pages.voice import voice
from storefront.vocabulary.common import Relationship

R = Relationship


def said(spoken, *ties, networks=()):
    made = statement.creator_statement([Tie(*tie) for tie in ties], networks, spoken)
    return made.sentences if made else ()


def test_nothing_received_is_nothing_said(spoken):
    assert statement.creator_statement([], (), spoken) is None
    assert statement.site_statement([], (), spoken) is None
    ties = [*statement.of_picks([facts.pick(relationships=(R.PURCHASED,)), facts.pick(relationships=(R.NONE,))])]
    assert ties == []


def test_one_sentence_for_each_relationship_strongest_first(spoken):
    sentences = said(spoken, (R.AFFILIATE, "Corner"), (R.PAID, "Kiln"), (R.AMBASSADOR, "Clay"), (R.PAID, "Tin"))
    assert len(sentences) == 3
    assert "Kiln and Tin" in sentences[0]
    assert "Clay" in sentences[1]
    assert "Corner" in sentences[2]


@pytest.mark.parametrize(
    ("count", "shown"), [(1, "b0"), (2, "b0 and b1"), (4, "b0, b1, b2 and b3"), (5, "b0, b1, b2 and 2 more")]
)
def test_many_names_end_in_a_number(spoken, count, shown):
    [sentence] = said(spoken, *((R.PAID, f"b{number}") for number in range(count)))
    assert shown in sentence


def test_a_name_is_said_once(spoken):
    [sentence] = said(spoken, (R.PAID, "Kiln"), (R.PAID, "Kiln"))
    assert sentence.count("Kiln") == 1


def test_a_name_that_ends_in_a_full_stop_ends_the_sentence(spoken):
    for sentence in said(spoken, (R.PAID, "Kiln Inc."), (R.AFFILIATE, "Shop Ltd.")):
        assert ".." not in sentence


def test_what_every_thing_says_beside_itself_is_left_to_it_unless_it_is_all(spoken):
    assert len(said(spoken, (R.GIFTED, "Kiln"))) == 1
    assert all("Kiln" not in sentence for sentence in said(spoken, (R.GIFTED, "Kiln"), (R.AFFILIATE, "Corner")))


def test_a_retired_picks_code_pays_nobody():
    retired = facts.pick(relationships=(), promo=facts.promo(), retired=True)
    standing = facts.pick(relationships=(), promo=facts.promo())
    assert [*statement.of_picks([retired])] == []
    assert [*statement.of_picks([standing])] == [Tie(R.DISCOUNT_CODE, "Corner Shop")]
    free = facts.pick(relationships=(), promo=facts.promo(relationships=()))
    assert [*statement.of_picks([free])] == []


def test_an_affiliate_link_names_the_shop_and_a_gift_the_brand():
    pick = facts.pick(relationships=(R.GIFTED, R.AFFILIATE), brand_name="Clay", offer=facts.offer())
    assert [*statement.of_picks([pick])] == [Tie(R.GIFTED, "Clay"), Tie(R.AFFILIATE, "Corner Shop")]


def test_a_networks_own_sentence_is_said_once(spoken):
    networks = {
        Through("amazon", "www.amazon.com"),
        Through("amazon", "www.amazon.co.uk"),
        Through("awin", "x.example"),
    }
    assert said(spoken, networks=networks) == ("As an Amazon Associate I earn from qualifying purchases.",)


def test_networks_that_want_a_sentence_are_found_with_the_hosts_of_their_links(spoken):
    offers = [
        facts.offer(network="awin"),
        None,
        facts.offer(network=None),
        facts.offer(url="https://www.amazon.de/dp/X?tag=y", network="amazon"),
    ]
    assert statement.networks_of(offers, spoken) == {Through("amazon", "www.amazon.de")}


def test_a_sentence_in_another_language_says_so(spoken):
    [sentence] = said(spoken, networks={Through("amazon", "www.amazon.de")})
    assert sentence.startswith('<span lang="de">')


def test_a_shared_page_speaks_for_everybody(spoken):
    made = statement.site_statement([Tie(R.PAID, "Kiln")], (), spoken)
    assert made.sentences == (spoken.pack.shared,)
    assert (made.label, made.more.url) == (spoken.pack.label, "/how-this-works/")


@pytest.mark.parametrize(("locale", "market"), [("en-GB", "gb"), ("en-US", "us"), ("de-DE", "de"), ("fr-FR", "fr")])
def test_every_language_has_words_for_every_tie(locale, market):
    spoken = voice(facts.site(), locale, (market,))
    for relationship in Relationship:
        if relationship not in {R.PURCHASED, R.NONE}:
            [sentence] = said(spoken, (relationship, "Kiln"))
            assert ("Kiln" in sentence) is (relationship is not R.DISCOUNT_CODE)
            assert "{" not in sentence
