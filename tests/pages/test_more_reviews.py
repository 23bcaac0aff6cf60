"""Many reviews of one product: spread over pages by date alone, each found where links say, all of them counted."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import facts
from building import build, copy_of_minimal, trees_of, write
from checking import NOW
from storefront.catalog import spread
from storefront.catalog.review_facts import RemovedFact
from storefront.gather import gather
from storefront.pages import more_reviews, product_page, routes
from storefront.vocabulary.curation import Removal, RemovalReason

PEOPLE = 8
RATINGS = (5, 4, 3, 1, 5, 2, 4.5, 5)  # the mean is 3.6875; the worst is the fourth oldest
REMOVED = "p6"


def _files():
    files = {}
    for number, rating in enumerate(RATINGS):
        handle = f"p{number}"
        review = (
            f"product: kettle\nprovenance: purchased\ndate: 2026-10-0{number + 1}\n"
            f"rating: {rating}\ntitle: Said by {number}\n"
        )
        if handle == REMOVED:
            review += "status: removed\nremoved: {reason: spam, by: The publisher, date: 2026-11-01}\n"
        files[f"content/influencers/{handle}/profile.yaml"] = f"name: Person {number}\n"
        files[f"content/influencers/{handle}/reviews/kettle.yaml"] = review
    return files


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr(spread, "SIZE", 3)
    root = copy_of_minimal(tmp_path)
    write(
        root,
        {
            "content/products/kettle.yaml": "title: Kettle\nbrand: kiln\ncategory: Kitchen\n",
            "content/brands/kiln.yaml": "name: Kiln\n",
        },
    )
    return write(root, _files())


@pytest.fixture
def pages(site):
    build(site)
    return trees_of(site / "site")


def _page(pages, number):
    return pages[routes.reviews_of("kettle", number).lstrip("/")]


def _anchors(tree):
    return [node.attributes["id"] for node in tree.css("article.review, .removed__item")]


def test_reviews_go_on_by_date_alone_and_each_is_shown_once(pages):
    assert _anchors(_page(pages, 1)) == ["review-p7-kettle", "review-p5-kettle", "review-p6-kettle"]
    assert _anchors(_page(pages, 2)) == ["review-p4-kettle", "review-p3-kettle", "review-p2-kettle"]
    assert _anchors(_page(pages, 3)) == ["review-p1-kettle", "review-p0-kettle"]
    assert "products/kettle/reviews/page/4/" not in pages


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_average_and_its_histogram_are_those_of_all_pages(pages, number):
    page = _page(pages, number)
    assert page.css_first(".sum__count").text() == "3.6 out of 5 stars, 7 reviews"
    assert [node.text() for node in page.css(".sum .bars__count")] == ["3", "1", "1", "1", "1"]


def test_the_worst_of_all_reviews_is_quoted_from_wherever_it_stands(pages):
    assert _page(pages, 1).css_first(".verdict--critical a").attributes["href"] == (
        "/products/kettle/reviews/page/2/#review-p3-kettle"
    )


def test_the_pages_lead_to_each_other_and_each_is_its_own(pages, site):
    turns = [[node.attributes["href"] for node in _page(pages, n).css(".pages a")] for n in (1, 2, 3)]
    first, second, third = (routes.reviews_of("kettle", n) for n in (1, 2, 3))
    assert turns == [[second], [first, third], [second]]
    listed = (site / "site/sitemap.xml").read_text()
    for number, path in ((2, second), (3, third)):
        canonical = _page(pages, number).css_first("link[rel=canonical]").attributes["href"]
        assert canonical.endswith(path)
        assert f"{path}</loc>" in listed
        assert not _page(pages, number).css("meta[name=robots]")
    assert "2 of 7" not in _page(pages, 2).css_first("title").text()
    assert "(Page 2 of 3)" in _page(pages, 2).css_first("title").text()


def test_every_address_of_a_review_leads_to_where_it_stands(pages, site):
    """On the creator's pages, in both feeds and in the JSON document, for reviews and for what stays of one."""
    for number in range(PEOPLE):
        handle = f"p{number}"
        document = json.loads((site / f"site/{handle}/index.json").read_text())
        feed = json.loads((site / f"site/{handle}/feed.json").read_text())
        found = [each["page"] for each in (*document["reviews"], *document.get("removed", ()))]
        found += [item["url"] for item in feed["items"] if "#review-" in item["url"]]
        assert len(found) == 2
        for url in found:
            path, _, anchor = url.partition("/products/")[2].partition("#")
            assert pages[f"products/{path}"].css_first(f'[id="{anchor}"]'), url


def test_a_feed_knows_a_review_by_a_name_that_lasts(site):
    build(site)
    feed = json.loads((site / "site/p0/feed.json").read_text())
    (item,) = (each for each in feed["items"] if "#review-" in each["id"])
    assert item["id"].endswith("/products/kettle/#review-p0-kettle")
    assert item["url"].endswith("/products/kettle/reviews/page/3/#review-p0-kettle")
    atom = (site / "site/p0/feed.xml").read_text()
    assert f"<id>{item['id']}</id>" in atom
    assert f'href="{item["url"]}"' in atom


def test_structured_data_has_the_mean_of_all_and_the_reviews_of_the_page(pages):
    said = json.loads(_page(pages, 1).css_first("script[type='application/ld+json']").text())
    product = next(node for node in said["@graph"] if node["@type"] == "Product")
    assert product["aggregateRating"] == {"@type": "AggregateRating", "ratingValue": 3.6, "ratingCount": 7}
    assert [each["name"] for each in product["review"]] == ["Said by 7", "Said by 5"]
    assert '"Product"' not in _page(pages, 2).css_first("script[type='application/ld+json']").text()


def test_an_insider_on_a_further_page_leaves_no_mean_to_machines(site):
    write(
        site,
        {"content/influencers/p0/profile.yaml": ("name: Person 0\nrelationships:\n- {brand: kiln, kind: owner}\n")},
    )
    planned = {page.path: page for page in gather(site, NOW).pages}["/products/kettle/"]
    assert planned.inputs.extent.insiders
    assert "aggregateRating" not in product_page.sheet(planned.inputs).page.jsonld


def test_a_page_reads_its_own_reviews_alone(site):
    """Else the keys of so many pages would take the square of the reviews' time."""
    planned = [page for page in gather(site, NOW).pages if isinstance(page.inputs, more_reviews.Inputs)]
    assert [len(page.inputs.reviews) + len(page.inputs.removed) for page in planned] == [3, 2]


# Spreading


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=30), st.integers(1, 7))
def test_no_review_is_lost_and_no_page_overflows(given, size):
    reviews, removed = {}, {}
    for number, (day, gone) in enumerate(given):
        handle, on = f"h{number:02}", (date(2026, 1, 1) + timedelta(day)).isoformat()
        fact = facts.review("r", byline=facts.byline(handle), date=on)
        if gone:
            removed[handle, "r"] = RemovedFact(
                ref=f"removed:{handle}/r",
                id="r",
                byline=facts.byline(handle),
                product="mug",
                product_title="Mug",
                date=on,
                removal=Removal(reason=RemovalReason.SPAM, by="The publisher", date="2026-11-01"),
            )
        else:
            reviews[handle, "r"] = fact
    pages = spread.spread(reviews, removed, size)
    everything = [*reviews.values(), *removed.values()]
    assert len(everything) == len(given)
    count = -(-len(given) // size)
    assert dict(pages) == ({"mug": count} if count > 1 else {})
    in_order = [fact.page for fact in spread.newest_first(everything)]
    assert in_order == [place // size + 1 for place in range(len(given))]


# Imported reviews


def test_customers_reviews_go_on_too_with_their_own_mean(site):
    said = [f"- {{id: r{n}, date: 2026-08-0{n}, rating: {n % 5 + 1}, body: Said {n}.}}" for n in range(1, 8)]
    source = "publisher: Nordshop\nimported_on: 2026-11-20\nreviews:\n"
    write(site, {"content/reviews/nordshop/kettle.yaml": source + "\n".join(said) + "\n"})
    build(site)
    pages = trees_of(site / "site")
    addresses = [routes.imported("kettle", "nordshop", number).lstrip("/") for number in (1, 2, 3)]
    found = [[node.attributes["id"] for node in pages[address].css("article.voice")] for address in addresses]
    assert [len(each) for each in found] == [3, 3, 1]
    assert [each for page in found for each in page] == [f"from-nordshop--r{n}" for n in range(7, 0, -1)]
    for address in addresses:
        apart = pages[address].css_first(".part--apart")
        assert apart.css_first(".sum__count").text() == "2.9 out of 5 stars, 7 reviews"
        assert "Nobody on this site wrote them" in apart.text()
    assert "3 of 7 reviews" in pages[addresses[1]].css_first(".part--apart .part__head").text()


# The product's page


def test_the_average_stands_below_the_name_with_count_and_histogram_then_the_verdict(pages):
    html = _page(pages, 1).html
    marks = ["<h1", 'class="product__stars"', 'class="spark"', 'class="verdict"', "verdict--critical", 'id="reviews_"']
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)
    average = _page(pages, 1).css_first(".product__stars")
    assert average.css_first(".vh").text() == "3.6 out of 5 stars, 7 reviews"
    assert [node.attributes["width"] for node in average.css(".bars__part")] == ["20", "6", "6", "6", "6"]


def test_the_share_of_each_provenance_stands_beside_the_average(site):
    write(
        site,
        {
            "content/influencers/p0/reviews/kettle.yaml": (
                "product: kettle\nprovenance: gifted\nincentive: {kind: product}\n"
                "date: 2026-10-01\nrating: 5\ntitle: A gift\n"
            )
        },
    )
    build(site)
    shares = trees_of(site / "site")["products/kettle/"].css(".sum__shares li")
    assert [(node.css_first(".got").text(), node.css_first(".sum__percent").text()) for node in shares] == [
        ("Bought", "86%"),
        ("Gift", "14%"),
    ]
