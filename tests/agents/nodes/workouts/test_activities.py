"""Sets and activities as logs."""

from typing import Any

import pytest

from agents.domain import changes as c
from agents.nodes import workouts
from agents.schemas import Intent, LogActivity, LogSets, SetEntry
from agents.state import Part
from tests.support.mind import MemoryInMemory, ports, settled

PORTS = ports(MemoryInMemory(settled()))


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


async def test_the_log_keeps_which_lift_was_said() -> None:
    entries = (SetEntry("squat", 1, 8, 100.0), SetEntry("bench press", 1, 8, 60.0))
    part = await logged(Intent("log_sets", LogSets(entries), quote="hack squat 100x8, bench 60x8"))
    (change,) = part.changes
    assert isinstance(change, c.ActivityLogged)
    assert [s.exercise_name for s in change.sets] == ["Hack squat machine", "bench press"]


async def test_a_set_of_the_body_alone_is_not_counted_for_the_lift_before() -> None:
    entries = (SetEntry("bench press", 1, 8, 60.0), SetEntry(None, 1, 6, 10.0, is_bodyweight=True))
    part = await logged(Intent("log_sets", LogSets(entries)))
    assert [s.exercise_name for s in part.changes[0].sets] == ["bench press", "exercise"]  # type: ignore[union-attr]  # an activity
