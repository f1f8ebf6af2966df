"""How much of a movement: repetitions, reserve, rest and weekly sets (science.md T-4, T-5, T-7, S-150)."""

from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Final

from agents.domain.exercises import Exercise
from agents.domain.profile import FitnessLevel
from agents.domain.training.session import Block
from agents.domain.training.trainee import Trainee

CAREFUL_RIR: Final = 3  # T-4: beginners and people who come back, first two weeks
CAREFUL_WEEKS: Final = 2
EASY_RIR: Final = 4
DELOAD_EVERY: Final = 4  # weeks, T-7 and T-23
DELOAD_SETS: Final = 0.6
DELOAD_TIME: Final = 0.7
WEEKLY_RISE: Final = 1.1  # T-23
SHORT_REST_SECONDS: Final = 40
SHORT_REPS: Final = 12
# T-5: sets per muscle and week, lowest and highest.
WEEKLY_SETS: Final[dict[FitnessLevel, tuple[int, int]]] = {
    "beginner": (6, 10),
    "intermediate": (10, 16),
    "advanced": (12, 20),
}
MOST_SETS: Final[dict[FitnessLevel, int]] = {"beginner": 3, "intermediate": 4, "advanced": 5}  # of one exercise
LIFTS: Final = ("squat", "hinge", "push", "pull")
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
        low, high, rir = max(low, 8), max(high, 12), max(rir, CAREFUL_RIR)
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


def _rest(person: Trainee, seconds: int) -> int:
    return min(seconds, SHORT_REST_SECONDS) if person.is_in_a_hurry else seconds


def for_week(block: Block, person: Trainee, week: int) -> Block:
    """The block as done in week 0, 1, 2 … from its full dose: an easier first week, an easy fourth one.

    Week 0 has fewer repetitions or less time than week 1 (by no more than T-23's 10 %), never more sets.
    """
    if block.phase != "main":
        return block
    is_deload = week % DELOAD_EVERY == DELOAD_EVERY - 1
    if block.exercise.is_strength:
        block = _lighter_start(block) if week == 0 else block
        sets = max(1, ceil(block.sets * DELOAD_SETS)) if is_deload else block.sets
        return replace(block, sets=sets, rir=_rir(block.rir, person, week, is_deload=is_deload))
    if block.exercise.family == "cardio" and block.duration_seconds:
        if block.exercise.session_kind == "hiit":  # bouts are few: they stay, but for the easy week
            return replace(block, sets=max(1, floor(block.sets * DELOAD_TIME))) if is_deload else block
        share = DELOAD_TIME if is_deload else 1 / WEEKLY_RISE if week == 0 else 1
        return replace(block, duration_seconds=ceil(block.duration_seconds * share / 30) * 30)
    return block


def _lighter_start(block: Block) -> Block:
    if block.duration_seconds:
        return replace(block, duration_seconds=max(10, block.duration_seconds - 5))
    low, high = block.reps_min or 1, block.reps_max or 1
    return replace(block, reps_max=max(low, high - (2 if high - low >= 4 else 1)))


def _rir(rir: int | None, person: Trainee, week: int, *, is_deload: bool) -> int | None:
    if rir is None:
        return None
    is_careful = is_deload or (person.is_new and week < CAREFUL_WEEKS)
    return max(rir, CAREFUL_RIR) if is_careful else rir


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
