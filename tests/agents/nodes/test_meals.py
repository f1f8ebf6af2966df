"""The meal planner: a plan or an honest refusal, the meals of a day, and what was eaten."""

from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest

from agents.domain import changes as c
from agents.domain.context import LoggedToday, MealItem, PlannedMealView
from agents.domain.foods import Food
from agents.domain.profile import Restriction
from agents.nodes import meals
from agents.ports import MatchedFood, Ports
from agents.schemas import FoodItem, Intent, LogFood, Target
from storage.reference.tables import ReferenceTables
from tests.support.mind import MemoryInMemory, asked, ports, profile, settled

MONDAY = date(2026, 11, 23)
PASTA = MealItem("Pasta", 90, 320)
LUNCH = PlannedMealView(UUID(int=1), MONDAY, "lunch", "Pasta", time(12, 30), 700, 30, 80, 20, "planned", (PASTA,))
DINNER = replace(
    LUNCH, id=UUID(int=2), slot="dinner", name="Soup", items=(MealItem("Pasta", 60, 210), MealItem("Carrot", 100, 35))
)
FOODS = ReferenceTables().foods().foods


def pantry(*known: Food) -> Ports:
    """Ports that know these foods by the first word of their name, each 100 g."""
    found = {food.name.split(",")[0].split()[0].lower(): food for food in known}

    def match(item: FoodItem) -> MatchedFood | None:
        food = found.get(item.name)
        return MatchedFood(food, 100.0, "stated") if food else None

    return replace(ports(MemoryInMemory(settled(), planned_meals=(LUNCH, DINNER))), match_food=match)


def first(allergen: str, ruling: str) -> Food:
    """A food that is "clear" of an allergen, or "contains" it."""
    return next(food for food in FOODS if food.allergens.get(allergen) == ruling)


async def test_a_plan_covers_seven_days_from_today_and_is_claimed() -> None:
    part = await meals.make_plan(settled(), pantry())
    (change,) = part.changes
    assert isinstance(change, c.NutritionPlanMade)
    assert [day.date.day for day in change.meals.days] == [23, 24, 25, 26, 27, 28, 29]
    assert part.lines[0].claims == (change,)
    assert change.head.starts_on == MONDAY


@pytest.mark.parametrize("missing", ["age", "height_cm", "weight_kg"])
async def test_without_body_figures_there_is_a_reason_instead_of_a_plan(missing: str) -> None:
    part = await meals.make_plan(settled(profile=profile(**{missing: None})), pantry())
    assert part.changes == ()
    assert str(part.lines[0].args["text"]).strip()


async def test_the_same_seed_gives_the_same_plan() -> None:
    def dishes(part: Any) -> list[str]:
        return [meal.name for day in part.changes[0].meals.days for meal in day.meals]

    assert dishes(await meals.make_plan(settled(), pantry())) == dishes(await meals.make_plan(settled(), pantry()))


@pytest.mark.parametrize(
    ("target", "names"),
    [(Target(), ["Pasta", "Soup"]), (Target(words="dinner"), ["Soup"]), (Target(words="brunch"), ["Pasta", "Soup"])],
)
async def test_the_meals_of_a_day_or_one_of_them(target: Target, names: list[str]) -> None:
    part = await meals.show(settled(), Intent("meals_view", target), pantry())
    assert [card.title.rpartition(": ")[2] for card in part.cards] == names


@pytest.mark.parametrize(
    ("context", "order", "key"),
    [
        (settled(), Target(on=date(2027, 1, 1)), "no-meals-that-day"),
        (settled(plans=()), Target(), "no-meal-plan"),
        (asked("age"), Target(), "no-plan-onboarding"),
    ],
)
async def test_where_there_are_no_meals_it_says_why(context: Any, order: Target, key: str) -> None:
    assert (await meals.show(context, Intent("meals_view", order), pantry())).lines[0].key == key


async def test_the_shopping_list_sums_each_food() -> None:
    part = await meals.shopping(settled(), pantry())
    assert {row[1]: row[2] for row in part.cards[0].rows} == {"Pasta": "150 g", "Carrot": "100 g"}


async def eaten(*names: str, known: tuple[Food, ...], **context: Any) -> Any:
    order = Intent("log_food", LogFood(tuple(FoodItem(name) for name in names)))
    return await meals.log_food(settled(**context), order, pantry(*known))


def word(food: Food) -> str:
    return food.name.split(",")[0].split()[0].lower()


async def test_known_food_is_logged_and_unknown_is_named_and_not_counted() -> None:
    food = first("peanut", "clear")
    part = await eaten(word(food), "xyzzy", known=(food,), logged=LoggedToday(kcal=100.0))
    (change,) = part.changes
    assert isinstance(change, c.MealLogged)
    assert len(change.items) == 1
    keys = {line.key: line.args for line in part.lines}
    assert keys["food-not-counted"] == {"foods": "xyzzy"}
    assert keys["food-sum"]["total"] == f"{100 + food.kcal:.0f}"


async def test_only_unknown_food_logs_nothing() -> None:
    part = await eaten("xyzzy", known=())
    assert (part.changes, part.lines[0].key) == ((), "food-unknown")


async def test_food_of_the_allergy_list_is_logged_with_an_alert_first() -> None:
    food = first("peanut", "contains")
    part = await eaten(word(food), known=(food,), profile=profile(restrictions=(Restriction("allergy", "peanut"),)))
    assert part.lines[0].key == "allergen-alert"
    assert part.level == "caution"
    assert part.changes[0].allergen_alert is True


async def test_without_food_it_asks() -> None:
    assert (await meals.log_food(settled(), Intent("log_food"), pantry())).lines[0].key == "food-how"
