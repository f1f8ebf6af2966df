"""The profile file of `keel plan`: its schema, and how it becomes what the engines know.

Unknown fields and impossible values are refused by name. Lists that are left out mean "none": a file, other than a
conversation, is taken as complete.
"""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from agents.domain.exercises import EQUIPMENT
from agents.domain.injuries import region_of
from agents.domain.profile import (
    CookingSkill,
    DietType,
    FitnessLevel,
    Goal,
    LeisureActivity,
    Place,
    Severity,
    WorkActivity,
)

LARGEST_FILE_BYTES = 1_000_000
FAITHS: Final = ("halal", "kosher", "hindu", "jain")
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Common names for what a person trains with, as codes of the table; a gym has it all.
EQUIPMENT_WORDS: Final = {
    "bodyweight": "none", "body_weight": "none", "dumbbell": "dumbbells", "kettlebells": "kettlebell",
    "resistance_band": "resistance_bands", "bands": "resistance_bands", "band": "resistance_bands",
    "machine": "machines", "cables": "cable", "cable_machine": "cable", "pullup_bar": "pull_up_bar",
    "pull_up": "pull_up_bar", "yoga_mat": "mat", "skipping_rope": "jump_rope", "stationary_bike": "bike",
    "bicycle": "bike", "rowing_machine": "rower", "plyo_box": "box", "barbells": "barbell",
}  # fmt: skip
WHOLE_GYM: Final = frozenset({"gym", "full_gym", "commercial_gym", "everything"})

Words = Annotated[str, Field(min_length=1, max_length=120)]


class ProfileError(Exception):
    """The file cannot be used; the sentence names each field and what is wrong with it."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class AllergyEntry(_Entry):
    """An allergy or intolerance. An unknown severity counts as severe."""

    name: Words
    severity: Literal["mild", "moderate", "severe", "anaphylaxis"] | None = None


class InjuryEntry(_Entry):
    """A hurt region of science.md T-31. An unknown severity counts as moderate."""

    region: Words
    severity: Severity | None = None

    @field_validator("region")
    @classmethod
    def _known(cls, region: str) -> str:
        if region_of(region) is None:
            raise ValueError("not a region I know; use knee, back, shoulder, wrist, elbow, ankle, hip, neck or hernia")
        return region


class PantryEntry(_Entry):
    """A food at home. Without `grams` a usual pack is meant."""

    food: Words
    grams: Annotated[float, Field(gt=0, le=100_000)] | None = None
    expires_on: date | None = None


def _listed(value: object) -> object:
    """One thing is a list of one; nothing is an empty list."""
    if value is None:
        return []
    return [value] if isinstance(value, (str, dict)) else value


def _entries(value: object) -> object:
    return [{"name": entry} if isinstance(entry, str) else entry for entry in _as_list(_listed(value))]


def _pantry(value: object) -> object:
    if isinstance(value, dict) and "food" not in value:
        return [{"food": food, "grams": grams} for food, grams in value.items()]
    return [{"food": entry} if isinstance(entry, str) else entry for entry in _as_list(_listed(value))]


def _injuries(value: object) -> object:
    return [{"region": entry} if isinstance(entry, str) else entry for entry in _as_list(_listed(value))]


def _as_list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("should be a list")  # noqa: TRY004 — pydantic turns ValueError into its own
    return value


def _code(word: str) -> str:
    return word.strip().casefold().replace("-", "_").replace(" ", "_")


def _equipment(value: object) -> object:
    if value is None:
        return None
    codes: list[str] = []
    for word in _as_list(_listed(value)):
        code = _code(str(word))
        codes += sorted(EQUIPMENT) if code in WHOLE_GYM else [EQUIPMENT_WORDS.get(code, code)]
    if unknown := [code for code in codes if code not in EQUIPMENT and code != "none"]:
        raise ValueError(f"{unknown[0]!r} is not equipment I know; use any of {', '.join(sorted(EQUIPMENT))}")
    return tuple(dict.fromkeys(code for code in codes if code != "none"))


def _workout_days(value: object) -> object:
    """A number of days, or the days themselves by name or number (Monday 0)."""
    if not isinstance(value, list):
        return value
    named = [_weekday(entry) for entry in value]
    days = [WEEKDAYS.index(day) if day is not None else entry for day, entry in zip(named, value, strict=True)]
    if any(not isinstance(day, int) or isinstance(day, bool) or not 0 <= day <= 6 for day in days):
        raise ValueError("use a number of days from 0 to 7, or a list of weekdays such as monday")
    return sorted(set(days))


def _weekday(entry: object) -> str | None:
    word = entry.strip().casefold() if isinstance(entry, str) else ""
    return next((day for day in WEEKDAYS if len(word) >= 3 and day.startswith(word)), None)


def _faiths(value: object) -> object:
    faiths = [_code(word) for word in _as_list(_listed(value)) if isinstance(word, str)]
    unknown = [faith for faith in faiths if faith not in FAITHS and faith != "none"]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not a rule I know; use any of {', '.join(FAITHS)}")
    return [faith for faith in faiths if faith != "none"]


WordList = Annotated[tuple[Words, ...], BeforeValidator(_listed), Field(max_length=40)]
Allergies = Annotated[tuple[AllergyEntry, ...], BeforeValidator(_entries), Field(max_length=40)]

Faiths = Annotated[tuple[str, ...], BeforeValidator(_faiths), Field(description=f"any of {', '.join(FAITHS)}")]
Equipment = Annotated[
    tuple[str, ...] | None,
    BeforeValidator(_equipment),
    Field(description=f"any of none, gym, {', '.join(sorted(EQUIPMENT))}"),
]


class ProfileFile(_Entry):
    """A person as `keel plan` reads them. Only age, sex, height, weight and the goal must be there."""

    age: Annotated[int, Field(ge=0, le=120, description="years")]
    sex: Literal["male", "female", "other"]
    height_cm: Annotated[float, Field(ge=90, le=250)]
    weight_kg: Annotated[float, Field(ge=20, le=400)]
    target_weight_kg: Annotated[float, Field(ge=20, le=400)] | None = None
    fitness_level: FitnessLevel = "beginner"
    primary_goal: Goal
    secondary_goal: Goal | None = None
    work_activity: WorkActivity | None = None
    leisure_activity: LeisureActivity | None = None
    diet_type: DietType | None = None
    allergies: Allergies = ()
    intolerances: Allergies = ()
    dislikes: WordList = ()
    religious: Annotated[
        tuple[str, ...], BeforeValidator(_faiths), Field(description=f"any of {', '.join(FAITHS)}")
    ] = ()
    max_prep_minutes: Annotated[int, Field(ge=1, le=480, description="for one meal")] | None = None
    budget_per_day: Annotated[float, Field(gt=0, le=1000, description="US dollars")] | None = None
    cooking_skill: CookingSkill | None = None
    meals_per_day: Annotated[int, Field(ge=2, le=8)] | None = None
    equipment: Annotated[
        tuple[str, ...] | None,
        BeforeValidator(_equipment),
        Field(description=f"any of none, {', '.join(sorted(EQUIPMENT))}"),
    ] = None
    location: Place | None = None
    workout_days: Annotated[
        Annotated[int, Field(ge=0, le=7)] | list[int] | None,
        BeforeValidator(_workout_days),
        Field(description="days a week, or weekdays by name or number (Monday 0)"),
    ] = None
    workout_minutes: Annotated[int, Field(ge=10, le=180)] | None = None
    injuries: Annotated[tuple[InjuryEntry, ...], BeforeValidator(_injuries), Field(max_length=20)] = ()
    conditions: WordList = ()
    medications: WordList = ()
    pregnant: bool = False
    cleared: Annotated[bool, Field(description="a clinician allows up to moderate exercise")] = False
    modalities: WordList = ()
    pantry: Annotated[tuple[PantryEntry, ...], BeforeValidator(_pantry), Field(max_length=200)] = ()
    start_date: date | None = None


def read_file(path: Path) -> ProfileFile:
    """The profile in a JSON file. Raises ProfileError with one sentence a problem."""
    try:
        text = path.read_bytes()[: LARGEST_FILE_BYTES + 1]
    except OSError as error:
        raise ProfileError(f"I cannot read {path}: {(error.strerror or 'it is not there').lower()}.") from None
    if len(text) > LARGEST_FILE_BYTES:
        raise ProfileError(f"{path} is larger than a profile can be (1 MB).")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProfileError(f"{path} is not JSON: {error}.") from None
    if not isinstance(data, dict):
        raise ProfileError(f"{path} should hold one JSON object with the fields of a profile.")
    try:
        return ProfileFile.model_validate(data)
    except ValidationError as error:
        raise ProfileError("; ".join(_sentence(found) for found in error.errors())) from None


def _sentence(found: ErrorDetails) -> str:
    """One problem: the field's name first."""
    name = ".".join(str(part) for part in found["loc"] if part not in ("int", "list[int]"))
    if found["type"] == "extra_forbidden":
        return f"{name}: I do not know this field (keel plan --schema lists them)"
    if found["type"] == "missing":
        return f"{name}: this field is needed"
    return f"{name}: {found['msg'].removeprefix('Value error, ')}"
