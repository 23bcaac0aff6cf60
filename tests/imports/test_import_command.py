"""`storefront import reviews`: what is written, that a second run changes nothing, and what it says."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from building import build, bytes_of, edit, html_of, write
from checking import problems_of
from storefront.cli import group
from storefront.importers import files, formats
from storefront.reader import decode, parse
from storefront.vocabulary.imported import ImportedReview, ImportedReviews, Reply, ReviewStatus
from storefront.vocabulary.validate import convert

SAMPLES = Path(__file__).parent / "samples"
HEAD = "title,body,rating,review_date,curated,reviewer_name,product_handle\n"
FILE = "content/reviews/nordshop/merino-tee.yaml"
each_format = pytest.mark.parametrize("name", formats.FORMATS)


@pytest.fixture
def run(site, monkeypatch):
    """Imports a file, or text as Judge.me's, into the minimal site; gives the exit code and what was printed."""
    monkeypatch.chdir(site)

    def importing(what, *words, now="2026-11-22", platform="judgeme", publisher="Nordshop"):
        if isinstance(what, str):
            Path("reviews.csv").write_text(HEAD + what, encoding="utf-8")
            what = Path("reviews.csv")
        given_ = ["--publisher", publisher] if publisher else []
        words = ["import", "reviews", str(what), "--from", platform, *given_, "--now", now, *words]
        result = CliRunner().invoke(group, words)
        return result.exit_code, result.output

    return importing


def sample(name):
    return next(SAMPLES.glob(f"{name}.*"))


@each_format
def test_an_import_is_content_that_builds_and_a_second_one_changes_nothing(run, site, name):
    assert run(sample(name), platform=name)[0] == 0
    assert problems_of(site) == []
    before = bytes_of(site / "content")
    assert any(path.startswith("reviews/nordshop/") for path in before)
    code, printed = run(sample(name), platform=name, now="2026-12-24")
    assert (code, bytes_of(site / "content")) == (0, before)
    assert "Nothing has changed." in printed
    assert all("mail.example" not in text.decode() for path, text in before.items() if path.startswith("reviews/"))


@each_format
def test_a_dry_run_shows_all_and_writes_nothing(run, site, name):
    before = bytes_of(site / "content")
    code, printed = run(sample(name), "--dry-run", platform=name)
    assert code == 0
    assert bytes_of(site / "content") == before
    assert f"+++ {FILE}" in printed
    assert "Would write 1 file" in printed
    run(sample(name), platform=name)
    assert all(f"+{line}\n" in printed for line in (site / FILE).read_text().splitlines())


@each_format
def test_what_is_written_is_in_order(run, site, name):
    CliRunner().invoke(group, ["fmt"])
    run(sample(name), platform=name)
    assert CliRunner().invoke(group, ["fmt", "--check", "--root", str(site)]).exit_code == 0


def test_a_dry_run_shows_what_differs(run):
    run("Soft,Nice.,4,2026-01-01,ok,Ida,merino-tee\n")
    _, printed = run(
        "Soft,Nice.,4,2026-01-01,ok,Ida,merino-tee\nNew,Fine.,2,2026-01-02,ok,Ole,merino-tee\n", "--dry-run"
    )
    assert "+    reviewer: Ole\n" in printed
    assert "+    reviewer: Ida\n" not in printed


def test_broken_rows_are_told_and_the_others_go_in(run, site):
    code, printed = run("A,Good.,5,2026-01-01,ok,Ida,merino-tee\nB,Bad.,9,2026-01-02,ok,Ole,merino-tee\n")
    assert code == 1
    assert "reviews.csv:3:8: bad-value: expected a rating from 1 to 5, in halves, found 9\n" in printed
    assert "2 reviews in reviews.csv: 1 new, 1 refused.\n" in printed
    assert "Nothing was published" not in printed
    assert "Good." in (site / FILE).read_text()


def test_all_rows_are_accounted_for(run):
    rows = (
        "A,Good.,5,2026-01-01,ok,Ida,merino-tee\n"
        "A,Good.,5,2026-01-01,ok,Ida,merino-tee\n"
        "B,Bad.,9,2026-01-02,ok,Ole,merino-tee\n"
        "C,Else.,4,2026-01-02,ok,Ole,blanket\n"
        "D,Spam.,4,2026-01-02,spam,Ole,merino-tee\n"
    )
    _, printed = run(rows, "--format", "json")
    told = json.loads(printed)
    assert told["rows"] == {"new": 2, "repeated": 1, "of other products": 1, "refused": 1}
    assert told["elsewhere"] == [{"name": "blanket", "rows": 1}]
    assert [problem["line"] for problem in told["problems"]] == [4]


def test_two_rows_of_one_id_that_differ_are_told(run, site):
    text = sample("loox").read_text().replace("l-101", "L100")
    (site / "two.csv").write_text(text)
    code, printed = run(Path("two.csv"), platform="loox")
    assert code == 1
    assert "two.csv:3:1: duplicate-id: two rows have the id " in printed
    assert "the other one is at two.csv:2:1" in printed


def test_a_changed_review_is_changed_and_a_vanished_one_stays(run, site):
    run("A,Good.,5,2026-01-01,ok,Ida,merino-tee\nB,Fine.,3,2026-01-02,ok,Ole,merino-tee\n")
    _, printed = run("A,Good.,2,2026-01-01,ok,Ida,merino-tee\n", now="2026-12-01")
    assert "1 changed" in printed
    text = (site / FILE).read_text()
    assert "rating: 2" in text
    assert "Fine." in text
    assert "imported_on: 2026-12-01" in text


def test_what_the_site_has_removed_stays_removed(run, site):
    run("A,Slander.,1,2026-01-01,ok,Ida,merino-tee\n")
    text = (site / FILE).read_text()
    kept = [line for line in text.splitlines() if not line.strip().startswith(("reviewer:", "title:", "body:"))]
    (site / FILE).write_text("\n".join([*kept, "    status: removed", "    reason: A court wants it.", ""]))
    assert problems_of(site) == []
    before = (site / FILE).read_bytes()
    code, printed = run("A,Slander.,1,2026-01-01,ok,Ida,merino-tee\n")
    assert (code, (site / FILE).read_bytes()) == (0, before)
    assert "1 removed here before" in printed


def test_a_review_hidden_later_loses_its_words_and_keeps_its_rating(run, site):
    rows = sample("loox").read_text()
    run(sample("loox"), platform="loox")
    assert "Fits well." in (site / FILE).read_text()
    (site / "later.csv").write_text(rows.replace("L100,Active", "L100,Hidden"))
    run(Path("later.csv"), platform="loox")
    data = parse((site / FILE).read_text(), FILE)
    assert data["reviews"][0].keys() == {"id", "date", "rating", "status"}
    assert data["reviews"][0]["rating"] == "4"


def test_a_product_can_be_named(run, site):
    code, printed = run("A,Good.,5,2026-01-01,ok,Ida,8123\n")
    assert "Products that are not here: 8123 (1). If one is, say which with --product NAME=ID." in printed
    code, printed = run("A,Good.,5,2026-01-01,ok,Ida,8123\n", "--product", "8123=merino-tee")
    assert (code, (site / FILE).exists()) == (0, True)
    code, printed = run("A,Good.,5,2026-01-01,ok,Ida,8123\n", "--product", "8123=merino-te")
    assert code == 1
    assert "there is no product merino-te\n    Did you mean merino-tee?" in printed


def test_a_name_that_two_products_have_is_nobodys(run, site):
    tee = (site / "content/products/merino-tee.yaml").read_text().replace("gtin: 0012345678905", "mpn: X1")
    write(site, {"content/products/merino-tee.yaml": tee, "content/products/other-tee.yaml": tee})
    _, printed = run("A,Good.,5,2026-01-01,ok,Ida,x1\n")
    assert "1 of other products" in printed


def test_a_table_without_a_publisher_is_wrong_usage_and_a_feed_has_its_own(run, site):
    code, printed = run(sample("judgeme"), publisher=None)
    assert code == 2
    assert "--publisher NAME" in printed
    assert run(sample("google-xml"), platform="google-xml", publisher=None)[0] == 0
    assert "publisher: Nordshop\naggregator: Voices Ltd\n" in (site / FILE).read_text()


@pytest.mark.parametrize(
    "words",
    [
        ["--source", "Not A Slug"],
        ["--source", "../../etc"],
        ["--publisher", "two\nlines"],
        ["--publisher", " "],
        ["--product", "no-equals"],
        ["--dates", "backwards"],
    ],
)
def test_wrong_usage_is_told(run, words):
    code, printed = run(sample("judgeme"), *words)
    assert code == 2
    assert "Traceback" not in printed


def test_a_file_that_is_none_is_told_and_nothing_is_written(run, site):
    before = bytes_of(site / "content")
    (site / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    code, printed = run(Path("picture.csv"))
    assert code == 1
    assert "picture.csv: unreadable: this is no text: it holds zero bytes" in printed
    assert bytes_of(site / "content") == before


def test_files_that_cannot_be_read_are_not_written_over(run, site):
    run("A,Good.,5,2026-01-01,ok,Ida,merino-tee\n")
    edit(site / FILE, "rating: 5", "ratin: 5")
    before = (site / FILE).read_bytes()
    code, printed = run("A,Good.,4,2026-01-01,ok,Ida,merino-tee\n")
    assert code == 1
    assert "unknown-key" in printed
    assert (site / FILE).read_bytes() == before


def test_nothing_is_written_through_a_link(run, site, tmp_path):
    (tmp_path / "outside").mkdir()
    (site / "content/reviews").symlink_to(tmp_path / "outside")
    assert run("A,Good.,5,2026-01-01,ok,Ida,merino-tee\n")[0] != 0
    assert list((tmp_path / "outside").iterdir()) == []


def test_reviews_that_fill_a_file_are_told(run, site, monkeypatch):
    monkeypatch.setattr("storefront.importers.run.MAX_BYTES", 200)
    code, printed = run("A,Good.,5,2026-01-01,ok,Ida,merino-tee\n")
    assert code == 1
    assert "do not fit into one file" in printed
    assert not (site / FILE).exists()


HOSTILE = [
    "<script>alert(1)</script>",
    "[a](https://spam.example) ![x](https://spam.example/p.png)",
    "# Heading\n\n- list",
    "null",
    "~",
    "{{ 7*7 }}",
    "- a: &b [c]",
    "--- !!python/object:os",
    "line\u2028separator \u202ereversed\u202c",
    "=cmd|' /C calc'!A0",
    "x: y # z",
    "\x1b[31mred",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(run, site, text):
    cell = '"' + text.replace('"', '""') + '"'
    assert run(f"{cell},{cell},5,2026-01-01,ok,{cell},merino-tee\n")[0] == 0
    assert problems_of(site) == []
    build(site)
    html = html_of(site / "site")["products/merino-tee/"]
    assert "<script>alert" not in html
    assert 'href="https://spam.example' not in html
    assert "<h1>Heading" not in html
    assert "\x1b" not in html


texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"], include_characters="\n"), min_size=1)


@given(
    texts.map(lambda text: " ".join(text.split())).filter(bool),
    texts.map(lambda text: "\n".join(line.strip() for line in text.split("\n")).strip("\n")).filter(bool),
)
def test_a_file_says_what_was_meant(line, body):
    reviews = (
        ImportedReview(
            id="a", date="2026-01-01", rating=4.5, title=line[:300].strip(), body=body, reviewer=line[:300].strip()
        ),
        ImportedReview(id="0", date="2026-01-02", body=body, incentivized=False, pros=(line[:300].strip(),)),
        ImportedReview(id="null", date="2026-01-02", rating=1, status=ReviewStatus.SPAM),
        ImportedReview(id="r", date="2026-01-02", rating=1, reply=Reply(text=body)),
    )
    file = ImportedReviews(publisher=line[:300].strip(), imported_on="2026-01-03", reviews=reviews)
    text = files.written(file)
    assert convert(parse(decode(text.encode(), "file"), "file"), ImportedReviews) == file


def test_an_import_on_top_of_another_source_leaves_it_alone(run, site):
    run("A,Good.,5,2026-01-01,ok,Ida,merino-tee\n", publisher="Nordshop")
    before = (site / FILE).read_bytes()
    run("A,Good.,5,2026-01-01,ok,Ida,merino-tee\n", publisher="Harrow & Home")
    assert (site / FILE).read_bytes() == before
    assert (site / "content/reviews/harrow-home/merino-tee.yaml").exists()


def test_without_a_site_it_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(sample("judgeme"), tmp_path)
    result = CliRunner().invoke(
        group, ["import", "reviews", "judgeme.csv", "--from", "judgeme", "--publisher", "Nordshop"]
    )
    assert result.exit_code == 1
    assert "no-content" in result.output
