"""`storefront export media`: what a brand may use, with whom to name and what to disclose; nothing else, ever."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from PIL import Image

from building import build, edit, names_in, picture, write
from storefront.cli import group

MAYA = "content/influencers/maya"
POST, PROFILE = f"{MAYA}/posts/first-frost.yaml", f"{MAYA}/profile.yaml"
GRANTED = "rights: {channels: [site, brand, ads], until: 2026-12-31, credit: =Maya Lind}\n"
SHOWN = """title: First frost
date: 2026-11-10
relationship: gifted
media:
  - {src: media/frost.jpg, alt: A tee on a line}
  - {src: media/clear.png, alt: A tee cut out}
products:
  - {product: merino-tee}
"""


@pytest.fixture
def pictured(site):
    exif = Image.Exif()
    exif[0x010E] = "Home, 4 Mill Lane"  # a description, as phones and programs write one
    exif[0x0112] = 6  # to be turned by a quarter
    files = {
        POST: SHOWN + GRANTED,
        f"{MAYA}/media/frost.jpg": picture((480, 360), exif=exif),
        f"{MAYA}/media/clear.png": picture((400, 300), (10, 200, 90, 128), "PNG", mode="RGBA"),
    }
    return write(site, files)


def run(site, brand="fjell", folder="given", now="2026-11-22"):
    asked = ["--brand", brand, "-o", str(site.parent / folder)]
    words = ["export", "media", *asked, "--root", str(site), "--now", now]
    result = CliRunner().invoke(group, words)
    return result.exit_code, result.output


def given(site):
    return names_in(site.parent / "given")


TABLES = {"credits.csv", "credits.json"}
BOTH = {"maya/post-first-frost-1.jpg", "maya/post-first-frost-2.png"}


def test_what_was_granted_lies_there_with_its_terms(pictured):
    code, said = run(pictured)
    assert (code, said.splitlines()[0]) == (0, f"2 pictures in {pictured.parent / 'given'}.")
    assert given(pictured) == TABLES | BOTH
    [first, second] = json.loads((pictured.parent / "given/credits.json").read_text())
    assert first == {
        "file": "maya/post-first-frost-1.jpg",
        "creator": "maya",
        "name": "Maya Lind",
        "credit": "=Maya Lind",
        "channels": ["site", "brand", "ads"],
        "until": "2026-12-31",
        "disclosure": ["Ad · gifted by Fjell"],
        "products": ["Merino Tee"],
        "alt": "A tee on a line",
        "page": "https://shelves.example/maya/posts/first-frost/",
    }
    rows = list(csv.DictReader(io.StringIO((pictured.parent / "given/credits.csv").read_text())))
    assert [row["file"] for row in rows] == [first["file"], second["file"]]
    assert rows[0]["credit"] == "'=Maya Lind"  # no formula
    assert rows[0]["disclosure"] == "Ad · gifted by Fjell"


def test_a_picture_is_upright_and_tells_nothing_of_the_camera(pictured):
    run(pictured)
    with Image.open(pictured.parent / "given/maya/post-first-frost-1.jpg") as made:
        assert made.size == (360, 480)
        assert not made.getexif()
    assert b"Mill Lane" not in (pictured.parent / "given/maya/post-first-frost-1.jpg").read_bytes()


@pytest.mark.parametrize(
    "rights",
    [
        "",
        "rights: {credit: Maya Lind}\nembargo_until: 2027-01-01\n",
        "rights: {channels: [site], credit: Maya Lind}\n",
        "rights: {channels: [site, brand], until: 2026-11-21}\n",
    ],
    ids=["no rights", "embargo", "for the site alone", "ended yesterday"],
)
def test_what_was_not_granted_stays(pictured, rights):
    write(pictured, {POST: SHOWN + rights})
    code, _ = run(pictured)
    assert code == 0
    assert given(pictured) == TABLES


def test_the_last_day_counts_and_the_next_does_not(pictured):
    assert run(pictured, now="2026-12-31T12:00")[0] == 0
    assert given(pictured) == TABLES | BOTH
    assert run(pictured, folder="later", now="2027-01-01T12:00")[0] == 0
    assert names_in(pictured.parent / "later") == TABLES


def test_a_picture_for_the_brand_alone_is_on_no_page_and_is_given(pictured):
    write(pictured, {POST: SHOWN + "rights: {channels: [brand]}\n"})
    build(pictured)
    assert not any(name.endswith((".jpg", ".webp")) for name in names_in(pictured / "site/media") if "frost" in name)
    run(pictured)
    assert given(pictured) == TABLES | BOTH


def test_who_is_not_to_be_named_gives_none(pictured):
    edit(pictured / PROFILE, "recognition: public", "recognition: none")
    _, said = run(pictured)
    assert given(pictured) == TABLES
    assert "2 pictures left out" in said


def test_rights_of_a_campaign_are_its_own_brands(pictured):
    write(pictured, {"content/brands/north.yaml": "name: North\n"})
    campaign = "title: Frost\nbrand: north\nwindow: {from: 2026-11-01}\nrights: {channels: [site, brand]}\n"
    write(pictured, {"content/campaigns/frost.yaml": campaign + "disclosure: paid\nparticipants: [{creator: maya}]\n"})
    write(pictured, {POST: SHOWN + "campaign: frost\n"})
    assert run(pictured, brand="north")[0] == 0
    assert given(pictured) == TABLES | BOTH
    assert run(pictured, folder="other")[0] == 0
    assert names_in(pictured.parent / "other") == TABLES


def test_a_snippet_of_a_picture_is_given_too(pictured):
    write(pictured, {POST: SHOWN, f"{MAYA}/media/run.jpg": picture()})
    profile = pictured / PROFILE
    profile.write_text(
        profile.read_text()
        + "snippets:\n  - {id: run, kind: image, product: merino-tee, date: 2026-11-02, relationship: paid,\n"
        "     image: {src: media/run.jpg, alt: Running}, rights: {channels: [brand]}}\n"
    )
    assert run(pictured)[0] == 0
    assert given(pictured) == TABLES | {"maya/snippet-run-1.jpg"}
    [told] = json.loads((pictured.parent / "given/credits.json").read_text())
    assert (told["credit"], told["disclosure"]) == ("Maya Lind", ["Ad · paid by Fjell"])


def test_pictures_of_a_review_are_given_too(pictured):
    review = pictured / f"{MAYA}/reviews/merino-tee.yaml"
    write(pictured, {POST: SHOWN, f"{MAYA}/media/worn.jpg": picture()})
    edit(review, "provenance: purchased", "provenance: gifted\nmedia: [{src: media/worn.jpg, alt: A year later}]")
    assert run(pictured)[0] == 0
    assert given(pictured) == TABLES, "without rights nothing is given"
    edit(review, "provenance: gifted\n", f"provenance: gifted\n{GRANTED}")
    assert run(pictured, folder="again")[0] == 0
    [told] = json.loads((pictured.parent / "again/credits.json").read_text())
    assert (told["file"], told["credit"]) == ("maya/review-merino-tee-1.jpg", "=Maya Lind")
    assert told["page"].endswith("/products/merino-tee/#review-maya-merino-tee")
    assert told["disclosure"] == ["Ad · gifted by Fjell"]


@pytest.mark.parametrize("folder", ["here/site/media", "here/content/given", "here/preview"])
def test_nothing_is_written_where_it_would_be_published(pictured, folder):
    code, said = run(pictured, folder=folder.replace("here", pictured.name, 1))
    assert code == 1
    assert "output" in said


def test_a_folder_with_something_in_it_is_left_alone(pictured):
    write(pictured.parent, {"given/old.jpg": b"x"})
    code, said = run(pictured)
    assert code == 1
    assert "what was granted once" in said
    assert given(pictured) == {"old.jpg"}


def test_an_unknown_brand_is_told(pictured):
    code, said = run(pictured, brand="fjel")
    assert code == 1
    assert "Did you mean fjell?" in said


def test_a_damaged_picture_is_told_and_nothing_is_written(pictured):
    write(pictured, {POST: SHOWN + "rights: {channels: [brand]}\n", f"{MAYA}/media/frost.jpg": b"none"})
    code, said = run(pictured)
    assert code == 1
    assert "bad-image" in said
    assert not (pictured.parent / "given").exists()
