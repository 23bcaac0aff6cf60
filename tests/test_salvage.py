"""A mistake in a file hides no other: the names in it are judged in the same run, and nothing false follows from it."""

from pathlib import Path

import pytest
import yaml

from checking import problems_of, site_with, written
from storefront import disclosure, links, records
from storefront.catalog import references

CASES = {
    path.parent.name: path.parent
    for path in sorted((Path(__file__).parent / "invalid").glob("unknown-reference/*/expected.txt"))
}
# Rules, and names that are looked up in a file that has the other mistake itself.
LATER = {
    "list-of-a-section",
    "promo-where-there-is-none",
    "item-of-no-member",
    "stranger-in-a-timetable",
}
PROFILE = "content/influencers/maya/profile.yaml"
KIT = "content/influencers/maya/lists/kit.yaml"
RICH = {
    "content/squads/runners.yaml": (
        "{name: Runners, steward: The club, members: [maya], releases: [{audience: 'squad:runners', at: 2026-12-01}],"
        " lists: {kit: {title: Kit, items: [{member: maya, product: merino-tee, list: kit}]}}}"
    ),
    "content/samples/maya.yaml": (
        "{samples: [{product: merino-tee, expectation: none, received: 2026-09-01}],"
        " rewards: [{review: merino-tee, kind: code, date: 2026-10-20}]}"
    ),
    "content/campaigns/frost.yaml": (
        "{title: Frost, brand: fjell, window: {from: 2026-11-01, until: 2027-02-28}, disclosure: paid,"
        " participants: [{creator: maya}]}"
    ),
    "content/recalls.yaml": (
        "{recalls: [{id: seams, products: [merino-tee], date: 2026-11-01, notice: Seams open. Send it back.}]}"
    ),
}


def told(root):
    """What is told of names, and the problems of shape, of a site's content."""
    loaded = records.load(root)
    networks, _ = links.of_site(root)
    return references.check_loaded(loaded, networks, disclosure.of_site(root)), loaded.problems


@pytest.mark.parametrize("case", sorted(CASES.keys() - LATER))
def test_a_name_that_leads_nowhere_is_told_beside_another_mistake(case, tmp_path):
    expected = (CASES[case] / "expected.txt").read_text()
    site = site_with(tmp_path, CASES[case])
    path = site / expected.partition(":")[0]
    text = path.read_text().rstrip()
    path.write_text(f"{text[:-1]}, shade: dark}}\n" if text.startswith("{") else f"{text}\nshade: dark\n")
    said = written(problems_of(site))
    assert "unknown-key: unknown key shade" in said
    assert expected in said


def test_a_repeated_key_hides_no_other_mistake(tmp_path):
    text = "title: Kit\ntitle: Winter kit\nitems:\n  - product: merino-te\n  - product: merino-tee\n    nots: Warm.\n"
    assert written(problems_of(site_with(tmp_path, {KIT: text}))).splitlines()[::2] == [
        f"{KIT}:2:1: duplicate-key: the key title appears twice here",
        f"{KIT}:4:5: unknown-reference: there is no product merino-te",
        f"{KIT}:6:5: unknown-key: unknown key nots",
    ]


def test_what_names_a_file_with_a_mistake_is_no_mistake(tmp_path):
    site = site_with(tmp_path, {"content/products/merino-tee.yaml": "title: Tee\nbrand: fjell\ncategory: [Tops]\n"})
    assert [problem.code for problem in problems_of(site)] == ["wrong-type"]


def _paths(data, path=()):
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*path, key)
        yield from _paths(value, (*path, key))


def _spoilt(data, path, how):
    """`data` with the value at a path spoilt, or with a slip in its key."""
    *before, key = path
    group = data
    for step in before:
        group = group[step]
    if how != "misspell":
        group[key] = {"list": [["x"]], "group": {"xq": {"y": "z"}}, "text": "%% \u00e4"}[how]
    elif isinstance(key, str):
        kept = {f"{name}zz" if name == key else name: value for name, value in group.items()}
        group.clear()
        group.update(kept)
    return data


@pytest.mark.parametrize("how", ["misspell", "list", "group", "text"])
def test_one_mistake_is_told_and_no_other_follows_from_it(how, tmp_path):
    site = site_with(tmp_path, RICH)
    assert told(site) == ([], [])
    for path in sorted((site / "content").rglob("*.yaml")):
        text = path.read_text()
        for keys in _paths(yaml.load(text, yaml.BaseLoader)):
            path.write_text(yaml.safe_dump(_spoilt(yaml.load(text, yaml.BaseLoader), keys, how), sort_keys=False))
            of_names, of_shape = told(site)
            if of_shape:  # else the slip is in a name that a creator gives, such as a code's
                assert of_names == [], (path.name, keys)
        path.write_text(text)
