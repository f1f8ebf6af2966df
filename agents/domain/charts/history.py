"""What pictures are made from: one person's days, read in one go. Everything is oldest first."""

from dataclasses import dataclass
from datetime import date

from agents.domain.charts.chart import Point


@dataclass(frozen=True, slots=True)
class Eaten:
    """What one day's logs add up to, in kcal and g."""

    on: date
    kcal: float
    protein_g: float
    carbs_g: float
    fat_g: float


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of one day's plan was done: `done` of `planned` things, similar ones in part (science.md T-61)."""

    on: date
    done: float
    planned: int


@dataclass(frozen=True, slots=True)
class Lift:
    """One working set: load in kg, repetitions, effort where it was said."""

    name: str
    on: date
    weight_kg: float
    reps: int
    rpe: float | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The first day of a period, and the last where it is known."""

    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class History:
    """One person's days from `first` to `last`, both included.

    `weights` in kg, one a day; `sleep` in hours of the night before; `energy` 0 to 10. `periods` is empty without the
    consent for it. `sessions` is how many activities were logged ever, `active_days` on which days anything was.
    `earned` are the achievements (code, period) that are known already.
    """

    first: date
    last: date
    weights: tuple[Point, ...] = ()
    eaten: tuple[Eaten, ...] = ()
    kept: tuple[Kept, ...] = ()
    lifts: tuple[Lift, ...] = ()
    sleep: tuple[Point, ...] = ()
    energy: tuple[Point, ...] = ()
    periods: tuple[Period, ...] = ()
    trained: tuple[date, ...] = ()
    sessions: int = 0
    active_days: tuple[date, ...] = ()
    earned: frozenset[tuple[str, str]] = frozenset()
