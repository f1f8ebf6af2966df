"""What the clock does by itself: tasks are missed, plans go on, an onboarding left open is asked about once."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.e2e.backstage import recorded
from tests.e2e.conftest import FACTS
from tests.e2e.ledger import Ledger
from tests.support.console import Console

MONDAY = date(2026, 11, 23)


@recorded("locked")
def nine_days(path: Path) -> SimpleNamespace:
    """Nine days in one jump, with one task done and one skipped before."""
    said = SimpleNamespace(ledger=Ledger(path))
    with Console(path) as console:
        today = console.say("what is on today?")
        said.done = console.tap(today.tap("task:done:"))
        said.skipped = console.tap(today.tap("task:skip:" + today.taps[-1].partition(":")[2].partition(":")[2]))
        said.jump = console.advance("P9D")
        said.today = console.say("what is on today?")
        said.meals = console.say("/meals")
        said.week = console.say("/plan")
        said.later = console.advance("P20D")
        said.far = console.say("/plan")
    return said


def test_nine_days_bring_nine_briefs_and_no_storm(nine_days: SimpleNamespace) -> None:
    assert len(nine_days.jump.clocks("Good morning")) == 9
    per_day: dict[str, int] = {}
    for push in nine_days.jump.pushes:
        per_day[push["at"][:10]] = per_day.get(push["at"][:10], 0) + 1
    assert max(per_day.values()) <= 12


def test_open_tasks_are_missed_and_settled_ones_stay(nine_days: SimpleNamespace) -> None:
    statuses = dict(
        nine_days.ledger.all("SELECT status, count(*) FROM tasks WHERE due_on < '2026-11-30' GROUP BY status")
    )
    assert statuses["completed"] == 1
    assert statuses["skipped"] == 1
    assert statuses["missed"] >= 6
    assert "pending" not in statuses


def test_a_missed_task_can_not_be_ticked_by_an_old_button(nine_days: SimpleNamespace) -> None:
    assert nine_days.ledger.count("tasks", "status = 'missed' AND completed_at IS NOT NULL") == 0


def test_day_nine_has_meals_and_sessions(nine_days: SimpleNamespace) -> None:
    assert "Wednesday 02 December" in nine_days.today.text
    plan = nine_days.today.cards[0]["rows"]
    assert sum("kcal" in row[2] for row in plan) == 3
    assert sum("min" in row[2] for row in plan) == 1
    assert len(nine_days.meals.cards) >= 3


@pytest.mark.parametrize("name", ["week", "far"])
def test_the_plan_reaches_at_least_to_tomorrow(nine_days: SimpleNamespace, name: str) -> None:
    rows = getattr(nine_days, name).cards[0]["rows"]
    assert len(rows) == 7
    assert all(row[2] != "–" for row in rows[:2]), rows
    assert sum(row[1] != "rest" for row in rows) >= 2


def test_no_day_was_left_without_meals_or_has_them_twice(nine_days: SimpleNamespace) -> None:
    rows = nine_days.ledger.all(
        "SELECT local_date, count(*), count(DISTINCT meal_number) FROM planned_meals GROUP BY local_date ORDER BY 1"
    )
    days = [row[0] for row in rows]
    assert days == [(MONDAY + timedelta(days=n)).isoformat() for n in range(len(days))]
    assert len(days) >= 29
    assert [row for row in rows if (row[1], row[2]) != (3, 3)] == []


def test_sessions_fall_on_the_chosen_days_only(nine_days: SimpleNamespace) -> None:
    days = [date.fromisoformat(row[0]) for row in nine_days.ledger.all("SELECT local_date FROM planned_workouts")]
    assert {day.weekday() for day in days} == {0, 2, 4}
    assert len(days) == len(set(days))


def test_an_onboarding_left_open_is_asked_about_once_after_a_day(stranger: Console) -> None:
    stranger.say("hello")
    stranger.tap("onb:consent:yes")
    asked = stranger.say(FACTS)
    assert stranger.advance("PT23H").messages == ()
    nudged = stranger.advance("PT26H")
    assert len(nudged.messages) == 1
    assert "stopped in the middle" in nudged.text
    assert stranger.advance("P30D").messages == ()
    assert "Saved" in stranger.tap(asked.taps[0]).text


def test_who_never_agreed_is_never_nudged(stranger: Console) -> None:
    stranger.say("hello")
    assert stranger.advance("P30D").messages == ()
