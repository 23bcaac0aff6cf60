"""`storefront links check` as it is typed: what is printed, chosen, remembered, and how it ends."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from shopworld import QUICK, checked, outcomes

from building import edit, write
from checking import NOW
from storefront import linkcheck
from storefront.cli import group
from storefront.linkcheck import Limits, Outcome, verdicts
from storefront.problems import ProblemsFound

SHOP = "https://nordshop.example"
TEE = f"{SHOP}/merino-tee"
OFFER = "content/products/merino-tee.yaml:9:5"
KIT = "content/influencers/maya/lists/kit.yaml"
DOCS = Path(__file__).parents[2] / "docs"


def run(site, shops, *options):
    arguments = ["links", "check", "--root", str(site), "--now", NOW.isoformat(), "--pause", "0", *options]
    return CliRunner().invoke(group, arguments, obj=shops.dial)


def with_theo(site):
    """A second creator with a pick of his own, in a shop without a file."""
    return write(site, {"content/influencers/theo.yaml": (
        "name: Theo\nlists:\n  bag:\n    title: Bag\n    items:\n"
        "      - {title: Flask, link: 'https://flasks.example/red', relationship: purchased}\n"
    )})  # fmt: skip


# Printing


def test_what_is_well_is_only_counted(site, shops):
    shops.page(TEE)
    done = run(site, shops)
    assert (done.exit_code, done.output) == (0, "1 link to 1 shop: 1 healthy.\n")


def test_what_is_wrong_is_printed_with_its_place_and_what_to_do(site, shops):
    done = run(site, shops)
    assert done.exit_code == 0
    assert done.output == (
        f"{OFFER}: gone: {TEE}: answers 404\n"
        "    Look for the thing's new address, or retire the pick: status: retired keeps its story.\n"
        "1 link to 1 shop: 1 gone.\n"
    )


def test_programs_get_everything(site, shops):
    shops.redirect(TEE, "/")
    shops.page(f"{SHOP}/")
    done = run(site, shops, "--format", "json")
    said = json.loads(done.output)
    (link,) = said["links"]
    assert link["outcome"] == "redirected-home"
    assert link["hops"] == [{"status": 302, "url": TEE}, {"status": 200, "url": f"{SHOP}/"}]
    assert (link["file"], link["line"], link["column"]) == ("content/products/merino-tee.yaml", 9, 5)
    assert (link["merchant"], link["creators"], link["title"]) == ("nordshop", ["maya"], "Merino Tee")
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", link["seen_at"])
    assert said["counts"]["redirected-home"] == sum(said["counts"].values()) == 1
    assert set(said["counts"]) == set(Outcome)


def test_a_pull_request_gets_annotations(site, shops):
    edit(site / KIT, "items:", "items:\n  - {title: Cap, link: 'https://rstyle.me/+a', relationship: gifted}")
    done = run(site, shops, "--format", "github", "--quiet")
    notice, warning = done.output.splitlines()
    assert notice.startswith(f"::notice file={KIT},line=3,col=")
    assert warning.startswith("::warning file=content/products/merino-tee.yaml,line=9,col=5,title=gone::")
    assert f"{TEE}: answers 404%0ALook for" in warning


def test_quiet_says_nothing_of_what_is_well(site, shops):
    shops.page(TEE)
    assert run(site, shops, "--quiet").output == ""


def test_nothing_that_a_shop_says_can_command_a_terminal_or_a_runner(site, shops):
    shops.redirect(TEE, "/\x1b]0;owned\x07\x1b[2J%0A::error::x")
    shops.page(f"{SHOP}/%1B%5D0;owned%07%1B%5B2J%0A::error::x", "<p>Currently unavailable\x1b[31m\n::error::y")
    for style in ("text", "json", "github"):
        output = run(site, shops, "--format", style).output
        assert all(line.isprintable() for line in output.splitlines())
        assert not re.search(r"^::error", output, re.MULTILINE)


# How it ends


@pytest.mark.parametrize(("status", "code"), [(200, 0), (404, 1), (403, 1), (503, 1), (418, 0)])
def test_strict_ends_with_1_for_what_is_neither_healthy_nor_unverified(site, shops, status, code):
    shops.page(TEE, status=status)
    assert run(site, shops).exit_code == 0
    assert run(site, shops, "--strict").exit_code == code


def test_problems_in_content_are_printed_and_nothing_is_asked(site, shops):
    edit(site / KIT, "product: merino-tee", "product: merino-te")
    done = run(site, shops)
    assert done.exit_code == 1
    assert "unknown-reference" in done.output
    assert shops.dialled == []


@pytest.mark.parametrize(
    ("option", "name", "hint"),
    [("--creator", "mya", "Did you mean maya?"), ("--merchant", "nordshp", "Did you mean nordshop?")],
)
def test_an_unknown_name_is_wrong_usage(site, shops, option, name, hint):
    done = run(site, shops, option, name)
    assert done.exit_code == 2
    assert hint in done.output
    assert shops.dialled == []


# Choosing


@pytest.mark.parametrize(
    ("options", "hosts"),
    [
        ((), {"nordshop.example", "flasks.example"}),
        (("--creator", "maya"), {"nordshop.example"}),
        (("--creator", "theo"), {"flasks.example"}),
        (("--merchant", "nordshop"), {"nordshop.example"}),
        (("--merchant", "flasks.example"), {"flasks.example"}),
        (("--creator", "theo", "--merchant", "nordshop"), set()),
    ],
)
def test_links_can_be_chosen_by_creator_and_merchant(site, shops, options, hosts):
    done = run(with_theo(site), shops, *options)
    assert done.exit_code == 0
    assert {each.host for each in shops.asked} == hosts


def test_what_is_not_shown_is_not_asked_for(site, shops):
    hidden = "items:\n" + "".join(
        f"  - {{title: Thing {index}, link: 'https://hidden.example/{index}', relationship: gifted, {why}}}\n"
        for index, why in enumerate(
            ("draft: true", "until: 2020-01-01", "from: 2030-01-01", "status: retired, reason: Worn out")
        )
    )
    edit(site / KIT, "items:\n", hidden)
    run(site, shops)
    assert {each.host for each in shops.asked} == {"nordshop.example"}


def test_a_thing_in_a_post_alone_belongs_to_its_creator(site):
    text = (site / KIT).read_text()
    (site / KIT).write_text(text.partition("items:")[0] + "items: []\n")
    (link,) = linkcheck.collect(site, NOW).links
    assert link.creators == ("maya",)


def test_amazon_is_asked_by_asin_without_a_tag(site, shops):
    write(site, {"content/merchants/amazon.yaml": (
        "name: Amazon\nurl: https://www.amazon.co.uk\nnetwork: amazon\nprogram: {market: GB}\n"
    )})  # fmt: skip
    edit(site / "content/products/merino-tee.yaml", "offers:", "offers:\n  - {merchant: amazon, asin: B0EXAMPLE1}")
    edit(site / "content/influencers/maya/profile.yaml", "affiliate:", "affiliate:\n  amazon: {GB: maya-21}")
    shops.page("https://www.amazon.co.uk/dp/B0EXAMPLE1")
    found = checked(site, shops, NOW)
    assert outcomes(found)["https://www.amazon.co.uk/dp/B0EXAMPLE1"] is Outcome.HEALTHY
    assert str(found[0].link.place) == "content/products/merino-tee.yaml:8:24"
    assert shops.paths("www.amazon.co.uk") == ["/dp/B0EXAMPLE1"]


def test_a_shopify_discount_link_is_not_used_up(site, shops):
    edit(site / "content/merchants/nordshop.yaml", 'network: awin\nprogram: {advertiser: "1234"}', "network: shopify")
    edit(site / "content/products/merino-tee.yaml", "/merino-tee\n", "/discount/MAYA15?redirect=%2Fmerino-tee\n")
    (found,) = checked(site, shops, NOW)
    assert found.verdict.outcome is Outcome.UNVERIFIED
    assert shops.dialled == []


# Remembering


class Clock:
    now = 1_800_000_000.0

    def __call__(self):
        return self.now


def test_a_link_is_asked_for_again_when_it_was_seen_long_ago(site, shops):
    clock = Clock()
    shops.page(TEE)
    assert [each.known for each in checked(site, shops, NOW, clock=clock)] == [False]
    clock.now += 24 * 3600 - 1
    shops.page(TEE, status=404)
    (again,) = checked(site, shops, NOW, clock=clock)
    assert (again.known, again.at, again.verdict.outcome) == (True, 1_800_000_000, Outcome.HEALTHY)
    clock.now += 1
    (anew,) = checked(site, shops, NOW, clock=clock)
    assert (anew.known, anew.verdict.outcome) == (False, Outcome.GONE)
    assert shops.paths() == ["/merino-tee"] * 2


def test_how_long_ago_can_be_said(site, shops):
    shops.page(TEE)
    run(site, shops)
    assert "1 of them seen before; --max-age 0 asks again." in run(site, shops).output
    assert "seen before" not in run(site, shops, "--max-age", "0").output
    assert len(shops.paths()) == 2


def test_a_verdict_from_the_future_does_not_count(site, shops):
    clock = Clock()
    checked(site, shops, NOW, clock=clock)
    clock.now -= 10
    assert [each.known for each in checked(site, shops, NOW, clock=clock)] == [False]


@pytest.mark.parametrize(
    "data", [b"", b"nonsense", msgspec.msgpack.encode({"version": 0}), msgspec.msgpack.encode([1])]
)
def test_a_damaged_memory_is_an_empty_one(site, shops, data):
    write(site, {".storefront/links.msgpack": data})
    shops.page(TEE)
    assert [each.known for each in checked(site, shops, NOW)] == [False]
    assert [each.known for each in checked(site, shops, NOW)] == [True]


def test_what_others_asked_for_stays_remembered_and_the_oldest_is_dropped(site, shops):
    clock = Clock()
    collected = linkcheck.collect(with_theo(site), NOW)
    for link in collected.links:
        linkcheck.check(collected, [link], site, limits=QUICK, dialer=shops.dial, clock=clock)
        clock.now += 1
    assert len(verdicts.read(site).seen) == 2
    clock.now += 30 * 24 * 3600
    linkcheck.check(collected, collected.links[:1], site, limits=Limits(pause=0), dialer=shops.dial, clock=clock)
    assert set(verdicts.read(site).seen) == {collected.links[0].address}


def test_a_memory_without_the_way_of_parameters_is_no_answer_for_who_earns(site, shops):
    shops.redirect(TEE, "/new")
    shops.redirect(f"{TEE}?*", "/new")
    shops.page(f"{SHOP}/new")
    merchant = site / "content/merchants/nordshop.yaml"
    tracked = merchant.read_text()
    edit(merchant, 'network: awin\nprogram: {advertiser: "1234"}\n', "")
    assert [each.verdict.outcome for each in checked(site, shops, NOW)] == [Outcome.HEALTHY]
    merchant.write_text(tracked)
    assert [each.verdict.outcome for each in checked(site, shops, NOW)] == [Outcome.TAG_LOST]


def test_building_asks_nobody(site, shops):
    with pytest.raises(ProblemsFound):
        checked(write(site, {"content/products/x.yaml": "title: 1\n"}), shops, NOW)
    assert shops.dialled == []


# The docs


@pytest.mark.parametrize(
    ("page", "heading"), [("links.md", "Check the links"), ("commands.md", "storefront links check")]
)
def test_the_docs_tell_of_every_outcome(page, heading):
    section = (DOCS / page).read_text().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([a-z][\w-]*)` \|", section, re.MULTILINE)) == set(Outcome)


def test_the_docs_show_what_is_printed(site, shops):
    shops.redirect(TEE, "/")
    shops.page(f"{SHOP}/")
    ours = run(site, shops).output.replace(TEE, "ADDRESS").replace(f"{SHOP}/", "HOME").partition(": ")[2]
    shown = re.search(r"^    content/\S+ (.+)\n    (    .+\n)", (DOCS / "links.md").read_text(), re.MULTILINE)
    theirs = "\n".join(shown.groups()).replace("https://harrow-home.example/kettle", "ADDRESS")
    assert ours.startswith(theirs.replace("https://harrow-home.example/", "HOME"))
