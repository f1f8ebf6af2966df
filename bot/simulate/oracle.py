"""When a wall time comes, found without the code under test: by looking at the clock on the wall.

An occurrence comes at the first instant at which the person's wall shows its day and time or anything later. That one
sentence covers a time that the clocks skip, one that they show twice, and a journey in either direction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from agents.domain.recurrence import Recurrence

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_FARTHEST = timedelta(hours=26)  # no wall is farther from UTC, clock changes included
Wall = datetime  # naive: what a wall shows


@dataclass(frozen=True, slots=True)
class Stay:
    """Where somebody's wall hangs from an instant on."""

    since: datetime
    zone: str


def shown(moment: datetime, zone: str) -> Wall:
    """What the wall shows."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@lru_cache(maxsize=1_000_000)
def first_shown(wall: Wall, zone: str) -> datetime:
    """The first minute at which this zone's wall shows this or anything later."""
    guess = wall.replace(tzinfo=UTC)
    offsets = (_offset(guess + step, zone) for step in (-_DAY, timedelta(), _DAY))
    moment = guess - max(offsets)  # no clock of this zone shows it earlier
    while shown(moment, zone) < wall:
        moment += _MINUTE
    return moment


def _offset(moment: datetime, zone: str) -> timedelta:
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


@dataclass(frozen=True, slots=True)
class Arrival:
    """An occurrence that came: its name, when, and where the wall hung then."""

    day: date
    at: time
    came_at: datetime
    zone: str


def arrivals(rule: Recurrence, stays: Sequence[Stay], start: datetime, end: datetime) -> tuple[Arrival, ...]:
    """Every occurrence of a rule that came after `start` and by `end`. Two that one gap swallowed are one."""
    found: dict[tuple[str, datetime], Arrival] = {}
    first, last = (start - _FARTHEST - _DAY).date(), (end + _FARTHEST).date()
    for wall in sorted(set(_walls(rule, first, last))):
        if wall <= shown(start, stays[0].zone):
            continue
        came = _came(wall, stays, end)
        if came is not None and start < came.came_at <= end:
            found.setdefault((came.zone, first_shown(wall, came.zone)), came)
    return tuple(found.values())


def _came(wall: Wall, stays: Sequence[Stay], end: datetime) -> Arrival | None:
    """The first stay in which the wall shows it."""
    for number, stay in enumerate(stays):
        until = stays[number + 1].since if number + 1 < len(stays) else end
        came_at = max(stay.since, first_shown(wall, stay.zone))
        if came_at < until or (came_at == until == end):
            return Arrival(wall.date(), wall.time(), came_at, stay.zone)
    return None


def is_quiet(moment: datetime, zone: str, quiet: tuple[time, time]) -> bool:
    """Whether the wall shows a time within the quiet hours, which may cross midnight."""
    begin, end = quiet
    if begin == end:
        return False
    now = shown(moment, zone).time()
    return begin <= now < end if begin < end else now >= begin or now < end


def zone_at(stays: Sequence[Stay], moment: datetime) -> str:
    """Where the wall hung then."""
    return next((stay.zone for stay in reversed(stays) if stay.since <= moment), stays[0].zone)


def _walls(rule: Recurrence, first: date, last: date) -> Iterator[Wall]:
    """All wall times of a rule between two days, by the plainest reading of its words."""
    if rule.freq == "once":
        if rule.on is not None:
            yield from (datetime.combine(rule.on, at) for at in rule.times)
        return
    if rule.freq == "interval" and rule.window is None:
        yield from _unbroken(rule, last)
        return
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        if _runs_on(rule, day):
            yield from _of_day(rule, day)


def _runs_on(rule: Recurrence, day: date) -> bool:
    if (rule.starts_on and day < rule.starts_on) or (rule.ends_on and day > rule.ends_on):
        return False
    if rule.freq == "weekly" and rule.starts_on and rule.every_weeks > 1:
        weeks = (_monday(day) - _monday(rule.starts_on)).days // 7
        if weeks % rule.every_weeks:
            return False
    return rule.freq == "daily" or not (rule.dow or rule.freq == "weekly") or day.weekday() in rule.dow


def _of_day(rule: Recurrence, day: date) -> Iterator[Wall]:
    if rule.window is None or rule.every_minutes is None:
        yield from (datetime.combine(day, at) for at in rule.times)
        return
    wall, closes = (datetime.combine(day, at) for at in rule.window)
    closes += _DAY if closes <= wall else timedelta()
    while wall <= closes:
        yield wall
        wall += rule.every_minutes * _MINUTE


def _unbroken(rule: Recurrence, last: date) -> Iterator[Wall]:
    if rule.starts_on is None or rule.every_minutes is None:
        return
    wall = datetime.combine(rule.starts_on, min(rule.times, default=time()))
    while wall.date() <= last:
        yield wall
        wall += rule.every_minutes * _MINUTE


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY
