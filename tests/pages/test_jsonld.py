import json

import pytest

import facts
from storefront.pages import jsonld, views
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Provenance
from storefront.vocabulary.product import Availability


def read(html):
    return json.loads(html)


# script


def test_nothing_to_say_is_nothing():
    assert jsonld.script() == jsonld.script(None, None) == ""


def test_one_node_stands_alone_and_several_in_a_graph():
    one, other = {"@type": "A"}, {"@type": "B"}
    assert read(jsonld.script(None, one)) == {"@context": "https://schema.org", "@type": "A"}
    assert read(jsonld.script(one, None, other)) == {"@context": "https://schema.org", "@graph": [one, other]}


@pytest.mark.parametrize("text", ["</script><script>", "<!--", "a & b", "line\u2028and\u2029paragraph", "é 日本"])
def test_no_text_can_leave_the_script_element(text):
    html = jsonld.script({"@type": "A", "name": text})
    assert not set("<>&\u2028\u2029") & set(html)
    assert read(html)["name"] == text


def test_it_goes_out_as_it_is():
    assert jsonld.script({"@type": "A"}).__html__() == '{"@context":"https://schema.org","@type":"A"}'


# The site, a creator, collections, the way here


def test_the_site_below_a_path(below):
    assert jsonld.website(below) == {"@type": "WebSite", "name": "The Shelf", "url": "https://host.example/shop/"}


def test_a_creator(spoken):
    person = facts.person(
        byline=facts.byline(name="Maya Lind", avatar=facts.shot("maya")),
        bio="I *test* things.\n\nSlowly.",
        profiles=(("instagram", "https://social.example/maya"),),
    )
    assert jsonld.profile(person, spoken) == {
        "@type": "ProfilePage",
        "url": "https://shelf.example/maya/",
        "mainEntity": {
            "@type": "Person",
            "name": "Maya Lind",
            "alternateName": "maya",
            "description": "I test things. Slowly.",
            "image": "https://shelf.example/media/maya-640.webp",
            "url": "https://shelf.example/maya/",
            "sameAs": ["https://social.example/maya"],
        },
    }


def test_what_is_unknown_of_a_creator_is_left_out(spoken):
    assert jsonld.profile(facts.person(), spoken)["mainEntity"].keys() == {"@type", "name", "alternateName", "url"}


def test_a_collection_lists_addresses_and_nothing_else(below):
    node = jsonld.collection("/maya/lists/tea/", "Tea", ["/products/b/", "/products/a/", "/products/b/"], below)
    assert node["url"] == "https://host.example/shop/maya/lists/tea/"
    assert node["mainEntity"] == {
        "@type": "ItemList",
        "numberOfItems": 2,
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "url": "https://host.example/shop/products/b/"},
            {"@type": "ListItem", "position": 2, "url": "https://host.example/shop/products/a/"},
        ],
    }


def test_a_collection_can_name_what_it_lists(spoken):
    node = jsonld.collection("/brands/kiln/", "Kiln", ["/products/b/", "/products/a/"], spoken, ["Bowl", "Apron"])
    assert [item["name"] for item in node["mainEntity"]["itemListElement"]] == ["Bowl", "Apron"]


def test_an_empty_collection_has_no_list(spoken):
    assert "mainEntity" not in jsonld.collection("/brands/", "Brands", [], spoken)


def test_the_way_here_is_absolute_with_the_base_once(below):
    trail = [views.Link(text="The Shelf", url="/shop/"), views.Link(text="Maya", url="/shop/maya/")]
    steps = jsonld.breadcrumbs(trail, below)["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "The Shelf", "https://host.example/shop/"),
        (2, "Maya", "https://host.example/shop/maya/"),
    ]


def test_one_step_is_no_way(spoken):
    assert jsonld.breadcrumbs([views.Link(text="Home", url="/")], spoken) is None


# Posts


def test_a_post_carries_its_labels(spoken):
    gifted = facts.pick(relationships=(Relationship.GIFTED, Relationship.AFFILIATE))
    fact = facts.post("tea", gifted, gifted, caption="**Morning** tea", shots=(facts.shot(),))
    node = jsonld.post(fact, fact.caption, spoken)
    assert node == {
        "@type": "SocialMediaPosting",
        "headline": "Tea",
        "alternativeHeadline": ["Free from Kiln", "Ad · paid link"],
        "text": "Morning tea",
        "author": {"@type": "Person", "name": "Maya", "url": "https://shelf.example/maya/"},
        "datePublished": "2026-11-10",
        "url": "https://shelf.example/maya/posts/tea/",
        "image": ["https://shelf.example/media/mug-640.webp"],
    }


def test_pictures_of_posts_and_reviews_name_whom_the_page_names_beside_them(spoken):
    told = {"shots": (facts.shot(),), "credit": "Ida Berg"}
    post = jsonld.post(facts.post(**told), "", spoken)
    review = jsonld.product(facts.product(), [facts.review(**told)], spoken)["review"]
    picture = {
        "@type": "ImageObject",
        "contentUrl": "https://shelf.example/media/mug-640.webp",
        "creditText": "Ida Berg",
    }
    assert post["image"] == review["image"] == [picture]


def test_a_post_shown_elsewhere_too_says_where(spoken):
    node = jsonld.post(facts.post(url="https://social.example/p/1"), "", spoken)
    assert node["sameAs"] == "https://social.example/p/1"
    assert node["url"] == "https://shelf.example/maya/posts/morning/"


# Products


def by(handle, rating=4.0, **changed):
    return facts.review(f"{handle}-review", byline=facts.byline(handle), rating=rating, **changed)


def test_one_creators_review_is_given_whole(spoken):
    review = facts.review(
        title="Holds its heat",
        body="I use it **daily**.",
        pros=("warm", "light"),
        cons=("small",),
        provenance=Provenance.GIFTED,
        relationships=(Relationship.GIFTED,),
        shots=(facts.shot("washed"),),
    )
    node = jsonld.product(facts.product(description="A *mug*.", shots=(facts.shot(),)), [review], spoken)
    assert node == {
        "@type": "Product",
        "name": "Mug",
        "image": ["https://shelf.example/media/mug-640.webp"],
        "brand": {"@type": "Brand", "name": "Kiln"},
        "description": "A mug.",
        "review": {
            "@type": "Review",
            "author": {"@type": "Person", "name": "Maya", "url": "https://shelf.example/maya/"},
            "datePublished": "2026-11-12",
            "name": "Holds its heat",
            "reviewRating": {"@type": "Rating", "ratingValue": 4.5},
            "reviewBody": "Ad: Kiln gave this to Maya free of charge. I use it daily.",
            "image": ["https://shelf.example/media/washed-640.webp"],
            "positiveNotes": {
                "@type": "ItemList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": "warm"},
                    {"@type": "ListItem", "position": 2, "name": "light"},
                ],
            },
            "negativeNotes": {
                "@type": "ItemList",
                "itemListElement": [{"@type": "ListItem", "position": 1, "name": "small"}],
            },
        },
    }


@pytest.mark.parametrize(
    ("pros", "cons", "said"),
    [
        ((), (), set()),
        (("warm",), (), set()),
        ((), ("small",), set()),
        (("warm",), ("small",), {"positiveNotes", "negativeNotes"}),
        (("warm", "light"), (), {"positiveNotes"}),
        ((), ("small", "dear"), {"negativeNotes"}),
    ],
)
def test_pros_and_cons_from_two_statements_on(spoken, pros, cons, said):
    review = jsonld.product(facts.product(), [facts.review(pros=pros, cons=cons)], spoken)["review"]
    assert review.keys() & {"positiveNotes", "negativeNotes"} == said


def test_several_creators_are_all_given_newest_first_with_the_mean_of_all(spoken):
    product = facts.product(thing=facts.thing(rating=facts.rating("3.6666666667", 3)))
    reviews = [by("ada", date="2026-01-01"), by("ben", 2.0, date="2026-03-01"), by("cem", 5.0, date="2026-02-01")]
    node = jsonld.product(product, reviews, spoken)
    assert [review["author"]["name"] for review in node["review"]] == ["Ben", "Cem", "Ada"]
    assert node["aggregateRating"] == {"@type": "AggregateRating", "ratingValue": 3.7, "ratingCount": 3}


def test_several_creators_give_no_pros_and_cons(spoken):
    node = jsonld.product(facts.product(), [by("ada", pros=("a", "b")), by("ben", cons=("c", "d"))], spoken)
    assert all(review.keys().isdisjoint({"positiveNotes", "negativeNotes"}) for review in node["review"])


def test_one_creator_alone_has_no_mean(spoken):
    product = facts.product(thing=facts.thing(rating=facts.rating("4.5", 2)))
    node = jsonld.product(product, [facts.review("first"), facts.review("second")], spoken)
    assert "aggregateRating" not in node
    assert len(node["review"]) == 2


@pytest.mark.parametrize(("rating", "written"), [(4.0, "4"), (4.5, "4.5")])
def test_a_rating_is_written_as_on_the_page(spoken, rating, written):
    node = jsonld.product(facts.product(), [by("ada", rating)], spoken)
    assert f'"ratingValue":{written}}}' in jsonld.script(node)


def test_a_review_without_a_rating_gives_nothing(spoken):
    assert jsonld.product(facts.product(), [by("ada", None)], spoken) is None


@pytest.mark.parametrize("tie", [Relationship.OWNER, Relationship.EMPLOYEE, Relationship.FAMILY])
def test_an_insider_rates_nothing_and_no_mean_is_bent_for_it(spoken, tie):
    product = facts.product(thing=facts.thing(rating=facts.rating("4", 3)))
    insider = by("cem", 5.0, relationships=(tie,))
    node = jsonld.product(product, [by("ada"), by("ben"), insider], spoken)
    assert {review["author"]["name"] for review in node["review"]} == {"Ada", "Ben"}
    assert "aggregateRating" not in node
    assert jsonld.product(product, [insider], spoken) is None


# Offers


def priced(amount="18.00 GBP", **changed):
    return facts.offer(price=amount, as_of="2026-11-20", **changed)


def offers_of(spoken, *offers):
    node = jsonld.product(facts.product(offers=offers), [], spoken)
    return node and node["offers"]


def test_a_fresh_price_is_an_offer_at_this_page(spoken):
    assert offers_of(spoken, priced()) == {
        "@type": "Offer",
        "price": "18.00",
        "priceCurrency": "GBP",
        "availability": "https://schema.org/InStock",
        "url": "https://shelf.example/products/mug/",
        "seller": {"@type": "Organization", "name": "Corner Shop"},
    }


def test_several_prices_are_a_span_in_the_first_currency(spoken):
    offers = offers_of(spoken, priced(), facts.offer(), priced("9.50 GBP"), priced("5.00 EUR"))
    assert offers == {
        "@type": "AggregateOffer",
        "lowPrice": "9.50",
        "highPrice": "18.00",
        "priceCurrency": "GBP",
        "offerCount": 2,
        "url": "https://shelf.example/products/mug/",
    }


@pytest.mark.parametrize(
    "offer",
    [
        facts.offer(),
        priced(availability=Availability.OUT_OF_STOCK),
        priced(network="amazon"),
        priced(network=None, url="https://www.amazon.co.uk/dp/B0EXAMPLE1"),
    ],
    ids=["no price", "sold out", "Amazon, tracked", "Amazon, plain"],
)
def test_what_the_page_may_not_quote_gives_nothing(spoken, offer):
    assert offers_of(spoken, offer) is None


def test_a_review_and_a_price_stand_together(spoken):
    node = jsonld.product(facts.product(offers=(priced(),)), [facts.review()], spoken)
    assert node["review"]["@type"] == "Review"
    assert node["offers"]["@type"] == "Offer"


def test_no_tracked_address_is_said(spoken):
    tracked = priced(url="https://track.example/secret")
    assert "track.example" not in jsonld.script(jsonld.product(facts.product(offers=(tracked,)), [], spoken))


@pytest.mark.parametrize("slug", ["tobacco", "smoking/vapes", "jagd/munition"])
def test_what_google_bars_is_not_marked_up(spoken, slug):
    parts = slug.split("/")
    category = tuple(("/".join(parts[: depth + 1]), part) for depth, part in enumerate(parts))
    assert jsonld.product(facts.product(category=category, offers=(priced(),)), [facts.review()], spoken) is None
