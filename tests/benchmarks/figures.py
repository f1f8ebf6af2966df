"""Figures and the table they are printed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value.

    `budget` is the most it may be ("most") or the least ("least"); `ratio_budget` the most it may be in baselines. None
    where there is no such budget.
    """

    name: str
    value: float | None
    unit: str = "ms"
    budget: float | None = None
    bound: Literal["most", "least"] = "most"
    baseline: float | None = None
    ratio_budget: float | None = None
    digits: int = 1

    @property
    def ratio(self) -> float | None:
        """What Keel costs in baselines: below 1 it is the cheaper one, for times and for rates alike."""
        if self.value is None or not self.baseline or not self.value:
            return None
        return self.value / self.baseline if self.bound == "most" else self.baseline / self.value

    @property
    def verdict(self) -> str:
        """How the value stands to its budget."""
        if self.value is None:
            return "not measured"
        if self.ratio is not None and self.ratio_budget is not None:
            return "within" if self.ratio <= self.ratio_budget else "over"
        if self.budget is None:
            return ""
        is_within = self.value <= self.budget if self.bound == "most" else self.value >= self.budget
        return "within" if is_within else "over"

    def cells(self) -> tuple[str, ...]:
        """This figure as a row of the table."""
        return (
            self.name,
            f"{self._shown(self.value)} {self.unit}".strip(),
            self._budget(),
            self._shown(self.baseline, ""),
            f"{self.ratio:.2f}" if self.ratio is not None else "",
            self.verdict,
        )

    def _budget(self) -> str:
        if self.ratio_budget is not None:
            return f"≤ {self.ratio_budget:.3g} ×"
        sign = "≤" if self.bound == "most" else "≥"
        return f"{sign} {self.budget:g}" if self.budget is not None else ""

    def _shown(self, value: float | None, nothing: str = "–") -> str:
        return nothing if value is None else f"{value:,.{self.digits}f}"


WINDOW = 100  # turns at either end that are compared for flatness
HEAD = ("figure", "value", "budget", "baseline", "ratio", "")


def table(figures: Sequence[Figure]) -> str:
    """All figures, a line each, in columns; names to the left, numbers to the right."""
    rows = [HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *middle, last = row
    numbers = (cell.rjust(width) for cell, width in zip(middle, widths[1:-1], strict=True))
    return "  ".join((first.ljust(widths[0]), *numbers, last)).rstrip()


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share (0 to 1) of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def flatness(values: Sequence[float], window: int = WINDOW) -> float | None:
    """The median of the last values over that of the first; None when there are too few to compare."""
    window = min(window, len(values) // 2)
    return median(values[-window:]) / median(values[:window]) if window else None
