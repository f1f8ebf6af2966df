"""The exercise coach: a programme inside what is safe, sets and activities as logs."""

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest

from agents.domain import changes as c
from agents.domain.context import Context, ExerciseView, PlanView, WorkoutView
from agents.nodes import workouts
from agents.nodes.workouts import _dose, make_programme, make_sleep_plan
from agents.schemas import Intent, LogActivity, LogSets, SetEntry, Target
from agents.state import Part
from tests.support.mind import MemoryInMemory, ports, profile, settled, task

MONDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 25)
PORTS = ports(MemoryInMemory(settled()))
LINE = ExerciseView("Squat", "main", 3, 8, 12, None, 90, ("pain-free range",))
SESSION = WorkoutView(UUID(int=1), WEDNESDAY, "Full body", time(18), 30, "moderate", "planned", (LINE,))


async def test_a_programme_has_sessions_on_the_chosen_days_and_a_task_for_each() -> None:
    part = await make_programme(settled(), PORTS)
    (change,) = part.changes
    assert isinstance(change, c.ExercisePlanMade)
    days = [session.date for session in change.programme.sessions]
    assert {day.weekday() for day in days} <= {0, 2, 4}
    assert len(days) == 6
    assert [draft.workout_on for draft in change.head.tasks] == days


async def test_with_signs_of_heart_trouble_nothing_vigorous_is_planned_and_a_clinician_comes_first() -> None:
    risky = settled(profile=profile(symptoms=("chest_discomfort",), is_locked=True))
    part = await make_programme(risky, PORTS)
    assert part.level == "caution"
    sessions = [
        s for change in part.changes if isinstance(change, c.ExercisePlanMade) for s in change.programme.sessions
    ]
    assert {session.intensity for session in sessions} <= {"light"}


@pytest.mark.parametrize(
    ("sets", "low", "high", "seconds", "words"),
    [
        (3, 8, 12, None, "3 × 8–12"),
        (3, 10, 10, None, "3 × 10"),
        (2, None, None, 30, "2 × 30 s"),
        (1, None, None, 45, "45 s"),
        (1, None, None, 300, "5 min"),
        (None, None, None, 600, "10 min"),
    ],
)
def test_a_dose_in_words(sets: int | None, low: int | None, high: int | None, seconds: int | None, words: str) -> None:
    assert _dose(sets, low, high, seconds) == words


async def shown(target: Target = Target(), **context: Any) -> Part:  # noqa: B008 - frozen
    memory = MemoryInMemory(settled(**context), planned_workouts=(SESSION,))
    return await workouts.show(settled(**context), Intent("workout_view", target), ports(memory))


async def test_without_a_session_today_the_next_one_is_shown() -> None:
    part = await shown()
    assert part.lines[0].key == "workout-next"
    assert part.cards[0].rows == (("main", "Squat", "3 × 8–12 (pain-free range)"),)


async def test_the_session_of_a_day_brings_its_button() -> None:
    open_task = task(1, due_on=WEDNESDAY)
    part = await shown(Target(on=WEDNESDAY), tasks=(open_task,))
    assert part.lines[0].key == "workout-head"
    assert part.choices[0][0].data.startswith("task:done:")


async def test_without_a_plan_or_a_session_it_says_so() -> None:
    assert (await shown(plans=())).lines[0].key == "no-workout-plan"
    assert (await shown(Target(on=date(2027, 6, 1)))).lines[0].key == "no-more-workouts"


async def logged(order: Intent) -> Part:
    state: Any = {"inbound": type("I", (), {"tap": None})(), "context": settled(), "orders": (order,)}
    runtime: Any = type("R", (), {"context": PORTS})()
    done = await workouts.exercise_coach(state, runtime)
    return done["parts"][0]


async def test_sets_are_numbered_by_exercise() -> None:
    entries = (SetEntry("bench", 1, 8, 60.0, rpe=8), SetEntry(None, 2, 5, 100.0), SetEntry("squat", 1, 5, 80.0))
    part = await logged(Intent("log_sets", LogSets(entries)))
    (change,) = part.changes
    assert isinstance(change, c.ActivityLogged)
    assert [(s.exercise_name, s.position, s.set_number, s.reps) for s in change.sets] == [
        ("bench", 1, 1, 8), ("bench", 1, 2, 5), ("bench", 1, 3, 5), ("squat", 2, 1, 5),
    ]  # fmt: skip
    assert part.lines[0].args == {"count": 4, "names": "bench, squat"}


async def test_a_thousand_sets_are_bounded() -> None:
    part = await logged(Intent("log_sets", LogSets((SetEntry("bench", 1000, 5),))))
    assert len(part.changes[0].sets) == 20  # type: ignore[union-attr]  # an activity


async def test_an_activity_counts_gross_energy() -> None:
    part = await logged(Intent("log_activity", LogActivity("walked", minutes=60)))
    (change,) = part.changes
    assert isinstance(change, c.ActivityLogged)
    assert change.kcal == round((change.met or 0) * 82)


@pytest.mark.parametrize("name", ["log_sets", "log_activity"])
async def test_without_figures_it_asks(name: Any) -> None:
    assert (await logged(Intent(name))).changes == ()


def drafts(context: Context, category: str) -> list[c.TaskDraft]:
    (change,) = make_sleep_plan(context, PORTS).changes
    assert isinstance(change, c.SleepPlanMade)
    return [draft for draft in change.head.tasks if draft.category == category]


def test_the_sleep_plan_brings_a_task_for_each_of_seven_evenings() -> None:
    evenings = drafts(settled(), "sleep")
    assert [draft.due_on.day for draft in evenings] == [23, 24, 25, 26, 27, 28, 29]
    assert {draft.description for draft in evenings} == {"Lights out by 22:30"}


def test_the_first_sleep_plan_brings_one_tiny_habit_from_tomorrow_on() -> None:
    found = drafts(settled(plans=()), "lifestyle")
    assert [draft.due_on.day for draft in found] == [24, 25, 26, 27, 28, 29]
    (words,) = {draft.description for draft in found}
    assert words.startswith("After I ")
    assert {draft.due_time for draft in found} == {None}
    part = make_sleep_plan(settled(plans=()), PORTS)
    assert (part.lines[-1].key, part.lines[-1].args["habit"]) == ("habit-from-tomorrow", words)


@pytest.mark.parametrize(("version", "habits"), [(1, 2), (2, 3), (7, 3)])
def test_each_later_sleep_plan_adds_a_habit_up_to_three(version: int, habits: int) -> None:
    before = PlanView(UUID(int=9), "sleep", version, MONDAY, "")
    assert len({draft.description for draft in drafts(settled(plans=(before,)), "lifestyle")}) == habits
