"""Which calendar day is meant: counting days, weeks and months from today, and days without a year or a month."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_MONTH_FIRST = frozenset({"US", "PH", "FM", "GU", "PR", "BZ"})  # countries that write month/day/year
_YEARS_AROUND = 8  # the longest wait for a 29 February


@dataclass(frozen=True, slots=True)
class Frame:
    """What a day is counted from, and which way doubtful ones point."""

    today: date
    is_month_first: bool
    prefers_past: bool

    @classmethod
    def of(cls, today: date, locale: str, *, prefer_past: bool) -> Self:
        """`locale` as "en", "en-GB" or "en_US"."""
        region = locale.replace("_", "-").upper().split("-")[-1]
        return cls(today, region in _MONTH_FIRST, prefer_past)


def move(start: date, count: int, unit: str) -> date | None:
    """`count` days, weeks, fortnights, months or years from a day; None outside the calendar."""
    unit = unit.lower()
    try:
        if unit in ("month", "year"):
            return _move_months(start, count * (12 if unit == "year" else 1))
        return start + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    except (OverflowError, ValueError):
        return None


def on_date(frame: Frame, day: int, month: int, year: int | None) -> date | None:
    """A day and month, in the given year or in the nearest one on the side where days are looked for."""
    if year is not None:
        return _date(year, month, day)
    step = -1 if frame.prefers_past else 1
    years = range(frame.today.year, frame.today.year + step * (_YEARS_AROUND + 1), step)
    return next((found for y in years if (found := _date(y, month, day)) and _is_ahead(found, frame)), None)


def day_of_month(frame: Frame, day: int) -> date | None:
    """The nearest "5th", today included; months that have no such day are passed over."""
    step = -1 if frame.prefers_past else 1
    months = (_move_months(frame.today.replace(day=1), step * count) for count in range(13))
    return next((found for m in months if (found := _date(m.year, m.month, day)) and _is_ahead(found, frame)), None)


def on_weekday(frame: Frame, weekday: int, which: str) -> date | None:
    """A day of the week, Monday 0. "next" is that of next week (weeks begin on Monday), "this" may be today."""
    today, ahead = frame.today, (weekday - frame.today.weekday()) % 7
    if which in ("last", "past") or (frame.prefers_past and not which):
        return move(today, (ahead or 7) - 7 if ahead else -7, "day")
    if which == "next":
        return move(today, 7 - today.weekday() + weekday, "day")
    return move(today, ahead if which == "this" else ahead or 7, "day")


def _is_ahead(found: date, frame: Frame) -> bool:
    return found <= frame.today if frame.prefers_past else found >= frame.today


def _move_months(start: date, count: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
