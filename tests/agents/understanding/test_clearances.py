"""A clinician's permission is taken over with its limit, and nothing that only sounds like one."""

from datetime import UTC, datetime

import pytest

from agents.schemas import Moment
from agents.understanding.facts import facts

MOMENT = Moment(now=datetime(2026, 11, 21, 9, tzinfo=UTC))


def clearance(text: str) -> list[object]:
    return [fact.value for fact in facts(text, MOMENT)[0] if fact.field == "clearance"]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("my doctor cleared me for exercise", "moderate"),
        ("My cardiologist has cleared me for light training", "light"),
        ("I've been cleared by my GP for vigorous exercise", "vigorous"),
        ("the doctor said I can train again", "moderate"),
        ("my physio gave me the green light for any sport", "vigorous"),
        ("I am medically cleared to exercise", "moderate"),
    ],
)
def test_a_clearance_is_heard_with_its_limit(text, limit):
    assert clearance(text) == [limit]


@pytest.mark.parametrize(
    "text",
    [
        "my doctor has not cleared me for exercise",
        "when my doctor cleared me I was happy",
        "has your doctor cleared me?",
        "I cleared my desk before training",
        "the doctor said I should not train",
        "I wait until the doctor says I can train",
    ],
)
def test_what_only_sounds_like_a_clearance_is_none(text):
    assert clearance(text) == []
