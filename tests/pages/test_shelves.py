"""Shelves that belong to no one creator."""

import facts
from storefront.catalog import responses
from storefront.catalog.facts import BrandFact, Category, Shelved
from storefront.catalog.ratings import gather
from storefront.pages import brand_page as brands
from storefront.pages import shelves
from storefront.vocabulary.common import Relationship

R = Relationship


def shelved(identity="mug", *relationships, **changed):
    return Shelved(
        ref=f"shelved:{identity}", thing=facts.thing(identity, **changed), relationships=tuple(relationships)
    )


def brand(**changed):
    given = {
        "ref": "brand:kiln",
        "id": "kiln",
        "name": "Kiln",
        "url": None,
        "logo": None,
        "description": None,
        "country": None,
        "ties": (),
    }
    return BrandFact(**(given | changed))


def brand_page(*shelf, **changed):
    inputs = brands.Inputs(
        site=facts.site(),
        brand=brand(**changed),
        answers=responses.gather("kiln", 7, ()),
        ratings=gather("brand/kiln", ()),
        reviews=(),
        total=0,
        shelf=shelf,
        products=len(shelf),
    )
    return brands.sheet(inputs)


def test_a_brand_shows_its_products_and_leads_to_them():
    view = brand_page(shelved("mug"), shelved("pan", discontinued=True)).view
    assert [(card.title, card.url, card.shop) for card in view.cards] == [
        ("Mug", "/products/mug/", None),
        ("Pan", "/products/pan/", None),
    ]
    assert view.cards[1].discontinued == "No longer made"


def test_a_card_bears_the_labels_of_the_links_behind_it():
    sheet = brand_page(shelved("mug", R.AFFILIATE))
    assert [badge.kind for badge in sheet.view.cards[0].badges] == ["affiliate"]
    assert sheet.page.statement is not None
    assert brand_page(shelved("mug")).page.statement is None


def test_a_brand_names_who_is_tied_to_it():
    view = brand_page(ties=((facts.byline("maya"), R.AMBASSADOR, "2024-03-01"),)).view
    assert [(tie.label, tie.value) for tie in view.ties] == [("Maya", "Ambassador of Kiln since 1 Mar 2024")]


def test_a_brands_own_site_is_named_by_its_host():
    view = brand_page(url="https://kiln.example/", country="NO", description="Since **1900**.").view
    assert (view.url.text, view.url.url) == ("kiln.example", "https://kiln.example/")
    assert view.country == "Norway"
    assert "<strong>1900</strong>" in view.html


def category(path=(("home", "Home"),), children=(), count=3):
    return Category(ref="category:home", path=path, children=children, count=count)


def category_page(*shelf, page=1, pages=1, **changed):
    inputs = shelves.CategoryInputs(
        site=facts.site(), category=category(**changed), shelf=shelf, page=page, pages=pages
    )
    return shelves.category_sheet(inputs)


def test_a_category_leads_up_and_down():
    path = (("home", "Home"), ("home/mugs", "Mugs"))
    sheet = category_page(shelved(), path=path, children=(("home/mugs/tin", "Tin", 2),))
    assert [link.url for link in sheet.page.breadcrumbs] == [
        "/",
        "/categories/",
        "/categories/home/",
        "/categories/home/mugs/",
    ]
    assert [(link.text, link.url) for link in sheet.view.children] == [("Tin", "/categories/home/mugs/tin/")]
    assert (sheet.view.title, sheet.view.count) == ("Mugs", "3 products")


def test_later_pages_of_a_category_have_addresses_and_titles_of_their_own():
    sheet = category_page(page=2, pages=3)
    assert sheet.page.path == "/categories/home/page/2/"
    assert sheet.page.title == "Home | The Shelf (Page 2 of 3)"
    assert sheet.view.pagination.previous.url == "/categories/home/"


def test_the_index_of_brands_shows_logo_or_a_product():
    shot = facts.shot("mug")
    brands = ((brand(), shot, 1), (brand(logo=facts.shot("logo")), shot, 2), (brand(), None, 0))
    view = shelves.index_of_brands(shelves.IndexInputs(site=facts.site(), brands=brands)).view
    assert [group.picture.src if group.picture else None for group in view.groups] == [
        "/media/mug-640.jpg",
        "/media/logo-640.jpg",
        None,
    ]
    assert [group.count for group in view.groups] == ["1 product", "2 products", "0 products"]


def test_the_index_of_categories_leads_to_what_is_in_them():
    found = category(children=(("home/mugs", "Mugs", 2),))
    view = shelves.index_of_categories(shelves.IndexInputs(site=facts.site(), categories=((found, None),))).view
    [group] = view.groups
    assert (group.title, group.url, group.links[0].url) == ("Home", "/categories/home/", "/categories/home/mugs/")
