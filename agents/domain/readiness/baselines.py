"""What is usual for this person, and how far today is from it (science.md R-8, R-1).

The days that are judged never belong to their own baseline: a bad week must not make itself look normal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite, log, sqrt
from typing import Final

RECENT_DAYS: Final = 7
LEAST_RECENT: Final = 3  # nights in the last week; one night alone is no trend
HRV_DAYS, PULSE_DAYS = 60, 30
LEAST_DAYS: Final = 20  # with data
HRV_SHARE_OF_SD: Final = 0.5
PULSE_RISE: Final = 7.0  # beats a minute, R-8
USUAL_DAYS, LEAST_USUAL = 28, 14


@dataclass(frozen=True, slots=True)
class Usual:
    """The mean of a stretch of days, its standard deviation (n − 1) and how many days had a value."""

    mean: float
    sd: float
    days: int


@dataclass(frozen=True, slots=True)
class BodySignals:
    """R-8, with the numbers to show. None where there is too little data for that signal."""

    recent_ln_rmssd: float | None = None
    hrv_limit: float | None = None
    pulse: float | None = None
    pulse_limit: float | None = None

    @property
    def is_hrv_low(self) -> bool:
        """Whether the week's mean lies below the limit."""
        return self.recent_ln_rmssd is not None and self.hrv_limit is not None and self.recent_ln_rmssd < self.hrv_limit

    @property
    def is_pulse_high(self) -> bool:
        """Whether the pulse at rest has reached the limit."""
        # Pulses are whole or half beats; the nudge undoes binary noise of the mean.
        return self.pulse is not None and self.pulse_limit is not None and self.pulse >= self.pulse_limit - 1e-9

    @property
    def is_red(self) -> bool:
        """One red, however many of the two speak."""
        return self.is_hrv_low or self.is_pulse_high


def usual(
    values: Mapping[date, float], *, until: date, days: int = USUAL_DAYS, fewest: int = LEAST_USUAL
) -> Usual | None:
    """What these days say, `until` being the last; None with fewer than `fewest` values. ValueError for no number."""
    first = until - timedelta(days=days - 1)
    inside = [value for day, value in values.items() if first <= day <= until]
    if not all(isfinite(value) for value in inside):
        raise ValueError("a measurement is a number")
    if len(inside) < max(2, fewest):
        return None
    mean = sum(inside) / len(inside)
    return Usual(mean, sqrt(sum((value - mean) ** 2 for value in inside) / (len(inside) - 1)), len(inside))


def body_signals(
    *, rmssd_ms: Mapping[date, float] | None = None, resting_pulse: Mapping[date, float] | None = None, on: date
) -> BodySignals:
    """R-8 on this local day: RMSSD in ms and pulse at rest in beats a minute, one value a day.

    Values that cannot be (zero, negative) are left out; no pulse of today, no judgement of the pulse.
    """
    recent, hrv_limit = _hrv(rmssd_ms or {}, on)
    pulse, pulse_limit = _pulse(resting_pulse or {}, on)
    return BodySignals(recent, hrv_limit, pulse, pulse_limit)


def _hrv(rmssd_ms: Mapping[date, float], on: date) -> tuple[float | None, float | None]:
    logs = {day: log(value) for day, value in rmssd_ms.items() if value > 0}
    recent = usual(logs, until=on, days=RECENT_DAYS, fewest=LEAST_RECENT)
    before = usual(logs, until=on - timedelta(days=RECENT_DAYS), days=HRV_DAYS, fewest=LEAST_DAYS)
    if recent is None or before is None:
        return None, None
    return recent.mean, before.mean - HRV_SHARE_OF_SD * before.sd


def _pulse(pulses: Mapping[date, float], on: date) -> tuple[float | None, float | None]:
    real = {day: value for day, value in pulses.items() if value > 0}
    before = usual(real, until=on - timedelta(days=1), days=PULSE_DAYS, fewest=LEAST_DAYS)
    if before is None or on not in real:
        return None, None
    return real[on], before.mean + PULSE_RISE
