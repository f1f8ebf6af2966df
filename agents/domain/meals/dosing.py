"""From chosen dishes to weighed items: portions in quarter servings, a staple and a protein trimmed, sides added."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil
from typing import Final

from agents.domain.foods import Catalogue, Food, Nutrients, total
from agents.domain.meals.menu import Menu, Option, SideOption
from agents.domain.meals.plan import TOLERANCES, DayTargets
from agents.domain.meals.portions import Knob, Vector, relaxed, settled
from agents.domain.meals.slots import Slot

AIM = 0.05  # kcal and each macro of a day against their targets
PORTION_STEP = 0.25  # of a serving
LEAST_STEPS, MOST_STEPS = 2, 8  # 0.5 to 2 servings
TRIM_DOWN, TRIM_UP = 0.5, 0.75  # how far a staple or a protein may leave the recipe's share
FINE_UNDER_G = 100  # below this trims go by 5 g, above by 10 g
MEASURED_UNDER_G, MEASURED_STEP_G = 20, 5  # small amounts to the gram, others to 5 g
DISH_COST, TRIM_COST, SIDE_COST = 4e-4, 2e-5, 4e-3  # pull towards the usual portion, an untouched recipe, no side
SIDE_LEAST_KCAL = 40.0  # a smaller side is not worth serving
MAIN_KINDS: Final = frozenset({"lunch", "dinner"})


@dataclass(frozen=True, slots=True)
class Dosed:
    """One meal as it will be served: grams by food code in the order of the recipe, sides last."""

    slot: Slot
    option: Option
    servings: float
    grams: dict[str, float]
    nutrients: Nutrients


@dataclass(frozen=True, slots=True)
class _Dose:
    """A fine knob's meaning: which meal, which food, how many grams a step."""

    meal: int
    food: Food
    step_g: int


def vector(nutrients: Nutrients) -> Vector:
    """The part that the solver sees."""
    return nutrients.kcal, nutrients.protein_g, nutrients.carbs_g, nutrients.fat_g


def goal(targets: DayTargets) -> Vector:
    """The targets as the solver sees them."""
    return targets.kcal, targets.protein_g, targets.carbs_g, targets.fat_g


def misfit(have: Vector, want: Vector) -> float:
    """Sum of squared relative errors of kcal and macros in units of 5 %, and 10 more for each figure beyond that."""
    errors = [(h - w) / (w * AIM) for h, w in zip(have, want, strict=True)]
    return sum(error * error + (10 if abs(error) > 1 else 0) for error in errors)


def is_close(have: Vector, want: Vector) -> bool:
    """Whether every figure is within ±5 %."""
    return all(abs(h - w) <= w * AIM for h, w in zip(have, want, strict=True))


def is_within(have: Vector, want: Vector) -> bool:
    """Whether every figure is inside what a day may miss: ±5 % kcal, ±10 % of each macro."""
    return all(abs(h - w) <= w * tolerance for h, w, tolerance in zip(have, want, TOLERANCES, strict=True))


def dose(
    slots: Sequence[Slot],
    dishes: Sequence[Option],
    target: Vector,
    menu: Menu,
    catalogue: Catalogue,
    *,
    sides: Sequence[tuple[int, SideOption]],
    base: Vector = (0.0, 0.0, 0.0, 0.0),
) -> tuple[Dosed, ...]:
    """Portions for these dishes so that, on top of `base`, they meet the target. `sides` are (meal, side) pairs."""
    offered = [(meal, side) for meal, side in sides if menu.may_join(side.food, dishes[meal])]
    steps = _portions(slots, dishes, target, catalogue, offered, base)
    grams = [_plated(dish, portion, catalogue) for dish, portion in zip(dishes, steps, strict=True)]
    start = reduce(plus, (vector(_nutrients(plate, catalogue)) for plate in grams), base)
    doses, knobs = _fine(dishes, grams, catalogue, offered)
    for amount, measure in zip(settled(start, knobs, target), doses, strict=True):
        if amount:
            plate = grams[measure.meal]
            plate[measure.food.code] = plate.get(measure.food.code, 0.0) + amount * measure.step_g
    return tuple(
        Dosed(slot, dish, portion * PORTION_STEP, plate, _nutrients(plate, catalogue))
        for slot, dish, portion, plate in zip(slots, dishes, steps, grams, strict=True)
    )


def measured_g(food: Food, grams: float) -> float:
    """What a kitchen can weigh or count: whole eggs, small amounts to the gram, the rest to 5 g."""
    piece = _piece_g(food)
    if piece:
        return max(round(grams / piece), 1) * piece
    if grams < MEASURED_UNDER_G:
        return float(max(round(grams), 1))
    return float(round(grams / MEASURED_STEP_G) * MEASURED_STEP_G)


def _piece_g(food: Food) -> float:
    """Grams of one piece where a food comes whole: eggs in the shell."""
    serving = food.default_serving
    return serving.grams if food.group == "egg" and serving and serving.label == "piece" and food.code == "egg" else 0.0


def _portions(
    slots: Sequence[Slot],
    dishes: Sequence[Option],
    target: Vector,
    catalogue: Catalogue,
    sides: Sequence[tuple[int, SideOption]],
    base: Vector,
) -> list[int]:
    """Quarter servings of each dish, settled together with what the fine knobs could do."""
    whole = target[0] - base[0]
    share = sum(slot.share for slot in slots)
    coarse = [
        Knob(
            per_step=_times(vector(dish.nutrients), PORTION_STEP),
            low=LEAST_STEPS,
            high=MOST_STEPS,
            start=whole * slot.share / share / (dish.nutrients.kcal * PORTION_STEP),
            cost=DISH_COST,
        )
        for slot, dish in zip(slots, dishes, strict=True)
    ]
    plates = [{item.food: item.grams for item in dish.recipe.ingredients} for dish in dishes]
    _, fine = _fine(dishes, plates, catalogue, sides)
    settings = relaxed(base, [*coarse, *fine], target)
    return [min(max(round(value), LEAST_STEPS), MOST_STEPS) for value in settings[: len(dishes)]]


def _fine(
    dishes: Sequence[Option],
    plates: Sequence[dict[str, float]],
    catalogue: Catalogue,
    sides: Sequence[tuple[int, SideOption]],
) -> tuple[list[_Dose], list[Knob]]:
    doses: list[_Dose] = []
    knobs: list[Knob] = []
    for meal, (dish, plate) in enumerate(zip(dishes, plates, strict=True)):
        for item in dish.recipe.ingredients:
            if item.role:
                measure, knob = _trim(meal, catalogue.food(item.food), plate[item.food])
                doses.append(measure)
                knobs.append(knob)
    for meal, option in sides:
        side = option.side
        most = side.max_g // side.step_g
        step = vector(option.food.of(side.step_g))
        # More of what the dish holds anyway may be any amount.
        least = 1 if side.food in plates[meal] else min(ceil(SIDE_LEAST_KCAL / step[0]), most)
        doses.append(_Dose(meal, option.food, side.step_g))
        knobs.append(Knob(step, 0, most, cost=SIDE_COST / most**2, least=least))
    return doses, knobs


def _trim(meal: int, food: Food, grams: float) -> tuple[_Dose, Knob]:
    step_g = round(_piece_g(food)) or (5 if grams < FINE_UNDER_G else 10)
    low, high = -int(TRIM_DOWN * grams / step_g), int(TRIM_UP * grams / step_g)
    return _Dose(meal, food, step_g), Knob(vector(food.of(step_g)), low, high, cost=TRIM_COST * step_g / 5)


def _plated(dish: Option, steps: int, catalogue: Catalogue) -> dict[str, float]:
    return {
        item.food: measured_g(catalogue.food(item.food), item.grams * steps * PORTION_STEP)
        for item in dish.recipe.ingredients
    }


def _nutrients(plate: dict[str, float], catalogue: Catalogue) -> Nutrients:
    return total(catalogue.food(code).of(grams).rounded() for code, grams in plate.items())


def plus(first: Vector, second: Vector) -> Vector:
    """The sum of two vectors."""
    return first[0] + second[0], first[1] + second[1], first[2] + second[2], first[3] + second[3]


def _times(parts: Vector, factor: float) -> Vector:
    return parts[0] * factor, parts[1] * factor, parts[2] * factor, parts[3] * factor
