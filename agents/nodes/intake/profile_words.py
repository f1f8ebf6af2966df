"""The profile in words: what is shown at the review, by /profile and in a diff."""

from collections.abc import Callable
from datetime import time

from agents.domain.profile import Profile
from agents.domain.safety.conditions import PLACED
from agents.domain.zones import zone_words

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
KG_PER_LB = 0.45359237
CM_PER_INCH = 2.54


def weight_words(kg: float | None, units: str) -> str:
    """A weight in the person's units."""
    if kg is None:
        return "not known"
    return f"{kg / KG_PER_LB:.1f} lb" if units == "imperial" else f"{kg:.1f} kg"


def height_words(cm: float | None, units: str) -> str:
    """A height in the person's units."""
    if cm is None:
        return "not known"
    if units != "imperial":
        return f"{cm:.0f} cm"
    feet, inches = divmod(round(cm / CM_PER_INCH), 12)
    return f"{feet} ft {inches} in"


def days_words(days: tuple[int, ...] | None) -> str:
    """Weekdays by short name."""
    return ", ".join(_DAYS[day] for day in sorted(days)) if days else "not known"


def _plain(code: str | None) -> str:
    return code.removesuffix(PLACED).replace("_", " ") if code else "not known"


def _listed(codes: tuple[str, ...] | None) -> str:
    if codes is None:
        return "not asked yet"
    return ", ".join(_plain(code) for code in codes) or "none"


def _restrictions(profile: Profile, *kinds: str) -> str:
    found = [r for r in profile.restrictions if r.kind in kinds]
    words = [_plain(r.code) + (f" ({r.severity})" if r.severity else "") for r in found]
    if not words and "allergy" in kinds and not profile.allergies_asked:
        return "not asked yet"
    return ", ".join(words) or "none"


def _injuries(profile: Profile) -> str:
    if profile.injuries is None:
        return "not asked yet"
    words = [
        " ".join(filter(None, (i.side, _plain(i.region)))) + f" ({i.severity or 'treated as moderate'})"
        for i in profile.injuries
    ]
    return ", ".join(words) or "none"


def _clock(at: time | None) -> str:
    return at.strftime("%H:%M") if at else "not set"


def _goal(profile: Profile) -> str:
    words = _plain(profile.primary_goal)
    if profile.target_weight_kg:
        words += f", towards {weight_words(profile.target_weight_kg, profile.units)}"
    return words


def _scale(value: int | None) -> str:
    return f"{value} of 10" if value is not None else "not set"


def _clearance(profile: Profile) -> str:
    if profile.clearance is None:
        return "no"
    ends = profile.clearance.expires_on
    return f"up to {profile.clearance.up_to}" + (f" until {ends:%d %b %Y}" if ends else "")


_ACTIVITY = {
    "very_light": "very light",
    "light": "light",
    "moderate": "moderate",
    "heavy": "heavy",
    "active": "active",
    "very_active": "very active",
}


_YES_NO = {True: "yes", False: "no", None: "not known"}
_ROWS: tuple[tuple[str, Callable[[Profile], str]], ...] = (
    ("Name", lambda p: p.name or "not known"),
    ("Age", lambda p: str(p.age) if p.age is not None else "not known"),
    ("Sex (for energy only)", lambda p: _plain(p.sex)),
    ("Height", lambda p: height_words(p.height_cm, p.units)),
    ("Weight", lambda p: weight_words(p.weight_kg, p.units)),
    ("Goal", _goal),
    ("Second goal", lambda p: _plain(p.secondary_goal) if p.secondary_goal else "none"),
    ("Experience", lambda p: _plain(p.fitness_level)),
    ("Regular exercise", lambda p: _YES_NO[p.regular_exercise]),
    ("Work", lambda p: _ACTIVITY.get(p.work_activity or "", "not known")),
    ("Free time", lambda p: _ACTIVITY.get(p.leisure_activity or "", "not known")),
    ("Conditions", lambda p: _listed(p.conditions)),
    ("Signs", lambda p: _listed(p.symptoms)),
    ("Medicines", lambda p: _listed(p.medications)),
    ("Cleared by a clinician", _clearance),
    ("Injuries", _injuries),
    ("Allergies", lambda p: _restrictions(p, "allergy")),
    ("Intolerances", lambda p: _restrictions(p, "intolerance")),
    ("Diet", lambda p: _plain(p.diet_type)),
    ("Rules and dislikes", lambda p: _restrictions(p, "religious", "exclusion", "dislike")),
    ("Meals a day", lambda p: str(p.meals_per_day) if p.meals_per_day else "not set"),
    ("Cooking time", lambda p: f"up to {p.max_prep_minutes} min" if p.max_prep_minutes else "not set"),
    ("Meals", lambda p: " · ".join(f"{_plain(m.slot)} {_clock(m.at)}" for m in p.meal_times) or "not set"),
    ("Training days", lambda p: days_words(p.workout_days)),
    ("Training time", lambda p: f"{_clock(p.workout_time)}" if p.workout_time else "not set"),
    ("Session length", lambda p: f"{p.workout_minutes} min" if p.workout_minutes else "not set"),
    ("Preferred training", lambda p: _listed(p.modalities)),
    ("Place", lambda p: _plain(p.location)),
    ("Equipment", lambda p: _listed(p.equipment)),
    ("Water reminders", lambda p: {True: "yes", False: "no", None: "not set"}[p.water_reminders]),
    ("Energy", lambda p: _scale(p.energy_level)),
    ("Stress", lambda p: _scale(p.stress_level)),
    ("Sleep quality", lambda p: _scale(p.sleep_quality)),
    ("Gets up", lambda p: _clock(p.wake_time)),
    ("Goes to bed", lambda p: _clock(p.bed_time)),
    ("Morning brief", lambda p: _clock(p.morning_brief_time)),
    ("Evening check-in", lambda p: _clock(p.evening_checkin_time)),
    ("Time zone", lambda p: zone_words(p.timezone)),
    ("Units", lambda p: p.units),
)


def rows(profile: Profile) -> tuple[tuple[str, str], ...]:
    """(what, value) pairs in a reading order."""
    return tuple((name, words(profile)) for name, words in _ROWS)


def diff(before: Profile, after: Profile) -> tuple[tuple[str, str, str], ...]:
    """(what, before, after) for every row that reads differently."""
    pairs = zip(rows(before), rows(after), strict=True)
    return tuple((name, old, new) for (name, old), (_, new) in pairs if old != new)
