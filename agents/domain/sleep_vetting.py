"""A sleep plan checked against the rules (science.md R-20, R-21, N-9, S-120)."""

from collections.abc import Iterator
from datetime import time

from agents.domain.note import Note
from agents.domain.profile import Profile
from agents.domain.sleep import SleepPlan, hours

MOST_HOURS_IN_BED = 12.0
COFFEE_BEFORE_BED_MINUTES = 528  # N-9: 8.8 h
MINUTES_PER_DAY = 24 * 60


def sleep_findings(plan: SleepPlan, profile: Profile) -> Iterator[Note]:
    """The hours of the age, never a shortened night, and the last coffee early enough."""
    low, high = hours(profile)
    if (plan.target_low_h, plan.target_high_h) != (low, high):
        yield Note("R-20", "The hours of this sleep plan are not those of your age, so I hold it back.")
    if not low * 60 <= _minutes(plan.bed_time, plan.wake_time) <= MOST_HOURS_IN_BED * 60:
        yield Note("R-21", "The night of this plan was too short or too long, so I hold it back.")
    if _minutes(plan.last_coffee, plan.bed_time) < COFFEE_BEFORE_BED_MINUTES:
        yield Note("N-9", "The last coffee of this plan was too late for your sleep, so I hold it back.")


def _minutes(start: time, end: time) -> int:
    """Minutes from one wall time to the next other one."""
    return (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % MINUTES_PER_DAY
