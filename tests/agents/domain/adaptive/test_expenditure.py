"""What is learned about expenditure: the vectors of science.md K-32, gaps, periods, and people with a known truth."""

import math
import random
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.adaptive import Belief, DayLog, Weighing, beginning, believed
from agents.domain.adaptive.expenditure import NOISE_LEAST_KG, NOISE_START_KG

START = date(2026, 1, 1)
RHO = 7700.0


def vector(days: int, every: int = 1) -> Belief:
    """The test vector of K-32, weighed every so many days."""
    logs = [
        DayLog(START + timedelta(days=n), 2200, 2200, 80 - (300 / RHO) * n if n % every == 0 else None)
        for n in range(1, days + 1)
    ]
    return believed(beginning(Weighing(START, 80.0), 2300), logs, RHO, NOISE_START_KG)


@pytest.mark.parametrize(
    ("days", "every", "kg", "kcal", "sd"),
    [
        (1, 1, 79.9740, 2300.42, 299.85), (2, 1, 79.9477, 2301.66, 299.08), (7, 1, 79.8019, 2329.07, 278.53),
        (14, 1, 79.5334, 2401.49, 213.07), (21, 1, 79.2373, 2448.08, 157.24), (28, 1, 78.9469, 2469.80, 123.45),
        (42, 1, 78.3834, 2486.31, 91.71), (56, 1, 77.8300, 2492.26, 79.48), (14, 3, 79.6015, 2353.21, 259.44),
        (28, 3, 78.9975, 2445.26, 162.74), (42, 3, 78.4092, 2477.16, 112.44),
    ],
)  # fmt: skip
def test_k32_the_vector(days: int, every: int, kg: float, kcal: float, sd: float) -> None:
    found = vector(days, every)
    assert (round(found.weight_kg, 4), round(found.expenditure_kcal, 2), round(found.sd_kcal, 2)) == (kg, kcal, sd)
    low, high = found.interval_kcal
    assert (high - low) / 2 == pytest.approx(1.645 * found.sd_kcal)


def test_days_that_are_missing_pass_as_days_without_a_log() -> None:
    start = beginning(Weighing(START, 80.0), 2300)
    skipped = believed(start, [DayLog(START + timedelta(days=3), 2200, 2200, 79.9)], RHO)
    told = [DayLog(START + timedelta(days=n), 2200) for n in (1, 2)]
    assert skipped == believed(start, [*told, DayLog(START + timedelta(days=3), 2200, 2200, 79.9)], RHO)
    certain = believed(start, [DayLog(START + timedelta(days=n), 2200, 2200) for n in (1, 2, 3)], RHO)
    assert believed(start, [DayLog(START + timedelta(days=3), 2200)], RHO).p11 > certain.p11, "a guess is less sure"


def test_days_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="does not come after"):
        believed(beginning(Weighing(START, 80.0), 2300), [DayLog(START, 2200)], RHO)


def test_k34_a_weight_near_a_period_counts_for_less() -> None:
    start = beginning(Weighing(START, 80.0), 2300)
    plain = believed(start, [DayLog(START + timedelta(days=1), 2200, 2200, 82.0)], RHO)
    near = believed(start, [DayLog(START + timedelta(days=1), 2200, 2200, 82.0, is_near_period=True)], RHO)
    assert near.weight_kg < plain.weight_kg


def test_k34_after_three_weeks_without_a_weight_everything_is_less_sure() -> None:
    known = vector(56)

    def after(days: int) -> Belief:
        return believed(known, [DayLog(known.on + timedelta(days=days), 2200, 2200, 77.0)], RHO)

    assert after(22).p22 > after(21).p22 + 100**2


def test_the_noise_of_a_scale_is_learned_and_never_too_small() -> None:
    start = beginning(Weighing(START, 80.0), 2500)
    exact = [DayLog(START + timedelta(days=n), 2500, 2500, 80.0) for n in range(1, 29)]
    wild = [DayLog(START + timedelta(days=n), 2500, 2500, 80.0 + (-1) ** n * 1.5) for n in range(1, 29)]
    assert start.noise_kg == NOISE_START_KG
    assert believed(start, exact[:6], RHO).noise_kg == NOISE_START_KG, "six say nothing"
    assert believed(start, exact, RHO).noise_kg == NOISE_LEAST_KG
    assert believed(start, wild, RHO).noise_kg > 1.2
    assert len(believed(start, wild * 1, RHO).residuals) <= 28


@dataclass(frozen=True)
class Truth:
    """Somebody whose expenditure is known."""

    kcal: float
    errors: tuple[float, ...]
    is_covered: bool


def lived(seed: int, days: int, noise_kg: float) -> Truth:
    """One person of K-32's simulation: burns about 2,500, a little less each day, and weighs in daily."""
    chance = random.Random(seed)
    burned, kg = chance.gauss(2500, 250), 80.0
    belief = beginning(Weighing(START, kg + chance.gauss(0, noise_kg)), 2500)
    for n in range(1, days + 1):
        eaten = chance.gauss(2200, 300)
        burned -= 1.5
        kg += (eaten - burned) / RHO
        log = DayLog(START + timedelta(days=n), 2200, eaten, kg + chance.gauss(0, noise_kg))
        belief = believed(belief, [log], RHO)
    low, high = belief.interval_kcal
    return Truth(burned, (belief.expenditure_kcal - burned,), low <= burned <= high)


def test_k32_after_four_weeks_the_estimate_is_close_and_its_interval_honest() -> None:
    people = [lived(seed, 28, 0.5) for seed in range(400)]
    rmse = math.sqrt(fmean(error**2 for person in people for error in person.errors))
    covered = fmean(person.is_covered for person in people)
    assert rmse <= 100, rmse
    assert covered >= 0.88, covered


@given(
    st.lists(st.tuples(st.floats(0, 8000), st.none() | st.floats(30, 300)), min_size=1, max_size=60),
    st.floats(1000, 10000),
)
def test_whatever_is_logged_the_belief_stays_a_belief(logs: list[tuple[float, float | None]], rho: float) -> None:
    days = [DayLog(START + timedelta(days=n), 2200, kcal, kg) for n, (kcal, kg) in enumerate(logs, start=1)]
    found = believed(beginning(Weighing(START, 80.0), 2300), days, rho)
    assert math.isfinite(found.expenditure_kcal)
    assert math.isfinite(found.weight_kg)
    assert found.p11 > 0
    assert found.p22 > 0
    assert found.p11 * found.p22 >= found.p12**2 * (1 - 1e-9)
