"""Each network's links, to the letter: a wrong one pays nobody."""

import re
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import links
from storefront.links import Missing, Outbound, Program, Target

PAGE = "https://shop.example/tee?size=m"
CODED = "https%3A%2F%2Fshop.example%2Ftee%3Fsize%3Dm"
CASES = {
    "amazon": (
        Program(merchant="amazon-gb", network="amazon", keys={"market": "GB"}),
        {"GB": "maya-21"},
        "https://www.amazon.co.uk/dp/B0EXAMPLE1?tag=maya-21",
    ),
    "awin": (
        Program(merchant="shop", network="awin", keys={"advertiser": "1234"}),
        {"publisher": "77"},
        f"https://www.awin1.com/cread.php?awinmid=1234&awinaffid=77&clickref=maya_kit_tee&ued={CODED}",
    ),
    "cj": (
        Program(merchant="shop", network="cj"),
        {"publisher": "77"},
        f"https://www.anrdoezrs.net/links/77/type/dlg/sid/maya_kit_tee/{PAGE}",
    ),
    "rakuten": (
        Program(merchant="shop", network="rakuten", keys={"advertiser": "1234"}),
        {"publisher": "AbCdEfGhIjK"},
        f"https://click.linksynergy.com/deeplink?id=AbCdEfGhIjK&mid=1234&u1=maya_kit_tee&murl={CODED}",
    ),
    "impact": (
        Program(merchant="shop", network="impact", keys={"host": "shop.pxf.io", "ad": "8", "campaign": "9"}),
        {"publisher": "77"},
        f"https://shop.pxf.io/c/77/8/9?subId1=maya_kit_tee&u={CODED}",
    ),
    "ebay": (
        Program(merchant="ebay-gb", network="ebay", keys={"market": "GB"}),
        {"campaign": "5338000000"},
        f"{PAGE}&mkevt=1&mkcid=1&mkrid=710-53481-19255-0&campid=5338000000&toolid=10001&customid=maya_kit_tee",
    ),
    "partnerize": (
        Program(merchant="shop", network="partnerize"),
        {"shop": "1100lAbc"},
        f"https://prf.hn/click/camref:1100lAbc/pubref:maya_kit_tee/destination:{CODED}",
    ),
    "tradedoubler": (
        Program(merchant="shop", network="tradedoubler", keys={"program": "1234"}),
        {"site": "77"},
        f"https://clk.tradedoubler.com/click?p=1234&a=77&epi=maya_kit_tee&url={CODED}",
    ),
    "webgains": (
        Program(merchant="shop", network="webgains", keys={"program": "1"}),
        {"campaign": "77"},
        f"https://track.webgains.com/click.html?wgcampaignid=77&wgprogramid=1&clickref=maya_kit_tee&wgtarget={CODED}",
    ),
}
each_network = pytest.mark.parametrize("network", CASES)


def outbound(program, account, url=PAGE, asin="B0EXAMPLE1"):
    subid = links.subid("maya", "kit", "tee")
    return links.outbound(Target(url=url, asin=asin), program, account, subid, "shelves.example")


def test_every_network_has_a_case():
    assert set(CASES) == set(links.networks())


@each_network
def test_a_link_of_each_network(network):
    program, account, expected = CASES[network]
    assert outbound(program, account) == Outbound(expected, network)


@each_network
def test_a_missing_id_is_named(network):
    program, account, _ = CASES[network]
    for key in account:
        others = {"another": "1"}
        assert outbound(program, others) == Missing(key, "affiliate")
    for key in program.keys:
        short = Program(
            merchant=program.merchant, network=network, keys={k: v for k, v in program.keys.items() if k != key}
        )
        made = outbound(short, dict.fromkeys([*account, ""], "1"))
        assert isinstance(made, Missing)
        assert made.of in {"program", "market", "affiliate"}


@each_network
def test_without_an_account_the_link_is_the_shops_own(network):
    program, _, _ = CASES[network]
    expected = "https://www.amazon.co.uk/dp/B0EXAMPLE1" if network == "amazon" else PAGE
    assert outbound(program, None) == outbound(program, {}) == Outbound(expected, None)


@each_network
def test_a_tracked_link_is_known_by_its_host(network):
    _, _, expected = CASES[network]
    host = "www.ebay.co.uk" if network == "ebay" else urlsplit(expected).hostname
    assert links.network_of_host(host) == network


@each_network
def test_the_source_of_every_format_is_named(network):
    entry = links.networks()[network]
    assert entry.source.startswith("https://")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", entry.reviewed_on)
    assert bool(entry.link) != bool(entry.append)


@pytest.mark.parametrize(
    ("host", "network"),
    [("prf.hn", "partnerize"), ("shop.prf.hn", "partnerize"), ("notprf.hn", None), ("shop.example", None), ("", None)],
)
def test_hosts(host, network):
    assert links.network_of_host(host) == network


@pytest.mark.parametrize("network", ["awin", "rakuten", "impact", "partnerize", "tradedoubler", "webgains"])
def test_the_address_is_encoded_once_and_comes_last(network):
    program, account, _ = CASES[network]
    made = outbound(program, account, url="https://ex.com/p?a=1&b=ü#x").url
    assert made.endswith("https%3A%2F%2Fex.com%2Fp%3Fa%3D1%26b%3D%C3%BC%23x")


@given(st.text("abc123-._~!$&'()*+,;=:@/?%ü ", max_size=30), st.sampled_from(["awin", "rakuten", "impact", "webgains"]))
def test_the_shop_gets_its_address_back(tail, network):
    program, account, _ = CASES[network]
    url = f"https://shop.example/{tail}"
    *_, (_, last) = parse_qsl(urlsplit(outbound(program, account, url=url).url).query, keep_blank_values=True)
    assert last == links.strip_foreign(url)


def test_amazon_takes_the_asin_from_the_address():
    program, account, expected = CASES["amazon"]
    for path in ("dp/B0EXAMPLE1", "Some-Name/dp/B0EXAMPLE1/ref=sr_1_1", "gp/product/B0EXAMPLE1?psc=1"):
        assert outbound(program, account, url=f"https://www.amazon.com/{path}", asin=None).url == expected
    assert outbound(program, account, url="https://www.amazon.co.uk/s?k=tee", asin=None) == Missing("asin", "asin")


@pytest.mark.parametrize(
    ("url", "asin"),
    [
        ("https://www.amazon.de/dp/B0EXAMPLE1", "B0EXAMPLE1"),
        ("https://www.amazon.de/dp/B0EXAMPLE12", None),
        ("https://www.amazon.de/?x=/dp/B0EXAMPLE1", None),
        ("https://shop.example/", None),
    ],
)
def test_asins(url, asin):
    assert links.asin_of(url) == asin


def test_a_market_that_the_network_has_not_is_missing():
    _, account, _ = CASES["ebay"]
    elsewhere = Program(merchant="ebay-jp", network="ebay", keys={"market": "JP"})
    assert outbound(elsewhere, account) == Missing("rotation", "market")


@pytest.mark.parametrize(
    ("network", "ids", "found"),
    [
        ("amazon", {"GB": "maya-21"}, True),
        ("amazon", {"US": "maya-20"}, False),
        ("partnerize", {"shop": "x"}, True),
        ("partnerize", {"other": "x"}, False),
        ("awin", {}, True),
    ],
)
def test_some_networks_give_an_id_for_each_market_or_shop(network, ids, found):
    assert links.has_account(CASES[network][0], ids) is found


def test_a_shop_without_a_network_learns_where_visits_come_from():
    made = outbound(Program(merchant="shop", network=None), None, url=f"{PAGE}&utm_source=other#part")
    assert made == Outbound(
        f"{PAGE}&utm_source=shelves.example&utm_medium=referral&utm_content=maya_kit_tee#part", None
    )


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.example/x?tag=other-20&size=m", "https://a.example/x?size=m"),
        ("https://a.example/x?linkCode=ll1&ascsubtag=z", "https://a.example/x"),
        ("https://a.example/x?utm_source=a&UTM_Medium=b&awc=1&irclickid=2&ranSiteID=3", "https://a.example/x"),
        ("https://a.example/x?size=m&gclid=1#tag=2", "https://a.example/x?size=m#tag=2"),
        ("https://a.example/x?q=a%20b&e=&f", "https://a.example/x?q=a%20b&e=&f"),
        ("https://a.example/tag=1", "https://a.example/tag=1"),
        ("https://a.example/?vintage=1&stag=2", "https://a.example/?vintage=1&stag=2"),
    ],
)
def test_what_other_partners_left_behind_is_taken_out(url, clean):
    assert links.strip_foreign(url) == clean
    assert links.strip_foreign(clean) == clean


def test_query_parameters_replace_their_namesakes():
    assert (
        links.with_query("https://a.example/?campid=1&x=%C3%BC", {"campid": "2"})
        == "https://a.example/?x=%C3%BC&campid=2"
    )
    assert links.with_query("https://a.example/#p", {"a": "b c"}) == "https://a.example/?a=b%20c#p"
    assert links.with_query("https://a.example/?x=a+b", {}) == "https://a.example/?x=a+b"


slugs = st.lists(st.sampled_from(["maya", "kit", "tee", "2026", "a" * 20]), min_size=1, max_size=3).map("-".join)


@given(st.lists(slugs, min_size=1, max_size=4))
def test_sub_ids_keep_to_what_every_network_takes(parts):
    subid = links.subid(*parts)
    assert re.fullmatch(r"[a-z0-9_-]{1,50}", subid)
    assert subid == links.subid(*parts)


@given(st.tuples(slugs, slugs, slugs), st.tuples(slugs, slugs, slugs))
def test_two_placements_have_two_sub_ids(one, other):
    assert (links.subid(*one) == links.subid(*other)) == (one == other)


def test_long_sub_ids_stay_apart():
    long = "a" * 60
    one, other = links.subid("maya", "kit", long + "1"), links.subid("maya", "kit", long + "2")
    assert one != other
    assert len(one) == len(other) == links.SUBID_LENGTH


def test_rel_lets_networks_see_the_referring_site():
    assert links.rel(commercial=True) == "sponsored nofollow noopener"
    assert "noreferrer" not in links.rel(commercial=True) + links.rel(commercial=False)
    assert "sponsored" not in links.rel(commercial=False)


def test_ids_cannot_break_out_of_a_link():
    program = Program(merchant="shop", network="awin", keys={"advertiser": "1&awinaffid=9"})
    made = outbound(program, {"publisher": "77"})
    assert parse_qs(urlsplit(made.url).query)["awinaffid"] == ["77"]


def test_raw_addresses_stay_as_they_are():
    program, account, _ = CASES["cj"]
    url = "https://shop.example/a%20b?x=%26#y"
    assert unquote(outbound(program, account, url=url).url).endswith(unquote(url))
    assert outbound(program, account, url=url).url.endswith(url)
