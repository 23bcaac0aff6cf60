"""Squads, calls, thanks and snippets on pages: who is named, whose each thing is, and what stays labelled."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from building import REPOSITORY, build, copy_of_minimal, edit, html_of, trees_of, write
from checking import problems_of
from communities.site import BRAND, CALL, IDA, PROFILE, SQUAD
from storefront.cli import group
from storefront.gather import gather
from storefront.problems import ProblemsFound

THEME = REPOSITORY / "themes" / "editorial" / "templates"
LATER = datetime(2026, 12, 20, tzinfo=UTC)


def text_of(tree):
    return " ".join(tree.body.text(separator=" ").split())


def test_a_squad_names_those_who_let_it_and_counts_the_others(pages):
    said = text_of(pages["squads/runners/"])
    assert "Trondheim, Norway" in said
    assert "The running club" in said
    assert "It is forming" in said
    assert [each.text(strip=True) for each in pages["squads/runners/"].css(".person h3")] == ["Maya Lind", "Ida Berg"]
    assert "Ola" not in said
    assert "1 member is not named here." in said


def test_squads_are_listed_by_town(pages):
    [part] = pages["squads/"].css(".part")
    assert part.css_first("h2").text(strip=True) == "Trondheim, Norway"
    assert part.css_first("a").attributes["href"] == "/squads/runners/"


def test_each_thing_of_a_shared_list_says_whose_it_is_and_how_she_came_to_it(pages):
    [mention] = pages["squads/runners/"].css(".mention")  # Ola's is not shown: he may not be named
    assert mention.css_first(".mention__who a").text(strip=True) == "Ida Berg"
    assert mention.css_first(".mention__product a").attributes["href"] == "/products/merino-tee/"
    assert "Two sizes up" in mention.text()
    assert any("gift" in each.text().lower() for each in mention.css(".got"))
    badges = [each.text(strip=True) for each in mention.css(".badge")]
    assert any("received free" in each or "gift" in each.lower() for each in badges)
    assert pages["squads/runners/"].css_first(".statement") is not None


def test_a_member_leads_to_her_squad_and_others_do_not(pages):
    assert pages["ida/"].css_first('a[href="/squads/runners/"]') is not None
    assert pages["ola/"].css_first('.ties a[href="/squads/runners/"]') is None


def test_a_call_tells_what_is_given_and_that_it_must_be_labelled(pages):
    said = text_of(pages["calls/testers/"])
    assert "The shirt" in said
    assert "has to be labelled" in said
    assert "Ad · gifted by Fjell." in said
    [link] = pages["calls/testers/"].css(".community__action a")
    assert link.attributes["href"] == "https://forms.example/sweat"


def test_a_call_that_is_over_stays_and_leads_nowhere(site):
    build(site, now=LATER)
    tree = trees_of(site / "site")["calls/testers/"]
    assert "This call is over." in text_of(tree)
    assert tree.css_first(".community__action") is None


def test_thanks_name_those_who_let_it(pages):
    for path in ("thanks/", "brands/fjell/"):
        said = text_of(pages[path])
        assert "Found the loose seam" in said
        assert "Drew the seam" not in said
        assert "Ola" not in said


def test_a_snippet_bears_its_label_and_who_is_to_be_named(pages):
    [snippet] = pages["brands/fjell/"].css(".snippet")
    assert "Warm when wet, which no cotton is." in snippet.text()
    assert "Maya of the canal" in snippet.text()
    assert snippet.css_first(".badges .badge") is not None
    assert "/embed/snippet/maya/cold/" in snippet.css_first("code").text()
    embed = pages["embed/snippet/maya/cold/"]
    assert embed.css_first(".badges .badge") is not None
    assert embed.css_first(".statement") is not None
    assert not embed.css("script")


def test_no_page_tells_the_proof_of_an_agreement(whole):
    assert not any("Mail 77" in html for html in html_of(whole.output).values())


def test_a_snippet_is_gone_when_its_rights_are(site):
    report = build(site)
    assert report.next_change is not None
    [warning] = gather(site, LATER).warnings
    assert (warning.code, warning.place.file) == ("expired-rights", PROFILE)
    build(site, now=LATER)
    pages = html_of(site / "site")
    assert "embed/snippet/maya/cold/" not in pages
    assert not any("which no cotton is" in html for html in pages.values())


@pytest.mark.parametrize(("channels", "here", "elsewhere"), [("[site]", True, False), ("[brand]", False, True)])
def test_a_snippet_is_shown_where_that_was_granted(site, channels, here, elsewhere):
    edit(site / PROFILE, "channels: [site, brand]", f"channels: {channels}")
    build(site)
    pages = html_of(site / "site")
    assert ("which no cotton is" in pages["brands/fjell/"]) is here
    assert ("embed/snippet/maya/cold/" in pages) is elsewhere


@pytest.mark.parametrize(
    ("part", "old"),
    [
        ("parts/together.html", "{{ badges(each.badges) }}"),
        ("parts/mention.html", "{{ mention.shop.html }}"),
    ],
)
def test_a_theme_that_drops_a_label_of_these_pages_is_refused(site, part, old):
    text = (THEME / part).read_text()
    assert old in text
    link = '<a class="buy" href="https://nordshop.example/tee">Buy</a>' if "shop" in old else ""
    write(site, {f"themes/editorial/templates/{part}": text.replace(old, link)})
    with pytest.raises(ProblemsFound) as failure:
        build(site)
    assert {each.code for each in failure.value.problems} & {"undisclosed", "unaccounted"}


def test_how_one_gets_in_is_told_with_figures(site):
    entrance = "access: {kind: waitlist, capacity: 9, url: https://forms.example/join, text: Be honest.}\ntitle:"
    edit(site / "content/site.yaml", "title:", entrance)
    write(site, {"content/influencers/eli.yaml": "name: Eli Dahl\nstatus: waitlisted\napplied: 2026-11-01\n"})
    build(site)
    pages = trees_of(site / "site")
    said = text_of(pages["join/"])
    assert "waiting list" in said
    assert "Be honest." in said
    assert "Creators 3" in said
    assert "Places 9" in said
    assert "Waiting 1" in said
    assert pages["join/"].css_first(".community__action a").attributes["href"] == "https://forms.example/join"
    assert "eli/" not in pages
    assert not any("Eli" in html for html in html_of(site / "site").values())


@pytest.mark.parametrize(("count", "told"), [(38, "38 people are waiting"), (1, "1 person is waiting")])
def test_how_many_wait_is_told_with_the_day_they_were_counted(site, count, told):
    entrance = f"access: {{kind: waitlist, waiting: {{count: {count}, as_of: 2026-11-03}}}}\ntitle:"
    edit(site / "content/site.yaml", "title:", entrance)
    write(site, {"content/influencers/eli.yaml": "name: Eli Dahl\nstatus: waitlisted\napplied: 2026-11-01\n"})
    build(site)
    said = text_of(trees_of(site / "site")["join/"])
    assert f"{told}, as of 3 Nov 2026." in said
    assert "Waiting 1" not in said  # one number, and not two that differ


def test_a_squad_tells_how_many_wait_too(site):
    squad = site / SQUAD
    squad.write_text(squad.read_text() + "access: {kind: waitlist, waiting: {count: 4, as_of: 2026-11-03}}\n")
    build(site)
    assert "4 people are waiting, as of 3 Nov 2026." in text_of(trees_of(site / "site")[f"squads/{squad.stem}/"])


def test_a_site_without_any_of_it_has_none_of_its_pages(tmp_path):
    site = copy_of_minimal(tmp_path)
    build(site)
    pages = html_of(site / "site")
    assert not any(path.startswith(("squads/", "calls/", "thanks/", "join/")) for path in pages)
    assert 'href="/squads/"' not in pages[""]


# Minors


def with_minors(site, members="[ida]", **more):
    extra = "".join(f"{key}: {value}\n" for key, value in more.items())
    text = f"name: Small Feet\ncity: Trondheim\nsteward: The school\nmembers: {members}\nminors: true\n{extra}"
    return write(site, {"content/squads/small.yaml": text})


def test_a_minor_has_a_first_name_and_nothing_that_leads_to_her(site):
    build(with_minors(site))
    for path, html in html_of(site / "site").items():
        assert "Berg" not in html.replace("Bergen", ""), path
        assert "Bergen" not in html, path
        assert "idaberg-runs" not in html, path
    assert "Ida" in html_of(site / "site")["ida/"]
    for name in ("feed.xml", "feed.json", "index.json"):
        assert "Berg" not in (site / "site/ida" / name).read_text()


def test_a_draft_of_a_squad_keeps_minors_safe_too(site):
    build(with_minors(site, draft="true"))
    assert not any("Ida Berg" in html for html in html_of(site / "site").values())


def test_a_small_squad_of_minors_has_no_place_and_a_larger_one_has(site):
    build(with_minors(site))
    assert "Trondheim" not in html_of(site / "site")["squads/small/"]
    names = [f"kid{number}" for number in range(5)]
    write(site, {f"content/influencers/{name}.yaml": f"name: {name}\n" for name in names})
    build(with_minors(site, f"[{', '.join(names)}]", place_from=5))
    assert "Trondheim" in html_of(site / "site")["squads/small/"]


def test_nobody_can_lower_how_many_make_a_group(site):
    found = problems_of(with_minors(site, place_from=2))
    assert [(each.code, each.place.line) for each in found] == [("bad-value", 6)]


def test_words_of_a_squad_are_looked_through_as_all_are(site):
    edit(site / SQUAD, "They run *early*.", "Write to ida@run.example.")
    assert [each.code for each in problems_of(site)] == ["personal"]


def test_everything_here_is_formatted_and_named_by_its_file(site):
    edit(site / CALL, "title:", "id: other\ntitle:")
    edit(site / BRAND, "to: ida", "to: idda")
    edit(site / f"{IDA}.yaml", "product: merino-tee", "product: merino-te")
    codes = sorted(each.code for each in problems_of(site))
    assert codes.count("unknown-reference") >= 2
    assert "wrong-name" in codes


# What is to be done


def test_what_closes_and_what_runs_out_is_told_before(site):
    made = CliRunner().invoke(group, ["due", "--root", str(site), "--now", "2026-11-22", "--format", "json"])
    assert made.exit_code == 0
    told = made.output
    assert "call testers goes" in told
    assert "snippet cold goes" in told
