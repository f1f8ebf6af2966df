"""The scales 0..10 of science.md R-1 in words and numbers: "7/10", "4/5" (doubled), "stress high", "slept poorly".

Stress low/medium/high 3/5/8, sleep poor/fair/good/excellent 3/5/7/9, energy low/medium/high 3/6/9, soreness
none/mild/moderate/severe 0/3/6/9. Words that are only bad, very bad or in between are read beside these.
"""

import re
from functools import cache
from typing import Final

from agents.understanding import word_lists
from agents.understanding.numbers import value as decimal

SUBJECTS: Final = {
    "energy_level": "energy(?: levels?)?",
    "stress_level": "stress(?: levels?)?",
    "mood": "mood|spirits?",
    "sleep_quality": "sleep(?: quality)?|slept|quality of (?:my )?sleep",
    "digestion": "digestion|stomach|gut|tummy",
    "soreness_level": "soreness|muscle soreness|sore",
}
_SCORE: Final = (
    r"(?P<n>\d{1,2}(?:[.,]\d)?)(?:\s?(?:/|out of|of)\s?(?P<of>5|10))?(?![\d/:.,]*\d)(?! ?(?:h|hrs?|hours?|min|kg|%)\b)"
)
_LINK: Final = (
    r"(?: (?:is|was|are|level|today|last night|about|around|at|a|feels?|pretty|quite|really|my|score|of|has been))*"
    r"[:=]? *"
)


def grade(field: str, words: str) -> int | None:
    """A number ("7", "7/10", "4/5") or a word of this field's scale, as 0..10; None when it is neither."""
    words = words.strip(" .!:=")
    if match := re.fullmatch(_SCORE, words):
        return _score(match)
    return _grades().get(field, {}).get(words)


def graded(field: str, phrase: str) -> int | None:
    """The grade said after its subject ("sleep was poor"), or right before it ("low energy")."""
    for pattern in _patterns()[field]:
        if match := pattern.search(phrase):
            return _score(match) if match["n"] else _grades()[field][match["word"]]
    return None


def mood(label: str) -> int | None:
    """The score of a mood word; None for a word without one."""
    return _book("moods").get(label)


def energy(label: str) -> int | None:
    """The energy that a word such as "exhausted" tells."""
    return _book("energies").get(label)


@cache
def _book(name: str) -> dict[str, int]:
    table: dict[str, int] = word_lists.book("scales")[name]
    return table


@cache
def _grades() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = word_lists.book("scales")["grades"]
    return table | {"mood": _book("moods") | table["mood"]}


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {field: _patterns_of(field, subject) for field, subject in SUBJECTS.items()}


def _patterns_of(field: str, subject: str) -> tuple[re.Pattern[str], ...]:
    words = "|".join(sorted(map(re.escape, _grades()[field]), key=len, reverse=True))
    after = re.compile(rf"\b(?:{subject})\b{_LINK}(?:{_SCORE}|(?P<word>{words})\b)")
    before = re.compile(rf"(?:^|\s)(?:(?P<word>{words})|{_SCORE})(?: for| on)? (?:{subject})$")
    return (after,) if field == "soreness_level" else (after, before)  # "no soreness" is read with the other words


def _score(match: re.Match[str]) -> int | None:
    value = decimal(match["n"]) * (2 if match["of"] == "5" else 1)
    return round(value) if 0 <= value <= 10 else None
