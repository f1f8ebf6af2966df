"""T-6, T-7, T-9, T-11, T-23: a programme as a part of a longer block, with what was logged."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agents.domain.profile import Injury
from agents.domain.training import Course, DoneSet, Kit, programme
from tests.support.trainees import ADULT, LIBRARY, MONDAY, TRAINED

LIFTER = replace(TRAINED, primary_goal="muscle_gain", workout_days=(0, 2, 4))
RUNNER = replace(TRAINED, primary_goal="endurance", location="outdoor", modalities=("running",), workout_days=(1, 3, 5))


def made(profile, *, days=7, allowed="vigorous", start=MONDAY, **course):
    return programme(
        profile, LIBRARY, screening_allowed=allowed, start=start, days=days, seed=3, course=Course(**course)
    )


def lifts(plan):
    return [b for s in plan.sessions for b in s.phase("main") if b.exercise.is_strength]


def kg_lift(plan):
    return next(b for b in lifts(plan) if b.exercise.takes_load and "resistance_bands" not in b.exercise.equipment)


def cardio_seconds(plan):
    blocks = [b for s in plan.sessions for b in s.phase("main") if b.exercise.family == "cardio"]
    return sum(b.seconds for b in blocks if b.exercise.session_kind == "cardio")


def logged(block, kg, *, reps=12, days=(3, 6), rir=4):
    done = tuple(DoneSet(MONDAY - timedelta(days=ago), kg, reps, rir) for ago in days for _ in range(2))
    return {block.exercise.slug: done}


def test_any_week_of_a_block_is_the_one_a_longer_programme_has_there():
    whole = made(LIFTER, days=42)
    for week in range(1, 7):
        start = MONDAY + timedelta(days=7 * (week - 1))
        alone = made(LIFTER, start=start, week=week)
        assert alone.sessions == tuple(s for s in whole.sessions if start <= s.date < start + timedelta(days=7))


def test_t7_every_fourth_week_has_half_the_sets_at_the_same_exercises_and_more_reserve():
    usual, easy = made(LIFTER, week=3), made(LIFTER, week=4)
    share = sum(b.sets for b in lifts(easy)) / sum(b.sets for b in lifts(usual))
    assert 0.5 <= share <= 0.6
    assert {b.exercise for b in lifts(easy)} <= {b.exercise for b in lifts(usual)}
    assert min(b.rir for b in lifts(easy) if b.rir is not None) >= 3
    assert "lighter week" in easy.rationale


def test_t23_running_time_rises_by_a_tenth_at_most_and_drops_in_the_fourth_week():
    found = [cardio_seconds(made(RUNNER, week=week)) for week in range(1, 9)]
    assert found[0] < found[1] < found[2]
    assert all(after <= 1.1 * before for before, after in ((found[0], found[1]), (found[1], found[2])))
    assert found[3] == pytest.approx(0.7 * found[2], rel=0.02)
    assert found[4] == found[2]


def test_t23_an_event_halves_the_volume_keeps_the_effort_and_frees_its_eve():
    event = MONDAY + timedelta(days=13)
    everyday = replace(LIFTER, workout_days=tuple(range(7)))
    usual = made(everyday, days=14, week=2)
    taper = made(everyday, days=14, week=2, event_on=event)
    assert {s.date for s in usual.sessions} - {s.date for s in taper.sessions} == {event, event - timedelta(days=1)}
    rirs = {s.date: {b.exercise.slug: b.rir for b in s.phase("main")} for s in usual.sessions}
    sets = {s.date: sum(b.sets for b in s.phase("main") if b.exercise.is_strength) for s in usual.sessions}
    strength_days = [s for s in taper.sessions if s.session_kind == "strength"]
    assert strength_days
    for session in strength_days:
        left = [b for b in session.phase("main") if b.exercise.is_strength]
        assert all(b.rir == rirs[session.date][b.exercise.slug] for b in left)
        assert 0.4 <= sum(b.sets for b in left) / sets[session.date] <= 0.65
    assert any(note.rule == "T-23" for note in taper.notes)


@pytest.mark.parametrize(("off", "share"), [(2, 0.8), (6, 0.6)])
def test_t9_a_comeback_has_less_volume_and_load_and_three_in_reserve(off, share):
    usual = made(LIFTER, week=2)
    block = kg_lift(usual)
    history = logged(block, 60, reps=10, days=(off * 7,))
    back = made(LIFTER, week=2, comeback_weeks=off, history=history)
    sets = sum(b.sets for b in lifts(back)) / sum(b.sets for b in lifts(made(LIFTER, week=2, history=history)))
    assert sets == pytest.approx(share, abs=0.05)
    assert min(b.rir for b in lifts(back) if b.rir is not None) >= 3
    load = next(b.load_kg for b in lifts(back) if b.exercise == block.exercise)
    assert load == int(60 * share / 2.5) * 2.5
    assert any(note.rule == "T-9" for note in back.notes)


def test_t9_a_long_break_starts_with_the_beginners_volume_and_finds_loads_anew():
    usual = made(LIFTER, week=2)
    history = logged(kg_lift(usual), 60, days=(120,))
    back = made(LIFTER, comeback_weeks=17, history=history)
    assert sum(b.sets for b in lifts(back)) < sum(b.sets for b in lifts(usual))
    assert all(b.load_kg is None for b in lifts(back))
    assert min(b.rir for b in lifts(back) if b.rir is not None) >= 3


def test_t6_loads_come_from_the_log_only_and_the_ramp_follows():
    first = kg_lift(made(LIFTER, week=2))
    plan = made(LIFTER, week=2, history=logged(first, 60))
    for block in lifts(plan):
        assert (block.load_kg is not None) == (block.exercise == first.exercise)
    heavier = next(b for b in lifts(plan) if b.exercise == first.exercise)
    assert heavier.load_kg in (62.5, 65.0)
    assert any(f"{heavier.load_kg:g} kg" in hint for hint in heavier.modifications)
    for session in plan.sessions:
        ramps = [b for b in session.phase("warm_up") if b.exercise == first.exercise]
        assert all("kg" in b.modifications[0] for b in ramps)


def test_t6_the_log_may_use_names_and_unknown_names_are_left_out():
    first = kg_lift(made(LIFTER, week=2))
    done = logged(first, 60)[first.exercise.slug]
    by_slug = made(LIFTER, week=2, history={first.exercise.slug: done})
    by_name = made(LIFTER, week=2, history={first.exercise.name.upper(): done, "yak shearing": done})
    assert by_slug == by_name


def test_t6_a_logged_lift_stays_in_the_plan():
    for seed_lift in (b for b in lifts(made(LIFTER, week=2))):
        history = logged(seed_lift, 20)
        assert seed_lift.exercise in {b.exercise for b in lifts(made(LIFTER, week=2, history=history))}


def test_t7_a_deload_keeps_the_load_even_when_a_rise_is_due():
    first = kg_lift(made(LIFTER, week=4))
    start = MONDAY
    plan = made(LIFTER, week=4, start=start, history=logged(first, 60))
    assert {b.load_kg for b in lifts(plan) if b.exercise == first.exercise} == {60}


def test_t31_a_mild_hurt_takes_a_third_off_the_load_it_touches():
    mild = replace(LIFTER, injuries=(Injury("knee", "mild"), Injury("back", "mild"), Injury("shoulder", "mild")))
    plain = made(mild, week=2)
    touched = [b for b in lifts(plain) if b.exercise.takes_load and "half the range" in " ".join(b.modifications)]
    for block in touched:
        plan = made(mild, week=2, history=logged(block, 100, reps=9))
        again = [b for b in lifts(plan) if b.exercise == block.exercise]
        assert all(b.load_kg == 70 for b in again)


def test_t3_dumbbells_are_the_ones_the_person_has():
    home = replace(LIFTER, location="home", equipment=("dumbbells", "bench"))
    block = kg_lift(made(home, week=2))
    plan = made(home, week=2, history=logged(block, 10), kit=Kit(dumbbells_kg=(5, 10, 15)))
    assert {b.load_kg for b in lifts(plan) if b.exercise == block.exercise} == {10}


def test_t11_a_disliked_exercise_is_not_planned():
    usual = made(LIFTER, week=2)
    names = {b.exercise.name for b in lifts(usual)}
    changed = made(LIFTER, week=2, disliked=tuple(names))
    assert names.isdisjoint(b.exercise.name for b in lifts(changed))
    assert changed.sessions


def test_s120_minors_are_never_seeded_from_an_estimated_maximum():
    teen = replace(LIFTER, age=15)
    for block in [b for b in lifts(made(teen, week=2)) if b.exercise.takes_load]:
        plan = made(teen, week=2, history=logged(block, 60, reps=3))
        assert all(b.load_kg is None for b in lifts(plan))


@pytest.mark.parametrize("wrong", [{"week": 0}, {"comeback_weeks": -2}])
def test_an_impossible_course_is_refused_even_when_nothing_may_be_planned(wrong):
    with pytest.raises(ValueError, match="counted from 1"):
        made(ADULT, allowed="none", **wrong)
