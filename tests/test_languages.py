"""A site in many languages: each page says which it is in, its labels are in it, and what is in another says so."""

import shutil

import pytest

from building import REPOSITORY, build, trees_of

SITE = REPOSITORY / "tests" / "sites" / "languages"
# What the page of each creator says: its language, the head of its statement, and the label of a link that pays.
SPOKEN = {
    "giulia": ("it-IT", "Pubblicità", "Pubblicità · link affiliato Fjell"),
    "lucia": ("es-ES", "Publicidad", "Publicidad · enlace de afiliado"),
    "ola": ("pl-PL", "Reklama", "Reklama · link afiliacyjny"),
    "rafa": ("pt-BR", "Publicidade", "Publicidade · link de afiliado"),
    "salma": ("en", "Ad", "Ad · affiliate link"),  # there are no words in Arabic
    "sanne": ("nl-NL", "Advertentie", "Advertentie · affiliatelink"),
}
each_creator = pytest.mark.parametrize("handle", SPOKEN)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    root = tmp_path_factory.mktemp("languages")
    shutil.copytree(SITE / "content", root / "content")
    build(root)
    return trees_of(root / "site")


def texts(page, selector):
    return [found.text().strip() for found in page.css(selector)]


def languages(page, selector):
    return [(found.attributes.get("lang"), found.attributes.get("dir")) for found in page.css(selector)]


@each_creator
def test_a_creators_pages_and_their_labels_are_in_her_language(pages, handle):
    language, head, label = SPOKEN[handle]
    for address in (f"{handle}/", f"{handle}/lists/kit/"):
        page = pages[address]
        assert languages(page, "html") == [(language, "ltr")]
        assert texts(page, ".statement__label") == [head]
        assert label in texts(page, ".badge")


@pytest.mark.parametrize(
    ("handle", "terms"),
    [
        ("giulia", "12,5% di sconto da Nordshop, a partire da 1.000,00\xa0€, scadenza: 24 dic 2026"),
        ("rafa", "12,5% de desconto em Nordshop, a partir de €\xa01.000,00, até 24 de dez. de 2026"),
        ("ola", "12,5% rabatu w sklepie Nordshop, od 1\xa0000,00\xa0€, do 24 gru 2026"),
    ],
)
def test_dates_percentages_and_money_are_those_of_the_locale(pages, handle, terms):
    assert texts(pages[f"{handle}/"], ".coupon__terms") == [terms]


def test_what_she_wrote_says_its_language_where_the_program_has_no_words_in_it(pages):
    arabic = ("ar-EG", "auto")
    vanity, shelf, post = (pages[f"salma/{path}"] for path in ("", "lists/kit/", "posts/frost/"))
    for selector in (".profile__tagline", ".profile__bio", ".section", ".list__title a", ".card__why span + span"):
        assert languages(vanity, selector) == [arabic], selector
    for selector in (".card__note", ".toc__title[lang]", ".review__title"):
        assert set(languages(vanity, selector)) == {arabic}, selector
    assert languages(shelf, "h1") == languages(shelf, ".list__intro") == [arabic]
    assert languages(post, "h1") == languages(post, ".spread__words") == [arabic]


@each_creator
def test_nothing_says_its_language_where_it_is_that_of_the_page(pages, handle):
    if handle != "salma":
        assert pages[f"{handle}/"].css("body [lang]") == []
        assert pages[f"{handle}/"].css("[hreflang]") == []


@pytest.mark.parametrize("address", ["", "products/merino-tee/"])
def test_a_link_to_a_page_in_another_language_says_which(pages, address):
    for handle, (language, _, _) in SPOKEN.items():
        found = pages[address].css(f'main a[href^="/{handle}/"]')
        assert found
        assert {link.attributes.get("hreflang") for link in found} == {None if handle == "salma" else language}


def test_no_page_names_another_as_its_translation(pages):
    assert [address for address, page in pages.items() if page.css("link[hreflang]")] == []
