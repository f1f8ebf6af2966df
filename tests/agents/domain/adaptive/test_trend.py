"""The trend of a weight: the worked examples of science.md K-30 and K-31."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.adaptive import Weighing, rate_kg_per_week, trend
from agents.domain.adaptive.trend import quick_expenditure_kcal

START = date(2026, 1, 1)
WEIGHTS = tuple(zip((0, 1, 2, 3, 4, 5, 6, 9), (80, 80.4, 79.8, 79.9, 79.5, 79.7, 79.3, 79.0), strict=True))


def weighings(pairs):
    return [Weighing(START + timedelta(days=day), kg) for day, kg in pairs]


def test_k30_the_worked_example_in_any_order_and_with_a_gap() -> None:
    expected = [80, 80.04, 80.016, 80.0044, 79.954, 79.9286, 79.8657, 79.6311]
    assert [round(each.kg, 4) for each in trend(weighings(WEIGHTS))] == expected
    assert trend(weighings(reversed(WEIGHTS))) == trend(weighings(WEIGHTS))


@pytest.mark.parametrize(("gap", "share"), [(1, 0.1), (2, 0.19), (3, 0.271), (7, 0.5217)])
def test_k30_after_a_gap_the_new_weight_counts_for_more(gap: int, share: float) -> None:
    last = trend(weighings([(0, 80.0), (gap, 81.0)]))[-1]
    assert last.kg - 80.0 == pytest.approx(share, abs=5e-5)


def test_of_several_weights_on_a_day_the_last_counts() -> None:
    assert trend(weighings([(0, 80.0), (0, 90.0)])) == (Weighing(START, 90.0),)


def test_the_rate_is_of_the_trend_within_the_span() -> None:
    steady = weighings((day, 80 - 0.1 * day) for day in range(60))
    rate = rate_kg_per_week(steady, since=START + timedelta(days=40), until=START + timedelta(days=54))
    assert rate == pytest.approx(-0.7, abs=0.01)
    assert rate_kg_per_week(steady, since=START, until=START) is None
    assert rate_kg_per_week([], since=START, until=START) is None


@pytest.mark.parametrize(("rho", "kcal"), [(7700, 2585), (7000, 2550)])
def test_k31_the_quick_check(rho: float, kcal: float) -> None:
    assert quick_expenditure_kcal(2200, -0.7, 14, rho) == pytest.approx(kcal)


def test_a_change_needs_a_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        quick_expenditure_kcal(2200, 0, 0, 7700)


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(30, 300)), min_size=1))
def test_a_trend_stays_among_its_weights(pairs: list[tuple[int, float]]) -> None:
    found = trend(weighings(pairs))
    lightest, heaviest = min(kg for _, kg in pairs), max(kg for _, kg in pairs)
    assert all(lightest - 1e-6 <= each.kg <= heaviest + 1e-6 for each in found)
    assert [each.on for each in found] == sorted({START + timedelta(days=day) for day, _ in pairs})
