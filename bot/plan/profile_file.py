"""The profile file of `keel plan`: its schema, and how it becomes what the engines know.

Unknown fields and impossible values are refused by name. Lists that are left out mean "none": a file, other than a
conversation, is taken as complete.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, StrictBool, ValidationError

from agents.domain.exercises import EQUIPMENT
from agents.domain.profile import CookingSkill, DietType, FitnessLevel, Goal, LeisureActivity, Place, WorkActivity
from bot.plan.entries import NUMBER, Allergies, Day, Entry, Injuries, Pantry, WordList, Words, code, listed
from bot.plan.json_file import ProfileError, read_object, shown
from bot.plan.sentences import sentence

__all__ = ["ProfileError", "ProfileFile", "profile_from", "read_file", "schema"]

FAITHS: Final = ("halal", "kosher", "hindu", "jain")
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS_SENTENCE: Final = "use a number of days from 0 to 7, or a list of weekdays such as monday"
YEARS: Final = range(2000, 2101)
# Common names for what a person trains with, as codes of the table; a gym has it all.
EQUIPMENT_WORDS: Final = {
    "bodyweight": "none", "body_weight": "none", "dumbbell": "dumbbells", "kettlebells": "kettlebell",
    "resistance_band": "resistance_bands", "bands": "resistance_bands", "band": "resistance_bands",
    "machine": "machines", "cables": "cable", "cable_machine": "cable", "pullup_bar": "pull_up_bar",
    "pull_up": "pull_up_bar", "yoga_mat": "mat", "skipping_rope": "jump_rope", "stationary_bike": "bike",
    "bicycle": "bike", "rowing_machine": "rower", "plyo_box": "box", "barbells": "barbell",
}  # fmt: skip
WHOLE_GYM: Final = frozenset({"gym", "full_gym", "commercial_gym", "everything"})
# Rules of faith and low-FODMAP eating may also be told as a diet: 3.1 lists them together.
Diet = Literal[DietType, "halal", "kosher", "hindu", "jain", "low_fodmap"]


def _equipment(value: object) -> object:
    codes: list[str] = []
    for word in map(code, listed(value)):
        codes += sorted(EQUIPMENT) if word in WHOLE_GYM else [EQUIPMENT_WORDS.get(word, word)]
    if unknown := [word for word in codes if word not in EQUIPMENT and word != "none"]:
        raise ValueError(f"{shown(unknown[0])} is not equipment I know; use any of {', '.join(sorted(EQUIPMENT))}")
    return tuple(dict.fromkeys(word for word in codes if word != "none"))


def _workout_days(value: object) -> int | tuple[int, ...]:
    """A number of days, or the days themselves by name or number (Monday 0)."""
    if isinstance(value, list):
        return tuple(sorted({_weekday(entry) for entry in value}))
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value not in range(8):
        raise ValueError(f"{shown(value)} will not do, {DAYS_SENTENCE}")
    return int(value)


def _weekday(entry: object) -> int:
    if isinstance(entry, int) and not isinstance(entry, bool) and 0 <= entry <= 6:
        return entry
    word = entry.strip().casefold() if isinstance(entry, str) else ""
    found = next((number for number, day in enumerate(WEEKDAYS) if len(word) >= 3 and day.startswith(word)), None)
    if found is None:
        raise ValueError(f"{shown(entry)} will not do, {DAYS_SENTENCE}")
    return found


def _near(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError(f"{day} is too far away, use a year from {YEARS.start} to {YEARS.stop - 1}")
    return day


def _faiths(value: object) -> object:
    faiths = [code(word) for word in listed(value)]
    if unknown := [faith for faith in faiths if faith not in FAITHS]:
        raise ValueError(f"{shown(unknown[0])} is not a rule I know; use any of {', '.join(FAITHS)}")
    return faiths


Faiths = Annotated[
    tuple[str, ...],
    BeforeValidator(_faiths, json_schema_input_type=list[Words]),
    Field(description=f"any of {', '.join(FAITHS)}"),
]
Equipment = Annotated[
    tuple[str, ...],
    BeforeValidator(_equipment, json_schema_input_type=list[Words]),
    Field(description=f"any of none, gym, {', '.join(sorted(EQUIPMENT))}"),
]
WorkoutDays = Annotated[
    int | tuple[int, ...],
    PlainValidator(
        _workout_days,
        json_schema_input_type=Annotated[int, Field(ge=0, le=7)] | list[Words | Annotated[int, Field(ge=0, le=6)]],
    ),
    Field(description="days a week, or weekdays by name or number (Monday 0)"),
]


class ProfileFile(Entry):
    """A person as `keel plan` reads them. Only age, sex, height, weight and the goal must be there."""

    age: Annotated[int, Field(ge=0, le=120, description="years"), NUMBER]
    sex: Literal["male", "female", "other"]
    height_cm: Annotated[float, Field(ge=90, le=250), NUMBER]
    weight_kg: Annotated[float, Field(ge=20, le=400), NUMBER]
    target_weight_kg: Annotated[float, Field(ge=20, le=400), NUMBER] | None = None
    fitness_level: FitnessLevel = "beginner"
    primary_goal: Goal
    secondary_goal: Goal | None = None
    work_activity: WorkActivity | None = None
    leisure_activity: LeisureActivity | None = None
    diet_type: Diet | None = None
    allergies: Allergies = ()
    intolerances: Allergies = ()
    dislikes: WordList = ()
    religious: Faiths = ()
    max_prep_minutes: Annotated[int, Field(ge=1, le=480, description="for one meal"), NUMBER] | None = None
    budget_per_day: Annotated[float, Field(gt=0, le=1000, description="US dollars"), NUMBER] | None = None
    cooking_skill: CookingSkill | None = None
    meals_per_day: Annotated[int, Field(ge=2, le=8), NUMBER] | None = None
    equipment: Equipment | None = None
    location: Place | None = None
    workout_days: WorkoutDays | None = None
    workout_minutes: Annotated[int, Field(ge=15, le=180), NUMBER] | None = None
    injuries: Injuries = ()
    conditions: WordList = ()
    medications: WordList = ()
    pregnant: StrictBool = False
    cleared: Annotated[StrictBool, Field(description="a clinician allows up to moderate exercise")] = False
    modalities: WordList = ()
    pantry: Pantry = ()
    start_date: Annotated[Day, AfterValidator(_near)] | None = None


def read_file(path: Path) -> ProfileFile:
    """The profile in a JSON file. Raises ProfileError with one sentence."""
    return profile_from(read_object(path))


def profile_from(data: dict[str, Any]) -> ProfileFile:
    """The profile that this object tells. Raises ProfileError with one sentence that names each field."""
    try:
        return ProfileFile.model_validate(data)
    except ValidationError as error:
        raise ProfileError(sentence(error.errors(), ProfileFile.model_fields)) from None


def schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of the file. Every field that may be left out may also be null."""
    found: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    found |= ProfileFile.model_json_schema()
    for part in (found, *found["$defs"].values()):
        for name in part["properties"].keys() - set(part.get("required", ())):
            part["properties"][name] = _nullable(part["properties"][name])
    return found


def _nullable(part: dict[str, Any]) -> dict[str, Any]:
    choices = part.get("anyOf", [])
    if {"type": "null"} in choices:
        return part
    told = {key: part[key] for key in ("title", "description", "default") if key in part}
    alone = {key: value for key, value in part.items() if key not in told and key != "anyOf"}
    return told | {"anyOf": [*(choices or [alone]), {"type": "null"}]}
