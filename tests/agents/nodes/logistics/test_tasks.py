"""Tasks by words and by tap: the one that is meant, never another."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from agents.domain import changes as c
from agents.domain.context import Context, LastChange, ReminderView
from agents.domain.crockford import encode
from agents.domain.recurrence import Recurrence
from agents.nodes.logistics import tasks
from agents.schemas import Intent, Target
from agents.state import Part
from tests.support.mind import NOW, MemoryInMemory, ports, settled, task

WORKOUT, BED = task(1), task(2, "Lights out by 22:30", "sleep")
BOTH = settled(tasks=(WORKOUT, BED))


def found(context: Context, **target: Any) -> list[str]:
    return [one.description for one in tasks.matching(context, Target(**target))]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("workout", [WORKOUT]),
        ("the training", [WORKOUT]),
        ("full body", [WORKOUT]),
        ("lights out", [BED]),
        ("bed", [BED]),
        ("", [WORKOUT, BED]),
        ("it", [WORKOUT, BED]),
        ("piano", []),
    ],
)
def test_words_find_the_task(words: str, meant: list[Any]) -> None:
    assert found(BOTH, words=words) == [one.description for one in meant]


def test_a_lone_open_task_needs_no_words() -> None:
    assert found(settled(tasks=(BED, task(3, status="completed")))) == [BED.description]


@pytest.mark.parametrize(("number", "meant"), [(1, [WORKOUT]), (2, [BED]), (3, []), (0, [])])
def test_a_number_is_the_number_shown(number: int, meant: list[Any]) -> None:
    assert found(BOTH, number=number) == [one.description for one in meant]


def test_a_number_of_a_settled_task_finds_nothing() -> None:
    assert found(settled(tasks=(task(1, status="skipped"), BED)), number=1) == []


def test_tomorrows_task_is_not_todays() -> None:
    tomorrow = task(4, "Long walk", due_on=date(2026, 11, 24))
    assert found(settled(tasks=(tomorrow,)), words="walk") == []


async def mark(context: Context, name: Any = "task_done", **target: Any) -> Part:
    return await tasks.mark(context, Intent(name, Target(**target)), ports(MemoryInMemory(context)))


async def test_the_meant_task_is_marked_with_a_claim_and_an_undo() -> None:
    part = await mark(BOTH, words="workout")
    (change,) = part.changes
    assert isinstance(change, c.TaskMarked)
    assert (change.task_id, change.status) == (WORKOUT.id, "completed")
    assert part.lines[0].claims == (change,)
    assert part.choices[0][0].data == f"undo:task:{encode(WORKOUT.id)}"


async def test_several_candidates_are_offered_and_none_is_marked() -> None:
    part = await mark(BOTH)
    assert part.changes == ()
    assert [row[0].data for row in part.choices] == [f"task:done:{encode(one.id)}" for one in (WORKOUT, BED)]


async def test_all_marks_all() -> None:
    part = await mark(BOTH, name="task_skip", everything=True)
    assert [change.status for change in part.changes if isinstance(change, c.TaskMarked)] == ["skipped", "skipped"]


async def test_what_is_not_there_is_said() -> None:
    assert (await mark(BOTH, words="piano")).lines[0].key == "task-not-found"
    assert (await mark(settled())).lines[0].key == "task-none-open"


@pytest.mark.parametrize(("minutes", "later"), [(None, 60), (30, 30), (0, 60), (99_999, 1440)])
async def test_a_snooze_is_bounded(minutes: int | None, later: int) -> None:
    context = settled(tasks=(BED,))
    order = Intent("task_snooze", Target(words="lights", minutes=minutes))
    part = await tasks.snooze(context, order, ports(MemoryInMemory(context)))
    (change,) = part.changes
    assert isinstance(change, c.TaskSnoozed)
    assert change.until == NOW + timedelta(minutes=later)


@pytest.mark.parametrize("data", ["done:", "done:xyz", f"done:{encode(UUID(int=9))}", "done:🙂"])
async def test_an_unknown_task_is_a_stale_button(data: str) -> None:
    assert (await tasks.tapped(BOTH, data, ports(MemoryInMemory(BOTH)))).lines[0].key == "stale-button"


@pytest.mark.parametrize("status", ["completed", "skipped", "missed"])
async def test_a_settled_task_is_left_as_it_is(status: str) -> None:
    context = settled(tasks=(task(1, status=status),))
    part = await tasks.tapped(context, f"done:{encode(WORKOUT.id)}", ports(MemoryInMemory(context)))
    assert (part.changes, part.lines[0].key) == ((), "task-already")


async def test_an_unknown_verb_marks_nothing() -> None:
    part = await tasks.tapped(BOTH, f"explode:{encode(WORKOUT.id)}", ports(MemoryInMemory(BOTH)))
    assert part.changes == ()


async def undo(*receipts: tuple[str, str, str], reminders: tuple[ReminderView, ...] = (), **context: Any) -> Part:
    someone = settled(last_change=LastChange(receipts, NOW), **context)
    memory = MemoryInMemory(someone, known_reminders=reminders)
    return await tasks.undo(someone, Intent("undo"), ports(memory))


async def test_undo_takes_back_the_last_thing_the_person_did() -> None:
    done = task(1, status="completed")
    part = await undo(("task", encode(done.id), "completed"), tasks=(done,))
    assert [change.status for change in part.changes if isinstance(change, c.TaskMarked)] == ["pending"]
    logged = await undo(("health_metric", encode(UUID(int=5)), "created"))
    assert [change.row_id for change in logged.changes if isinstance(change, c.LogRemoved)] == [UUID(int=5)]


async def test_undo_never_cancels_a_reminder_that_follows_from_the_profile() -> None:
    rule = Recurrence(freq="daily", times=(NOW.time(),))
    scheduled = ReminderView(UUID(int=7), "bedtime", "", rule, NOW, "schedule")
    receipt = ("reminder", encode(scheduled.id), "created")
    assert (await undo(receipt, reminders=(scheduled,))).changes == ()
    typed = ReminderView(UUID(int=7), "custom", "stretch", rule, NOW, "user")
    part = await undo(receipt, reminders=(typed,))
    assert [type(change) for change in part.changes] == [c.ReminderCancelled]
    assert part.lines[0].args["title"] == "stretch"


async def test_with_nothing_to_undo_it_says_so() -> None:
    assert (await undo()).lines[0].key == "nothing-to-undo"
    assert (await undo(("profile", encode(UUID(int=1)), "locked"))).changes == ()


@pytest.mark.parametrize("data", ["log:users:1", "log:meal:xyz", "reminder:xyz", "task:xyz", "nonsense", "log:"])
async def test_an_undo_button_with_nonsense_changes_nothing(data: str) -> None:
    part = await tasks.undo_tapped(BOTH, data, ports(MemoryInMemory(BOTH)))
    assert (part.changes, part.lines[0].key) == ((), "nothing-to-undo")
