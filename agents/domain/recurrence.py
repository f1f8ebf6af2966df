"""When something repeats, in the person's own wall time (the `recurrence` of the table reminders)."""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

Freq = Literal["once", "daily", "weekly", "interval"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """A rule without a zone: local days and wall times; the zone decides the instant.

    once: `on` and one of `times`. daily: `times` each day. weekly: `times` on the days `dow` (Monday 0), every
    `every_weeks` weeks counted from `starts_on`. interval: every `every_minutes` inside `window` each day.
    """

    freq: Freq
    times: tuple[time, ...] = ()
    dow: tuple[int, ...] = ()
    on: date | None = None
    every_minutes: int | None = None
    every_weeks: int = 1
    window: tuple[time, time] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
