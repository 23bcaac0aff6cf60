"""Rules on texts, one by one and over texts that nobody thought of."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import disclosure
from storefront.disclosure import LABELLED, everywhere, rules
from storefront.vocabulary.common import Relationship

R = Relationship
PACKS = disclosure.packs()
any_brand = st.text(min_size=1, max_size=20).filter(lambda text: rules.fold(text) != "")
any_pack = st.sampled_from(list(PACKS.values()))
any_tie = st.sampled_from(LABELLED)
word = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)
others = st.lists(word.map("#x{}".format), min_size=2, max_size=6)


def broken(badge, relationship, market, language="en", brand="Fjell"):
    return rules.broken(badge, relationship, PACKS[market], language, brand)


@pytest.mark.parametrize(
    ("badge", "relationship", "market", "expected"),
    [
        ("Ad · paid link", R.AFFILIATE, "us", ()),
        ("I earn commission", R.AFFILIATE, "us", ()),
        ("Affiliate link", R.AFFILIATE, "us", ("U-09", "US-01")),
        ("Commissions earned", R.AFFILIATE, "us", ("US-01",)),
        ("Free from Fjell", R.GIFTED, "us", ()),
        ("Gifted", R.GIFTED, "us", ("US-02",)),
        ("Ad · gifted by Fjell", R.GIFTED, "us", ("US-02",)),
        ("Freedom from Fjell", R.GIFTED, "us", ("US-02",)),
        ("Ad · Fjell ambassador", R.AMBASSADOR, "us", ()),
        ("Ambassador", R.AMBASSADOR, "us", ("U-09", "US-04")),
        ("I work for Fjell", R.EMPLOYEE, "us", ()),
        ("Team Fjell", R.EMPLOYEE, "us", ("US-05",)),
        ("Ad · gifted by Fjell", R.GIFTED, "gb", ()),
        ("Advert: gifted by Fjell", R.GIFTED, "gb", ()),
        ("Gifted by Fjell · Ad", R.GIFTED, "gb", ("UK-01",)),
        ("Adventure with Fjell", R.PAID, "gb", ("UK-01",)),
        ("Sponsored", R.PAID, "gb", ("UK-01",)),
        ("My own brand", R.OWNER, "gb", ("UK-03",)),
        ("Sponsored", R.PAID, "us", ()),
        ("Ad · affiliate link", R.AFFILIATE, "it", ("IT-01", "IT-02")),
        ("Ad · affiliate link Fjell", R.AFFILIATE, "it", ()),
        ("Ad", R.AFFILIATE, "ca", ("CA-02",)),
        ("Fjell Partner", R.AFFILIATE, "ca", ()),
        ("Discount code", R.DISCOUNT_CODE, "au", ("AU-01",)),
        ("Employee of Fjell", R.EMPLOYEE, "in", ()),
        ("Paid partnership", R.PAID, "in", ("IN-01",)),
        ("Ad · paid by Fjell", R.PAID, "de", ("DE-01",)),
        ("Advertisement · affiliate link", R.AFFILIATE, "de", ("DE-02",)),
    ],
)
def test_english_badges(badge, relationship, market, expected):
    assert broken(badge, relationship, market) == expected


@pytest.mark.parametrize(
    ("badge", "relationship", "market", "language", "expected"),
    [
        ("Werbung · Affiliate-Link*", R.AFFILIATE, "de", "de", ()),
        ("Werbung · Affiliate-Link", R.AFFILIATE, "de", "de", ("DE-02",)),
        ("Affiliate-Link*", R.AFFILIATE, "de", "de", ("U-09", "DE-01")),
        ("Werbepartner Fjell", R.PAID, "de", "de", ("DE-01",)),
        ("Anzeige", R.PAID, "de", "de", ()),
        ("Lien affilié", R.AFFILIATE, "fr", "fr", ("U-09", "FR-01")),
        ("Publicité · lien affilié", R.AFFILIATE, "fr", "fr", ()),
        ("Sponsorisé par Fjell", R.PAID, "fr", "fr", ("FR-01",)),
        ("Pub · lien affilié", R.AFFILIATE, "ca", "fr", ()),
        ("Publicité · lien affilié", R.AFFILIATE, "ca", "fr", ()),
        ("Pubblicità · link affiliato Fjell", R.AFFILIATE, "it", "it", ()),
        ("Pubblicità · link affiliato", R.AFFILIATE, "it", "it", ("IT-02",)),
        ("Recebido de Fjell", R.GIFTED, "br", "pt", ()),
        ("Publi · presente", R.GIFTED, "br", "pt", ("BR-02",)),
        ("Gekregen van Fjell", R.GIFTED, "nl", "nl", ()),
    ],
)
def test_badges_in_other_languages(badge, relationship, market, language, expected):
    assert broken(badge, relationship, market, language) == expected


def test_a_market_does_not_judge_a_language_that_it_has_no_words_for():
    assert broken("Was auch immer", R.PAID, "gb", "de") == ()


@given(any_pack, any_tie, any_brand)
def test_no_brand_breaks_a_badge(pack, relationship, brand):
    for language, texts in pack.texts.items():
        badge = texts.badges[relationship].replace(rules.BRAND, brand)
        assert rules.broken(badge, relationship, pack, language, brand) == ()


@given(st.sampled_from(["Ad", "Werbung", "Publicité", "Paid partnership with {brand}"]), word, any_brand)
def test_a_root_is_a_whole_word(root, tail, brand):
    whole = root.replace(rules.BRAND, brand)
    assert rules.starts(whole, root, brand)
    assert rules.starts(f"{whole.upper()} · {tail}", root, brand.upper())
    assert rules.starts(f"  {whole}: {tail}", root, brand)
    assert not rules.starts(f"{whole}{tail}", root, brand)
    assert not rules.starts(f"{tail} {root}x", root, brand)


@given(st.sampled_from(everywhere().rejected), st.sampled_from(["{}", "#{}", "{}!", "({})", " {} ", "{}*"]))
def test_a_rejected_label_is_rejected_however_it_is_dressed(label, dress):
    for each in (label, label.upper(), label.title()):
        assert rules.is_rejected(dress.format(each))


@given(st.sampled_from(everywhere().rejected), word)
def test_a_rejected_word_may_stand_in_a_longer_label(label, more):
    assert not rules.is_rejected(f"Ad · {label} {more} {more}")


@given(st.text())
def test_a_text_without_a_hash_has_no_hashtags(text):
    plain = text.replace("#", "")
    assert rules.rejected_hashtags(plain) == rules.buried_labels(plain) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("New boots! #collab", ("#collab",)),
        ("#SP New boots", ("#SP",)),
        ("#Ambassador for the hills", ("#Ambassador",)),
        ("#FjellAmbassador", ()),
        ("#special #spa", ()),
        ("#ad New boots", ()),
        ("Gift ideas #gift #pr", ()),
    ],
)
def test_hashtags_that_pretend(text, expected):
    assert rules.rejected_hashtags(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("New boots #hiking #ad #hills", ("#ad",)),
        ("New boots\n#hiking\n#hills\n#Werbung", ("#Werbung",)),
        ("New boots #hiking, #publicité, #hills", ("#publicité",)),
        ("#ad #hiking #hills New boots", ()),
        ("New boots #ad", ()),
        ("New boots #ad #hills", ()),
        ("#ad New boots #hiking #hills #boots", ()),
        ("#ad", ()),
    ],
)
def test_labels_among_hashtags(text, expected):
    assert rules.buried_labels(text) == expected


@given(
    st.lists(word.map("#x{}".format), min_size=2, max_size=6), st.integers(0, 6), st.sampled_from(everywhere().labels)
)
def test_a_label_is_lost_wherever_it_stands_in_a_run(tags, at, label):
    run = [*tags[:at], f"#{label}", *tags[at:]]
    assert rules.buried_labels("Boots " + " ".join(run)) == (f"#{label}",)
    assert rules.buried_labels(f"#{label} " + " ".join(tags)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This is NOT sponsored.", ("not sponsored",)),
        ("This isn’t an ad!", ("isn't an ad",)),
        ("100 % unbiased, promised", ("100% unbiased",)),
        ("not\nsponsored", ("not sponsored",)),
        ("Das ist keine Werbung", ("keine werbung",)),
        ("Article non sponsorisé", ("non sponsorisé",)),
        ("This is not an adventure", ()),
        ("Sponsored by nobody I know", ()),
        ("#notsponsored", ("notsponsored",)),
        ("Warm and light", ()),
    ],
)
def test_words_that_deny(text, expected):
    assert rules.contradictions(text) == expected


def test_a_denial_is_found_among_all_letters_that_are_not_seen():
    unseen = "".join(char for char in map(chr, range(0x110000)) if unicodedata.category(char) == "Cf")
    assert rules.contradictions(f"not{unseen} spon{unseen}**so**red") == ("not sponsored",)


@given(st.sampled_from([each for phrases in everywhere().contradictions.values() for each in phrases]), word, word)
def test_every_denial_is_found_in_the_middle_of_a_text(phrase, before, after):
    assert rules.fold(phrase) in rules.contradictions(f"{before}, {phrase.upper()}. {after}")
    assert rules.fold(phrase) not in rules.contradictions(f"{before}{phrase}{after}")
