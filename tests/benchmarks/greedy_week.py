"""The common way to fill a week: for each meal the dish whose serving is closest to the meal's energy, then scaled.

The same hard filters as Keel (allergies, diet, faith, time, skill), no dish twice a day and none more than three times
a week. Protein, carbohydrate and fat come out as they come. It takes no care of the budget, which flatters it.
"""

from collections import Counter
from functools import reduce
from random import Random

from agents.domain.meals import DayTargets, Request
from agents.domain.meals.choice import MOST_A_WEEK
from agents.domain.meals.day_model import LEAST_PORTION, MOST_PORTION
from agents.domain.meals.dosing import PORTION_STEP
from agents.domain.meals.judge import judge_for
from agents.domain.meals.menu import Menu, Option, menu_for
from agents.domain.meals.slots import Slot, slots_of
from agents.domain.meals.vectors import Vector, plus, vector


def greedy_week(request: Request) -> list[Vector]:
    """The four figures of each day. The seed decides between dishes that fit alike."""
    judge, slots, chance = judge_for(request.profile), slots_of(request.profile), Random(request.seed)
    menus = {goal: menu_for(request.profile, goal, request.catalogue, judge) for goal in dict.fromkeys(request.targets)}
    used: Counter[str] = Counter()
    return [_day(menus[goal], goal, slots, used, chance) for goal in request.targets]


def _day(menu: Menu, goal: DayTargets, slots: tuple[Slot, ...], used: Counter[str], chance: Random) -> Vector:
    """The sum of the day's meals; a slot without any dish left stays empty."""
    today: list[tuple[Option, float]] = []
    for slot in slots:
        kcal = goal.kcal * slot.share
        had = {dish.recipe.code for dish, _ in today}
        options = [o for o in menu.options[slot.kind] if used[o.recipe.code] < MOST_A_WEEK and o.recipe.code not in had]
        if options:
            _, _, dish = min((abs(o.nutrients.kcal - kcal), chance.random(), o) for o in options)
            used[dish.recipe.code] += 1
            today.append((dish, kcal))
    return reduce(plus, (_scaled(dish, kcal) for dish, kcal in today), (0.0, 0.0, 0.0, 0.0))


def _scaled(dish: Option, kcal: float) -> Vector:
    portion = round(kcal / dish.nutrients.kcal / PORTION_STEP) * PORTION_STEP
    portion = min(max(portion, LEAST_PORTION), MOST_PORTION)
    one = vector(dish.nutrients)
    return one[0] * portion, one[1] * portion, one[2] * portion, one[3] * portion
