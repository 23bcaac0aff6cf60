"""Of somebody under age the first name is told, whoever writes more of it, and wherever."""

from datetime import UTC, datetime

import pytest

from building import build, bytes_of, edit, html_of, picture, write
from checking import NOW, problems_of
from communities.site import IDA
from storefront.leaks import leaks
from storefront.live import LiveSite

SMALL = "name: Small Feet\nsteward: The school\nmembers: [ida]\nminors: true\n"
HERS = (
    "snippets:\n  - {id: tip, kind: tip, product: merino-tee, date: 2026-11-02, text: Wash it cold., "
    "relationship: gifted, rights: {holder: HOLDER, credit: CREDIT, channels: [site, brand]}}\n"
    "posts:\n  - {id: frost, date: 2026-11-01, title: Frost, media: [{src: media/a.jpg, alt: Ice}], "
    "rights: {credit: CREDIT}}\n"
)


@pytest.fixture
def young(site):
    return write(site, {"content/squads/small.yaml": SMALL, f"{IDA}/media/a.jpg": picture()})


def pictured(site, holder, named):
    path = site / f"{IDA}.yaml"
    path.write_text(path.read_text() + HERS.replace("HOLDER", holder).replace("CREDIT", named))
    build(site)
    return html_of(site / "site")


@pytest.mark.parametrize("holder", ["Ida Berg", "Kari Berg", "The Bergs / Berg AS", "IDA BERG"])
def test_who_is_named_beside_her_pictures_is_told_without_her_family_name(young, holder):
    pages = pictured(young, holder, holder)
    assert "Wash it cold." in pages["embed/snippet/ida/tip/"]
    for path, html in pages.items():
        assert "berg" not in html.replace("Bergen", "").casefold(), path
    assert leaks(young, young / "site", NOW).problems == []


def test_others_are_named_beside_her_pictures(young):
    pages = pictured(young, "Fjell AS", "Photo Olsen")
    assert "Fjell AS" in pages["embed/snippet/ida/tip/"]
    assert "Photo Olsen" in pages["ida/posts/frost/"]


def test_of_somebody_grown_up_all_is_named(site):
    write(site, {f"{IDA}/media/a.jpg": picture()})
    assert "Kari Berg" in pictured(site, "Kari Berg", "Ida Berg")["embed/snippet/ida/tip/"]


def test_the_site_itself_tells_no_whole_name_but_that_of_its_publisher(young):
    edit(young / "content/site.yaml", "title:", "publisher: {name: Ida Berg}\ntitle:")
    assert problems_of(young) == []
    edit(young / "content/site.yaml", "title:", "tagline: What Ida Berg runs in\ntitle:")
    [found] = problems_of(young)
    assert (found.code, found.place.file, found.message) == (
        "minors",
        "content/site.yaml",
        "this has the whole name of a minor",
    )


@pytest.mark.parametrize("file", ["ida-berg.jpg", "IdaBerg 3.jpg", "Berg_at_dawn.jpg"])
def test_no_picture_of_hers_is_called_by_her_family_name(young, file):
    path = young / f"{IDA}.yaml"
    path.write_text(path.read_text() + f"avatar: {{src: media/{file}, alt: A runner}}\n")
    write(young, {f"content/influencers/media/{file}": picture()})
    [found] = problems_of(young)
    assert (found.code, found.place.file) == ("minors", f"{IDA}.yaml")
    assert "name of this picture" in found.message


def test_no_picture_of_others_is_called_by_her_whole_name(young):
    product = young / "content/products/merino-tee.yaml"
    for name, wrong in (("worn-by-ida_berg.jpg", 1), ("the-berg.jpg", 0), ("ida.jpg", 0)):
        (young / "content/products/media/merino-tee.jpg").rename(young / f"content/products/media/{name}")
        was = product.read_text()
        edit(product, "media/merino-tee.jpg", f"media/{name}")
        assert [each.code for each in problems_of(young)] == ["minors"] * wrong
        product.write_text(was)
        (young / f"content/products/media/{name}").rename(young / "content/products/media/merino-tee.jpg")


@pytest.mark.parametrize(("code", "wrong"), [("IDABERG15", 1), ("Ida-Berg", 1), ("IDA_BERG_15", 1), ("IDA15", 0)])
def test_no_code_of_hers_has_her_whole_name(young, code, wrong):
    path = young / f"{IDA}.yaml"
    path.write_text(path.read_text() + f"promos: {{{code}: {{merchant: nordshop, percent_off: 10}}}}\n")
    assert [each.code for each in problems_of(young)] == ["minors"] * wrong


def test_leakcheck_finds_a_name_that_stands_in_her_rights(young, tmp_path):
    pictured(young, "Ida Berg", "Ida Berg")
    write(tmp_path, {"public/maya/index.html": "<p>with Ida <b>Berg</b></p>"})
    [found] = leaks(young, tmp_path / "public", NOW).problems
    assert "under age" in found.message


@pytest.mark.parametrize("text", ["She runs with Ida Berg.", "Ida *Berg*’s tee", "ida-berg", "Berg, Ida"])
def test_an_edit_of_somebody_else_cannot_tell_it_either(young, text):
    live = LiveSite(young, NOW)
    edit(young / "content/influencers/maya/lists/kit.yaml", "no smell", f"no smell. {text}")
    live.refresh()
    assert [each.code for each in live.problems] == ["minors"]
    assert [each.code for each in problems_of(young)] == ["minors"]


def test_an_edit_after_a_build_is_looked_through(young):
    from storefront.problems import ProblemsFound

    build(young)
    edit(young / "content/influencers/maya/lists/kit.yaml", "no smell", "no smell, says Ida Berg")
    with pytest.raises(ProblemsFound) as found:
        build(young, now=datetime(2026, 11, 22, tzinfo=UTC))
    assert [each.code for each in found.value.problems] == ["minors"]


@pytest.mark.parametrize("text", ["Ida and the iceberg", "Berg and Ida", "Idas Berg"])
def test_other_words_are_no_name(young, text):
    edit(young / "content/influencers/maya/lists/kit.yaml", "no smell", text)
    assert problems_of(young) == []


@pytest.mark.parametrize(
    ("name", "handle", "first"),
    [
        ("Nagy Anna", "anna", "Anna"),
        ("Nagy Anna\nlocale: hu", "runner7", "Anna"),
        ("山田 花子", "hanako", "花子"),
        ("Ida Berg", "runner7", "Ida"),
        ("Nguyễn Thị Lan", "lan", "Lan"),
    ],
)
def test_she_goes_by_the_name_in_her_address_and_the_rest_is_told_nowhere(young, name, handle, first):
    for path in (young / f"{IDA}.yaml", *(young / "content").rglob("*.yaml")):
        text = path.read_text().replace("name: Ida Berg", f"name: {name}").replace("member: ida,", f"member: {handle},")
        path.write_text(text.replace("to: ida,", f"to: {handle},").replace("ida, ola", f"{handle}, ola"))
    edit(young / "content/squads/small.yaml", "[ida]", f"[{handle}]")
    (young / f"{IDA}.yaml").rename(young / f"content/influencers/{handle}.yaml")
    build(young)
    pages = bytes_of(young / "site")
    assert f">{first}<" in pages[f"{handle}/index.html"].decode()
    others = [word.encode() for word in name.partition("\n")[0].split() if word != first]
    assert [path for path, data in pages.items() if any(word in data for word in others)] == []
    assert leaks(young, young / "site", NOW).problems == []
    edit(young / "content/influencers/maya/lists/kit.yaml", "no smell", f"no smell, says {others[0].decode()} {first}")
    assert [each.code for each in problems_of(young)] == ["minors"]


def test_names_in_other_letters_are_found(young):
    edit(young / f"{IDA}.yaml", "Ida Berg", "Ида Берг")
    edit(young / "content/squads/small.yaml", "The school", "Мария Берг")
    assert [(each.code, each.place.line) for each in problems_of(young)] == [("minors", 2)]


@pytest.mark.parametrize("key", ["steward: kari@run.example", "access: {kind: waitlist, text: Call +47 22 33 44 55}"])
def test_a_contact_is_found_in_all_that_a_squad_says(young, key):
    name = key.partition(":")[0]
    text = "".join(line for line in SMALL.splitlines(keepends=True) if not line.startswith(name))
    write(young, {"content/squads/small.yaml": f"{text}{key}\n"})
    assert [each.code for each in problems_of(young)] == ["personal"]
