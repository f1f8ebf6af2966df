"""Synthetic people: where they live, what they want to be reminded of, how they answer, when they travel.

Everything follows from a seed and a number, so the same person can be met again in another run.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import available_timezones

from agents.domain.cadence import Kind, QuietPolicy, default_max_age
from agents.domain.recurrence import Recurrence

Source = str
_STEP = 5  # minutes: wall times lie on this grid
_FULL_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """One reminder somebody has."""

    kind: Kind
    rule: Recurrence
    quiet_policy: QuietPolicy = "shift"
    source: Source = "user"

    @property
    def max_age_minutes(self) -> int:
        """How late it is still useful."""
        return default_max_age(self.kind)


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody answers a reminder: shares of all answers; the rest is silence."""

    done: float
    snoozed: float
    skipped: float


@dataclass(frozen=True, slots=True)
class Journey:
    """From an instant on the person lives in another zone."""

    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Break:
    """The person asks for silence for a while."""

    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Synthetic:
    """One person and the days ahead of them."""

    number: int
    zone: str
    quiet: tuple[time, time]
    wishes: tuple[Wish, ...]
    habits: Habits
    journeys: tuple[Journey, ...]
    breaks: tuple[Break, ...]

    @property
    def name(self) -> str:
        """How they are known at their channel."""
        return f"simulated-{self.number}"


def person(seed: int, number: int, start: datetime, days: int) -> Synthetic:
    """The person of this number."""
    dice = random.Random(f"{seed}:{number}")  # noqa: S311 - a simulation, not a secret
    quiet = _quiet(dice)
    done, snoozed = dice.uniform(0.2, 0.6), dice.uniform(0.0, 0.25)
    return Synthetic(
        number=number,
        zone=dice.choice(zones()),
        quiet=quiet,
        wishes=_wishes(dice, quiet, start.date()),
        habits=Habits(done, snoozed, dice.uniform(0.0, 0.1)),
        journeys=_journeys(dice, start, days),
        breaks=_breaks(dice, start, days),
    )


@cache
def zones() -> tuple[str, ...]:
    """Zones of places, in a fixed order; the database behind them is the machine's."""
    outside = ("Etc/", "SystemV/", "US/", "posix/", "right/")
    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith(outside)))


def _quiet(dice: random.Random) -> tuple[time, time]:
    """Mostly over midnight, sometimes within a day (night shifts), sometimes none."""
    kind = dice.random()
    if kind < 0.75:
        return _at(dice, 20, 24), _at(dice, 5, 10)
    if kind < 0.9:
        return _at(dice, 7, 10), _at(dice, 13, 17)
    return time(0), time(0)


def _wishes(dice: random.Random, quiet: tuple[time, time], first: date) -> tuple[Wish, ...]:
    chosen = [make(dice, quiet, first) for share, make in _MAKERS if dice.random() < share]
    return tuple(chosen) or (_brief(dice, quiet, first),)


def _brief(dice: random.Random, _quiet: tuple[time, time], _first: date) -> Wish:
    return Wish("morning_brief", _daily(_at(dice, 5, 10)), "ignore")


def _meal(dice: random.Random, _quiet: tuple[time, time], _first: date) -> Wish:
    return Wish("meal", _daily(_at(dice, 6, 21)), dice.choice(("shift", "ignore")))


def _water(dice: random.Random, _quiet: tuple[time, time], _first: date) -> Wish:
    return Wish("hydration", _daily(_at(dice, 7, 10), _at(dice, 11, 15), _at(dice, 16, 22)))


def _bedtime(_dice: random.Random, quiet: tuple[time, time], _first: date) -> Wish:
    return Wish("bedtime", _daily(quiet[0] if quiet[0] != quiet[1] else time(22)))


def _check_in(dice: random.Random, _quiet: tuple[time, time], _first: date) -> Wish:
    return Wish("check_in", _daily(_at(dice, 17, 23)), dice.choice(("shift", "drop")))


def _workout(dice: random.Random, _quiet: tuple[time, time], first: date) -> Wish:
    days = tuple(sorted(dice.sample(range(7), dice.randint(1, 5))))
    rule = Recurrence(
        freq="weekly", times=(_at(dice, 5, 21),), dow=days, every_weeks=dice.choice((1, 1, 2)), starts_on=first
    )
    return Wish("workout", rule)


def _night_owl(dice: random.Random, _quiet: tuple[time, time], _first: date) -> Wish:
    """In the hours that clock changes skip or repeat."""
    return Wish("custom", _daily(_at(dice, 0, 4)), dice.choice(("ignore", "shift")))


def _often(dice: random.Random, _quiet: tuple[time, time], _first: date) -> Wish:
    opens = _at(dice, 6, 22)
    closes = time((opens.hour + dice.randint(3, 8)) % 24, opens.minute)  # some windows cross midnight
    rule = Recurrence(freq="interval", every_minutes=dice.choice((45, 60, 90, 120)), window=(opens, closes))
    return Wish("custom", rule, dice.choice(("ignore", "shift", "drop")))


def _every_other_day(dice: random.Random, _quiet: tuple[time, time], first: date) -> Wish:
    rule = Recurrence(freq="interval", every_minutes=2880, times=(_at(dice, 6, 23),), starts_on=first)
    return Wish("custom", rule, "ignore")


def _once(dice: random.Random, _quiet: tuple[time, time], first: date) -> Wish:
    rule = Recurrence(freq="once", on=first + dice.randint(2, 9) * _FULL_DAY, times=(_at(dice, 0, 24),))
    return Wish("custom", rule, "ignore")


def _unasked(dice: random.Random, _quiet: tuple[time, time], _first: date) -> Wish:
    return Wish("follow_up", _daily(_at(dice, 9, 20)), source="system")


_Maker = Callable[[random.Random, tuple[time, time], date], Wish]
_MAKERS: tuple[tuple[float, _Maker], ...] = (
    (0.8, _brief), (0.9, _meal), (0.9, _meal), (0.7, _meal), (0.7, _water), (0.7, _bedtime), (0.5, _check_in),
    (0.6, _workout), (0.5, _night_owl), (0.4, _often), (0.3, _every_other_day), (0.7, _once), (0.4, _unasked),
    (0.2, _unasked),
)  # fmt: skip


def _daily(*times: time) -> Recurrence:
    return Recurrence(freq="daily", times=times)


def _at(dice: random.Random, first_hour: int, last_hour: int) -> time:
    """A wall time on the grid, from `first_hour` to before `last_hour`."""
    return time(*divmod(dice.randrange(first_hour * 60, last_hour * 60, _STEP), 60))


def _journeys(dice: random.Random, start: datetime, days: int) -> tuple[Journey, ...]:
    """About a third travels about once a fortnight, in the middle of a day, in either direction."""
    if dice.random() > 0.35:
        return ()
    count = dice.randint(1, max(1, days // 7))
    return tuple(sorted((Journey(_moment(dice, start, days), dice.choice(zones())) for _ in range(count)), key=_when))


def _breaks(dice: random.Random, start: datetime, days: int) -> tuple[Break, ...]:
    if dice.random() > 0.1:
        return ()
    at = _moment(dice, start, days)
    return (Break(at, at + timedelta(hours=dice.randint(3, 60))),)


def _moment(dice: random.Random, start: datetime, days: int) -> datetime:
    return start.astimezone(UTC) + timedelta(seconds=dice.randrange(3600, max(7200, days * 86_400)))


def _when(journey: Journey) -> datetime:
    return journey.at
