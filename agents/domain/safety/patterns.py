"""A small pattern language over words, so that red flags are data: body part × sensation × onset, not fixed phrases.

A pattern is a row of slots. `word` is itself, `<name>` a word class, `a|b|<c>` any of them, `..3` allows up to three
other words between its neighbours, a leading `&3` means the slots may come in any order with up to three words between
neighbours, a trailing `!<name>` forbids words of that class between the first and the last slot. Matching is a merge of
position lists: linear, whatever the text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled pattern: `slots` are class ids, `gaps[i]` the words allowed between slot i and slot i + 1."""

    name: str
    slots: tuple[int, ...]
    gaps: tuple[int, ...]
    barred: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A concept found at these token positions (ascending in reading order of the pattern)."""

    name: str
    at: tuple[int, ...]

    @property
    def start(self) -> int:
        """The first token of the match."""
        return self.at[0]

    @property
    def end(self) -> int:
        """The last token of the match."""
        return self.at[-1]


def compile_pattern(name: str, source: str, class_of: Callable[[str], int]) -> Iterator[Pattern]:
    """The patterns written in `source`; `class_of` turns a slot such as `pain|<hurt>` into a class id."""
    parts = source.split()
    barred = class_of(parts.pop()[1:]) if parts[-1].startswith("!") else None
    if parts[0].startswith("&"):
        gap = int(parts[0][1:])
        for order in permutations([class_of(part) for part in parts[1:]]):
            yield Pattern(name, order, (gap,) * (len(order) - 1), barred)
        return
    slots: list[int] = []
    gaps: list[int] = []
    gap = 0
    for part in parts:
        if part.startswith(".."):
            gap = int(part[2:])
            continue
        if slots:
            gaps.append(gap)
        slots.append(class_of(part))
        gap = 0
    yield Pattern(name, tuple(slots), tuple(gaps), barred)


def find(pattern: Pattern, positions: Mapping[int, Sequence[int]], sentences: Sequence[int]) -> Iterator[Match]:
    """Every place where `pattern` occurs inside one sentence, at most one match per last word."""
    paths: list[tuple[int, ...]] = [(position,) for position in positions[pattern.slots[0]]]
    for slot, gap in zip(pattern.slots[1:], pattern.gaps, strict=True):
        paths = _extended(paths, positions[slot], gap, sentences)
        if not paths:
            return
    barred = positions.get(pattern.barred, ()) if pattern.barred is not None else ()
    for path in paths:
        if not any(path[0] < position < path[-1] for position in barred):
            yield Match(pattern.name, path)


def _extended(
    paths: Sequence[tuple[int, ...]], following: Sequence[int], gap: int, sentences: Sequence[int]
) -> list[tuple[int, ...]]:
    """Each position of `following` joined to the nearest path that ends at most `gap` words before it."""
    extended: list[tuple[int, ...]] = []
    index = -1
    for position in following:
        while index + 1 < len(paths) and paths[index + 1][-1] < position:
            index += 1
        if index < 0:
            continue
        last = paths[index][-1]
        if position - last - 1 <= gap and sentences[last] == sentences[position]:
            extended.append((*paths[index], position))
    return extended
