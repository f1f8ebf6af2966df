"""One day as an integer program: which dish in which slot, how large, trimmed how, with which sides (P3).

The amounts that come out are continuous; `dosing` turns them into what a kitchen can measure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from agents.domain.foods import Food
from agents.domain.meals.choice import Pick
from agents.domain.meals.day_aims import aim
from agents.domain.meals.day_table import Draft, Serving, Table
from agents.domain.meals.menu import SideOption
from agents.domain.meals.vectors import Vector, vector


@dataclass(frozen=True, slots=True)
class Effort:
    """When the search ends: after so many nodes, or within `gap` (a share) or `near` (of the objective) of the best."""

    nodes: int
    gap: float
    near: float


ENOUGH, BEST = Effort(20, 0.08, 3.0), Effort(120, 0.02, 0.3)
KERNEL_SIDES = 4
LEAST_PORTION, MOST_PORTION = 0.5, 2.0
TRIM_DOWN, TRIM_UP = 0.5, 0.75  # how far a staple or a protein may leave the recipe's share
TRIM_PRICE, SIDE_PRICE, SIDE_GRAM_PRICE = 0.002, 0.8, 0.002
MOST_SIDES, MOST_OF_ONE_SIDE = 2, 2
SIDE_LEAST_KCAL = 40.0  # a smaller side is not worth serving


def compose(table: Table, *, kernel: int, effort: Effort = ENOUGH) -> tuple[Serving, ...] | None:
    """The best dishes, portions and sides found for the day, or None where there is no day at all (budget, variety).

    The relaxed program names the `kernel` dishes a slot that are worth a closer look; whole choices are made of those.
    """
    draft = Draft(table)
    draft.by_slot = [[] for _ in table.slots]
    for number, picks in enumerate(table.lists):
        _dishes(draft, number, picks)
        _sides(draft, number, table.sides[number])
    _once_a_day(draft)
    aim(draft)
    if not _narrowed(draft, kernel):
        return None
    values = draft.program.solve(nodes=effort.nodes, gap=effort.gap, near=effort.near)
    return None if values is None else _read(draft, values)


def _narrowed(draft: Draft, kernel: int) -> bool:
    """Close all but the most promising dishes and sides; False where even the relaxed program has no answer."""
    found = draft.program.relaxed()
    if found is None:
        return False
    for table, most in ((draft.dishes, kernel), (draft.sides, KERNEL_SIDES)):
        for slot in range(len(draft.table.slots)):
            pairs = [pair for (at, _), pair in table.items() if at == slot]
            pairs.sort(key=lambda pair: (-round(found.values[pair[0]], 6), found.prices[pair[0]], pair[0]))
            for flag, amount in pairs[most:]:
                draft.program.close((flag, amount))
    return True


def _dishes(draft: Draft, slot: int, picks: Sequence[Pick]) -> None:
    """One dish a slot, half to double its recipe, its staple and protein a little up or down."""
    program, flags = draft.program, []
    for number, pick in enumerate(picks):
        flag, portion = program.flag(pick.penalty), program.column(high=MOST_PORTION)
        draft.dishes[slot, number] = flag, portion
        flags.append((flag, 1.0))
        program.row([(portion, 1.0), (flag, -MOST_PORTION)], high=0.0)
        program.row([(portion, 1.0), (flag, -LEAST_PORTION)], low=0.0)
        _count(draft, slot, portion, vector(pick.option.nutrients))
        for item in pick.option.recipe.ingredients:
            food = draft.table.catalogue.food(item.food)
            draft.amounts.append((portion, food, item.grams))
            if item.role:
                _trim(draft, slot, portion, food, item.grams)
    program.row(flags, 1.0, 1.0)


def _trim(draft: Draft, slot: int, portion: int, food: Food, grams: float) -> None:
    program = draft.program
    for sign, most in ((1.0, TRIM_UP), (-1.0, TRIM_DOWN)):
        column = program.column(cost=TRIM_PRICE)
        program.row([(column, 1.0), (portion, -most * grams)], high=0.0)
        one = vector(food.of(sign))
        _count(draft, slot, column, one)
        draft.amounts.append((column, food, sign))
        if sign > 0:
            program.row([(column, 1.0), (portion, grams)], high=MOST_PORTION * grams)


def _sides(draft: Draft, slot: int, sides: Sequence[SideOption]) -> None:
    """At most two sides a meal, none that may not join the dish."""
    program, flags = draft.program, []
    for number, option in enumerate(sides):
        least = min(SIDE_LEAST_KCAL / max(option.food.kcal / 100, 0.01), option.side.max_g)
        flag, grams = program.flag(SIDE_PRICE), program.column(high=option.side.max_g, cost=SIDE_GRAM_PRICE)
        draft.sides[slot, number] = flag, grams
        flags.append((flag, 1.0))
        program.row([(grams, 1.0), (flag, -float(option.side.max_g))], high=0.0)
        program.row([(grams, 1.0), (flag, -least)], low=0.0)
        _count(draft, slot, grams, vector(option.food.of(1)))
        draft.amounts.append((grams, option.food, 1.0))
        for other, pick in enumerate(draft.table.lists[slot]):
            if not option.may_join(pick.option):
                program.row([(flag, 1.0), (draft.dishes[slot, other][0], 1.0)], high=1.0)
    if flags:
        program.row(flags, high=MOST_SIDES)


def _count(draft: Draft, slot: int, column: int, figures: Vector) -> None:
    draft.figures.append((column, figures))
    draft.by_slot[slot].append((column, figures))


def _once_a_day(draft: Draft) -> None:
    """No dish twice a day, at most one that is left from yesterday, no side more than twice."""
    kept = [flag for (slot, number), (flag, _) in draft.dishes.items() if draft.table.lists[slot][number].is_leftover]
    if kept:
        draft.program.row([(flag, 1.0) for flag in kept], high=1.0)
    seen: dict[str, list[int]] = {}
    for (slot, number), (flag, _) in draft.dishes.items():
        seen.setdefault(draft.table.lists[slot][number].option.recipe.code, []).append(flag)
    for flags in (flags for flags in seen.values() if len(flags) > 1):
        draft.program.row([(flag, 1.0) for flag in flags], high=1.0)
    foods: dict[str, list[int]] = {}
    for (slot, number), (flag, _) in draft.sides.items():
        foods.setdefault(draft.table.sides[slot][number].food.code, []).append(flag)
    for flags in (flags for flags in foods.values() if len(flags) > MOST_OF_ONE_SIDE):
        draft.program.row([(flag, 1.0) for flag in flags], high=MOST_OF_ONE_SIDE)


def _read(draft: Draft, values: Sequence[float]) -> tuple[Serving, ...]:
    """The servings that the values stand for."""
    table = draft.table
    found = []
    for number, slot in enumerate(table.slots):
        best = max(range(len(table.lists[number])), key=lambda pick: values[draft.dishes[number, pick][0]])
        sides = tuple(
            (side, values[grams])
            for other, side in enumerate(table.sides[number])
            for flag, grams in (draft.sides[number, other],)
            if values[flag] > 0.5
        )
        portion = values[draft.dishes[number, best][1]]
        found.append(Serving(slot, table.lists[number][best], portion, sides))
    return tuple(found)
