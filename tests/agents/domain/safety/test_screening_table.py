"""The whole screening result, row by row: what is allowed, who must say yes, what waits, which rules are told."""

import json
from pathlib import Path

import pytest

from agents.domain.profile import Clearance, Profile
from agents.domain.safety import screen
from tests.agents.domain.safety.wording import says

# A clearance is written as how far it reaches; `told` are the rules of the findings in order ("!" urgent, "."
# information, else caution).
TABLE = [json.loads(line) for line in Path(__file__).with_name("screening.jsonl").read_text("utf-8").splitlines()]
LEVELS = {"!": "urgent", ".": "none"}


def screened(known, wants="moderate", weeks=None):
    answered = {"conditions": (), "symptoms": (), "medications": (), "age": 30} | known
    if "clearance" in known:
        answered["clearance"] = Clearance(known["clearance"])
    return screen(Profile(**answered), wants=wants, weeks_since_birth=weeks)


def test_each_person_gets_the_row_the_limit_and_the_rules():
    wrong = []
    for line in TABLE:
        found = screened(line["person"], line["wants"], line["weeks_since_birth"])
        told = [(one.rstrip("!."), LEVELS.get(one[-1], "caution")) for one in line["told"].split()]
        got = {
            "row": found.row, "allowed": found.allowed, "needs_clearance": found.needs_clearance,
            "is_waiting": found.is_waiting, "rules": " ".join(found.rules),
        }  # fmt: skip
        if line != line | got or told != [(one.rule, one.level) for one in found.findings]:
            wrong.append(f"{line}: {got}, {found.findings}")
    assert not wrong, "\n".join(wrong)


def test_every_sentence_reads_well_and_each_is_told_once():
    for line in TABLE:
        found = screened(line["person"], line["wants"], line["weeks_since_birth"])
        assert all(says(message) for message in found.messages)
        assert len(set(found.messages)) == len(found.messages) == len(found.findings)


@pytest.mark.parametrize(
    ("known", "wants", "weeks", "rule", "words"),
    [
        ({"age": 12}, "moderate", None, "S-120", ("people from 13 years on",)),
        ({"age": 17}, "moderate", None, "S-120", ("Technique first", "no one-rep maximum")),
        ({"age": 45}, "vigorous", None, "S-106", ("first four weeks", "hard sessions out")),
        ({"pregnancy_week": 20}, "moderate", None, "S-130", ("stay moderate", "call your midwife")),
        ({"conditions": ("pregnancy", "preeclampsia")}, "moderate", None, "S-132", ("yes before any training",)),
        ({"conditions": ("postpartum",)}, "moderate", None, "S-134", ("first six weeks", "pelvic floor")),
        ({"conditions": ("postpartum",)}, "moderate", 8, "S-134", ("Running and jumping", "twelve weeks")),
        ({"conditions": ("fracture_or_operation",)}, "moderate", None, "S-100", ("ask your doctor", "keep it light")),
        ({"conditions": ("hypertension",)}, "moderate", None, "S-150", ("no breath holding", "lighter weights")),
        ({"conditions": ("weird",), "clearance": "light"}, "moderate", None, "S-103", ("my limit: light",)),
        ({"conditions": None}, "moderate", None, "S-103", ("easy walking and mobility",)),
        (
            {"conditions": ("cardiac",), "clearance": "light", "regular_exercise": True},
            "vigorous",
            None,
            "S-107",
            ("light effort", "new yes"),
        ),
        (
            {"conditions": ("cardiac",), "clearance": "moderate"},
            "moderate",
            None,
            "S-107",
            ("yes for moderate",),
        ),
    ],
)
def test_what_each_limit_says(known, wants, weeks, rule, words):
    (message,) = [one.message for one in screened(known, wants, weeks).findings if one.rule == rule]
    assert says(message, *words)
