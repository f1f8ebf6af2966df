"""Names of exercises as people write them, and which of them are done with the body's own weight."""

import re
from functools import cache
from typing import Final

from agents.understanding import word_lists

LONGEST_NAME_WORDS: Final = 4
_WORD: Final = re.compile(r"[a-z][a-z'-]*")


@cache
def table() -> dict[str, dict[str, str]]:
    """{"loaded" | "bodyweight": {name as written: name as kept}} from the word list beside this file."""
    kinds: dict[str, dict[str, str]] = word_lists.book("exercises")
    return kinds


@cache
def names() -> dict[str, str]:
    """Every known spelling with the name it stands for."""
    kinds = table()
    return {**kinds["loaded"], **kinds["bodyweight"]}


def named_before(words: str) -> str | None:
    """The exercise in front of a set: a known name anywhere there, else the last few plain words."""
    tokens = [token for token in _WORD.findall(words) if token not in word_lists.words("set_fillers")]
    if not tokens:
        return None
    if known := _known(tokens):
        return known
    tail = tokens[-LONGEST_NAME_WORDS:]
    return " ".join(tail) if len(tokens) <= LONGEST_NAME_WORDS else None


def named_after(words: str) -> str | None:
    """A known exercise right behind a set ("3x10 push-ups")."""
    return _known([token for token in _WORD.findall(words)[:5] if token not in word_lists.words("set_fillers")])


def known_in(words: str) -> str | None:
    """The first known exercise in these words."""
    return _known(_WORD.findall(words))


def is_bodyweight(name: str | None) -> bool:
    """Whether this exercise is done without a load by default."""
    return name is not None and name in table()["bodyweight"].values()


def _known(tokens: list[str]) -> str | None:
    spellings = names()
    for size in range(min(LONGEST_NAME_WORDS, len(tokens)), 0, -1):
        for start in range(len(tokens) - size + 1):
            if (name := spellings.get(" ".join(tokens[start : start + size]))) is not None:
                return name
    return None
