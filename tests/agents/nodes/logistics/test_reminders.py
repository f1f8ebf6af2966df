"""Reminders set, shown, cancelled and answered."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from agents.domain import changes as c
from agents.domain.context import FiringView, ReminderView
from agents.domain.crockford import encode
from agents.domain.recurrence import Recurrence
from agents.nodes.logistics import reminders
from agents.nodes.logistics.when_words import recurrence_words
from agents.schemas import Intent, Remind, Target
from agents.state import Part
from prompts.loader import Catalogue
from tests.support.mind import NOW, MemoryInMemory, ports, profile, settled

TODAY = date(2026, 11, 23)
NINE = Recurrence(freq="daily", times=(time(9),))
STRETCH = ReminderView(UUID(int=1), "custom", "stretch", NINE, NOW, "user")
LUNCH = ReminderView(UUID(int=2), "meal", "lunch", NINE, NOW, "schedule")


async def add(wish: Remind | None) -> Part:
    context = settled()
    return await reminders.add(context, Intent("remind", wish), ports(MemoryInMemory(context)))


async def test_a_typed_time_is_kept_also_at_night_and_claimed_with_an_undo() -> None:
    part = await add(Remind("stretch", Recurrence(freq="once", times=(time(23),), on=TODAY)))
    (change,) = part.changes
    assert isinstance(change, c.ReminderAdded)
    assert (change.quiet_policy, change.source, change.kind) == ("ignore", "user", "custom")
    assert part.lines[0].args["when"] == "today at 23:00"
    assert part.choices[0][0].data == f"undo:reminder:{encode(change.id)}"


async def test_a_time_that_was_guessed_keeps_to_the_quiet_hours() -> None:
    part = await add(Remind("stretch", NINE, time_is_explicit=False))
    assert [change.quiet_policy for change in part.changes if isinstance(change, c.ReminderAdded)] == ["shift"]


@pytest.mark.parametrize(
    ("wish", "key"),
    [
        (None, "remind-how"),
        (Remind("stretch", None), "remind-when"),
        (Remind("stretch", None, problem="impossible_time"), "remind-impossible-time"),
        (Remind("stretch", None, problem="in_the_past"), "remind-in-the-past"),
        (Remind("stretch", None, problem="something new"), "remind-impossible-time"),
        (Remind("stretch", Recurrence(freq="once", times=(time(6),), on=TODAY)), "remind-in-the-past"),
    ],
)
async def test_without_a_possible_time_nothing_is_set_and_the_reason_is_said(wish: Remind | None, key: str) -> None:
    part = await add(wish)
    assert (part.changes, part.lines[0].key) == ((), key)
    assert Catalogue().say("en", key, part.lines[0].args)


async def cancel(**target: Any) -> Part:
    memory = MemoryInMemory(settled(), known_reminders=(STRETCH, LUNCH))
    return await reminders.cancel(settled(), Intent("reminder_cancel", Target(**target)), ports(memory))


@pytest.mark.parametrize(
    ("target", "gone"),
    [
        ({"words": "stretch"}, [1]),
        ({"words": "the lunch reminder"}, [2]),
        ({"number": 2}, [2]),
        ({"number": 5}, []),
        ({"everything": True}, [1, 2]),
        ({"words": "piano"}, []),
    ],
)
async def test_the_meant_reminder_is_cancelled(target: dict[str, Any], gone: list[int]) -> None:
    part = await cancel(**target)
    ids = [change.reminder_id.int for change in part.changes if isinstance(change, c.ReminderCancelled)]
    assert ids == gone
    assert all(line.claims for line in part.lines) or not gone


async def answer(data: str, **firing: Any) -> Part:
    sent = replace(FiringView(UUID(int=3), UUID(int=1), "custom", "stretch", "none", 0), **firing)
    memory = MemoryInMemory(settled(), firings={sent.id: sent})
    return await reminders.tapped(settled(), data, ports(memory))


@pytest.mark.parametrize(
    ("verb", "response", "until"),
    [
        ("done", "done", None),
        ("skip", "skipped", None),
        ("snooze10", "snoozed", NOW + timedelta(minutes=10)),
        ("snooze60", "snoozed", NOW + timedelta(hours=1)),
        ("tomorrow", "snoozed", datetime(2026, 11, 24, 6, tzinfo=UTC)),
    ],
)
async def test_a_tap_answers_the_reminder(verb: str, response: str, until: datetime | None) -> None:
    part = await answer(f"{verb}:{encode(UUID(int=3))}")
    (change,) = part.changes
    assert isinstance(change, c.FiringAnswered)
    assert (change.response, change.until) == (response, until)


@pytest.mark.parametrize(
    ("firing", "key"), [({"response": "done"}, "firing-already"), ({"response": "skipped"}, "firing-already")]
)
async def test_an_answered_reminder_is_left_as_it_is(firing: dict[str, Any], key: str) -> None:
    part = await answer(f"done:{encode(UUID(int=3))}", **firing)
    assert (part.changes, part.lines[0].key) == ((), key)


async def test_a_fourth_snooze_is_refused_kindly() -> None:
    part = await answer(f"snooze10:{encode(UUID(int=3))}", snooze_count=3)
    assert (part.changes, part.lines[0].key) == ((), "snooze-enough")


@pytest.mark.parametrize("data", ["done:", "done:xyz", f"done:{encode(UUID(int=99))}"])
async def test_an_unknown_reminder_is_a_stale_button(data: str) -> None:
    part = await answer(data)
    assert (part.changes, part.lines[0].key) == ((), "stale-button")


async def test_an_unknown_verb_answers_nothing() -> None:
    part = await answer(f"explode:{encode(UUID(int=3))}")
    assert part.changes == ()


async def test_reminders_follow_from_the_profile() -> None:
    context = settled(profile=profile(is_locked=True, version=1, evening_checkin_time=time(20)))
    part = await reminders.reschedule(context, Intent("replan"), ports(MemoryInMemory(context)))
    (change,) = part.changes
    assert isinstance(change, c.RemindersScheduled)
    assert {spec.kind for spec in change.reminders} == {
        "morning_brief",
        "meal",
        "workout",
        "hydration",
        "bedtime",
        "check_in",
    }
    assert part.lines[0].args["count"] == len(change.reminders)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (NINE, "every day at 09:00"),
        (Recurrence(freq="weekly", times=(time(7, 30),), dow=(0, 1, 2, 3, 4)), "every weekday at 07:30"),
        (Recurrence(freq="weekly", times=(time(10),), dow=(5, 6)), "every weekend day at 10:00"),
        (Recurrence(freq="weekly", times=(time(10),), dow=(3, 0), every_weeks=2), "every 2 weeks on Mon, Thu at 10:00"),
        (Recurrence(freq="once", times=(time(20),), on=TODAY), "today at 20:00"),
        (Recurrence(freq="once", times=(time(20),), on=date(2026, 11, 24)), "tomorrow at 20:00"),
        (Recurrence(freq="once", times=(time(20),), on=date(2026, 12, 1)), "Tue 01 Dec at 20:00"),
        (
            Recurrence(freq="interval", every_minutes=120, window=(time(9), time(18))),
            "every 2 hours from 09:00 to 18:00",
        ),
        (
            Recurrence(freq="daily", times=(time(9), time(21)), ends_on=date(2026, 12, 1)),
            "every day at 09:00, 21:00 until 01 Dec",
        ),
        (
            Recurrence(freq="interval", every_minutes=2880, times=(time(9),), starts_on=TODAY),
            "every other day at 09:00",
        ),
    ],
)
def test_a_rule_in_words(rule: Recurrence, words: str) -> None:
    assert recurrence_words(rule, None, TODAY) == words
