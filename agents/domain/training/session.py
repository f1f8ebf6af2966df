"""The shape of a programme: sessions on days, blocks in a session, and how long they take (science.md T-8)."""

from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Final, Literal

from agents.domain.exercises import Exercise, SessionKind
from agents.domain.note import Note

Phase = Literal["warm_up", "main", "cool_down"]
SessionIntensity = Literal["light", "moderate", "intense"]

SECONDS_PER_REP: Final = 4  # two down, two up, unhurried
BREAK_MET: Final = 2.8  # M table, easy walk
CHANGE_SECONDS: Final = 120  # T-8: from one lift to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One exercise with its dose: `reps_min`–`reps_max` or, where the exercise is timed, `duration_seconds`.

    `rir` is repetitions in reserve. `load_kg` stays None until the person logged a load: none is ever invented.
    Both sides of a one-sided exercise are meant by one set.
    """

    exercise: Exercise
    phase: Phase
    sets: int
    reps_min: int | None = None
    reps_max: int | None = None
    duration_seconds: int | None = None
    rest_sec: int = 0
    rir: int | None = None
    load_kg: float | None = None
    modifications: tuple[str, ...] = ()

    @property
    def set_seconds(self) -> int:
        """Work and rest of one set; at the top of the repetition range, both sides counted."""
        work = self.duration_seconds or (self.reps_max or 0) * SECONDS_PER_REP
        return work * (2 if self.exercise.is_unilateral else 1) + self.rest_sec

    @property
    def seconds(self) -> int:
        """All sets with their rests."""
        return self.sets * self.set_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One workout on one local day. `minutes` covers warm-up, work, rests, changes and cool-down."""

    date: date
    title: str
    session_kind: SessionKind
    intensity: SessionIntensity
    minutes: int
    is_outdoor: bool
    exercises: tuple[Block, ...]
    est_kcal: int | None = None

    def phase(self, phase: Phase) -> tuple[Block, ...]:
        """The blocks of one phase, in order."""
        return tuple(block for block in self.exercises if block.phase == phase)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Sessions in order of date. `forbidden` are the tags of T-30 that were kept out; `rationale` is for the person."""

    sessions: tuple[Session, ...]
    notes: tuple[Note, ...] = ()
    forbidden: tuple[str, ...] = ()
    rationale: str = ""


def total_seconds(blocks: tuple[Block, ...]) -> int:
    """T-8: every set with its rest, two minutes from lift to lift and from lifts to cardio. Drills need no change."""
    work = [block.exercise for block in blocks if block.phase == "main"]
    lifts = sum(1 for exercise in work if exercise.is_strength)
    has_cardio = any(exercise.family == "cardio" for exercise in work)
    changes = max(0, lifts - 1) + (1 if lifts and has_cardio else 0)
    return sum(block.seconds for block in blocks) + CHANGE_SECONDS * changes


def steady_block(exercise: Exercise, seconds: int) -> Block:
    """One unbroken piece of work, in steps of half a minute."""
    return Block(exercise=exercise, phase="main", sets=1, duration_seconds=max(30, seconds // 30 * 30))


def with_blocks(session: Session, blocks: tuple[Block, ...], *, weight_kg: float | None = None) -> Session:
    """The session with other blocks, its minutes (rounded up) and energy computed anew.

    Gross kcal per science.md M-1. Without a weight an estimate already there shrinks with the minutes.
    """
    minutes = ceil(total_seconds(blocks) / 60)
    kcal = gross_kcal(blocks, weight_kg)
    if kcal is None and session.est_kcal is not None and session.minutes:
        kcal = round(session.est_kcal * minutes / session.minutes)
    return replace(session, exercises=blocks, minutes=minutes, est_kcal=kcal)


def gross_kcal(blocks: tuple[Block, ...], weight_kg: float | None) -> int | None:
    """M-1: MET · kg · h over all blocks with their rests; None while the weight is unknown."""
    if weight_kg is None:
        return None
    return round(sum(_met_seconds(block) for block in blocks) * weight_kg / 3600)


def _met_seconds(block: Block) -> float:
    """The MET of a lift covers its rests; the breaks between bouts of intervals are an easy walk."""
    pauses = block.sets * block.rest_sec if block.exercise.session_kind == "hiit" else 0
    return block.exercise.met * (block.seconds - pauses) + BREAK_MET * pauses
