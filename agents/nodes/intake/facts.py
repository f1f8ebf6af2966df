"""Facts become a new profile: one place that knows what each kind of fact changes."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from agents.domain.profile import Clearance, Injury, MealTime, Profile, Restriction
from agents.domain.safety import clearance_after
from agents.schemas import Fact

ASK_BACK_BELOW = 0.60
CLEARANCE_HOLDS = timedelta(days=365)  # science.md S-107: at most 12 months
SAFETY_FIELDS = frozenset(
    {"condition", "symptom", "medication", "injury", "allergy", "intolerance", "pregnancy_week", "religious"}
)
_RESTRICTION_FIELDS = frozenset({"allergy", "intolerance", "dislike", "religious", "exclusion"})
_LIST_FIELDS = {
    "condition": "conditions",
    "symptom": "symptoms",
    "medication": "medications",
    "equipment": "equipment",
    "cuisine": "cuisines",
    "modality": "modalities",
}
# Which onboarding question a fact answers, where the names differ.
QUESTION_OF_FIELD = {
    **_LIST_FIELDS,
    "birth_date": "age",
    "injury": "injuries",
    "allergy": "allergies",
    "dislike": "dislikes",
    "religious": "dislikes",
    "exclusion": "dislikes",
    "meal_time": "meal_times",
    "target_change_kg": "target_weight_kg",
    "workout_days_count": "workout_days",
    "water_target_ml": "water_reminders",
    "pregnancy_week": "pregnancy",
    "country": "timezone",
}
_SPREAD = {1: (2,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4), 6: (0, 1, 2, 3, 4, 5)}


@dataclass(frozen=True, slots=True)
class Applied:
    """The profile after the facts, the facts that changed it, and those that were refused as contradictory.

    `ends_clearance`: what was said is new since the clinician's yes on file, which no longer counts (science.md S-107).
    """

    profile: Profile
    taken: tuple[Fact, ...] = ()
    kept_back: tuple[Fact, ...] = ()  # "no allergies" while some are on file: lifting one needs its name
    ends_clearance: bool = False


def sure(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts that may be used; what was only half said is asked back first (data-model 4.9)."""
    return tuple(fact for fact in facts if fact.confidence >= ASK_BACK_BELOW)


def question_of(fact: Fact) -> str:
    """The onboarding question this fact answers."""
    if fact.field == "condition" and fact.value in ("pregnancy", "postpartum", "breastfeeding"):
        return "pregnancy"
    return QUESTION_OF_FIELD.get(fact.field, fact.field)


def apply(profile: Profile, facts: tuple[Fact, ...], today: date, source: str = "message") -> Applied:
    """Apply facts in order; each field notes where it came from."""
    before = profile
    taken: list[Fact] = []
    kept_back: list[Fact] = []
    for fact in sure(facts):
        after = _with(profile, fact, today)
        if after is None:
            kept_back.append(fact)
            continue
        taken.append(fact)
        name = QUESTION_OF_FIELD.get(fact.field, fact.field)
        profile = replace(after, field_sources={**after.field_sources, name: source})
    standing = clearance_after(before, profile)
    is_ended = profile.clearance is not None and standing is None
    return Applied(replace(profile, clearance=standing), tuple(taken), tuple(kept_back), is_ended)


def _with(profile: Profile, fact: Fact, today: date) -> Profile | None:
    """The profile with one fact, or None when it may not be applied."""
    if fact.field in _RESTRICTION_FIELDS:
        return _with_restriction(profile, fact)
    if fact.field == "injury":
        return _with_injury(profile, fact)
    if fact.field in _LIST_FIELDS:
        return _with_listed(profile, fact)
    return _with_single(profile, fact, today)


def _with_restriction(profile: Profile, fact: Fact) -> Profile | None:
    same_kind = [r for r in profile.restrictions if r.kind == fact.field]
    if fact.op == "none":
        if same_kind and fact.field in ("allergy", "intolerance", "religious"):
            return None
        profile = replace(profile, restrictions=tuple(r for r in profile.restrictions if r.kind != fact.field))
        sources = {**profile.field_sources, "allergies_asked": "message"}
        return replace(profile, allergies_asked=True, field_sources=sources) if fact.field == "allergy" else profile
    wanted = fact.value if isinstance(fact.value, Restriction) else Restriction("dislike", str(fact.value))
    others = tuple(r for r in profile.restrictions if (r.kind, r.code) != (wanted.kind, wanted.code))
    if fact.op == "remove":
        return replace(profile, restrictions=tuple(r for r in others if r.code != wanted.code))
    known = next((r for r in profile.restrictions if (r.kind, r.code) == (wanted.kind, wanted.code)), None)
    if known and wanted.severity is None:
        wanted = replace(wanted, severity=known.severity)
    return replace(profile, restrictions=(*others, wanted))


def _with_injury(profile: Profile, fact: Fact) -> Profile | None:
    known = profile.injuries or ()
    if fact.op == "none":
        return replace(profile, injuries=()) if not known else None
    if not isinstance(fact.value, Injury):
        return None
    others = tuple(i for i in known if (i.region, i.side) != (fact.value.region, fact.value.side))
    if fact.op == "remove":
        return replace(profile, injuries=tuple(i for i in known if i.region != fact.value.region))
    return replace(profile, injuries=(*others, fact.value))


def _with_listed(profile: Profile, fact: Fact) -> Profile | None:
    name = _LIST_FIELDS[fact.field]
    known: tuple[str, ...] = getattr(profile, name) or ()
    if fact.op == "none":
        if known and fact.field in SAFETY_FIELDS:
            return None
        return _changed(profile, name, ())
    value = str(fact.value)
    without = tuple(v for v in known if v != value)
    return _changed(profile, name, without if fact.op == "remove" else (*without, value))


def _with_single(profile: Profile, fact: Fact, today: date) -> Profile | None:
    value: Any = fact.value
    if fact.field == "target_change_kg":
        return replace(profile, target_weight_kg=round(profile.weight_kg + value, 1)) if profile.weight_kg else None
    if fact.field == "workout_days_count":
        return replace(profile, workout_days=_SPREAD[max(1, min(6, int(value)))])
    if fact.field == "meal_time" and isinstance(value, MealTime):
        others = tuple(m for m in profile.meal_times if m.slot != value.slot)
        return replace(profile, meal_times=tuple(sorted((*others, value), key=lambda m: m.at)))
    if fact.op == "remove" and fact.field == "diet_type":
        return replace(profile, diet_type="omnivore") if profile.diet_type == value else None
    if fact.op in ("remove", "none"):
        return _changed(profile, fact.field, None) if fact.field not in ("sex", "units", "timezone") else None
    return _with_derived(profile, fact, today)


def _with_derived(profile: Profile, fact: Fact, today: date) -> Profile:
    """A plain value, with the field that follows from it."""
    value: Any = fact.value
    if fact.field == "birth_date":
        return replace(profile, birth_date=value, age=age_on(value, today))
    if fact.field == "age":
        return replace(profile, age=int(value), birth_date=None)
    if fact.field == "clearance":
        return replace(profile, clearance=Clearance(value, today + CLEARANCE_HOLDS))
    if fact.field == "water_target_ml":
        return replace(profile, water_target_ml=int(value), water_reminders=profile.water_reminders is not False)
    return _changed(profile, fact.field, value)


def _changed(profile: Profile, name: str, value: object) -> Profile:
    return replace(profile, **{name: value})  # type: ignore[arg-type]  # understanding typed the value by its field


def age_on(birth: date, today: date) -> int:
    """Whole years from birth to today."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def is_safety_relevant(fact: Fact) -> bool:
    """Whether waiting for a tap would leave a danger: such facts are applied at once and told (science.md R-6)."""
    return fact.field in SAFETY_FIELDS and fact.op == "add"
