"""What nights call for beside a plan: a clinician, one change at a time, a short nap (science.md R-20, R-21).

Sleep restriction is never among it: it is a therapy for a clinician's hands.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from agents.domain.safety.levels import Level
from agents.domain.sleep_advice import REFER_CODES

INSOMNIA_NIGHTS: Final = 3  # a week, R-21: more than these
INSOMNIA_MONTHS: Final = 3
DAYS_PER_WEEK: Final = 7
WEEKS_OF_DIARY: Final = 13  # three months
CHANGE_DAYS: Final = 7  # one change a week
NAP_MINUTES: Final = 30


@dataclass(frozen=True, slots=True)
class SleepReferral:
    """R-21: to be looked at within three days; `signs` are what speaks for it."""

    signs: tuple[str, ...]
    level: Level = "urgent"
    rule: str = "R-21"
    within_days: int = 3


def referral(
    signs: Collection[str] = (), *, bad_nights_a_week: float | None = None, months: float | None = None
) -> SleepReferral | None:
    """R-21 from what a person says: codes of signs, and how many bad nights a week for how many months."""
    found = set(signs) & REFER_CODES
    if bad_nights_a_week is not None and months is not None:
        is_long = bad_nights_a_week > INSOMNIA_NIGHTS and months >= INSOMNIA_MONTHS
        found |= {"insomnia"} if is_long else set()
    return SleepReferral(tuple(sorted(found))) if found else None


def diary_referral(bad_nights: Mapping[date, bool], *, until: date) -> SleepReferral | None:
    """R-21 from a diary: more than three bad nights in each of 13 weeks. Nights not written down are not bad."""
    weeks = [
        sum(
            bad_nights.get(until - timedelta(days=DAYS_PER_WEEK * week + night), False)
            for night in range(DAYS_PER_WEEK)
        )
        for week in range(WEEKS_OF_DIARY)
    ]
    return SleepReferral(("insomnia",)) if min(weeks) > INSOMNIA_NIGHTS else None


def next_change(order: Sequence[str], begun: Mapping[str, date], *, on: date) -> str | None:
    """R-20: the next piece of advice by its order; None within a week of the last one, and when all were tried."""
    if any((on - day).days < CHANGE_DAYS for day in begun.values()):
        return None
    return next((code for code in order if code not in begun), None)


def nap_minutes(wanted: int, *, starts_minutes_before_bed: int, last_end_before_bed: int) -> int:
    """R-20: how long a nap may be, up to half an hour, ending before 15:00 for a bedtime of 23:00; 0 is none.

    Both ends are minutes before the bedtime, so that a night worker's day is treated alike.
    """
    return max(0, min(wanted, NAP_MINUTES, starts_minutes_before_bed - last_end_before_bed))
