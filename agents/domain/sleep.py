"""A sleep plan: when, how long, and what helps, one change a week (science.md R-2, R-20, R-21, N-9, S-120).

Times are local wall times and follow the person's main sleep, so a night worker's plan starts at their own evening.
Nothing here ever shortens the time in bed: sleep restriction is a therapy for a clinician's hands (R-21). The words of
the advice are in `sleep_advice`.
"""

from dataclasses import dataclass
from datetime import time
from typing import TypedDict

from agents.domain import life_stage, sleep_advice
from agents.domain.clock_minutes import before, minutes_between
from agents.domain.note import Note
from agents.domain.profile import Profile
from agents.domain.sleep_advice import SleepStep

ADULT_HOURS = (7.0, 9.0)
MINOR_HOURS = (8.0, 10.0)  # S-120
ASSUMED_WAKE_TIME = time(7, 0)
# Outside this a bedtime and a wake time do not belong together: mostly a morning typed for an evening.
PLAUSIBLE_NIGHT_HOURS = (3.0, 14.0)
WIND_DOWN_MINUTES, WIND_DOWN_POOR_MINUTES = 45, 60  # earlier after poor nights
POOR_HOURS, POOR_QUALITY = 6.0, 5


class SleepDocument(TypedDict):
    """The plan as plain data: times "HH:MM", hours a night as [least, most], tips in order with their rule."""

    bed_time: str
    wake_time: str
    hours: list[float]
    wind_down: str
    caffeine_cutoff: str
    tips: list[dict[str, str]]
    findings: list[dict[str, str]]
    rationale: str


@dataclass(frozen=True, slots=True)
class SleepPlan:
    """Hours to aim for, the clock that gives them, and steps in the order to try them (one a week)."""

    target_low_h: float
    target_high_h: float
    bed_time: time
    wake_time: time
    wind_down_time: time
    last_coffee: time
    steps: tuple[SleepStep, ...]
    rationale: str
    findings: tuple[Note, ...]

    def document(self) -> SleepDocument:
        """For machine interfaces."""
        return SleepDocument(
            bed_time=f"{self.bed_time:%H:%M}",
            wake_time=f"{self.wake_time:%H:%M}",
            hours=[self.target_low_h, self.target_high_h],
            wind_down=f"{self.wind_down_time:%H:%M}",
            caffeine_cutoff=f"{self.last_coffee:%H:%M}",
            tips=[{"rule": step.rule, "text": step.text} for step in self.steps],
            findings=[{"rule": note.rule, "message": note.message} for note in self.findings],
            rationale=self.rationale,
        )


def plan(profile: Profile) -> SleepPlan:
    """R-20: a plan around the wake time.

    An unknown wake time follows from the bedtime, else it is 07:00; both are said to be assumed.
    """
    low, high = hours(profile)
    wake, bed = _clock(profile, low, high)
    wind_down = before(bed, WIND_DOWN_POOR_MINUTES if is_poor(profile) else WIND_DOWN_MINUTES)
    return SleepPlan(
        target_low_h=low,
        target_high_h=high,
        bed_time=bed,
        wake_time=wake,
        wind_down_time=wind_down,
        last_coffee=sleep_advice.last_caffeine(bed),
        steps=sleep_advice.steps(profile, wake=wake, bed=bed, wind_down=wind_down),
        rationale=_rationale(profile, wake, bed),
        findings=sleep_advice.findings(profile, least_hours=low, is_poor=is_poor(profile)),
    )


def hours(profile: Profile) -> tuple[float, float]:
    """Hours of sleep a night to aim for: 7–9, under 18 years 8–10."""
    return MINOR_HOURS if life_stage.is_minor(profile) else ADULT_HOURS


def is_poor(profile: Profile) -> bool:
    """R-2: less than 6 hours, or a quality under 5 of 10."""
    is_short = profile.sleep_hours is not None and profile.sleep_hours < POOR_HOURS
    return is_short or (profile.sleep_quality is not None and profile.sleep_quality < POOR_QUALITY)


def efficiency(*, asleep_minutes: float, in_bed_minutes: float) -> float:
    """R-20: the share of the time in bed that was slept; ValueError when the minutes cannot be."""
    if not 0 <= asleep_minutes <= in_bed_minutes or in_bed_minutes <= 0:
        raise ValueError("asleep must be between 0 and the time in bed")
    return asleep_minutes / in_bed_minutes


def _clock(profile: Profile, low_h: float, high_h: float) -> tuple[time, time]:
    """Wake and bed time. A long enough night stays as it is: the plan may lengthen it, never shorten it."""
    middle = round((low_h + high_h) / 2 * 60)
    bed = profile.bed_time
    wake = profile.wake_time or (before(bed, -middle) if bed else ASSUMED_WAKE_TIME)
    if bed is None or not _is_night(bed, wake):
        return wake, before(wake, middle)
    if minutes_between(bed, wake) >= low_h * 60:
        return wake, bed
    # After a night shift nobody can be in bed earlier, but sleep longer (R-21: the main sleep is the anchor).
    return (before(bed, -middle), bed) if sleep_advice.is_day_sleep(bed) else (wake, before(wake, middle))


def _is_night(bed: time, wake: time) -> bool:
    least, most = PLAUSIBLE_NIGHT_HOURS
    return least * 60 <= minutes_between(bed, wake) <= most * 60


def _rationale(profile: Profile, wake: time, bed: time) -> str:
    low, high = hours(profile)
    parts = [f"You do best with {low:.0f} to {high:.0f} hours: bed at {bed:%H:%M}, up at {wake:%H:%M} leaves room."]
    if sleep_advice.is_day_sleep(bed):
        parts.append("The plan follows your main sleep, not the clock on the wall.")
    if profile.wake_time is None:
        parts.append(f"I assumed {wake:%H:%M} as your wake time, so tell me yours and I will move everything.")
    if profile.bed_time is not None and profile.bed_time != bed:
        parts.append(_from_old_bedtime(profile.bed_time, wake))
    if profile.wake_time is not None and profile.wake_time != wake:
        parts.append(f"Come to it gently from {profile.wake_time:%H:%M}: 15 minutes later every few days.")
    if profile.has("postpartum", "breastfeeding"):
        parts.append("With a baby, take it as a direction and rest when the baby rests.")
    return " ".join([*parts, "Try one step a week, starting with the first."])


def _from_old_bedtime(old: time, wake: time) -> str:
    if _is_night(old, wake):
        return f"Come to it gently from {old:%H:%M}: 15 minutes earlier every few nights."
    return f"Bed at {old:%H:%M} and up at {wake:%H:%M} do not go together; tell me which one slipped."
