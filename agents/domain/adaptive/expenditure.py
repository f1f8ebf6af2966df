"""What somebody burns a day, learned from what they eat and weigh: a Kalman filter of two states (science.md K-32).

The state is (weight, expenditure) with its covariance. What is learned is "expenditure in the units of this log":
whoever logs a fifth too little is not told so and gets a number that fits their log.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from agents.domain.adaptive.trend import Weighing

WEIGHT_DRIFT_KG: Final = 0.05  # a day, of the true weight beside the balance
EXPENDITURE_DRIFT_KCAL: Final = 10.0  # a day
START_WEIGHT_VARIANCE: Final = 0.36
START_EXPENDITURE_SD_KCAL: Final = 300.0
UNLOGGED_SHARE: Final = 0.25  # of the target: how wrong "eaten as planned" may be on a day without a log
NOISE_START_KG, NOISE_LEAST_KG = 0.6, 0.4
NOISE_WINDOW_DAYS: Final = 28
FEWEST_RESIDUALS: Final = 7  # fewer say nothing about a scale
PERIOD_NOISE: Final = 1.5  # K-34: times the noise around an expected period
GAP_DAYS: Final = 21  # K-34: after so long without a weight much may have changed
GAP_VARIANCE: Final = 150.0**2
NINETY_PERCENT: Final = 1.645  # standard deviations to either side


@dataclass(frozen=True, slots=True)
class DayLog:
    """One local day: energy eaten (None where the day was not logged), the weight if there was one."""

    on: date
    target_kcal: float
    eaten_kcal: float | None = None
    weight_kg: float | None = None
    is_near_period: bool = False


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed after a day: weight (kg), expenditure (kcal a day), their covariance, the scale's residuals."""

    on: date
    weight_kg: float
    expenditure_kcal: float
    p11: float
    p12: float
    p22: float
    residuals: tuple[tuple[date, float], ...] = ()
    weighed_on: date | None = None

    @property
    def sd_kcal(self) -> float:
        """The standard deviation of the expenditure."""
        return math.sqrt(self.p22)

    @property
    def interval_kcal(self) -> tuple[float, float]:
        """The 90 % interval of the expenditure."""
        reach = NINETY_PERCENT * self.sd_kcal
        return self.expenditure_kcal - reach, self.expenditure_kcal + reach

    @property
    def noise_kg(self) -> float:
        """How far the scale strays, from its own residuals of four weeks (at least 0.4 kg, 0.6 kg at the start)."""
        recent = [error for day, error in self.residuals if (self.on - day).days < NOISE_WINDOW_DAYS]
        if len(recent) < FEWEST_RESIDUALS:
            return NOISE_START_KG
        mean = sum(recent) / len(recent)
        spread = math.sqrt(sum((error - mean) ** 2 for error in recent) / (len(recent) - 1))
        return max(NOISE_LEAST_KG, spread)


def beginning(first: Weighing, predicted_kcal: float) -> Belief:
    """K-32: the first weight, and what K-4 predicts."""
    return Belief(
        first.on, first.kg, predicted_kcal, START_WEIGHT_VARIANCE, 0.0, START_EXPENDITURE_SD_KCAL**2, (), first.on
    )


def believed(start: Belief, days: Iterable[DayLog], rho_kcal_per_kg: float, noise_kg: float | None = None) -> Belief:
    """The belief after these days, which follow the start in order; days that are missing pass without a log.

    `rho_kcal_per_kg`: K-6. `noise_kg` fixes the scale's noise; None learns it. Raises ValueError for a wrong order.
    """
    belief = start
    for log in days:
        if log.on <= belief.on:
            raise ValueError(f"{log.on} does not come after {belief.on}")
        while belief.on + timedelta(days=1) < log.on:
            missing = DayLog(belief.on + timedelta(days=1), log.target_kcal)
            belief = _predicted(belief, missing, rho_kcal_per_kg)
        belief = _predicted(belief, log, rho_kcal_per_kg)
        if log.weight_kg is not None:
            belief = _updated(belief, log.weight_kg, noise_kg or belief.noise_kg, is_near_period=log.is_near_period)
    return belief


def _predicted(belief: Belief, log: DayLog, rho: float) -> Belief:
    """One day goes by."""
    eaten = log.target_kcal if log.eaten_kcal is None else log.eaten_kcal
    unlogged = (UNLOGGED_SHARE * log.target_kcal / rho) ** 2 if log.eaten_kcal is None else 0.0
    p22 = belief.p22 + EXPENDITURE_DRIFT_KCAL**2
    p12 = belief.p12 - belief.p22 / rho
    p11 = belief.p11 - 2 * belief.p12 / rho + belief.p22 / rho**2 + WEIGHT_DRIFT_KG**2 + unlogged
    weight = belief.weight_kg + (eaten - belief.expenditure_kcal) / rho
    return replace(belief, on=log.on, weight_kg=weight, p11=p11, p12=p12, p22=p22)


def _updated(belief: Belief, kg: float, noise_kg: float, *, is_near_period: bool) -> Belief:
    """The scale has spoken."""
    if belief.weighed_on is not None and (belief.on - belief.weighed_on).days > GAP_DAYS:
        belief = replace(belief, p22=belief.p22 + GAP_VARIANCE)
    noise = noise_kg * (PERIOD_NOISE if is_near_period else 1.0)
    variance = belief.p11 + noise**2
    gain_weight, gain_kcal = belief.p11 / variance, belief.p12 / variance
    residual = kg - belief.weight_kg
    return replace(
        belief,
        weight_kg=belief.weight_kg + gain_weight * residual,
        expenditure_kcal=belief.expenditure_kcal + gain_kcal * residual,
        p11=(1 - gain_weight) * belief.p11,
        p12=(1 - gain_weight) * belief.p12,
        p22=belief.p22 - gain_kcal * belief.p12,
        residuals=_kept((*belief.residuals, (belief.on, residual)), belief.on),
        weighed_on=belief.on,
    )


def _kept(residuals: Sequence[tuple[date, float]], on: date) -> tuple[tuple[date, float], ...]:
    return tuple(each for each in residuals if (on - each[0]).days < NOISE_WINDOW_DAYS)
