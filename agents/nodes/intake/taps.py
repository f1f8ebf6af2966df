"""What a tapped onboarding button means: the same typed facts that words would give."""

from collections.abc import Callable
from datetime import time

from agents.domain.onboarding import suggested_meal_times
from agents.domain.profile import Injury, Profile, Restriction
from agents.domain.safety.conditions import PLACED, unknown_conditions
from agents.schemas import Fact, ProfileField

_NUMBERS: dict[str, ProfileField] = {
    "meals_per_day": "meals_per_day",
    "workout_minutes": "workout_minutes",
    "energy_level": "energy_level",
    "stress_level": "stress_level",
    "sleep_quality": "sleep_quality",
}
_CLOCKS: dict[str, ProfileField] = {
    "workout_time": "workout_time",
    "wake_time": "wake_time",
    "bed_time": "bed_time",
    "morning_brief_time": "morning_brief_time",
    "evening_checkin_time": "evening_checkin_time",
}
_WORDS: dict[str, ProfileField] = {
    "fitness_level": "fitness_level",
    "sex": "sex",
    "work_activity": "work_activity",
    "leisure_activity": "leisure_activity",
    "primary_goal": "primary_goal",
    "location": "location",
    "diet_type": "diet_type",
}
_LISTS: dict[str, ProfileField] = {"conditions": "condition", "symptoms": "symptom", "medications": "medication"}
_DAY_SETS = {"mon_wed_fri": (0, 2, 4), "tue_thu_sat": (1, 3, 5), "mon_thu": (0, 3), "weekdays": (0, 1, 2, 3, 4)}
_KITS = {
    "dumbbells": ("dumbbells",),
    "resistance_bands": ("resistance_bands",),
    "home_set": ("dumbbells", "bench", "resistance_bands", "mat"),
}
_ALLERGY_GROUPS = {"shellfish": ("crustacean", "mollusc"), "gluten": ("gluten", "wheat")}
Builder = Callable[[str, Profile], tuple[Fact, ...]]
ANY_PREP_MINUTES = 120  # "any" still keeps out day-long cooking


def facts_of_tap(code: str, data: str, profile: Profile) -> tuple[Fact, ...]:
    """The facts behind one option of one question; () where the option says nothing about the person."""
    if code in _WORDS:
        return (Fact(_WORDS[code], data, data),)
    if code in _NUMBERS:
        return (Fact(_NUMBERS[code], int(data), data),) if data.isdecimal() else ()
    if code in _CLOCKS:
        return () if data == "no" else (Fact(_CLOCKS[code], time.fromisoformat(data), data),)
    if code in _LISTS:
        return _listed(_LISTS[code], data, getattr(profile, code))
    return _special(code, data, profile)


def _listed(field: ProfileField, data: str, known: tuple[str, ...] | None) -> tuple[Fact, ...]:
    if data == "none":
        return () if known else (Fact(field, "", data, op="none"),)
    return (Fact(field, data, data, op="add"),)


def _special(code: str, data: str, profile: Profile) -> tuple[Fact, ...]:
    build = _SPECIAL.get(code)
    return build(data, profile) if build else ()


def _yes_no(field: ProfileField) -> Builder:
    return lambda data, _profile: (Fact(field, data == "yes", data),)


def _pregnancy(data: str, _profile: Profile) -> tuple[Fact, ...]:
    return () if data == "no" else (Fact("condition", data, data, op="add"),)


def _condition_kind(data: str, profile: Profile) -> tuple[Fact, ...]:
    """What an unknown condition concerns; "unsure" leaves the question open for a clinician (science.md S-103)."""
    if data == "unsure":
        return ()
    facts = [] if data == "none" else [Fact("condition", data, data, op="add")]
    for entry in unknown_conditions(profile):
        facts += [Fact("condition", entry, data, op="remove"), Fact("condition", entry + PLACED, data, op="add")]
    return tuple(facts)


def _equipment(data: str, _profile: Profile) -> tuple[Fact, ...]:
    if data not in _KITS:
        return (Fact("equipment", "", data, op="none"),)
    return tuple(Fact("equipment", item, data, op="add") for item in _KITS[data])


def _prep(data: str, _profile: Profile) -> tuple[Fact, ...]:
    return (Fact("max_prep_minutes", int(data) if data.isdecimal() else ANY_PREP_MINUTES, data),)


def _days(data: str, _profile: Profile) -> tuple[Fact, ...]:
    return (Fact("workout_days", _DAY_SETS[data], data),) if data in _DAY_SETS else ()


def _meal_times(data: str, profile: Profile) -> tuple[Fact, ...]:
    return tuple(Fact("meal_time", meal, data, op="add") for meal in suggested_meal_times(profile.meals_per_day))


def _zone(data: str, profile: Profile) -> tuple[Fact, ...]:
    return (Fact("timezone", profile.timezone, data),)


def _injury(data: str, profile: Profile) -> tuple[Fact, ...]:
    if data == "none":
        return () if profile.injuries else (Fact("injury", "", data, op="none"),)
    return (Fact("injury", Injury(data), data, op="add"),)


def _allergy(data: str, profile: Profile) -> tuple[Fact, ...]:
    if data == "none":
        return () if profile.allergies else (Fact("allergy", "", data, op="none"),)
    codes = _ALLERGY_GROUPS.get(data, (data,))
    return tuple(Fact("allergy", Restriction("allergy", code, None, data), data, op="add") for code in codes)


_SPECIAL: dict[str, Builder] = {
    "regular_exercise": _yes_no("regular_exercise"),
    "water_reminders": _yes_no("water_reminders"),
    "pregnancy": _pregnancy,
    "condition_kind": _condition_kind,
    "injuries": _injury,
    "allergies": _allergy,
    "equipment": _equipment,
    "max_prep_minutes": _prep,
    "workout_days": _days,
    "meal_times": _meal_times,
    "timezone": _zone,
}
