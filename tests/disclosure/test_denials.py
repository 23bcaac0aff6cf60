"""Words that deny money or gifts: found however they are spelled, and ordinary sentences left alone."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import storefront
from storefront.disclosure import denials, everywhere
from storefront.slugs import folded

EVERYWHERE = everywhere()
DENIALS = [phrase for each in EVERYWHERE.contradictions.values() for phrase in each]
CLAUSES = [phrase for each in EVERYWHERE.clauses.values() for phrase in each]
HARMLESS = [phrase for each in EVERYWHERE.harmless.values() for phrase in each]
PHRASES = sorted((Path(storefront.__file__).parent / "locales" / "phrases").glob("*.yaml"))
word = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This is NOT sponsored.", ("not sponsored",)),
        ("This isn’t an ad!", ("isn't an ad",)),
        ("100 % unbiased, promised", ("100% unbiased",)),
        ("not\nsponsored", ("not sponsored",)),
        ("Das ist keine Werbung", ("das ist keine werbung",)),
        ("Article non sponsorisé", ("non sponsorisé…",)),
        ("This is not an adventure", ()),
        ("Sponsored by nobody I know", ()),
        ("#notsponsored", ("not sponsored",)),
        ("Warm and light", ()),
    ],
)
def test_words_that_deny(text, expected):
    assert denials.contradictions(text) == expected


# As whoever wants to get past would spell them.
SPELLED = {
    "en": [
        "not sp0nsored",
        "𝗻𝗼𝘁 𝘀𝗽𝗼𝗻𝘀𝗼𝗿𝗲𝗱",
        "nоt spоnsоred in another alphabet",
        "ｎｏｔ ｓｐｏｎｓｏｒｅｄ",
        "not [sponsored](https://fjell.example)",
        "[not](https://fjell.example) sponsored",
        "not&nbsp;sponsored",
        "n o t  a n  a d",
        "n.o.t. s.p.o.n.s.o.r.e.d",
        "not 🙃 an ad",
        "not… an ad",
        "not_sponsored",
        "isnt an ad",
        "#notanad",
        "#NoAd",
        "#ThisIsNotSponsoredAtAll",
        "Non-sponsored post",
        "Is this an ad? No!",
        "No ad!",
    ],
    "de": [
        "Keine Werbung!",
        "Selbst getestet, keine Werbung.",
        "(keine Werbung)",
        "#keinewerbung",
        "#KeineWerbungNurLiebe und mehr",
        "K e i n e W e r b u n g",
        "Das ist wirklich keine Werbung",
        "Ein nicht gesponserter Beitrag",
        "Völlig unabhaengig? Voellig unabhaengig.",
        "Ich mache hier keine Werbung, versprochen",
        "Werbung? Nein.",
    ],
    "fr": [
        "Pas sponsorisé !",
        "pas sponsorise",
        "PAS  SPONSORISÉ",
        "pas-sponsorisé",
        "pas.sponsorisé",
        "pas\u202fsponsorisé",
        "p a s  s p o n s o r i s é",
        "Vidéo non sponsorisée",
        "Ce n’est pas de la pub",
        "c'est pas une pub",
        "Avis perso, pas de pub.",
        "#NonSponsorisé",
        "#pasdepub",
        "post non sponso",
        "Une pub ? Pas une pub.",
        "Sponsorisé ? Non !",
        "Totalement indépendante",
    ],
    "it": [
        "Non sponsorizzato",
        "video non sponsorizzata",
        "NON È PUBBLICITÀ",
        "non e' pubblicita",
        "non e pubblicita",
        "non…è…pubblicità",
        "#nonsponsorizzato",
        "Niente pubblicità!",
        "No ADV",
        "n-o-n è p-u-b-b-l-i-c-i-t-à",
    ],
    "es": [
        "No es publicidad",
        "no es  PUBLICIDAD!!",
        "no-es-publicidad",
        "no es «publicidad»",
        "n.o e.s p.u.b.l.i.c.i.d.a.d",
        "#NoEsPublicidad",
        "Contenido no patrocinado",
        "Una reseña no patrocinada",
        "Nada de publi, prometido",
        "¿Publicidad? No.",
    ],
    "nl": [
        "Geen reclame!",
        "Dit is géén reclame",
        "#geenreclame",
        "niet gesponsorde post",
        "#nospon",
        "g-e-e-n r-e-c-l-a-m-e",
        "Dit is geen * reclame",
        "Eerlijk: geen advertentie",
        "100 % onafhankelijk",
    ],
    "pl": [
        "To nie reklama",
        "to nie jest żadna reklama",
        "TO NIE JEST REKLAMA!!!",
        "To nie jest reklamą nazywane, to nie jest reklama",
        "post niesponsorowany",
        "wpisu nie sponsorowanego",
        "#toniereklama",
        "t o n i e r e k l a m a",
        "calkowicie niezalezna opinia",
        "Zero reklamy.",
        "Reklama? Nie!",
    ],
    "pt": [
        "Não é publi",
        "nao é publi",
        "nao e publi",
        "NÃO É PUBLI!",
        "não-é-publi",
        "#nãoépubli",
        "#naoepubli",
        "Sem publi!",
        "n ã o é p u b l i",
        "Não é propaganda",
        "resenha não patrocinada",
    ],
}


@pytest.mark.parametrize("text", [text for texts in SPELLED.values() for text in texts])
def test_a_denial_is_found_however_it_is_spelled(text):
    assert denials.contradictions(text)


# What people write of things that they were given.
ORDINARY = {
    "en": [
        "It was not an ad hoc purchase.",
        "This is not an ad-supported app.",
        "Not an adult size, and no adapter.",
        "100 % independent of the grid.",
        "I like it not. Sponsored by nobody.",
        "The app has no ads and no tracking.",
        "I do not. An ad told me of it.",
        "We saw not an adder but a slow worm.",
        "The race is sponsored, my shoes are not.",
    ],
    "de": [
        "Das Radio spielt keine Werbung.",
        "Werbung? Nein danke, sagt der Aufkleber.",
        "Die App zeigt keine Werbung und kostet nichts.",
        "Auf dem Briefkasten steht „Keine Werbung“.",
        "Völlig unabhängig vom Stromnetz.",
        "Der Akku ist komplett unabhängig davon.",
        "Das sind keine Werbungskosten.",
        "Ich mag Werbung nicht. Gesponsert hat das Rennen eine Bank.",
    ],
    "fr": [
        "Je ne l’aime pas. Sponsorisé par personne.",
        "Ce n’est pas un epub, mais un livre.",
        "L’appli n’affiche pas de pub.",
        "La ville ne va pas sponsoriser le club.",
        "Totalement indépendant du réseau.",
        "Une appli sans pub ni compte.",
        "Je ne regarde pas la publicité à la télé.",
        "Je n’y crois pas, publicité ou non.",
    ],
    "it": [
        "L’app non ha pubblicità.",
        "Non è pubblicità ingannevole, dice la marca.",
        "Il parco non è pubblico.",
        "Mai vista una pubblicità così bella.",
        "La radio senza pubblicità è migliore.",
        "Non è, pubblicità a parte, un cattivo film.",
    ],
    "es": [
        "La app no muestra publicidad.",
        "¿Publicidad? No la vi en ninguna parte.",
        "No es publicidad engañosa: dura dos días.",
        "El club no patrocinador juega fuera.",
        "El parque no es público.",
        "La radio sin publicidad es mejor.",
        "No, es publicidad lo que no veo.",
    ],
    "nl": [
        "De app toont geen reclame.",
        "Op de brievenbus zit een sticker „geen reclame”.",
        "Er zit geen reclame op de doos.",
        "Volledig onafhankelijk van het stroomnet.",
        "De zender heeft geen reclameblokken.",
    ],
    "pl": [
        "W aplikacji nie ma reklam.",
        "Reklama? Nie wiem, nie mam telewizora.",
        "Całkowicie niezależne od sieci.",
        "Reklama w telewizji mnie nudzi.",
        "To nie reklamówka, tylko torba.",
        "Kupuję to. Nie reklama mnie przekonała.",
    ],
    "pt": [
        "O app não mostra publicidade.",
        "O parque não é público.",
        "Não é propaganda enganosa: dura dois dias.",
        "A bateria é 100% independente da rede.",
        "O clube não patrocinador perdeu.",
    ],
}


@pytest.mark.parametrize("text", [text for texts in ORDINARY.values() for text in texts])
def test_an_ordinary_sentence_denies_nothing(text):
    assert denials.contradictions(text) == ()


def test_a_denial_is_found_among_all_letters_that_are_not_seen():
    unseen = "".join(char for char in map(chr, range(0x110000)) if unicodedata.category(char) == "Cf")
    assert denials.contradictions(f"not{unseen} spon{unseen}**so**red") == ("not sponsored",)


@given(st.sampled_from(DENIALS), word, word)
def test_every_denial_is_found_in_the_middle_of_a_text(phrase, before, after):
    plain = phrase.removesuffix("…")
    for said in (plain.upper(), folded(plain), "-".join(plain.split()), "\n".join(plain.split())):
        assert phrase in denials.contradictions(f"{before}, {said}. {after}")
    assert phrase not in denials.contradictions(f"{before}{plain}{after}")
    assert phrase not in denials.contradictions(". ".join([before, *plain.split(), after]))


@given(st.sampled_from(CLAUSES), word, word)
def test_a_clause_denies_as_a_whole_only(phrase, before, after):
    assert phrase in denials.contradictions(f"{before}. {phrase.upper()}! {after}")
    assert phrase in denials.contradictions(f"{before} ({folded(phrase)})")
    assert "?" in phrase or phrase in denials.contradictions(f"{before} #{phrase.replace(' ', '')} {after}")
    assert phrase not in denials.contradictions(f"{before} {phrase} {after}")


@given(st.sampled_from(DENIALS + CLAUSES))
def test_every_denial_is_found_with_its_letters_apart(phrase):
    letters = re.findall(r"\w|\?", phrase)
    assert phrase in denials.contradictions(f"Boots: {' '.join(letters)} – good")


@pytest.mark.parametrize("phrase", HARMLESS)
def test_what_is_harmless_would_be_told_otherwise(phrase):
    """Else its line in the data is of no use."""
    assert denials.contradictions(f"It says: {phrase}.") == ()
    assert any(
        folded(denial.removesuffix("…")) in folded(phrase) or folded(denial) == folded(phrase.rpartition(" ")[0])
        for denial in DENIALS
    )


@pytest.mark.parametrize("path", PHRASES, ids=[path.stem for path in PHRASES])
def test_nothing_that_the_program_itself_says_denies_anything(path):
    said = [line.partition(": ")[2] for line in path.read_text(encoding="utf-8").splitlines()]
    assert [text for text in said if denials.contradictions(text)] == []


@given(st.text())
def test_any_text_can_be_read(text):
    assert isinstance(denials.contradictions(text), tuple)


def test_a_long_text_of_signs_takes_no_time():
    assert denials.contradictions("not" + "." * 200_000 + " sponsored" + "!?" * 100_000) == ("not sponsored",)
