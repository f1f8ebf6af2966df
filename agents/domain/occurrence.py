"""When a rule fires next: local wall time in, one exact instant out (data-model.md 8.4, libraries.md L-12, L-13).

Wall times are mapped to instants by one monotone function: a time that happens twice means its first passing, a time
that the clocks skip means the first instant after the gap. So a rule never fires twice for one wall time and its
instants only ever move forward. Two times of one rule that fall into the same gap are one occurrence (the earlier).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from agents.domain.recurrence import Freq, Recurrence

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_MONDAY = date(1970, 1, 5)  # counts weeks and intervals of rules that name no first day
_DAYS_AHEAD = 4  # today, tomorrow, and two more for zones that once skipped or repeated a whole day
_WEEKS_AHEAD = 3
MAX_EVERY_WEEKS = 520  # rules beyond these limits never fire: refuse them where they are made
MAX_EVERY_MINUTES = 366 * 1440
_MAX_SLOTS = 1444  # a repeated day of minutes: more can never lie between an instant and the next one


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One firing: the nominal wall time that names it (the key of reminder_firings) and its instant in UTC."""

    local_date: date
    local_time: time
    due_at: datetime


def instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a wall time in an IANA zone: first passing if repeated, end of the gap if skipped."""
    tz = _zone(zone)
    return _to_utc(datetime.combine(day, at, tz), tz)


def next_occurrence(rule: Recurrence, zone: str, *, after: datetime) -> Occurrence | None:
    """The first occurrence strictly after the aware instant `after`; None when the rule has ended or says nothing.

    `zone` is an IANA name (else ZoneInfoNotFoundError). `starts_on` and `ends_on` are inclusive; a window that crosses
    midnight belongs to the day on which it opens. Days (`dow`) also limit an interval with a window. An interval
    without a window runs on day and night, counted in wall time from `starts_on` at the first of `times` (else
    midnight): 2,880 minutes are "every other day at that time".
    """
    if after.tzinfo is None:
        raise ValueError("`after` must be aware: without an offset the next occurrence is a guess")
    tz = _zone(zone)
    since = after.astimezone(tz)
    for wall in _WALLS[rule.freq](rule, since, tz):
        if wall <= since:
            continue  # read off the same wall: its first passing cannot lie ahead
        due_at = _to_utc(wall, tz)
        if due_at > after:
            return Occurrence(wall.date(), wall.time(), due_at)
    return None


@cache
def _zone(name: str) -> ZoneInfo:
    """Zones held for good: ZoneInfo itself keeps eight alive and reads the others from disk again."""
    return ZoneInfo(name)


def _to_utc(wall: datetime, tz: ZoneInfo) -> datetime:
    """The instant of a wall time. One that does not survive the way there and back was skipped by the clocks."""
    first = wall.replace(fold=0) if wall.fold else wall
    due_at = first.astimezone(UTC)
    return due_at if due_at.astimezone(tz) == first else _end_of_gap(first, due_at, tz)


def _end_of_gap(skipped: datetime, beyond: datetime, tz: ZoneInfo) -> datetime:
    """Bisect to the second in which the clocks jump; `beyond` is an instant after it."""
    before = skipped.replace(fold=1).astimezone(UTC).replace(microsecond=0)
    new_offset = beyond.astimezone(tz).utcoffset()
    low, high = 0, (beyond - before) // _SECOND + 1
    while high - low > 1:
        middle = (low + high) // 2
        if (before + middle * _SECOND).astimezone(tz).utcoffset() == new_offset:
            high = middle
        else:
            low = middle
    return before + high * _SECOND


# The wall times of a rule, oldest first, from a little before `since` on. All carry the person's own zone, in which
# Python's arithmetic and comparison are those of the clock on the wall.


def _once(rule: Recurrence, since: datetime, tz: ZoneInfo) -> Iterator[datetime]:  # noqa: ARG001 - one shape for all
    if rule.on is not None:
        for at in sorted(rule.times):
            yield datetime.combine(rule.on, at, tz)


def _daily(rule: Recurrence, since: datetime, tz: ZoneInfo) -> Iterator[datetime]:
    first = _first_day(rule, since.date())
    for days in range(_DAYS_AHEAD):
        day = first + timedelta(days)
        if rule.ends_on is not None and day > rule.ends_on:
            return
        for at in sorted(rule.times):
            yield datetime.combine(day, at, tz)


def _weekly(rule: Recurrence, since: datetime, tz: ZoneInfo) -> Iterator[datetime]:
    for day in _weekly_days(rule, _first_day(rule, since.date())):
        if rule.ends_on is not None and day > rule.ends_on:
            return
        for at in sorted(rule.times):
            yield datetime.combine(day, at, tz)


def _weekly_days(rule: Recurrence, first: date) -> Iterator[date]:
    """The days of the running and the following active weeks, from `first` on."""
    if not 1 <= rule.every_weeks <= MAX_EVERY_WEEKS:
        return
    origin = rule.starts_on or _MONDAY
    origin -= timedelta(origin.weekday())
    monday = first - timedelta(first.weekday())
    monday += timedelta(weeks=-((monday - origin).days // 7) % rule.every_weeks)
    for week in range(_WEEKS_AHEAD):
        for weekday in sorted({day for day in rule.dow if 0 <= day <= 6}):
            day = monday + timedelta(weeks=week * rule.every_weeks, days=weekday)
            if day >= first:
                yield day


def _interval(rule: Recurrence, since: datetime, tz: ZoneInfo) -> Iterator[datetime]:
    if rule.every_minutes is None or not 1 <= rule.every_minutes <= MAX_EVERY_MINUTES:
        return
    step = timedelta(minutes=rule.every_minutes)
    if rule.window is None:
        yield from _unbroken(rule, step, since, tz)
        return
    # Yesterday's window may still be open; a filter of days leaves at most a week between two windows.
    first = _first_day(rule, since.date() - _DAY)
    for days in range(_DAYS_AHEAD + 8):
        day = first + timedelta(days)
        if rule.ends_on is not None and day > rule.ends_on:
            return
        if not rule.dow or day.weekday() in rule.dow:
            opens, closes = (datetime.combine(day, at, tz) for at in rule.window)
            yield from _slots(opens, closes, step, since)


def _slots(opens: datetime, closes: datetime, step: timedelta, since: datetime) -> Iterator[datetime]:
    """The wall times of one window, both ends included, without those that lie well before `since`."""
    if closes <= opens:
        closes += _DAY
    last = (closes - opens) // step
    if closes - opens == _DAY and opens + last * step == closes:
        last -= 1  # a window of a whole day ends where the next one begins
    for number in range(max(0, (since - opens) // step), last + 1):
        yield opens + number * step


def _unbroken(rule: Recurrence, step: timedelta, since: datetime, tz: ZoneInfo) -> Iterator[datetime]:
    begins = datetime.combine(rule.starts_on or _MONDAY, min(rule.times, default=time(0)), tz)
    first = max(0, (since - begins) // step)
    for number in range(first, first + _MAX_SLOTS):
        wall = begins + number * step
        if rule.ends_on is not None and wall.date() > rule.ends_on:
            return
        yield wall


def _first_day(rule: Recurrence, day: date) -> date:
    return day if rule.starts_on is None or rule.starts_on <= day else rule.starts_on


_WALLS: Mapping[Freq, Callable[[Recurrence, datetime, ZoneInfo], Iterator[datetime]]] = {
    "once": _once,
    "daily": _daily,
    "weekly": _weekly,
    "interval": _interval,
}
