"""T-4, T-6 to T-8, T-23: how hard, how much, and how it grows."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from agents.domain.profile import Injury
from agents.domain.training import Course, programme
from agents.domain.training.choice import LIFTS
from agents.domain.training.dose import is_heavy
from agents.domain.training.lifting import weekly_sets
from agents.domain.training.trainee import equipment_of
from tests.support.cases import for_each
from tests.support.trainees import ADULT, LIBRARY, MONDAY, TRAINED, main_slugs, plan


def test_a_newcomer_keeps_three_repetitions_in_reserve_for_two_weeks():
    for person in (ADULT, replace(TRAINED, regular_exercise=False, primary_goal="muscle_gain")):
        made = plan(person, "vigorous", days=21)
        early = [b for s in made.sessions if s.date < MONDAY + timedelta(days=14) for b in s.exercises if b.rir]
        assert early
        assert min(block.rir for block in early) >= 3
    made = plan(replace(ADULT, primary_goal="muscle_gain", equipment=("dumbbells",)), days=21)
    assert any(block.rir == 2 for block in made.sessions[-1].exercises)


def test_week_two_asks_for_a_little_more_and_cardio_rises_by_at_most_a_tenth():
    made = plan(ADULT)
    before, after = made.sessions[:3], made.sessions[3:]
    for one, two in zip(before, after, strict=True):
        assert one.title == two.title
        for early, late in zip(one.phase("main"), two.phase("main"), strict=True):
            assert (early.exercise, early.sets) == (late.exercise, late.sets)
            if early.reps_max:
                assert late.reps_max - early.reps_max in (1, 2)
            elif early.exercise.family == "cardio":
                assert early.duration_seconds < late.duration_seconds <= 1.1 * early.duration_seconds + 1e-9


def test_the_fourth_week_is_lighter():
    made = plan(replace(TRAINED, primary_goal="muscle_gain"), days=28)
    sets = Counter()
    for session in made.sessions:
        sets[(session.date - MONDAY).days // 7] += sum(b.sets for b in session.phase("main") if b.exercise.is_strength)
    assert sets[0] == sets[1] == sets[2]
    assert 0.5 * sets[2] <= sets[3] <= 0.75 * sets[2]


def test_a_trained_lifter_gets_heavy_sets_near_the_limit_only_when_vigorous_is_allowed():
    lifter = replace(TRAINED, primary_goal="strength")
    hard = plan(lifter, "vigorous").sessions[0].phase("main")[0]
    assert (hard.reps_min, hard.rir, hard.rest_sec) == (3, 2, 180)
    capped = plan(lifter, "moderate").sessions[0]
    assert capped.phase("main")[0].rir == 3
    assert capped.intensity == "moderate"


def test_the_first_loaded_lift_of_a_long_session_has_a_ramp_without_invented_loads():
    session = plan(replace(TRAINED, primary_goal="strength"), "vigorous").sessions[0]
    ramp = session.phase("warm_up")[-1]
    assert ramp.exercise == session.phase("main")[0].exercise
    assert (ramp.sets, ramp.reps_min, ramp.reps_max) == (3, 2, 8)
    assert "8 reps with 40%" in ramp.modifications[0]
    assert all(block.load_kg is None for block in session.exercises)


def test_hard_days_are_at_most_one_a_week_for_cardio():
    runner = replace(TRAINED, primary_goal="endurance", modalities=("running",), workout_days=(0, 1, 2, 3, 4, 5))
    made = plan(runner, "vigorous")
    per_week = Counter((s.date - MONDAY).days // 7 for s in made.sessions if s.intensity == "intense")
    assert per_week == {0: 1, 1: 1}
    hard = next(session for session in made.sessions if session.intensity == "intense").phase("main")[0]
    assert hard.exercise.slug == "treadmill_intervals"
    assert (hard.sets, hard.duration_seconds, hard.rest_sec) == (6, 60, 120)
    assert "treadmill_run_walk" not in main_slugs(made)
    assert "easy_jog" in main_slugs(plan(replace(runner, location="outdoor"), "moderate"))


@pytest.mark.parametrize(
    "change",
    [
        {"fitness_level": "beginner"},
        {"regular_exercise": False},
        {"weight_kg": 120},
        {"injuries": (Injury("knee", "mild"),)},
    ],
)
def test_run_and_walk_in_turns_come_first_for_newcomers_weight_and_joints(change):
    runner = replace(TRAINED, location="outdoor", primary_goal="endurance", modalities=("running",), **change)
    slugs = set(main_slugs(plan(runner, "moderate")))
    assert "run_walk" in slugs
    assert not slugs & {"easy_jog", "steady_run", "tempo_run", "run_intervals"}


def test_a_preferred_modality_is_used():
    assert "swim_easy" in main_slugs(plan(replace(ADULT, equipment=("pool",), modalities=("swimming",))))
    rides = set(main_slugs(plan(replace(ADULT, equipment=("bike",), modalities=("cycling",)))))
    assert rides & {"bike_easy", "outdoor_ride"}


@pytest.mark.parametrize(
    ("goal", "reps", "rirs", "rests"),
    [
        ("strength", (3, 10), (1, 3), (120, 240)),
        ("muscle_gain", (6, 15), (0, 3), (60, 150)),
        ("general_fitness", (8, 15), (2, 4), (60, 150)),
    ],
)
@pytest.mark.parametrize("week", range(1, 5))
def test_t4_repetitions_reserve_and_rest_belong_to_the_goal(goal, reps, rirs, rests, week):
    person = replace(TRAINED, primary_goal=goal, workout_days=(0, 1, 3, 4), workout_minutes=75)
    made = programme(person, LIBRARY, screening_allowed="vigorous", start=MONDAY, days=7, course=Course(week=week))
    main = [b for s in made.sessions for b in s.phase("main") if b.exercise.takes_load and "main" in b.exercise.uses]
    lifts = [b for b in main if b.exercise.family in LIFTS and not b.exercise.is_unilateral and b.reps_min]
    assert lifts
    for block in lifts:
        assert reps[0] <= block.reps_min <= block.reps_max <= reps[1]
        assert rirs[0] <= block.rir <= rirs[1]
        assert rests[0] <= block.rest_sec <= rests[1]


@for_each("days", [(0, 3), (0, 2, 4), (0, 1, 3, 4), (0, 1, 3, 4, 5)])
@for_each("level", ["intermediate", "advanced"])
@for_each("minutes", [45, 60, 90])
@for_each("seed", range(3))
def test_t4_a_session_for_strength_has_two_heavy_lifts_and_the_others_in_six_to_ten(days, level, minutes, seed):
    person = replace(TRAINED, primary_goal="strength", fitness_level=level, workout_days=days, workout_minutes=minutes)
    for session in plan(person, "vigorous", days=7, seed=seed).sessions:
        if session.session_kind != "strength":
            continue
        lifts = [b for b in session.phase("main") if b.exercise.takes_load and "main" in b.exercise.uses]
        lifts = [b for b in lifts if b.exercise.family in LIFTS and not b.exercise.is_unilateral]
        heavy = [b for b in lifts if is_heavy(b)]
        assert 1 <= len(heavy) <= 2
        assert lifts[: len(heavy)] == heavy
        assert all(6 <= b.reps_min <= b.reps_max <= 10 for b in lifts[len(heavy) :])


@for_each("days", [(0, 1, 3, 4), (0, 1, 3, 4, 5)])
@for_each("kit", [("dumbbells", "machines", "bench"), ("cable", "machines", "barbell", "bench")])
@for_each("minutes", [60, 75, 90])
@for_each("seed", range(3))
def test_a_week_for_size_trains_the_side_of_the_shoulder_and_the_hamstrings_alone(days, kit, minutes, seed):
    person = replace(
        TRAINED, location="hybrid", equipment=kit, primary_goal="muscle_gain", workout_days=days,
        workout_minutes=minutes,
    )  # fmt: skip
    made = plan(person, "vigorous", days=7, seed=seed)
    alone = {b.exercise.primary_muscles for s in made.sessions for b in s.phase("main") if b.exercise.is_strength}
    assert {("shoulders",), ("hamstrings",)} <= alone
    slugs = set(main_slugs(made))
    assert slugs & {"lateral_raise", "cable_lateral_raise"}
    assert slugs & {"seated_leg_curl", "lying_leg_curl"}


@pytest.mark.parametrize("goal", ["strength", "muscle_gain", "general_fitness"])
def test_t5_weekly_sets_never_rise_by_more_than_a_fifth_or_two_sets_over_the_last_building_week(goal):
    person = replace(TRAINED, primary_goal=goal, workout_days=(0, 1, 3, 4))
    made = programme(person, LIBRARY, screening_allowed="vigorous", start=MONDAY, days=56)
    weeks = [
        weekly_sets([b for s in made.sessions if (s.date - MONDAY).days // 7 == week for b in s.exercises])
        for week in range(8)
    ]
    building = [volume for number, volume in enumerate(weeks, 1) if number % 4]
    for before, after in pairwise(building):
        assert all(after[muscle] <= max(1.2 * before[muscle], before[muscle] + 2) for muscle in after)


def test_t4_the_third_week_goes_one_repetition_nearer_to_the_limit_for_trained_people_only():
    def reserve(person, week):
        made = programme(person, LIBRARY, screening_allowed="vigorous", start=MONDAY, days=7, course=Course(week=week))
        return min(b.rir for s in made.sessions for b in s.phase("main") if b.rir is not None)

    lifter = replace(TRAINED, primary_goal="muscle_gain")
    assert [reserve(lifter, week) for week in (1, 2, 3, 4, 5)] == [2, 2, 1, 3, 2]
    for careful in ({"age": 15}, {"age": 70}, {"conditions": ("hypertension",)}, {"pregnancy_week": 12}):
        assert all(reserve(replace(lifter, **careful), week) >= 3 for week in range(1, 6))


@pytest.mark.parametrize(
    ("said", "slugs"),
    [("Kettlebells", {"kettlebell"}), ("yoga mat", {"mat"}), ("Exercise bike", {"bike"}), ("rack", set())],
)
def test_t11_equipment_is_understood_by_other_words(said, slugs):
    assert equipment_of(replace(ADULT, equipment=(said,))) == slugs
