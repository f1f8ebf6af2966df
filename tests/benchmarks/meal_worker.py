"""Weeks of meals by one planner: `python -m tests.benchmarks.meal_worker keel|greedy|joint SEEDS PEOPLE SECONDS`.

SEEDS counts from 1, PEOPLE is "all" or "few", SECONDS the joint week's limit of processor time. The tables and the
solver are loaded before anything is timed.
"""

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from agents.domain.meals import DayTargets, MealPlan, Request, plan_meals
from agents.domain.meals.plan import BAND, ROUNDING
from agents.domain.meals.vectors import Vector, vector
from storage.reference.food_tables import catalogue
from tests.benchmarks import eaters
from tests.benchmarks.one_core import Stopwatch, peak_mb, told

Found = tuple[
    list[Vector], float | None
]  # the days, and when (ms of processor time) all were inside for the first time
Planner = Callable[[Request], Found]


def _keel(request: Request) -> Found:
    made = plan_meals(request)
    return ([vector(day.totals) for day in made.days] if isinstance(made, MealPlan) else []), None


def _greedy(request: Request) -> Found:
    from tests.benchmarks.greedy_week import greedy_week

    return greedy_week(request), None


def _joint(seconds: float) -> Planner:
    from tests.benchmarks.joint_week import joint_week

    def plan(request: Request) -> Found:
        started = 1000 * time.process_time()
        made = joint_week(request, seconds=seconds)
        met = (at - started for at, days in made.found if inside(days, request.targets) == len(request.targets))
        return made.days, next(met, None)

    return plan


def inside(days: Sequence[Vector], goals: Sequence[DayTargets]) -> int:
    """How many days have all four figures within ±5 %."""
    pairs = list(zip(days, goals, strict=False))
    return sum(
        all(abs(have - goal) <= BAND * goal + ROUNDING for have, goal in zip(day, aim.figures, strict=True))
        for day, aim in pairs
    )


def weeks(name: str, seeds: int, people: str, seconds: float) -> dict[str, Any]:
    """Every week asked for: processor time, days inside; and the most memory of all."""
    import highspy  # noqa: F401 — loaded once a process, not once a week

    planner = {"keel": _keel, "greedy": _greedy, "joint": _joint(seconds) if name == "joint" else _keel}[name]
    catalogue()
    found = []
    for person in eaters.PEOPLE if people == "all" else eaters.JOINT:
        for seed in range(1, seeds + 1):
            request, watch = eaters.request_of(person, seed), Stopwatch()
            with watch.running():
                days, met_ms = planner(request)
            is_inside = inside(days, request.targets)
            found.append({"person": person, "ms": watch.ms, "inside": is_inside, "made": len(days), "met_ms": met_ms})
    return {"weeks": found, "days": eaters.DAYS, "peak_mb": peak_mb()}


if __name__ == "__main__":
    who, seeds_, people_, seconds_ = sys.argv[1:]
    told(lambda: weeks(who, int(seeds_), people_, float(seconds_)))
