"""A small pattern language over words, so that red flags are data: body part × sensation × onset, not fixed phrases.

A pattern is a row of slots. `word` is itself, `<name>` a word class (words and short phrases), `a|b|<c>` any of them,
`..3` allows up to three other words between its neighbours, a leading `&3` means the slots may come in any order with
up to three words between neighbours, a trailing `!<name>` forbids words of that class between the first and last slot.
Matching is a merge of position lists: linear, whatever the text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled pattern: `slots` are class ids, `gaps[i]` the words allowed between slot i and slot i + 1."""

    name: str
    slots: tuple[int, ...]
    gaps: tuple[int, ...]
    barred: int | None = None
    needed: frozenset[int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "needed", frozenset(self.slots))


class Positions(dict[int, list[int]]):
    """Where each word class occurs in a text, worked out at first use: of thousands of classes few are asked for."""

    __slots__ = ("_classes", "present")

    def __init__(self, classes: Sequence[frozenset[int]]) -> None:
        """`classes[i]` are the word classes of token i."""
        super().__init__()
        self._classes = classes
        self.present: frozenset[int] = frozenset().union(*classes)

    def __missing__(self, class_id: int) -> list[int]:
        found = self[class_id] = [i for i, ids in enumerate(self._classes) if class_id in ids]
        return found


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


def compile_pattern(
    name: str, source: str, class_of: Callable[[str], int], length_of: Callable[[int], int] = lambda _: 1
) -> Iterator[Pattern]:
    """The patterns written in `source`; `class_of` turns a slot such as `pain|<hurt>` into a class id.

    `length_of` is the length in words of the longest phrase in a class: the gap behind it is that much wider.
    """
    parts = source.split()
    barred = class_of(parts.pop()[1:]) if parts[-1].startswith("!") else None
    if parts[0].startswith("&"):
        ids = [class_of(part) for part in parts[1:]]
        orders, gaps = list(permutations(ids)), [int(parts[0][1:])] * (len(ids) - 1)
    else:
        ids, gaps = _slots(parts, class_of)
        orders = [tuple(ids)]
    for order in orders:
        widened = tuple(gap + length_of(slot) - 1 for slot, gap in zip(order, gaps, strict=False))
        yield Pattern(name, order, widened, barred)


def _slots(parts: Sequence[str], class_of: Callable[[str], int]) -> tuple[list[int], list[int]]:
    """The class ids of an ordered pattern and the gaps between them."""
    ids, gaps, gap = [class_of(parts[0])], list[int](), 0
    for part in parts[1:]:
        if part.startswith(".."):
            gap = int(part[2:])
        else:
            ids.append(class_of(part))
            gaps.append(gap)
            gap = 0
    return ids, gaps


def find(pattern: Pattern, positions: Mapping[int, Sequence[int]], sentences: Sequence[int]) -> Iterator[Match]:
    """Every place where `pattern` occurs inside one sentence, at most one match per last word."""
    paths: list[tuple[int, ...]] = [(position,) for position in positions[pattern.slots[0]]]
    for slot, gap in zip(pattern.slots[1:], pattern.gaps, strict=True):
        paths = _extended(paths, positions[slot], gap, sentences)
        if not paths:
            return
    barred = positions[pattern.barred] if pattern.barred is not None else ()
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
