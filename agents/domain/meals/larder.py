"""What is at home: how much of it a day may use, what is left after it, and what the rest costs."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from agents.domain.foods import Catalogue, Food

# Euros or dollars per 100 g for a food without a pack of its own, by price class: for comparing only.
TYPICAL_PRICE: Final[Mapping[int, float]] = {1: 0.30, 2: 0.80, 3: 1.80}


@dataclass(frozen=True, slots=True)
class Stock:
    """So many edible grams of a food at home. `expires_on` is the last day to eat it; None: it keeps."""

    food: str
    grams: float
    expires_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Larder:
    """Everything at home. Immutable: using something makes a new one."""

    stocks: tuple[Stock, ...] = ()

    def on(self, day: dt.date) -> tuple[Stock, ...]:
        """What is still good on that day and not used up, the soonest to expire first."""
        good = [s for s in self.stocks if s.grams > 0 and (s.expires_on is None or s.expires_on >= day)]
        return tuple(sorted(good, key=lambda s: (s.expires_on or dt.date.max, s.food)))

    def without(self, day: dt.date, eaten: Iterable[tuple[Food, float]]) -> "Larder":
        """What is left when these foods (grams each) were cooked that day; the soonest to expire went first."""
        left = {number: stock.grams for number, stock in enumerate(self.stocks)}
        order = sorted(left, key=lambda n: (self.stocks[n].expires_on or dt.date.max, n))
        for food, grams in eaten:
            need = grams
            for number in order:
                stock = self.stocks[number]
                share = made_of(food, stock.food)
                if not share or (stock.expires_on is not None and stock.expires_on < day):
                    continue
                taken = min(left[number], need * share)
                left[number] -= taken
                need -= taken / share
        return Larder(tuple(Stock(s.food, round(left[n], 2), s.expires_on) for n, s in enumerate(self.stocks)))


def bill(eaten: Iterable[tuple[Food, float]], stocks: Iterable[Stock], catalogue: Catalogue) -> float:
    """What these foods (grams each) cost beyond what the stocks give, in the money of the price table."""
    left = dict(enumerate(stocks))
    total = 0.0
    for food, grams in eaten:
        need = grams
        for number, stock in left.items():
            share = made_of(food, stock.food)
            if share:
                taken = min(stock.grams, need * share)
                left[number] = replace(stock, grams=stock.grams - taken)
                need -= taken / share
        total += need * price_per_g(food, catalogue)
    return total


def made_of(food: Food, stocked: str) -> float:
    """Grams of a stocked food that a gram of this food takes: 1 for itself, 0.36 for cooked of dry rice, else 0."""
    if food.code == stocked:
        return 1.0
    return food.buying.grams_per_100g / 100 if food.buying and food.buying.buy_as == stocked else 0.0


def price_per_g(food: Food, catalogue: Catalogue) -> float:
    """What a gram of this food costs, from the pack that it is bought in."""
    buying = food.buying
    pack = catalogue.food(buying.buy_as).buying if buying else None
    if buying is None or pack is None or pack.pack is None:
        return TYPICAL_PRICE[food.price_class] / 100
    return pack.pack.price / pack.pack.grams * buying.grams_per_100g / 100
