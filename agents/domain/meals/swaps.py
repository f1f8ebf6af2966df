"""Changes to planned days: another dish for a meal, another day, larger portions, the rest of a day from the larder."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from agents.domain.foods import Nutrients, total
from agents.domain.meals.choice import Eaten
from agents.domain.meals.day import Sitting, best_day, misfit
from agents.domain.meals.judge import judge_for
from agents.domain.meals.menu import Menu, menu_for
from agents.domain.meals.plan import DayPlan, PlannedMeal
from agents.domain.meals.request import Request
from agents.domain.meals.serving import planned
from agents.domain.meals.slots import KIND_OF_SLOT, WEIGHT_OF_KIND, Slot

ALTERNATIVES = 2


def swap(day: DayPlan, slot: str, request: Request) -> tuple[PlannedMeal, ...]:
    """Up to two other dishes for the first meal in `slot`, best first; fewer where none keeps the day in its band.

    `request` says for whom; its history holds dishes had lately or turned down. Raises ValueError when the day has no
    such meal.
    """
    position = next((n for n, meal in enumerate(day.meals) if meal.slot == slot), None)
    if position is None:
        raise ValueError(f"this day has no meal {slot!r}")
    rest = total(meal.totals for n, meal in enumerate(day.meals) if n != position)
    turned_down = [meal.recipe_code for meal in day.meals]
    found: list[PlannedMeal] = []
    for _ in range(ALTERNATIVES):
        meals = rest_of_day(request, day, rest, (slot,), turned_down)
        if not meals:
            break
        found.append(meals[0])
        turned_down.append(meals[0].recipe_code)
    return tuple(found)


def rest_of_day(
    request: Request, day: DayPlan, eaten: Nutrients, slots: Sequence[str], not_again: Sequence[str] = ()
) -> tuple[PlannedMeal, ...]:
    """Meals for the slots left that bring `eaten` up to the day's targets; () where none do.

    What is at home (`request.larder`) is used first. `not_again` are dishes that must not come.
    """
    judge = judge_for(request.profile)
    menu = _without(menu_for(request.profile, day.targets, request.catalogue, judge), not_again)
    sitting = Sitting(
        slots=tuple(Slot(code, KIND_OF_SLOT[code], WEIGHT_OF_KIND[KIND_OF_SLOT[code]]) for code in slots),
        menu=menu,
        goal=day.targets,
        on=day.date,
        eaten=Eaten(recent=frozenset(request.history), most_a_week=request.leeway.most_a_week),
        larder=request.larder,
        had=eaten,
    )
    rng = Random(f"{request.chance}:{day.date}:{'+'.join(slots)}:{len(not_again)}")  # noqa: S311 — variety only
    dosed = best_day(request, sitting, rng)
    if dosed is None or misfit(dosed, sitting, request) > 1.0:
        return ()
    return tuple(planned(meal, request.catalogue, judge) for meal in dosed)


def _without(menu: Menu, codes: Sequence[str]) -> Menu:
    options = {kind: tuple(o for o in found if o.recipe.code not in codes) for kind, found in menu.options.items()}
    return replace(menu, options=options)
