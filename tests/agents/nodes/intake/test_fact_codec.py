"""A proposed change survives as JSON until the person confirms it."""

from datetime import date, time

import pytest

from agents.domain.profile import Injury, MealTime, Restriction
from agents.nodes.intake.fact_codec import dump, load
from agents.schemas import Fact

FACTS = (
    Fact("weight_kg", 81.5, "81.5 kg"),
    Fact("diet_type", "vegan", "vegan", confidence=0.7),
    Fact("water_reminders", value=True, quote="remind me"),
    Fact("birth_date", date(1990, 5, 3), "born"),
    Fact("bed_time", time(22, 30), "22:30"),
    Fact("workout_days", (0, 3), "Mon and Thu"),
    Fact("injury", Injury("knee", "mild", "left", 3, "old", date(2027, 1, 1)), "knee", op="add"),
    Fact("injury", Injury("hip"), "hip", op="remove"),
    Fact("allergy", Restriction("allergy", "milk", "severe", "Milch"), "Milch", op="remove"),
    Fact("meal_time", MealTime("lunch", time(12, 15)), "lunch", op="add"),
    Fact("allergy", "", "none", op="none"),
)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.field}-{fact.op}")
def test_a_fact_comes_back_as_it_was(fact: Fact) -> None:
    assert load(dump((fact,))) == (fact,)


def test_order_is_kept() -> None:
    assert load(dump(FACTS)) == FACTS


def test_anything_else_is_refused() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        load("not json")
