"""The entries of a profile file's lists, and how a list is read: each entry a word, or an object that says more."""

import re
from datetime import date
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from agents.domain.injuries import REGION_TAGS, region_of
from agents.domain.profile import AllergySeverity, Severity
from bot.plan.json_file import shown

NOTHING: Final = frozenset({"none", "no", "nothing", "n/a", "nil"})
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")

Words = Annotated[str, Field(min_length=1, max_length=120)]


def number(value: object) -> object:
    """A JSON number; JSON's true and "30" are none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{shown(value)} should be a number, without quotes")  # noqa: TRY004 — pydantic turns ValueError into its own
    return value


def _day(value: object) -> object:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError(f"{shown(value)} should be a date such as 2026-03-02")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"there is no {value} in the calendar") from None


Day = Annotated[date, BeforeValidator(_day)]
NUMBER: Final = BeforeValidator(number)  # stands last, or the schema would lose the limits before it


class Entry(BaseModel):
    """A frozen object that knows all its fields; null is the same as left out."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if value is not None or name not in cls.model_fields}


class AllergyEntry(Entry):
    """An allergy or intolerance. An unknown severity counts as severe."""

    name: Words
    severity: AllergySeverity | None = None


class InjuryEntry(Entry):
    """A hurt region. An unknown severity counts as moderate."""

    region: Words
    severity: Severity | None = None

    @field_validator("region")
    @classmethod
    def _known(cls, region: str) -> str:
        if region_of(region) is None:
            raise ValueError(f"{shown(region)} is not a region I know; use any of {', '.join(REGION_TAGS)}")
        return region


class PantryEntry(Entry):
    """A food at home. Without `grams` a usual pack is meant."""

    food: Words
    grams: Annotated[float, Field(gt=0, le=100_000), NUMBER] | None = None
    expires_on: Day | None = None


def is_nothing(word: object) -> bool:
    """Whether an entry only says that there is none."""
    return isinstance(word, str) and word.strip().casefold() in NOTHING


def listed(value: object) -> list[object]:
    """A list without the entries that say "none". Raises ValueError for anything else."""
    if not isinstance(value, list):
        raise ValueError(f"{shown(value)} should be a list, in square brackets")  # noqa: TRY004 — pydantic turns ValueError into its own
    return [entry for entry in value if not is_nothing(entry)]


def code(word: object) -> str:
    """A word as the tables write it. Raises ValueError for what is no text."""
    if not isinstance(word, str):
        raise ValueError(f"{shown(word)} should be text in quotes")  # noqa: TRY004 — pydantic turns ValueError into its own
    return word.strip().casefold().replace("-", "_").replace(" ", "_")


def _reader(key: str, shape: object) -> BeforeValidator:
    """Reads a word as an object with this key alone; `shape` is what a file may hold, for the schema."""

    def read(value: object) -> object:
        return [{key: entry} if isinstance(entry, str) else entry for entry in listed(value)]

    return BeforeValidator(read, json_schema_input_type=shape)


def _pantry(value: object) -> object:
    """A list of foods, or one object of foods and grams."""
    if isinstance(value, dict):
        return [{"food": food, "grams": grams} for food, grams in value.items()]
    return [{"food": entry} if isinstance(entry, str) else entry for entry in listed(value)]


WordList = Annotated[
    tuple[Words, ...],
    Field(max_length=40),
    BeforeValidator(listed, json_schema_input_type=Annotated[list[Words], Field(max_length=40)]),
]
Allergies = Annotated[
    tuple[AllergyEntry, ...],
    Field(max_length=40),
    _reader("name", Annotated[list[Words | AllergyEntry], Field(max_length=40)]),
]
Injuries = Annotated[
    tuple[InjuryEntry, ...],
    Field(max_length=20),
    _reader("region", Annotated[list[Words | InjuryEntry], Field(max_length=20)]),
]
Pantry = Annotated[
    tuple[PantryEntry, ...],
    Field(max_length=200),
    BeforeValidator(
        _pantry,
        json_schema_input_type=Annotated[list[Words | PantryEntry], Field(max_length=200)]
        | dict[Words, Annotated[float, Field(gt=0, le=100_000)] | None],
    ),
]
