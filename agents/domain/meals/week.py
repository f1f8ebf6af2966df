"""Days of meals, one after the other: each an integer program of its own, with what was eaten carried over (P3).

Seven single days with use-counts end better than one joint week, and sooner (docs/performance.md has both). Everything
is a function of its arguments: the same seed gives the same plan.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from agents.domain.foods import Food
from agents.domain.meals.choice import LEFTOVERS_A_WEEK, MAIN_KINDS, Eaten, proteins_of
from agents.domain.meals.day import Sitting, best_day, misfit
from agents.domain.meals.dosing import Dosed
from agents.domain.meals.judge import judge_for
from agents.domain.meals.menu import Menu, menu_for
from agents.domain.meals.plan import DayTargets
from agents.domain.meals.request import Request
from agents.domain.meals.slots import slots_of

WEEK_BEFORE = 6  # days whose dishes count against a seventh


@dataclass(frozen=True, slots=True)
class Compiled:
    """The plates of each day, and the first day (index) that misses its band, if one does."""

    days: tuple[tuple[Dosed, ...], ...]
    missed: int | None = None


def compiled(request: Request, *, is_probe: bool = False, is_patient: bool = True) -> Compiled:
    """The days in order. A probe stops at the first day that cannot be met; for patience see `best_day`."""
    slots, menus = slots_of(request.profile), _Menus(request)
    days: list[tuple[Dosed, ...]] = []
    missed: int | None = None
    larder = request.larder
    for number, (on, goal) in enumerate(zip(request.dates, request.targets, strict=True)):
        sitting = Sitting(
            slots=slots, menu=menus.of(goal), goal=goal, on=on, eaten=_eaten(request, days), larder=larder
        )
        rng = Random(f"{request.chance}:{number}")  # noqa: S311 — variety, not secrecy
        dosed = best_day(request, sitting, rng, is_patient=is_patient)
        if dosed is None or misfit(dosed, sitting, request) > 1.0:
            missed = number if missed is None else missed
            if is_probe or dosed is None:
                return Compiled(tuple(days), missed)
        days.append(dosed)
        larder = larder.without(on, _cooked(request, dosed))
    return Compiled(tuple(days), missed)


def _eaten(request: Request, days: Sequence[Sequence[Dosed]]) -> Eaten:
    """What the days so far mean for the next one."""
    week = days[-WEEK_BEFORE:]
    times = Counter(meal.option.recipe.code for day in week for meal in day)
    yesterday = days[-1] if days else ()
    leftovers = sum(meal.is_leftover for day in week for meal in day)
    keeping = {
        meal.option.recipe.code
        for meal in yesterday
        if meal.option.recipe.keeps_days and not meal.is_leftover and meal.slot.kind in MAIN_KINDS
    }
    return Eaten(
        times,
        frozenset(meal.option.recipe.code for meal in yesterday),
        frozenset(request.history),
        frozenset(keeping) if leftovers < LEFTOVERS_A_WEEK else frozenset(),
        request.leeway.most_a_week,
        Counter(name for day in week for meal in day for name in proteins_of(meal.option)),
    )


def _cooked(request: Request, dosed: Sequence[Dosed]) -> list[tuple[Food, float]]:
    return [(request.catalogue.food(code), grams) for meal in dosed for code, grams in meal.grams.items()]


class _Menus:
    """The menu of a goal; days with the same goal share it."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._judge = judge_for(request.profile)
        self._found: dict[DayTargets, Menu] = {}

    def of(self, goal: DayTargets) -> Menu:
        if goal not in self._found:
            request = self._request
            self._found[goal] = menu_for(request.profile, goal, request.catalogue, self._judge)
        return self._found[goal]
