"""New dishes for some meals of a day, so that the day as a whole keeps its targets."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agents.domain.context import PlannedMealView
from agents.domain.foods import Nutrients, Recipe, total
from agents.domain.meals import DayPlan, Larder, PlannedMeal, rest_of_day
from agents.domain.planned_days import day_with
from agents.nodes.meals.week import Week


@dataclass(frozen=True, slots=True)
class Wish:
    """Which meals of one day shall be other dishes. `not_again` are dishes that must not come.

    `from_logs` counts what was logged today before what was planned; `suits` narrows the recipes.
    """

    meals: tuple[PlannedMealView, ...]
    not_again: tuple[str, ...] = ()
    larder: Larder | None = None
    suits: Callable[[Recipe], bool] = lambda _recipe: True
    from_logs: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """The new dishes for these meals, and the day with them. `had` is what was eaten beside the meals of the day."""

    old: tuple[PlannedMealView, ...]
    new: tuple[PlannedMeal, ...]
    day: DayPlan
    had: Nutrients


@dataclass(frozen=True, slots=True)
class Ground:
    """What of a day stays: planned meals, and what was eaten beside them."""

    kept: tuple[PlannedMealView, ...]
    had: Nutrients


def fitted(week: Week, wish: Wish) -> Fit | None:
    """The best dishes for the wished meals; None where none keeps the day in its band."""
    for ground in grounds(week, wish.meals, from_logs=wish.from_logs):
        kept = week.whole(ground.kept)
        if kept is None:
            continue
        on = wish.meals[0].local_date
        eaten = total((*(meal.totals for meal in kept), ground.had))
        slots = [view.slot for view in wish.meals]
        request = week.request(on, wish.larder, wish.suits)
        found = rest_of_day(request, week.empty(on), eaten, slots, wish.not_again)
        if found:
            return Fit(wish.meals, found, day_with(week.empty(on), (*kept, *found)), ground.had)
    return None


def grounds(week: Week, wished: Sequence[PlannedMealView], *, from_logs: bool) -> Iterator[Ground]:
    """What to count with: the other planned meals of the day, or what was logged and the meals still to come."""
    on = wished[0].local_date
    others = tuple(view for view in week.on(on) if view not in wished)
    planned = Ground(others, Nutrients())
    if on != week.context.today or not week.context.logged.kcal:
        yield planned
        return
    logged = Ground(tuple(view for view in others if week.is_open(view)), week.logged)
    yield from (logged,) if from_logs else (planned, logged)


def near_dishes(week: Week, on: date) -> tuple[str, ...]:
    """The recipe codes of the days before and after, which had better not come again at once."""
    return recipes_of(week, [*week.on(on - timedelta(days=1)), *week.on(on + timedelta(days=1))])


def recipes_of(week: Week, views: Sequence[PlannedMealView]) -> tuple[str, ...]:
    """The recipe codes of these meals."""
    whole = week.whole(views) or ()
    return tuple(meal.recipe_code for meal in whole)
