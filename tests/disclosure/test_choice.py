"""The strictest rule of all listed markets wins, in the page's language, strongest tie first."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from storefront import disclosure
from storefront.disclosure import LABELLED, STRENGTH, rules
from storefront.vocabulary.common import Relationship

R = Relationship
PACKS = disclosure.packs()
LANGUAGES = sorted({language for pack in PACKS.values() for language in pack.texts})
any_relationships = st.lists(st.sampled_from(R))
any_markets = st.lists(st.sampled_from(list(PACKS)), min_size=1, max_size=6).map(tuple)


def speaking(language):
    return [market for market, pack in PACKS.items() if language in pack.texts]


def satisfies_all(chosen, language):
    """Every badge, and what is said of it, by the rules of every market that judged."""
    assert chosen.unmet == ()
    assert chosen.language == language
    for pack in chosen.packs:
        for relationship, badge in chosen.badges.items():
            assert rules.broken(badge, relationship, pack, language) == (), (pack.id, badge)
            assert rules.broken(badge.format(brand="Fjell"), relationship, pack, language, "Fjell") == ()
        accepted = rules.roots(pack, language)
        assert not accepted or chosen.label in accepted
        if rules.mark(pack):
            assert chosen.mark == rules.mark(pack)
            assert chosen.statements[R.AFFILIATE].startswith(chosen.mark)
            assert chosen.shared.startswith(chosen.mark)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_one_text_satisfies_all_markets_that_speak_a_language(language, count):
    for markets in combinations(speaking(language), count):
        chosen = disclosure.wording(markets, language)
        assert tuple(pack.id for pack in chosen.packs) == markets
        satisfies_all(chosen, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_text_satisfies_every_market_there_is(language):
    satisfies_all(disclosure.wording(tuple(PACKS), language), language)


@given(any_markets, st.sampled_from(LANGUAGES))
def test_the_order_of_markets_changes_words_and_never_strictness(markets, language):
    for order in (markets, markets[::-1], tuple(sorted(markets))):
        satisfies_all(disclosure.wording(order, language), language)


def badges(markets, language="en"):
    return disclosure.wording(markets, language).badges


def test_a_market_alone_speaks_its_own_words():
    for market, pack in PACKS.items():
        for language, texts in pack.texts.items():
            chosen = disclosure.wording((market,), language)
            assert chosen.badges == texts.badges
            assert chosen.statements == texts.statements
            assert (chosen.label, chosen.shared) == (texts.label, texts.shared)


@pytest.mark.parametrize(
    ("markets", "language", "relationship", "expected"),
    [
        # The first of the markets' own texts that satisfies all.
        (("us", "gb"), "en", R.AFFILIATE, "Ad · paid link"),
        (("gb", "us"), "en", R.AFFILIATE, "Ad · affiliate link"),
        (("us", "gb"), "en", R.EMPLOYEE, "Ad · I work for {brand}"),
        (("gb", "us", "de", "fr"), "en", R.AFFILIATE, "Advertisement · affiliate link*"),
        (("gb", "us", "de", "fr"), "de", R.AFFILIATE, "Werbung · Affiliate-Link*"),
        (("gb", "us", "de", "fr"), "fr", R.AFFILIATE, "Publicité · lien affilié"),
        (("ca", "fr"), "fr", R.AFFILIATE, "Publicité · lien affilié"),
        (("ca",), "fr", R.AFFILIATE, "Pub · lien affilié"),
        (("us", "ca"), "en", R.AFFILIATE, "Ad · I earn commission"),
        (("it", "gb"), "en", R.OWNER, "Advertising · my own brand, {brand}"),
        (("us", "in"), "en", R.GIFTED, "Free gift from {brand}"),
        # None does: the root of the strictest, and a plain qualifier.
        (("us", "gb"), "en", R.GIFTED, "Ad · free from {brand}"),
        (("gb", "us"), "en", R.GIFTED, "Ad · free from {brand}"),
        (("gb", "br"), "en", R.GIFTED, "Ad · received free from {brand}"),
        (("ca", "fr"), "fr", R.PAID, "Publicité · commandité par {brand}"),
        (("fr", "ca"), "fr", R.PAID, "Publicité · rémunéré par {brand}"),
        (("it", "de"), "en", R.AFFILIATE, "Advertising · affiliate link {brand}*"),
        (("fr", "be"), "fr", R.PAID, "Publicité · rémunéré par {brand}"),
        (("fr", "be"), "fr", R.AMBASSADOR, "Publicité · programme ambassadeur {brand}"),
        (("ca", "be"), "fr", R.GIFTED, "Publicité · produit offert par {brand}"),
        (("be", "nl"), "nl", R.AFFILIATE, "Reclame · affiliatelink"),
        (("nl", "be"), "nl", R.AFFILIATE, "Advertentie · affiliatelink"),
        (("ca", "es"), "en", R.INVITED, "Advertisement · guest of {brand}"),
        (("in", "pl"), "en", R.EMPLOYEE, "Advertisement · I work for {brand}"),
        (("au", "br"), "en", R.GIFTED, "Ad · received free from {brand}"),
    ],
)
def test_what_is_chosen(markets, language, relationship, expected):
    assert badges(markets, language)[relationship] == expected


@pytest.mark.parametrize(
    ("markets", "language", "judges"),
    [
        (("gb", "de"), "de", ["de"]),
        (("gb",), "de", ["de"]),
        ((), "fr", ["fr"]),
        ((), "en", ["gb"]),
        (("us", "gb"), "pt", ["br"]),
        (("gb", "eu"), "en", ["gb", "eu"]),
        (("gb", "gb"), "en", ["gb"]),
        (("de",), "en", ["de"]),
        (("gb",), "nb", ["eu"]),
    ],
)
def test_who_judges_a_page(markets, language, judges):
    assert [pack.id for pack in disclosure.judges(markets, language)] == judges


def test_a_language_that_nobody_speaks_gets_english():
    chosen = disclosure.wording(("gb",), "nb")
    assert (chosen.language, chosen.label) == ("en", "Advertisement")


@pytest.mark.parametrize(
    ("markets", "language", "label"),
    [
        (("us", "gb"), "en", "Ad"),
        (("gb", "de"), "en", "Advertisement"),
        (("it", "gb"), "en", "Advertising"),
        (("it", "au"), "en", "Ad"),
        (("ca", "fr"), "fr", "Publicité"),
        (("de",), "de", "Werbung"),
    ],
)
def test_the_label_at_the_head_of_the_statement(markets, language, label):
    assert disclosure.wording(markets, language).label == label


@given(any_relationships)
def test_the_strongest_comes_first_and_each_once(relationships):
    ordered = disclosure.strongest_first(relationships)
    assert set(ordered) == set(relationships)
    assert list(ordered) == sorted(set(ordered), key=list(R).index)


def test_the_order_of_disclosure():
    strong = ["paid", "owner", "employee", "ambassador", "exchange", "gifted", "loaned", "invited", "thanked"]
    assert [str(r) for r in sorted(STRENGTH, key=STRENGTH.__getitem__)] == [
        *strong, "affiliate", "discount_code", "family", "purchased", "none",
    ]  # fmt: skip


@given(any_relationships, any_markets, st.sampled_from(LANGUAGES))
def test_several_ties_are_all_shown_the_strongest_first(relationships, markets, language):
    chosen = disclosure.wording(markets, language)
    shown = disclosure.labels(relationships, "Fjell", chosen)
    assert [label.relationship for label in shown] == sorted(set(relationships) & set(LABELLED), key=STRENGTH.get)
    for label in shown:
        assert all(
            rules.broken(label.text, label.relationship, pack, chosen.language, "Fjell") == () for pack in chosen.packs
        )


# A root that one market's source names, and what another makes of it where both are listed.
@pytest.mark.parametrize(
    ("market", "language", "tie", "badge", "other", "expected"),
    [
        ("be", "fr", R.AFFILIATE, "Annonce · lien affilié", "fr", "Publicité · lien affilié"),
        ("be", "fr", R.AFFILIATE, "Réclame · lien affilié", "ca", "Publicité · lien affilié"),
        ("be", "nl", R.AFFILIATE, "Publiciteit · affiliatelink", "nl", "Advertentie · affiliatelink"),
        ("ca", "fr", R.AFFILIATE, "{brand} partenaire", "fr", "Publicité · lien affilié"),
        ("ca", "fr", R.AMBASSADOR, "{brand} ambassadrice", "fr", None),
        ("nl", "nl", R.GIFTED, "Gekregen van {brand}", "be", "Reclame · gekregen van {brand}"),
        ("nl", "nl", R.PAID, "Betaald partnerschap met {brand}", "be", "Reclame · betaald partnerschap met {brand}"),
        ("ca", "en", R.PAID, "Sponsored by {brand}", "gb", "Ad · paid by {brand}"),
    ],
)
def test_a_root_of_one_market_gives_way_to_a_stricter_one(market, language, tie, badge, other, expected):
    texts = PACKS[market].texts
    mine = structs.replace(texts[language], badges={**texts[language].badges, tie: badge})
    own = structs.replace(PACKS[market], texts={**texts, language: mine})
    assert disclosure.wording((market,), language, (own,)).badges[tie] == badge
    both = disclosure.wording((market, other), language, (own,))
    assert both.unmet == ()
    assert both.badges[tie] != badge
    assert expected is None or both.badges[tie] == expected


def test_markets_that_no_text_can_satisfy_are_told():
    odd = PACKS["gb"].rules["UK-01"]
    theirs = structs.replace(odd, begins={"en": ("Promotion",)})
    texts = structs.replace(
        PACKS["gb"].texts["en"], badges={each: f"Promotion · {each} {{brand}}" for each in LABELLED}, label="Promotion"
    )
    own = structs.replace(PACKS["gb"], id="zz", rules={"ZZ-01": theirs}, texts={"en": texts})
    chosen = disclosure.wording(("gb", "zz"), "en", (own,))
    assert R.PAID in chosen.unmet
    assert chosen.badges[R.PAID] == "Ad · paid by {brand}"
    assert disclosure.wording(("zz",), "en", (own,)).unmet == ()
