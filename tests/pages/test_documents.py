import json
from itertools import permutations
from pathlib import Path

import msgspec
import pytest

import facts
from storefront.pages import document_format, documents
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Fit, FitVerdict, Provenance, Response, Update
from storefront.vocabulary.influencer import Location
from storefront.vocabulary.product import Availability


def made(spoken, *, person=None, lists=(), posts=(), reviews=()):
    return json.loads(documents.vanity(person or facts.person(), lists, posts, reviews, spoken))


def item(spoken, pick):
    return made(spoken, lists=[facts.list_("kitchen", pick)])["lists"][0]["items"][0]


def test_the_smallest_document(spoken):
    assert documents.vanity(facts.person(), [], [], [], spoken) == (
        b'{"version":1,"language":"en-GB","disclosure":[],'
        b'"profile":{"handle":"maya","name":"Maya","page":"https://shelf.example/maya/","ties":[]},'
        b'"lists":[],"posts":[],"reviews":[]}'
    )


def test_the_statement_comes_before_everything_else(spoken):
    amazon = facts.offer(url="https://www.amazon.de/dp/X?tag=y", network="amazon", merchant_name="Amazon")
    pick = facts.pick(relationships=(Relationship.GIFTED, Relationship.AFFILIATE), offer=amazon)
    document = made(spoken, lists=[facts.list_("kitchen", pick)])
    assert [*document][2] == "disclosure"
    label, commission, of_amazon, gifts = document["disclosure"]
    assert label == spoken.pack.label
    assert "Amazon" in commission
    assert of_amazon == "Als Amazon-Partner verdiene ich an qualifizierten Verkäufen."
    assert "1" in gifts


def test_who_curates(below):
    person = facts.person(
        byline=facts.byline(avatar=facts.shot("maya", "Maya")),
        pronouns="she/her",
        bio="I *test*.",
        location=Location(city="Bergen", country="NO"),
        interests=("tea",),
        expertise=("glazes",),
        profiles=(("instagram", "https://social.example/maya"),),
        ties=((Relationship.AMBASSADOR, "Kiln", "2025-01-01"),),
    )
    assert made(below, person=person)["profile"] == {
        "handle": "maya",
        "name": "Maya",
        "page": "https://host.example/shop/maya/",
        "ties": [{"relationship": "ambassador", "brand": "Kiln", "since": "2025-01-01"}],
        "pronouns": "she/her",
        "html": "<p>I <em>test</em>.</p>\n",
        "avatar": {
            "url": "https://host.example/shop/media/maya-640.webp",
            "width": 640,
            "height": 480,
            "alt": "Maya",
        },
        "location": {"country": "NO", "city": "Bergen"},
        "interests": ["tea"],
        "expertise": ["glazes"],
        "profiles": [{"network": "instagram", "url": "https://social.example/maya"}],
    }


def test_a_thing_with_everything(spoken):
    pick = facts.pick(
        relationships=(Relationship.GIFTED, Relationship.AFFILIATE),
        note="Warm.",
        why="It lasts.",
        label="Top pick",
        variant="Blue",
        owned_since="2024-01-01",
        used_for="2 years",
        fit=Fit(size_worn="M", verdict=FitVerdict.TRUE),
        promo=facts.promo(until="2026-12-24"),
        offer=facts.offer(
            relationships=(Relationship.GIFTED, Relationship.AFFILIATE),
            price="18.00 GBP",
            was="20.00 GBP",
            as_of="2026-11-20",
            regions=("GB",),
        ),
    )
    assert item(spoken, pick) == {
        "title": "Mug",
        "relationships": ["gifted", "affiliate"],
        "disclosure": ["Free from Kiln", "Ad · paid link"],
        "brand": "Kiln",
        "product": {"id": "mug", "title": "Mug", "page": "https://shelf.example/products/mug/"},
        "label": "Top pick",
        "note": "Warm.",
        "why": "It lasts.",
        "variant": "Blue",
        "owned_since": "2024-01-01",
        "used_for": "2 years",
        "fit": {"size_worn": "M", "verdict": "true-to-size"},
        "promo": {
            "merchant": "Corner Shop",
            "disclosure": ["Ad · my code pays me"],
            "code": "MAYA15",
            "terms": "15% off at Corner Shop, until 24 Dec 2026",
            "until": "2026-12-24",
        },
        "shop": {
            "merchant": "Corner Shop",
            "disclosure": ["Free from Kiln", "Ad · paid link"],
            "availability": "in_stock",
            "price": {"amount": "18.00", "currency": "GBP", "was": "20.00", "as_of": "2026-11-20"},
            "regions": ["GB"],
            "network": "awin",
            "rel": "sponsored nofollow noopener",
            "url": "https://track.example/c/1?u=corner",
        },
    }


def objects(value):
    """Every object of a document."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(each)


def test_the_disclosure_stands_before_every_link_and_code(spoken):
    sold = facts.pick(offer=facts.offer(), promo=facts.promo(), relationships=(Relationship.AFFILIATE,))
    document = made(spoken, lists=[facts.list_("kitchen", sold)], posts=[facts.post("tea", sold)])
    commercial = [found for found in objects(document) if "merchant" in found]
    assert len(commercial) == 4
    for found in commercial:
        keys = list(found)
        assert found["disclosure"]
        assert keys.index("disclosure") < keys.index("url" if "url" in found else "code")


def test_a_plain_link_has_an_empty_disclosure(spoken):
    shop = item(spoken, facts.pick(offer=facts.offer(network=None, relationships=(Relationship.PURCHASED,))))["shop"]
    assert shop["disclosure"] == []
    assert shop["rel"] == "nofollow noopener"
    assert "network" not in shop


def test_sold_out_keeps_the_label_and_loses_price_and_link(spoken):
    shop = item(spoken, facts.pick(offer=facts.offer(price="18.00 GBP", availability=Availability.OUT_OF_STOCK)))[
        "shop"
    ]
    assert shop == {
        "merchant": "Corner Shop",
        "disclosure": ["Ad · paid link"],
        "availability": "out_of_stock",
        "network": "awin",
    }


def test_a_retired_thing_says_why_and_offers_no_code(spoken):
    found = item(spoken, facts.pick(retired=True, reason="It broke.", replaced_by=("pan", "Pan"), promo=facts.promo()))
    assert found["retired"] == {
        "reason": "It broke.",
        "replaced_by": {"id": "pan", "title": "Pan", "page": "https://shelf.example/products/pan/"},
    }
    assert "promo" not in found


def test_a_retired_thing_without_a_reason_is_retired_all_the_same(spoken):
    assert item(spoken, facts.pick(retired=True))["retired"] == {}


def test_a_thing_that_is_no_product_of_the_site(spoken):
    assert item(spoken, facts.pick(None)) == {"title": "Spoon", "relationships": ["purchased"], "disclosure": []}


def test_a_post(spoken):
    post = facts.post(
        "tea", caption="*Hot*", network="instagram", url="https://social.example/p/1", shots=(facts.shot(),)
    )
    assert made(spoken, posts=[post])["posts"] == [
        {
            "id": "tea",
            "title": "Tea",
            "date": "2026-11-10",
            "page": "https://shelf.example/maya/posts/tea/",
            "items": [],
            "html": "<p><em>Hot</em></p>\n",
            "network": "instagram",
            "permalink": "https://social.example/p/1",
            "pictures": [
                {"url": "https://shelf.example/media/mug-640.webp", "width": 640, "height": 480, "alt": "A mug"}
            ],
        }
    ]


def test_a_review(spoken):
    review = facts.review(
        rating=3.0,
        first_rating=4.5,
        title="Warm",
        body="Good.",
        pros=("warm",),
        aspects=(("warmth", 5.0),),
        provenance=Provenance.GIFTED,
        relationships=(Relationship.GIFTED,),
        updates=(Update(date="2026-11-20", after="3 months", rating=3.0, text="Chipped."),),
        responses=(("Kiln", Response(by="kiln", date="2026-11-21", kind="fix", text="Sorry.", outcome="fixed")),),
    )
    assert made(spoken, reviews=[review])["reviews"] == [
        {
            "id": "mug-review",
            "product": {"id": "mug", "title": "Mug", "page": "https://shelf.example/products/mug/"},
            "brand": "Kiln",
            "page": "https://shelf.example/products/mug/#review-maya-mug-review",
            "date": "2026-11-12",
            "provenance": "gifted",
            "relationships": ["gifted"],
            "disclosure": "Ad: Kiln gave this to Maya free of charge.",
            "verification": "Purchase not checked",
            "rating": 3.0,
            "first_rating": 4.5,
            "title": "Warm",
            "html": "<p>Ad: Kiln gave this to Maya free of charge.</p>\n<p>Good.</p>\n",
            "pros": ["warm"],
            "aspects": {"warmth": 5.0},
            "updates": [{"date": "2026-11-20", "html": "<p>Chipped.</p>\n", "after": "3 months", "rating": 3.0}],
            "responses": [
                {"brand": "Kiln", "date": "2026-11-21", "kind": "fix", "html": "<p>Sorry.</p>\n", "outcome": "fixed"}
            ],
        }
    ]


# Order


@pytest.mark.parametrize("kind", ["lists", "posts", "reviews"])
def test_the_order_given_does_not_matter(spoken, kind):
    makers = {"lists": facts.list_, "posts": facts.post, "reviews": facts.review}
    given = [makers[kind](name) for name in "abc"]
    assert len({json.dumps(made(spoken, **{kind: order})) for order in permutations(given)}) == 1


def test_lists_stand_as_on_the_page_and_the_rest_newest_first(spoken):
    person = facts.person(sections=(("Home", ("tea", "bath")), (None, ("garden",))))
    document = made(
        spoken,
        person=person,
        lists=[facts.list_("bath"), facts.list_("garden"), facts.list_("tea")],
        posts=[facts.post("old", date="2026-01-01"), facts.post("new", date="2026-02-01")],
        reviews=[facts.review("old", date="2026-01-01"), facts.review("new", date="2026-02-01")],
    )
    assert [found["id"] for found in document["lists"]] == ["tea", "bath", "garden"]
    assert [found["id"] for found in document["posts"]] == ["new", "old"]
    assert [found["id"] for found in document["reviews"]] == ["new", "old"]


def test_a_document_reads_back_as_its_format(spoken):
    data = documents.vanity(
        facts.person(),
        [facts.list_("kitchen", facts.pick(offer=facts.offer(), promo=facts.promo()))],
        [facts.post("tea", facts.pick())],
        [facts.review()],
        spoken,
    )
    document = msgspec.json.decode(data, type=document_format.Document)
    assert msgspec.json.encode(document) == data


# Its description

DESCRIPTION = (Path(__file__).parents[2] / "docs" / "json-document.md").read_text()


def test_every_key_is_described():
    structs = [each for each in vars(document_format).values() if isinstance(each, type)]
    keys = {key for struct in structs for key in getattr(struct, "__struct_fields__", ())}
    assert len(keys) > 60
    assert {key for key in keys if f"`{key}`" not in DESCRIPTION} == set()


def test_the_example_is_of_the_format():
    example = DESCRIPTION.partition("```json\n")[2].partition("```")[0]
    decoded = msgspec.json.decode(example, type=document_format.Document)
    assert json.loads(msgspec.json.encode(decoded)) == json.loads(example)
