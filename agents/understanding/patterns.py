"""Sentence patterns: a small notation for "what people say", kept as data, compiled once to regular expressions.

Words stand as they are ("reminders?" is a regex word). `[a|b c]` may be missing, `(a|b c)` must be there, a star or
plus behind a group repeats it, `{name}` is a hole filled from the section "holes", `<name>` catches one to six words,
`<name...>` catches the rest. Every word carries the space behind it, so matching is done on "text ".

The files of `BOOKS` hold sections of the same names; what stands in the first is tried first. A pattern is only tried
on a text that holds the words it cannot do without, and is freed of ambiguity first (`pattern_trees`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from agents.schemas import IntentName
from agents.understanding import pattern_trees, slots, word_lists
from agents.understanding.amounts import NUMBER
from agents.understanding.pattern_trees import BuiltIn, Need

BOOKS: Final = ("sayings", "patterns")
MOST_WORDS: Final = 30  # a longer clause is no set phrase
_DURATION: Final = rf"(?:{NUMBER}) ?-?(?:minutes?|mins?|min|m|hours?|hrs?|h) "
_BUILT_IN: Final = {
    "slot": (BuiltIn(f"(?:{slots.WORDS}) ", frozenset(name.split()[0] for name in slots.WORDS.split("|"))),),
    "duration": (BuiltIn(_DURATION, frozenset()),),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One pattern: what it means, and the sets of words of each of which a text must hold one."""

    name: IntentName
    source: str
    needs: tuple[Need, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression, made when first asked for: most are never needed."""
        return _pattern(self.source)


@dataclass(frozen=True, slots=True)
class Table:
    """The patterns of a section in order. `by_word` names the rows that a word may stand in, `always` all others."""

    rows: tuple[Row, ...]
    by_word: dict[str, tuple[int, ...]]
    always: tuple[int, ...]

    def candidates(self, words: frozenset[str]) -> Iterator[Row]:
        """The rows whose words all stand here, in order."""
        numbers = set(self.always).union(*(self.by_word.get(word, ()) for word in words))
        for number in sorted(numbers):
            row = self.rows[number]
            if not any(need.isdisjoint(words) for need in row.needs):
                yield row


def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression of one pattern. Raises KeyError for an unknown hole, ValueError for lone brackets."""
    return re.compile(pattern_trees.expression(pattern_trees.tree(pattern, _hole), set()))


def each(section: str, words: str) -> Iterator[tuple[IntentName, dict[str, str]]]:
    """The intents of all patterns of this section that are the whole text, with the words they caught."""
    said = words.replace(",", "").split()
    if len(said) > MOST_WORDS:
        return
    text = words.replace(",", "") + " "
    for row in table(section).candidates(frozenset(said)):
        if match := row.pattern.fullmatch(text):
            yield row.name, {key: value.strip() for key, value in match.groupdict().items() if value}


def found(section: str, words: str) -> tuple[IntentName, dict[str, str]] | None:
    """The first of these."""
    return next(each(section, words), None)


def matches(section: str, words: str) -> bool:
    """Whether any pattern of this section is the whole text."""
    return found(section, words) is not None


@cache
def table(section: str) -> Table:
    """The patterns of a section in the order of the files, and of each file."""
    rows = tuple(
        Row(name, pattern, pattern_trees.needed(pattern_trees.tree(pattern, _hole)))
        for book in BOOKS
        for name, patterns in word_lists.book(book).get(section, {}).items()
        for pattern in patterns
    )
    by_word: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for word in min(row.needs, key=len, default=frozenset()):
            by_word.setdefault(word, []).append(number)
    always = tuple(number for number, row in enumerate(rows) if not row.needs)
    return Table(rows, {word: tuple(numbers) for word, numbers in by_word.items()}, always)


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return compiled(source)


@cache
def _hole(name: str) -> pattern_trees.Sequence_:
    if name in _BUILT_IN:
        return _BUILT_IN[name]
    return pattern_trees.tree(_holes()[name], _hole)


@cache
def _holes() -> dict[str, str]:
    return {name: text for book in BOOKS for name, text in word_lists.book(book)["holes"].items()}
