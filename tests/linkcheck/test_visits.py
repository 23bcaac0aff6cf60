"""How shops are asked: without tracking, one request at a time, as robots.txt allows; hostile answers are survived."""

import gzip
import itertools
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shopworld import SELLS, checked, open_shops, visitor

from building import edit
from checking import NOW
from storefront import links
from storefront.linkcheck import Limits, Outcome, judge, pages
from storefront.linkcheck.addresses import NoAddress, bare, canonical, cleaner, maker_of, next_address
from storefront.linkcheck.asking import MOST_BYTES, Response, Silence
from storefront.problems import ProblemsFound
from storefront.vocabulary.trade import Merchant

SHOP = "https://nordshop.example"
TEE = f"{SHOP}/merino-tee"
MERCHANT = Merchant(name="Nordshop", url=SHOP)


def visit(shops, url=TEE, merchant=MERCHANT, seconds=10.0):
    return visitor(shops, seconds).visit(url, cleaner(links.shipped(), merchant))


def with_items(site, *urls):
    items = [f"  - {{title: Thing {index}, link: '{url}', relationship: gifted}}" for index, url in enumerate(urls)]
    edit(site / "content/influencers/maya/lists/kit.yaml", "items:", "\n".join(["items:", *items]))


# No affiliate click


@pytest.mark.parametrize(
    ("url", "merchant", "address"),
    [
        (f"{TEE}?utm_source=x&size=m&gclid=1&awc=1_2&tag=a-21&irclickid=9#top", {}, f"{TEE}?size=m"),
        (f"{TEE}?TAG=a&Utm_Medium=b&cjevent=1", {}, TEE),
        (f"{TEE}?tag=wool&awc=1", {"keep": ("tag",)}, f"{TEE}?tag=wool"),
        (f"{TEE}?ref=maya&size=m", {"network": "goaffpro"}, f"{TEE}?size=m"),
        (f"{TEE}?aff=maya", {"network": "goaffpro", "program": {"parameter": "aff"}}, TEE),
        (f"{TEE}?ref=menu", {}, f"{TEE}?ref=menu"),
        (
            "https://www.ebay.co.uk/itm/123?mkcid=1&mkrid=2&campid=3&customid=4&var=5",
            {},
            "https://www.ebay.co.uk/itm/123?var=5",
        ),
        (
            "https://www.amazon.de/Tee/dp/B0EXAMPLE1/ref=sr_1_1?tag=a-21&psc=1",
            {},
            "https://www.amazon.de/dp/B0EXAMPLE1",
        ),
        (
            "https://www.amazon.co.uk",
            {"network": "amazon", "program": {"market": "GB"}, "asin": "B0EXAMPLE2"},
            "https://www.amazon.co.uk/dp/B0EXAMPLE2",
        ),
    ],
)
def test_the_shops_own_address_is_asked_for(url, merchant, address):
    asin = merchant.pop("asin", None)
    shop = Merchant(name="Shop", url=SHOP, **merchant)
    assert bare(url, asin, shop, links.shipped()) == address


@pytest.mark.parametrize("network", sorted(links.networks()))
def test_of_each_networks_links_nothing_of_the_network_is_left(network):
    """Its own test vectors, as if somebody had pasted them for a merchant of that network."""
    known, registry = links.networks()[network], links.shipped()
    for vector in known.vectors:
        shop = Merchant(name="Shop", url="https://shop.example", network=network, program=vector.program)
        if maker_of(vector.expect, shop, registry) is None:
            left = bare(vector.expect, None, shop, registry)
            assert not [each for each in vector.account.values() if len(each) > 3 and each in left], left


def test_no_tracking_arrives_anywhere(site, shops):
    with_items(site, f"{SHOP}/cap?utm_source=x&awc=1&size=m&fbclid=2")
    shops.page(TEE)
    shops.redirect(f"{SHOP}/cap?size=m", "/hat?size=m&utm_medium=y&awc=3&gclid=4")
    shops.page(f"{SHOP}/hat?size=m")
    shops.redirect(f"{SHOP}/cap?size=m&link-check=1", "/hat?utm_source=z")
    shops.page(f"{SHOP}/hat")
    found = checked(site, shops, NOW)
    assert {each.verdict.outcome for each in found} == {Outcome.HEALTHY, Outcome.TAG_LOST}
    assert not [path for path in shops.paths() for mark in ("utm_", "awc", "clid", "maya") if mark in path]


@pytest.mark.parametrize(
    "through",
    [
        "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=https%3A%2F%2Fnordshop.example",
        "https://amzn.to/3abc",
        "https://northfield.pxf.io/c/1/2/3",
        "https://go.skimresources.com/?id=1",
    ],
)
def test_a_redirect_into_a_network_is_not_followed(shops, through):
    shops.redirect(TEE, through)
    found = visit(shops)
    assert isinstance(found.end, Silence)
    assert "click" in found.end.why
    assert judge.judge(found).outcome is Outcome.UNVERIFIED
    assert set(shops.dialled) == {"nordshop.example"}


def test_a_link_that_is_tracked_already_is_refused_before_anything_is_asked(site, shops):
    with_items(site, "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2")
    with pytest.raises(ProblemsFound):
        checked(site, shops, NOW)
    assert shops.dialled == []


def test_shops_see_who_asks_and_nothing_of_the_reader(shops):
    shops.page(TEE)
    visit(shops)
    headers = shops.asked[-1].headers
    assert headers["User-Agent"].startswith("storefront/")
    assert "https://shelves.example" in headers["User-Agent"]
    assert not {"Cookie", "Referer", "Authorization"} & set(headers)


# Redirects


def test_every_redirect_is_recorded(shops):
    shops.redirect(TEE, "http://nordshop.example/a", 301)
    shops.redirect(f"{SHOP}/a", "//www.nordshop.example/b", 302)
    shops.redirect("https://www.nordshop.example/b", "c", 307)
    shops.page("https://www.nordshop.example/c")
    assert [(hop.status, hop.url) for hop in visit(shops).hops] == [
        (301, TEE),
        (302, "http://nordshop.example/a"),
        (307, "http://www.nordshop.example/b"),
        (200, "http://www.nordshop.example/c"),
    ]


@pytest.mark.parametrize(("redirects", "ends"), [(5, True), (6, False)])
def test_five_redirects_are_followed(shops, redirects, ends):
    for index in range(redirects):
        shops.redirect(f"{SHOP}/{index}", f"/{index + 1}")
    shops.page(f"{SHOP}/{redirects}")
    found = visit(shops, f"{SHOP}/0")
    assert isinstance(found.end, Response) is ends
    assert len(found.hops) == 6


@pytest.mark.parametrize("targets", [("/merino-tee",), ("/b", "/merino-tee"), ("/merino-tee?utm_source=x",)])
def test_redirects_in_a_circle_end(shops, targets):
    at = TEE
    for target in targets:
        shops.redirect(at, target)
        at = SHOP + target
    found = visit(shops)
    assert isinstance(found.end, Silence)
    assert "circle" in found.end.why
    assert len(found.hops) == len(targets)


@pytest.mark.parametrize(
    "location",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://nordshop.example/",
        "https://user:word@nordshop.example/",
        "https://nordshop.example:8443/",
        "https://nordshop.example:x/",
        "https://[::1]/",
        "https://localhost/",
        "https://nord\x1bshop.example/",
        "https://" + "a" * 70 + ".example/",
        "/" + "a" * 3000,
        "https://[",
        "",
    ],
)
def test_a_redirect_to_no_shop_is_not_followed(shops, location):
    shops.redirect(TEE, location)
    found = visit(shops)
    assert isinstance(found.end, Silence)
    assert judge.judge(found).outcome is Outcome.UNVERIFIED
    assert set(shops.dialled) == {"nordshop.example"}


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/größe xl?farbe=grün", f"{SHOP}/gr%C3%B6%C3%9Fe%20xl?farbe=gr%C3%BCn"),
        ("/a%20b?c=%26", f"{SHOP}/a%20b?c=%26"),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        ("/a#part", f"{SHOP}/a"),
        ("?b", f"{TEE}?b"),
        ("/\u202etee\x7f", f"{SHOP}/%E2%80%AEtee%7F"),
    ],
)
def test_redirects_are_written_in_plain_ascii(location, url):
    assert next_address(TEE, location) == url


@given(st.text(max_size=200))
def test_whatever_a_redirect_says_is_an_address_or_none(location):
    try:
        made = next_address(TEE, location)
    except NoAddress:
        return
    assert made.isascii()
    assert made.isprintable()
    assert " " not in made
    assert canonical(made) == made


# Turns


def test_no_host_is_asked_twice_at_a_time_and_hosts_are_asked_side_by_side(site, shops):
    hosts = ("alpha.example", "beta.example", "gamma.example")
    urls = [f"https://{host}/{index}" for index in range(3) for host in hosts]
    with_items(site, *urls)
    for host in hosts:  # each shop sends its readers to the next one, too
        shops.redirect(f"https://{host}/1", f"https://{hosts[hosts.index(host) - 1]}/0")
        shops.page(f"https://{host}/0")
        shops.page(f"https://{host}/2")
    shops.page(TEE)
    shops.delay = 0.03
    checked(site, shops, NOW)
    for host in hosts:
        spans = sorted((each.began, each.ended) for each in shops.asked if each.host == host)
        assert len(spans) >= 4
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    pairs = itertools.combinations(shops.asked, 2)
    assert any(a.host != b.host and a.began < b.ended and b.began < a.ended for a, b in pairs)


def test_www_and_the_bare_host_take_turns(site, shops):
    with_items(site, "https://nordshop.example/1", "https://www.nordshop.example/2")
    shops.delay = 0.03
    checked(site, shops, NOW)
    spans = sorted((each.began, each.ended) for each in shops.asked)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


def test_there_is_a_pause_between_requests_to_one_host(site, shops):
    with_items(site, *(f"{SHOP}/{index}" for index in range(3)))
    checked(site, shops, NOW, Limits(pause=0.1))
    spans = sorted((each.began, each.ended) for each in shops.asked)
    assert len(spans) == 5
    assert all(second[0] - first[1] >= 0.09 for first, second in itertools.pairwise(spans))


def test_each_address_is_asked_for_once(site, shops):
    with_items(site, TEE, f"{TEE}?utm_source=x", f"{TEE}#colours")
    shops.page(TEE)
    found = checked(site, shops, NOW)
    assert [each.verdict.outcome for each in found] == [Outcome.HEALTHY] * 4
    assert shops.paths() == ["/merino-tee"]


# robots.txt


def test_a_shop_that_asks_programs_to_stay_away_is_left_alone(site, shops):
    shops.page(f"{SHOP}/robots.txt", "User-agent: *\nDisallow: /merino", kind="text/plain")
    shops.page(TEE)
    (found,) = checked(site, shops, NOW)
    assert found.verdict.outcome is Outcome.UNVERIFIED
    assert "robots.txt" in found.verdict.seen
    assert shops.paths() == []


def test_robots_txt_is_asked_for_once_and_before_the_page(site, shops):
    with_items(site, f"{SHOP}/1", f"{SHOP}/2")
    checked(site, shops, NOW)
    assert [each.path for each in shops.asked] == ["/robots.txt", "/1", "/2", "/merino-tee"]


def test_robots_txt_may_ask_for_a_longer_pause(site, shops):
    with_items(site, f"{SHOP}/1")
    shops.page(f"{SHOP}/robots.txt", "User-agent: *\nCrawl-delay: 0.2", kind="text/plain")
    checked(site, shops, NOW)
    spans = sorted((each.began, each.ended) for each in shops.asked)
    assert spans[2][0] - spans[1][1] >= 0.19


def test_a_robots_txt_that_cannot_be_read_forbids_everything(shops):
    shops.page(f"{SHOP}/robots.txt", "", 503)
    assert judge.judge(visit(shops)).outcome is Outcome.UNVERIFIED
    assert shops.paths() == []


def test_robots_txt_moved_within_the_shop_is_followed(shops):
    shops.redirect(f"{SHOP}/robots.txt", "https://www.nordshop.example/robots.txt")
    shops.page("https://www.nordshop.example/robots.txt", "User-agent: *\nDisallow: /", kind="text/plain")
    assert "stay away" in visit(shops).end.why


def test_a_robots_txt_that_leads_elsewhere_says_nothing(shops):
    shops.redirect(f"{SHOP}/robots.txt", "https://www.awin1.com/x")
    shops.page(TEE)
    assert judge.judge(visit(shops)).outcome is Outcome.HEALTHY
    assert set(shops.dialled) == {"nordshop.example"}


def test_the_rules_of_each_host_on_the_way_are_heeded(shops):
    shops.redirect(TEE, "https://other.example/tee")
    shops.page("https://other.example/robots.txt", "User-agent: storefront\nDisallow: /", kind="text/plain")
    assert "stay away" in visit(shops).end.why
    assert shops.paths("other.example") == []


# Hostile answers


def drip(handler, piece=b"a", pause=0.02, head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"):
    handler.wfile.write(head)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        handler.wfile.write(piece)
        time.sleep(pause)


def test_an_endless_page_is_read_to_the_limit(shops):
    shops.at(TEE, lambda handler: drip(handler, SELLS.encode() + b" " * 65536, 0))
    began = time.monotonic()
    found = visit(shops)
    assert isinstance(found.end, Response)
    assert len(found.end.body) == MOST_BYTES
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"]
)
def test_an_answer_that_drips_is_given_up(shops, head):
    shops.at(TEE, lambda handler: drip(handler, head=head))
    began = time.monotonic()
    found = visit(shops, seconds=0.4)
    assert isinstance(found.end, Silence)
    assert found.end.why == "no whole answer came in time"
    assert time.monotonic() - began < 3
    assert judge.judge(found).outcome is Outcome.UNAVAILABLE


def test_a_shop_that_never_answers_is_given_up(shops):
    shops.at(TEE, lambda _: shops.ended.wait(5))
    assert judge.judge(visit(shops, seconds=0.3)).outcome is Outcome.UNAVAILABLE


def test_a_small_file_that_unpacks_to_a_huge_one_is_cut(shops):
    bomb = gzip.compress(b"\0" * 20_000_000)
    assert len(bomb) < MOST_BYTES
    shops.page(TEE, bomb, Content_Encoding="gzip")
    assert len(visit(shops).end.body) == MOST_BYTES


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\1\2",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 999999 No\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\nContent-Type: text/html\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\nffffffffffffffff\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\n\r\nnot gzip",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 50,
        b"HTTP/1.1 302 Found\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\xff\xfe\r\n\r\n\xff\xfe",
    ],
)
def test_what_is_no_proper_answer_is_survived(shops, answer):
    shops.raw(TEE, answer)
    assert judge.judge(visit(shops)).outcome in {Outcome.UNAVAILABLE, Outcome.UNVERIFIED}


@given(st.binary(max_size=300))
def test_any_bytes_are_survived(answer):
    shops = ANY[0]
    shops.raw(TEE, answer)
    verdict = judge.judge(visit(shops))
    assert verdict.outcome in Outcome
    assert verdict.seen.isprintable()


@pytest.fixture(scope="module", autouse=True)
def _any_shops():
    with open_shops() as shops:
        ANY.append(shops)
        yield


ANY = []


@given(st.binary(max_size=600) | st.text(alphabet="<>!-/ascript\"'=", max_size=600).map(str.encode))
def test_any_page_can_be_read(body):
    page = pages.read(body)
    assert page.text == page.text.casefold()
    assert page.words >= 0


@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<script", "</script", "<meta ", "<meta charset=", "&", "&#", '"availability":', "schema.org/"],
)
def test_the_time_for_a_page_grows_no_faster_than_the_page(piece):
    began = time.monotonic()
    pages.read((piece * (MOST_BYTES // len(piece) + 1))[:MOST_BYTES].encode())
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("kind", ["text/html\x1b[31m", "text/\x1b]0;x", "image/x\x07y", "x" * 900])
def test_nothing_a_shop_says_reaches_the_terminal_raw(shops, kind):
    shops.raw(TEE, f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode())
    verdict = judge.judge(visit(shops))
    assert verdict.seen.isprintable()
    assert len(verdict.seen) < 300


# Interrupted


def test_what_was_seen_before_an_interruption_is_kept(site, shops):
    with_items(site, *(f"https://shop-{index}.example/" for index in range(4)))
    for index in range(4):
        shops.page(f"https://shop-{index}.example/")
    seen = []

    def progress(_stage, done, _total):
        seen.append(done)
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        checked(site, shops, NOW, progress=progress)
    asked = len(shops.paths())
    again = checked(site, shops, NOW)
    assert sum(each.known for each in again) >= 2
    assert len(shops.paths()) < asked + 5
    assert threading.active_count() < 20
