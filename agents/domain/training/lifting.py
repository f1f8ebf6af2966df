"""The strength days of a week: patterns, exercises, sets inside the time and the weekly volume (T-5, T-8, T-11)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final

from agents.domain.exercises import Exercise, Family, Library, Use
from agents.domain.training.choice import LIFTS, best
from agents.domain.training.dose import MOST_HEAVY, MOST_SETS, WEEKLY_SETS, assisting, block_of, is_heavy
from agents.domain.training.session import CHANGE_SECONDS, Block, total_seconds
from agents.domain.training.trainee import Trainee
from agents.domain.training.week import MAJOR, Focus, Slot, focuses, slots

USUAL_SETS: Final = 3
LEAST_SETS: Final = 2
MOST_EXERCISES: Final = 9
NEED_SETS: Final = 1.5  # how many sets ahead the neediest muscle may go
BALANCE_SECONDS: Final = 30
# What a balanced week trains directly or through helping; arms and calves come with it or after it.
MUSCLES_TO_TRAIN: Final = (
    "quads", "hamstrings", "glutes", "chest", "lats", "upper_back", "shoulders", "core", "biceps", "triceps", "calves",
)  # fmt: skip
ISOLATED: Final[dict[Family, str]] = {"push": "shoulders", "hinge": "hamstrings"}
HELPING: Final = 0.5  # T-5: a helping muscle counts half


@dataclass(slots=True)
class _Week:
    """What the days so far used: sets per muscle, and slugs."""

    person: Trainee
    volume: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    used: set[str] = field(default_factory=set)

    def needs(self, limit: float) -> dict[str, float]:
        """T-5: how much of the lowest weekly sets each muscle still misses, 0 to 1, for this share of the week."""
        low, high = WEEKLY_SETS[self.person.training_level]
        aim = low * limit / high
        return {muscle: max(0.0, 1 - self.volume[muscle] / aim) for muscle in MUSCLES_TO_TRAIN}


def strength_days(library: Library, person: Trainee, *, days: int, seconds: int) -> list[tuple[Focus, list[Block]]]:
    """Main blocks of each strength day of a week, each within `seconds` with its changes, in full dose.

    A day is empty when no strength exercise is left for this person.
    """
    pool = [e for e in library if e.session_kind == "strength" and person.admits(e)]
    week = _Week(person)
    turns = focuses(person, days)
    result = []
    for index, focus in enumerate(turns):
        done = sum(1 for earlier in turns[: index + 1] if earlier == focus)
        share = done / turns.count(focus)
        result.append((focus, _day(pool, library, week, focus, index=index, days=days, share=share, seconds=seconds)))
    return result


def weekly_sets(blocks: Sequence[Block]) -> dict[str, float]:
    """T-5: sets per muscle, direct 1, helping 0.5."""
    found: defaultdict[str, float] = defaultdict(float)
    for block in blocks:
        if block.phase == "main" and block.exercise.is_strength:
            for muscle, weight in _muscles(block.exercise):
                found[muscle] += block.sets * weight
    return found


def _day(
    pool: Sequence[Exercise],
    library: Library,
    week: _Week,
    focus: Focus,
    *,
    index: int,
    days: int,
    share: float,
    seconds: int,
) -> list[Block]:
    person = week.person
    extra = _balance(library, person) if seconds >= 900 and focus != "upper" else []
    budget = seconds - total_seconds(tuple(extra))
    limit = ceil(WEEKLY_SETS[person.training_level][1] * share)
    least = min(len(MAJOR), ceil(len(MAJOR) / days))
    most = _how_many(pool, person, budget, least)
    order = slots(focus, index, days, most=most, is_for_size=person.goal == "muscle_gain")
    blocks = _pick(pool, week, order[: max(most, least)], budget, limit, sets=1)
    _grow(blocks, week, budget, limit, most=USUAL_SETS)
    blocks += _pick(pool, week, order[max(most, least) :], budget, limit, sets=LEAST_SETS, after=blocks)
    _grow(blocks, week, budget, limit, most=MOST_SETS[person.training_level])
    blocks.sort(key=lambda block: block.exercise.family in ("trunk", "carry"))  # a tired trunk carries no heavy lift
    return [*blocks, *extra]


def _how_many(pool: Sequence[Exercise], person: Trainee, seconds: int, least: int) -> int:
    """How many major patterns fit with two sets each; at least so many that the week has them all."""
    lifts = [e for e in pool if e.family in LIFTS and "main" in e.uses and not e.is_unilateral]
    typical = best(lifts, person)
    if typical is None:
        return least
    each = block_of(person, typical, sets=_worthwhile(person)).seconds + CHANGE_SECONDS
    return max(least, min(len(MAJOR), (seconds + CHANGE_SECONDS) // each))


def _worthwhile(person: Trainee) -> int:
    """Fewer lifts with more sets where strength is the goal."""
    return USUAL_SETS if person.goal == "strength" else LEAST_SETS


def _pick(
    pool: Sequence[Exercise],
    week: _Week,
    order: Sequence[Slot],
    seconds: int,
    limit: float,
    *,
    sets: int,
    after: Sequence[Block] = (),
) -> list[Block]:
    """One exercise for each slot while time, weekly volume and attention last; a slot nobody can fill is left out."""
    chosen: list[Block] = []
    for family, use in order:
        today = [*after, *chosen]
        person = assisting(week.person) if sum(map(is_heavy, today)) >= MOST_HEAVY else week.person
        taken = {block.exercise.slug for block in today}
        worked = [muscle for block in today for muscle in block.exercise.primary_muscles]
        fitting = [
            e
            for e in pool
            if e.family == family
            and use in e.uses
            and e.slug not in taken
            and _fits([*today, block_of(person, e, sets=sets)], week, e, sets, seconds, limit)
        ]
        fitting = _isolating(fitting, week, family, use) or fitting
        exercise = best(fitting, person, used=week.used, worked=worked if today else (), needs=week.needs(limit))
        if exercise is None or len(today) >= MOST_EXERCISES:
            continue
        chosen.append(block_of(person, exercise, sets=sets))
        _count(week, exercise, sets)
    return chosen


def _isolating(fitting: Sequence[Exercise], week: _Week, family: Family, use: Use) -> list[Exercise]:
    """For size, once a week: the side of the shoulder and the hamstrings alone, which no press or hinge fills."""
    muscle = ISOLATED.get(family)
    if week.person.goal != "muscle_gain" or use != "accessory" or muscle is None:
        return []
    alone = [e for e in fitting if e.primary_muscles == (muscle,)]
    return [] if any(e.slug in week.used for e in alone) else alone


def _fits(blocks: Sequence[Block], week: _Week, exercise: Exercise, sets: int, seconds: int, limit: float) -> bool:
    if total_seconds(tuple(blocks)) > seconds:
        return False
    return all(week.volume[muscle] + sets * weight <= limit for muscle, weight in _muscles(exercise))


def _grow(blocks: list[Block], week: _Week, seconds: int, limit: float, *, most: int) -> None:
    """Adds a set where most is missing, main lifts first among equals, while time and weekly volume allow."""
    open_to = list(range(len(blocks)))
    while open_to:
        needs = week.needs(limit)
        index = min(open_to, key=lambda i: (_evenly(blocks[i], needs), i))
        block = blocks[index]
        grown = replace(block, sets=block.sets + 1)
        trial = [*blocks[:index], grown, *blocks[index + 1 :]]
        if block.sets >= most or not _fits(trial, week, block.exercise, 1, seconds, limit):
            open_to.remove(index)
            continue
        blocks[index] = grown
        _count(week, block.exercise, 1)


def _evenly(block: Block, needs: Mapping[str, float]) -> tuple[int, float]:
    """Two sets each first; from there a muscle that misses its weekly sets goes ahead (T-5)."""
    need = max((needs.get(muscle, 0.0) for muscle in block.exercise.primary_muscles), default=0.0)
    return min(block.sets, LEAST_SETS), block.sets - NEED_SETS * need


def _count(week: _Week, exercise: Exercise, sets: int) -> None:
    week.used.add(exercise.slug)
    for muscle, weight in _muscles(exercise):
        week.volume[muscle] += sets * weight


def _muscles(exercise: Exercise) -> list[tuple[str, float]]:
    direct = [(muscle, 1.0) for muscle in exercise.primary_muscles]
    return direct + [(muscle, HELPING) for muscle in exercise.secondary_muscles]


def _balance(library: Library, person: Trainee) -> list[Block]:
    """One balance exercise on the strength days of older people and for weak bones."""
    if not person.needs_balance:
        return []
    exercise = best((e for e in library.of_family("balance") if person.admits(e)), person)
    if exercise is None:
        return []
    seconds = BALANCE_SECONDS if exercise.is_timed else None
    reps = None if exercise.is_timed else 8
    block = Block(exercise=exercise, phase="main", sets=2, reps_min=reps, reps_max=reps, duration_seconds=seconds)
    return [replace(block, rest_sec=20)]
