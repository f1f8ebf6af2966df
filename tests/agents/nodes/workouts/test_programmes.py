"""A programme in the chat: the same findings, caps, loads and weeks as `keel plan`."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain import changes as c
from agents.domain.plan_vetting import plan_findings
from agents.domain.profile import Clearance, Injury, Profile
from agents.domain.safety import profile_findings
from agents.domain.training import Programme
from agents.domain.training.record import LiftedSet, PlanSpan, TrainingRecord
from agents.nodes.workouts import make_programme
from agents.nodes.workouts.programmes import planned
from agents.state import Part
from storage.reference.exercise_tables import library
from tests.support.mind import MemoryInMemory, ports, profile, settled

TODAY = date(2026, 11, 23)
LIFTER = profile(
    is_locked=True, version=1, injuries=(), location="gym", fitness_level="intermediate", regular_exercise=True,
    primary_goal="muscle_gain", workout_minutes=60,
)  # fmt: skip
DEVELOPED = tuple(
    LiftedSet("bench press", TODAY - timedelta(days=days), 60.0, 12, 8.0) for days in (3, 7) for _ in range(3)
)


async def made(person: Profile, record: TrainingRecord = TrainingRecord()) -> Part:  # noqa: B008 - frozen
    context = settled(profile=person)
    return await make_programme(context, ports(MemoryInMemory(context, record=record)))


def programme_of(part: Part) -> Programme:
    (change,) = part.changes
    assert isinstance(change, c.ExercisePlanMade)
    return change.programme


def said(part: Part) -> list[str]:
    return [str(line.args["text"]) for line in part.lines if line.key == "plain"]


async def test_a_programme_has_sessions_on_the_chosen_days_and_a_task_for_each() -> None:
    part = await made(profile(is_locked=True, version=1))
    (change,) = part.changes
    assert isinstance(change, c.ExercisePlanMade)
    days = [session.date for session in change.programme.sessions]
    assert {day.weekday() for day in days} <= {0, 2, 4}
    assert len(days) == 6
    assert [draft.workout_on for draft in change.head.tasks] == days


async def test_with_signs_of_heart_trouble_an_empty_plan_takes_the_place_of_the_old_one_and_it_is_urgent() -> None:
    part = await made(profile(symptoms=("chest_discomfort",), is_locked=True))
    assert programme_of(part).sessions == ()
    assert [change.head.tasks for change in part.changes if isinstance(change, c.ExercisePlanMade)] == [()]
    assert not any(line.key == "done-workout-plan" for line in part.lines)
    assert part.level == "urgent"
    assert "P05" in part.rules


async def test_where_no_plan_was_none_has_to_end() -> None:
    context = settled(profile=profile(symptoms=("chest_discomfort",), is_locked=True), plans=())
    assert (await make_programme(context, ports(MemoryInMemory(context)))).changes == ()


async def test_the_record_is_not_read_where_nothing_can_be_planned() -> None:
    context = settled(profile=profile(symptoms=("chest_discomfort",), is_locked=True))
    part = await make_programme(context, ports(MemoryInMemory(context, fails_at="training_record")))
    assert programme_of(part).sessions == ()


async def test_s120_for_a_child_there_is_no_programme_only_the_kind_refusal() -> None:
    part = await made(profile(age=11, is_locked=True))
    assert part.changes == ()
    assert part.rules[-1] == "S-120"
    assert len(said(part)) == 1


@pytest.mark.parametrize("words", ["heart failure", "type 1 diabetes", "CKD stage 3"])
async def test_a_disease_on_file_in_words_asks_for_a_clinician_like_its_code(words: str) -> None:
    part = await made(profile(conditions=(words,), is_locked=True))
    assert programme_of(part).sessions == ()
    assert any("doctor's yes" in text for text in said(part))


async def test_s103_an_unknown_diagnosis_keeps_it_easy_and_is_asked_about() -> None:
    part = await made(profile(conditions=("fabry disease",), is_locked=True))
    assert {block.exercise.effort for s in programme_of(part).sessions for block in s.exercises} == {"easy"}
    assert any("fabry disease" in text for text in said(part))


async def test_a_severe_back_leaves_only_easy_movement() -> None:
    part = await made(profile(injuries=(Injury("back", "severe"),), is_locked=True))
    assert {block.exercise.effort for s in programme_of(part).sessions for block in s.exercises} == {"easy"}
    assert part.level == "urgent"


@pytest.mark.parametrize(
    "changes",
    [{}, {"pregnancy_week": 20, "sex": "female"}, {"medications": ("metoprolol", "insulin")}, {"age": 15},
     {"conditions": ("osteoporosis", "hypertension")}],
)  # fmt: skip
async def test_every_sentence_is_said_once_and_stored_with_the_plan(changes: dict[str, object]) -> None:
    person = profile(is_locked=True, regular_exercise=True, clearance=Clearance("moderate"), **changes)
    part = await made(person)
    texts = said(part)
    assert len(set(texts)) == len(texts)
    (change,) = part.changes
    assert isinstance(change, c.ExercisePlanMade)
    found = profile_findings(person, on=TODAY)
    assert part.level == found.level
    assert {(one.rule, one.message) for one in found.findings} <= set(change.head.findings)
    assert len(set(change.head.findings)) == len(change.head.findings)


async def test_t6_logged_sets_become_loads_and_a_lift_without_a_log_is_found_by_effort() -> None:
    part = await made(LIFTER, TrainingRecord(sets=DEVELOPED))
    blocks = [b for s in programme_of(part).sessions for b in s.phase("main")]
    bench = [b.load_kg for b in blocks if b.exercise.slug == "barbell_bench_press"]
    assert bench
    assert set(bench) <= {60.0, 62.5}
    assert {b.load_kg for b in blocks if b.exercise.slug != "barbell_bench_press"} == {None}


async def test_without_a_log_no_load_is_invented() -> None:
    blocks = [b for s in programme_of(await made(LIFTER)).sessions for b in s.exercises]
    assert {b.load_kg for b in blocks} == {None}


async def test_t7_the_second_plan_goes_on_where_the_first_ended_and_its_fourth_week_is_lighter() -> None:
    first = programme_of(await made(LIFTER))
    later = programme_of(await made(LIFTER, TrainingRecord(plans=(PlanSpan(TODAY - timedelta(weeks=2), TODAY),))))

    def sets(programme: Programme, week: int) -> int:
        days = [s for s in programme.sessions if (s.date - TODAY).days // 7 == week]
        return sum(block.sets for s in days for block in s.phase("main"))

    assert sets(later, 1) < sets(first, 1)
    assert sets(later, 1) < sets(later, 0)


sets_logged = st.lists(
    st.builds(
        LiftedSet,
        name=st.sampled_from(["bench", "squat", "deadlift", "lat pulldown", "leg press", "ohp", "db curl"]),
        on=st.integers(0, 60).map(lambda days: TODAY - timedelta(days=days)),
        weight_kg=st.sampled_from([10.0, 20.0, 42.5, 60.0, 100.0]),
        reps=st.integers(1, 25),
        rpe=st.none() | st.sampled_from([6.0, 8.0, 10.0]),
    ),
    max_size=15,
).map(tuple)


@settings(derandomize=True, deadline=None, max_examples=120)
@given(
    sets=sets_logged,
    weeks=st.integers(0, 11),
    off=st.sampled_from([0, 0, 3, 6, 20]),
    minutes=st.sampled_from([15, 20, 30, 45, 60, 90]),
    goal=st.sampled_from(["fat_loss", "muscle_gain", "strength", "general_fitness"]),
    age=st.sampled_from([15, 36, 70]),
)
def test_whatever_was_logged_the_programme_passes_the_vet(
    sets: tuple[LiftedSet, ...], weeks: int, off: int, minutes: int, goal: str, age: int
) -> None:
    person = replace(LIFTER, workout_minutes=minutes, primary_goal=goal, age=age)  # type: ignore[arg-type]  # a goal
    start = TODAY - timedelta(weeks=weeks)
    plans = (PlanSpan(start - timedelta(weeks=off + 2), start - timedelta(weeks=off)), PlanSpan(start, TODAY))
    found = profile_findings(person, on=TODAY)
    plan = planned(found, library(), TrainingRecord(sets=sets, plans=plans), start=TODAY, seed=0)
    head = c.PlanHead("Training", TODAY, 2, plan.rationale, 1, "user_request", None, 0)
    assert plan.sessions
    assert plan_findings(c.ExercisePlanMade(head, plan, None), person) == ()
