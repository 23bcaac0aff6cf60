"""Of what kind the answers of brands are: each is counted, and how many of them argue is told."""

import json

import pytest
from click.testing import CliRunner
from known import NOW

from building import copy_of_minimal, write
from storefront.cli import group

REVIEW = "content/influencers/maya/reviews/merino-tee.yaml"
FROST = {"content/campaigns/frost.yaml": "title: Frost\nbrand: fjell\nwindow: {from: 2026-11-01, until: 2026-11-30}\n"
         "disclosure: paid\nparticipants: [{creator: maya}]\n"}  # fmt: skip
ANSWERS = (
    "responses:\n  - {by: fjell, date: 2026-10-02, kind: thanks, text: Thanks.}\n"
    "  - {by: fjell, date: 2026-10-03, kind: dispute, text: Not so.}\n"
    "  - {by: fjell, date: 2026-10-04, kind: dispute, text: No.}\n"
)


def tables(root, *words):
    result = CliRunner().invoke(group, ["report", *words, "--format", "json", "--root", str(root), "--now", NOW])
    assert result.exit_code == 0, result.output
    return {table["id"]: table for table in json.loads(result.stdout)["tables"]}


@pytest.mark.parametrize("words", [("roi",), ("campaign", "frost")])
def test_a_brand_sees_how_many_of_its_answers_argue(tmp_path, words):
    site = write(copy_of_minimal(tmp_path), FROST)
    assert "replies" not in tables(site, *words)
    (site / REVIEW).write_text((site / REVIEW).read_text() + ANSWERS)
    table = tables(site, *words)["replies"]
    (row,) = (dict(zip([each["key"] for each in table["columns"]], row, strict=True)) for row in table["rows"])
    assert row == {
        "brand": "Fjell", "answers": 3, "thanks": 1, "fix": 0, "clarify": 0, "dispute": 2, "disputed": "0.666667"
    }  # fmt: skip
