"""How people type: "u", "2day", "w the walk", "lol". One table of short forms, one of words that mean nothing."""

import re
from functools import cache
from typing import Final

from agents.understanding.lexicon import table

_LETTERS: Final = re.compile(
    r"\br(?= (?:u|you|we|they|my|there|these|those)\b)|(?<![\d/]) w/?(?= (?!\d)[a-z])|\bcos\b(?! lettuce)"
)
_SPELLED_OUT: Final = {"r": "are", "w": "with", "w/": "with", "cos": "because"}


def spelled_out(said: str) -> str:
    """Lower-case words with their short forms spelled out: "wat r u doin 2day" is "what are you doing today"."""
    if _LETTERS.search(said):
        said = _LETTERS.sub(_letter, said)
    return _pattern().sub(lambda match: words()[match[0]], said) if _pattern().search(said) else said


@cache
def words() -> dict[str, str]:
    """Short form -> words."""
    forms: dict[str, str] = table("chat")["words"]  # type: ignore[assignment]  # this table maps to a word, not a list
    return forms


@cache
def fillers() -> frozenset[str]:
    """Words that say nothing about anything: "lol", "tbh", "thx"."""
    return frozenset(table("chat")["fillers"])


@cache
def filler_pattern() -> str:
    """The same as the inside of a regular expression, laughter of any length included."""
    return "|".join((*sorted(fillers(), key=len, reverse=True), r"(?:ha){2,}h?", r"(?:he){2,}", r"lo+l", r"x{2,}"))


def _letter(match: re.Match[str]) -> str:
    found = match[0]
    return (" " if found[0] == " " else "") + _SPELLED_OUT[found.strip()]


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(words(), key=len, reverse=True)
    return re.compile(r"(?<![\w.'/])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w'/]|\.\w)")
