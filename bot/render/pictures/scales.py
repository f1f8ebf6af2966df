"""Where the marks of a scale stand: round numbers upwards, days that people count by sideways."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, floor, log10
from typing import Final

MOST_DAYS: Final = 8  # with every weekday named
MOST_MARKS: Final = 6  # upwards
MOST_DAY_MARKS: Final = 5  # sideways
_STEPS: Final = (1, 2, 5, 10)


def round_marks(low: float, high: float, most: int = MOST_MARKS) -> list[float]:
    """Round numbers from at or above `low` to at or below `high`, at most so many."""
    if not high > low:
        return [low]
    size = 10.0 ** floor(log10((high - low) / most))
    for step in (size * each for each in (*_STEPS, *(10 * each for each in _STEPS))):
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
        if last - first < most:
            return [number * step for number in range(first, last + 1)]
    return [low, high]


def number_words(marks: Sequence[float]) -> list[str]:
    """The marks as they are written, all with the same decimals."""
    places = next((n for n in (0, 1, 2) if all(abs(mark - round(mark, n)) < 1e-6 for mark in marks)), 2)
    return [f"{mark:,.{places}f}" for mark in marks]


def day_marks(first: date, last: date, months: Sequence[str], weekdays: Sequence[str]) -> list[tuple[date, str]]:
    """Days with their words: weekdays in a week, day and month in a season, months in a year, years beyond."""
    length = (last - first).days + 1
    if length <= MOST_DAYS:
        days = (first + timedelta(n) for n in range(length))
        return [(on, weekdays[on.weekday()]) for on in days]
    if length <= 100:
        step = max(1, ceil(length / MOST_DAY_MARKS))
        days = (last - timedelta(n * step) for n in range(MOST_DAY_MARKS))
        return [(on, f"{on.day} {months[on.month - 1]}") for on in sorted(days) if on >= first]
    return _months(first, last, length, months)


def _months(first: date, last: date, length: int, months: Sequence[str]) -> list[tuple[date, str]]:
    """Firsts of months; a January carries its year."""
    step = next((n for n in (1, 2, 3, 6, 12, 24) if length / (30.5 * n) <= MOST_DAY_MARKS + 2), 60)
    found = []
    for number in range(first.year * 12, last.year * 12 + 12):
        on = date(number // 12, number % 12 + 1, 1)
        if first <= on <= last and number % step == 0:
            found.append((on, str(on.year) if on.month == 1 else months[on.month - 1]))
    return found
