"""Machine interface 2 from the outside: any profile in, a plan that keeps every promise or one honest sentence out."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings

from bot.plan.command import planned
from bot.plan.profile_file import profile_from
from bot.plan.report import report
from tests.bot.plan.people import people
from tests.bot.plan.promised_targets import tdee
from tests.bot.plan.promises import broken_promises
from tests.support.keel import run

ANNA = {
    "age": 34, "sex": "female", "height_cm": 168, "weight_kg": 82, "primary_goal": "fat_loss",
    "diet_type": "vegetarian", "allergies": ["tree nuts", {"name": "milk", "severity": "severe"}],
    "workout_days": ["mon", "wed", "fri"],
    "equipment": ["dumbbells"], "injuries": [{"region": "knee", "severity": "moderate"}], "start_date": "2026-03-02",
    "pantry": [{"food": "Firm tofu", "grams": 300}],
}  # fmt: skip
BORIS = {
    "age": 52, "sex": "male", "height_cm": 181, "weight_kg": 94, "primary_goal": "strength", "religious": ["kosher"],
    "fitness_level": "intermediate", "location": "gym", "workout_days": 4, "workout_minutes": 60, "meals_per_day": 4,
    "injuries": [{"region": "shoulder", "severity": "severe"}], "start_date": "2026-03-02",
}  # fmt: skip
CHIDI = {
    "age": 29, "sex": "other", "height_cm": 175, "weight_kg": 70, "primary_goal": "muscle_gain", "diet_type": "vegan",
    "allergies": [{"name": "peanuts and soy", "severity": "mild"}], "start_date": "2026-03-02",
}  # fmt: skip
MOTHER = {
    "age": 31, "sex": "female", "height_cm": 170, "weight_kg": 72, "primary_goal": "fat_loss", "pregnant": True,
    "start_date": "2026-03-02", "workout_days": 3,
}  # fmt: skip


def answer_for(profile: dict[str, Any], *, days: int = 2, seed: int = 1) -> dict[str, Any]:
    plan, remarks = planned(profile_from(profile), days=days, seed=seed, today=date(2026, 3, 2))
    made: dict[str, Any] = json.loads(json.dumps(report(plan, remarks)))
    return made


@settings(max_examples=22, derandomize=True, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(people)
@example(ANNA)
@example(BORIS)
@example(CHIDI)
@example(MOTHER)
def test_whatever_is_planned_keeps_every_promise(profile: dict[str, Any]) -> None:
    assert broken_promises(profile, answer_for(profile), days=2) == []


def test_a_week_keeps_its_mean_and_its_variety() -> None:
    assert broken_promises(BORIS, answer_for(BORIS, days=7), days=7) == []


def changed(profile: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**profile, **fields}


@pytest.mark.parametrize(
    ("profile", "rule"),
    [
        (changed(ANNA, age=12), "S-120"),
        (changed(ANNA, conditions=["heart disease"]), "P03"),
        (changed(BORIS, conditions=["angina"]), "P03"),
        (changed(ANNA, target_weight_kg=51), "E2"),
        (changed(ANNA, weight_kg=49), "E2"),
        (changed(ANNA, medications=["insulin glargine"]), "P03"),
        (changed(ANNA, conditions=["type 1 diabetes"]), "P03"),
        (changed(ANNA, conditions=["fainting during exercise"]), "S-21"),
    ],
)
def test_what_must_wait_for_a_clinician_is_not_cleared_and_says_why(profile: dict[str, Any], rule: str) -> None:
    safety = answer_for(profile, days=1)["safety"]
    assert safety["cleared"] is False
    assert rule in [finding["rule"] for finding in safety["findings"]]


@pytest.mark.parametrize(
    "fields",
    [
        {"age": 16},
        {"pregnant": True},
        {"conditions": ["pregnant"]},
        {"conditions": ["bulimia"]},
        {"conditions": ["Type 1 diabetes"]},
        {"medications": ["insulin glargine"]},
        {"conditions": ["kidney disease stage 3"]},
        {"weight_kg": 52},
    ],
)
def test_nobody_who_must_not_lose_weight_gets_a_deficit(fields: dict[str, Any]) -> None:
    profile = changed(ANNA, **fields)
    answer = answer_for(profile, days=1)
    need = tdee(profile)
    assert answer["targets"]["kcal"] >= need
    assert all(day["totals"]["kcal"] >= 0.95 * need for day in answer["days"])


@pytest.mark.parametrize("sign", ["chest pain", "crushing chest pain", "I want to die"])
def test_danger_told_as_a_condition_is_answered_with_the_fixed_words_alone(sign: str) -> None:
    answer = answer_for(changed(ANNA, conditions=[sign], cleared=True), days=1)
    assert answer["safety"]["level"] in ("emergency", "crisis")
    assert answer["safety"]["cleared"] is False
    assert not answer["days"]
    assert not answer["workouts"]
    assert answer["targets"] is None
    assert "call" in answer["rationale"]


def test_the_answer_is_the_same_bytes_for_a_seed_and_another_week_for_another(tmp_path: Path) -> None:
    file = tmp_path / "anna.json"
    file.write_text(json.dumps(ANNA))
    first, again, other = (
        run("plan", str(file), "--json", "--days", "3", "--seed", seed, env={"PYTHONHASHSEED": hash_seed})
        for seed, hash_seed in (("4", "1"), ("4", "2"), ("5", "1"))
    )
    assert first.returncode == 0
    assert first.stderr == b""
    assert first.stdout == again.stdout
    dishes = [
        [meal["name"] for day in json.loads(done.stdout)["days"] for meal in day["meals"]] for done in (first, other)
    ]
    assert dishes[0] != dishes[1]


def test_a_refused_plan_is_exit_code_zero(tmp_path: Path) -> None:
    file = tmp_path / "child.json"
    file.write_text(json.dumps(changed(ANNA, age=9, height_cm=135, weight_kg=30)))
    done = run("plan", str(file), "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert answer["safety"]["cleared"] is False
    assert answer["days"] == answer["workouts"] == answer["grocery"] == []


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (json.dumps(changed(ANNA, favourite_colour="red")).encode(), "favourite_colour"),
        (b'{"age":34,"\\ud800":1}', "character"),
    ],
)
def test_a_file_that_cannot_be_used_is_exit_code_two_and_one_sentence(
    content: bytes, word: str, tmp_path: Path
) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content)
    done = run("plan", str(file), "--json")
    assert done.returncode == 2
    assert done.stdout == b""
    assert len(done.stderr.decode().strip().splitlines()) == 1
    assert word in done.stderr.decode()


def test_the_table_fits_a_narrow_terminal_and_tells_shopping_in_packs(tmp_path: Path) -> None:
    file = tmp_path / "anna.json"
    file.write_text(json.dumps(ANNA))
    done = run("plan", str(file), "--days", "1", env={"COLUMNS": "80"})
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert max(len(line) for line in shown.splitlines()) <= 80
    for heading in ("Please read first", "Why this plan", "Monday 02 March", "Sleep", "Shopping", "Packs"):
        assert heading in shown
