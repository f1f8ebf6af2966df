"""What was eaten: known food is logged, unknown is named, what is on the allergy list raises an alert."""

from typing import Any

from agents.domain import changes as c
from agents.domain.context import LoggedToday
from agents.domain.foods import Food
from agents.domain.profile import Restriction
from agents.nodes import meals
from agents.schemas import FoodItem, Intent, LogFood
from tests.agents.nodes.meals.kitchen import FOODS, pantry
from tests.support.mind import profile, settled


def first(allergen: str, ruling: str) -> Food:
    """A food that is "clear" of an allergen, or "contains" it."""
    return next(food for food in FOODS if food.allergens.get(allergen) == ruling)


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
