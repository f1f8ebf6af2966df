"""What is wrong with a profile, in sentences: the field first, then what to write instead."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from pydantic_core import ErrorDetails

from bot.plan.json_file import named, shown

MOST_TOLD: Final = 5
SCHEMA: Final = "keel plan --schema lists them"
# By the type of pydantic's error; the braces are the value and pydantic's own limits.
TOLD: Final = {
    "missing": "this field is needed",
    "greater_than_equal": "{value} is too small, the least is {ge}",
    "less_than_equal": "{value} is too large, the most is {le}",
    "greater_than": "{value} is too small, it must be more than {gt}",
    "literal_error": "{value} is not a word I know here; use {expected}",
    "int_from_float": "{value} should be a whole number",
    "bool_type": "{value} should be true or false, without quotes",
    "string_type": "{value} should be text in quotes",
    "string_too_short": "this text is empty",
    "string_too_long": "this text is longer than {max_length} characters",
    "string_unicode": "here is half a character that no text can hold",
    "too_long": "these are more than {max_length} entries",
    "model_type": "{value} should be a word in quotes, or an object (" + SCHEMA + ")",
    "value_error": "{error}",
}


def sentence(problems: Iterable[ErrorDetails], fields: Iterable[str]) -> str:
    """All problems in one line; of many only the first."""
    known = list(fields)
    told = [f"{_place(found)}: {_problem(found, known)}" for found in problems]
    more = [f"and {len(told) - MOST_TOLD} more"] if len(told) > MOST_TOLD else []
    return "; ".join((*told[:MOST_TOLD], *more))


def _place(found: ErrorDetails) -> str:
    """ "injuries.0.region" """
    if not found["loc"]:
        return "the name of a field"
    return ".".join(named(part) if isinstance(part, str) else str(part) for part in found["loc"])


def _problem(found: ErrorDetails, known: list[str]) -> str:
    if found["type"] == "extra_forbidden":
        return _unknown_field(found["loc"], known)
    text = TOLD.get(found["type"], "{problem}")
    limits = {name: f"{limit:g}" if isinstance(limit, float) else limit for name, limit in found.get("ctx", {}).items()}
    return text.format(value=shown(found["input"]), problem=found["msg"], **limits)


def _unknown_field(place: tuple[int | str, ...], known: list[str]) -> str:
    near = get_close_matches(str(place[0]), known, n=1) if len(place) == 1 else []
    return f"I do not know this field; did you mean {near[0]}?" if near else f"I do not know this field ({SCHEMA})"
