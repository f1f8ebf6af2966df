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
    "entry", ["epilepsy", "asthma", "stroke", "diabetes", "heart attack", "none", "my dad had a stroke"]
)
def test_a_diagnosis_is_no_sign_of_today(entry: str) -> None:
    assert signs_in([entry]) == {}


@pytest.mark.parametrize("entry", ["chest pain", "fainting", "palpitations", "swollen ankles", "suicidal thoughts"])
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
