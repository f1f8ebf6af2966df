"""The names that are known of a person, found in any spelling of case and accents."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

NAME: Final = "[name]"
_GAPS: Final = re.compile(r"[\s,/|()]+")
_EDGES: Final = "-'’._"


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with a mark for every part of every name; what is joined to a part by a letter is another word."""
    parts = sorted({part for name in names for part in _parts(name)}, key=lambda part: (-len(part), part))
    if not parts:
        return text
    spans = [match.span() for match in re.finditer("|".join(map(_whole, parts)), _folded(text))]
    for start, end in reversed(spans):
        text = text[:start] + NAME + text[end:]
    return text


def _parts(name: str) -> list[str]:
    """First and last name apart; a single letter only where the script writes whole words with one."""
    found = [part.strip(_EDGES) for part in _GAPS.split(_folded(name))]
    return [part for part in found if len(part) > 1 or (part.isalpha() and not _has_case(part))]


def _whole(part: str) -> str:
    """The part as a whole word; scripts without capital letters may put no space around it."""
    pattern = re.escape(part)
    return rf"(?<![^\W_]){pattern}(?![^\W_])" if _has_case(part) or part.isdigit() else pattern


def _has_case(part: str) -> bool:
    return part.upper() != part.lower()


def _folded(text: str) -> str:
    """Lower case without accents, letter for letter, so that every place stays what it was."""
    return "".join(map(_fold, text))


@lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)[:1].lower()
    return plain if len(plain) == 1 else character
