"""T-11: which of the exercises that are open to somebody comes first."""

from dataclasses import replace

import pytest

from agents.domain.profile import Injury
from agents.domain.training.choice import LIFTS
from tests.support.cases import for_each
from tests.support.trainees import ADULT, LIBRARY, plan


def lifts(made):
    return [b.exercise for s in made.sessions for b in s.phase("main") if b.exercise.is_strength]


@for_each("seed", range(6))
@for_each("kit", [("dumbbells", "mat"), ("resistance_bands",), ("kettlebell", "dumbbells")])
@for_each("change", [{}, {"age": 70}, {"pregnancy_week": 24, "conditions": ("pregnancy",)}])
def test_weights_and_bands_at_home_are_used_first_in_every_pattern_they_serve(change, kit, seed):
    person = replace(ADULT, equipment=kit, workout_minutes=45, **change)
    served = {e.family for e in LIBRARY if e.takes_load and e.level == "beginner" and set(e.equipment) <= set(kit)}
    for session in plan(person, seed=seed).sessions:
        for family in served.intersection(LIFTS):
            first = next((b.exercise for b in session.phase("main") if b.exercise.family == family), None)
            assert first is None or first.takes_load, first.slug


def test_body_weight_stays_the_choice_of_who_asks_for_it():
    person = replace(ADULT, equipment=("dumbbells",), modalities=("bodyweight",))
    found = [exercise for exercise in lifts(plan(person)) if exercise.family in LIFTS]
    assert found
    assert sum(exercise.takes_load for exercise in found) <= len(found) // 2


@pytest.mark.parametrize("seed", range(6))
def test_a_healthy_adult_trains_the_trunk_neither_on_a_chair_nor_against_a_wall(seed):
    trunk = [e for e in lifts(plan(ADULT, seed=seed)) if e.family == "trunk"]
    assert trunk
    assert not any(e.is_wheelchair_friendly or not e.tags for e in trunk)


def test_trunk_work_from_a_chair_is_left_to_those_whose_hurts_close_the_floor():
    hurt = replace(ADULT, injuries=(Injury("knee"), Injury("neck"), Injury("wrist"), Injury("hernia")))
    assert any(e.family == "trunk" for e in lifts(plan(hurt)))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("change", [{"weight_kg": 130}, {"conditions": ("diabetes_t2",)}, {"age": 72}])
def test_without_equipment_a_wall_and_a_backpack_beat_hands_pressed_together(change, seed):
    moves = [e for e in lifts(plan(replace(ADULT, **change), seed=seed)) if e.family in ("push", "pull")]
    assert moves
    assert not any(e.is_wheelchair_friendly for e in moves)
    assert all("lats" in e.muscles for e in moves if e.family == "pull")
