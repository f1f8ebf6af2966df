"""The names of logged lifts as the person said them: understanding keeps the kind of a lift, a load needs which one.

"Hack squat 100x8" is understood as a squat. Its 100 kg say nothing about a barbell, so the log keeps "hack squat".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from agents.domain.exercises import Library
from agents.domain.training.lift_names import names_of, words_of
from agents.schemas import SetEntry

UNNAMED: Final = "exercise"
UNCLEAR: Final = "{kind} (which?)"  # no lift has this name, so nothing is concluded from it
LONGEST_NAME: Final = 60
_TOKEN: Final = re.compile(r"\d[\d.,]*|[a-z][a-z'-]*|[^\sa-z\d]")
# Words around the numbers of a set; none of them is part of a lift's short name.
_NOT_A_NAME: Final = frozenset({
    "x", "kg", "kgs", "kilo", "kilos", "lb", "lbs", "pound", "pounds", "rep", "reps", "set", "sets", "round",
    "rounds", "of", "at", "with", "rpe", "rir", "for", "by", "and", "then", "plus", "also", "i", "i've", "we",
    "did", "done", "do", "just", "today", "yesterday", "now", "my", "the", "a", "an", "some", "this", "that",
    "it", "was", "were", "is", "each", "per", "hand", "side", "bw", "bodyweight", "body", "weight", "s", "sec",
    "secs", "second", "seconds", "min", "mins", "minute", "minutes", "log", "logged", "finished", "hit", "got",
    "managed", "made", "after", "before", "in", "on", "to", "from", "last", "next", "warmup", "working", "top",
    "easy", "hard", "felt", "feels", "evening", "workout", "gym", "session",
})  # fmt: skip
_NOTATION: Final = frozenset({
    "x", "kg", "kgs", "kilo", "kilos", "lb", "lbs", "pound", "pounds", "rep", "reps", "set", "sets", "of", "at",
    "rpe", "rir", "by", "bw",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    """The words between two numbers: all of them, and the runs that no other word or mark interrupts."""

    whole: str
    runs: tuple[str, ...]

    def about(self, kind: str) -> str:
        """The run that speaks of this kind of lift, else the last one."""
        return max(reversed(self.runs), key=lambda run: len(words_of(run) & words_of(kind)))


def as_said(quote: str, entries: Sequence[SetEntry], library: Library) -> tuple[str, ...]:
    """The name of each entry's lift: the words of the message where they tell more than what was understood."""
    kinds = tuple(_kinds(entries))
    pieces = _pieces(quote)
    runs = [(kind, len(list(same))) for kind, same in groupby(kinds)]
    if not pieces or all(kind == UNNAMED for kind in kinds):
        return kinds
    if len(pieces) == len(runs):
        told = [_name(kind, piece, library) for (kind, _), piece in zip(runs, pieces, strict=True)]
    else:
        told = [_found(kind, pieces, library) for kind, _ in runs]
    return tuple(name for name, (_, count) in zip(told, runs, strict=True) for _ in range(count))


def _kinds(entries: Sequence[SetEntry]) -> Iterator[str]:
    """What was understood; a set without a name belongs to the lift before, but not with the body alone."""
    known = UNNAMED
    for entry in entries:
        known = entry.exercise or known
        yield UNNAMED if entry.exercise is None and entry.is_bodyweight else known


def _found(kind: str, pieces: Sequence[_Piece], library: Library) -> str:
    """The name where there are more words than lifts: one piece must hold the kind, or be held by it."""
    if kind == UNNAMED:
        return kind
    words = words_of(kind)
    fitting = [piece for piece in pieces if (said := words_of(piece.about(kind))) <= words or words <= said]
    names = {_name(kind, piece, library) for piece in fitting}
    return names.pop() if len(names) == 1 else UNCLEAR.format(kind=kind)


def _name(kind: str, piece: _Piece, library: Library) -> str:
    said, names = piece.about(kind), names_of(library)
    exact = names.exactly(piece.whole) or names.exactly(said)
    if exact is not None:
        return exact.name
    return kind if words_of(said) <= words_of(kind) else said[:LONGEST_NAME]


def _pieces(quote: str) -> list[_Piece]:
    """What stands between the numbers and may name a lift, in order."""
    between: list[list[str]] = [[]]
    for token in _TOKEN.findall(quote.casefold()):
        if token[0].isdigit():
            between.append([])
        else:
            between[-1].append(token)
    return [piece for tokens in between if (piece := _piece(tokens)).runs]


def _piece(tokens: Sequence[str]) -> _Piece:
    runs = [
        " ".join(run)
        for is_name, run in groupby(tokens, key=lambda token: token[0].isalpha() and token not in _NOT_A_NAME)
        if is_name
    ]
    whole = " ".join(token for token in tokens if token[0].isalpha() and token not in _NOTATION)
    return _Piece(whole, tuple(runs))
