"""A site's own market packs: laid over the shipped ones key by key, and as strictly read as content."""

import pytest

from building import built, write
from checking import problems_of, site_with, written
from storefront import disclosure
from storefront.disclosure.own import laid_over
from storefront.vocabulary.common import Relationship

R = Relationship


def own(tmp_path, files):
    return disclosure.of_site(site_with(tmp_path, {f"markets/{name}": text for name, text in files.items()}))


def test_most_sites_have_none(tmp_path):
    assert disclosure.of_site(site_with(tmp_path, {})) == disclosure.OwnPacks()


def test_one_text_is_changed_and_the_rest_stays(tmp_path):
    found = own(tmp_path, {"gb.yaml": "texts: {en: {badges: {gifted: 'Ad · a present from {brand}'}}}\n"})
    assert found.problems == ()
    (pack,) = found.packs
    assert pack.texts["en"].badges[R.GIFTED] == "Ad · a present from {brand}"
    assert pack.texts["en"].badges[R.PAID] == "Ad · paid by {brand}"
    assert pack.rules.keys() == disclosure.packs()["gb"].rules.keys()
    assert disclosure.find("gb", found.packs) is pack
    assert disclosure.wording(("gb",), "en", found.packs).badges[R.GIFTED] == "Ad · a present from {brand}"


def test_the_shipped_pack_is_as_it_was(tmp_path):
    own(tmp_path, {"gb.yaml": "texts: {en: {label: Advert}}\n"})
    assert disclosure.packs()["gb"].texts["en"].label == "Ad"


def test_an_equivalent_mention_is_a_root_of_the_sites_own(tmp_path):
    text = """
rules:
  FR-01: {begins: {fr: [Publicité, Collaboration commerciale, Annonce]}}
texts:
  fr: {badges: {gifted: "Annonce · produit offert par {brand}"}}
"""
    (pack,) = own(tmp_path, {"fr.yaml": text}).packs
    assert disclosure.wording(("fr",), "fr", (pack,)).badges[R.GIFTED] == "Annonce · produit offert par {brand}"


def new_pack(**changed):
    lines = {"name": "Norge", "reviewed_on": "2026-11-22", "sources": "[https://www.forbrukertilsynet.no]"} | changed
    badges = "".join(f"      {each}: Reklame · {each} {{brand}}\n" for each in disclosure.LABELLED)
    said = "".join(f"      {each}: Something of {{brands}}.\n" for each in disclosure.LABELLED)
    return "".join(f"{key}: {value}\n" for key, value in lines.items()) + (
        f"rules:\n  NO-01: {{says: Reklame first., proof: text, begins: {{en: [Reklame]}}}}\n"
        f"texts:\n  en:\n    label: Reklame\n    shared: Shared.\n    badges:\n{badges}    statements:\n{said}"
    )


def test_a_market_is_added(tmp_path):
    site = site_with(tmp_path, {"markets/no.yaml": new_pack(), "content/site.yaml": SITE.format("[no]")})
    assert problems_of(site) == []
    (pack,) = disclosure.of_site(site).packs
    assert (pack.id, pack.name) == ("no", "Norge")
    assert disclosure.wording(("no",), "en", (pack,)).badges[R.PAID] == "Reklame · paid {brand}"


SITE = "title: Four Shelves\nurl: https://shelves.example\nlocale: en-GB\ntimezone: Europe/London\nmarkets: {}\n"


def test_packs_that_cannot_be_satisfied_together_are_told_where_they_are_listed(tmp_path):
    site = site_with(tmp_path, {"markets/no.yaml": new_pack(), "content/site.yaml": SITE.format("[gb, no]")})
    first, hint = written(problems_of(site)).splitlines()
    assert first.startswith("content/site.yaml:5:1: wording: no badge for paid, ")
    assert first.endswith(" satisfies the rules of gb, no together")
    assert hint.strip() == "Correct the roots and texts of the packs in markets/."


def test_a_pack_with_mistakes_is_told_once_and_its_market_is_not_called_unknown(tmp_path):
    site = site_with(tmp_path, {"markets/no.yaml": "name: Norge\n", "content/site.yaml": SITE.format("[no]")})
    assert {problem.place.file for problem in problems_of(site)} == {"markets/no.yaml"}


def test_a_link_is_not_followed(tmp_path):
    site = site_with(tmp_path, {})
    (site / "markets").mkdir()
    (site / "markets/gb.yaml").symlink_to("/etc/hostname")
    (problem,) = disclosure.of_site(site).problems
    assert (problem.code, problem.place.file) == ("unreadable", "markets/gb.yaml")


@pytest.mark.parametrize("file", [".notes.yaml", ".gb.yaml.swp"])
def test_names_that_begin_with_a_dot_are_passed_over(file, tmp_path):
    assert own(tmp_path, {file: "nonsense: ["}) == disclosure.OwnPacks()


def test_keys_of_ones_own_are_free(tmp_path):
    assert own(tmp_path, {"gb.yaml": "x-lawyer: Ada\ntexts: {en: {x-note: seen}}\n"}).problems == ()


def test_maps_are_laid_over_and_lists_replaced():
    below = {"a": {"b": 1, "c": [1, 2]}, "d": 3}
    assert laid_over(below, {"a": {"c": [4]}, "e": 5}) == {"a": {"b": 1, "c": [4]}, "d": 3, "e": 5}
    assert below == {"a": {"b": 1, "c": [1, 2]}, "d": 3}


def test_the_pages_of_a_site_use_its_own_words(site):
    write(site, {"markets/gb.yaml": "texts: {en: {badges: {affiliate: Advert · I earn from this link}}}\n"})
    page = (built(site).output / "maya/index.html").read_text()
    assert "Advert · I earn from this link" in page
    assert "Ad · affiliate link" not in page


def test_a_changed_pack_makes_pages_anew(site):
    before = built(site)
    write(site, {"markets/gb.yaml": "texts: {en: {badges: {affiliate: Advert · I earn from this link}}}\n"})
    unlabelled = len(list((site / "site/search/index").iterdir()))  # the search index has no words of any market
    assert built(site).report.rendered == before.report.rendered - unlabelled > 0
    assert built(site).report.rendered == 0
