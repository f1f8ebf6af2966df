"""The JSON object: what a refusal, a hidden number and an empty day look like."""

from datetime import date
from typing import Any

from bot.plan.command import planned
from bot.plan.profile_file import profile_from
from bot.plan.report import report
from tests.bot.plan.test_profile_file import LEAST


def answer(**fields: Any) -> dict[str, Any]:
    said = profile_from({**LEAST, "start_date": "2026-03-02", **fields})
    plan, remarks = planned(said, days=1, seed=0, today=date(2026, 3, 2))
    return report(plan, remarks)


def test_a_refusal_has_every_key_and_a_reason() -> None:
    child = answer(age=11, height_cm=140, weight_kg=35)
    assert child.keys() == answer().keys()
    assert child["targets"] is child["sleep"] is None
    assert child["feasibility"] == {"feasible": False, "conflicts": [], "trade_offs": []}
    assert child["rationale"] == child["safety"]["findings"][0]["message"]


def test_what_collides_is_named_with_ways_out() -> None:
    feasibility = answer(max_prep_minutes=1)["feasibility"]
    assert feasibility["feasible"] is False
    assert feasibility["conflicts"][0]["constraints"] == ["at most 1 minute in the kitchen"]
    assert [offer["option"] for offer in feasibility["trade_offs"]] == ["A", "B", "C"][: len(feasibility["trade_offs"])]


def test_a_person_under_eighteen_should_not_be_shown_numbers() -> None:
    assert answer(age=15)["targets"]["hide_numbers"] is True
    assert answer()["targets"]["hide_numbers"] is False


def test_no_training_was_asked_for() -> None:
    assert answer(workout_days=0)["workouts"] == []
    assert answer(workout_days=[])["workouts"] == []


def test_every_finding_is_told_once() -> None:
    told = [(finding["rule"], finding["message"]) for finding in answer(pregnant=True)["safety"]["findings"]]
    assert len(told) == len(set(told)) > 3


def test_an_ordinary_person_with_three_meals_and_all_the_time_in_the_world_is_not_refused() -> None:
    """A longer list of dishes must never be worse than a shorter one: the search looks until nearly the best."""
    person: dict[str, Any] = {
        "age": 34, "sex": "female", "height_cm": 168, "weight_kg": 74, "primary_goal": "fat_loss", "location": "home",
        "diet_type": "vegetarian", "allergies": ["peanut"], "dislikes": ["olives"], "meals_per_day": 3,
        "equipment": ["dumbbells"], "workout_days": 3, "workout_minutes": 30,
    }  # fmt: skip
    said = profile_from({**person, "start_date": "2026-11-23"})
    plan, remarks = planned(said, days=7, seed=0, today=date(2026, 11, 23))
    found = report(plan, remarks)
    assert found["feasibility"]["feasible"], found["feasibility"]["conflicts"]
