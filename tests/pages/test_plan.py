"""The route table: which pages a site gives, and that each reads only what it names."""

from collections import Counter

import msgspec
import pytest

from building import DEMO_NOW, copy_of_minimal, write
from checking import NOW
from storefront import records
from storefront.gather import gather
from storefront.pages import routes
from storefront.pages.views import Sheet


@pytest.fixture(scope="module")
def planned(demo):
    return gather(demo.root, DEMO_NOW)


def test_no_address_is_planned_twice(planned):
    assert [path for path, count in Counter(page.path for page in planned.pages).items() if count > 1] == []


def test_every_address_is_made_of_safe_characters(planned):
    for page in planned.pages:
        assert page.path.startswith("/")
        assert set(page.path) <= set("abcdefghijklmnopqrstuvwxyz0123456789-/.")


def test_making_a_page_twice_gives_the_same_and_needs_its_inputs_alone(planned):
    """Inputs that went through bytes and back make the same page: nothing else is read."""
    for page in planned.pages[::7]:
        again = msgspec.msgpack.decode(msgspec.msgpack.encode(page.inputs), type=type(page.inputs))
        assert page.make(again) == page.make(page.inputs), page.path


def test_a_sheet_knows_its_own_address(planned):
    for page in planned.pages:
        made = page.make(page.inputs)
        if isinstance(made, Sheet) and made.template != "moved.html":
            assert made.page.path == planned.site.base + page.path
            assert made.page.canonical == planned.site.url + page.path


def test_what_others_link_to_comes_first(planned):
    order = [page.path for page in planned.pages]
    assert order[-1].startswith("/")
    assert order.index("/") > max(order.index(path) for path in order if path.startswith("/products/"))


@pytest.mark.parametrize(("per_page", "pages"), [(1, 5), (2, 3), (5, 1), (6, 1)])
def test_the_directory_is_divided(tmp_path, per_page, pages):
    site = copy_of_minimal(tmp_path)
    write(
        site,
        {f"content/influencers/c{number}.yaml": "name: C\nsharing: {recognition: public}\n" for number in range(4)},
    )
    settings = (site / "content/site.yaml").read_text()
    write(site, {"content/site.yaml": f"{settings}directory: {{per_page: {per_page}}}\n"})
    paths = {page.path for page in gather(site, NOW).pages}
    numbered = {path for path in paths if path.startswith("/page/")}
    assert numbered == {f"/page/{number}/" for number in range(2, pages + 1)}


def test_a_creator_without_posts_or_reviews_has_no_empty_pages_of_them(tmp_path):
    site = copy_of_minimal(tmp_path)
    write(site, {"content/influencers/ida.yaml": "name: Ida\n"})
    paths = {page.path for page in gather(site, NOW).pages}
    assert "/ida/" in paths
    assert not {"/ida/posts/", "/ida/reviews/"} & paths


def test_every_review_of_a_live_creator_and_product_stands_on_three_pages(demo, planned):
    """No review can be left out: not on the product's page, not on the creator's."""
    made = {page.path: page.make(page.inputs) for page in planned.pages if page.path.endswith("/")}
    live = {(review.byline.handle, review.id): review for review in planned.catalog.reviews.values()}
    written = records.load(demo.root).curation.reviews
    open_ = {key for key, entry in written.items() if not entry.record.draft}
    assert len(live) > 50
    assert set(live) <= open_
    for (handle, identity), review in live.items():
        anchor = routes.review_anchor(handle, identity)
        for path in (routes.product(review.product), routes.reviews(handle)):
            assert anchor in {shown.anchor for shown in made[path].view.reviews}, path
