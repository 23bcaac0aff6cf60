"""What creators show outside their interests: it is told to who asks, once for each thing, and stops nothing."""

import json

import pytest
from click.testing import CliRunner

from building import DEMO_NOW, edit, write
from checking import NOW
from storefront import pipeline, wordforms
from storefront.cli import group

MAYA = "content/influencers/maya"
PROFILE, KIT, POST = f"{MAYA}/profile.yaml", f"{MAYA}/lists/kit.yaml", f"{MAYA}/posts/first-frost.yaml"
REVIEW = f"{MAYA}/reviews/merino-tee.yaml"
TEE = "content/products/merino-tee.yaml"
SOCKS = "title: Long socks\nbrand: fjell\ncategory: Clothing > Socks\n"
GLUE = "title: Wood glue\nbrand: fjell\ncategory: Workshop > Glue\n"


def interested(site, *words: str):
    (site / PROFILE).write_text((site / PROFILE).read_text() + f"interests: {json.dumps(words, ensure_ascii=False)}\n")
    return site


def told(site) -> list[str]:
    """Each note as its code and place."""
    found = pipeline.check(site, NOW, 1, fit=True).warnings
    return [f"{problem.code} {problem.place}" for problem in found if problem.code.endswith("-interests")]


def test_a_thing_that_meets_no_interest_is_told_once_where_it_is_shown_first(site):
    assert told(interested(site, "Pottery", "Jazz")) == [f"outside-interests {KIT}:3:5"]


def test_a_note_names_the_thing_its_kind_the_interests_and_both_ways_out(site):
    interested(site, "Pottery", "Jazz")
    result = CliRunner().invoke(group, ["check", "--root", str(site), "--now", "2026-11-25", "--fit"])
    assert result.exit_code == 0
    note, hint, summary = result.output.splitlines()
    told = "“Merino Tee” (Clothing > Base layers) meets no interest of maya: Pottery, Jazz"
    ways = "Write why: and the reason it is here, or name what it belongs to under interests:"
    assert note == f"{KIT}:3:5: warning: outside-interests: {told}"
    assert hint == f"    {ways} in {PROFILE}:14:1."
    assert summary.startswith("No problems")


def test_a_thing_fits_by_what_she_knows_well(site):
    edit(interested(site, "Pottery") / PROFILE, "interests:", "expertise: [Knitting]\ninterests:")
    [note] = [problem.message for problem in pipeline.check(site, NOW, 1, fit=True).warnings]
    assert note.endswith("meets no interest or expertise of maya: Pottery, Knitting")
    edit(site / PROFILE, "Knitting", "Base layers")
    assert not told(site)


def test_whoever_declares_what_she_knows_has_declared_something(site):
    edit(interested(site, "Pottery") / PROFILE, 'interests: ["Pottery"]', "expertise: [Knitting]")
    assert told(site) == [f"outside-interests {KIT}:3:5"]


def test_nothing_is_told_unless_it_is_asked_for(site):
    interested(site, "Pottery")
    assert not pipeline.check(site, NOW, 1, advise=True).warnings


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (KIT, "note:", "why: I glaze in it.\n    note:"),
        (KIT, "no smell.", "no smell of potters."),
        (KIT, "note:", "used_for: two years of pottery\n    note:"),
        (KIT, "Winter running kit", "Potter’s kit"),
        (KIT, "items:", "intro: What I wear at the wheel, a potter’s one.\nitems:"),
        (KIT, "note:", "status: retired\n    reason: Clay does not wash out.\n    note:"),
        (TEE, "Merino Tee", "Potters’ Tee"),
        (TEE, "Base layers", "For potters"),
        (TEE, "offers:", "best_for: [potters]\noffers:"),
        (TEE, "offers:", "specs: {Made for: Potters}\noffers:"),
        (TEE, "offers:", "highlights: {wheel: Potters like it}\noffers:"),
        (POST, "First frost", "First potters"),
        (POST, "at:", "note: Potters dry beside it.\n    at:"),
        (REVIEW, "Warm when wet", "Potters are warm"),
        (REVIEW, "provenance:", "used_for: one year of pottery\nprovenance:"),
        (PROFILE, "Pottery", "Clothes"),
    ],
)
def test_a_thing_fits_by_a_reason_or_by_any_word_that_is_said_of_it(site, file, old, new):
    interested(site, "Pottery")
    assert told(site)
    edit(site / file, old, new)
    if new == "Clothes":
        edit(site / TEE, "Clothing", "Cloths")
    assert not told(site)


def test_what_a_thing_is_not_for_is_no_interest(site):
    interested(site, "Pottery")
    edit(site / TEE, "offers:", "not_for: [pottery]\noffers:")
    assert told(site)


def test_a_thing_fits_beside_one_that_meets_an_interest_and_not_in_another_branch(site):
    interested(site, "Merino")
    write(site, {"content/products/socks.yaml": SOCKS, "content/products/glue.yaml": GLUE})
    edit(site / KIT, "items:\n", "items:\n  - product: socks\n  - product: glue\n")
    assert told(site) == [f"outside-interests {KIT}:4:5"]
    edit(site / KIT, "title: Winter running kit", "title: Merino and other wool")
    assert not told(site)


def test_a_reason_is_for_one_thing_and_not_for_its_neighbours(site):
    interested(site, "Pottery")
    write(site, {"content/products/socks.yaml": SOCKS})
    edit(site / KIT, "    note:", "    why: For the walk home.\n    note:")
    edit(site / KIT, "items:\n", "items:\n  - product: socks\n")
    assert told(site) == [f"outside-interests {KIT}:3:5"]


def test_things_of_a_list_s_own_posts_and_reviews_are_told_where_they_stand(site):
    interested(site, "Pottery")
    own = "items:\n  - title: Ice axe\n    link: https://nordshop.example/axe\n"
    (site / KIT).write_text("title: Winter running kit\n" + own)
    assert told(site) == [f"outside-interests {KIT}:3:5", f"outside-interests {POST}:6:5"]
    (site / POST).unlink()
    assert told(site) == [f"outside-interests {KIT}:3:5", f"outside-interests {REVIEW}:1:1"]
    interested(write(site, {PROFILE: (site / PROFILE).read_text().partition("interests")[0]}), "Ice axes", "Merino")
    assert not told(site)


def test_who_declares_nothing_is_not_judged_and_told_how_once_for_all(site):
    assert told(site) == [f"no-interests {PROFILE}:1:1"]
    ola = 'name: Ola Nordmann\naffiliate: {awin: {publisher: "78"}}\n'
    write(site, {"content/influencers/ola.yaml": ola})
    assert told(site) == [f"no-interests {PROFILE}:1:1"]  # who shows nothing is not asked
    lists = "lists: {cosy: {title: Cosy, items: [{product: merino-tee}]}}\n"
    write(site, {"content/influencers/ola.yaml": ola + lists})
    (note,) = [each for each in pipeline.check(site, NOW, 1, fit=True).warnings if each.code == "no-interests"]
    assert "are declared by maya, ola, so" in note.message


def test_what_is_held_back_is_not_judged(site):
    interested(site, "Pottery")
    edit(site / KIT, "    note:", "    draft: true\n    note:")
    for file in (POST, REVIEW):
        (site / file).write_text("draft: true\n" + (site / file).read_text())
    assert not told(site)


@pytest.mark.parametrize(
    ("interest", "text"),
    [
        ("baking", "To bake with"),
        ("Bake", "A baking tin"),
        ("Kochen", "Kochgeschirr aus Gusseisen"),
        ("Kochgeschirr", "kochen"),
        ("Zimmerpflanzen", "Pflanzen"),
        ("Pflanzen", "Für Zimmerpflanzen"),
        ("Café life", "A cafe chair"),
        ("bijoux d’été", "BIJOUX"),
        ("Reisen", "REISETASCHE"),
        ("lamps", "Desk lamp"),
        ("DIY", "A diy kit"),
        ("Tea", "Teas & coffee"),
        ("旅行", "軽い旅行用品"),
        ("家庭料理", "料理の道具"),
        ("手作りパン", "パンナイフ"),
        ("りょうり", "おりょうりのほん"),
        ("DIY工具", "电动工具箱"),
        ("การเดินทาง", "กระเป๋าสำหรับการเดินทาง"),
        ("요리", "요리도구 세트"),
        ("किताबें पढ़ना", "किताब"),
        ("готовка", "Всё для готовки"),
        ("μαγειρική", "Σκεύη μαγειρικής"),
        ("القهوة", "طاحونة القهوة"),
    ],
)
def test_words_meet_in_other_forms_and_in_any_language(interest, text):
    assert wordforms.has_any(wordforms.telling_words(interest), text)


@pytest.mark.parametrize(
    ("interest", "text"),
    [
        ("Trail running", "Strength training"),
        ("Lamps", "Lamb chops"),
        ("Feeding a crowd", "A pan for one"),
        ("Tea", "Steam iron"),
        ("Pop art", "Poppy seeds, artisan made"),
        ("キャンプ", "シャンプー"),
        ("旅行", "料理の道具"),
        ("手作りパン", "切り花"),
        ("Jazz", ""),
        ("🌱", "A plant 🌱"),
    ],
)
def test_words_that_are_others_do_not_meet(interest, text):
    assert not wordforms.has_any(wordforms.telling_words(interest), text)


def test_the_demo_is_told_little(demo):
    notes = [each for each in pipeline.check(demo.root, DEMO_NOW, 1, fit=True).warnings if "interest" in each.code]
    assert {each.code for each in notes} == {"outside-interests"}
    assert len(notes) < 20
    assert any("Strawberry jam" in each.message and "greta" in each.message for each in notes)
