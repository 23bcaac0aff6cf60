"""What may become of a review, and what may not, in repositories whose history is made here."""

import json
import subprocess
import sys

import pytest
from history import ANSWERED, HAT, REVIEW, commit, git, said

from building import edit, write
from checking import NOW, problems_of
from storefront.against import compare
from storefront.problems import EnvironmentFailure

THERE = f"before:{REVIEW}:1:1"
PLAIN = """\
product: merino-tee
date: 2026-10-01
rating: 4.5
body: Warm when wet, and it does not itch.
provenance: purchased
"""
PROFILE = "content/influencers/maya/profile.yaml"
UPDATE = "  - date: 2026-11-10\n    text: It shrank a third time.\n"
REMOVAL = "status: removed\nremoved: {reason: author-request, by: Maya, date: 2026-11-20}\n"


def answered(old, new):
    assert old in ANSWERED
    return ANSWERED.replace(old, new)


# What must fail


def test_a_deleted_file(repository, against):
    (repository / REVIEW).unlink()
    found = against()
    assert said(found) == [f"{THERE}: review-gone: the review merino-tee by maya is gone"]
    assert "status: removed" in found.problems[0].hint


def test_a_deleted_entry_of_a_creators_one_file(repository):
    """The place is the entry's line in the commit, whatever the file holds today."""
    first = "  - {product: merino-tee, date: 2026-10-01, rating: 2, provenance: purchased}\n"
    entries = f"{first}  - {{product: hat, date: 2026-10-02, provenance: purchased}}\n"
    write(repository, {"content/influencers/noor.yaml": f"name: Noor\nreviews:\n{entries}"})
    commit(repository)
    edit(repository / "content/influencers/noor.yaml", first, "")
    assert said(compare(repository, "HEAD", NOW)) == [
        "HEAD:content/influencers/noor.yaml:3:5: review-gone: the review merino-tee by noor is gone"
    ]


def test_a_renamed_id(repository, against):
    (repository / REVIEW).rename(repository / "content/influencers/maya/reviews/tee.yaml")
    assert [line.partition(": ")[::2] for line in said(against())] == [
        (
            "content/influencers/maya/reviews/tee.yaml:1:1",
            "review-gone: the review merino-tee by maya of before has another id now, tee",
        )
    ]


def test_another_product_under_the_same_id(repository, against):
    edit(repository / REVIEW, "product: merino-tee", "product: hat")
    message = "the review merino-tee by maya was of merino-tee in before, and is of another product now"
    assert said(against()) == [f"{REVIEW}:1:1: review-gone: {message}"]


def test_a_removed_creator(repository, against):
    git(repository, "rm", "-r", "--quiet", "content/influencers/maya")
    assert [line.partition(": ")[2] for line in said(against())] == [
        "review-gone: the review hat by maya is gone with its creator",
        "review-gone: the review merino-tee by maya is gone with its creator",
    ]


@pytest.mark.parametrize("line", ["draft: true", "from: 2026-12-01", "embargo_until: 2026-12-01", "until: 2026-11-01"])
def test_a_review_that_is_held_back(repository, against, line):
    write(repository, {REVIEW: f"{PLAIN}{line}\n"})
    assert said(against()) == [f"{REVIEW}:6:1: review-gone: the review merino-tee by maya is not shown any more"]


@pytest.mark.parametrize("file", [PROFILE, "content/products/merino-tee.yaml", "content/brands/fjell.yaml"])
def test_a_review_that_is_held_back_with_what_it_belongs_to(repository, against, file):
    path = repository / file
    path.write_text(f"draft: true\n{path.read_text()}")
    assert f"{file}:1:1: review-gone: the review merino-tee by maya is not shown any more" in said(against())


def test_a_note_in_the_place_of_a_review_stays_too(repository):
    write(repository, {REVIEW: PLAIN + REMOVAL})
    commit(repository)
    (repository / REVIEW).unlink()
    assert [problem.code for problem in compare(repository, "HEAD", NOW).problems] == ["review-gone"]


def test_a_note_that_is_gone_was_not_renamed_to_the_review_after_it(repository):
    after = PLAIN.replace("2026-10-01", "2026-11-21")
    write(repository, {REVIEW: PLAIN + REMOVAL, "content/influencers/maya/reviews/tee.yaml": after})
    assert problems_of(repository) == []
    commit(repository)
    (repository / REVIEW).unlink()
    assert said(compare(repository, "HEAD", NOW)) == [
        f"HEAD:{REVIEW}:1:1: review-gone: the review merino-tee by maya is gone"
    ]


@pytest.mark.parametrize("now", ["5", "1"])
def test_stars_that_came_or_went(repository, against, now):
    edit(repository / REVIEW, "rating: 4.5", f"rating: {now}")
    found = against()
    assert said(found) == [f"{REVIEW}:3:1: review-stars: the rating was 4.5 and is {now}, against before"]
    assert found.problems[0].hint.startswith("Write rating: 4.5, ")
    assert str(found.problems[0].related[0]) == THERE


def test_stars_that_are_left_out(repository, against):
    edit(repository / REVIEW, "rating: 4.5\n", "")
    assert said(against()) == [f"{REVIEW}:1:1: review-stars: the rating was 4.5 and is none, against before"]


def test_the_first_rating_stays_even_beside_an_update(repository, against):
    edit(repository / REVIEW, "rating: 4.5", "rating: 5")
    with (repository / REVIEW).open("a") as file:
        file.write("updates:\n  - {date: 2026-11-10, rating: 5, text: I was wrong.}\n")
    assert [problem.code for problem in against().problems] == ["review-stars"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    rating: 1.5\n", "    rating: 4\n"),
        ("updates:\n  - date: 2026-10-01\n    rating: 1.5\n    text: It shrank again.\n", ""),
    ],
    ids=["rated otherwise", "deleted"],
)  # fmt: skip
def test_an_update_that_is_not_there_as_it_was(repository, against, old, new):
    write(repository, {HAT: answered(old, new)})
    assert [line.partition(": ")[2] for line in said(against())] == [
        "review-stars: the update of 2026-10-01 (1.5) is not there as it was, against before"
    ]


EDITS = {
    "title": ("title: Itches", "title: Tickles", "4:1", "title was changed"),
    "body": ("and it shrank", "and it shines", "5:1", "body was changed"),
    "pros": ("pros: [Warm]", "pros: [Warm, Soft]", "8:1", "pros was changed"),
    "cons": ("cons: [Itches]", "cons: []", "9:1", "cons was changed"),
    "provenance": ("provenance: gifted", "provenance: purchased", "10:1", "provenance was changed"),
    "incentive": (
        "incentive: {kind: product, value: 30.00 GBP}\n",
        "",
        "1:1",
        "what was received for the review was changed",
    ),
    "update": ("It shrank again", "It is fine", "15:5", "the update of 2026-10-01 was changed"),
}  # fmt: skip


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_after_an_answer(repository, against, what):
    old, new, place, message = EDITS[what]
    write(repository, {HAT: answered(old, new)})
    assert said(against()) == [f"{HAT}:{place}: review-edited: {message} after a brand had answered, against before"]


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_beside_a_new_update(repository, against, what):
    write(repository, {HAT: answered(*EDITS[what][:2]).replace("responses:", f"{UPDATE}responses:")})
    assert said(against()) == []


def test_stars_after_an_answer_stay_even_beside_an_update(repository, against):
    write(repository, {HAT: answered("rating: 2\n", "rating: 4\n").replace("responses:", f"{UPDATE}responses:")})
    assert [problem.code for problem in against().problems] == ["review-stars"]


def test_an_answer_that_is_gone(repository, against):
    write(repository, {HAT: ANSWERED.partition("responses:")[0]})
    assert said(against()) == [f"{HAT}:1:1: review-edited: an answer of fjell is gone, against before"]


def test_stars_that_change_while_a_review_was_removed(repository):
    write(repository, {REVIEW: PLAIN + REMOVAL})
    commit(repository)
    write(repository, {REVIEW: PLAIN.replace("4.5", "5")})
    assert [problem.code for problem in compare(repository, "HEAD", NOW).problems] == ["review-stars"]


def test_an_imported_review_that_is_gone(repository):
    file = "content/reviews/nordshop/merino-tee.yaml"
    head = "publisher: Nord Shop\nimported_on: 2026-11-01\nreviews:\n"
    good, bad = "  - {id: a1, date: 2026-10-01, rating: 5}\n", "  - {id: b2, date: 2026-10-02, rating: 1}\n"
    write(repository, {file: f"{head}{bad}{good}"})
    commit(repository)
    write(repository, {file: f"{head}{bad.replace('rating: 1', 'rating: 1, status: spam')}{good}"})
    assert problems_of(repository) == []
    assert said(compare(repository, "HEAD", NOW)) == []
    write(repository, {file: f"{head}{good}"})
    assert said(compare(repository, "HEAD", NOW)) == [
        f"HEAD:{file}:4:5: review-gone: the review b2 of merino-tee, imported from nordshop, is gone"
    ]
    (repository / file).unlink()
    assert len(compare(repository, "HEAD", NOW).problems) == 2
    write(repository, {file: "reviews: 7\n"})
    assert said(compare(repository, "HEAD", NOW)) == []  # the file has a problem of its own


# What must pass


def test_nothing_changed(against):
    found = against()
    assert (found.problems, found.unreadable, found.ever, found.published, found.removed) == ([], [], 2, 2, 0)
    assert not found.shallow


HONEST = {
    "an update": {REVIEW: f"{PLAIN}updates:\n  - {{date: 2026-11-10, rating: 3, text: The seam went.}}\n"},
    "a response": {REVIEW: f"{PLAIN}responses:\n  - {{by: fjell, date: 2026-11-10, text: Thank you.}}\n"},
    "a second response": {HAT: f"{ANSWERED}  - {{by: fjell, date: 2026-11-10, text: A new one is on its way.}}\n"},
    "a response mended by its brand": {HAT: answered("Wash it cold", "Wash it cold, please")},
    "words mended before any response": {REVIEW: PLAIN.replace("Warm when wet", "Warm even when wet")},
    "a tie told later": {REVIEW: PLAIN.replace("purchased", "gifted") + "incentive: {kind: product}\n"},
    "a text wrapped anew": {HAT: answered("  It itches,\n  and it shrank.\n", "  It itches, and\n  it shrank.\n")},
    "a review removed with its reason": {REVIEW: PLAIN + REMOVAL},
    "a removed review without its words": {
        HAT: f"product: hat\ndate: 2026-09-01\nprovenance: gifted\n{REMOVAL}",
    },
    "a new review": {
        "content/products/cup.yaml": "title: Cup\nbrand: fjell\ncategory: Kitchen\n",
        "content/influencers/maya/reviews/cup.yaml": (
            "product: cup\ndate: 2026-11-01\nrating: 4\nprovenance: purchased\n"
        ),
    },
}


@pytest.mark.parametrize("what", HONEST)
def test_honest_work(repository, against, what):
    write(repository, HONEST[what])
    assert problems_of(repository) == []
    assert said(against()) == []


def test_a_file_that_becomes_an_entry_of_the_creators_one_file(repository, against):
    for name in ("hat", "merino-tee"):
        (repository / f"content/influencers/maya/reviews/{name}.yaml").unlink()
    indented = "".join(f"    {line}\n" for line in ANSWERED.splitlines()).replace("    ", "  - ", 1)
    rest = "".join(f"    {line}\n" for line in PLAIN.splitlines()).replace("    ", "  - ", 1)
    with (repository / PROFILE).open("a") as file:
        file.write(f"reviews:\n{indented}{rest}")
    assert problems_of(repository) == []
    assert said(against()) == []


def test_a_creator_with_a_new_handle(repository, against):
    git(repository, "mv", "content/influencers/maya", "content/influencers/maya-lind")
    assert len(against().problems) == 2
    with (repository / "content/influencers/maya-lind/profile.yaml").open("a") as file:
        file.write("aliases: [maya]\n")
    assert said(against()) == []


def test_a_draft_was_never_published(repository):
    write(repository, {REVIEW: f"{PLAIN}draft: true\n"})
    commit(repository)
    (repository / REVIEW).unlink()
    found = compare(repository, "HEAD", NOW)
    assert (found.problems, found.ever) == ([], 1)


def test_a_file_with_a_problem_of_its_own_is_not_gone(repository, against):
    write(repository, {REVIEW: "product: [\n"})
    assert said(against()) == []


# The publication rate


def test_the_rate_counts_reviews_that_were_removed_or_came_and_went(repository, against):
    passing = repository / "content/influencers/maya/reviews/cup.yaml"
    passing.write_text("product: cup\ndate: 2026-11-01\nrating: 4\nprovenance: purchased\n")
    commit(repository)
    passing.unlink()
    commit(repository)
    write(repository, {REVIEW: PLAIN + REMOVAL})
    found = against()
    assert (found.ever, found.published, found.removed) == (3, 1, 1)
    assert said(found) == []


# Content of other days


def test_a_key_that_is_gone_from_the_vocabulary_hides_nothing(repository):
    write(repository, {REVIEW: f"{PLAIN}mood: good\n"})
    commit(repository)
    write(repository, {REVIEW: PLAIN.replace("4.5", "5")})
    found = compare(repository, "HEAD", NOW)
    assert [problem.code for problem in found.problems] == ["review-stars"]
    assert [str(each.place) for each in found.unreadable] == [f"HEAD:{REVIEW}:6:1"]


def test_of_a_review_that_can_be_read_in_part_only_its_presence_counts(repository):
    write(repository, {REVIEW: PLAIN.replace("4.5", "4.25")})
    commit(repository)
    write(repository, {REVIEW: PLAIN})
    found = compare(repository, "HEAD", NOW)
    assert (found.problems, [str(each.place) for each in found.unreadable]) == ([], [f"HEAD:{REVIEW}:3:1"])
    (repository / REVIEW).unlink()
    assert [problem.code for problem in compare(repository, "HEAD", NOW).problems] == ["review-gone"]


@pytest.mark.parametrize(
    "text",
    ["product: [\n", "- a\n- b\n", "", "product: merino-tee\n", "a: &x 1\nb: *x\n", "words\n", "x: " + "y" * 600_000],
)
def test_what_cannot_be_read_there_is_named(repository, text):
    write(repository, {REVIEW: text})
    commit(repository)
    (repository / REVIEW).unlink()
    found = compare(repository, "HEAD", NOW)
    assert found.problems == []
    assert found.unreadable
    assert all(str(each.place).startswith(f"HEAD:{REVIEW}") for each in found.unreadable)


def test_entries_beside_one_that_cannot_be_read_are_compared(repository):
    whole = "  - {product: hat, date: 2026-10-02, rating: 2, provenance: purchased}\n"
    write(
        repository, {"content/influencers/noor.yaml": f"name: Noor\nlists: 7\nreviews:\n  - {{product: 5 5}}\n{whole}"}
    )
    commit(repository)
    better = whole.replace("rating: 2", "rating: 4")
    write(repository, {"content/influencers/noor.yaml": f"name: Noor\nreviews:\n{better}"})
    assert [problem.code for problem in compare(repository, "HEAD", NOW).problems] == ["review-stars"]


# Where it works


def test_a_site_in_a_folder_of_its_repository(site, tmp_path):
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    (site / REVIEW).unlink()
    assert said(compare(site, "HEAD", NOW)) == [
        f"HEAD:{REVIEW}:1:1: review-gone: the review merino-tee by maya is gone"
    ]


def test_links_and_hidden_files_of_a_commit_are_passed_over(repository):
    (repository / "content/influencers/maya/reviews/link.yaml").symlink_to("/etc/passwd")
    write(repository, {"content/influencers/maya/reviews/.hidden.yaml": PLAIN})
    commit(repository)
    found = compare(repository, "HEAD", NOW)
    assert (found.problems, found.unreadable, found.ever) == ([], [], 2)


def test_nothing_is_checked_out(repository, against):
    edit(repository / REVIEW, "rating: 4.5", "rating: 5")
    before = git(repository, "status", "--porcelain=v2", "--branch")
    against()
    assert git(repository, "status", "--porcelain=v2", "--branch") == before


@pytest.mark.parametrize("ref", ["before", "main", "HEAD~1", "main@{0}"])
def test_any_name_of_a_commit(repository, ref):
    commit(repository)
    assert compare(repository, ref, NOW).ever == 2


@pytest.mark.parametrize(
    "ref",
    [
        "",
        "nowhere",
        "--help",
        "--output=x",
        "-",
        "HEAD:content",
        "before\nHEAD",
        "$(touch x)",
        "`touch x`",
        "; touch x",
        "\0",
    ],
)
def test_a_name_that_means_no_commit(repository, ref):
    files = sorted(repository.iterdir())
    with pytest.raises(EnvironmentFailure, match="knows no commit"):
        compare(repository, ref, NOW)
    assert sorted(repository.iterdir()) == files


def test_a_replaced_commit_deceives_nobody(repository, against):
    edit(repository / REVIEW, "rating: 4.5", "rating: 1")
    lie = commit(repository)
    git(repository, "replace", "before", lie)
    assert [problem.code for problem in against().problems] == ["review-stars"]


def test_a_shallow_clone_says_so(repository, tmp_path):
    first = git(repository, "rev-parse", "before")
    commit(repository)
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository}", "shallow")
    assert compare(tmp_path / "shallow", "HEAD", NOW).shallow
    with pytest.raises(EnvironmentFailure, match="git fetch --unshallow"):
        compare(tmp_path / "shallow", first, NOW)


def test_a_partial_clone_says_what_it_lacks(repository, tmp_path):
    git(repository, "config", "uploadpack.allowFilter", "true")
    (repository / REVIEW).unlink()
    commit(repository)
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{repository}", "partial")
    git(tmp_path / "partial", "remote", "set-url", "origin", "file:///nowhere")
    with pytest.raises(EnvironmentFailure):
        compare(tmp_path / "partial", "before", NOW)


def test_a_commit_without_the_site_says_so(repository):
    assert not compare(repository, "before", NOW).empty
    moved = repository / "shop"
    moved.mkdir()
    git(repository, "mv", "content", "shop/content")
    found = compare(moved, "before", NOW)
    assert (found.problems, found.empty) == ([], True)


def test_no_repository(site):
    with pytest.raises(EnvironmentFailure, match="is in no git repository"):
        compare(site, "HEAD", NOW)


def test_no_git(repository, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFailure, match="git is not installed"):
        compare(repository, "HEAD", NOW)


# The command


def check(folder, *words):
    done = subprocess.run(
        [sys.executable, "-m", "storefront", "check", "--now", NOW.isoformat(), *words],
        cwd=folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_the_command_tells_the_rate(repository):
    write(repository, {REVIEW: PLAIN + REMOVAL})
    code, output, _ = check(repository, "--against", "before")
    assert code == 0
    assert "Against before: 1 of 2 reviews ever seen since is published (50 %), 1 removed with a reason." in output


def test_the_command_tells_these_problems_with_all_others(repository):
    (repository / REVIEW).unlink()
    edit(repository / "content/products/hat.yaml", "brand: fjell", "brand: fjel")
    code, output, _ = check(repository, "--against", "before")
    assert code == 1
    assert f"{THERE}: review-gone: the review merino-tee by maya is gone" in output
    assert "content/products/hat.yaml:2:1: unknown-reference" in output
    assert "2 problems found" in output
    assert "Against before: 0 of 2 reviews ever seen since are published (0 %), 0 removed with a reason." in output


def test_the_command_ends_with_3_where_there_is_no_such_commit(repository):
    code, output, errors = check(repository, "--against", "--help")
    assert (code, output) == (3, "")
    assert errors == "storefront: git knows no commit --help here\n"


def test_the_command_tells_programs_too(repository):
    code, output, _ = check(repository, "--against", "before", "--format", "json")
    assert code == 0
    told = json.loads(output)["against"]
    assert (told["ever"], told["published"], told["publication_rate"]) == (2, 2, 100)


@pytest.mark.parametrize("broken", [False, True], ids=["alone", "beside a mistake of the content"])
def test_programs_read_the_rate_also_when_it_fails(repository, broken):
    (repository / REVIEW).unlink()
    if broken:
        write(repository, {"content/brands/other.yaml": "name: Other\nnam: x\n"})
    code, output, _ = check(repository, "--against", "before", "--format", "json")
    told = json.loads(output)
    assert code == 1
    assert [each["code"] for each in told["problems"]] == ["review-gone", *["unknown-key"] * broken]
    assert [told["against"][key] for key in ("ever", "published", "removed", "publication_rate")] == [2, 1, 0, 50]
