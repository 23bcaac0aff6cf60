"""Nothing of what must not be seen is in any byte of the output, and `storefront leakcheck` finds it where it is."""

import gzip
import json
import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from building import DEMO_NOW, Built, build, bytes_of, copy_of_minimal, names_in, picture, write
from checking import NOW
from storefront.cli import group
from storefront.hosting import beside
from storefront.leaks import leaks
from storefront.leaks.phrases import phrases, place_in, views_of
from storefront.leaks.run import text_of

MAYA = "content/influencers/maya"
# Each canary stands in one record; the records are one of each kind and of each way of being held back.
WINDOWS = {
    "draft": "draft: true\n",
    "embargoed": "embargo_until: 2026-12-01\n",
    "later": "from: 2026-12-01\n",
    "expired": "until: 2026-11-01\n",
}
HOSTS = (
    "hosts: [netlify, nginx, apache, caddy, s3-cloudfront, vercel]\nroute: go\nembeds: true\npreviews: true\nqr: true\n"
)
LONG = "Nobody has read these quiet words about the canary before the lamp is lit on the harbour wall in winter"


def one_of_each(site, name: str, window: str):
    """Lay records of every kind over the minimal site: all of them held back, and each with words of its own."""
    cover = f"{{src: media/{name}cover.jpg, alt: Canary {name} alternative words}}"
    end = "" if window.startswith("until") else window  # a review goes with its product, never by itself
    return write(
        site,
        {
            f"{MAYA}/lists/{name}-list.yaml": f"{window}title: Canary {name} list title\ncover: {cover}\n"
            f"intro: Canary {name} intro words\nitems:\n  - {{product: merino-tee, note: Canary {name} note words}}\n",
            f"{MAYA}/media/{name}cover.jpg": picture(colour=name_colour(name)),
            f"{MAYA}/posts/{name}-post.yaml": f"{window}date: 2026-10-20\ntitle: Canary {name} post title\n"
            f"caption: '{LONG} of {name}'\nproducts: [{{product: merino-tee, note: Canary {name} tagged words}}]\n",
            f"{MAYA}/reviews/{name}-review.yaml": f"{end}product: {name}-product\ndate: 2026-10-20\nrating: 1\n"
            f"title: Canary {name} review title\nbody: Canary {name} body of it\nprovenance: purchased\n"
            f"pros: [Canary {name} pro words]\n",
            f"content/products/{name}-product.yaml": f"{window}title: Canary {name} product title\n"
            f"brand: {name}-brand\ncategory: Canary {name} category\ngtin: '{gtin(name)}'\nmpn: MPN-{name}-77\n"
            f"specs: {{Canary {name} spec: Canary {name} value}}\n"
            f"images: [{{src: media/{name}thing.jpg, alt: Canary {name} picture words}}]\n"
            f"offers: [{{merchant: {name}-shop, link: https://{name}shop.example/{name}-offer}}]\n",
            f"content/products/media/{name}thing.jpg": picture((64, 40), name_colour(name)),
            f"content/brands/{name}-brand.yaml": f"{window}name: Canary {name} brand name\n",
            f"content/merchants/{name}-shop.yaml": f"{window}name: Canary {name} shop name\n"
            f"url: https://{name}shop.example\n",
            f"content/influencers/{name}-maker.yaml": f"{window}name: Canary {name} maker name\n"
            f"aliases: [{name}-alias]\nbio: Canary {name} bio words\nsnippets: [{{id: {name}-snippet, kind: quote, "
            f"product: merino-tee, date: 2026-10-01, text: Canary {name} own snippet words, relationship: purchased, "
            f"rights: {{holder: Canary {name} holder, channels: [site, brand]}}}}]\npromos: {{{name.upper()}9: "
            f"{{merchant: nordshop, percent_off: 9}}}}\nlists: {{{name}-own: {{title: Canary {name} own title, items: "
            "[{product: merino-tee, relationship: gifted}]}}\n",
            f"content/campaigns/{name}-campaign.yaml": f"{window}title: Canary {name} campaign title\nbrand: fjell\n"
            f"brief: Canary {name} brief words\nwindow: {{from: 2026-10-01}}\ndisclosure: paid\npublic: true\n"
            f"schedule: [{{at: 2026-12-02, what: Canary {name} scheduled words}}]\n",
            f"content/squads/{name}-squad.yaml": f"{window}name: Canary {name} squad name\ncity: Canary {name} city\n"
            f"steward: Canary {name} steward\nabout: Canary {name} about words\nmembers: [maya]\n",
            f"content/calls/{name}-call.yaml": f"{window}title: Canary {name} call title\ntext: Canary {name} call "
            f"words\ncloses: 2027-01-31\noffered: [{{kind: product, text: Canary {name} offered words}}]\n",
        },
    )


def name_colour(name: str) -> tuple[int, int, int]:
    return (sum(map(ord, name)) % 256, len(name) * 9, 90)


def gtin(name: str) -> str:
    digits = f"40{sum(map(ord, name)) * 7919:010d}"
    return digits + str(-sum(int(each) * (3 if at % 2 else 1) for at, each in enumerate(digits)) % 10)


def site_of_canaries(root):
    site = copy_of_minimal(root)
    settings = site / "content/site.yaml"
    settings.write_text(settings.read_text() + HOSTS)
    for name, window in WINDOWS.items():
        one_of_each(site, f"zz{name}", window)
    profile = (site / f"{MAYA}/profile.yaml").read_text()
    codes = "".join(
        f"  ZZCODE{name.upper()}:\n    merchant: nordshop\n    percent_off: 9\n    {window}"
        for name, window in WINDOWS.items()
    )
    ties = "relationships:\n" + "".join(f"  - {{brand: zz{name}-brand, kind: ambassador}}\n" for name in WINDOWS)
    items = "".join(
        f"  - title: Canary zz{name} item title\n    link: https://nordshop.example/zz{name}-item\n"
        f"    relationship: purchased\n    note: Canary zz{name} item note\n    {window}"
        for name, window in WINDOWS.items()
    )
    # What is shown names what is not: a code of a hidden shop, an offer there, a successor, a section of hidden lists.
    codes += "  ZZTIED:\n    merchant: zzdraft-shop\n    percent_off: 5\n    fine_print: Canary zztied print\n"
    sections = "  - title: Running again\n    lists: [kit, zzdraft-list, zzlater-list]\n"
    profile = profile.replace("sections:\n", f"sections:\n{sections}")
    tee = (site / "content/products/merino-tee.yaml").read_text()
    tee += (
        "  - {merchant: zzembargoed-shop, link: https://zzembargoedshop.example/tee, shipping: Canary zzship words}\n"
    )
    kit = (site / f"{MAYA}/lists/kit.yaml").read_text()
    kit += "    promo: ZZCODEEXPIRED\n    replaced_by: zzlater-product\n"
    return write(
        site,
        {
            f"{MAYA}/profile.yaml": profile.replace("promos:\n", f"promos:\n{codes}").replace(
                "recognition: public", "recognition: none"
            )
            + ties
            + "x-note: Canary zzown words for nobody\n",
            "content/products/merino-tee.yaml": f"{tee}status: discontinued\nreplaced_by: zzembargoed-product\n",
            f"{MAYA}/lists/kit.yaml": kit + items + "  - {product: zzdraft-product, note: Canary zzpart note words}\n",
            f"{MAYA}/reviews/merino-tee.yaml": (site / f"{MAYA}/reviews/merino-tee.yaml").read_text()
            + "responses: [{by: zzembargoed-brand, date: 2026-10-02, text: Canary zzanswer of a hidden brand}]\n",
            f"{MAYA}/posts/first-frost.yaml": (site / f"{MAYA}/posts/first-frost.yaml").read_text()
            + "  - {product: zzlater-product, note: Canary zztag words of it}\n",
            "content/recalls.yaml": "recalls:\n"
            + "".join(
                f"  - id: zz{name}-recall\n    products: [merino-tee]\n    date: 2026-10-20\n"
                f"    notice: Canary zz{name} notice words\n    lots: [Canary zz{name} lot]\n    {window}"
                for name, window in WINDOWS.items()
            ),
            # Of an open campaign that has no page, and of what was sent, nothing is told but the tie.
            "content/campaigns/zzquiet.yaml": "title: Canary zzquiet campaign title\nbrand: fjell\n"
            "brief: Canary zzquiet brief words\nwindow: {from: 2026-10-01}\ndisclosure: paid\nbudget: 98765.43 NOK\n"
            "messages: {Canary zzquiet message: {text: Canary zzquiet message words, default: 100}}\n"
            "avoid: [{pattern: Canary zzquiet pattern, why: Canary zzquiet reason words}]\n"
            "deliverables: [{what: Canary zzquiet deliverable words, by: 2026-12-10}]\n"
            "participants: [{creator: maya, fee: 77431.19 NOK}]\n",
            "content/samples/maya.yaml": "samples:\n  - {product: zzlater-product, expectation: review, "
            "sent: 2026-10-01, value: 6543.87 NOK, approved_by: Canary zzsent approver,\n"
            "     reference: Canary zzsent parcel}\n",
            # Removed: what it said is gone, and who removed it stays.
            "content/influencers/ola.yaml": "name: Ola Berg\nsharing: {recognition: public}\nreviews:\n"
            "  - {id: gone, product: merino-tee, date: 2026-10-03, rating: 1, title: Canary zzremoved review title,\n"
            "     body: Canary zzremoved body of a review, provenance: gifted, status: removed,\n"
            "     removed: {reason: author-request, by: Ola Berg, date: 2026-11-01}}\n",
        },
    )


def run(*arguments):
    return CliRunner().invoke(group, ["leakcheck", *map(str, arguments)])


@pytest.fixture(scope="module")
def canaries(tmp_path_factory):
    root = site_of_canaries(tmp_path_factory.mktemp("canaries"))
    return Built(root, root / "site", build(root))


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The same site when all that was to come has come; drafts and what is over are still not there."""
    root = site_of_canaries(tmp_path_factory.mktemp("opened"))
    return Built(root, root / "site", build(root, now=NOW + timedelta(days=14)))


def canaries_in(folder, word=b"zz"):
    """Every file in whose name or bytes a canary is."""
    return [
        name
        for name, data in bytes_of(folder).items()
        if word in name.encode() or (not name.startswith("media/") and word in data.lower())
    ]


AMOUNTS = ("765.43", "765,43", "431.19", "431,19", "543.87", "543,87")  # of a campaign and of a sample


# Nothing is there


def test_no_byte_of_the_site_or_of_its_hosts_files_is_a_canary(canaries):
    assert canaries_in(canaries.output) == []
    assert names_in(beside(canaries.output))
    assert canaries_in(beside(canaries.output)) == []


def test_what_was_shown_is_gone_when_it_is_held_back_again(tmp_path):
    root = site_of_canaries(tmp_path)
    later = NOW + timedelta(days=14)
    build(root, now=later)
    assert canaries_in(root / "site", b"zzembargoed")
    assert run(root / "site", "--root", root, "--now", NOW.isoformat()).exit_code == 1
    build(root)
    assert canaries_in(root / "site") == canaries_in(beside(root / "site")) == []
    assert run(root / "site", "--root", root, "--now", NOW.isoformat()).exit_code == 0


def test_what_was_to_come_is_there_when_its_time_has_come(opened):
    said = "".join(text_of(data) for data in bytes_of(opened.output).values())
    for name in ("zzembargoed", "zzlater"):
        for word in ("list title", "intro words", "note words", "post title", "review title", "product title"):
            assert f"Canary {name} {word}" in said
        for word in ("brand name", "maker name", "own title", "item title"):
            assert f"Canary {name} {word}" in said
        for word in ("squad name", "about words", "call title", "call words"):
            assert f"Canary {name} {word}" in said
    assert not [secret for secret in ("zzquiet", "zzsent", *AMOUNTS) if secret in said]
    assert not [name for name in ("zzdraft", "zzexpired") if name in said]


# The check


def test_a_right_site_is_clean(canaries):
    result = run(canaries.output, "--root", canaries.root, "--now", NOW.isoformat())
    assert result.exit_code == 0
    files = len(names_in(canaries.output)) + len(names_in(beside(canaries.output)))
    assert result.output.startswith(f"Nothing leaks: {files} files searched for ")


def test_the_demo_is_clean(demo):
    assert leaks(demo.root, demo.output, DEMO_NOW).problems == []


PAGE = "maya/index.html"
KINDS = [
    *(
        (f"{kind} of {name}", name, text)
        for name in WINDOWS
        for kind, text in {
            "a list's title": "Canary zz{} list title",
            "a list's words": "Canary zz{} intro words",
            "a note": "Canary zz{} note words",
            "a post's title": "Canary zz{} post title",
            "a review's body": "Canary zz{} body of it",
            "a review's pro": "Canary zz{} pro words",
            "a product's title": "Canary zz{} product title",
            "a category": "Canary zz{} category",
            "a spec": "Canary zz{} spec",
            "a picture's words": "Canary zz{} alternative words",
            "a brand": "Canary zz{} brand name",
            "a shop": "Canary zz{} shop name",
            "a snippet": "Canary zz{} own snippet words",
            "a campaign": "Canary zz{} campaign title",
            "a brief": "Canary zz{} brief words",
            "a date of a campaign": "Canary zz{} scheduled words",
            "a squad": "Canary zz{} squad name",
            "words of a squad": "Canary zz{} about words",
            "a call": "Canary zz{} call title",
            "words of a call": "Canary zz{} call words",
            "what a call offers": "Canary zz{} offered words",
            "a recall": "Canary zz{} notice words",
            "an offer": "https://zz{0}shop.example/zz{0}-offer",
            "an id": '"id":"zz{}-product"',
            "an address": '<a href="/products/zz{}-product/">it</a>',
            "an old handle": '<a href="/zz{}-alias/">it</a>',
            "a creator": "Canary zz{} maker name",
            "a list of a creator": "Canary zz{} own title",
            "an item": "Canary zz{} item title",
            "an item's shop": "https://nordshop.example/zz{}-item",
        }.items()
    ),
]


@pytest.fixture(scope="module")
def mutated(canaries, tmp_path_factory):
    """A copy of the output in which one file after the other can be spoiled."""
    place = tmp_path_factory.mktemp("mutated")
    shutil.copytree(canaries.output, place / "public")
    return place / "public"


def test_each_planted_leak_is_found_with_its_place_and_record(canaries, mutated):
    """One file for each, so that one run judges them all."""
    planted = {}
    for number, (_, name, text) in enumerate(KINDS):
        write(mutated, {f"planted/{number}.html": f"<p>\n  <b>{text.format(name)}</b></p>"})
        planted[f"public/planted/{number}.html"] = f"zz{name}"
    found = {problem.place.file: problem for problem in leaks(canaries.root, mutated, NOW).problems}
    shutil.rmtree(mutated / "planted")
    missed = {kind for number, (kind, _, _) in enumerate(KINDS) if f"public/planted/{number}.html" not in found}
    assert missed == set()
    assert found.keys() == planted.keys()
    for problem in found.values():
        assert problem.place.line == 2
        assert problem.related[0].file.startswith("content/")


FORMS = {
    "HTML": "<p>Canary <em>zzdraft</em>&nbsp;list\ntitle</p>",
    "an attribute": '<img alt="A picture: Canary zzdraft list title">',
    "JSON": '{"title":"\\u0043anary zzdraft list\\u0020title"}',
    "HTML in JSON": '{"content_html":"\\u003cp\\u003eCanary \\u003cb\\u003ezzdraft\\u003c/b\\u003e list title"}',
    "HTML in XML": "<content>&lt;p&gt;Canary &lt;b&gt;zzdraft&lt;/b&gt; list&amp;nbsp;title&lt;/p&gt;</content>",
    "an address": "https://x.example/?u=https%3A%2F%2Fy.example%2Fcanary-zzdraft-list-title",
    "other letters": "CANARY ZZDRAFT LIST TITLE",
    "soft hyphens": "Can\u00adary zz\u200bdraft list title",
    "an excerpt": " ".join(LONG.split()[4:14]),
    "a slug": '<a href="/x/canary-zzdraft-list-title/">',
    "a redirect": "/canary/zzdraft/list/title /x 301",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_text_is_found_in_whatever_way_a_file_writes_it(canaries, tmp_path, form):
    write(tmp_path, {"public/file.txt": FORMS[form]})
    assert {problem.code for problem in leaks(canaries.root, tmp_path / "public", NOW).problems} == {"leak"}


def only(canaries, folder):
    (problem,) = leaks(canaries.root, folder, NOW).problems
    return problem


def test_numbers_codes_and_removed_words_are_found(canaries, tmp_path):
    files = {
        "a.json": f'{{"gtin13":"{gtin("zzdraft")}"}}',
        "b.json": f'{{"gtin14":"0{gtin("zzlater")}"}}',
        "c.html": "Take 9 % off with ZZCODEDRAFT",
        "d.html": "Canary zzremoved body of a review",
        "e.html": "Canary zzanswer of a hidden brand",
        "f.html": "Canary zzpart note words",
        "g.html": "MPN-zzdraft-77",
        "h.html": "<p>Canary zztag words of it",
        "zzdraft-list/index.html": "",
        "i.html": "words",
    }
    write(tmp_path, {f"public/{name}": text for name, text in files.items()})
    found = {
        each.place.file.removeprefix("public/"): each
        for each in leaks(canaries.root, tmp_path / "public", NOW).problems
    }
    assert sorted(found) == sorted(set(files) - {"i.html"})
    assert found["d.html"].message == "this file has the body of the review ola/gone, which is removed"
    assert found["zzdraft-list/index.html"].message == (
        "the name of this file has the id of the list maya/zzdraft-list, which is a draft"
    )
    assert "held back until 2026-12-01 00:00 UTC" in found["b.json"].message


def test_pictures_are_found_by_name_and_by_bytes(canaries, opened, tmp_path):
    shown = next(path for path in (opened.output / "media").iterdir() if path.name.startswith("zzlaterthing"))
    source = canaries.root / "content/products/media/zzdraftthing.jpg"
    write(
        tmp_path,
        {
            f"public/media/{shown.name}": b"x",
            "public/media/zzdraftcover.0123456789ab-320.webp": b"x",
            "public/media/innocent.0123456789ab-320.jpg": source.read_bytes(),
            "public/media/canal.0123456789ab-320.webp": b"x",
        },
    )
    found = leaks(canaries.root, tmp_path / "public", NOW).problems
    assert {each.place.file.rpartition("/")[2].split(".")[0] for each in found} == {
        shown.name.split(".")[0], "zzdraftcover", "innocent",
    }  # fmt: skip
    assert found[0].message == "this is a picture that must not be seen"


def test_packed_files_files_beside_and_the_marker_are_searched(canaries, tmp_path):
    told = b"Canary zzdraft list title"
    write(
        tmp_path,
        {
            "public/page.html.gz": gzip.compress(told),
            "public/picture.png": b"\x89PNG\xff\xfe\x00" + told + b"\x00",
            "public/.storefront": b"Made by storefront\nmaya/lists/zzdraft-list/index.html\n",
            "public.hosting/nginx/x.conf": told,
        },
    )
    found = leaks(canaries.root, tmp_path / "public", NOW).problems
    assert sorted(each.place.file for each in found) == [
        "public.hosting/nginx/x.conf", "public/.storefront", "public/page.html.gz", "public/picture.png",
    ]  # fmt: skip


def test_a_review_that_may_not_be_embedded_is_found_in_an_embed_alone(canaries, tmp_path):
    words = "Warm when wet, and it does not itch."
    write(tmp_path, {"public/embed/product/merino-tee/index.html": words, "public/maya/index.html": words})
    assert only(canaries, tmp_path / "public").place.file == "public/embed/product/merino-tee/index.html"


BENIGN = {
    "common words": "list title product name brand category intro words",
    "words of records that are shown": "Maya Lind, Winter running kit, Merino Tee, Five winters, no smell",
    "a part of a title": "Canary list",
    "numbers of others": "0012345678905 4000000000000",
    "words of the program": "aggregateRating disclosure sponsored calibration",
    "letters inside of others": "xCanary zzdraftlist titles",
}


@pytest.mark.parametrize("kind", BENIGN)
def test_what_tells_nothing_raises_no_alarm(canaries, tmp_path, kind):
    write(tmp_path, {"public/file.html": BENIGN[kind]})
    assert leaks(canaries.root, tmp_path / "public", NOW).problems == []


def test_a_secret_that_shares_its_name_with_what_is_shown_raises_no_alarm(tmp_path):
    site = write(
        copy_of_minimal(tmp_path),
        {
            f"{MAYA}/lists/secret.yaml": "draft: true\ntitle: Winter running kit\nitems: []\n",
            "content/products/cap.yaml": "draft: true\ntitle: Cap\nbrand: fjell\ncategory: Clothing > Base layers\n",
            f"{MAYA}/posts/kit.yaml": "draft: true\ndate: 2026-11-01\ntitle: Kettle\n",
        },
    )
    write(site, {"content/brands/fjell.yaml": "name: Fjell\ndescription: Makes a cap and a kettle.\n"})
    build(site)
    assert leaks(site, site / "site", NOW).problems == []


def test_the_command_tells_file_place_and_record(canaries, tmp_path):
    write(tmp_path, {"public/a.html": "<p>\n<b>Canary zzdraft list title</b>"})
    result = run(tmp_path / "public", "--root", canaries.root, "--now", NOW.isoformat())
    assert result.exit_code == 1
    assert result.output == (
        "public/a.html:2:4: leak: this file has the title of the list maya/zzdraft-list, which is a draft\n"
        "    Build the site again and publish it whole; then see who could read this.\n"
        "1 problem found. They should not be read by anybody yet.\n"
    )
    told = run(tmp_path / "public", "--root", canaries.root, "--now", NOW.isoformat(), "--format", "json")
    (problem,) = json.loads(told.output)["problems"]
    assert problem["related"][0]["file"] == f"{MAYA}/lists/zzdraft-list.yaml"
    assert "Canary" not in result.output  # a log may be read by more people than the content


def test_a_pipe_is_told_and_never_opened(canaries, tmp_path):
    """Who opens one waits for another to write into it."""
    write(tmp_path, {"public/a.html": "<p>Hello</p>"})
    os.mkfifo(tmp_path / "public/b.html")
    result = run(tmp_path / "public", "--root", canaries.root, "--now", NOW.isoformat())
    assert result.exit_code == 1
    assert "public/b.html: leak: this is a pipe, a socket or a device, which cannot be searched\n" in result.output


def test_without_a_site_there_is_nothing_to_search(site):
    assert run("--root", site).exit_code == 2


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("a\nb <b>Red</b> lamp shade", "red lamp shade", (2, 6)),
        ("Red&nbsp;lamp%20shade", "red lamp shade", (1, 1)),
        ("nothing", "red lamp shade", (0, 0)),
    ],
)
def test_places_in_files(text, words, place):
    (wanted,) = phrases(words)
    assert place_in(text, wanted) == place


def test_any_nine_words_of_a_long_text_hold_a_phrase_of_it():
    words = LONG.split()
    for start in range(len(words) - 8):
        inside, _ = views_of(" ".join(words[start : start + 9]))
        assert any(each.words in inside for each in phrases(LONG))


def test_a_moment_decides_what_leaks(opened):
    assert leaks(opened.root, opened.output, NOW + timedelta(days=14)).problems == []
    assert leaks(opened.root, opened.output, datetime(2026, 11, 22, tzinfo=UTC)).problems
