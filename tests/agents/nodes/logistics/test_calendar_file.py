"""The coming days as a calendar file: right on the clock, the same names in each file, nothing private in the names."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest

from agents.domain.context import ExerciseView, MealItem, PlannedMealView, WorkoutView
from agents.nodes.logistics import calendar_file
from agents.schemas import Intent
from tests.support.mind import MemoryInMemory, asked, ports, profile, settled

MONDAY = date(2026, 11, 23)
RICE = (MealItem("Rice", 180.0, 230.0),)
LUNCH = PlannedMealView(
    UUID(int=1), MONDAY, "lunch", "Rice, beans", time(12, 30), 700.0, 30.0, 80.0, 20.0, "planned", RICE
)
SNACK = replace(LUNCH, id=UUID(int=2), slot="afternoon_snack", name="Apple", at=None, items=())
SQUAT = ExerciseView("Squat", "main", 3, 8, 12, None, 90)
GYM = WorkoutView(UUID(int=3), MONDAY, "Full body A", time(18), 45, "moderate", "planned", (SQUAT,))


async def file_of(context, **memory):
    held = MemoryInMemory(context, **memory)
    part = await calendar_file.show(context, Intent("calendar_view"), ports(held))
    return part, part.cards[0].data.decode().replace("\r\n ", "") if part.cards else ""


async def test_sessions_and_meals_stand_at_their_times():
    part, text = await file_of(settled(), planned_meals=(LUNCH, SNACK), planned_workouts=(GYM,))
    assert (part.kind, part.cards[0].name, part.cards[0].mime) == ("document", "keel.ics", "text/calendar")
    assert part.lines[0].args == {"count": 3, "until": "Monday 23 November"}
    assert "DTSTART:20261123T170000Z\r\nDTEND:20261123T174500Z\r\nSUMMARY:Full body A\r\nDESCRIPTION:Squat" in text
    assert "DTSTART:20261123T113000Z" in text
    assert "SUMMARY:Lunch: Rice\\, beans\r\nDESCRIPTION:Rice\\, 180 g" in text
    assert "DTSTART;VALUE=DATE:20261123\r\nDTEND;VALUE=DATE:20261124\r\nSUMMARY:Afternoon snack: Apple" in text
    assert "kcal" not in text


@pytest.mark.parametrize(
    ("day", "at", "start"),
    [
        (date(2026, 10, 24), time(12, 30), "20261024T103000Z"),  # the day before the clocks go back
        (date(2026, 10, 25), time(12, 30), "20261025T113000Z"),
        (date(2026, 10, 25), time(2, 30), "20261025T003000Z"),  # comes twice: the first
        (date(2027, 3, 28), time(2, 30), "20270328T010000Z"),  # never comes: the first instant after the gap
    ],
)
async def test_the_clock_is_the_persons_own_when_it_changes_too(day, at, start):
    context = settled(now=datetime.combine(day, time(), UTC))
    _, text = await file_of(context, planned_meals=(replace(LUNCH, local_date=day, at=at),))
    assert f"DTSTART:{start}" in text


async def test_a_new_plan_takes_the_place_of_the_old_one_in_the_calendar():
    _, before = await file_of(settled(), planned_meals=(LUNCH, SNACK), planned_workouts=(GYM,))
    other = replace(LUNCH, id=UUID(int=9), name="Soup", at=time(13))
    _, after = await file_of(settled(), planned_meals=(other, SNACK), planned_workouts=(GYM,))
    uids = [[line for line in text.splitlines() if line.startswith("UID:")] for text in (before, after)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 3
    assert settled().user_id.hex not in before.replace("-", "")


async def test_two_snacks_of_one_day_are_two_entries():
    _, text = await file_of(settled(), planned_meals=(SNACK, replace(SNACK, id=UUID(int=5), name="Pear")))
    assert len({line for line in text.splitlines() if line.startswith("UID:")}) == 2


@pytest.mark.parametrize("status", ["skipped", "missed", "moved"])
async def test_what_was_let_go_is_not_in_it(status):
    part, _ = await file_of(settled(), planned_workouts=(replace(GYM, status=status),))
    assert [line.key for line in part.lines] == ["calendar-none"]


async def test_sessions_that_may_not_be_shown_are_not_written_down_either():
    held_back = settled(profile=profile(is_locked=True, symptoms=("chest_discomfort",)))
    part, text = await file_of(held_back, planned_meals=(LUNCH,), planned_workouts=(GYM,))
    assert part.lines[0].args["count"] == 1
    assert "Full body" not in text


@pytest.mark.parametrize(("context", "key"), [(settled(plans=()), "no-plan"), (asked("age"), "no-plan-onboarding")])
async def test_without_a_plan_it_says_why(context, key):
    part, _ = await file_of(context)
    assert [line.key for line in part.lines] == [key]
