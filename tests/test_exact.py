"""Exact: whatever is edited, in whatever order, a build gives what a build from nothing gives, byte for byte."""

import os
import shutil
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import machine
from building import build, bytes_of, edit, picture, write
from checking import NOW
from storefront import engine
from storefront.build import build as make
from storefront.outcome import FOLDER, Options
from storefront.publish import MARKER

EXAMPLES, STEPS = 7, 32
MAYA = "content/influencers/maya"
PROFILE = f"{MAYA}/profile.yaml"
REVIEW = f"{MAYA}/reviews/merino-tee.yaml"
PRODUCT = "content/products/merino-tee.yaml"
SHOP = "content/merchants/nordshop.yaml"
SITE = "content/site.yaml"
SHIPPED = engine.themes() / "editorial"
TOMBSTONE = "status: removed\nremoved: {reason: author-request, by: Maya, date: 2026-11-20}\n"


def saying(key):
    """The site's settings with a key more."""
    return lambda site: edit(site / SITE, "title:", f"{key}\ntitle:")


def overlay(name, change=lambda text: f"{text}\n/* other */\n"):
    """A file of the theme, changed in the site's own copy."""
    return lambda site: write(site, {f"themes/editorial/{name}": change((SHIPPED / name).read_text())})


def swap(site, one, other):
    first, second = (site / one).read_bytes(), (site / other).read_bytes()
    write(site, {one: second, other: first})


def folder_in_the_place_of(path):
    path.unlink()
    path.mkdir()


# What is edited, by kind; `tests/test_incremental.py` has more edits of content, of the clock and of the output.
MATRIX = {
    "content": {
        "a brand more": lambda site: write(site, {"content/brands/sel.yaml": "name: Sel\n"}),
        "a brand's file by another name": lambda site: (
            (site / "content/brands/fjell.yaml").rename(site / "content/brands/fj.yaml"),
            edit(site / PRODUCT, "brand: fjell", "brand: fj"),
        ),
        "a shop more": lambda site: write(
            site, {"content/merchants/tees.yaml": "name: T\nurl: https://tees.example\n"}
        ),
        "a shop's domains": lambda site: edit(site / SHOP, "[nordshop.example]", "[nordshop.example, n.example]"),
        "an offer less": lambda site: (site / PRODUCT).write_text((site / PRODUCT).read_text().partition("offers:")[0]),
        "a category": lambda site: edit(site / PRODUCT, "Base layers", "Layers"),
        "a review withdrawn": lambda site: (site / REVIEW).write_text((site / REVIEW).read_text() + TOMBSTONE),
        "a review deleted": lambda site: (site / REVIEW).unlink(),
        "a section": lambda site: edit(site / PROFILE, "title: Running", "title: Walking"),
        "a code": lambda site: edit(site / PROFILE, "percent_off: 15", "percent_off: 20"),
        "a sample": lambda site: write(
            site,
            {
                "content/samples/maya.yaml": "samples:\n  - {product: merino-tee, expectation: review, "
                "received: 2026-09-01}\n"
            },
        ),
        "a recall": lambda site: write(
            site,
            {
                "content/recalls.yaml": "recalls:\n  - {id: seams, products: [merino-tee], date: 2026-11-20, "
                "notice: The seams can open., stop_sale: true}\n"
            },
        ),
        "a code that leaked": lambda site: edit(
            site / PROFILE, "percent_off: 15", "percent_off: 15\n    status: leaked"
        ),
        "an id of a network": lambda site: edit(site / PROFILE, '"77"', '"78"'),
        "a key of one's own": lambda site: edit(site / PROFILE, "name:", "x-seen: by nobody\nname:"),
        "a comment": lambda site: edit(site / PROFILE, "name:", "# by hand\nname:"),
    },
    "media": {
        "a picture in another place": lambda site: (
            (site / "content/products/media/merino-tee.jpg").rename(site / "content/products/media/tee.jpg"),
            edit(site / PRODUCT, "media/merino-tee.jpg", "media/tee.jpg"),
        ),
        "a picture of another size": lambda site: write(site, {f"{MAYA}/media/canal.jpg": picture((90, 30))}),
        "the same picture twice": lambda site: write(
            site, {f"{MAYA}/media/canal.jpg": (site / "content/products/media/merino-tee.jpg").read_bytes()}
        ),
        "a picture less": lambda site: edit(
            site / f"{MAYA}/posts/first-frost.yaml",
            "media:\n  - {src: media/canal.jpg, alt: A runner in a grey T-shirt beside a canal}\n",
            "",
        ),
        "a picture that nobody names": lambda site: write(site, {f"{MAYA}/media/other.jpg": picture()}),
    },
    "theme": {
        "another theme": saying("theme: market"),
        "a part of a template": overlay("templates/base.html", lambda text: text.replace("<main", '<main data-x="1"')),
        "theme.yaml": overlay("theme.yaml", lambda text: text.replace("  - print.css\n", "")),
    },
    "assets": {
        "a script": overlay("assets/copy.js"),
        "the icon": overlay("assets/icon.svg", lambda text: text.replace("</svg>", "<!-- other --></svg>")),
        "a stylesheet of some pages": overlay("assets/product.css"),
    },
    "configuration": {
        "a network of one's own": lambda site: (
            write(site, {"networks.yaml": "awin: {name: Awin, statement: {en: Awin pays me.}}\n"}),
            edit(site / SHOP, "name: Nordshop", "name: Nord"),
        ),
        "a market's file that says nothing": lambda site: write(site, {"markets/gb.yaml": "texts: {}\n"}),
        "hosts": saying("hosts: [nginx, netlify]"),
        "the time zone": lambda site: edit(site / SITE, "Europe/London", "Pacific/Kiritimati"),
        "the language": lambda site: edit(site / SITE, "locale: en-GB", "locale: de"),
        "how long prices last": saying("prices: {max_age_days: 1}"),
        "the directory's pages": saying("directory: {per_page: 1}"),
        "the publisher": saying("publisher: {name: Ida}"),
        "embeds": saying("embeds: true"),
        "no disclosures.json": saying("disclosures: false"),
        "links through this host": lambda site: (
            edit(site / SITE, "title:", "route: go\nhosts: [netlify]\ntitle:"),
            edit(site / SHOP, "name:", "redirects: true\nname:"),
        ),
    },
    "cache": {
        name: lambda site, name=name: (site / FOLDER / name).unlink()
        for name in ("state.msgpack", "records.msgpack", "pictures.msgpack", "media.msgpack", "lock")
    }
    | {
        "images": lambda site: shutil.rmtree(site / FOLDER / "images"),
        "everything but the state": lambda site: [
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            for path in (site / FOLDER).iterdir()
            if path.name != "state.msgpack"
        ],
    },
    "output": {
        "two pages in each other's place": lambda site: swap(site, "site/maya/index.html", "site/404.html"),
        "a folder in the place of a page": lambda site: folder_in_the_place_of(site / "site/404.html"),
        "a page touched": lambda site: (site / "site/404.html").touch(),
        "a page of an earlier build": lambda site: os.utime(site / "site/404.html", (1, 1)),
        "the marker empty": lambda site: (site / "site" / MARKER).write_bytes(b""),
        "an empty folder more": lambda site: (site / "site/empty").mkdir(),
    },
}
CASES = [(area, name) for area, edits in MATRIX.items() for name in edits]
OPTIONS = {
    "processes": {"workers": 3},
    "whole": {"whole": True},
    "kept pages": {"cache": True},
    "another folder": {"output": "elsewhere"},
}


def clean(site, now=NOW):
    return machine.clean_build(site, now, site.with_name("clean"))


@pytest.mark.parametrize(("area", "name"), CASES)
def test_after_an_edit_of_any_kind_the_site_is_what_a_clean_build_makes(site, area, name):
    build(site)
    MATRIX[area][name](site)
    build(site)
    assert machine.published(site) == clean(site)
    assert build(site).rendered == 0


@pytest.mark.parametrize("name", OPTIONS)
def test_a_build_with_other_options_in_between_changes_nothing(site, name):
    given = {"output": "site", "workers": 1} | OPTIONS[name]
    options = Options(root=site, output=site / given.pop("output"), now=NOW, **given)
    make(options)
    edit(site / PROFILE, "Maya Lind", "Maya Berg")
    make(options)
    build(site)
    assert machine.published(site) == clean(site)


@pytest.mark.parametrize("days", [1, 40, -30, 3650])
def test_the_clock_may_go_anywhere_and_back(site, days):
    build(site)
    first = bytes_of(site / "site")
    there = NOW + timedelta(days=days)
    build(site, now=there)
    assert machine.published(site) == clean(site, there)
    build(site)
    assert bytes_of(site / "site") == first


@pytest.mark.slow
def test_any_edits_in_any_order_give_what_a_build_from_nothing_gives():
    """Without a search for the shortest sequence, which takes minutes: `make soak` does that."""
    before = machine.edits_done()
    limits = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine.Edits, settings=limits)
    assert machine.edits_done() - before > EXAMPLES * STEPS // 2
