"""A sleep plan: when, how long, and what helps, one change a week (science.md R-20, R-21, N-9, S-120).

Times are local wall times and follow the person's main sleep, so a night worker's plan starts at their own evening.
Nothing here ever shortens the time in bed: sleep restriction is a therapy for a clinician's hands (R-21).
"""

from dataclasses import dataclass
from datetime import time

from agents.domain import life_stage
from agents.domain.note import Note
from agents.domain.profile import Profile

ADULT_HOURS = (7.0, 9.0)
MINOR_HOURS = (8.0, 10.0)  # S-120
ASSUMED_WAKE_TIME = time(7, 0)
WIND_DOWN_MINUTES = 45
NAP_END_BEFORE_BED_MINUTES = 8 * 60  # 15:00 for a bedtime of 23:00
COFFEE_BEFORE_BED_MINUTES = 528  # N-9: 8.8 h, a cup of about 107 mg
PRE_WORKOUT_BEFORE_BED_MINUTES = 792  # N-9: 13.2 h, a dose of about 217 mg
CAFFEINE_MG = 400  # N-9
CAFFEINE_PREGNANCY_MG = 200  # N-9, S-133
CAFFEINE_MINOR_MG_PER_KG = 3.0  # N-9, S-120
POOR_QUALITY = 5
MINUTES_PER_DAY = 24 * 60
# what must be looked at by a clinician within three days.
REFER_CODES = frozenset(
    {"insomnia", "sleep_apnoea", "breathing_stops", "restless_legs", "acting_out_dreams", "sleepy_at_wheel"}
)


@dataclass(frozen=True, slots=True)
class SleepStep:
    """One piece of advice, ready to be shown; `code` is stable."""

    code: str
    text: str


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


def plan(profile: Profile) -> SleepPlan:
    """R-20: a plan around the wake time.

    An unknown wake time follows from the bedtime, else it is 07:00; both are said to be assumed.
    """
    low, high = hours(profile)
    wake, bed = _clock(profile, low, high)
    return SleepPlan(
        target_low_h=low,
        target_high_h=high,
        bed_time=bed,
        wake_time=wake,
        wind_down_time=_before(bed, WIND_DOWN_MINUTES),
        last_coffee=last_caffeine(bed),
        steps=_steps(profile, wake, bed),
        rationale=_rationale(profile, wake, bed),
        findings=_findings(profile, low),
    )


def hours(profile: Profile) -> tuple[float, float]:
    """Hours of sleep a night to aim for: 7–9, under 18 years 8–10."""
    return MINOR_HOURS if life_stage.is_minor(profile) else ADULT_HOURS


def efficiency(*, asleep_minutes: float, in_bed_minutes: float) -> float:
    """R-20: the share of the time in bed that was slept; ValueError when the minutes cannot be."""
    if not 0 <= asleep_minutes <= in_bed_minutes or in_bed_minutes <= 0:
        raise ValueError("asleep must be between 0 and the time in bed")
    return asleep_minutes / in_bed_minutes


def last_caffeine(bed_time: time, *, is_pre_workout: bool = False) -> time:
    """N-9: the latest coffee (8.8 h) or pre-workout drink (13.2 h) before this bedtime."""
    return _before(bed_time, PRE_WORKOUT_BEFORE_BED_MINUTES if is_pre_workout else COFFEE_BEFORE_BED_MINUTES)


def caffeine_limit_mg(profile: Profile) -> int | None:
    """N-9: caffeine a day. Minors, and people of unknown age, 3 mg/kg; None where the weight is unknown."""
    limit = CAFFEINE_PREGNANCY_MG if life_stage.is_pregnant(profile) else CAFFEINE_MG
    if profile.age is not None and not life_stage.is_minor(profile):
        return limit
    return None if profile.weight_kg is None else min(limit, int(CAFFEINE_MINOR_MG_PER_KG * profile.weight_kg))


def _clock(profile: Profile, low_h: float, high_h: float) -> tuple[time, time]:
    """Wake and bed time. A long enough night stays as it is: the plan may lengthen it, never shorten it."""
    middle = round((low_h + high_h) / 2 * 60)
    bed = profile.bed_time
    wake = profile.wake_time or (_before(bed, -middle) if bed else ASSUMED_WAKE_TIME)
    if bed is not None and _minutes_between(bed, wake) >= low_h * 60:
        return wake, bed
    return wake, _before(wake, middle)


def _steps(profile: Profile, wake: time, bed: time) -> tuple[SleepStep, ...]:
    nap_end = _before(bed, NAP_END_BEFORE_BED_MINUTES)
    steps = (
        SleepStep("steady_wake", f"Get up at {wake:%H:%M} every day, also on days off."),
        SleepStep("morning_light", "Get bright light within an hour of waking: outside, or at a window."),
        SleepStep("caffeine", _caffeine_text(profile, bed)),
        SleepStep("alcohol", _alcohol_text(profile)),
        SleepStep("screens", f"Put bright screens away at {_before(bed, WIND_DOWN_MINUTES):%H:%M}."),
        SleepStep("cool_dark_room", "Keep the bedroom cool, dark and quiet; earplugs and a sleep mask count."),
        SleepStep("wind_down", "After brushing your teeth, do one calm thing: a book, a stretch, slow breathing."),
        SleepStep("nap", f"If you nap, keep it to 30 minutes and be up again by {nap_end:%H:%M}."),
    )
    return tuple(step for step in steps if step.text)


def _caffeine_text(profile: Profile, bed: time) -> str:
    limit, latest = caffeine_limit_mg(profile), last_caffeine(bed)
    most = "" if limit is None else f", and at most {limit} mg of caffeine a day"
    drinks = "tea, cola or coffee" if life_stage.is_minor(profile) else "coffee"
    return f"Have your last {drinks} by {latest:%H:%M}{most}."


def _alcohol_text(profile: Profile) -> str:
    """Whoever must not drink is told nothing about drinking less (N-8)."""
    unsuitable = profile.age is None or life_stage.is_minor(profile) or life_stage.is_pregnant(profile)
    return (
        "" if unsuitable else "If you drink alcohol, leave it out on weeknights: it breaks up the second half of sleep."
    )


def _rationale(profile: Profile, wake: time, bed: time) -> str:
    low, high = hours(profile)
    parts = [f"You do best with {low:.0f} to {high:.0f} hours: bed at {bed:%H:%M}, up at {wake:%H:%M} leaves room."]
    if profile.wake_time is None:
        parts.append(f"I assumed {wake:%H:%M} as your wake time, so tell me yours and I will move everything.")
    if profile.bed_time is not None and profile.bed_time != bed:
        parts.append(f"Come to it gently from {profile.bed_time:%H:%M}: 15 minutes earlier every few nights.")
    return " ".join([*parts, "Try one step a week, starting with the first."])


def _findings(profile: Profile, low_h: float) -> tuple[Note, ...]:
    notes: list[Note] = []
    reported = {*(profile.symptoms or ()), *(profile.conditions or ())}
    if reported & REFER_CODES:
        notes.append(
            Note("R-21", "Please have your sleep looked at by a clinician within three days; the steps can wait.")
        )
    if profile.sleep_hours is not None and profile.sleep_hours < low_h:
        notes.append(
            Note("R-20", f"You sleep about {profile.sleep_hours:g} hours; {low_h:.0f} is where most people feel well.")
        )
    if profile.sleep_quality is not None and profile.sleep_quality < POOR_QUALITY:
        notes.append(Note("R-2", "Your nights have been poor lately, so training eases off rather than food."))
    return tuple(notes)


def _before(at: time, minutes: int) -> time:
    total = (at.hour * 60 + at.minute - minutes) % MINUTES_PER_DAY
    return time(total // 60, total % 60)


def _minutes_between(start: time, end: time) -> int:
    return (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % MINUTES_PER_DAY
