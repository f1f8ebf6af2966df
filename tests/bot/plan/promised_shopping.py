"""Prices and shopping: the budget of a day, and grams to buy that are grams eaten less what is at home."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from agents.domain.foods import Food
from storage.reference.tables import ReferenceTables

Json = dict[str, Any]
SMALL_CHANGE = 0.02
ROUNDING_G = 0.5


@cache
def _by_name() -> dict[str, Food]:
    return {food.name: food for food in ReferenceTables().foods().foods}


def _bought_as(name: str) -> tuple[Food, float]:
    """What the shop sells for it, and how many grams of that a gram takes."""
    food = _by_name()[name]
    if food.buying is None:
        return food, 1.0
    return ReferenceTables().foods().food(food.buying.buy_as), food.buying.grams_per_100g / 100


def _eaten(days: list[Json]) -> Counter[str]:
    grams: Counter[str] = Counter()
    for item in (item for day in days for meal in day["meals"] for item in meal["items"]):
        grams[item["food"]] += item["grams"]
    return grams


def price(day: Json) -> float:
    """What the day's food costs in the packs of the table; foods without a pack are left out."""
    total = 0.0
    for name, grams in _eaten([day]).items():
        bought, share = _bought_as(name)
        pack = bought.buying.pack if bought.buying else None
        total += grams * share * pack.price / pack.grams if pack else 0.0
    return total


def over_budget(profile: Json, answer: Json) -> Iterator[str]:
    """Days that cost more than the budget; only where nothing at home could have paid for them."""
    budget = profile.get("budget_per_day")
    if budget is None or profile.get("pantry"):
        return
    for day in answer["days"]:
        if price(day) > budget + SMALL_CHANGE:
            yield f"{day['date']}: {price(day):.2f} for a budget of {budget}"


def unkept_shopping(profile: Json, answer: Json) -> Iterator[str]:
    """What should not be on the list, or should be."""
    eaten, bought = _eaten(answer["days"]), Counter[str]()
    for line in answer["grocery"]:
        bought[line["food"]] += line["grams"]
        if line["grams"] <= 0 or not line["aisle"].strip():
            yield f"grocery line {line}"
    yield from (f"{food} is bought and not eaten" for food in bought if food not in eaten)
    home = {entry["food"].casefold(): entry.get("grams", 0) for entry in profile.get("pantry", ())}
    for food, grams in eaten.items():
        least, most = _needed(food, grams, eaten, home)
        if not least - ROUNDING_G <= bought[food] <= most + ROUNDING_G:
            yield f"{food}: {grams} g eaten, {home} at home, {bought[food]} g bought"
    for line in answer["shopping"]:
        if line["packs"] < 1 or not line["pack"].strip() or not line["buy"].strip():
            yield f"shopping line {line}"


def _needed(food: str, grams: float, eaten: Counter[str], home: dict[str, float]) -> tuple[float, float]:
    """From when all at home goes into this food, to when other foods take it first (cooked rice of dry)."""
    source, share = _bought_as(food)
    stock = home.get(food.casefold(), 0.0) + (
        home.get(source.name.casefold(), 0.0) / share if source.name != food else 0
    )
    rivals = [other for other in eaten if other != food and _bought_as(other)[0].name == source.name]
    least = max(0.0, grams - stock)
    return least, grams if rivals and stock else least
