"""Today and the week at a glance."""

from datetime import date, time
from uuid import UUID

import pytest

from agents.domain.context import PlannedMealView, TargetsView, WorkoutView
from agents.nodes.logistics import today
from agents.schemas import Intent, Target
from tests.support.mind import MemoryInMemory, asked, ports, profile, settled, task

MONDAY = date(2026, 11, 23)
LUNCH = PlannedMealView(UUID(int=1), MONDAY, "lunch", "Pasta", time(12, 30), 700.0, 30.0, 80.0, 20.0, "planned")
SNACK = PlannedMealView(UUID(int=2), MONDAY, "afternoon_snack", "Apple", None, 95.0, 0.5, 25.0, 0.3, "planned")
RUN = WorkoutView(UUID(int=3), MONDAY, "Easy run", time(7), 30, "light", "planned")
AIM = TargetsView(2100, 2000, 2200, 140.0, 230.0, 70.0, 30.0)


async def test_the_day_in_the_order_of_the_clock_with_what_has_no_time_last() -> None:
    context = settled(meals=(LUNCH, SNACK), workouts=(RUN,), tasks=(task(1),), targets=AIM)
    part = await today.today(context, Intent("today"), ports(MemoryInMemory(context)))
    assert [row[1] for row in part.cards[0].rows] == ["Easy run", "Lunch: Pasta", "Afternoon snack: Apple"]
    assert (part.cards[1].rows, part.cards[1].marks) == ((("1", "Full body A (30 min)", "18:00"),), (False,))
    assert part.lines[1].args == {"kcal": "2100", "protein": "140"}


async def test_numbers_are_hidden_where_the_person_wishes() -> None:
    context = settled(meals=(LUNCH,), targets=AIM, profile=profile(is_locked=True, hide_numbers=True))
    part = await today.today(context, Intent("today"), ports(MemoryInMemory(context)))
    shown = " ".join(
        [*(str(dict(line.args)) for line in part.lines), *(cell for row in part.cards[0].rows for cell in row)]
    )
    assert "2100" not in shown
    assert "kcal" not in shown


@pytest.mark.parametrize(("context", "key"), [(settled(plans=()), "no-plan"), (asked("age"), "no-plan-onboarding")])
async def test_without_a_plan_it_says_why(context: object, key: str) -> None:
    part = await today.today(context, Intent("today"), ports(MemoryInMemory(context)))  # type: ignore[arg-type]
    assert [line.key for line in part.lines] == [key]


async def test_only_open_tasks_have_buttons_and_at_most_four() -> None:
    tasks = tuple(task(n, f"Task {n}", status="pending" if n % 2 else "completed") for n in range(12))
    context = settled(tasks=tasks)
    part = await today.today(context, Intent("today"), ports(MemoryInMemory(context)))
    assert len(part.choices) == 4
    assert part.lines[-1].args == {"count": 6}
    assert part.cards[0].marks == (True, False) * 6


async def test_what_was_let_go_has_a_word_instead_of_a_box() -> None:
    context = settled(tasks=(task(1, status="skipped"), task(2, status="missed")))
    part = await today.today(context, Intent("today"), ports(MemoryInMemory(context)))
    assert part.cards[0].marks == (None, None)
    assert [row[2] for row in part.cards[0].rows] == ["skipped", "missed"]


async def test_the_week_has_seven_days() -> None:
    memory = MemoryInMemory(settled(), planned_meals=(LUNCH,), planned_workouts=(RUN,))
    part = await today.plan(settled(), Intent("plan_view"), ports(memory))
    assert [row[0] for row in part.cards[0].rows][:2] == ["Mon 23 Nov", "Tue 24 Nov"]
    assert part.cards[0].rows[0][1:] == ("Easy run (30 min)", "12:30 Pasta")
    assert [choice.data for row in part.choices for choice in row] == ["view:calendar"]
    assert len(part.cards[0].rows) == 7


async def test_why_repeats_the_stored_reasons() -> None:
    part = await today.why(settled(), Intent("why_plan"), ports(MemoryInMemory(settled())))
    assert [line.args["text"] for line in part.lines] == [
        "Because of exercise.",
        "Because of nutrition.",
        "Because of sleep.",
    ]


async def test_the_goal_in_words() -> None:
    context = settled(profile=profile(target_weight_kg=78.0))
    part = await today.goals(context, Intent("goals_view"), ports(MemoryInMemory(context)))
    assert part.lines[0].args == {"goal": "fat loss", "kg": "78.0"}
    hidden = settled(profile=profile(target_weight_kg=78.0, hide_numbers=True))
    assert (await today.goals(hidden, Intent("goals_view"), ports(MemoryInMemory(hidden)))).lines[0].key == "goal-plain"
    none = settled(profile=profile(primary_goal=None))
    assert (await today.goals(none, Intent("goals_view"), ports(MemoryInMemory(none)))).lines[0].key == "goal-none"


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("so much protein", ["nutrition"]),
        ("only three sessions", ["exercise"]),
        ("bed so early", ["sleep"]),
        ("so many sets and so few calories", ["exercise", "nutrition"]),
        ("", ["exercise", "nutrition", "sleep"]),
        ("like this", ["exercise", "nutrition", "sleep"]),
    ],
)
async def test_why_is_answered_about_what_was_asked(words: str, kinds: list[str]) -> None:
    order = Intent("why_plan", payload=Target(words=words))
    part = await today.why(settled(), order, ports(MemoryInMemory(settled())))
    assert [line.args["text"] for line in part.lines] == [f"Because of {kind}." for kind in kinds]
