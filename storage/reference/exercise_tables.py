"""The shipped table of exercises, read once into a domain `Library`.

exercises.json holds one object a line: names, cues and tags are our own (science.md T-30 closes the list of tags), MET
values follow science.md section 4. An absent `is_…` flag is false, an absent `easier` or `harder` means no variant.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from agents.domain.exercises import Exercise, Library

EXERCISES: Final = "exercises.json"
_LISTS: Final = ("uses", "tags", "loads", "equipment", "places", "primary_muscles", "secondary_muscles", "cues")


@cache
def library() -> Library:
    """The built-in exercises. The version is a short hash of the file; raises ValueError when the table is faulty."""
    text = files("storage.reference").joinpath(EXERCISES).read_text("utf-8")
    exercises = tuple(_exercise(entry) for entry in json.loads(text))
    return Library(version=hashlib.sha256(text.encode()).hexdigest()[:12], exercises=exercises)


def _exercise(entry: Mapping[str, Any]) -> Exercise:
    return Exercise(**{**entry, **{key: tuple(entry[key]) for key in _LISTS}})
