"""Allergies told by their reaction, without the word allergy."""

from datetime import UTC, datetime

import pytest

from agents.schemas import Moment
from agents.understanding.facts import facts

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


def allergies(text: str, asked: str | None = None) -> list[tuple[str, str | None]]:
    found, _ = facts(text, Moment(now=NOW, expecting=asked))
    return [(fact.value.code, fact.value.severity) for fact in found if fact.field == "allergy" and fact.op == "add"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("i swell up if i eat prawns", ["crustacean"]),
        ("my throat closes up when I have peanuts", ["peanut"]),
        ("my lips swell from sesame", ["sesame"]),
        ("I come out in hives after eating eggs", ["egg"]),
        ("kiwi makes my mouth itch", ["kiwi"]),
        ("I can't breathe if I eat shellfish", ["crustacean", "mollusc"]),
    ],
)
def test_a_reaction_to_a_food_is_an_allergy(text, codes):
    assert [code for code, _ in allergies(text)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "my son swells up if he eats prawns",
        "do i swell up if i eat prawns?",
        "I don't swell up if I eat prawns",
        "I can't breathe after running",
        "my legs swell after flights",
        "my eyes itch from hay",
    ],
)
def test_others_questions_and_other_causes_are_none(text):
    assert allergies(text) == []


def test_shock_is_the_worst_degree():
    assert allergies("I go into anaphylactic shock if I eat peanuts") == [("peanut", "anaphylaxis")]


@pytest.mark.parametrize("text", ["PEANUTS!!! SEVERE", "peanuts. it's very severe", "peanuts - severe"])
def test_how_bad_it_is_may_be_said_afterwards(text):
    assert allergies(text, "allergies") == [("peanut", "severe")]
