"""A small mixed-integer program, solved by HiGHS. The one place that knows the solver.

Deterministic: one thread, a fixed seed, and a limit in branch-and-bound nodes rather than seconds. The clock is only
a last resort against a machine that stands still, far beyond what any program here needs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import highspy

Terms = Iterable[tuple[int, float]]
# Presolve, restarts and these heuristics cost more than they gain on programs of a few hundred columns.
OPTIONS: Final[dict[str, bool | int | float | str]] = {
    "output_flag": False, "threads": 1, "random_seed": 1, "time_limit": 600.0, "presolve": "off",
    "mip_allow_restart": False, "mip_heuristic_run_root_reduced_cost": False, "mip_heuristic_run_rens": False,
    "mip_heuristic_run_feasibility_jump": False,
}  # fmt: skip
_FEASIBLE = 2  # highspy.SolutionStatus.kSolutionStatusFeasible, without loading the solver for it


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Values by column, and what a unit more of each would cost."""

    values: tuple[float, ...]
    prices: tuple[float, ...]


class Program:
    """Columns with bounds and costs, rows of linear terms between bounds; the costs are made small."""

    __slots__ = ("_costs", "_entries", "_highs", "_lows", "_row_bounds", "_starts", "_wholes")

    def __init__(self) -> None:
        self._costs: list[float] = []
        self._lows: list[float] = []
        self._highs: list[float] = []
        self._wholes: list[int] = []
        self._starts: list[int] = []
        self._entries: tuple[list[int], list[float]] = ([], [])
        self._row_bounds: list[tuple[float, float]] = []

    def column(self, low: float = 0.0, high: float = inf, cost: float = 0.0, *, is_whole: bool = False) -> int:
        """A new unknown; its index names it in rows and in the answer."""
        self._lows.append(low)
        self._highs.append(high)
        self._costs.append(cost)
        self._wholes.append(int(is_whole))
        return len(self._lows) - 1

    def flag(self, cost: float = 0.0) -> int:
        """A new unknown that is 0 or 1."""
        return self.column(0.0, 1.0, cost, is_whole=True)

    def row(self, terms: Terms, low: float = -inf, high: float = inf) -> None:
        """low <= sum of factor * column <= high. A column may occur more than once."""
        sums: dict[int, float] = {}
        for column, factor in terms:
            sums[column] = sums.get(column, 0.0) + factor
        self._starts.append(len(self._entries[0]))
        self._entries[0].extend(sums)
        self._entries[1].extend(sums.values())
        self._row_bounds.append((low, high))

    def distance(self, terms: Terms, goal: float, price: float, free: float = 0.0) -> None:
        """Charge `price` for each unit that the sum is away from the goal, beyond the first `free` units."""
        under, over = self.column(cost=price), self.column(cost=price)
        slack = self.column(-free, free)
        self.row([*terms, (under, 1.0), (over, -1.0), (slack, 1.0)], goal, goal)

    def close(self, columns: Iterable[int]) -> None:
        """Take these columns out: they become 0."""
        for column in columns:
            self._highs[column] = 0.0

    def relaxed(self) -> Relaxed | None:
        """The best values when nothing needs to be whole; None where even that has no answer."""
        model = self._model(is_whole=False)
        model.run()
        if model.getInfo().primal_solution_status != _FEASIBLE:
            return None
        found = model.getSolution()
        return Relaxed(tuple(found.col_value), tuple(found.col_dual))

    def solve(self, *, nodes: int, gap: float, near: float) -> tuple[float, ...] | None:
        """The best values found within so many nodes, or proven within `gap` (a share) or `near` of the best.

        None where there are none.
        """
        model = self._model(is_whole=True)
        for name, value in (("mip_rel_gap", gap), ("mip_abs_gap", near), ("mip_max_nodes", nodes)):
            model.setOptionValue(name, value)
        model.run()
        if model.getInfo().primal_solution_status != _FEASIBLE:
            return None
        return tuple(model.getSolution().col_value)

    def _model(self, *, is_whole: bool) -> "highspy.Highs":
        import highspy  # loaded at the first plan: it costs 80 ms that a chat without one need not pay
        import numpy as np

        model = highspy.Highs()  # type: ignore[no-untyped-call]  # its constructor has no annotation
        for name, value in OPTIONS.items():
            model.setOptionValue(name, value)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(self._lows), len(self._row_bounds)
        program.col_cost_ = np.array(self._costs)
        program.col_lower_, program.col_upper_ = np.array(self._lows), np.array(self._highs)
        program.row_lower_ = np.array([low for low, _ in self._row_bounds])
        program.row_upper_ = np.array([high for _, high in self._row_bounds])
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.array([*self._starts, len(self._entries[0])], dtype=np.int32)
        program.a_matrix_.index_ = np.array(self._entries[0], dtype=np.int32)
        program.a_matrix_.value_ = np.array(self._entries[1])
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        program.integrality_ = [kinds[whole and is_whole] for whole in self._wholes]
        model.passModel(program)
        return model
