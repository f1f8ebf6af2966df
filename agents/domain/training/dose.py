"""How much of a movement: repetitions, reserve, rest and weekly sets (science.md T-4, T-5, T-7, S-150)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import Final

from agents.domain.exercises import Exercise
from agents.domain.profile import FitnessLevel
from agents.domain.training.choice import LIFTS
from agents.domain.training.periods import CAREFUL_RIR, CAREFUL_WEEKS, Period, seconds_in, sets_in
from agents.domain.training.session import Block
from agents.domain.training.trainee import Trainee

EASY_RIR: Final = 4
PEAK_STEP: Final = 2  # the third week of a build
SHORT_REST_SECONDS: Final = 40
BRIEF_MINUTES, BRIEF_REST_SECONDS = 36, 45  # sessions below, and their rests
LONG_REST_SECONDS: Final = 90  # enough for sets of eight and more
SHORT_REPS: Final = 12
HEAVY_REPS: Final = 6
MOST_HEAVY: Final = 2  # lifts of one session: a back and a grip bear no third
# T-5: sets per muscle and week, lowest and highest.
WEEKLY_SETS: Final[dict[FitnessLevel, tuple[int, int]]] = {
    "beginner": (6, 10),
    "intermediate": (10, 16),
    "advanced": (12, 20),
}
MOST_SETS: Final[dict[FitnessLevel, int]] = {"beginner": 3, "intermediate": 4, "advanced": 5}  # of one exercise
_HOLD_SECONDS: Final[dict[FitnessLevel, int]] = {"beginner": 20, "intermediate": 30, "advanced": 40}


@dataclass(frozen=True, slots=True)
class Dose:
    """One set: repetitions with a reserve, or seconds; and the rest after it."""

    reps_min: int | None
    reps_max: int | None
    seconds: int | None
    rest_sec: int
    rir: int | None


def dose(person: Trainee, exercise: Exercise) -> Dose:
    """The set of this exercise at the end of its repetition range, for the weeks after the careful start."""
    if exercise.is_timed:
        return Dose(None, None, _HOLD_SECONDS[person.training_level], _rest(person, 60), None)
    low, high, rir, rest = _by_goal(person, exercise)
    if person.needs_high_reps:  # S-150: 12 to 15 repetitions, nothing near the limit
        low, high, rir = 12, 15, max(rir, CAREFUL_RIR)
    elif person.is_minor or person.is_gentle:  # S-120 technique first, S-130 moderate
        low, high, rir, rest = max(low, 8), max(high, 12), max(rir, CAREFUL_RIR), min(rest, LONG_REST_SECONDS)
    if person.cap == "light":
        rir = EASY_RIR
    if person.is_in_a_hurry and not person.needs_high_reps:
        low, high = min(low, 8), min(high, SHORT_REPS)
    return Dose(low, high, None, _rest(person, rest), rir)


def _by_goal(person: Trainee, exercise: Exercise) -> tuple[int, int, int, int]:
    """T-4: lowest and highest repetitions, reserve, rest in seconds."""
    is_lift = exercise.takes_load and "main" in exercise.uses and exercise.family in LIFTS
    if person.goal == "strength" and is_lift and exercise.modality != "bodyweight":
        if exercise.is_unilateral:
            return 6, 10, CAREFUL_RIR, 120
        if person.is_new:
            return 5, 8, 3, 120
        return (3, 6, 2, 180) if person.cap == "vigorous" else (4, 6, 3, 150)
    if person.goal == "athletic_performance" and is_lift:
        return 6, 10, 3, 120
    if person.goal in ("muscle_gain", "strength"):
        return (8, 12, 2, 90) if is_lift else (10, 15, 2, 75)
    return (8, 12, 3, 75) if is_lift else (10, 15, 3, 60)


def is_heavy(block: Block) -> bool:
    """Whether its sets are those of maximal strength, six repetitions at most (T-4)."""
    return block.exercise.is_strength and block.reps_max is not None and block.reps_max <= HEAVY_REPS


def assisting(person: Trainee) -> Trainee:
    """The person at the lifts that follow the heavy ones: six to ten repetitions, and no bar for its own sake (T-4)."""
    return replace(person, goal="athletic_performance") if person.goal == "strength" else person


def _rest(person: Trainee, seconds: int) -> int:
    """Short sessions have short rests, so that the week has its sets (T-5); size needs a minute at least (T-4)."""
    if person.is_in_a_hurry:
        return min(seconds, SHORT_REST_SECONDS)
    is_patient = person.goal == "strength" or person.is_gentle or person.needs_high_reps
    if person.minutes >= BRIEF_MINUTES or is_patient:
        return seconds
    return min(seconds, 60 if person.goal == "muscle_gain" else BRIEF_REST_SECONDS)


def for_period(blocks: Sequence[Block], person: Trainee, when: Period) -> tuple[Block, ...]:
    """The blocks of a day as done in this period, from their full dose; lifts cut to nothing are left out.

    Week 1 has fewer repetitions and less time than week 2 (by no more than T-23's 10 %), never more sets. The third
    week of a build goes one repetition nearer to the limit for people who train regularly (T-4).
    """
    lifts = [block for block in blocks if block.phase == "main" and block.exercise.is_strength]
    left = iter(sets_in(tuple(block.sets for block in lifts), when.sets))
    changed = []
    for block in blocks:
        if block.phase != "main":
            changed.append(block)
        elif block.exercise.is_strength:
            sets = next(left)
            changed += [_lift_in(replace(block, sets=sets), person, when)] if sets else []
        elif block.duration_seconds and (block.exercise.family == "cardio" or block.exercise.session_kind == "hiit"):
            changed.append(_cardio_in(block, when))
        else:
            changed.append(block)
    return tuple(changed)


def _lift_in(block: Block, person: Trainee, when: Period) -> Block:
    block = _lighter_start(block) if when.kind == "build" and when.built == 0 else block
    return block if block.rir is None else replace(block, rir=_rir(block, person, when))


def _cardio_in(block: Block, when: Period) -> Block:
    """Bouts stay as hard as they are and get fewer; steady work gets shorter."""
    if block.exercise.session_kind == "hiit":
        return replace(block, sets=max(1, floor(block.sets * (when.time or 1.0) + 1e-9)))
    return replace(block, duration_seconds=seconds_in(block.duration_seconds or 0, when))


def _lighter_start(block: Block) -> Block:
    if block.duration_seconds:
        return replace(block, duration_seconds=max(10, block.duration_seconds - 5))
    low, high = block.reps_min or 1, block.reps_max or 1
    return replace(block, reps_max=max(low, high - (2 if high - low >= 4 else 1)))


def _rir(block: Block, person: Trainee, when: Period) -> int:
    rir = block.rir or 0
    keeps_effort = when.kind in ("build", "taper")  # T-23
    is_near = keeps_effort and when.step == PEAK_STEP and person.cap == "vigorous"
    if (
        is_near
        and rir in (2, 3)
        and not (person.is_new or person.is_gentle or person.is_minor or person.needs_high_reps)
    ):
        rir -= 1
    is_careful = person.is_new and when.built < CAREFUL_WEEKS
    return max(rir, when.least_rir, CAREFUL_RIR if is_careful else 0)


def block_of(person: Trainee, exercise: Exercise, *, sets: int) -> Block:
    """The exercise as a main block in its full dose."""
    one = dose(person, exercise)
    return Block(
        exercise=exercise,
        phase="main",
        sets=sets,
        reps_min=one.reps_min,
        reps_max=one.reps_max,
        duration_seconds=one.seconds,
        rest_sec=one.rest_sec,
        rir=one.rir,
    )
