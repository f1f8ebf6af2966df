"""Which entry answers a question: weighted words against every entry, and none rather than a wrong one.

A word counts the more, the fewer entries know it; a word that no entry knows counts most of all and against every
entry, so that "how much ibuprofen may I take" finds nothing although half of its words are common.
"""

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Any

from agents.domain.knowledge.entries import Entry, entries
from agents.domain.safety.medicines import is_known

LEAST_COVERED = 0.56  # share of the question's weight that an entry must know
ALL_BUT_COVERED = 0.9  # then the question need not be like one of the entry's own
LEAST_LIKE = 0.12  # likeness to one of the entry's own questions
SURELY_LIKE = 0.7
WORD_FOR_WORD = 3.0
OF_THE_TOPIC = 14  # a word that at most so many entries know says what a question is about
UNKNOWN_WEIGHT = 3.4  # of a word that no entry knows
LEAST_SLIP_LENGTH, NEARLY = 5, 0.84  # "protien" is protein
_DOSE = re.compile(r"[0-9]+(?:mg|mcg|ug|iu)")
_SMALL_NUMBER = re.compile(r"[0-9]{1,2}")  # an age, hours, how often: beside the topic, unless an entry knows it


@dataclass(frozen=True, slots=True)
class _Known:
    """One entry as words: all of them, and those of each of its questions."""

    entry: Entry
    words: frozenset[str]
    asked: tuple[frozenset[str], ...]
    asked_fully: tuple[frozenset[str], ...]  # with the small words


def answer_to(question: str, *, surely: bool = False) -> Entry | None:
    """The entry that answers this question; None where none does. `surely`: only if it is nearly one of its own.

    Pure and total.
    """
    said = frozenset(
        _mended(word) for word in _words(question) if word in _counts() or not _SMALL_NUMBER.fullmatch(word)
    )
    if not said:
        return None
    every = frozenset(_all_words(question))
    best = max(_table(), key=lambda known: _score(said, every, known))
    if _score(said, every, best) == (0.0, 0.0) or not _beyond(every) <= best.words:
        return None
    if surely and max(_likeness(said, asked) for asked in best.asked) < SURELY_LIKE:
        return None
    return best.entry


def _beyond(every: Iterable[str]) -> set[str]:
    return {_stem(word) for word in every if word in _lists()["beyond"] or is_known(word) or _DOSE.fullmatch(word)}


def _score(said: frozenset[str], every: frozenset[str], known: _Known) -> tuple[float, float]:
    """Above 0 when the entry knows enough of the question; the higher, the more it is one of its own.

    The second number decides between equals: likeness with all the small words ("why protein", "how much protein").
    """
    shared = said & known.words
    small = max(len(every & full) / len(every | full) for full in known.asked_fully)
    if small == 1.0:
        return WORD_FOR_WORD, small
    if not any(_counts()[word] <= OF_THE_TOPIC for word in shared):
        return 0.0, 0.0
    covered = sum(map(_weight, shared)) / sum(map(_weight, said))
    like = max(_likeness(said, asked) for asked in known.asked)
    if covered < LEAST_COVERED or (like < LEAST_LIKE and covered < ALL_BUT_COVERED):
        return 0.0, 0.0
    return covered + 2 * like, small


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Weighted overlap of two sets of words, 0 to 1."""
    union = sum(_weight(word) for word in one | other)
    return sum(_weight(word) for word in one & other) / union if union else 0.0


def _words(text: str) -> Iterable[str]:
    """What tells of a topic."""
    return (_stem(word) for word in _all_words(text) if word not in _lists()["stop"])


def _all_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark)).replace("'", "").replace("’", "")
    return re.findall(r"[a-z0-9]+", plain)


def _stem(word: str) -> str:
    """Without the endings of plural and tense, and one word for words of one meaning."""
    word = _same().get(word, word)
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    return _same().get(word, word).rstrip("e") or word


def _mended(word: str) -> str:
    """A slip of the keyboard becomes the word that is nearly it."""
    if word in _counts() or len(word) < LEAST_SLIP_LENGTH or word.isdigit():
        return word
    near = get_close_matches(word, _long_words(), n=1, cutoff=NEARLY)
    return near[0] if near else word


def _weight(word: str) -> float:
    """How much a word tells: the logarithm of how few entries know it."""
    known_by = _counts()[word]
    return math.log((len(_table()) + 1) / (known_by + 0.5)) if known_by else UNKNOWN_WEIGHT


@cache
def _table() -> tuple[_Known, ...]:
    found = []
    for entry in entries():
        asked = tuple(frozenset(_words(question)) for question in entry.ask)
        own = frozenset(stem for word in entry.words for stem in _words(word))
        fully = tuple(frozenset(_all_words(question)) for question in entry.ask)
        found.append(_Known(entry, own.union(*asked), asked, fully))
    return tuple(found)


@cache
def _counts() -> Counter[str]:
    return Counter(word for known in _table() for word in known.words)


@cache
def _long_words() -> tuple[str, ...]:
    return tuple(sorted(word for word in _counts() if len(word) >= LEAST_SLIP_LENGTH))


@cache
def _lists() -> dict[str, frozenset[str]]:
    """stop: words that tell nothing of a topic. beyond: what makes it a question for a clinician (or a vet)."""
    return {name: frozenset(_data()[name]) for name in ("stop", "beyond")}


@cache
def _same() -> dict[str, str]:
    """Words of one meaning."""
    return dict(_data()["same"])


def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((resources.files(__package__) / "words.json").read_text(encoding="utf-8"))
    return data
