"""S-102, S-103, S-120, S-130, S-150, T-31: what differs for people who need care."""

from dataclasses import replace

import pytest

from agents.domain.injuries import REGION_TAGS
from agents.domain.profile import Injury
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
