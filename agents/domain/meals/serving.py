"""From dosed meals to planned ones: items with their figures, contained allergens, notes and proofs."""

import datetime as dt
from collections.abc import Sequence

from agents.domain.foods import Catalogue, Food, total
from agents.domain.meals.dosing import Dosed
from agents.domain.meals.judge import Judge
from agents.domain.meals.plan import DayPlan, DayTargets, PlannedItem, PlannedMeal

WARMING_MINUTES = 5


def planned_day(on: dt.date, dosed: Sequence[Dosed], goal: DayTargets, catalogue: Catalogue, judge: Judge) -> DayPlan:
    """A day as it is stored and shown."""
    meals = tuple(planned(meal, catalogue, judge) for meal in dosed)
    sodium = sum((item.food.sodium_mg or 0.0) * item.grams / 100 for meal in meals for item in meal.items)
    return DayPlan(on, meals, total(meal.totals for meal in meals), goal, round(sodium, 1))


def planned(meal: Dosed, catalogue: Catalogue, judge: Judge) -> PlannedMeal:
    """The meal as it is stored and shown."""
    recipe = meal.option.recipe
    foods = {code: catalogue.food(code) for code in meal.grams}
    items = tuple(item_of(foods[code], grams) for code, grams in meal.grams.items())
    rulings = [judge(food) for food in foods.values()]
    own = {item.food for item in recipe.ingredients}
    extras = [food.name.partition(",")[0].lower() for code, food in foods.items() if code not in own]
    return PlannedMeal(
        slot=meal.slot.code,
        name=f"{recipe.name}, with {' and '.join(extras)}" if extras else recipe.name,
        recipe_code=recipe.code,
        items=items,
        totals=total(item.nutrients for item in items),
        prep_minutes=WARMING_MINUTES if meal.is_leftover else recipe.minutes,
        servings=meal.servings,
        proof=tuple(proof for ruling in rulings for proof in ruling.proof),
        notes=tuple(dict.fromkeys(note for ruling in rulings for note in ruling.notes)),
        is_leftover=meal.is_leftover,
    )


def item_of(food: Food, grams: float) -> PlannedItem:
    """One item with its figures to two decimals."""
    figures = food.of(grams).rounded()
    return PlannedItem(
        food=food,
        grams=grams,
        kcal=figures.kcal,
        protein_g=figures.protein_g,
        carbs_g=figures.carbs_g,
        fat_g=figures.fat_g,
        fibre_g=figures.fibre_g,
        allergens=food.contains,
    )
