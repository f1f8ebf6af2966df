"""Sessions as shown: of a day, the next one, and doses in words."""

from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest

from agents.domain.context import ExerciseView, WorkoutView
from agents.domain.training import Block
from agents.nodes import workouts
from agents.nodes.workouts.sessions import dose, session_card
from agents.schemas import Intent, Target
from agents.state import Part
from tests.support.mind import MemoryInMemory, ports, profile, settled, task
from tests.support.trainees import LIBRARY, TRAINED, plan

WEDNESDAY = date(2026, 11, 25)
LINE = ExerciseView("Squat", "main", 3, 8, 12, None, 90, ("pain-free range",))
SESSION = WorkoutView(UUID(int=1), WEDNESDAY, "Full body", time(18), 30, "moderate", "planned", (LINE,))


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
    assert dose(sets, low, high, seconds) == words


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


async def test_while_training_waits_no_session_is_shown() -> None:
    waiting = profile(is_locked=True, symptoms=("chest_discomfort",))
    part = await shown(profile=waiting)
    assert part.cards == ()
    assert part.level == "urgent"
    assert "P05" in part.rules


def test_a_load_stands_beside_the_dose_and_an_open_one_is_found_by_effort() -> None:
    session = plan(TRAINED).sessions[0]
    lift = LIBRARY.get("barbell_back_squat")
    stretch = LIBRARY.get("push_up")
    assert lift is not None
    assert stretch is not None
    main = Block(exercise=lift, phase="main", sets=3, reps_min=8, reps_max=12, load_kg=62.5)
    own = Block(exercise=stretch, phase="main", sets=3, reps_min=8, reps_max=12)
    rows = session_card(replace(session, exercises=(main, replace(main, load_kg=None), own))).rows
    assert [row[2] for row in rows] == ["3 × 8–12, 62.5 kg", "3 × 8–12, find the weight by effort", "3 × 8–12"]
