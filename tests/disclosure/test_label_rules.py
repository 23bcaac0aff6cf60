"""Rules on texts, one by one and over texts that nobody thought of."""

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
        ("Invited guest", R.INVITED, "ca", ("CA-01",)),
        ("Collaboration", R.PAID, "in", ()),
        ("Collab", R.PAID, "in", ("U-09", "IN-01")),
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
        ("Gekregen van Fjell", R.GIFTED, "be", "nl", ("BE-01",)),
        ("Publiciteit · affiliatelink", R.AFFILIATE, "be", "nl", ()),
        ("Publiciteit · affiliatelink", R.AFFILIATE, "nl", "nl", ("NL-01",)),
        ("Gesponsord", R.GIFTED, "be", "nl", ("BE-01",)),
        ("Annonce · lien affilié", R.AFFILIATE, "be", "fr", ()),
        ("Annonce · lien affilié", R.AFFILIATE, "fr", "fr", ("FR-01",)),
        ("Collaboration commerciale · Fjell", R.PAID, "be", "fr", ("BE-01",)),
        ("Publicite · lien affilié", R.AFFILIATE, "fr", "fr", ("FR-01",)),
        ("Fjell partenaire", R.AFFILIATE, "ca", "fr", ()),
        ("Fjell ambassadrice", R.AMBASSADOR, "ca", "fr", ()),
        ("Ambassadrice", R.AMBASSADOR, "ca", "fr", ("U-09", "CA-01")),
        ("Invité", R.INVITED, "ca", "fr", ("CA-01",)),
        ("Ad · enlace de afiliado", R.AFFILIATE, "es", "es", ("ES-01",)),
        ("Advertising", R.PAID, "es", "es", ("U-09", "ES-01")),
        ("Regalo de Fjell", R.GIFTED, "es", "es", ("ES-01",)),
        ("Viaje patrocinado", R.INVITED, "es", "es", ("U-09", "ES-01")),
        ("En colaboración con Fjell", R.PAID, "es", "es", ("ES-01",)),
        ("Publi · regalo de Fjell", R.GIFTED, "es", "es", ()),
        ("Płatna współpraca z marką Fjell", R.PAID, "pl", "pl", ()),
        ("Płatna współpraca", R.PAID, "pl", "pl", ("PL-01",)),
        ("Współpraca", R.PAID, "pl", "pl", ("U-09", "PL-01")),
        ("Współpraca reklamowa z Fjell", R.PAID, "pl", "pl", ()),
        ("Anúncio · link de afiliado", R.AFFILIATE, "br", "pt", ()),
        ("Patrocinado por Fjell", R.PAID, "br", "pt", ()),
        ("Publipost", R.PAID, "br", "pt", ()),
        ("Parceria paga com Fjell", R.PAID, "br", "pt", ("BR-01",)),
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
        ("＃collab in wide letters", ("#collab",)),
        ("#col\u200blab with a letter that nobody sees", ("#collab",)),
        ("Mon mug #partenariat", ("#partenariat",)),
        ("Mon mug #LienAffilie", ("#LienAffilie",)),
        ("Mon mug #offert", ("#offert",)),
        ("Une offre #offre #partenaires", ()),
        ("Mi taza #colaboracion", ("#colaboracion",)),
        ("Mi taza #ViajePatrocinado", ("#ViajePatrocinado",)),
        ("Ideas de #regalo y #colaborar", ()),
        ("La mia tazza #collaborazione #linkaffiliato", ("#collaborazione", "#linkaffiliato")),
        ("Un #regalo per i #collaboratori", ()),
        ("Mijn mok #samenwerking", ("#samenwerking",)),
        ("We werken #samen", ()),
        ("Mój kubek #wspolpraca", ("#wspolpraca",)),
        ("Mój kubek #współpraca", ("#współpraca",)),
        ("Pomysł na #prezent #praca", ()),
        ("Minha caneca #parceria #recebidos", ("#parceria", "#recebidos")),
        ("Ideia de #presente #cupom", ()),
        ("Meine Tasse #kooperation", ("#kooperation",)),
        ("Meine #kooperative", ()),
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
        ("New boots #hiking#ad#hills", ("#ad",)),
        ("New boots #hiking. #ad. #hills", ("#ad",)),
        ("New boots #hiking 🌲 #ad 🌲 #hills", ("#ad",)),
        ("New boots #hiking / #ＡＤ / #hills", ("#ＡＤ",)),
        ("Mon mug #cuisine #publicite\u0301 #thé", ("#publicité",)),
        ("Mon mug #cuisine #PUBLICITE #thé", ("#PUBLICITE",)),
        ("Mi taza #cocina #anuncio #té", ("#anuncio",)),
        ("La mia tazza #cucina #pubblicita #tè", ("#pubblicita",)),
        ("Mijn mok #keuken #reclame #thee", ("#reclame",)),
        ("Mój kubek #kuchnia #materialreklamowy #herbata", ("#materialreklamowy",)),
        ("Minha caneca #cozinha #publi #chá", ("#publi",)),
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


LONG = "Two cups every morning since 2024, and not a drip on the hob. " * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LONG}#ad", ("#ad",)),
        (f"{LONG}#Publicité", ("#Publicité",)),
        (f"{LONG}#reklama #dom", ("#reklama",)),
        (f"#ad {LONG}#ad", ()),
        (f"Kettle #ad {LONG}", ()),
        (f"{LONG}#adventure", ()),
        (f"{LONG}#hob #ad #cups", ()),  # told as buried
        ("Warm. #ad", ()),
    ],
)
def test_labels_at_the_end_of_a_long_text(text, expected):
    assert rules.late_labels(text) == expected


@pytest.mark.parametrize(
    ("label", "market", "language"),
    [
        ("LIEN AFFILIE", "fr", "fr"),
        ("Produit offert", "be", "fr"),
        ("Viaje patrocinado", "es", "es"),
        ("Regalo", "es", "es"),
        ("Información", "es", "es"),
        ("Advertising", "es", "es"),
        ("Wspolpraca", "pl", "pl"),
        ("Współpraca", "pl", "pl"),
        ("Samenwerking", "be", "nl"),
        ("Parceria", "br", "pt"),
        ("Kooperation", "de", "de"),
    ],
)
def test_what_says_too_little_in_a_market_says_so_without_accents_too(label, market, language):
    assert rules.is_rejected(label, PACKS[market], language)
