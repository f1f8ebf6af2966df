"""The trend of the scale (science.md K-30) with its daily swing: the noise that says nothing about the body.

The swing holds about nine in ten weigh-ins, whatever makes them differ from the trend: water, meals, and the lag with
which a trend follows a steady change. Weights in kg.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Final

from agents.domain.adaptive.trend import Weighing
from agents.domain.adaptive.trend import trend as smoothed
from agents.domain.charts.chart import Point

NOISE_START_KG, NOISE_LEAST_KG = 0.6, 0.4  # K-32
NOISE_DAYS: Final = 28  # K-32: the scatter of these days counts
NOISE_FROM: Final = 7  # weigh-ins; fewer say nothing about the scatter
NINE_IN_TEN: Final = 1.645


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The trend on a day with a weigh-in, and how far the scale usually swings to either side of it, in kg."""

    on: date
    kg: float
    swing_kg: float


def trend(weights: Sequence[Point]) -> tuple[TrendPoint, ...]:
    """K-30 over one weight a day, oldest first, with the swing as it was known on each day."""
    found: list[TrendPoint] = []
    off: list[Point] = []  # how far each weigh-in lay from the trend
    for (on, weight), smooth in zip(weights, smoothed([Weighing(*point) for point in weights]), strict=True):
        off = [*(point for point in off if (on - point[0]).days < NOISE_DAYS), (on, weight - smooth.kg)]
        found.append(TrendPoint(on, smooth.kg, NINE_IN_TEN * _noise_kg(off)))
    return tuple(found)


def _noise_kg(off: Sequence[Point]) -> float:
    if len(off) < NOISE_FROM:
        return NOISE_START_KG
    return max(NOISE_LEAST_KG, sqrt(sum(kg**2 for _, kg in off) / len(off)))
