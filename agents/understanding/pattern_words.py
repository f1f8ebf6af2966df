"""Which words a sentence pattern (`agents.understanding.patterns`) cannot do without, read off its notation.

Most messages share no word with most patterns; who knows the words needs no regular expression to say no.
"""

import re
from collections.abc import Sequence
from typing import Final

from agents.understanding import slots

Need = frozenset[str]

_TOKEN: Final = re.compile(
    r"(?P<open>[\[(])|(?P<close>[\])])(?P<times>[*+]?)|(?P<bar>\|)|(?P<catch><\w+(?:\.\.\.)?>)|\{(?P<hole>\w+)\}|"
    r"(?P<word>[^\s\[\]()|<>{}]+)"
)
_PLAIN: Final = re.compile(r"[^\\.^$*+?]+")
_PLURAL: Final = re.compile(r"(?P<stem>[^\\.^$*+?]+)(?P<last>[^\\.^$*+?])\?")  # "reminders?", "sept?"
_SLOT_WORDS: Final = frozenset(name.split()[0] for name in slots.WORDS.split("|"))


def needed(pattern: str, holes: dict[str, str]) -> tuple[Need, ...]:
    """Sets of words: whatever the pattern matches holds a word of each. Empty where no word is sure."""
    tokens = list(_TOKEN.finditer(pattern))
    needs, _ = _sequence(tokens, 0, holes)
    return tuple(dict.fromkeys(needs))


def _sequence(tokens: Sequence[re.Match[str]], at: int, holes: dict[str, str]) -> tuple[list[Need], int]:
    """The needs of the words from here to the end of their group, over all its alternatives, and where that is."""
    alternatives: list[list[Need]] = [[]]
    while at < len(tokens) and not tokens[at]["close"]:
        token = tokens[at]
        at += 1
        if token["bar"]:
            alternatives.append([])
        elif token["open"]:
            inner, at = _sequence(tokens, at, holes)
            close = tokens[at] if at < len(tokens) else None
            is_sure = close is not None and close["close"] == ")" and close["times"] != "*"
            alternatives[-1] += inner if is_sure or _repeats(close) else []
            at += 1
        else:
            alternatives[-1] += _of_word(token, holes)
    return _of_any(alternatives), at


def _repeats(close: re.Match[str] | None) -> bool:
    """Whether a group in square brackets with a plus: it is there at least once."""
    return close is not None and close["times"] == "+"


def _of_word(token: re.Match[str], holes: dict[str, str]) -> list[Need]:
    if token["hole"] == "slot":
        return [_SLOT_WORDS]
    if token["hole"]:
        return list(needed(holes[token["hole"]], holes)) if token["hole"] in holes else []
    word = token["word"]
    if word is None:
        return []
    if match := _PLURAL.fullmatch(word):
        return [frozenset((match["stem"], match["stem"] + match["last"]))]
    return [frozenset((word,))] if _PLAIN.fullmatch(word) else []


def _of_any(alternatives: Sequence[list[Need]]) -> list[Need]:
    """The needs of one of several alternatives: its own if there is one, else a word of the best of each."""
    if len(alternatives) == 1:
        return alternatives[0]
    if not all(alternatives):
        return []
    return [frozenset().union(*(min(needs, key=len) for needs in alternatives))]
