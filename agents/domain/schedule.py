"""Which reminders follow from the answers a person gave, and when (product.md F60, science.md B-3, B-4)."""

from dataclasses import dataclass
from datetime import time

from agents.domain.cadence import QUIET_END, QUIET_START, Kind, QuietPolicy, default_max_age
from agents.domain.hydration import reminder_times
from agents.domain.profile import Profile
from agents.domain.recurrence import Recurrence

MEAL_LEAD_MINUTES = 15  # before a meal (data-model 5.3, notification_offset_minutes)
WORKOUT_LEAD_MINUTES = 30  # before a session (data-model 5.4)
WIND_DOWN_MINUTES = 30  # before bed
WATER_REMINDERS_A_DAY = 3  # science.md B-3


REPORT_TIME, REPORT_DAY = time(18), 6  # a Sunday early evening, before the week begins anew (product.md J3)


@dataclass(frozen=True, slots=True)
class ReminderSpec:
    """One reminder that the answers ask for. `title` is a slot name for meals, else empty."""

    kind: Kind
    recurrence: Recurrence
    max_age_minutes: int
    title: str = ""
    quiet_policy: QuietPolicy = "shift"  # "ignore" for a clock time the person named for this message (B-4)


def reminders_of(
    profile: Profile, *, quiet_start: time = QUIET_START, quiet_end: time = QUIET_END
) -> tuple[ReminderSpec, ...]:
    """Every reminder the answers ask for; a time that was not chosen makes no reminder."""
    found: list[ReminderSpec] = []
    if profile.morning_brief_time:
        found.append(_daily("morning_brief", profile.morning_brief_time, quiet_policy="ignore"))
    meals = _policy(profile, "meal_times")
    found += [_daily("meal", shifted(m.at, -MEAL_LEAD_MINUTES), m.slot, meals) for m in profile.meal_times]
    if profile.workout_days and profile.workout_time:
        at = shifted(profile.workout_time, -WORKOUT_LEAD_MINUTES)
        rule = Recurrence(freq="weekly", times=(at,), dow=_days_shifted(profile))
        own = _policy(profile, "workout_time")
        found.append(ReminderSpec("workout", rule, default_max_age("workout"), quiet_policy=own))
    if profile.water_reminders and not profile.has("fluid_restriction"):
        found.append(_hydration(profile))
    if profile.bed_time:
        wind_down = shifted(profile.bed_time, -WIND_DOWN_MINUTES)
        # B-4: inside the quiet hours the bedtime reminder goes out at their start instead.
        found.append(_daily("bedtime", quiet_start if _is_between(wind_down, quiet_start, quiet_end) else wind_down))
    if profile.evening_checkin_time:
        found.append(_daily("check_in", profile.evening_checkin_time, quiet_policy="ignore"))
    return tuple(found)


def weekly_report() -> ReminderSpec:
    """The report nobody asked for: it counts against the caps, and who stops it is not sent another (B-3)."""
    rule = Recurrence(freq="weekly", times=(REPORT_TIME,), dow=(REPORT_DAY,))
    return ReminderSpec("weekly_report", rule, default_max_age("weekly_report"))


def _daily(kind: Kind, at: time, title: str = "", quiet_policy: QuietPolicy = "shift") -> ReminderSpec:
    return ReminderSpec(kind, Recurrence(freq="daily", times=(at,)), default_max_age(kind), title, quiet_policy)


def _is_between(at: time, start: time, end: time) -> bool:
    """Whether a wall time lies in a span that may cross midnight."""
    return start <= at < end if start < end else at >= start or at < end


def _policy(profile: Profile, field: str) -> QuietPolicy:
    """A time the person named counts also inside the quiet hours; a default of ours does not (B-4)."""
    return "shift" if profile.field_sources.get(field, "default") == "default" else "ignore"


def _days_shifted(profile: Profile) -> tuple[int, ...]:
    """A lead that crosses midnight belongs to the day before."""
    days = profile.workout_days or ()
    crosses = profile.workout_time is not None and profile.workout_time < time(0, WORKOUT_LEAD_MINUTES)
    return tuple(sorted((day - 1) % 7 for day in days)) if crosses else days


def _hydration(profile: Profile) -> ReminderSpec:
    first = profile.wake_time or time(8, 0)
    last = profile.bed_time or time(22, 0)
    times = reminder_times(shifted(first, 90), shifted(last, -120), [m.at for m in profile.meal_times])
    return ReminderSpec(
        "hydration", Recurrence(freq="daily", times=tuple(times[:WATER_REMINDERS_A_DAY])), default_max_age("hydration")
    )


def shifted(at: time, minutes: int) -> time:
    """A wall time moved by minutes, round the clock."""
    total = (at.hour * 60 + at.minute + minutes) % (24 * 60)
    return time(*divmod(total, 60))
