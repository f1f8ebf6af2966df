"""Medicine names to the classes of science.md S-160. Nothing here knows a dose (S-142, S-161)."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from agents.domain.safety.lexicon import load
from agents.domain.safety.normalise import normalise

_LONGEST_NAME: Final = 4  # words in a name of the table
_LEAST_SLIP_LENGTH: Final = 7  # shorter names have too many honest neighbours
_PARTS: Final = re.compile(r"\s*(?:[,;/+&]|\band\b|\bwith\b|\bplus\b)\s*")


def medicine_group(word: str) -> str | None:
    """The class code of a medicine ("Concor" -> "beta_blocker"), by generic or brand name; None if unknown (S-161).

    The first word that names a medicine decides, so "metoprolol succinate 50" is understood too. Exact spelling only,
    because the understanding asks this of every word of a message.
    """
    groups = _groups_of(_plain(word), _names())
    return groups[0] if groups else None


def medicine_groups(entry: str) -> tuple[str, ...]:
    """Every class in one entry of a medicine list: both parts of a combination, "lisinopril and metformin", and a name
    with one slip of the finger. () where no class is known (S-161).
    """
    found: list[str] = []
    for part in _PARTS.split(_plain(entry)):
        found += _groups_of(part, _names()) or _slipped(part)
    found += _groups_of(_plain(entry), _names())
    return tuple(dict.fromkeys(found))


def is_known(entry: str) -> bool:
    """Whether nothing in this entry is unknown: each part names a class, or a medicine that needs no rule (S-161)."""
    parts = [part for part in _PARTS.split(_plain(entry)) if part]
    return bool(parts) and all(
        _groups_of(part, _names()) or _slipped(part) or _groups_of(part, _unflagged()) for part in parts
    )


def _plain(word: str) -> str:
    return " ".join(normalise(word).replace("-", " ").replace("_", " ").split())


def _groups_of(words: str, table: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The classes of every name in `words`, the longest name at each place first."""
    tokens, found, at = words.split(), list[str](), 0
    while at < len(tokens):
        sizes = (n for n in range(_LONGEST_NAME, 0, -1) if " ".join(tokens[at : at + n]) in table)
        size = next(sizes, 0)
        if size:
            found += table[" ".join(tokens[at : at + size])]
        at += max(1, size)
    return tuple(dict.fromkeys(found))


def _slipped(part: str) -> tuple[str, ...]:
    """The classes of the one name that a long word misses by a single letter."""
    near = {
        name
        for token in part.split()
        if len(token) >= _LEAST_SLIP_LENGTH and token not in _unflagged()
        for form in _forms(token)
        for name in _forms_of_names().get(form, ())
        if _is_slip(name, token)
    }
    classes = {_names()[name] for name in near}
    return classes.pop() if len(classes) == 1 else ()


def _is_slip(name: str, token: str) -> bool:
    """Whether one letter more, less or other, or two swapped neighbours, turn `name` into `token`."""
    start = 0
    while start < min(len(name), len(token)) and name[start] == token[start]:
        start += 1
    wanted, typed = name[start:], token[start:]
    is_swap = wanted[:2] == typed[:2][::-1] and wanted[2:] == typed[2:]
    return is_swap or wanted[1:] == typed[1:] or wanted[1:] == typed or wanted == typed[1:]


def _forms(word: str) -> Iterator[str]:
    """The word and the word with each one letter left out."""
    yield word
    yield from (word[:i] + word[i + 1 :] for i in range(len(word)))


@cache
def _forms_of_names() -> dict[str, tuple[str, ...]]:
    """One-word names by each of their forms, for the look-up of near misses."""
    forms: dict[str, tuple[str, ...]] = {}
    for name in _names():
        if " " not in name and len(name) >= _LEAST_SLIP_LENGTH:
            for form in _forms(name):
                forms[form] = (*forms.get(form, ()), name)
    return forms


@cache
def _names() -> dict[str, tuple[str, ...]]:
    data: dict[str, Any] = load("medicines")
    names = {_plain(name): (code,) for code, entries in data["groups"].items() for name in (code, *entries)}
    return names | {brand: tuple(codes) for brand, codes in data["combinations"].items()}


@cache
def _unflagged() -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(load("medicines")["unflagged"], ("unflagged",))
