"""docs/evidence/hostile.md counts what is tried, family by family."""

from collections import Counter

from hostile import evidence, laying
from hostile.refused import cases
from hostile.test_bounds import CSV, WORST, XML
from hostile.test_places import NAMES, PICTURES, SETTINGS
from hostile.texts import MARKDOWN, TEXTS, TEXTS_THAT_ARE_BENIGN


def counted() -> str:
    benign = len(TEXTS_THAT_ARE_BENIGN)
    hostile, lines, texts = len(TEXTS) - benign, len(laying.LINES), len(laying.TEXTED)
    worst = len(WORST) + len(CSV) + len(XML)
    rows = [
        (f"texts of one line, each in {lines} fields", "shown as typed", hostile, hostile * lines),
        (f"benign look-alikes, each in {lines} fields", "shown as typed", benign, benign * lines),
        (f"Markdown, each in {texts} fields", "shown without harm", len(MARKDOWN), len(MARKDOWN) * texts),
        *(
            (family, "refused at file, line and column", count, count)
            for family, count in sorted(Counter(case.family for case in cases()).items())
        ),
        ("names of files and folders", "refused at the file", len(NAMES), len(NAMES)),
        ("pictures", "refused where they are named", len(PICTURES), len(PICTURES)),
        ("settings of the site", "refused at file, line and column", len(SETTINGS), len(SETTINGS)),
        ("worst cases", "an end in seconds", worst, worst),
    ]
    rows.append(("together", "", sum(row[2] for row in rows), sum(row[3] for row in rows)))
    return evidence.table(("Family", "Outcome", "Cases", "Places"), rows)


def test_what_is_tried_is_counted():
    if evidence.WRITING:
        evidence.put("counted", counted())
    assert evidence.section("counted") == counted()
