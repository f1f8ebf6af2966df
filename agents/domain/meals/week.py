"""Days of meals for one person: choose dishes, dose them, keep variety, and be honest where a day falls short.

Each day starts from the dishes that are due and fit the macros, then changes one dish at a time while the day comes
closer. Everything is a function of its arguments: the same seed gives the same plan.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from agents.domain.foods import Catalogue, total
from agents.domain.meals.choice import Eaten, Pick, ranked, side_choices
from agents.domain.meals.dosing import Dosed, dose, goal, is_close, is_within, misfit, vector
from agents.domain.meals.judge import Judge, judge_for
from agents.domain.meals.menu import Menu, menu_for
from agents.domain.meals.plan import (
    TOLERANCES,
    Conflict,
    DayPlan,
    DayTargets,
    MealPlan,
    MealRefusal,
)
from agents.domain.meals.portions import Vector
from agents.domain.meals.refusal import conflicts_of, refusal, relaxations_of
from agents.domain.meals.serving import planned
from agents.domain.meals.slots import Slot, slots_of
from agents.domain.note import Note
from agents.domain.profile import Profile

ATTEMPTS, SHORTLIST = 22, 14
LEAST_FRESH = 3  # dishes a meal must have left when those just eaten rest
PLAIN_ATTEMPTS = 10  # after these every meal may get sides of its own
HOPELESS, FAIR_TRIES = 60.0, 12  # one figure 35 % off after so many tries: no dish will mend that
WEEK_BEFORE = 6  # days whose dishes count against a seventh


@dataclass(frozen=True, slots=True)
class _Task:
    """What stays the same for all days of one plan."""

    slots: tuple[Slot, ...]
    target: Vector
    menu: Menu
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class _Trial:
    """A day as it could be: its dishes, their portions, how far it is off and all that speaks against it."""

    picks: tuple[Pick, ...]
    meals: tuple[Dosed, ...]
    misfit: float
    score: float


def plan_days(
    profile: Profile,
    targets: DayTargets,
    catalogue: Catalogue,
    *,
    start: dt.date,
    days: int,
    seed: int,
    history: Sequence[str] = (),
) -> MealPlan | MealRefusal:
    """So many days of meals from `start` (local), or why there can be none (N-20).

    Allergies, diet, faith, time and skill are kept without exception; tastes and variety give way before the targets
    do. A day is aimed at ±5 % of kcal and every macro; one beyond ±5 % kcal or ±10 % of a macro says so in a note.
    `history` are codes of dishes eaten lately.
    """
    judge = judge_for(profile)
    menu, slots = menu_for(profile, targets, catalogue, judge), slots_of(profile)
    conflicts = conflicts_of(menu, [slot.kind for slot in slots])
    if any(not conflict.feasible for conflict in conflicts):
        return refusal(menu, profile, conflicts)
    chosen = _choose(_Task(slots, goal(targets), menu, catalogue), days, seed, frozenset(history))
    planned_days = tuple(
        _day(start + dt.timedelta(days=offset), dosed, targets, catalogue, judge) for offset, dosed in enumerate(chosen)
    )
    proofs = tuple(dict.fromkeys(proof for day in planned_days for meal in day.meals for proof in meal.proof))
    notes = [note for day in planned_days for note in day.notes]
    notes += [_shortage(conflict) for conflict in conflicts]
    return MealPlan(planned_days, proofs, tuple(notes), conflicts, relaxations_of(menu, profile, conflicts))


def _choose(task: _Task, days: int, seed: int, recent: frozenset[str]) -> list[tuple[Dosed, ...]]:
    """The days one after the other, each knowing what came before."""
    chosen: list[tuple[Dosed, ...]] = []
    served: list[frozenset[str]] = []
    for offset in range(days):
        times = Counter(code for day in served[-WEEK_BEFORE:] for code in day)
        eaten = Eaten(times, served[-1] if served else (), recent)
        dosed = _best_day(task, eaten, Random(f"{seed}:{offset}"))  # noqa: S311 — variety, not secrecy
        chosen.append(dosed)
        served.append(frozenset(meal.option.recipe.code for meal in dosed))
    return chosen


def _best_day(task: _Task, eaten: Eaten, rng: Random) -> tuple[Dosed, ...]:
    """The best day found. Dishes that were just had come back only where the day cannot be met without them."""
    everything = [ranked(task.menu, slot.kind, task.target, eaten, rng) for slot in task.slots]
    fresh = [[pick for pick in picks if not eaten.is_due_a_rest(pick.option.recipe.code)] for picks in everything]
    lists = [due if len(due) >= LEAST_FRESH else picks for due, picks in zip(fresh, everything, strict=True)]
    found = _search(task, lists, rng)
    if is_within(_sums(found.meals), task.target) or found.misfit > HOPELESS or lists == everything:
        return found.meals
    return min(found, _search(task, everything, rng), key=lambda trial: trial.score).meals


def _search(task: _Task, lists: Sequence[Sequence[Pick]], rng: Random) -> _Trial:
    """The first day within ±5 % of everything, else the one with the least misfit and penalties together."""
    short = [picks[:SHORTLIST] for picks in lists]
    best = _trial(task, _first_choice(short), rng, is_generous=False)
    for attempt in range(1, ATTEMPTS):
        if is_close(_sums(best.meals), task.target) or (attempt > FAIR_TRIES and best.misfit > HOPELESS):
            break
        picks = _with_one_changed(best.picks, short, rng)
        trial = _trial(task, picks, rng, is_generous=attempt >= PLAIN_ATTEMPTS)
        best = min(best, trial, key=lambda trial: trial.score)
    return best


def _trial(task: _Task, picks: Sequence[Pick], rng: Random, *, is_generous: bool) -> _Trial:
    sides = side_choices(task.slots, task.menu, rng, is_generous=is_generous)
    dishes = [pick.option for pick in picks]
    meals = dose(task.slots, dishes, task.target, task.menu, task.catalogue, sides=sides)
    error = misfit(_sums(meals), task.target)
    return _Trial(tuple(picks), meals, error, error + sum(pick.penalty for pick in picks))


def _sums(meals: Sequence[Dosed]) -> Vector:
    return vector(total(meal.nutrients for meal in meals))


def _first_choice(lists: Sequence[Sequence[Pick]]) -> list[Pick]:
    """The best of each list, no dish twice in a day where that is possible."""
    chosen: list[Pick] = []
    for picks in lists:
        taken = {pick.option.recipe.code for pick in chosen}
        chosen.append(next((pick for pick in picks if pick.option.recipe.code not in taken), picks[0]))
    return chosen


def _with_one_changed(chosen: Sequence[Pick], lists: Sequence[Sequence[Pick]], rng: Random) -> list[Pick]:
    """The same day with another dish in one slot; the same dishes again where there is no other."""
    slot = rng.randrange(len(chosen))
    taken = {pick.option.recipe.code for pick in chosen}
    others = [pick for pick in lists[slot] if pick.option.recipe.code not in taken] or [chosen[slot]]
    return [*chosen[:slot], rng.choice(others), *chosen[slot + 1 :]]


def _day(on: dt.date, dosed: Sequence[Dosed], targets: DayTargets, catalogue: Catalogue, judge: Judge) -> DayPlan:
    meals = tuple(planned(meal, catalogue, judge) for meal in dosed)
    sums = total(meal.totals for meal in meals)
    off = _off_target(vector(sums), targets)
    words = f"{on:%A}: {', '.join(off)}. Your choices leave me too few foods to come closer."
    return DayPlan(on, meals, sums, (Note("N-1", words),) if off else ())


def _off_target(have: Vector, targets: DayTargets) -> list[str]:
    """What a day misses, in words without figures, so that they can be shown to everybody."""
    names = ("energy", "protein", "carbohydrate", "fat")
    off = [
        f"{name} {'under' if h < w else 'over'} your target"
        for name, h, w, tolerance in zip(names, have, goal(targets), TOLERANCES, strict=True)
        if abs(h - w) > w * tolerance
    ]
    if not targets.kcal_min <= have[0] <= targets.kcal_max and not any(words.startswith("energy") for words in off):
        off.insert(0, f"energy {'under' if have[0] < targets.kcal_min else 'over'} your range")
    return off


def _shortage(conflict: Conflict) -> Note:
    reasons = ", ".join(conflict.constraints[:3])
    words = f"I know only a few {conflict.kind} dishes that go with all of this: {reasons}. Some will come round again."
    return Note("N-20", words)
