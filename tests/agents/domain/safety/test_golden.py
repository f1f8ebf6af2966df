"""Every sentence of golden.jsonl gets its level and its rules (science.md S-20 to S-66, E1 to E8)."""

import json
from pathlib import Path

import pytest

from agents.domain.safety import triage

ROWS = [json.loads(line) for line in (Path(__file__).parent / "golden.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_golden_file_holds_at_least_250_sentences_of_all_levels():
    assert len(ROWS) >= 250
    assert {row["level"] for row in ROWS} == {"none", "caution", "urgent", "emergency", "crisis"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_a_golden_sentence_gets_its_level_and_its_rules(row):
    found = triage(row["text"])
    assert found.level == row["level"]
    assert set(row["rules"]) <= set(found.rules)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["level"] in ("emergency", "crisis")], ids=lambda r: r["text"][:60]
)
def test_capitals_and_exclamation_marks_never_lower_a_level(row):
    assert triage(row["text"].upper() + "!!!").level == row["level"]
