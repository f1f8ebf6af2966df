"""What to eat in the rest of today: dishes that bring what was eaten up to the day's targets (F27)."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agents.domain.context import Context, PlannedMealView
from agents.domain.foods import Food, Recipe
from agents.domain.meals import Larder, Stock
from agents.domain.rationale import hides_numbers
from agents.nodes.meals import offers
from agents.nodes.meals.exchanging import cards, is_sound
from agents.nodes.meals.fitting import Fit, Wish, fitted
from agents.nodes.meals.showing import no_plan
from agents.nodes.meals.week import Week, planned_week
from agents.ports import Ports
from agents.schemas import FillDay, FoodItem, Intent
from agents.state import Line, Part

PLENTY_G = 600.0  # of a food at hand whose amount was not said


@dataclass(frozen=True, slots=True)
class AtHand:
    """The foods that were named: those we know by the words used, with the grams there are; and unknown words."""

    foods: tuple[tuple[str, Food, float], ...] = ()
    unknown: tuple[str, ...] = ()


async def fill(context: Context, order: Intent, ports: Ports) -> Part:
    """Dishes for the meals still ahead today, from the foods named where that can be; a tap makes them the plan."""
    week = await planned_week(context, ports)
    if week is None:
        return no_plan(context)
    said = order.payload if isinstance(order.payload, FillDay) else FillDay()
    wished = _ahead(week, said.slot)
    if not wished:
        key = "fill-nothing-ahead" if week.on(context.today) else "no-meals-that-day"
        return Part("meal_planner", lines=(Line(key, {"day": f"{context.today:%A %d %B}"}),))
    at_hand = _at_hand(said.foods, ports)
    fit = await asyncio.to_thread(_best, week, wished, at_hand)
    if fit is None or not is_sound(week, fit, ports):
        return Part("meal_planner", lines=(Line("fill-none"), *_unknown(at_hand)))
    use = ports.speech.say(context.profile.locale, "opt-meal-use", {})
    question, choices = offers.asked(context, ports, [(use, fit)])
    lines = (*_head(week, fit), *_used(fit, at_hand), *_unknown(at_hand))
    return Part("meal_planner", changes=(question,), lines=lines, cards=cards(week, fit), choices=choices)


def _ahead(week: Week, slot: str | None) -> tuple[PlannedMealView, ...]:
    """The meals of today that are still to come; the one named, where it is among them."""
    ahead = week.open_on(week.context.today)
    return tuple(view for view in ahead if view.slot == slot) or ahead


def _at_hand(items: Sequence[FoodItem], ports: Ports) -> AtHand:
    matches = [(item, ports.match_food(item)) for item in items]
    known = tuple((i.name, m.food, m.grams if m.source == "stated" else PLENTY_G) for i, m in matches if m)
    return AtHand(known, tuple(item.name for item, match in matches if match is None))


def _best(week: Week, wished: tuple[PlannedMealView, ...], at_hand: AtHand) -> Fit | None:
    """The dishes that use most of what is at hand and keep the day in its band."""
    larder = Larder(tuple(Stock(code, grams, week.context.today) for code, grams in _stocks(at_hand)))
    codes = [_kin(food) for _, food, _ in at_hand.foods]
    for least in range(len(codes), -1, -1):
        wish = Wish(wished, (), larder, lambda recipe, n=least: _hits(recipe, codes) >= n, from_logs=True)  # type: ignore[misc]
        if (fit := fitted(week, wish)) is not None:
            return fit
    return None


def _stocks(at_hand: AtHand) -> Iterator[tuple[str, float]]:
    for _, food, grams in at_hand.foods:
        for code in sorted(_kin(food)):
            yield code, grams


def _kin(food: Food) -> frozenset[str]:
    """A food and what it is made of: "rice" may be dry in the cupboard and cooked in the dish."""
    return frozenset({food.code, food.buying.buy_as if food.buying else food.code})


def _hits(recipe: Recipe, codes: Sequence[frozenset[str]]) -> int:
    """How many of the foods at hand a recipe uses; what is eaten beside a main dish need not."""
    if not {"lunch", "dinner"} & set(recipe.kinds):
        return len(codes)
    own = {item.food for item in recipe.ingredients}
    return sum(bool(own & kin) for kin in codes)


def _head(week: Week, fit: Fit) -> tuple[Line, ...]:
    """What is counted as eaten, and what the day then comes to."""
    is_hidden = hides_numbers(week.context.profile)
    over = [v for v in week.on(week.context.today) if v not in fit.old and not week.is_open(v)]
    if fit.had.kcal:
        head = Line("fill-head-plain") if is_hidden else Line("fill-head", {"eaten": f"{fit.had.kcal:.0f}"})
    else:
        head = Line("fill-head-planned") if over else Line("fill-head-fresh")
    total = fit.day.totals.kcal + fit.had.kcal
    return (head,) if is_hidden else (head, Line("fill-total", {"total": f"{total:.0f}"}))


def _used(fit: Fit, at_hand: AtHand) -> tuple[Line, ...]:
    used = {item.food.code for meal in fit.new for item in meal.items}
    bought = {item.food.buying.buy_as for meal in fit.new for item in meal.items if item.food.buying}
    names = [name for name, food, _ in at_hand.foods if _kin(food) & (used | bought)]
    left = [name for name, _, _ in at_hand.foods if name not in names]
    lines = [Line("fill-uses", {"foods": ", ".join(names)})] if names else []
    lines += [Line("fill-leaves", {"foods": ", ".join(left)})] if left else []
    return tuple(lines)


def _unknown(at_hand: AtHand) -> tuple[Line, ...]:
    return (Line("fill-unknown", {"foods": ", ".join(at_hand.unknown)[:120]}),) if at_hand.unknown else ()
