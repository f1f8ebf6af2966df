"""Counting what was found beside what was meant: precision, recall and F1, per label and over all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """How often a label was found rightly, found wrongly, and not found although it was meant."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.hits + other.hits, self.extra + other.extra, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of what was found that was meant; 1 when nothing was found."""
        found = self.hits + self.extra
        return self.hits / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of what was meant that was found; 1 when nothing was meant."""
        meant = self.hits + self.missed
        return self.hits / meant if meant else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 when nothing was right."""
        both = 2 * self.hits + self.extra + self.missed
        return 2 * self.hits / both if both else 1.0


def tallies(pairs: Iterable[tuple[Collection[str], Collection[str]]]) -> dict[str, Tally]:
    """Per label over pairs of (meant, found); a label counts once a pair."""
    counted: dict[str, Tally] = defaultdict(Tally)
    for meant, found in pairs:
        for label in {*meant, *found}:
            counted[label] += Tally(label in meant and label in found, label not in meant, label not in found)
    return dict(counted)


def micro(counted: Mapping[str, Tally]) -> Tally:
    """All labels together, each occurrence with the same weight."""
    return sum(counted.values(), Tally())


def percentile(values: Collection[float], share: float) -> float:
    """The value below which this share of them lies (nearest rank); 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
