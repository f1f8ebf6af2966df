"""S-102, S-103, S-120, S-130, S-150, T-31: what differs for people who need care."""

from dataclasses import replace

import pytest

from agents.domain.injuries import REGION_TAGS
from agents.domain.profile import Injury
from agents.domain.training.trainee import PELVIC_FLOOR
from tests.support.trainees import ADULT, TRAINED, first_week, main_slugs, plan


def test_no_session_and_a_kind_word_when_the_screening_allows_nothing():
    made = plan(replace(ADULT, injuries=(Injury("knee"),)), "none")
    assert made.sessions == ()
    assert made.notes[0].rule == "S-102"
    assert "doctor" in made.rationale
    assert made.forbidden == tuple(sorted(REGION_TAGS["knee"]))


@pytest.mark.parametrize("profile", [ADULT, replace(ADULT, location="gym"), replace(ADULT, location="outdoor")])
def test_easy_means_walking_and_mobility_only(profile):
    made = plan(profile, "easy")
    assert len(made.sessions) == 6
    for session in made.sessions:
        assert session.intensity == "light"
        assert all(block.exercise.is_easy for block in session.exercises)
        assert any(block.exercise.modality == "walking" for block in session.phase("main"))


def test_a_severe_knee_leaves_no_leg_exercise_and_asks_for_a_clinician():
    made = plan(replace(ADULT, injuries=(Injury("knee", "severe"),), workout_minutes=45))
    assert made.sessions
    assert not any("legs" in block.exercise.loads for session in made.sessions for block in session.exercises)
    assert "Urgent" in made.notes[0].message


def test_every_part_of_the_body_severely_hurt_means_rest():
    injuries = (
        Injury("knee", "severe"),
        Injury("shoulder", "severe"),
        Injury("back", "severe"),
        Injury("neck", "severe"),
    )
    made = plan(replace(ADULT, injuries=injuries))
    assert made.sessions == ()
    assert "rest and see a clinician" in made.notes[0].message


def test_a_mild_injury_is_spared_or_told_how():
    made = plan(replace(TRAINED, injuries=(Injury("shoulder", "mild"),), primary_goal="muscle_gain"))
    limited = REGION_TAGS["shoulder"]
    for session in made.sessions:
        for block in session.exercises:
            if limited & set(block.exercise.tags):
                assert "half the range or a third less load, pain at most 2 of 10" in block.modifications


def test_high_blood_pressure_means_twelve_to_fifteen_breathing_repetitions():
    made = plan(replace(TRAINED, primary_goal="strength", conditions=("hypertension",)))
    lifts = [b for s in made.sessions for b in s.phase("main") if b.reps_max and b.exercise.is_strength]
    assert {block.reps_min for block in lifts} == {12}
    assert max(block.reps_max for block in lifts) == 15
    assert all("breathe out on effort" in block.modifications for block in lifts)


def test_asthma_takes_the_long_warm_up():
    def warm_up(profile):
        return sum(block.seconds for block in plan(profile).sessions[0].phase("warm_up"))

    calm = replace(ADULT, workout_minutes=45)
    assert warm_up(replace(calm, conditions=("respiratory",))) >= warm_up(calm) + 120


def test_minors_train_strength_three_times_at_most_and_never_below_eight_repetitions():
    teen = replace(TRAINED, age=15, primary_goal="strength", workout_days=(0, 1, 2, 3, 4, 5))
    made = plan(teen, "vigorous")
    assert sum(1 for session in first_week(made) if session.session_kind == "strength") == 3
    assert min(b.reps_min for s in made.sessions for b in s.phase("main") if b.reps_min) >= 8
    assert any(note.rule == "S-120" for note in made.notes)


def test_older_people_practise_balance():
    made = plan(replace(ADULT, age=70, workout_minutes=45))
    families = [{b.exercise.family for b in s.phase("main")} for s in made.sessions if s.session_kind == "strength"]
    assert all("balance" in found for found in families)


def test_another_seed_may_give_another_plan():
    assert len({tuple(main_slugs(plan(ADULT, seed=seed))) for seed in range(6)}) > 1


@pytest.mark.parametrize("illness", ["flu", "acute_illness", "covid"])
def test_s190_an_illness_is_a_rest_until_it_is_over_and_asks_for_no_doctors_yes(illness):
    made = plan(replace(ADULT, conditions=(illness,)), "none")
    assert (made.sessions, made.notes[0].rule) == ((), "S-190")
    assert "doctor" not in made.rationale


def test_s102_an_illness_on_top_of_a_diagnosis_still_asks_for_a_doctors_yes():
    assert "doctor" in plan(replace(ADULT, regular_exercise=False, conditions=("cardiac", "flu")), "none").rationale


def test_s190_a_cold_halves_the_time_of_a_session():
    usual = plan(replace(ADULT, workout_minutes=60), "easy")
    cold = plan(replace(ADULT, workout_minutes=60, conditions=("cold",)), "easy")
    assert cold.sessions
    assert max(session.minutes for session in cold.sessions) <= 30 < max(session.minutes for session in usual.sessions)
    assert "S-190" in {note.rule for note in cold.notes}
    assert "S-103" not in {note.rule for note in cold.notes}


@pytest.mark.parametrize(
    "known",
    [{"age": 16}, {"age": None}, {"conditions": ("anorexia",)}, {"conditions": ("care_mode",)}, {"pregnancy_week": 20},
     {"height_cm": 180.0, "weight_kg": 55.0}, {"conditions": ("weird thing",)}],
)  # fmt: skip
def test_e1_e2_e6_e8_where_no_deficit_is_allowed_nothing_speaks_of_losing_fat(known):
    made = plan(replace(ADULT, primary_goal="fat_loss", **known), "easy")
    assert made.sessions
    said = [made.rationale, *(note.message for note in made.notes), *(session.title for session in made.sessions)]
    assert not any(word in text.lower() for text in said for word in (" fat", "lose", "losing"))


def test_where_a_deficit_is_allowed_the_goal_is_named():
    assert "losing fat" in plan(replace(ADULT, primary_goal="fat_loss"), "easy").rationale


@pytest.mark.parametrize("week", [8, 24, 38])
@pytest.mark.parametrize("change", [{}, {"modalities": ("yoga",)}, {"fitness_level": "advanced"}])
def test_pregnancy_trains_the_pelvic_floor_in_every_session_and_never_head_down(week, change):
    person = replace(ADULT, conditions=("pregnancy",), pregnancy_week=week, workout_minutes=40, **change)
    for seed in range(4):
        for session in plan(person, seed=seed).sessions:
            assert {b.exercise.slug for b in session.phase("cool_down")} & set(PELVIC_FLOOR)
            assert not any("inverted" in b.exercise.tags for b in session.exercises)


def test_a_birth_some_weeks_ago_asks_for_the_pelvic_floor_and_nobody_else_gets_it():
    for person, is_wanted in ((replace(ADULT, conditions=("postpartum",)), True), (ADULT, False)):
        slugs = {b.exercise.slug for s in plan(person, "easy").sessions for b in s.exercises}
        assert bool(slugs & set(PELVIC_FLOOR)) is is_wanted


def test_weak_bones_are_not_stretched_over_a_round_back():
    slugs = {
        b.exercise.slug
        for seed in range(6)
        for s in plan(replace(ADULT, age=70, conditions=("osteoporosis",), workout_minutes=60), seed=seed).sessions
        for b in s.exercises
    }
    assert slugs.isdisjoint({"seated_hamstring_stretch", "happy_baby", "forward_fold", "seated_fold", "knees_to_chest"})
