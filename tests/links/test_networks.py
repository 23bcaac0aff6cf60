"""Each network's links, to the letter: a wrong one pays nobody."""

import re
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from storefront import links
from storefront.links import Missing, Outbound, Program, Target, soundness
from storefront.links.addresses import asin_of, with_query
from storefront.links.making import has_account
from storefront.links.registry import Registry
from storefront.links.templates import gaps_of

SHIPPED = links.shipped()
NETWORKS = SHIPPED.networks
VECTORS = [(name, vector) for name, network in NETWORKS.items() for vector in network.vectors]
BUILDS = [name for name, network in NETWORKS.items() if network.builds]
FIRST = {name: NETWORKS[name].vectors[0] for name in BUILDS}
PAGE = "https://shop.example/tee?size=m"

each_network = pytest.mark.parametrize("name", NETWORKS)
each_that_builds = pytest.mark.parametrize("name", BUILDS)
each_vector = pytest.mark.parametrize(("name", "vector"), VECTORS, ids=lambda value: getattr(value, "expect", value))


def templates(name):
    network = NETWORKS[name]
    return [network.link, *network.append, *network.append.values()]


def maker(name, vector, **changed):
    vector = structs.replace(vector, **changed)
    program = Program(merchant=vector.merchant, network=name, keys=vector.program)
    return SHIPPED.maker(program, {name: vector.account}, soundness.SOURCE)


def made(name, vector=None, **changed):
    vector = structs.replace(vector or FIRST[name], **changed)
    return maker(name, vector).link(Target(url=vector.url, asin=vector.asin), vector.subid)


@each_vector
def test_a_link_comes_out_to_the_letter(name, vector):
    out = made(name, vector)
    assert (out.url, out.network) == (vector.expect, name)
    assert out.subid == (vector.subid if NETWORKS[name].subid else None)


@each_network
def test_a_network_is_sound(name):
    assert list(soundness.mistakes(name, SHIPPED)) == []


@each_network
def test_the_source_of_every_format_is_named(name):
    network = NETWORKS[name]
    assert network.source.startswith("https://")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", network.reviewed_on)


WANTED = {
    "amazon", "awin", "cj", "rakuten", "impact", "ebay", "partnerize", "tradedoubler", "webgains", "flexoffers",
    "ascend", "skimlinks", "sovrn", "daisycon", "tradetracker", "adtraction", "commission-factory", "refersion",
    "goaffpro", "uppromote", "shopify",
}  # fmt: skip


def test_the_networks_that_creators_use_are_there():
    assert set(BUILDS) == WANTED | {"shopmy"}
    assert {name for name in NETWORKS if NETWORKS[name].closed} == {"shareasale", "zanox", "affilinet", "ebay-rover"}


@each_vector
def test_a_missing_id_is_named(name, vector):
    network = NETWORKS[name]
    for key in network.needs.affiliate:
        if not key.startswith("$"):
            assert made(name, vector, account={"another": "1"}) == Missing(key, "affiliate")
    for key in network.needs.program:
        short = {k: v for k, v in vector.program.items() if k != key}
        gone = made(name, vector, program=short, account=vector.account | {"": "1"})
        assert isinstance(gone, Missing)
        assert (gone.key, gone.of) == (key, "program") or gone.of == "market"


@each_that_builds
def test_without_an_account_the_link_is_the_shops_own(name):
    own = "https://www.amazon.co.uk/dp/B0EXAMPLE1" if name == "amazon" else FIRST[name].url
    assert made(name, account={}) == Outbound(url=own)


def test_some_networks_give_an_id_for_each_market_or_shop():
    def found(name, ids):
        program = Program(merchant="shop", network=name, keys=FIRST[name].program)
        return has_account(NETWORKS[name], program, ids)

    assert found("amazon", {"GB": "maya-21"})
    assert not found("amazon", {"US": "maya-20"})
    assert found("partnerize", {"shop": "x"})
    assert not found("partnerize", {"other": "x"})
    assert not found("refersion", {"other": "x"})
    assert found("awin", {})


@each_that_builds
def test_the_sub_id_comes_first_and_the_destination_last(name):
    order = [gap.group for gap in gaps_of(*templates(name)) if gap.group not in {"program", "affiliate", "market"}]
    order = [group for group in order if group not in {"origin", "asin", "more"}]
    assert order in ([], ["subid"], *(["subid", to] for to in ("url", "raw", "path", "tail")), ["url"], ["utm_path"])


ENCODING = [name for name in BUILDS if gaps_of(NETWORKS[name].link) and gaps_of(NETWORKS[name].link)[-1].group == "url"]


@pytest.mark.parametrize("name", ENCODING)
def test_the_address_is_encoded_once(name):
    out = made(name, url="https://ex.com/p?a=1&b=ü#x").url
    assert out.endswith("https%3A%2F%2Fex.com%2Fp%3Fa%3D1%26b%3D%C3%BC%23x")


tails = st.text("abc123-._~!$&'()*+,;=:@/?%ü ", max_size=30)


@given(tails, st.sampled_from([name for name in ENCODING if "?" in NETWORKS[name].link]))
def test_the_shop_gets_its_address_back(tail, name):
    url = f"https://shop.example/{tail}"
    *_, (_, last) = parse_qsl(urlsplit(made(name, url=url).url).query, keep_blank_values=True)
    assert last == stripped(url)


@given(tails, st.sampled_from(["daisycon", "tradetracker"]))
def test_some_networks_take_the_path_alone(tail, name):
    out = made(name, url=f"https://shop.example/{tail}").url
    *_, (_, last) = parse_qsl(urlsplit(out).query, keep_blank_values=True)
    assert last == stripped(f"https://shop.example/{tail}").removeprefix("https://shop.example")[name == "daisycon" :]


@given(tails, st.sampled_from(BUILDS))
def test_nothing_of_another_partners_survives(tail, name):
    for foreign in sorted(SHIPPED.foreign | {"utm_source", "UTM_Campaign", "ranSiteID", "linkCode"}):
        url = f"https://shop.example/x?a=1&{foreign}=stranger&b={tail.replace('#', '')}"
        out = made(name, url=url)
        assert "stranger" not in unquote(unquote(out.url))


def test_what_the_reference_lists_is_foreign():
    listed = (
        "tag ascsubtag linkCode awc irclickid cjevent ranMID ranEAID ranSiteID gclid fbclid tduid wgexpiry clickref"
    )
    listed += " campid mkcid sref avad cfclick eff_cpt"
    assert {name.lower() for name in listed.split()} <= SHIPPED.foreign


def stripped(url, keep=()):
    return links.stripped(url, SHIPPED.foreign, keep)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.example/x?tag=other-20&size=m", "https://a.example/x?size=m"),
        ("https://a.example/x?linkCode=ll1&ascsubtag=z", "https://a.example/x"),
        ("https://a.example/x?utm_source=a&UTM_Medium=b&awc=1&irclickid=2&ranSiteID=3", "https://a.example/x"),
        ("https://a.example/x?size=m&gclid=1#tag=2", "https://a.example/x?size=m#tag=2"),
        ("https://a.example/x?q=a%20b&e=&f", "https://a.example/x?q=a%20b&e=&f"),
        ("https://a.example/x?%74ag=other-20&a=1", "https://a.example/x?a=1"),
        ("https://a.example/tag=1", "https://a.example/tag=1"),
        ("https://a.example/?vintage=1&stag=2", "https://a.example/?vintage=1&stag=2"),
    ],
)
def test_what_other_partners_left_behind_is_taken_out(url, clean):
    assert stripped(url) == clean
    assert stripped(clean) == clean


@given(tails)
def test_stripping_twice_changes_nothing(tail):
    once = stripped(f"https://shop.example/{tail}")
    assert stripped(once) == once


def test_a_merchant_may_keep_a_parameter_of_its_own():
    assert stripped("https://a.example/x?tag=red&awc=1", ("tag",)) == "https://a.example/x?tag=red"


def test_query_parameters_replace_their_namesakes():
    assert with_query("https://a.example/?campid=1&x=%C3%BC", {"campid": "2"}) == "https://a.example/?x=%C3%BC&campid=2"
    assert with_query("https://a.example/#p", {"a": "b c"}) == "https://a.example/?a=b%20c#p"
    assert with_query("https://a.example/?x=a+b", {}) == "https://a.example/?x=a+b"


def test_amazon_takes_the_asin_from_the_address():
    expected = FIRST["amazon"].expect
    for path in (
        "dp/B0EXAMPLE1",
        "Some-Name/dp/B0EXAMPLE1/ref=sr_1_1",
        "gp/product/B0EXAMPLE1?psc=1",
        "gp/aw/d/B0EXAMPLE1/ref=mp_s_a_1_1",
    ):
        assert made("amazon", url=f"https://www.amazon.com/{path}", asin=None).url == expected
    assert made("amazon", url="https://www.amazon.co.uk/s?k=tee", asin=None) == Missing("asin", "asin")


def test_every_amazon_has_a_link_of_its_own():
    amazon = NETWORKS["amazon"]
    hosts = {market: values["host"] for market, values in amazon.markets.items()}
    assert {host.removeprefix("www.") for host in hosts.values()} == set(amazon.shops)
    for market, host in hosts.items():
        out = made("amazon", program={"market": market}, account={market: f"maya-{market}"})
        assert out.url == f"https://{host}/dp/B0EXAMPLE1?tag=maya-{market}"


def test_every_ebay_has_its_rotation():
    for market, values in NETWORKS["ebay"].markets.items():
        query = parse_qs(urlsplit(made("ebay", program={"market": market}).url).query)
        assert (query["mkrid"], query["siteid"]) == ([values["rotation"]], [values["site"]])
        assert re.fullmatch(r"\d{3,4}-\d{5,6}-19255-0", values["rotation"])
    assert made("ebay", program={"market": "JP"}) == Missing("rotation", "market")


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
    assert asin_of(url) == asin


def test_a_shop_without_a_network_learns_where_visits_come_from():
    direct = SHIPPED.maker(Program(merchant="shop", network=None), {}, "shelves.example")
    assert direct.link(Target(url=f"{PAGE}&utm_source=other#part"), "maya_kit_tee") == Outbound(
        url=f"{PAGE}&utm_source=shelves.example&utm_medium=referral&utm_content=maya_kit_tee#part",
        subid="maya_kit_tee",
    )


def test_ids_cannot_break_out_of_a_link():
    out = made("awin", program={"advertiser": "1&awinaffid=9"})
    assert parse_qs(urlsplit(out.url).query)["awinaffid"] == ["77"]


def test_raw_addresses_stay_as_they_are():
    url = "https://shop.example/a%20b?x=%26#y"
    assert made("cj", url=url).url.endswith(url)


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("prf.hn", "partnerize"),
        ("shop.prf.hn", "partnerize"),
        ("notprf.hn", None),
        ("shop.example", None),
        ("www.amazon.co.uk", "amazon"),
        ("rover.ebay.com", "ebay-rover"),
        ("www.ebay.com", "ebay"),
        ("www.shareasale.com", "shareasale"),
        ("goto.walmart.com", "impact"),
        ("www.walmart.com", None),
        ("rstyle.me", "ltk"),
        ("", None),
    ],
)
def test_hosts(host, network):
    assert links.network_of_host(host) == network


@each_vector
def test_a_tracked_link_is_known_by_its_host(name, vector):
    host = urlsplit(vector.expect).hostname
    if host != "shop.example":
        assert links.network_of_host(host) == name
    if NETWORKS[name].hosts:
        assert SHIPPED.tracking(vector.expect) == name


@pytest.mark.parametrize(
    ("url", "network"),
    [
        ("https://rstyle.me/+abc", "ltk"),
        ("https://liketk.it/4abc", "ltk"),
        ("https://www.shopltk.com/explore/maya/posts/1", "ltk"),
        ("https://go.shopmy.us/p-123", "shopmy"),
        ("https://go.shopmy.us/apx/maya?url=x", None),
        ("https://geni.us/kettle", "geniuslink"),
        ("https://amzn.to/4abc", "amazon"),
        ("https://collabs.shop/abc", "shopify-collabs"),
        ("https://www.awin1.com/cread.php?p=1", None),
        ("https://notgeni.us/kettle", None),
        ("https://geni.us.evil.example/kettle", None),
    ],
)
def test_links_that_only_their_network_can_make(url, network):
    assert SHIPPED.pasted(url) == network


def test_terms_are_data():
    assert {name for name in NETWORKS if not NETWORKS[name].prices} == {"amazon", "geniuslink"}
    assert {name for name in NETWORKS if not NETWORKS[name].redirects} == {"amazon"}
    policies = {name: NETWORKS[name].referrer_policy for name in NETWORKS if NETWORKS[name].referrer_policy}
    assert policies == {"commission-factory": "no-referrer-when-downgrade"}
    assert not SHIPPED.quotes(None, "www.amazon.de")
    assert not SHIPPED.quotes("amazon", "shop.example")
    assert SHIPPED.quotes("awin", "shop.example")


def test_rel_lets_networks_see_the_referring_site():
    assert links.rel(commercial=True) == "sponsored nofollow noopener"
    assert links.anchor_attributes(commercial=True) == 'rel="sponsored nofollow noopener"'
    assert links.anchor_attributes(commercial=False) == 'rel="nofollow noopener"'
    policy = NETWORKS["commission-factory"].referrer_policy
    assert links.anchor_attributes(commercial=True, referrer_policy=policy) == (
        'rel="sponsored nofollow noopener" referrerpolicy="no-referrer-when-downgrade"'
    )


def test_a_registry_without_networks_knows_no_host():
    nothing = Registry({})
    assert nothing.of_host("awin1.com") is None
    assert nothing.tracking("https://awin1.com") is None
