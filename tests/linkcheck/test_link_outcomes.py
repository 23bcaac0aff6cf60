"""Nine outcomes, each played by a server: what is said of a link, and what is to be done."""

import gzip

import pytest
from shopworld import HTML, SELLS, checked, outcomes, visitor

from building import edit, write
from checking import NOW
from storefront import links
from storefront.linkcheck import Outcome, judge, pages
from storefront.linkcheck.addresses import cleaner
from storefront.vocabulary.trade import Merchant

SHOP = "https://nordshop.example"
TEE = f"{SHOP}/merino-tee"
ASK = f"{TEE}?link-check=1"
WORDS = "A warm tee of fine wool, knitted in the north and worn by many people on cold mornings all winter long. " * 2


def html(words, head=""):
    return f"<!doctype html><html><head>{head}</head><body><h1>Merino tee</h1><p>{WORDS}</p>{words}</body></html>"


def data(availability):
    return f'<script type="application/ld+json">{{"@type": "Offer", "availability": "{availability}"}}</script>'


def verdict_of(shops, url=TEE):
    merchant = Merchant(name="Nordshop", url=SHOP)
    return judge.judge(visitor(shops).visit(url, cleaner(links.shipped(), merchant)))


def only(site, shops):
    (found,) = checked(site, shops, NOW)
    return found.verdict


def test_a_page_that_sells_is_healthy(site, shops):
    shops.page(TEE)
    assert only(site, shops).outcome is Outcome.HEALTHY
    assert shops.paths() == ["/merino-tee"]


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_gone(site, shops, status):
    shops.page(TEE, html(""), status)
    verdict = only(site, shops)
    assert (verdict.outcome, verdict.seen) == (Outcome.GONE, f"answers {status}")
    assert "retire" in verdict.hint


def test_a_host_without_a_name_is_gone(site, shops):
    item = "items:\n  - {title: Cap, link: 'https://caps.example/red', relationship: gifted}"
    edit(site / "content/influencers/maya/lists/kit.yaml", "items:", item)
    shops.nameless.add("nordshop.example")
    shops.page("https://caps.example/red")
    assert outcomes(checked(site, shops, NOW)) == {TEE: Outcome.GONE, "https://caps.example/red": Outcome.HEALTHY}


def test_when_no_host_has_a_name_the_machine_is_offline_and_nothing_is_remembered(site, shops):
    shops.nameless.add("nordshop.example")
    verdict = only(site, shops)
    assert verdict.outcome is Outcome.UNVERIFIED
    assert "offline" in verdict.seen
    shops.nameless.clear()
    shops.page(TEE)
    assert only(site, shops).outcome is Outcome.HEALTHY


def test_a_redirect_to_a_host_without_a_name_is_gone(site, shops):
    shops.redirect(TEE, "https://dead.example/")
    shops.nameless.add("dead.example")
    assert only(site, shops).outcome is Outcome.GONE


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_shop_that_keeps_programs_out_blocks(site, shops, status):
    shops.page(TEE, html(""), status)
    assert only(site, shops).outcome is Outcome.BLOCKED


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (200, "<title>Robot Check</title><p>Enter the characters you see below", {}),
        (503, "<p>Please verify you are human.", {}),
        (200, "<p>Just a moment", {"cf_mitigated": "challenge"}),
    ],
)
def test_a_page_that_asks_for_a_person_blocks(site, shops, status, body, headers):
    shops.page(TEE, body, status, **headers)
    assert only(site, shops).outcome is Outcome.BLOCKED


def test_a_long_page_that_mentions_robots_does_not_block(site, shops):
    shops.page(TEE, html("<p>Our robot check explained: verify you are human." + f"<p>{WORDS}" * 9 + "Add to basket"))
    assert only(site, shops).outcome is Outcome.HEALTHY


@pytest.mark.parametrize("landing", ["/", "/en-gb/", "/de", "/index.html", "https://www.nordshop.example/home"])
def test_a_thing_that_becomes_the_front_page_is_redirected_home(site, shops, landing):
    shops.redirect(TEE, landing, 301)
    shops.page(landing if landing.startswith("https") else SHOP + landing, html("<button>Add to basket</button>"))
    verdict = only(site, shops)
    assert verdict.outcome is Outcome.HOME
    assert [hop.status for hop in verdict.hops] == [301, 200]


@pytest.mark.parametrize("landing", ["/search?x=1", "/catalogsearch/result/", "/things?q=merino", "/suche"])
def test_a_thing_that_becomes_a_search_is_redirected_to_search(site, shops, landing):
    shops.redirect(TEE, landing)
    shops.page(SHOP + landing, html("<button>Add to basket</button>"))
    assert only(site, shops).outcome is Outcome.SEARCH


@pytest.mark.parametrize(
    "page",
    [
        html(data("https://schema.org/OutOfStock")),
        html(data("http:\\/\\/schema.org\\/SoldOut")),
        html(data("OutOfStock")),
        html('<link itemprop="availability" href="https://schema.org/OutOfStock">'),
        html("", '<meta property="product:availability" content="out of stock">'),
        html("<strong>Sold out</strong>"),
        html("<strong>Derzeit ausverkauft</strong>"),
        html("<strong>Épuisé</strong>"),
        html("<strong>在庫切れです</strong>"),
    ],
)
def test_a_thing_that_cannot_be_had_is_out_of_stock(site, shops, page):
    shops.page(TEE, page)
    verdict = only(site, shops)
    assert verdict.outcome is Outcome.OUT_OF_STOCK
    assert "availability: out_of_stock" in verdict.hint


@pytest.mark.parametrize(
    "page",
    [
        html(data("https://schema.org/InStock") + data("https://schema.org/OutOfStock")),
        html(data("https://schema.org/PreOrder") + "<p>Sold out elsewhere"),
        html("<button>Add to basket</button><aside>Other colours: sold out</aside>"),
        html("<p>The word resold outlives outstockings."),
        html("<script>var text = 'sold out'</script><!-- sold out --><template>sold out</template>"),
    ],
)
def test_words_that_belong_to_other_things_are_no_sign(site, shops, page):
    shops.page(TEE, page)
    assert only(site, shops).outcome is Outcome.HEALTHY


@pytest.mark.parametrize(
    "page",
    [
        html("<p>Currently unavailable. We don’t know when it will be back."),
        html("<p>Ce produit n’est plus disponible."),
        html(data("https://schema.org/Discontinued")),
        "<title>Page not found</title>",
    ],
)
def test_a_page_that_says_so_is_unavailable(site, shops, page):
    shops.page(TEE, page)
    assert only(site, shops).outcome is Outcome.UNAVAILABLE


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_shop_in_trouble_is_unavailable(site, shops, status):
    shops.page(TEE, html(""), status)
    assert only(site, shops).outcome is Outcome.UNAVAILABLE


def test_a_shop_that_takes_no_connections_is_unavailable(site, shops):
    shops.refusing.add("nordshop.example")
    assert only(site, shops).outcome is Outcome.UNAVAILABLE


# Tag lost


def test_a_redirect_that_drops_parameters_loses_the_tag(site, shops):
    shops.redirect(f"{TEE}?*", "/tees/merino")
    shops.redirect(TEE, "/tees/merino")
    shops.page(f"{SHOP}/tees/merino")
    verdict = only(site, shops)
    assert verdict.outcome is Outcome.TAG_LOST
    assert f"{SHOP}/tees/merino" in verdict.seen
    assert shops.paths() == ["/merino-tee", "/tees/merino", "/merino-tee?link-check=1", "/tees/merino"]


def test_a_redirect_that_keeps_parameters_is_healthy(site, shops):
    shops.redirect(TEE, "/tees/merino")
    shops.page(f"{SHOP}/tees/merino")
    shops.redirect(ASK, "/tees/merino?link-check=1")
    shops.page(f"{SHOP}/tees/merino?link-check=1")
    assert only(site, shops).outcome is Outcome.HEALTHY


def test_where_nobody_earns_no_tag_can_be_lost(site, shops):
    edit(site / "content/merchants/nordshop.yaml", 'network: awin\nprogram: {advertiser: "1234"}\n', "")
    shops.redirect(TEE, "/tees/merino")
    shops.page(f"{SHOP}/tees/merino")
    assert only(site, shops).outcome is Outcome.HEALTHY
    assert shops.paths() == ["/merino-tee", "/tees/merino"]


# Unverified


def test_a_link_that_only_its_network_can_make_is_not_asked_for(site, shops):
    pasted = "items:\n  - {title: Cap, link: https://rstyle.me/+abc, relationship: gifted}\n"
    edit(site / "content/influencers/maya/lists/kit.yaml", "items:\n", pasted)
    shops.page(TEE)
    cap = next(each for each in checked(site, shops, NOW) if each.link.title == "Cap")
    assert (cap.link.address, cap.verdict.outcome, cap.at) == (None, Outcome.UNVERIFIED, 0)
    assert "click" in cap.verdict.seen
    assert set(shops.dialled) == {"nordshop.example"}


@pytest.mark.parametrize(
    ("body", "kind"),
    [("<div id=app></div>", HTML), ("", HTML), (b"%PDF-1.7", "application/pdf"), (b"\x89PNG", "image/png")],
)
def test_what_cannot_be_read_is_unverified(site, shops, body, kind):
    shops.page(TEE, body, kind=kind)
    assert only(site, shops).outcome is Outcome.UNVERIFIED


@pytest.mark.parametrize("status", [400, 405, 418, 451, 304])
def test_other_answers_are_unverified(site, shops, status):
    shops.page(TEE, b"", status)
    verdict = only(site, shops)
    assert (verdict.outcome, verdict.seen) == (Outcome.UNVERIFIED, f"answers {status}")


def test_another_page_where_nothing_is_sold_is_unverified(site, shops):
    shops.redirect(TEE, "/tees")
    shops.page(f"{SHOP}/tees", html(""))
    assert only(site, shops).outcome is Outcome.UNVERIFIED


def test_a_login_page_blocks(site, shops):
    shops.redirect(TEE, "/account/login?next=1")
    shops.page(f"{SHOP}/account/login?next=1", html(""))
    assert only(site, shops).outcome is Outcome.BLOCKED


# Reading


@pytest.mark.parametrize(
    "body",
    [
        '<meta charset="latin-1"><p>Épuisé'.encode("latin-1"),
        "<meta http-equiv=content-type content='text/html; charset=utf-8'><p>Épuisé".encode(),
        "<meta charset=nonsense><p>Épuisé".encode(),
        "<meta charset=rot13><p>Épuisé".encode(),
    ],
)
def test_pages_in_other_charsets_are_read(body):
    assert pages.read(body).says(pages.signs().out_of_stock) == "épuisé"


def test_a_packed_page_is_read(site, shops):
    shops.page(TEE, gzip.compress(SELLS.encode()), Content_Encoding="gzip")
    assert only(site, shops).outcome is Outcome.HEALTHY


@pytest.mark.parametrize("name", ["challenge", "unavailable", "out_of_stock", "buyable"])
def test_phrases_are_written_as_they_are_compared(name):
    phrases = getattr(pages.signs(), name)
    assert len(set(phrases)) == len(phrases)
    for phrase in phrases:
        assert pages.read(f"<p>… {phrase.upper()}!".encode()).says((phrase,)), phrase


def test_every_outcome_has_its_hint():
    assert set(judge.HINTS) == set(Outcome)
    assert len(Outcome) == 9


def test_all_nine_at_once(site, shops):
    """One site with a link to each kind of shop."""
    shops.page(TEE)
    played = {
        "gone": lambda url: shops.page(url, "", 404),
        "blocked": lambda url: shops.page(url, "", 403),
        "redirected-home": lambda url: shops.redirect(url, "/"),
        "redirected-to-search": lambda url: shops.redirect(url, "/search"),
        "out-of-stock": lambda url: shops.page(url, html(data("https://schema.org/OutOfStock"))),
        "unavailable": lambda url: shops.page(url, "", 503),
        "unverified": lambda url: shops.page(url, b"%PDF", kind="application/pdf"),
        "tag-lost": lambda url: [shops.redirect(url + more, "/moved") for more in ("", "?*")],
    }
    items = ["items:"]
    for outcome, play in played.items():
        host = f"{outcome}.example"
        play(f"https://{host}/thing")
        for landing in ("/", "/search", "/moved"):
            shops.page(f"https://{host}{landing}")
        merchant = f"name: {outcome}\nurl: https://{host}\nnetwork: awin\nprogram: {{advertiser: '1'}}\n"
        write(site, {f"content/merchants/{outcome}.yaml": f"{merchant}domains: [{host}]\n"})
        items.append(f"  - {{title: {outcome}, link: https://{host}/thing, relationship: purchased}}")
    edit(site / "content/influencers/maya/lists/kit.yaml", "items:", "\n".join(items))
    wanted = {f"https://{outcome}.example/thing": outcome for outcome in played} | {TEE: "healthy"}
    assert outcomes(checked(site, shops, NOW)) == wanted
