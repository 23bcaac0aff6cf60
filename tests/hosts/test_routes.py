"""Links go through the site only where its owner asks for it and merchant, network and host allow it."""

import json
import re

import pytest
from plans import plan_to
from shop import PLAIN, buttons, content, destinations

import facts
from asking import Asked
from building import build, built, edit, html_of, write
from checking import NOW, problems_of, written
from storefront import hosting
from storefront.catalog.redirects import Redirects
from storefront.gather import gather
from storefront.hosting import plan, security
from storefront.linkcheck.collect import collect
from storefront.links import shipped
from storefront.pages.placements import placements
from storefront.pages.planned import Planned
from storefront.problems import Place
from storefront.vocabulary.site import Route, Site

KIT = "content/influencers/maya/lists/kit.yaml"


def shops(root, files=None):
    """Where the buttons of a site lead, each once."""
    site = content(root, PLAIN[:1], ("nginx",), route="go")
    write(site, files or {})
    build(site)
    return set(buttons(site / "site"))


def test_links_are_direct_when_nobody_says_otherwise(minimal):
    assert all(address.startswith("https://") for address in buttons(minimal.output))


def test_links_are_direct_where_hosts_are_named_alone(tmp_path):
    site = content(tmp_path, PLAIN, route="direct")
    build(site)
    assert all(address.startswith("https://") for address in buttons(site / "site"))
    assert "/go/" not in (site / "site/_redirects").read_text()


def test_a_merchant_that_does_not_allow_redirects_keeps_direct_links(tmp_path):
    found = shops(tmp_path, {"content/merchants/corner.yaml": "{name: Corner, url: https://corner.example}"})
    assert {address for address in found if "corner.example" in address}
    assert "/go/maya/merino-tee" in found


AMAZON = """\
title: Kit
items:
  - {product: merino-tee, relationship: purchased}
"""
TEE = """\
{title: Merino Tee, brand: fjell, category: Clothing > Base layers, asin: B0EXAMPLE1, offers: [{merchant: AMAZON}]}
"""


def amazon(**changed):
    keys = {"name": "Amazon", "url": "https://www.amazon.co.uk", "network": "amazon", "program": {"market": "GB"}}
    return {
        "content/merchants/amazon-uk.yaml": json.dumps(keys | changed),
        "content/products/merino-tee.yaml": TEE.replace("AMAZON", "amazon-uk"),
        KIT: AMAZON,
    }


def test_amazon_keeps_direct_links_whatever_is_asked(tmp_path):
    found = shops(tmp_path, amazon())
    assert {address for address in found if "amazon" in address} == {"https://www.amazon.co.uk/dp/B0EXAMPLE1"}


@pytest.mark.parametrize("network", [{}, {"network": None}])
def test_asking_for_redirects_to_amazon_is_a_mistake(tmp_path, network):
    """Even without its network: the host tells whose shop it is."""
    site = write(content(tmp_path, PLAIN, route="go"), amazon(redirects=True, **network))
    assert [problem.message for problem in problems_of(site)] == ["Amazon forbids a redirect before its links"]


def test_a_sites_own_network_may_forbid_redirects(tmp_path):
    site = write(content(tmp_path, PLAIN, route="go"), {"networks.yaml": "awin: {redirects: false}\n"})
    assert [str(problem.place) for problem in problems_of(site)] == ["content/merchants/nordshop.yaml:2:1"]


def test_a_link_that_only_its_network_makes_stays_as_it_was_pasted(tmp_path):
    link = "https://rstyle.me/+AbCdEf"
    found = shops(
        tmp_path,
        {KIT: f"title: Kit\nitems:\n  - {{title: Hat, link: '{link}', merchant: corner, relationship: purchased}}\n"},
    )
    assert link in found


def test_a_shop_without_a_file_of_its_own_is_linked_directly(tmp_path):
    found = shops(
        tmp_path, {KIT: "title: Kit\nitems: [{title: Hat, link: https://hats.example/h, relationship: purchased}]\n"}
    )
    assert any(address.startswith("https://hats.example/h") for address in found)


# Addresses


def test_the_first_link_to_a_product_has_the_short_address_and_the_others_say_where_they_stand(shop):
    addresses = destinations(shop)
    tees = {path: re.search("clickref=([^&]+)", direct)[1] for path, direct in addresses.items() if "merino" in path}
    assert tees == {
        "/go/maya/merino-tee": "maya_again_merino-tee",
        "/go/maya/merino-tee--2/again": "maya_again_merino-tee--2",
        "/go/maya/merino-tee/kit": "maya_kit_merino-tee",
        "/go/maya/merino-tee/posts/first-frost": "maya_post_first-frost_merino-tee",
        "/go/maya/merino-tee/offers/nordshop": "maya_offer_merino-tee_nordshop",
    }


def test_the_publishers_own_links_stand_under_site(tmp_path):
    site = content(tmp_path, PLAIN[:1], ("nginx",), route="go")
    edit(site / "content/site.yaml", "markets:", 'affiliate: {awin: {publisher: "99"}}\nmarkets:')
    build(site)
    assert "/go/site/merino-tee" in set(buttons(site / "site"))
    assert "awinaffid=99" in (site / "site.hosting/nginx/server.conf").read_text()


def test_no_two_places_get_one_address():
    redirects = Redirects(Site(title="S", url="https://s.example", route=Route.GO), shipped())
    things, places = ("a", "a--2", "posts", "offers"), ("a", "posts", "offers", "post", "offer")
    slots = [(place, thing) for place in places for thing in things]
    slots += [("post", place, thing) for place in places for thing in things]
    slots += [("offer", thing, place) for place in places for thing in ("a", "posts", "offers")]
    made = [redirects.address(who, slot) for who in ("maya", "a", "site") for slot in slots]
    assert len(set(made)) == len(made)
    assert all(re.fullmatch(r"/go/[a-z]+(?:/[a-z0-9-]+){1,3}", address) for address in made)


def test_a_retired_pick_gives_its_short_address_to_the_next(tmp_path):
    site = content(tmp_path, PLAIN[:1], ("nginx",), route="go")
    again = site / "content/influencers/maya/lists/again.yaml"
    again.write_text("title: Again\nitems: [{product: merino-tee, status: retired, reason: Worn out.}]\n")
    build(site)
    conf = (site / "site.hosting/nginx/server.conf").read_text()
    assert re.search(r'location = "/go/maya/merino-tee" .*clickref=maya_kit_merino-tee', conf)


def test_an_address_that_two_things_have_is_told_with_both_places():
    made = facts.list_("kit", facts.pick(offer=facts.offer(route="/go/maya/mug")))
    other = facts.list_("more", facts.pick(offer=facts.offer(route="/go/maya/mug", url="https://b.example/")))
    planned = hosting.Plan(
        url="https://s.example", base="", moved=(), everywhere=(), fixed=(), on_going=(), paged=(),
        going=tuple(hosting.Redirect(source="/go/maya/mug", target=entry.picks[0].offer.url, status=302, ref=entry.ref)
                    for entry in (made, other)),
    )  # fmt: skip
    [problem] = plan.clashes(planned, [], lambda ref: Place(f"{ref}.yaml", 3, 1))
    assert problem.code == "duplicate-url"
    assert str(problem.place) == "list:maya/more.yaml:3:1"
    assert problem.message == "the address /go/maya/mug is taken already, by list:maya/kit.yaml:3:1"
    assert list(map(str, problem.related)) == ["list:maya/kit.yaml:3:1"]


def test_an_address_that_a_page_has_is_told():
    page = Planned("/old-0/", lambda _: b"", facts.site(), "person:other")
    [problem] = plan.clashes(plan_to([], aliases=1), [page], Place)
    assert problem.message == "the address /old-0/ is taken already, by person:other"


# What stands around a link


def test_labels_and_statements_are_those_of_a_direct_link(shop):
    direct, going = html_of(shop.direct.output), html_of(shop.going.output)
    bare = {address: re.sub(r'(<a class="buy" href=")[^"]*', r"\1", html) for address, html in direct.items()}
    assert {address: re.sub(r'(<a class="buy" href=")[^"]*', r"\1", html) for address, html in going.items()} == bare


def test_anchors_say_sponsored_and_never_noreferrer(shop):
    for html in html_of(shop.going.output).values():
        for anchor in re.findall(r'<a class="buy" href="/go/[^>]*>', html):
            assert re.search(r'rel="(?:sponsored )?nofollow noopener"', anchor)
            assert "noreferrer" not in anchor


def test_a_networks_policy_is_at_the_anchor_and_at_the_redirect(tmp_path):
    site = content(tmp_path, PLAIN[:1], ("nginx", "netlify"), route="go")
    edit(site / "content/merchants/nordshop.yaml", "network: awin", "network: commission-factory")
    edit(site / "content/merchants/nordshop.yaml", "advertiser", "merchant")
    edit(site / "content/influencers/maya/profile.yaml", "awin:", "commission-factory:")
    build(site)
    [anchor] = {
        a
        for html in html_of(site / "site").values()
        for a in re.findall(r'<a class="buy" href="/go/maya/merino-tee"[^>]*>', html)
    }
    assert 'referrerpolicy="no-referrer-when-downgrade"' in anchor
    assert 'Referrer-Policy "no-referrer-when-downgrade"' in (site / "site.hosting/nginx/server.conf").read_text()
    rule = (site / "site/_headers").read_text().partition("/go/*\n")[2].splitlines()
    assert "  Referrer-Policy: no-referrer-when-downgrade" in rule


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ((), "strict-origin-when-cross-origin"),
        (("origin",), "strict-origin-when-cross-origin"),
        (("no-referrer-when-downgrade", "origin"), "no-referrer-when-downgrade"),
        (("unsafe-url",), "unsafe-url"),
    ],
)
def test_redirects_send_what_the_most_open_policy_sends(asked, sent):
    assert dict(security.on_going(asked))["Referrer-Policy"] == sent


def test_the_json_document_names_the_address_on_the_site(shop):
    document = json.loads((shop.going.output / "maya/index.json").read_text())
    urls = [item["shop"]["url"] for entry in document["lists"] for item in entry["items"] if item.get("shop")]
    assert urls
    assert all(url.startswith("https://shelves.example/go/maya/") for url in urls)


def test_pages_load_nothing_that_the_policy_forbids(shop):
    """No style or handler in a page, no script but data and files of the site, nothing from another host."""
    for html in html_of(shop.going.output).values():
        assert not re.search(r"<[^>]+\s(?:style|on\w+)=|<style|<base|<iframe|<object|<form", html)
        scripts = set(re.findall(r"<script([^>]*)>", html)) - {' type="application/ld+json"'}
        assert all(each.startswith(' type="module" src="/assets/') for each in scripts)
        assert not re.search(r'<(?:img|link rel="stylesheet"|source)[^>]+(?:src|href)="(?!/)', html)


def test_the_preview_redirects_as_a_host_does(shop):
    ask = Asked(shop.going.root, now=NOW)
    for path, direct in destinations(shop).items():
        answer = ask(path)
        assert answer.status == 302
        assert answer.headers["location"] == hosting.values.encoded(direct)
        assert answer.headers["cache-control"] == "no-store"


def test_the_table_of_sub_ids_names_each_address(shop):
    made = list(placements(gather(shop.going.root, NOW).catalog))
    assert {each.route: each.subid for each in made}.keys() == destinations(shop).keys()
    for each in made:
        assert each.subid in destinations(shop)[each.route]


def test_a_check_of_links_asks_for_the_same_pages(shop):
    found = [collect(made.root, NOW) for made in (shop.direct, shop.going)]
    asked = [[(link.address, str(link.place), link.earns) for link in each.links] for each in found]
    assert asked[0] == asked[1]
    assert all(address.startswith("https://") and "/go/" not in address for address, _, _ in asked[1])


# Mistakes of the site's own file


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            "route: go\n",
            (
                "content/site.yaml:7:1: missing-key: nothing says which host answers for /go/\n"
                "    Write hosts: and where the site is published, such as [cloudflare-pages].\n"
            ),
        ),
        (
            "hosts: [github-pages]\nroute: goo\n",
            "content/site.yaml:8:1: bad-value: goo is not allowed here\n    Did you mean go?\n",
        ),
    ],
)
def test_a_route_that_nobody_answers_for(tmp_path, more, told):
    site = content(tmp_path, PLAIN, route="direct")
    text = (site / "content/site.yaml").read_text()
    (site / "content/site.yaml").write_text(text.partition("hosts:")[0] + more)
    assert written(problems_of(site)) == told


@pytest.mark.parametrize("path", ["/a(b)", "/:shop", "/a*", "/a$b", "/%61", "/a,b", "/a;b"])
def test_a_base_path_that_hosts_would_read_as_a_pattern_is_refused(tmp_path, path):
    site = content(tmp_path, PLAIN, base=path, route="go")
    assert [problem.message for problem in problems_of(site)] == [
        "the site's path has characters that hosts read as their own"
    ]


def test_each_host_is_named_once_whatever_is_written(tmp_path):
    twice = built(content(tmp_path / "twice", PLAIN, ("nginx", "nginx", "netlify"), route="go"))
    once = built(content(tmp_path / "once", PLAIN, ("nginx", "netlify"), route="go"))
    assert (twice.output / "_redirects").read_bytes() == (once.output / "_redirects").read_bytes()
