"""The word lists of the intents, read once from the data files beside this module."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def book(name: str) -> dict[str, Any]:
    """The data file intents_<name>.json."""
    path = files("agents.understanding").joinpath(f"data/intents_{name}.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def words(name: str) -> frozenset[str]:
    """One list of intents_words.json."""
    return frozenset(book("words")[name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One list of intents_words.json, whose entries may be regex words, as "any of these, as whole words"."""
    return re.compile(r"\b(?:" + "|".join(book("words")[name]) + r")\b")
