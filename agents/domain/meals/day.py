"""The best day there is: composed from a short list first, from a long one where that misses, then made measurable."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from agents.domain.foods import Nutrients, total
from agents.domain.meals.choice import SHORTLIST, SIDES_A_MACRO, Eaten, ranked, shortlisted, side_choices
from agents.domain.meals.day_model import BEST, ENOUGH, compose
from agents.domain.meals.day_table import Table
from agents.domain.meals.dosing import Dosed, dose
from agents.domain.meals.larder import Larder, bill
from agents.domain.meals.menu import Menu
from agents.domain.meals.plan import DayTargets
from agents.domain.meals.request import Request
from agents.domain.meals.slots import Slot
from agents.domain.meals.vectors import plus, vector

# How many dishes a slot, sides a macro, and dishes a slot to look at closely, and how good is good enough for the first
# try: quickly, then with patience, then until nearly the best is found.
QUICK = (SHORTLIST, SIDES_A_MACRO, 6, ENOUGH)
PATIENT = (80, 6, 12, ENOUGH)
STUBBORN = (80, 6, 16, BEST)
ALONE = 4  # a lone meal has fewer ways to mend the day: so many times more dishes are looked at
MANY = 5  # from so many meals on there are more ways than need be looked at

CENT = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """What a day is composed for: `had` is what was eaten already, `eaten` which dishes on the days before."""

    slots: tuple[Slot, ...]
    menu: Menu
    goal: DayTargets
    on: dt.date
    eaten: Eaten
    larder: Larder
    had: Nutrients = field(default_factory=Nutrients)


def best_day(request: Request, sitting: Sitting, rng: Random, *, is_patient: bool = True) -> tuple[Dosed, ...] | None:
    """The day's meals, closest to the goal; None where there is no dish left for a slot or no day inside the budget.

    Without patience only the short list is looked at: enough to show that a day is possible, not that none is.
    """
    menu, figures, stocks = sitting.menu, sitting.goal.figures, sitting.larder.on(sitting.on)
    lists = [
        ranked(menu, slot.kind, figures, sitting.eaten, rng, on=sitting.on, stocks=stocks) for slot in sitting.slots
    ]
    if any(not picks for picks in lists):
        return None
    best: tuple[Dosed, ...] | None = None
    for length, sides, kernel, effort in (QUICK, PATIENT, STUBBORN) if is_patient else (QUICK,):
        table = Table(
            slots=sitting.slots,
            lists=tuple(shortlisted(found, length) for found in lists),
            sides=side_choices(sitting.slots, menu, rng, sides),
            targets=sitting.goal,
            menu=menu,
            catalogue=request.catalogue,
            stocks=stocks,
            budget=request.profile.budget_per_day,
            had=sitting.had,
            band=request.leeway.band,
        )
        servings = compose(table, kernel=_kernel(kernel, len(sitting.slots)), effort=effort)
        if servings is None:
            continue
        dosed = dose(table, servings)
        if best is None or misfit(dosed, sitting, request) < misfit(best, sitting, request):
            best = dosed
        if misfit(best, sitting, request) <= 1.0:
            break
    return best


def _kernel(dishes: int, slots: int) -> int:
    return dishes * ALONE if slots == 1 else dishes * MANY // slots if slots > MANY else dishes


def misfit(dosed: Sequence[Dosed], sitting: Sitting, request: Request) -> float:
    """How far the whole day is off, as a share of what it may be: up to 1 it is met. A day beyond the budget is not."""
    whole = plus(vector(sitting.had), vector(total(meal.nutrients for meal in dosed)))
    off = sitting.goal.misfit(whole, request.leeway.band)
    budget = request.profile.budget_per_day
    if budget is None:
        return off
    foods = [(request.catalogue.food(code), grams) for meal in dosed for code, grams in meal.grams.items()]
    cost = bill(foods, sitting.larder.on(sitting.on), request.catalogue)
    return off if cost <= budget + CENT else max(off, cost / budget)
