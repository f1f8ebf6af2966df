"""T-5, T-8: what a session of half an hour is spent on."""

from dataclasses import replace

import pytest

from agents.domain.training.framing import RAMP_SECONDS
from agents.domain.training.session import total_seconds
from tests.support.cases import for_each
from tests.support.trainees import ADULT, TRAINED, plan

KITS = [(), ("dumbbells",), ("resistance_bands", "mat")]


def lifting(made):
    return [s for s in made.sessions if s.session_kind == "strength"]


@pytest.mark.parametrize("kit", KITS)
@pytest.mark.parametrize("goal", ["general_fitness", "muscle_gain", "fat_loss"])
@pytest.mark.parametrize("seed", range(3))
def test_half_an_hour_holds_at_least_twenty_minutes_of_lifting(goal, kit, seed):
    for session in lifting(plan(replace(ADULT, equipment=kit, primary_goal=goal), days=7, seed=seed)):
        assert total_seconds(session.phase("main")) >= 20 * 60
        assert total_seconds(session.phase("warm_up")) <= 5 * 60


@for_each("kit", KITS)
@for_each("minutes", [20, 30, 40])
@for_each("days", [(0, 3), (0, 2, 4)])
@for_each("seed", range(3))
def test_two_days_a_week_pull_however_short_they_are(days, minutes, kit, seed):
    person = replace(ADULT, equipment=kit, workout_minutes=minutes, workout_days=days)
    made = lifting(plan(person, days=7, seed=seed))
    pulling = [s for s in made if any(b.exercise.family == "pull" for b in s.phase("main"))]
    assert len(pulling) >= 2


@pytest.mark.parametrize("minutes", [40, 60, 75, 90, 120])
def test_t8_the_ramp_is_a_part_of_the_five_to_ten_minutes(minutes):
    person = replace(TRAINED, primary_goal="strength", workout_minutes=minutes)
    for session in lifting(plan(person, "vigorous", days=7)):
        assert 5 * 60 <= total_seconds(session.phase("warm_up")) <= 10 * 60
        assert total_seconds(session.phase("warm_up")) > RAMP_SECONDS


@pytest.mark.parametrize(("goal", "rest"), [("general_fitness", 45), ("muscle_gain", 60), ("strength", 120)])
def test_t4_half_an_hour_has_the_shorter_rests_its_goal_allows(goal, rest):
    person = replace(ADULT, equipment=("dumbbells",), primary_goal=goal)
    lifts = [b for s in lifting(plan(person, days=7)) for b in s.phase("main") if b.exercise.takes_load and b.reps_max]
    assert max(block.rest_sec for block in lifts) == rest


def test_a_high_pressure_keeps_its_slow_end():
    person = replace(ADULT, conditions=("hypertension",))
    assert all(total_seconds(s.phase("cool_down")) >= 270 for s in plan(person, days=7).sessions)
