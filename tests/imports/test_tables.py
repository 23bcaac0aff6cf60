"""Tables from the world: every encoding and delimiter that occurs, any bytes at all, and a place for every cell."""

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storefront.importers import columns, judgeme, tables
from storefront.importers.incoming import Options
from storefront.problems import ProblemsFound

TODAY = Options(today=date(2026, 11, 22))
HEAD = "title,body,rating,review_date,product_handle\n"


def rows(data, **kind):
    table = tables.read(data if isinstance(data, bytes) else data.encode(**kind), "file")
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_table_is_the_same_however_it_was_saved(encoding, delimiter, ending):
    text = ending.join([delimiter.join("ab"), delimiter.join(["Größe", '"x, y;\tz"'])])
    assert rows(text.encode(encoding)) == [("Größe", "x, y;\tz")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
        (b"a\0b,c", "this is no text: it holds zero bytes"),
        ("a,b".encode("utf-16-le"), "this is no text: it holds zero bytes"),
        (b"\xef\xbb\xbfa\xff", "it begins as UTF-8 and is not"),
        (b"\xff\xfea", "it begins as UTF-16-LE and is not"),
        (b"a,\x81\xff", "this is neither UTF-8, UTF-16 nor Windows-1252 text"),
    ],
)
def test_what_is_no_table_is_told(data, message):
    with pytest.raises(ProblemsFound) as failure:
        tables.read(data, "file")
    assert [problem.message for problem in failure.value.problems] == [message]


def test_too_many_rows_or_columns_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    assert len(rows("a\n1\n2\n")) == 2
    for data in ("a\n1\n2\n3\n", ",".join("a" * 501)):
        with pytest.raises(ProblemsFound):
            rows(data)


def test_an_unclosed_quote_costs_one_row():
    table = tables.read(b'a,b\n1,"x\n2,y\n3,z\n', "file")
    assert [row.cells for row in table.rows] == [("2", "y"), ("3", "z")]
    assert [str(problem.place) for problem in table.broken] == ["file:2:1"]


def test_a_file_of_broken_rows_comes_to_an_end():
    table = tables.read(b"a,b\n" + b'1,"x"y\n' * 5000, "file")
    assert len(table.broken) == tables.MAX_BROKEN + 1
    assert table.broken[-1].message == "the file is not read further: too many rows are broken"


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(",;\t"))
def test_what_a_spreadsheet_writes_is_read_back(table, delimiter):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["a", "b", "c"])
    writer.writerows(table)
    read = tables.read(b"\xef\xbb\xbf" + out.getvalue().encode(), "file")
    assert [list(row.cells) for row in read.rows] == [row for row in table if any(cell.strip() for cell in row)]
    assert read.broken == ()


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=4))
def test_a_place_leads_to_its_cell(table):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *table])
    text = out.getvalue().replace("\r\n", "\n")
    read = tables.read(b"\xef\xbb\xbf" + text.encode(), "file")
    for row in read.rows:
        for column, cell in enumerate(row.cells):
            place = read.place(row, column)
            there = "\n".join([text.split("\n")[place.line - 1][place.column - 1 :], *text.split("\n")[place.line :]])
            assert there.startswith('"' + cell.replace('"', '""') + '"')


bodies = st.one_of(st.binary(max_size=300), st.text(alphabet='a1,;\t"\n@=.', max_size=200).map(str.encode))


@given(bodies)
@example(b'"')
@example(b'a\n"\n"\n')
def test_no_bytes_are_too_much(data):
    for before in (b"", HEAD.encode()):
        parsed = None
        try:
            parsed = columns.read(judgeme.COLUMNS, before + data, "file", TODAY)
            problems = parsed.problems
        except ProblemsFound as failure:
            problems = failure.problems
        assert all(problem.place.file == "file" and problem.hint for problem in problems)
        if parsed:
            assert parsed.rows == len(parsed.reviews) + parsed.refused
            assert bool(parsed.problems) == bool(parsed.refused)
        else:
            assert problems


good = st.tuples(
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20), st.integers(1, 5).map(str)
).map(lambda told: ["", told[0], told[1], "2026-05-01", "tee"])
bad = st.sampled_from([["", "Good.", "9", "2026-05-01", "tee"], ["", "Good.", "4", "never", ""], ["", "", "", "", "x"]])


@given(st.lists(st.tuples(st.booleans(), good, bad), max_size=8))
def test_every_row_goes_in_or_is_told(choices):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([HEAD.strip().split(","), *(fine if take else wrong for take, fine, wrong in choices)])
    parsed = columns.read(judgeme.COLUMNS, out.getvalue().encode(), "file", TODAY)
    assert parsed.rows == len(choices)
    assert parsed.refused == sum(not take for take, _, _ in choices)
    assert len({problem.place.line for problem in parsed.problems}) == parsed.refused
