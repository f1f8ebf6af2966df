"""Danger in a list of conditions: told apart from diagnoses, answered before anything is planned."""

from datetime import date
from typing import Any

import pytest

from bot.plan.command import planned
from bot.plan.profile_file import profile_from
from bot.plan.red_flags import signs_in
from tests.bot.plan.test_profile_file import LEAST


def plan(**fields: Any) -> Any:
    said = profile_from({**LEAST, "start_date": "2026-03-02", **fields})
    return planned(said, days=1, seed=0, today=date(2026, 3, 2))[0]


@pytest.mark.parametrize(
    "entry",
    [
        "epilepsy",
        "asthma",
        "stroke",
        "diabetes",
        "heart attack",
        "none",
        "my dad had a stroke",
        "heart attack in 2019",
        "type 2 diabetes, well controlled",
        "asthma, no chest pain",
        "broken leg two weeks ago",
        "heart failure NYHA II",
    ],
)
def test_a_diagnosis_is_no_sign_of_today(entry: str) -> None:
    assert signs_in([entry]) == {}


@pytest.mark.parametrize(
    "entry",
    [
        "chest pain",
        "fainting",
        "palpitations",
        "swollen ankles",
        "suicidal thoughts",
        "asthma and chest pain",
        "epilepsy and fainting",
    ],
)
def test_a_sign_is_one(entry: str) -> None:
    assert list(signs_in([entry])) == [entry]


def test_a_sign_stops_training_even_with_an_older_clearance() -> None:
    found = plan(conditions=["palpitations"], cleared=True, workout_days=7)
    assert not found.is_cleared
    assert found.training is None or not found.training.sessions
    assert found.findings.level == "urgent"
    assert found.findings.findings[0].rule == "S-101"


def test_an_emergency_leaves_only_its_fixed_words() -> None:
    found = plan(conditions=["chest pain"], cleared=True)
    assert found.findings.level == "emergency"
    assert [finding.rule for finding in found.findings.findings] == ["S-20"]
    assert found.aim is found.meals is found.training is found.sleep is None


def test_a_file_without_signs_is_planned_as_it_is() -> None:
    assert plan().meals is not None
    assert plan(conditions=["asthma"]).findings.profile.symptoms == ()


@pytest.mark.parametrize("entry", ["fever 40", "fever while on chemo"])
def test_e6_an_illness_that_is_a_sign_as_well_still_rules_out_a_deficit(entry: str) -> None:
    found = plan(conditions=[entry], primary_goal="fat_loss")
    assert found.findings.level == "urgent"
    assert not found.findings.deficit_allowed
    assert found.training is None or not found.training.sessions


@pytest.mark.parametrize("entry", ["flu", "I have the flu", "pneumonia", "stomach bug", "covid", "sick"])
def test_s190_e6_who_is_ill_gets_meals_that_cover_the_need_and_no_training(entry: str) -> None:
    found = plan(conditions=[entry], primary_goal="fat_loss", workout_days=7)
    well = plan(conditions=[], primary_goal="fat_loss", workout_days=7)
    assert found.training is None or not found.training.sessions
    assert found.aim.weekly_rate_kg >= 0
    assert found.aim.kcal > well.aim.kcal
