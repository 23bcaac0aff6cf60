"""Contacts of people and keys in content: told with their place unless they are meant; nothing else is."""

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from building import build, edit, write
from checking import problems_of
from storefront import private

EMAIL, PHONE, STREET = "an e-mail address", "a phone number", "a street address"
CONTACTS = {
    "Write to maya.lind+shop@mail.example.co.uk, please": EMAIL,
    "[write](mailto:maya@mail.example)": EMAIL,
    "maya (at) mail (dot) example": EMAIL,
    "maya[at]mail.example": EMAIL,
    "+44 20 7946 0958": PHONE,
    "reach me: +1 (202) 555-0143.": PHONE,
    "+4917012345678": PHONE,
    "(202) 555-0143": PHONE,
    "202-555-0143": PHONE,
    "020 7946 0958": PHONE,
    "030 12345678": PHONE,
    "0170/1234567": PHONE,
    "06 12 34 56 78": PHONE,
    "Tel: 555 0143": PHONE,
    "call me on 5550143": PHONE,
    "WhatsApp 7946 0958": PHONE,
    "I live at 12 Tannery Street": STREET,
    "221B Baker Street, London": STREET,
    "7 Old Mill Lane": STREET,
    "14 Tannery Row, Leeds LS10 0ZZ": STREET,
    "12 Main St, Springfield, IL 62701": STREET,
    "Lindenstraße 14": STREET,
    "Berliner Str. 5a": STREET,
    "Birkenweg 3, 50667 Köln": STREET,
    "12 bis, rue de la Paix": STREET,
    "Calle de Alcalá, 42": STREET,
    "Via Garibaldi 12, 20121 Milano": STREET,
    "Keizersgracht 123": STREET,
    "ul. Długa 5": STREET,
    "Storgata 12": STREET,
}
KEYS = [
    "https://shop.example/feed?token=abcdef123456",
    "https://shop.example/feed?api_key=abcdef123456&x=1",
    "https://shop.example/x?a=1&X-Amz-Signature=0123456789abcdef",
    "https://shop.example/x#access_token=abcdefghi",
    "https://shop.example/x?password=hunter22",
    "https://blob.example/x?sv=2020&sig=Zm9vYmFyYmF6MTIzNDU2Nzg5MA",
    "https://user:secret@shop.example/",
    "https://shop.example/x;jsessionid=0123456789ABCDEF0123456789",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijklmnop",
    "AKIA" + "IOSFODNN7EXAMPLE",
    "ghp_" + "a1B2" * 9,
    "sk_live_" + "a1B2" * 6,
    "shpat_" + "0a1b" * 8,
    "-----BEGIN RSA PRIVATE KEY-----",
]
BENIGN = [
    "@maya.lind on Instagram, @maya@social",
    "Worn 5 winters, 2,000 km and +20 degrees",
    "69.00 GBP instead of 120.00 GBP until 2026-12-24",
    "From 2026-11-15 to 2026-12-01, at 10:30-12:45",
    "01/12/2025: back in stock; steps taken on 29/09/2025",
    "EAN 0012345678905, ISBN 978-3-16-148410-0",
    "Model 550-1234-99, size 120 x 80 x 30 cm, 12-34-56",
    "Part 0123-45, article 100 200 300",
    "A phone case 12 x 7 cm; iPhone 15 Pro 256; a phone with 5000 mAh",
    "Call it 10 out of 10. I call 2026 the year of tea",
    "Handy 3-piece set, 4.5 of 5 stars, 1.000.000 sold",
    "Ran 42 km on the road; 3 Easy Street looks; 7 Way stretch; 5 Place settings",
    "Tokyo Street Food, Abbey Road, Wall Street",
    "One of 12 Little Ways; 2 Square Plates and 4 Square Bowls",
    "Radweg 7 und Wanderweg 12; Stellplatz 4; Ohrring 2",
    "Via Nordshop, 20 % off; via Email 24 hours a day",
    "2 places de parking; 100 avenues; la rue 5",
    "Rua, a dog of 12; Colgate 3 in 1; Watergate 2",
    "https://shop.example/x?variant=123456&color=red&key=blue&tag=maya-21",
    "https://shop.example/x?session=summer&author=maya&tokens=5&keyword=kettle",
    "https://shop.example/token/abcdef?monkey=abcdefghij",
    "the password is sesame; a secret=santa list",
    "awc=1234_5678_0123456789abcdef0123456789abcdef",
]


# How a text can stand in a record that is looked through as a whole.
AROUND = ["{}", "Write to me:\n{}", "a\t{}\n", "\x0b{}", "“{}”", "({})"]


def suspected(text):
    """Whether a record is looked into that holds a text, in whatever place of it."""
    return all(private.suspect(msgspec.json.encode({"caption": around.format(text)})) for around in AROUND)


@pytest.mark.parametrize("text", CONTACTS)
def test_contacts_are_found(text):
    assert private.suspect(text)
    assert suspected(text)
    assert CONTACTS[text] in {kind for kind, _ in private.contacts(text)}


@pytest.mark.parametrize("text", KEYS)
def test_keys_are_found(text):
    assert private.suspect(text)
    assert suspected(text)
    assert list(private.keys(text))


@pytest.mark.parametrize("text", BENIGN)
def test_nothing_else_is_taken_for_one(text):
    assert [*private.contacts(text), *private.keys(text)] == []


def test_a_long_text_takes_no_time():
    for piece in ("a", "0", "0 ", "a@", "a.", "1 A", "+1 ", "(", "A str. ", "?token=", "1 Aa Bb Street", "eyJ"):
        text = (piece * 10_000)[:10_000]
        list(private.contacts(text))
        list(private.keys(text))


@given(st.text("0123456789 ()-./+\n\t\x0bahnſK“@", max_size=40))
@example("Mobile\n0170 1234567")
def test_no_record_with_a_contact_or_a_key_is_passed_over(text):
    if [*private.contacts(text), *private.keys(text)]:
        assert private.suspect(msgspec.json.encode({"caption": text}))


NOTE = "content/influencers/maya/lists/kit.yaml"


def test_what_stands_at_the_beginning_of_a_line_or_has_no_digit_is_told(site):
    post = "date: 2026-11-01\ncaption: |\n  Write to me:\n  0170 1234567\n  -----BEGIN OPENSSH PRIVATE KEY-----\n"
    write(site, {"content/influencers/maya/posts/later.yaml": post})
    assert sorted(each.code for each in problems_of(site)) == ["personal", "secret"]


def test_a_key_of_letters_alone_is_told(site):
    edit(site / NOTE, "Five winters, no smell.", "-----BEGIN OPENSSH PRIVATE KEY-----")
    assert [each.code for each in problems_of(site)] == ["secret"]


def test_what_is_meant_is_told_once_for_the_whole_site(site):
    edit(site / NOTE, "Five winters, no smell.", "Write to press@fjell.example or call +47 22 12 34 56.")
    assert [(each.code, str(each.place), each.message) for each in problems_of(site)] == [
        ("personal", f"{NOTE}:4:5", "this text holds a phone number"),
        ("personal", f"{NOTE}:4:5", "this text holds an e-mail address"),
    ]
    settings = site / "content/site.yaml"
    settings.write_text(settings.read_text() + 'contacts: [Press@Fjell.example, "+47 221 23 456"]\n')
    assert problems_of(site) == []


def test_a_publishers_imprint_and_accounts_are_meant(site):
    settings = site / "content/site.yaml"
    address = "publisher:\n  name: Four\n  email: hello@shelves.example\n  address: 14 Tannery Street, Leeds LS10 0ZZ\n"
    settings.write_text(settings.read_text() + address)
    profile = site / "content/influencers/maya/profile.yaml"
    profile.write_text(
        profile.read_text()
        + "profiles: [{network: mastodon, handle: maya@social.example, url: https://social.example/@maya}]\n"
    )
    assert problems_of(site) == []


def test_a_key_is_told_and_cannot_be_meant(site):
    edit(site / "content/products/merino-tee.yaml", "/merino-tee\n", "/merino-tee?access_token=canary123456\n")
    (problem,) = problems_of(site)
    assert (problem.code, problem.place.line) == ("secret", 9)
    assert "canary" not in f"{problem.message}{problem.hint}"


def test_drafts_and_imported_reviews_are_read_too(site):
    write(
        site,
        {
            "content/influencers/maya/posts/later.yaml": "draft: true\ndate: 2026-11-01\ntitle: Ask x@y.example\n",
            "content/reviews/nordshop/merino-tee.yaml": "publisher: Nordshop\nimported_on: 2026-11-01\nreviews:\n"
            "  - {id: a, date: 2026-10-01, rating: 2, body: Refund to me@home.example}\n",
        },
    )
    assert [str(each.place) for each in problems_of(site)] == [
        "content/influencers/maya/posts/later.yaml:3:1",
        "content/reviews/nordshop/merino-tee.yaml:4:42",
    ]


def test_a_site_with_a_contact_is_not_published(site):
    edit(site / NOTE, "Five winters", "Write to a@b.example. Five winters")
    with pytest.raises(Exception, match="1 problems"):
        build(site)
    assert not (site / "site").exists()
