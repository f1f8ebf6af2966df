"""Sentence patterns: a small notation for "what people say", kept as data, compiled once to regular expressions.

Words stand as they are ("reminders?" is a regex word). `[a|b c]` may be missing, `(a|b c)` must be there, a star or
plus behind a group repeats it, `{name}` is a hole filled from the section "holes", `<name>` catches one to six words,
`<name...>` catches the rest. Every word carries the space behind it, so matching is done on "text ".
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from agents.schemas import IntentName
from agents.understanding import slots, word_lists
from agents.understanding.amounts import NUMBER

_TOKEN: Final = re.compile(
    r"(?P<open>[\[(])|(?P<close>[\])])(?P<times>[*+]?)|(?P<bar>\|)|<(?P<catch>\w+)(?P<rest>\.\.\.)?>|"
    r"\{(?P<hole>\w+)\}|(?P<word>[^\s\[\]()|<>{}]+)"
)
_DURATION: Final = rf"(?:{NUMBER}) ?-?(?:minutes?|mins?|min|m|hours?|hrs?|h) "
_BUILT_IN: Final = {"slot": f"(?:{slots.WORDS}) ", "duration": _DURATION}


def compiled(pattern: str, holes: dict[str, str] | None = None) -> re.Pattern[str]:
    """The regular expression of one pattern. Raises KeyError for an unknown hole, re.error for unbalanced brackets."""
    return re.compile("".join(_translated(pattern, holes or {})))


def each(section: str, words: str) -> Iterator[tuple[IntentName, dict[str, str]]]:
    """The intents of all patterns of this section that are the whole text, with the words they caught."""
    text = words.replace(",", "") + " "
    for name, pattern in table(section):
        if match := pattern.fullmatch(text):
            yield name, {key: value.strip() for key, value in match.groupdict().items() if value}


def found(section: str, words: str) -> tuple[IntentName, dict[str, str]] | None:
    """The first of these."""
    return next(each(section, words), None)


def matches(section: str, words: str) -> bool:
    """Whether any pattern of this section is the whole text."""
    return found(section, words) is not None


@cache
def table(section: str) -> tuple[tuple[IntentName, re.Pattern[str]], ...]:
    """The patterns of a section in the order of the file: (intent, regular expression)."""
    book = word_lists.book("patterns")
    holes: dict[str, str] = book["holes"]
    rows: dict[IntentName, list[str]] = book[section]
    return tuple((name, compiled(pattern, holes)) for name, patterns in rows.items() for pattern in patterns)


def _translated(pattern: str, holes: dict[str, str]) -> Iterator[str]:
    for token in _TOKEN.finditer(pattern):
        if token["open"]:
            yield "(?:"
        elif token["close"]:
            yield ")" + (token["times"] or ("?" if token["close"] == "]" else ""))
        elif token["bar"]:
            yield "|"
        elif token["catch"]:
            yield rf"(?P<{token['catch']}>(?:\S+ )+)" if token["rest"] else rf"(?P<{token['catch']}>(?:\S+ ){{1,6}}?)"
        elif token["hole"]:
            name = token["hole"]
            yield _BUILT_IN[name] if name in _BUILT_IN else "".join(_translated(holes[name], holes))
        else:
            yield token["word"] + " "
