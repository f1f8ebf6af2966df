"""Conditions that the short list of the chat does not know keep the code of the safety tables."""

from datetime import UTC, datetime

import pytest

from agents.schemas import Moment
from agents.understanding.facts import facts

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def conditions(text, asked="conditions"):
    return [fact.value for fact in facts(text, Moment(now=NOW, expecting=asked))[0] if fact.field == "condition"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sleep apnoea", "sleep_apnoea"),
        ("I have sleep apnea", "sleep_apnoea"),
        ("insomnia", "insomnia"),
        ("I have the flu", "acute_illness"),
        ("fever since yesterday", "acute_illness"),
        ("I'm in a wheelchair", "wheelchair"),
    ],
)
def test_a_condition_of_the_safety_tables_is_heard_by_its_code(text, code):
    assert code in conditions(text)


def test_a_condition_nobody_knows_is_something_else():
    assert conditions("some rare syndrome") == ["other"]


def test_a_condition_is_heard_in_the_middle_of_a_talk_too():
    assert "sleep_apnoea" in conditions("by the way, I was diagnosed with sleep apnoea", asked=None)
