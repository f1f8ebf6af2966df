"""From composed servings to weighed items: a second integer program over amounts that a kitchen can measure (P3).

Portions go in quarter servings (whole eggs, half slices, small amounts to the gram, the rest to 5 g); the staple, the
protein and the sides then move in steps until the day's four figures meet their targets. What it decides is what is
served: each plate is counted exactly as it will be written down.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Final

from agents.domain.foods import Catalogue, Food, Nutrients, total
from agents.domain.meals.choice import Pick
from agents.domain.meals.day_aims import FIBRE_PRICE, SODIUM_PRICE, home_and_purse, near_targets
from agents.domain.meals.day_model import (
    SIDE_GRAM_PRICE,
    SIDE_LEAST_KCAL,
    SIDE_PRICE,
    TRIM_DOWN,
    TRIM_PRICE,
    TRIM_UP,
)
from agents.domain.meals.day_table import Serving, Table
from agents.domain.meals.menu import Option
from agents.domain.meals.slots import Slot
from agents.domain.meals.solver import Program
from agents.domain.meals.vectors import vector

PORTION_STEP = 0.25  # of a serving
LEAST_STEPS, MOST_STEPS = 2, 8  # 0.5 to 2 servings
FINE_UNDER_G = 100  # below this trims go by 5 g, above by 10 g
COUNTED_SERVINGS: Final = frozenset({"piece", "slice"})
WHOLE_EGGS: Final = frozenset({"egg", "egg_boiled"})
MEASURED_UNDER_G, MEASURED_STEP_G = 20, 5  # small amounts to the gram, others to 5 g
OUTER_SHARE = 0.96  # of the band; the rest is left for rounding
NODES, GAP, NEARLY = 400, 0.05, 0.1
OVER_BUDGET_PRICE = 500.0
PORTION_MOVE_PRICE = 0.5  # leaving the composed portion by a quarter


@dataclass(frozen=True, slots=True)
class Dosed:
    """One meal as it will be served: grams by food code in the order of the recipe, sides last."""

    slot: Slot
    option: Option
    servings: float
    grams: dict[str, float]
    nutrients: Nutrients
    is_leftover: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """A whole-numbered unknown: so many steps of `grams` of a food on one plate."""

    column: int
    meal: int
    food: Food
    grams: float


@dataclass(slots=True)
class _Bench:
    """The program while it is built."""

    table: Table
    program: Program = field(default_factory=Program)
    plates: list[list[tuple[int, int, dict[str, float]]]] = field(default_factory=list)  # (column, quarters, grams)
    steps: list[_Step] = field(default_factory=list)
    amounts: list[tuple[int, Food, float]] = field(default_factory=list)  # column, food, grams a unit


def dose(table: Table, servings: Sequence[Serving]) -> tuple[Dosed, ...]:
    """The plates of the day in measurable amounts, as close to the targets as these dishes come."""
    bench = _Bench(table)
    for meal, serving in enumerate(servings):
        low, high = _portions(bench, serving)
        _trims(bench, meal, serving.pick, low, high)
        _side_steps(bench, meal, serving)
    _targets(bench)
    values = bench.program.solve(nodes=NODES, gap=GAP, near=NEARLY)
    if values is None:
        raise ValueError("portions without any bound on what they reach always have an answer")
    return _read(bench, servings, values)


def measured_g(food: Food, grams: float) -> float:
    """What a kitchen can weigh or count: whole eggs, half slices, small amounts to the gram, the rest to 5 g."""
    step = counted_g(food)
    if step:
        return max(round(grams / step), 1) * step
    if grams < MEASURED_UNDER_G:
        return float(max(round(grams), 1))
    return float(round(grams / MEASURED_STEP_G) * MEASURED_STEP_G)


def counted_g(food: Food) -> float:
    """Grams of the smallest part that is served of a food one counts: an egg, half a slice or flatbread; else 0."""
    serving = food.default_serving
    if serving is None or serving.label not in COUNTED_SERVINGS:
        return 0.0
    if food.group == "egg" and food.code in WHOLE_EGGS:
        return serving.grams
    return serving.grams / 2 if food.aisle == "bakery" else 0.0


def _portions(bench: _Bench, serving: Serving) -> tuple[dict[str, float], dict[str, float]]:
    """The composed portion in quarters and its two neighbours: one is chosen. Returns the least and largest plate."""
    near = min(max(round(serving.portion / PORTION_STEP), LEAST_STEPS), MOST_STEPS)
    choices = []
    for quarters in range(max(near - 1, LEAST_STEPS), min(near + 1, MOST_STEPS) + 1):
        plate = _plated(serving.pick.option, quarters, bench.table.catalogue)
        column = bench.program.flag(PORTION_MOVE_PRICE * abs(quarters - near))
        bench.amounts += [(column, bench.table.catalogue.food(code), grams) for code, grams in plate.items()]
        choices.append((column, quarters, plate))
    bench.program.row([(column, 1.0) for column, _, _ in choices], 1.0, 1.0)
    bench.plates.append(choices)
    return choices[0][2], choices[-1][2]


def _trims(bench: _Bench, meal: int, pick: Pick, low: dict[str, float], high: dict[str, float]) -> None:
    plates = bench.plates[meal]
    for item in pick.option.recipe.ingredients:
        if not item.role:
            continue
        food = bench.table.catalogue.food(item.food)
        step = counted_g(food) or (5 if low[item.food] < FINE_UNDER_G else 10)
        for sign, most in ((1, TRIM_UP * high[item.food]), (-1, TRIM_DOWN * low[item.food])):
            column = bench.program.column(high=floor(most / step), cost=TRIM_PRICE * step, is_whole=True)
            bench.steps.append(_Step(column, meal, food, float(sign * step)))
            bench.amounts.append((column, food, float(sign * step)))
            if sign > 0:  # no more of it than a double serving holds
                served = [(flag, plate[item.food]) for flag, _, plate in plates]
                most_g = max(MOST_STEPS * PORTION_STEP * item.grams, *(grams for _, grams in served))
                bench.program.row([(column, float(step)), *served], high=most_g)


def _side_steps(bench: _Bench, meal: int, serving: Serving) -> None:
    """The composed sides; more of what the dish holds anyway may be any amount."""
    own = {item.food for item in serving.pick.option.recipe.ingredients}
    for option, _ in serving.sides:
        side = option.side
        most = side.max_g // side.step_g
        least = 1 if side.food in own else min(ceil(SIDE_LEAST_KCAL / max(option.food.of(side.step_g).kcal, 0.1)), most)
        flag = bench.program.flag(SIDE_PRICE / 4)
        column = bench.program.column(high=most, cost=SIDE_GRAM_PRICE * side.step_g, is_whole=True)
        bench.program.row([(column, 1.0), (flag, -float(most))], high=0.0)
        bench.program.row([(column, 1.0), (flag, -float(least))], low=0.0)
        bench.steps.append(_Step(column, meal, option.food, float(side.step_g)))
        bench.amounts.append((column, option.food, float(side.step_g)))


def _targets(bench: _Bench) -> None:
    program, targets, amounts = bench.program, bench.table.targets, bench.amounts
    near_targets(
        program, bench.table, [(column, vector(food.of(grams))) for column, food, grams in amounts], OUTER_SHARE
    )
    fibre = [(column, food.of(grams).fibre_g) for column, food, grams in amounts]
    program.row([*fibre, (program.column(cost=FIBRE_PRICE), 1.0)], low=targets.fibre_g - bench.table.had.fibre_g)
    salt = [(column, (food.sodium_mg or 0.0) * grams / 100) for column, food, grams in amounts]
    program.row([*salt, (program.column(cost=SODIUM_PRICE), -1.0)], high=targets.sodium_mg)
    home_and_purse(program, bench.table, amounts, over=OVER_BUDGET_PRICE)


def _read(bench: _Bench, servings: Sequence[Serving], values: Sequence[float]) -> tuple[Dosed, ...]:
    plates: list[tuple[int, dict[str, float]]] = []
    for choices in bench.plates:
        _, quarters, plate = max(choices, key=lambda choice: values[choice[0]])
        plates.append((quarters, dict(plate)))
    for step in bench.steps:
        count = round(values[step.column])
        if count:
            plate = plates[step.meal][1]
            plate[step.food.code] = plate.get(step.food.code, 0.0) + count * step.grams
    return tuple(
        Dosed(
            serving.slot,
            serving.pick.option,
            quarters * PORTION_STEP,
            {code: grams for code, grams in plate.items() if grams > 0},
            _nutrients(plate, bench.table.catalogue),
            serving.pick.is_leftover,
        )
        for serving, (quarters, plate) in zip(servings, plates, strict=True)
    )


def _plated(dish: Option, quarters: int, catalogue: Catalogue) -> dict[str, float]:
    return {
        item.food: measured_g(catalogue.food(item.food), item.grams * quarters * PORTION_STEP)
        for item in dish.recipe.ingredients
    }


def _nutrients(plate: dict[str, float], catalogue: Catalogue) -> Nutrients:
    return total(catalogue.food(code).of(grams).rounded() for code, grams in plate.items())
