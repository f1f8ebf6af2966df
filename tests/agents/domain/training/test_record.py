"""From the record to the course: the week of an unbroken row, breaks, and loads that never outgrow the log."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.strength import one_rep_max_kg, percent_of_max, rir_of_rpe
from agents.domain.training import DoneSet, programme
from agents.domain.training.record import LiftedSet, PlanSpan, TrainingRecord, course_of, history_of
from tests.support.trainees import GOALS, LIBRARY, MONDAY, TRAINED

LIFTS = ["barbell_bench_press", "barbell_back_squat", "barbell_deadlift", "lat_pulldown", "leg_press", "barbell_row",
         "dumbbell_bench_press", "goblet_squat", "seated_cable_row", "machine_chest_press"]  # fmt: skip
WEEK = timedelta(weeks=1)


def spans(*weeks_before):
    """Plans of two weeks that began so many weeks before Monday."""
    return tuple(PlanSpan(MONDAY - n * WEEK, MONDAY - n * WEEK + 2 * WEEK) for n in weeks_before)


def course(on=MONDAY, **record):
    return course_of(TrainingRecord(**record), TRAINED, LIBRARY, on=on)


@pytest.mark.parametrize(
    ("plans", "week"),
    [((), 1), (spans(0), 1), (spans(2), 3), (spans(4, 2), 5), (spans(2, 1.5, 1), 3), (spans(26, *range(2, 26, 2)), 27)],
)
def test_t7_the_week_counts_from_the_first_plan_of_an_unbroken_row(plans, week):
    found = course(plans=plans)
    assert (found.week, found.comeback_weeks) == (week, None)


def test_a_plan_made_anew_in_the_middle_of_the_week_stays_in_its_week():
    assert course(MONDAY + timedelta(days=3), plans=spans(0)).week == 1
    assert course(MONDAY + timedelta(days=7), plans=spans(0)).week == 2


@pytest.mark.parametrize(("ended_weeks_ago", "weeks_off"), [(1, None), (2, 2), (5, 5), (20, 20)])
def test_t9_after_a_break_the_row_starts_anew(ended_weeks_ago, weeks_off):
    found = course(plans=spans(ended_weeks_ago + 2))
    assert found.comeback_weeks == weeks_off
    assert found.week == (1 if weeks_off else 4)


def test_t9_logged_sets_keep_the_row_together_and_a_comeback_ends():
    trained = tuple(LiftedSet("squat", MONDAY - n * WEEK, 60, 5) for n in (1, 2, 3))
    assert course(plans=spans(6), sets=trained).week == 7
    resumed = spans(20, 3)
    assert (course(plans=resumed).week, course(plans=resumed).comeback_weeks) == (4, 15)
    later = course(MONDAY + 6 * WEEK, plans=(*resumed, *spans(*range(-6, 2))))
    assert (later.week, later.comeback_weeks) == (10, None)


def test_a_set_alone_starts_no_course():
    assert course(sets=(LiftedSet("squat", MONDAY - 9 * WEEK, 60, 5),)).week == 1


def test_t6_the_log_is_read_by_lift_with_its_reserve_oldest_first():
    sets = (
        LiftedSet("bench", MONDAY - WEEK, 62.5, 8, 8),
        LiftedSet("barbell bench press", MONDAY - 2 * WEEK, 60, 8),
        LiftedSet("zercher squat", MONDAY - WEEK, 90, 5),
        LiftedSet("bench", MONDAY + WEEK, 200, 5),
        LiftedSet("bench", MONDAY - WEEK, 0, 8),
    )
    found = history_of(TrainingRecord(sets=sets), {"barbell", "bench"}, LIBRARY, on=MONDAY)
    assert found == {
        "barbell_bench_press": (DoneSet(MONDAY - 2 * WEEK, 60, 8), DoneSet(MONDAY - WEEK, 62.5, 8, rir_of_rpe(8)))
    }


def test_t9_the_days_a_plan_covers_are_no_break_in_training():
    done = tuple(LiftedSet("barbell bench press", MONDAY - timedelta(days=10), 60, 8, 8) for _ in range(3))
    found = course_of(TrainingRecord(sets=done, plans=spans(1)), TRAINED, LIBRARY, on=MONDAY)
    made = programme(TRAINED, LIBRARY, screening_allowed="moderate", start=MONDAY, course=found)
    days = {
        (s.date - MONDAY).days: b.load_kg
        for s in made.sessions
        for b in s.phase("main")
        if b.exercise.slug == "barbell_bench_press"
    }
    assert max(days) >= 7, "a day more than two weeks after the last log"
    assert set(days.values()) == {60.0}


logged_sets = st.lists(
    st.builds(
        LiftedSet,
        name=st.sampled_from(LIFTS),
        on=st.integers(0, 60).map(lambda days: MONDAY - timedelta(days=days)),
        weight_kg=st.floats(2.5, 200).map(lambda kg: round(kg, 1)),
        reps=st.integers(1, 25),
        rpe=st.none() | st.sampled_from([5.0, 6.5, 7.0, 8.0, 9.0, 9.5, 10.0]),
    ),
    max_size=12,
).map(tuple)


@settings(derandomize=True, deadline=None, max_examples=120)
@given(
    sets=logged_sets,
    weeks=st.integers(0, 12),
    person=st.builds(
        lambda goal, level, age: replace(TRAINED, primary_goal=goal, fitness_level=level, age=age),
        st.sampled_from(GOALS),
        st.sampled_from(["beginner", "intermediate", "advanced"]),
        st.sampled_from([15, 34, 70]),
    ),
)
def test_t6_t3_no_planned_load_is_more_than_a_tenth_above_what_the_log_carries(sets, weeks, person):
    found = course_of(TrainingRecord(sets=sets, plans=spans(weeks)), person, LIBRARY, on=MONDAY)
    made = programme(person, LIBRARY, screening_allowed="moderate", start=MONDAY, course=found)
    blocks = [b for s in made.sessions for b in s.exercises if b.load_kg is not None and b.phase == "main"]
    for block in blocks:
        done = [one for one in sets if one.name == block.exercise.slug]
        assert done, "no load is invented for a lift that was never done"
        assert block.load_kg <= 1.1 * max(carried(one, block) for one in done) + 1e-9


def carried(one: LiftedSet, block) -> float:
    """The weight itself, or what the estimated maximum gives at the block's fewest repetitions (T-1, T-3)."""
    rir = 0 if one.rpe is None else rir_of_rpe(one.rpe)
    maximum = one_rep_max_kg(one.weight_kg, one.reps, rir=rir)
    percent = percent_of_max(block.reps_min, rpe=10 - (block.rir or 0))
    return max(one.weight_kg, maximum * percent / 100 if maximum and percent else 0)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(sets=logged_sets, weeks=st.integers(0, 12))
def test_without_a_log_of_a_lift_its_load_stays_open_and_the_first_day_is_never_in_the_future(sets, weeks):
    found = course_of(TrainingRecord(sets=sets, plans=spans(weeks)), TRAINED, LIBRARY, on=MONDAY)
    assert found.week == weeks + 1 or found.comeback_weeks is not None
    assert set(found.history) <= set(LIFTS)
    assert all(one.on <= MONDAY for done in found.history.values() for one in done)
    assert isinstance(found.week, int)


def test_the_record_of_a_newcomer_is_the_first_week_without_a_history():
    found = course_of(TrainingRecord(), TRAINED, LIBRARY, on=date(2026, 1, 1))
    assert (found.week, found.comeback_weeks, found.history) == (1, None, {})
