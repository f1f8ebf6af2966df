"""S-14, S-53: our own names of exercises, foods and recipes never send anybody to a clinician."""

import csv
import json
from pathlib import Path

import pytest

from agents.domain.safety import triage

REFERENCE = Path(__file__).parents[4] / "storage" / "reference"


def strings(value):
    if isinstance(value, str):
        yield value.replace("_", " ")
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def names(path):
    if path.suffix == ".json":
        yield from strings(json.loads(path.read_text(encoding="utf-8")))
        return
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines):
            yield from (cell.replace("_", " ") for cell in row)


FILES = sorted(
    path
    for pattern in ("exercises*.json", "recipes*.json", "foods*.csv", "servings*.csv")
    for path in REFERENCE.glob(pattern)
)


def test_there_are_names_to_read():
    assert len(FILES) >= 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_s14_reference_names_and_steps_stay_below_urgent(path):
    alarms = [text for text in set(names(path)) if triage(text).level not in ("none", "caution")]
    assert alarms == []
