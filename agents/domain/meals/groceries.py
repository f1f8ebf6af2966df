"""What planned meals need from the shop beyond what is at home: in packs one can buy, in the order of the aisles."""

from collections.abc import Iterable
from math import ceil

from agents.domain.foods import Catalogue, Food
from agents.domain.meals.larder import Larder, made_of
from agents.domain.meals.plan import DayPlan, GroceryLine

LEAST_G = 0.05  # less than this is nothing


def shopping(days: Iterable[DayPlan], catalogue: Catalogue, larder: Larder | None = None) -> tuple[GroceryLine, ...]:
    """One line a food, sorted by aisle and name. What the larder still holds on a meal's day is taken off first."""
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
    lines = [_line(food, grams[code], catalogue) for code, food in foods.items() if grams[code] > LEAST_G]
    return tuple(sorted(lines, key=lambda line: (line.aisle, line.food)))


def _at_home(larder: Larder, day: DayPlan, food: Food) -> float:
    """Grams of this food that could be made of what is still good that day."""
    shares = ((stock.grams, made_of(food, stock.food)) for stock in larder.on(day.date))
    return sum(stocked / share for stocked, share in shares if share)


def _line(food: Food, grams: float, catalogue: Catalogue) -> GroceryLine:
    """How a shop sells it. A food without a pack is bought by weight."""
    buying = food.buying
    bought = catalogue.food(buying.buy_as) if buying else food
    pack = bought.buying.pack if bought.buying else None
    need = grams * (buying.grams_per_100g / 100 if buying else 1.0)
    packs = ceil(round(need / pack.grams, 3)) if pack else 1
    label = pack.label if pack else f"{need:.0f} g"
    return GroceryLine(food.name, food.code, round(grams, 1), bought.aisle, bought.name, max(packs, 1), label)
