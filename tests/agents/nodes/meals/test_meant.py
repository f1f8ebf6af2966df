"""Which planned meals somebody means, and why none."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from agents.domain.context import LoggedToday
from agents.domain.planned_days import PlannedDays
from agents.nodes.meals.meant import meant
from agents.nodes.meals.week import Week
from agents.schemas import Target
from storage.reference.tables import ReferenceTables
from tests.agents.nodes.meals.kitchen import DINNER, LUNCH, MONDAY
from tests.support.mind import settled

TOMORROW = MONDAY + timedelta(days=1)
SOUP = replace(DINNER, id=UUID(int=3), local_date=TOMORROW, name="Lentil soup")
NOON, NIGHT = datetime(2026, 11, 23, 11, tzinfo=UTC), datetime(2026, 11, 23, 22, tzinfo=UTC)


def week(now: datetime = NOON, slots: tuple[str, ...] = ()) -> Week:
    """Lunch and dinner today, soup tomorrow."""
    context = settled(now=now, logged=LoggedToday(slots=frozenset(slots)))
    return Week(context, ReferenceTables().foods(), 0, (LUNCH, DINNER, SOUP), PlannedDays())


@pytest.mark.parametrize(
    ("target", "names"),
    [
        (Target(words="dinner"), ["Soup"]),
        (Target(words="dinner", on=TOMORROW), ["Lentil soup"]),
        (Target(words="lentil soup"), ["Lentil soup"]),
        (Target(words="lentils"), ["Lentil soup"]),
        (Target(words="carrots"), ["Soup"]),
        (Target(words="pasta", on=TOMORROW), ["Lentil soup"]),
        (Target(words="meal"), ["Pasta", "Soup"]),
        (Target(), ["Pasta", "Soup"]),
        (Target(on=TOMORROW), ["Lentil soup"]),
    ],
)
def test_a_meal_by_its_name_its_dish_or_its_food(target: Target, names: list[str]) -> None:
    assert [view.name for view in meant(week(), target).meals] == names


def test_a_meal_that_is_logged_or_over_means_the_next_one() -> None:
    assert [view.name for view in meant(week(slots=("dinner",)), Target(words="dinner")).meals] == ["Lentil soup"]
    assert [view.name for view in meant(week(NIGHT), Target(words="dinner")).meals] == ["Lentil soup"]


@pytest.mark.parametrize(
    ("target", "now", "why"),
    [
        (Target(words="dinner", on=MONDAY), NIGHT, "swap-eaten"),
        (Target(on=MONDAY), NIGHT, "swap-all-eaten"),
        (Target(words="lunch", on=MONDAY - timedelta(days=1)), NOON, "swap-past"),
        (Target(words="breakfast"), NOON, "swap-unknown-dish"),
        (Target(words="elephant"), NOON, "swap-unknown-dish"),
        (Target(words="dinner", on=date(2026, 12, 24)), NOON, "no-meals-that-day"),
    ],
)
def test_where_no_meal_is_meant_it_says_why(target: Target, now: datetime, why: str) -> None:
    found = meant(week(now), target)
    assert (found.meals, found.why) == ((), why)


def test_a_late_meal_is_still_to_come_for_a_while() -> None:
    at = datetime(2026, 11, 23, 12, 45, tzinfo=UTC)  # 13:45 in Berlin; lunch was at 12:30
    assert week(at).is_open(LUNCH)
    assert not week(at + timedelta(minutes=30)).is_open(LUNCH)
