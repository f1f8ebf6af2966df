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


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("some rare syndrome", ["rare syndrome"]),
        ("I have Wilson's disease", ["Wilson's disease"]),
        ("high blood pressure and a rare muscle disease", ["hypertension", "rare muscle disease"]),
        ("lupus, porphyria and gout", ["other", "fat_oxidation_disorder", "gout"]),
        ("asthma and the flu", ["respiratory", "acute_illness"]),
        ("a bit of high blood pressure, on pills for it", ["hypertension"]),
        ("asthma since childhood, controlled", ["respiratory"]),
    ],
)
def test_every_entry_of_a_list_counts_and_what_nobody_knows_stays_as_it_was_said(text, entries):
    assert conditions(text) == entries


@pytest.mark.parametrize(
    "text",
    [
        "no conditions, no symptoms, no medicines. an old knee injury, left, mild. I train at home with dumbbells",
        "none. bad knee, left",
        "nothing at all, and by the way I am vegetarian, from Leeds, and my name is Flo",
    ],
)
def test_a_denial_with_more_behind_it_names_no_condition(text):
    assert [code for code in conditions(text) if code] == []


@pytest.mark.parametrize("text", ["I am well again", "12345", "hmm", "not sure what you mean", "hello"])
def test_what_is_no_condition_is_not_kept_as_one(text):
    assert conditions(text) == []


def test_a_condition_is_heard_in_the_middle_of_a_talk_too():
    assert "sleep_apnoea" in conditions("by the way, I was diagnosed with sleep apnoea", asked=None)
