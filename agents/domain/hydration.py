"""How much to drink and when to be reminded (science.md S-133, S-180, S-181, B-3).

Amounts are drinks only, in ml a day; food brings about a fifth more water. Water is a suggestion, never medical advice:
people who must limit fluid get no target at all.
"""

from collections.abc import Sequence
from datetime import time

from agents.domain import life_stage
from agents.domain.note import Note
from agents.domain.profile import Profile, Sex
from agents.domain.safety.conditions import understood

# S-180 (EFSA adequate intake, drinks share), from 14 years on; unspecified is the mean.
DRINKS_ML: dict[Sex, int] = {"female": 1600, "male": 2000, "unspecified": 1800}
# EFSA for 9 to 13 years: 1.9 L (girls) and 2.1 L (boys) of total water, of which four fifths are drunk.
DRINKS_UNDER_14_ML: dict[Sex, int] = {"female": 1500, "male": 1700, "unspecified": 1600}
PREGNANCY_ML = 300  # S-133
LACTATION_ML = 700  # S-133
SWEAT_ML_PER_HOUR: dict[Sex, int] = {"female": 600, "male": 800, "unspecified": 600}  # S-180: 400..800
CAP_ML_PER_HOUR = 1000  # S-180
CAP_ML_PER_DAY = 4000  # S-180
DRY_SHARE = 0.02  # S-180: of body mass lost in a session
# S-181. Whether a heart condition is heart failure is not on file: unknown is not "no".
FLUID_LIMIT_CODES = ("fluid_restriction", "kidney", "dialysis", "siadh", "heart_failure", "cardiac")
MINUTES_PER_DAY = 24 * 60


def is_fluid_restricted(profile: Profile) -> bool:
    """S-181: whether water targets and water reminders stay off, whatever word the condition was named by."""
    return understood(profile).has(*FLUID_LIMIT_CODES)


def drinks_target_ml(
    profile: Profile, training_minutes: float = 0, *, sweat_ml_per_hour: float | None = None
) -> int | None:
    """Drinks for this day in ml, or None where fluid may be limited (S-181).

    The person's own target replaces the reference; training adds 0.4–0.8 L an hour; 4 L is the most.
    """
    if is_fluid_restricted(profile):
        return None
    rate = SWEAT_ML_PER_HOUR[profile.sex] if sweat_ml_per_hour is None else max(0.0, sweat_ml_per_hour)
    extra = max(0.0, training_minutes) / 60 * min(rate, CAP_ML_PER_HOUR)
    return min(round(_resting_ml(profile) + extra), CAP_ML_PER_DAY)


def note(profile: Profile) -> Note | None:
    """Why there is no water target, where there is none."""
    if not is_fluid_restricted(profile):
        return None
    return Note(
        "S-181", "I set no water target: with your heart or kidneys, how much to drink is for your clinician to say."
    )


def after_session(profile: Profile, *, before_kg: float, after_kg: float) -> Note | None:
    """S-180: what the scale before and after a long session says about drinking, or None. ValueError for no weight."""
    if min(before_kg, after_kg) <= 0:
        raise ValueError("a weight is above zero")
    if is_fluid_restricted(profile):
        return None
    if after_kg > before_kg:
        return Note("S-180", "You came back heavier, so you drank more than you lost. Drink a little less next time.")
    if before_kg - after_kg > DRY_SHARE * before_kg + 1e-9:
        return Note("S-180", "You lost a good deal of water. Drink bit by bit now, and a little more next time.")
    return None


def reminder_times(
    first: time, last: time, meals: Sequence[time], count: int = 3, least_gap_minutes: int = 60
) -> tuple[time, ...]:
    """Up to `count` wall times between `first` and `last`, with a meal where one falls into its part of the day (B-3).

    The window is cut into `count` equal parts, each gets its meal or its middle, never closer than the least gap; a
    short window gives fewer. It may cross midnight: the result starts from `first`. Equal ends are one moment.
    """
    start, length = _minutes(first), (_minutes(last) - _minutes(first)) % MINUTES_PER_DAY
    offsets = [(_minutes(meal) - start) % MINUTES_PER_DAY for meal in meals]
    chosen: list[int] = []
    for part in range(max(0, count)):
        earliest = chosen[-1] + max(1, least_gap_minutes) if chosen else 0
        moment = _moment(length * part / count, length * (part + 1) / count, offsets, earliest)
        if moment <= length:
            chosen.append(moment)
    return tuple(_wall_time(start + offset) for offset in chosen)


def _moment(low: float, high: float, offsets: Sequence[int], earliest: int) -> int:
    middle = (low + high) / 2
    meals = [offset for offset in offsets if low <= offset < high and offset >= earliest]
    if meals:
        return min(meals, key=lambda offset: abs(offset - middle))
    return max(int(middle) // 5 * 5, earliest)


def _resting_ml(profile: Profile) -> int:
    if profile.water_target_ml is not None:
        return max(0, profile.water_target_ml)
    is_child = profile.age is not None and profile.age < 14
    base = (DRINKS_UNDER_14_ML if is_child else DRINKS_ML)[profile.sex]
    if life_stage.is_breastfeeding(profile):
        return base + LACTATION_ML
    return base + PREGNANCY_ML if life_stage.is_pregnant(profile) else base


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _wall_time(minutes: int) -> time:
    hours, rest = divmod(minutes % MINUTES_PER_DAY, 60)
    return time(hours, rest)
