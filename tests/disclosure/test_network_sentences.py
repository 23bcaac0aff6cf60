"""Amazon's sentence stands to the letter, in the language of the Amazon shop that is linked (AMZ-01)."""

import html

import pytest
from markupsafe import Markup

import facts
from storefront import links
from storefront.pages import statement
from storefront.pages.voice import voice

EXACT = {
    "www.amazon.com": "As an Amazon Associate I earn from qualifying purchases.",
    "www.amazon.co.uk": "As an Amazon Associate I earn from qualifying purchases.",
    "www.amazon.ca": "As an Amazon Associate I earn from qualifying purchases.",
    "www.amazon.de": "Als Amazon-Partner verdiene ich an qualifizierten Verkäufen.",
    "www.amazon.fr": (
        "En tant que Partenaire Amazon, je réalise un bénéfice sur les achats remplissant les conditions requises."
    ),
    "www.amazon.es": (
        "En calidad de Afiliado de Amazon, obtengo ingresos por las compras adscritas "
        "que cumplen los requisitos aplicables."
    ),
    "www.amazon.it": "In qualità di Affiliato Amazon io ricevo un guadagno dagli acquisti idonei.",
    "www.amazon.nl": "Als Amazon-partner verdien ik aan in aanmerking komende aankopen.",
    "www.amazon.pl": "As an Amazon Associate I earn from qualifying purchases.",
}


def amazon(host):
    return facts.offer(network="amazon", merchant_name="Amazon", url=f"https://{host}/dp/B0EXAMPLE1?tag=maya-21")


def sentences(offers, locale="en-GB"):
    spoken = voice(facts.site(), locale, ("gb",))
    said = statement.creator_statement((), statement.networks_of(offers, spoken), spoken)
    return [] if said is None else list(said.sentences)


@pytest.mark.parametrize("host", EXACT)
@pytest.mark.parametrize("locale", ["en-GB", "de-DE", "fr-FR"])
def test_the_shop_decides_the_sentence_and_its_language(host, locale):
    (said,) = sentences([amazon(host)], locale)
    text = html.unescape(Markup(said).striptags())
    assert " ".join(text.split()) == EXACT[host]


def test_a_sentence_in_another_language_than_the_page_says_which():
    assert sentences([amazon("www.amazon.de")]) == [f'<span lang="de">{EXACT["www.amazon.de"]}</span>']
    assert sentences([amazon("www.amazon.de")], "de-DE") == [EXACT["www.amazon.de"]]


def test_each_shop_has_its_sentence_once():
    offers = [amazon("www.amazon.de"), amazon("www.amazon.com"), amazon("www.amazon.co.uk"), None]
    assert sentences(offers) == [
        EXACT["www.amazon.com"],
        f'<span lang="de">{EXACT["www.amazon.de"]}</span>',
    ]


def test_a_short_link_does_not_say_which_shop_and_takes_the_language_of_the_page():
    assert sentences([amazon("amzn.to")], "de-DE") == [EXACT["www.amazon.de"]]


def test_other_networks_want_no_sentence():
    assert sentences([facts.offer()]) == []


def test_every_sentence_is_one_that_a_shop_asks_for():
    network = links.networks()["amazon"]
    assert {market.get("sentence", "en") for market in network.markets.values()} == set(network.statement)
    assert set(network.statement.values()) == set(EXACT.values())
