"""How much of everything: integer settings of a few knobs so that a day's kcal and macros meet their targets.

This is the seam for another solver: it sees vectors and bounds only, no food. Weighted least squares over relative
errors, by coordinate descent: exact in each coordinate, a few hundred microseconds a day. Knobs are then rounded from
the coarsest to the finest, the rest settling again after each, and polished by single steps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

Vector = tuple[float, float, float, float]  # kcal, protein g, carbohydrate g, fat g

# All four are aimed at within ±5 %; energy counts double because it is the promise that is also a limit.
WEIGHTS: Final[Vector] = (2.0, 1.0, 1.0, 1.0)
SWEEPS, RESETTLE_SWEEPS, POLISH_PASSES = 14, 2, 3
STILL = 0.02  # a knob that moves less than this part of a step has settled


@dataclass(frozen=True, slots=True)
class Knob:
    """Something to dose. `per_step` is what one step adds; the setting is an integer in low..high.

    `cost` pulls the setting to `start`. A setting above 0 and under `least` is not worth serving and becomes 0.
    """

    per_step: Vector
    low: int
    high: int
    start: float = 0.0
    cost: float = 0.0
    least: int = 0


class _Bench:
    """The running state: settings and the weighted relative errors that remain."""

    __slots__ = ("columns", "curvature", "errors", "knobs", "settings")

    def __init__(self, base: Vector, knobs: Sequence[Knob], target: Vector) -> None:
        scales = [sqrt(weight) / goal for weight, goal in zip(WEIGHTS, target, strict=True)]
        self.knobs = knobs
        self.columns = [tuple(part * scale for part, scale in zip(k.per_step, scales, strict=True)) for k in knobs]
        self.curvature = [
            sum(part * part for part in column) + knob.cost for column, knob in zip(self.columns, knobs, strict=True)
        ]
        self.settings = [0.0] * len(knobs)
        self.errors = [(have - goal) * scale for have, goal, scale in zip(base, target, scales, strict=True)]
        for index, knob in enumerate(knobs):
            self.put(index, min(max(knob.start, knob.low), knob.high))

    def put(self, index: int, setting: float) -> None:
        move = setting - self.settings[index]
        if move:
            a, b, c, d = self.columns[index]
            errors = self.errors
            errors[0] += a * move
            errors[1] += b * move
            errors[2] += c * move
            errors[3] += d * move
            self.settings[index] = setting

    def best(self, index: int) -> float:
        """The setting that is best while all others stand still."""
        knob, here = self.knobs[index], self.settings[index]
        a, b, c, d = self.columns[index]
        e, f, g, h = self.errors
        slope = a * e + b * f + c * g + d * h + knob.cost * (here - knob.start)
        curvature = self.curvature[index]
        if not curvature:
            return here
        return min(max(here - slope / curvature, knob.low), knob.high)

    def settle(self, free: Iterable[int], sweeps: int) -> None:
        free = tuple(free)
        for _ in range(sweeps):
            largest = 0.0
            for index in free:
                setting = self.best(index)
                largest = max(largest, abs(setting - self.settings[index]))
                self.put(index, setting)
            if largest < STILL:
                return

    def value(self) -> float:
        pull = sum(k.cost * (s - k.start) ** 2 for k, s in zip(self.knobs, self.settings, strict=True) if k.cost)
        return sum(error * error for error in self.errors) + pull

    def polish(self) -> None:
        """Single steps up or down while they help."""
        for _ in range(POLISH_PASSES):
            changed = False
            for index in range(len(self.knobs)):
                changed |= self._step(index)
            if not changed:
                return

    def _step(self, index: int) -> bool:
        knob, here, value = self.knobs[index], self.settings[index], self.value()
        for there in (here - 1, here + 1, 0.0):
            if not knob.low <= there <= knob.high or 0 < there < knob.least or there == here:
                continue
            self.put(index, there)
            if self.value() < value - 1e-12:
                return True
            self.put(index, here)
        return False


def relaxed(base: Vector, knobs: Sequence[Knob], target: Vector) -> tuple[float, ...]:
    """The best settings when they need not be whole."""
    bench = _Bench(base, knobs, target)
    bench.settle(range(len(knobs)), SWEEPS)
    return tuple(bench.settings)


def settled(base: Vector, knobs: Sequence[Knob], target: Vector) -> tuple[int, ...]:
    """Whole settings inside their bounds that bring base + Σ setting·per_step close to the target (all above 0)."""
    bench = _Bench(base, knobs, target)
    order = sorted(range(len(knobs)), key=lambda index: -bench.curvature[index])
    bench.settle(order, SWEEPS)
    for done, index in enumerate(order, start=1):
        bench.put(index, _whole(knobs[index], bench.settings[index]))
        bench.settle(order[done:], RESETTLE_SWEEPS)
    bench.polish()
    return tuple(round(setting) for setting in bench.settings)


def _whole(knob: Knob, setting: float) -> float:
    whole = round(setting)
    if 0 < whole < knob.least:
        return float(knob.least if 2 * whole >= knob.least and knob.least <= knob.high else max(knob.low, 0))
    return float(whole)
