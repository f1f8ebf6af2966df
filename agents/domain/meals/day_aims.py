"""What a day aims at, as rows and prices of its program: the four figures, meal sizes, fibre, salt, home and purse.

The four figures are kept inside a band; beyond it every unit costs far more than any taste. The rest is weighed.
"""

from collections.abc import Sequence

from agents.domain.foods import Food
from agents.domain.meals.choice import EXPIRING_GAIN, PANTRY_GAIN
from agents.domain.meals.day_table import Draft, Table
from agents.domain.meals.larder import Stock, made_of, price_per_g
from agents.domain.meals.solver import Program
from agents.domain.meals.vectors import Vector, vector

UNIT = 0.05  # costs are per 5 % of a target
INNER_SHARE = 0.7  # of the band: aimed at here, so that rounding to measurable amounts stays inside it
NEAR, FAR = 0.4, 60.0  # the price of a unit inside the band and beyond it
MEAL_SHARE_FREE, MEAL_SHARE_PRICE = 0.30, 1.5  # a meal may be 30 % off its usual size, then each 30 % costs this
FIBRE_PRICE, SODIUM_PRICE, SAT_FAT_PRICE = 3.0, 0.03, 0.25  # per g under, mg over, g over
MUCH_FIBRE_PRICE = 0.6
FIBRE_ROOM = 0.3  # a gut takes to more fibre slowly: beyond target + 30 % it is not a gain (N-5)
FRUIT_G, FRUIT_PRICE = 150.0, 0.012  # a day's fruit, and the price of a gram less
SWEET_FRUIT_G = 4.0  # sugar in 100 g: less is an avocado, an olive or a squeeze of lemon
PROTEIN_SHARE, PROTEIN_PRICE = 0.65, 0.1  # of an even share in each main meal (N-3), and the price of a gram less
SAT_FAT_SHARE = 0.10  # of the energy (N-4)
KCAL_PER_G_FAT = 9.0
PURSE_SHARE = 0.995  # prices are rough, cents are not argued about

Amounts = Sequence[tuple[int, Food, float]]  # column, food, grams a unit


def aim(draft: Draft) -> None:
    """All aims of the day."""
    near_targets(draft.program, draft.table, draft.figures, INNER_SHARE)
    _meal_sizes(draft)
    _meal_proteins(draft)
    _quality(draft)
    home_and_purse(draft.program, draft.table, draft.amounts)


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


def _meal_sizes(draft: Draft) -> None:
    """Each meal near its usual part of what is left of the day."""
    table = draft.table
    left = max(table.targets.kcal - table.had.kcal, 0.0)
    whole = sum(slot.share for slot in table.slots)
    for slot, terms in zip(table.slots, draft.by_slot, strict=True):
        usual = left * slot.share / whole
        if usual:
            free = usual * MEAL_SHARE_FREE
            sizes = [(column, figures[0]) for column, figures in terms]
            draft.program.distance(sizes, usual, MEAL_SHARE_PRICE / free, free)


def _meal_proteins(draft: Draft) -> None:
    """N-3: protein in every main meal, since a body cannot store it for the next one."""
    table = draft.table
    mains = [terms for slot, terms in zip(table.slots, draft.by_slot, strict=True) if slot.kind != "snack"]
    left = max(table.targets.protein_g - table.had.protein_g, 0.0)
    for terms in mains:
        least = left * PROTEIN_SHARE / max(len(mains), 1)
        protein = [(column, figures[1]) for column, figures in terms]
        draft.program.row([*protein, (draft.program.column(cost=PROTEIN_PRICE), 1.0)], low=least)


def _quality(draft: Draft) -> None:
    """N-4, N-5: enough fibre but no leap, some fruit, not too much salt and saturated fat."""
    program, targets = draft.program, draft.table.targets
    missing, much = program.column(cost=FIBRE_PRICE), program.column(cost=MUCH_FIBRE_PRICE)
    fibre = [(column, (food.fibre_g or 0.0) * grams / 100) for column, food, grams in draft.amounts]
    need = targets.fibre_g - draft.table.had.fibre_g
    program.row([*fibre, (missing, 1.0)], low=need)
    program.row([*fibre, (much, -1.0)], high=max(need, 0.0) + targets.fibre_g * FIBRE_ROOM)
    fruit = [(column, grams) for column, food, grams in draft.amounts if _is_fruit(food)]
    if not draft.table.had.kcal:  # what was eaten before may have been fruit
        program.row([*fruit, (program.column(cost=FRUIT_PRICE), 1.0)], low=FRUIT_G)
    salt = [(column, (food.sodium_mg or 0.0) * grams / 100) for column, food, grams in draft.amounts]
    program.row([*salt, (program.column(cost=SODIUM_PRICE), -1.0)], high=targets.sodium_mg)
    hard_fat = [(column, (food.sat_fat_g or 0.0) * grams / 100) for column, food, grams in draft.amounts]
    most = targets.kcal * SAT_FAT_SHARE / KCAL_PER_G_FAT
    program.row([*hard_fat, (program.column(cost=SAT_FAT_PRICE), -1.0)], high=most)


def _is_fruit(food: Food) -> bool:
    return food.group == "fruit" and (food.sugar_g or 0.0) >= SWEET_FRUIT_G


def home_and_purse(program: Program, table: Table, amounts: Amounts, *, over: float | None = None) -> None:
    """What is at home is used first and costs nothing; the rest stays inside the day's budget.

    `over` is the price of a unit of money beyond it; without it there is no day beyond the budget.
    """
    used = [_used(program, amounts, stock, rank) for rank, stock in enumerate(table.stocks)]
    for food in dict.fromkeys(stock.food for stock in table.stocks):
        uses = [(column, grams * share) for column, part, grams in amounts if (share := made_of(part, food))]
        taken = [(column, -1.0) for column, stock in zip(used, table.stocks, strict=True) if stock.food == food]
        program.row([*uses, *taken], low=0.0)
    if table.budget is None:
        return
    prices = [(column, grams * price_per_g(food, table.catalogue)) for column, food, grams in amounts]
    savings = [
        (column, -price_per_g(table.catalogue.food(stock.food), table.catalogue))
        for column, stock in zip(used, table.stocks, strict=True)
    ]
    beyond = [] if over is None else [(program.column(cost=over), -1.0)]
    program.row([*prices, *savings, *beyond], high=table.budget * PURSE_SHARE)


def _used(program: Program, amounts: Amounts, stock: Stock, rank: int) -> int:
    """How many grams of a stock are used; what is about to expire gains more."""
    is_usable = any(made_of(food, stock.food) for _, food, _ in amounts)
    gain = EXPIRING_GAIN if stock.expires_on is not None else PANTRY_GAIN
    return program.column(high=stock.grams if is_usable else 0.0, cost=-gain / (1 + rank / 50))
