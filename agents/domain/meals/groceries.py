"""What planned meals need from the shop beyond what is at home: in packs one can buy, in the order of the aisles."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from agents.domain.foods import Catalogue, Food
from agents.domain.meals.larder import Larder, made_of
from agents.domain.meals.plan import DayPlan, GroceryLine, GroceryPart

LEAST_G = 0.05  # less than this is nothing


def shopping(days: Iterable[DayPlan], catalogue: Catalogue, larder: Larder | None = None) -> tuple[GroceryLine, ...]:
    """One line a purchase, sorted by aisle and name. What the larder still holds on a meal's day is taken off first."""
    left = larder or Larder()
    grams: dict[str, float] = {}
    foods: dict[str, Food] = {}
    for day in days:
        eaten = [(item.food, item.grams) for meal in day.meals for item in meal.items]
        for food, amount in eaten:
            foods[food.code] = food
            have = _at_home(left, day, food)
            after = left.without(day.date, [(food, amount)])
            spared = (have - _at_home(after, day, food)) if have else 0.0
            grams[food.code] = grams.get(food.code, 0.0) + amount - spared
            left = after
    by_purchase: dict[str, list[Food]] = {}
    for food in foods.values():
        if grams[food.code] > LEAST_G:
            by_purchase.setdefault(food.buying.buy_as if food.buying else food.code, []).append(food)
    lines = [_line(catalogue.food(code), found, grams) for code, found in by_purchase.items()]
    return tuple(sorted(lines, key=lambda line: (line.aisle, line.bought)))


def _at_home(larder: Larder, day: DayPlan, food: Food) -> float:
    """Grams of this food that could be made of what is still good that day."""
    shares = ((stock.grams, made_of(food, stock.food)) for stock in larder.on(day.date))
    return sum(stocked / share for stocked, share in shares if share)


def _line(bought: Food, foods: Sequence[Food], grams: Mapping[str, float]) -> GroceryLine:
    """How a shop sells it. A food without a pack is bought by weight."""
    parts = tuple(GroceryPart(food.name, food.code, round(grams[food.code], 1)) for food in foods)
    need = sum(grams[food.code] * (food.buying.grams_per_100g / 100 if food.buying else 1.0) for food in foods)
    pack = bought.buying.pack if bought.buying else None
    packs, label = (max(ceil(round(need / pack.grams, 3)), 1), pack.label) if pack else (1, f"{need:.0f} g")
    return GroceryLine(bought.name, bought.code, bought.aisle, packs, label, parts)
