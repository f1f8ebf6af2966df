"""A week of meals beside two other ways to make one: dish by dish, and all seven days in one program."""

from statistics import median
from typing import Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.one_core import measured

SEEDS = 2
JOINT_SECONDS = 10.0  # of processor time, for one joint week
BUDGET_MS, BUDGET_MB, THIRD = 1500.0, 300.0, 1 / 3

Weeks = dict[str, Any]


def run(seeds: int = SEEDS, joint_seconds: float = JOINT_SECONDS) -> list[Figure]:
    """Twelve people beside the greedy filler, three of them beside the joint week."""
    keel, greedy = (_weeks(name, seeds, "all") for name in ("keel", "greedy"))
    few, joint = (_weeks(name, 1, "few", joint_seconds) for name in ("keel", "joint"))
    return [*_beside_greedy(keel, greedy), *_beside_joint(few, joint, f"{joint_seconds:g} s")]


def _beside_greedy(keel: Weeks, greedy: Weeks) -> list[Figure]:
    over = sum(week["ms"] > BUDGET_MS for week in keel["weeks"])
    made = 100 * sum(week["made"] == keel["days"] for week in keel["weeks"]) / len(keel["weeks"])
    peaks = keel["peak_mb"], greedy["peak_mb"]
    return [
        Figure("week of meals, median; greedy filler", _median(keel), budget=BUDGET_MS, baseline=_median(greedy)),
        Figure("week of meals, slowest; greedy filler", _most(keel), budget=BUDGET_MS, baseline=_most(greedy)),
        Figure(f"weeks over {BUDGET_MS:g} ms, of {len(keel['weeks'])}", over, unit="", budget=0, digits=0),
        Figure("weeks planned, not refused", made, unit="%", budget=100, bound="least", digits=0),
        _share("days inside ±5 % on all four; greedy filler", keel, greedy),
        Figure("most memory; greedy filler", peaks[0], unit="MB", budget=BUDGET_MB, baseline=peaks[1], digits=0),
    ]


def _beside_joint(keel: Weeks, joint: Weeks, limit: str) -> list[Figure]:
    """The second yardstick forgets what the joint program does after its first week that is inside on every day."""
    met = median(week["ms"] if week["met_ms"] is None else week["met_ms"] for week in joint["weeks"])
    both, ours = f"joint MILP of at most {limit}", _median(keel)
    return [
        Figure(f"week of meals, median; {both}", ours, baseline=_median(joint), ratio_budget=THIRD),
        Figure("the same; that MILP until all its days are inside", ours, baseline=met, ratio_budget=THIRD),
        _share("days inside ±5 % on all four; that MILP", keel, joint),
        Figure("most memory; that MILP", keel["peak_mb"], unit="MB", baseline=joint["peak_mb"], digits=0),
    ]


def _weeks(name: str, seeds: int, people: str, seconds: float = 0.0) -> Weeks:
    found: Weeks = measured("meal_worker", name, str(seeds), people, str(seconds))
    return found


def _median(found: Weeks) -> float:
    return median(float(week["ms"]) for week in found["weeks"])


def _most(found: Weeks) -> float:
    return max(float(week["ms"]) for week in found["weeks"])


def _share(name: str, keel: Weeks, other: Weeks) -> Figure:
    ours, theirs = (
        100 * sum(week["inside"] for week in found["weeks"]) / (found["days"] * len(found["weeks"]))
        for found in (keel, other)
    )
    return Figure(name, ours, unit="%", budget=100, bound="least", baseline=theirs, digits=0)
