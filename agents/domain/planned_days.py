"""Planned meals as they are kept, made whole again: with their foods, allergens and the proof for this person (P2)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agents.domain.context import PlannedMealView
from agents.domain.foods import Catalogue, Food, Recipe, total
from agents.domain.meals import DayPlan, DayTargets, Leeway, PlannedMeal
from agents.domain.meals.judge import Judge, judge_for
from agents.domain.meals.serving import item_of
from agents.domain.profile import Profile

EXTRAS = ", with "  # how a dish names the sides it was given


@dataclass(frozen=True, slots=True)
class PlannedDays:
    """What the active meal plan was made for: the goal of each local date, how strict it is, what gave way for it."""

    goals: Mapping[dt.date, DayTargets] = field(default_factory=dict)
    leeway: Leeway = field(default_factory=Leeway)
    relaxed: tuple[str, str] | None = None


def whole_day(
    on: dt.date, views: Sequence[PlannedMealView], goal: DayTargets, profile: Profile, catalogue: Catalogue
) -> DayPlan | None:
    """The day of these meals, in their order; None when a food or dish of it is not in the tables any more."""
    judge = judge_for(profile)
    meals = [whole_meal(view, catalogue, judge) for view in views]
    kept = tuple(meal for meal in meals if meal is not None)
    return day_with(DayPlan(on, (), total(()), goal), kept) if len(kept) == len(meals) else None


def day_with(day: DayPlan, meals: tuple[PlannedMeal, ...]) -> DayPlan:
    """This day with these meals, summed."""
    sodium = sum((item.food.sodium_mg or 0.0) * item.grams / 100 for meal in meals for item in meal.items)
    return DayPlan(day.date, meals, total(meal.totals for meal in meals), day.targets, round(sodium, 1))


def whole_meal(view: PlannedMealView, catalogue: Catalogue, judge: Judge) -> PlannedMeal | None:
    """One meal with its foods as the tables know them now."""
    foods = foods_by_name(catalogue)
    recipe = recipe_of(view.name, catalogue)
    if recipe is None or not all(item.food in foods for item in view.items):
        return None
    items = tuple(item_of(foods[item.food], item.grams) for item in view.items)
    rulings = [judge(item.food) for item in items]
    return PlannedMeal(
        slot=view.slot,
        name=view.name,
        recipe_code=recipe.code,
        items=items,
        totals=total(item.nutrients for item in items),
        prep_minutes=recipe.minutes,
        servings=view.servings,
        proof=tuple(proof for ruling in rulings for proof in ruling.proof),
        notes=tuple(dict.fromkeys(note for ruling in rulings for note in ruling.notes)),
        is_leftover=view.cooked_on is not None,
    )


def recipe_of(name: str, catalogue: Catalogue) -> Recipe | None:
    """The recipe behind the name of a planned dish, whatever sides it was given."""
    bare = name.partition(EXTRAS)[0]
    return next((recipe for recipe in catalogue.recipes if recipe.name in (name, bare)), None)


def foods_by_name(catalogue: Catalogue) -> dict[str, Food]:
    """Every food by the name that planned meals and shopping lists call it."""
    return {food.name: food for food in catalogue.foods}
