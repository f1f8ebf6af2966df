"""One day as an integer program: which dish in which slot, how large, trimmed how, with which sides (P3).

The four figures of the day are kept inside a narrow band; beyond it every unit costs far more than any taste. Fibre,
salt, saturated fat, the size of each meal, the purse and what is at home are weighed in the same sum. The amounts that
come out are continuous; `dosing` turns them into what a kitchen can measure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from agents.domain.foods import Catalogue, Food, Nutrients
from agents.domain.meals.choice import EXPIRING_GAIN, PANTRY_GAIN, Pick
from agents.domain.meals.larder import Stock, made_of, price_per_g
from agents.domain.meals.menu import Menu, SideOption
from agents.domain.meals.plan import BAND, DayTargets
from agents.domain.meals.slots import Slot
from agents.domain.meals.solver import Program
from agents.domain.meals.vectors import Vector, vector

NODES, GAP, NEARLY = 200, 0.05, 1.0
KERNEL_SIDES = 4
LEAST_PORTION, MOST_PORTION = 0.5, 2.0
TRIM_DOWN, TRIM_UP = 0.5, 0.75  # how far a staple or a protein may leave the recipe's share
UNIT = 0.05  # costs are per 5 % of a target
INNER_SHARE = 0.7  # of the band: aimed at here, so that rounding to measurable amounts stays inside it
NEAR, FAR = 0.4, 60.0  # the price of a unit inside the band and beyond it
MEAL_SHARE_FREE, MEAL_SHARE_PRICE = 0.30, 1.5  # a meal may be 30 % off its usual size, then each 30 % costs this
FIBRE_PRICE, SODIUM_PRICE, SAT_FAT_PRICE = 3.0, 0.03, 0.25  # per g under, mg over, g over
TRIM_PRICE, SIDE_PRICE, SIDE_GRAM_PRICE = 0.002, 0.8, 0.002
MOST_SIDES, MOST_OF_ONE_SIDE = 2, 2
MUCH_FIBRE_PRICE = 0.3
FIBRE_ROOM = 0.6  # a gut takes to more fibre slowly: beyond target + 60 % it is not a gain (N-5)
SAT_FAT_SHARE = 0.10  # of the energy (N-4)
SIDE_LEAST_KCAL = 40.0  # a smaller side is not worth serving
KCAL_PER_G_FAT = 9.0


@dataclass(frozen=True, slots=True)
class Table:
    """What is on offer for a day. `lists` and `sides` go with `slots`; `had` is what was already eaten today."""

    slots: tuple[Slot, ...]
    lists: tuple[tuple[Pick, ...], ...]
    sides: tuple[tuple[SideOption, ...], ...]
    targets: DayTargets
    menu: Menu
    catalogue: Catalogue
    stocks: tuple[Stock, ...] = ()
    budget: float | None = None
    had: Nutrients = field(default_factory=Nutrients)
    band: float = BAND


@dataclass(frozen=True, slots=True)
class Serving:
    """A dish chosen for a slot: `portion` of its recipe and some grams of sides."""

    slot: Slot
    pick: Pick
    portion: float
    sides: tuple[tuple[SideOption, float], ...] = ()


@dataclass(slots=True)
class _Draft:
    """The program while it is built. `amounts` are (column, food, grams a unit) of everything on the table."""

    table: Table
    program: Program = field(default_factory=Program)
    dishes: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # (slot, pick) -> flag, portion
    sides: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # (slot, side) -> flag, grams
    figures: list[tuple[int, Vector]] = field(default_factory=list)
    by_slot: list[list[tuple[int, float]]] = field(default_factory=list)
    amounts: list[tuple[int, Food, float]] = field(default_factory=list)


def compose(table: Table, *, kernel: int) -> tuple[Serving, ...] | None:
    """The best dishes, portions and sides found for the day, or None where there is no day at all (budget, variety).

    The relaxed program names the `kernel` dishes a slot that are worth a closer look; whole choices are made of those.
    """
    draft = _Draft(table)
    draft.by_slot = [[] for _ in table.slots]
    for number, picks in enumerate(table.lists):
        _dishes(draft, number, picks)
        _sides(draft, number, table.sides[number])
    _once_a_day(draft)
    _four_figures(draft)
    _meal_sizes(draft)
    _quality(draft)
    _home_and_purse(draft)
    if not _narrowed(draft, kernel):
        return None
    values = draft.program.solve(nodes=NODES, gap=GAP, near=NEARLY)
    return None if values is None else _read(draft, values)


def _narrowed(draft: _Draft, kernel: int) -> bool:
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


def _dishes(draft: _Draft, slot: int, picks: Sequence[Pick]) -> None:
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


def _trim(draft: _Draft, slot: int, portion: int, food: Food, grams: float) -> None:
    program = draft.program
    for sign, most in ((1.0, TRIM_UP), (-1.0, TRIM_DOWN)):
        column = program.column(cost=TRIM_PRICE)
        program.row([(column, 1.0), (portion, -most * grams)], high=0.0)
        one = vector(food.of(sign))
        _count(draft, slot, column, one)
        draft.amounts.append((column, food, sign))
        if sign > 0:
            program.row([(column, 1.0), (portion, grams)], high=MOST_PORTION * grams)


def _sides(draft: _Draft, slot: int, sides: Sequence[SideOption]) -> None:
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


def _count(draft: _Draft, slot: int, column: int, figures: Vector) -> None:
    draft.figures.append((column, figures))
    draft.by_slot[slot].append((column, figures[0]))


def _once_a_day(draft: _Draft) -> None:
    """No dish twice a day, no side more than twice."""
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


def _four_figures(draft: _Draft) -> None:
    """Energy, protein, carbohydrate and fat near their targets."""
    near_targets(draft.program, draft.table, draft.figures, INNER_SHARE)


def near_targets(program: Program, table: Table, figures: Sequence[tuple[int, Vector]], share: float) -> None:
    """Each figure free-ish inside `share` of its band, and at a price far above any taste beyond it."""
    had = vector(table.had)
    for figure, (goal, (low, high)) in enumerate(
        zip(table.targets.figures, table.targets.bounds(table.band), strict=True)
    ):
        unit = goal * UNIT
        gaps: list[tuple[int, float]] = []
        for sign, room in ((1.0, goal - low), (-1.0, high - goal)):
            gaps.append((program.column(high=max(room, 0.0) * share, cost=NEAR / unit), sign))
            gaps.append((program.column(cost=FAR / unit), sign))
        terms = [(column, amounts[figure]) for column, amounts in figures if amounts[figure]]
        program.row([*terms, *gaps], goal - had[figure], goal - had[figure])


def _meal_sizes(draft: _Draft) -> None:
    """Each meal near its usual part of what is left of the day."""
    table = draft.table
    left = max(table.targets.kcal - table.had.kcal, 0.0)
    whole = sum(slot.share for slot in table.slots)
    for slot, terms in zip(table.slots, draft.by_slot, strict=True):
        usual = left * slot.share / whole
        if usual:
            free = usual * MEAL_SHARE_FREE
            draft.program.distance(terms, usual, MEAL_SHARE_PRICE / free, free)


def _quality(draft: _Draft) -> None:
    """N-4, N-5: enough fibre, not too much salt and saturated fat."""
    program, targets = draft.program, draft.table.targets
    missing, much = program.column(cost=FIBRE_PRICE), program.column(cost=MUCH_FIBRE_PRICE)
    fibre = [(column, (food.fibre_g or 0.0) * grams / 100) for column, food, grams in draft.amounts]
    need = targets.fibre_g - draft.table.had.fibre_g
    program.row([*fibre, (missing, 1.0)], low=need)
    program.row([*fibre, (much, -1.0)], high=max(need, 0.0) + targets.fibre_g * FIBRE_ROOM)
    salt = [(column, (food.sodium_mg or 0.0) * grams / 100) for column, food, grams in draft.amounts]
    program.row([*salt, (program.column(cost=SODIUM_PRICE), -1.0)], high=targets.sodium_mg)
    hard_fat = [(column, (food.sat_fat_g or 0.0) * grams / 100) for column, food, grams in draft.amounts]
    most = targets.kcal * SAT_FAT_SHARE / KCAL_PER_G_FAT
    program.row([*hard_fat, (program.column(cost=SAT_FAT_PRICE), -1.0)], high=most)


def _home_and_purse(draft: _Draft) -> None:
    """What is at home is used first and costs nothing; the rest stays inside the day's budget."""
    table, program = draft.table, draft.program
    saved: list[tuple[int, float]] = []
    for rank, stock in enumerate(table.stocks):
        uses = [
            (column, grams * share) for column, food, grams in draft.amounts if (share := made_of(food, stock.food))
        ]
        if not uses:
            continue
        gain = EXPIRING_GAIN if stock.expires_on is not None else PANTRY_GAIN
        used = program.column(high=stock.grams, cost=-gain / (1 + rank / 50))
        earlier = [(column, 1.0) for column, code in _taken(saved, table.stocks) if code == stock.food]
        program.row([*uses, (used, -1.0), *((column, -factor) for column, factor in earlier)], low=0.0)
        saved.append((used, float(rank)))
    if table.budget is not None:
        prices = [(column, grams * price_per_g(food, table.catalogue)) for column, food, grams in draft.amounts]
        savings = [
            (column, -price_per_g(table.catalogue.food(table.stocks[int(rank)].food), table.catalogue))
            for column, rank in saved
        ]
        program.row([*prices, *savings], high=table.budget)


def _taken(saved: Sequence[tuple[int, float]], stocks: Sequence[Stock]) -> list[tuple[int, str]]:
    return [(column, stocks[int(rank)].food) for column, rank in saved]


def _read(draft: _Draft, values: Sequence[float]) -> tuple[Serving, ...]:
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
