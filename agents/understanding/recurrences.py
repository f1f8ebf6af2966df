"""From the parts of a sentence to one rule: which day, which half of it, and whether that lies ahead.

A bare hour is the next one on the clock's face: at two in the afternoon "at 8" is eight in the evening. Hours 1 to 6
without am or pm are after noon, for a single time and for a rule alike ("every day at 6"); 7 to 12 of a rule or of
another day are as written.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from agents.domain.occurrence import MAX_EVERY_MINUTES, MAX_EVERY_WEEKS, next_occurrence
from agents.domain.recurrence import Recurrence
from agents.understanding.clock_times import Clock, Problem, ascending
from agents.understanding.days import DayPart
from agents.understanding.durations import Duration
from agents.understanding.repeats import Repeat
from agents.understanding.time_parts import TimeParts

MORNING, NOON, AFTERNOON, EVENING, NIGHT = time(8), time(12), time(15), time(19), time(21)
PART_TIMES: Mapping[DayPart, time] = {
    "morning": MORNING,
    "noon": NOON,
    "afternoon": AFTERNOON,
    "evening": EVENING,
    "night": NIGHT,
}
DEFAULT_TIME = MORNING  # a day or a repetition without any time
DAY_WINDOW = (time(8), time(22))  # an interval without a window, unless waking and going to bed are known
SPREAD = (time(9), time(20))  # "three times a day"
_HALF_A_DAY_MINUTES = 720
_MINUTE = timedelta(minutes=1)
_LAST_AFTERNOON_HOUR = 6  # 1..6 without am or pm
Lean = Literal["am", "pm"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule, why there is none, or None where no time was said. Explicit: the person named the time themselves."""

    rule: Recurrence | Problem | None
    is_explicit: bool = True


def build(parts: TimeParts, *, now: datetime, anchors: Mapping[str, time], lean: Lean | None = None) -> Reading:
    """The rule the parts make. `now` is aware, in the person's zone; `lean` is what the matter itself suggests."""
    if parts.repeat is not None and parts.repeat.is_unsupported:
        return Reading(Problem("unsupported_repeat"))
    if parts.impossible is not None:
        return Reading(Problem("impossible_time", parts.impossible))
    if parts.repeat is not None and parts.repeat.is_mixed and len({(c.hour, c.minute) for c in parts.clocks}) > 1:
        return Reading(Problem("unsupported_repeat"))  # "mondays at 7 and thursdays at 9" are two rules
    if parts.moment is not None and parts.repeat is None:
        return Reading(_at_moment(parts.moment, now))
    if parts.repeat is not None:
        return _repeated(parts, parts.repeat, now, anchors, lean)
    return _single(parts, now, lean)


def _at_moment(moment: datetime, now: datetime) -> Recurrence:
    """A point on the running clock as a wall time, to the nearest minute ahead."""
    instant = _minute(moment.astimezone(UTC) + timedelta(seconds=30))
    if instant <= now:
        instant += _MINUTE
    # A wall time names the first passing only. In an hour that comes twice the second would be rung up to an hour
    # too early, or never: the first minute after that hour is the nearest that can be kept.
    while (local := instant.astimezone(now.tzinfo)).fold:
        instant += _MINUTE
    return _once(local.date(), local.time())


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _repeated(
    parts: TimeParts, repeat: Repeat, now: datetime, anchors: Mapping[str, time], lean: Lean | None
) -> Reading:
    starts_on, ends_on = parts.starts_on, parts.ends_on
    if parts.on is not None and parts.on.on is not None:  # "every hour tomorrow" is over with tomorrow
        starts_on = starts_on or parts.on.on
        ends_on = ends_on or (parts.on.on if repeat.every_minutes else None)
    times, is_explicit = _times(parts, repeat, lean)
    if repeat.every_minutes is not None:
        rule = _interval(parts, repeat.every_minutes, now, anchors)
        is_explicit = parts.window is not None or parts.is_round_the_clock
    elif repeat.is_weekly:
        dow = repeat.dow or ((starts_on or now.date()).weekday(),)
        rule = Recurrence(freq="weekly", times=times, dow=dow, every_weeks=repeat.every_weeks)
    elif repeat.every_days is not None and repeat.every_days > 1:
        rule = Recurrence(freq="interval", every_minutes=1440 * repeat.every_days, times=times[:1])
    else:
        rule = Recurrence(freq="daily", times=times)
    if rule.every_weeks > MAX_EVERY_WEEKS or (rule.every_minutes or 0) > MAX_EVERY_MINUTES:
        return Reading(Problem("unsupported_repeat"))
    is_counted = rule.every_weeks > 1 or (rule.freq == "interval" and rule.window is None and bool(rule.times))
    if starts_on is None and is_counted:
        starts_on = now.date() if repeat.every_minutes else _first_on(rule, now)
    if parts.lasts is not None and ends_on is None:
        ends_on = _last_day(starts_on or _first_on(rule, now), parts.lasts)
    rule = replace(rule, starts_on=starts_on, ends_on=ends_on)
    is_over = next_occurrence(rule, "UTC", after=now.replace(tzinfo=UTC)) is None  # on the wall, whatever its zone
    return Reading(Problem("in_the_past") if is_over else rule, is_explicit)


def _interval(parts: TimeParts, every_minutes: int, now: datetime, anchors: Mapping[str, time]) -> Recurrence:
    """Inside the waking day or the hours named; a step that fits no day once or twice is counted from now on."""
    if parts.is_round_the_clock:
        return Recurrence(freq="interval", every_minutes=every_minutes)
    if every_minutes > _HALF_A_DAY_MINUTES and parts.window is None:
        return Recurrence(freq="interval", every_minutes=every_minutes, times=(_minute(now).time(),))
    return Recurrence(freq="interval", every_minutes=every_minutes, window=_window(parts, anchors))


def _times(parts: TimeParts, repeat: Repeat, lean: Lean | None) -> tuple[tuple[time, ...], bool]:
    """The times of a rule, sorted, and whether the person named them."""
    if parts.clocks:
        clocks = [_in_part(clock, parts.part, lean) for clock in parts.clocks]
        first, *others = clocks[:1] if repeat.is_mixed else clocks
        if first.is_ambiguous and 1 <= first.hour <= _LAST_AFTERNOON_HOUR and not others:
            first = replace(first, half="pm", is_ambiguous=False)
        return tuple(sorted({one.time for one in ascending([first, *others])})), True
    if parts.anchored:
        return tuple(sorted(set(parts.anchored))), True
    if repeat.times_a_day is not None and parts.part is None:
        return spread(repeat.times_a_day), False
    return (PART_TIMES[parts.part] if parts.part else DEFAULT_TIME,), False


def spread(count: int) -> tuple[time, ...]:
    """So many times evenly over the day, to the half hour."""
    first, last = (at.hour * 60 + at.minute for at in SPREAD)
    minutes = [first + (last - first) * number / max(1, count - 1) for number in range(count)]
    return tuple(time(*divmod(round(minute / 30) * 30, 60)) for minute in minutes)


def _window(parts: TimeParts, anchors: Mapping[str, time]) -> tuple[time, time]:
    """ "between 9 and 6" is 9 to 18; what is not said is the waking day."""
    opens, closes = anchors.get("wake", DAY_WINDOW[0]), anchors.get("bed", DAY_WINDOW[1])
    if parts.window is not None:
        first, last = parts.window
        opens = first.at() if first is not None else opens
        closes = last.at()
        if last.is_ambiguous and closes <= opens < last.at(prefer_pm=True):
            closes = last.at(prefer_pm=True)
    return opens, closes


def _first_on(rule: Recurrence, now: datetime) -> date:
    """The first of the rule's days on which one of its times is still ahead."""
    is_over = bool(rule.times) and max(rule.times) <= now.time()
    first = now.date() + timedelta(days=is_over)
    return min(first + timedelta(days=(day - first.weekday()) % 7) for day in rule.dow or range(7))


def _last_day(first: date, lasts: Duration) -> date:
    """The last day of "for two weeks", the first one counted."""
    if lasts.unit == "month":
        year, month = divmod(first.year * 12 + first.month - 1 + max(1, round(lasts.count)), 12)
        first_again = date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))
        return first_again - timedelta(days=1)
    return first + timedelta(days=max(1, round(lasts.minutes / 1440)) - 1)


def _single(parts: TimeParts, now: datetime, lean: Lean | None) -> Reading:
    day = parts.on.on if parts.on is not None else parts.starts_on
    if day is None and not (parts.clocks or parts.anchored or parts.part):
        return Reading(None)
    if day is not None and day < now.date():
        return Reading(Problem("in_the_past"))
    if parts.clocks:
        return Reading(_at_clocks(parts, day, now, lean))
    if parts.anchored:
        return Reading(_first_ahead(day, parts.anchored, now))
    part_time = PART_TIMES[parts.part] if parts.part else DEFAULT_TIME
    rule = _first_ahead(day, (part_time,), now)
    is_running = isinstance(rule, Problem) and day == now.date()
    return Reading(_within_the_hour(now) if is_running else rule, is_explicit=False)


def _at_clocks(parts: TimeParts, day: date | None, now: datetime, lean: Lean | None) -> Recurrence | Problem:
    clocks = [_in_part(clock, parts.part, lean) for clock in parts.clocks]
    if day is not None and any(_is_past_midnight(clock, parts.part, is_today=day == now.date()) for clock in clocks):
        day += timedelta(days=1)
    if clocks[0].is_ambiguous and len(clocks) == 1:
        return _on_the_clock_face(clocks[0], day, now)
    times = tuple(one.time for one in ascending(clocks))
    if clocks[0].is_ambiguous and (day or now.date()) == now.date():
        evening = tuple(clock.at(prefer_pm=True) for clock in clocks)
        is_over = not any(_is_ahead(now.date(), at, now) for at in times)
        times = evening if is_over and _is_ahead(now.date(), max(evening), now) else times
    if day is None and len({_is_ahead(now.date(), at, now) for at in times}) > 1:
        return Recurrence(freq="daily", times=tuple(sorted(set(times))))  # "at 8 and 20:00" at noon: none may be lost
    return _first_ahead(day, times, now)


def _is_past_midnight(clock: Clock, part: DayPart | None, *, is_today: bool) -> bool:
    """ "Tonight at 1", "today at midnight": a day's night ends on the next one."""
    hour = clock.at().hour
    return hour < 5 if part == "night" else is_today and hour == 0


def _on_the_clock_face(clock: Clock, day: date | None, now: datetime) -> Recurrence | Problem:
    """The next time the hands stand so; on another day 1..6 in the afternoon, the rest as written."""
    is_small = 1 <= clock.hour <= _LAST_AFTERNOON_HOUR
    usual = clock.at(prefer_pm=is_small)
    if day is not None and day > now.date():
        return _once(day, usual)
    for at in (usual,) if is_small else (usual, clock.at(prefer_pm=True)):
        if _is_ahead(now.date(), at, now):
            return _once(now.date(), at)
    return Problem("in_the_past", clock.quote) if day is not None else _once(now.date() + timedelta(days=1), usual)


def _first_ahead(day: date | None, times: tuple[time, ...], now: datetime) -> Recurrence | Problem:
    """The given day with those times that are ahead, or the first of today and tomorrow that has one."""
    for on in (now.date(), now.date() + timedelta(days=1)) if day is None else (day,):
        ahead = tuple(sorted(at for at in set(times) if _is_ahead(on, at, now)))
        if ahead:
            return Recurrence(freq="once", on=on, times=ahead)
    return Problem("in_the_past")


def _within_the_hour(now: datetime) -> Recurrence | None:
    """ "This evening", said in the evening: an hour from now, if that is still today."""
    later = now + timedelta(hours=1)
    return _once(later.date(), _minute(later).time()) if later.date() == now.date() else None


def _once(on: date, at: time) -> Recurrence:
    return Recurrence(freq="once", on=on, times=(at,))


def _is_ahead(on: date, at: time, now: datetime) -> bool:
    return datetime.combine(on, at, now.tzinfo).astimezone(UTC) > now.astimezone(UTC)


def _in_part(clock: Clock, part: DayPart | None, lean: Lean | None) -> Clock:
    """A clock time in the light of "in the evening" beside it, or of the matter ("to go to bed")."""
    if not clock.is_ambiguous or (part is None and (lean is None or clock.hour == 12)):
        return clock
    halves: dict[DayPart, Literal["am", "pm", "night"]] = {"morning": "am", "night": "night"}
    half = halves.get(part, "pm") if part else lean
    return replace(clock, half=half, is_ambiguous=False)
