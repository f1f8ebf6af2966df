"""A picture before it is drawn: what it shows, on which days, in which unit, and in words for who cannot see it.

Nothing here knows colours or pixels. Every string is worded already, every value is in the unit that is shown, and a
chart goes into JSON and back (`written`, `read`), so that it waits for its channel as a few hundred bytes.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

Point = tuple[date, float]
Reach = tuple[date, float, float]  # a day with the low and the high end of what is likely
MOST_PANELS: Final = 4  # more cannot be read on a phone


@dataclass(frozen=True, slots=True)
class Dots:
    """Single measurements."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A line, broken where nothing is known: each run is drawn on its own. `marks`: with a sign at every point."""

    name: str
    runs: tuple[tuple[Point, ...], ...]
    marks: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """Where something likely lies, broken like a curve."""

    name: str
    runs: tuple[tuple[Reach, ...], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One value across the whole width, such as a goal."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Span:
    """A range of values across the whole width, such as a target."""

    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Stack:
    """Bars of one or several parts, the first at the bottom. `days`: how many days wide a bar is."""

    names: tuple[str, ...]
    columns: tuple[tuple[date, tuple[float, ...]], ...]
    days: float = 0.7


Layer = Dots | Curve | Band | Level | Span | Stack


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes over days, both ends included. `low`, `high` fix the ends of the scale where they are set.

    `shows_figures` False leaves the shape and takes the numbers of the scale away (product.md F30).
    """

    name: str
    first: date
    last: date
    layers: tuple[Layer, ...]
    unit: str = ""
    low: float | None = None
    high: float | None = None
    shows_figures: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A calendar of shares from 0 to 1, a week a column, Monday on top; None where there was nothing to do.

    `first` is a Monday. `ends` are the words for nothing and all.
    """

    name: str
    first: date
    weeks: tuple[tuple[float | None, ...], ...]
    ends: tuple[str, str]

    def __post_init__(self) -> None:
        """Weeks are whole and begin on a Monday."""
        if self.first.weekday() or any(len(week) != 7 for week in self.weeks):
            raise ValueError("a grid has whole weeks from a Monday on")


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture. `alt` says in words all that it shows; `months` and `weekdays` are short names, Monday first."""

    file_name: str
    title: str
    alt: str
    panels: tuple[Panel | Grid, ...]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]

    def __post_init__(self) -> None:
        """A chart shows something, and not more than can be read."""
        if not 1 <= len(self.panels) <= MOST_PANELS:
            raise ValueError(f"a chart has 1 to {MOST_PANELS} panels, not {len(self.panels)}")
        if len(self.months) != 12 or len(self.weekdays) != 7:
            raise ValueError("a year has 12 months and a week 7 days")
