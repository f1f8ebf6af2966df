"""The other way to plan a week: all seven days in one mixed-integer program, given to HiGHS as it comes.

It chooses from the candidates Keel ranks, at most twenty a slot and day, with Keel's own prices for tastes and for
meals of an odd size. Portions go in quarters from a half to two servings, so that nothing is lost by rounding
afterwards, and sides in their steps; a figure outside its band costs more than any taste. Budget, no dish twice a day
and none more than three times a week are rows. It need not care for fibre, salt, what a kitchen can weigh or dishes on
two days running, which flatters it.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf
from random import Random
from typing import Any

import highspy
import numpy as np

from agents.domain.meals import DayTargets, Request
from agents.domain.meals.choice import MOST_A_WEEK, Eaten, Pick, ranked, shortlisted, side_choices
from agents.domain.meals.day_aims import MEAL_SHARE_FREE, MEAL_SHARE_PRICE, NEAR, UNIT
from agents.domain.meals.day_model import LEAST_PORTION, MOST_PORTION, MOST_SIDES, SIDE_GRAM_PRICE, SIDE_PRICE
from agents.domain.meals.dosing import PORTION_STEP
from agents.domain.meals.judge import judge_for
from agents.domain.meals.larder import price_per_g
from agents.domain.meals.menu import Menu, SideOption, menu_for
from agents.domain.meals.slots import Slot, slots_of
from agents.domain.meals.vectors import Vector, vector

BY_TASTE = 14  # with the six helpers of `shortlisted` twenty candidates
LEAST, MOST = round(LEAST_PORTION / PORTION_STEP), round(MOST_PORTION / PORTION_STEP)
ROOM = 0.999  # of the band: at its very edge a sum may be outside by rounding
BEYOND = 600.0  # ten times what Keel charges: no taste is worth a day outside
GAP, NEARLY = 0.05, 7.0  # the gaps at which Keel ends a day, here for seven

Terms = Iterable[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Joint:
    """The four figures of each day, and each better week on the way there, with this process's time by then, ms."""

    days: list[Vector]
    found: list[tuple[float, list[Vector]]]


@dataclass(slots=True)
class _Model:
    """Columns and rows as HiGHS takes them; `figures` of each day are (column, amounts a unit)."""

    costs: list[float] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    wholes: list[bool] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)
    figures: list[list[tuple[int, Vector]]] = field(default_factory=list)
    prices: list[list[tuple[int, float]]] = field(default_factory=list)
    uses: dict[str, list[list[int]]] = field(default_factory=lambda: defaultdict(list))

    def column(self, high: float = inf, cost: float = 0.0, *, low: float = 0.0, is_whole: bool = False) -> int:
        self.costs.append(cost)
        self.lows.append(low)
        self.highs.append(high)
        self.wholes.append(is_whole)
        return len(self.costs) - 1

    def row(self, terms: Terms, low: float = -inf, high: float = inf) -> None:
        sums: dict[int, float] = defaultdict(float)
        for column, factor in terms:
            sums[column] += factor
        self.rows.append((dict(sums), low, high))

    def linked(self, flag: int, amount: int, least: float, most: float) -> None:
        """The amount is 0 or between least and most, as the flag says."""
        self.row([(amount, 1.0), (flag, -most)], high=0.0)
        self.row([(amount, 1.0), (flag, -least)], low=0.0)


def joint_week(request: Request, *, seconds: float) -> Joint:
    """The best week found in so many seconds of processor time, so that a busy machine does not shorten the search."""
    model, slots = _Model(), slots_of(request.profile)
    judge = judge_for(request.profile)
    menus: dict[DayTargets, Menu] = {}
    for number, goal in enumerate(request.targets):
        if goal not in menus:
            menus[goal] = menu_for(request.profile, goal, request.catalogue, judge)
        _day(model, request, number, menus[goal], slots)
    for days in model.uses.values():
        model.row([(flag, 1.0) for flags in days for flag in flags], high=MOST_A_WEEK)
    return _solved(model, seconds)


def _day(model: _Model, request: Request, number: int, menu: Menu, slots: tuple[Slot, ...]) -> None:
    goal, chance = request.targets[number], Random(f"{request.seed}:{number}")
    model.figures.append([])
    model.prices.append([])
    uses: dict[str, list[int]] = defaultdict(list)
    sides = side_choices(slots, menu, chance)
    for slot, offered in zip(slots, sides, strict=True):
        picks = ranked(menu, slot.kind, goal.figures, Eaten(), chance, on=request.dates[number])
        first = len(model.figures[-1])
        flags = _dishes(model, request, shortlisted(picks, BY_TASTE))
        for pick, flag in flags:
            uses[pick.option.recipe.code].append(flag)
        _sides(model, request, offered, flags)
        _size(model, goal.kcal * slot.share, [(column, one[0]) for column, one in model.figures[-1][first:]])
    for code, found in uses.items():
        model.row([(flag, 1.0) for flag in found], high=1.0)
        model.uses[code].append(found)
    _bands(model, goal, request.leeway.band)
    if request.profile.budget_per_day is not None:
        model.row(model.prices[-1], high=request.profile.budget_per_day)


def _dishes(model: _Model, request: Request, picks: Iterable[Pick]) -> list[tuple[Pick, int]]:
    """One dish a slot. Returns each with its flag."""
    flags = []
    for pick in picks:
        flag, quarters = model.column(1.0, pick.penalty, is_whole=True), model.column(float(MOST), is_whole=True)
        model.linked(flag, quarters, LEAST, MOST)
        one = vector(pick.option.nutrients)
        model.figures[-1].append((quarters, _times(one, PORTION_STEP)))
        cost = sum(
            item.grams * price_per_g(food, request.catalogue)
            for item, food in zip(pick.option.recipe.ingredients, pick.option.foods, strict=True)
        )
        model.prices[-1].append((quarters, cost * PORTION_STEP))
        flags.append((pick, flag))
    model.row([(flag, 1.0) for _, flag in flags], 1.0, 1.0)
    return flags


def _sides(model: _Model, request: Request, offered: Iterable[SideOption], dishes: list[tuple[Pick, int]]) -> None:
    flags = []
    for option in offered:
        most, step = option.side.max_g // option.side.step_g, float(option.side.step_g)
        flag = model.column(1.0, SIDE_PRICE, is_whole=True)
        steps = model.column(float(most), SIDE_GRAM_PRICE * step, is_whole=True)
        model.linked(flag, steps, 1.0, float(most))
        model.figures[-1].append((steps, vector(option.food.of(step))))
        model.prices[-1].append((steps, step * price_per_g(option.food, request.catalogue)))
        for pick, dish in dishes:
            if not option.may_join(pick.option):
                model.row([(flag, 1.0), (dish, 1.0)], high=1.0)
        flags.append(flag)
    if flags:
        model.row([(flag, 1.0) for flag in flags], high=float(MOST_SIDES))


def _size(model: _Model, usual: float, terms: list[tuple[int, float]]) -> None:
    """A meal's energy near its usual share, softly."""
    free = usual * MEAL_SHARE_FREE
    under, over = (model.column(cost=MEAL_SHARE_PRICE / free) for _ in range(2))
    slack = model.column(free, low=-free)
    model.row([*terms, (under, 1.0), (over, -1.0), (slack, 1.0)], usual, usual)


def _bands(model: _Model, goal: DayTargets, band: float) -> None:
    """The four figures inside their bands, softly: a little dear inside, very dear beyond."""
    for figure, (wanted, (low, high)) in enumerate(zip(goal.figures, goal.bounds(band), strict=True)):
        unit = wanted * UNIT
        gaps: list[tuple[int, float]] = []
        for sign, room in ((1.0, wanted - low), (-1.0, high - wanted)):
            gaps += [(model.column(max(room, 0.0) * ROOM, NEAR / unit), sign), (model.column(cost=BEYOND / unit), sign)]
        model.row([*((column, one[figure]) for column, one in model.figures[-1]), *gaps], wanted, wanted)


def _solved(model: _Model, seconds: float) -> Joint:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its constructor has no annotation
    options = {"output_flag": False, "threads": 1, "random_seed": 1, "mip_rel_gap": GAP, "mip_abs_gap": NEARLY}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(_program(model))
    found: list[tuple[float, list[Vector]]] = []

    def note(event: Any) -> None:
        found.append((1000 * time.process_time(), _days(model, event.data_out.mip_solution)))

    until = time.process_time() + seconds

    def stop(event: Any) -> None:
        event.data_in.user_interrupt = time.process_time() > until

    solver.cbMipImprovingSolution.subscribe(note)
    solver.cbMipInterrupt.subscribe(stop)
    solver.run()
    return Joint(_days(model, solver.getSolution().col_value), found)


def _program(model: _Model) -> highspy.HighsLp:
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(model.costs), len(model.rows)
    program.col_cost_, program.col_lower_ = np.array(model.costs), np.array(model.lows)
    program.col_upper_ = np.array(model.highs)
    program.row_lower_ = np.array([low for _, low, _ in model.rows])
    program.row_upper_ = np.array([high for _, _, high in model.rows])
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.cumsum([0, *(len(terms) for terms, _, _ in model.rows)], dtype=np.int32)
    program.a_matrix_.index_ = np.array([column for terms, _, _ in model.rows for column in terms], dtype=np.int32)
    program.a_matrix_.value_ = np.array([factor for terms, _, _ in model.rows for factor in terms.values()])
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    program.integrality_ = [kinds[whole] for whole in model.wholes]
    return program


def _days(model: _Model, values: Any) -> list[Vector]:
    return [_sum(_times(one, round(values[column])) for column, one in day) for day in model.figures]


def _times(one: Vector, factor: float) -> Vector:
    return one[0] * factor, one[1] * factor, one[2] * factor, one[3] * factor


def _sum(parts: Iterable[Vector]) -> Vector:
    first, second, third, fourth = zip((0.0, 0.0, 0.0, 0.0), *parts, strict=True)
    return sum(first), sum(second), sum(third), sum(fourth)
