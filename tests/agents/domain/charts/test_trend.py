"""The trend is K-30's, and its swing holds about nine in ten weigh-ins."""

import random
from datetime import date, timedelta

import pytest

from agents.domain.charts.trend import NINE_IN_TEN, NOISE_LEAST_KG, NOISE_START_KG, trend

DAY = date(2026, 11, 1)


def daily(*kg):
    return tuple((DAY + timedelta(days=n), value) for n, value in enumerate(kg))


def test_the_trend_is_the_worked_example_of_the_rule_and_a_gap_counts_more():
    points = trend((*daily(80, 80.4, 79.8, 79.9, 79.5, 79.7, 79.3), (DAY + timedelta(days=9), 79.0)))
    assert [round(point.kg, 4) for point in points] == [
        80, 80.04, 80.016, 80.0044, 79.954, 79.9286, 79.8657, 79.6311,
    ]  # fmt: skip


def test_a_few_weigh_ins_say_nothing_about_the_scale():
    assert {point.swing_kg for point in trend(daily(80, 90, 70))} == {NINE_IN_TEN * NOISE_START_KG}


def test_a_scale_that_never_moves_still_swings_a_little():
    assert trend(daily(*[80.0] * 30))[-1].swing_kg == pytest.approx(NINE_IN_TEN * NOISE_LEAST_KG)


@pytest.mark.parametrize("a_day_kg", [0.0, -0.06, 0.05])
@pytest.mark.parametrize("noise_kg", [0.4, 0.7, 1.2])
def test_the_swing_holds_about_nine_in_ten_weigh_ins_of_people_who_lose_hold_or_gain(a_day_kg, noise_kg):
    dice = random.Random(f"{a_day_kg} {noise_kg}")
    weights = daily(*(80 + a_day_kg * n + dice.gauss(0, noise_kg) for n in range(1000)))
    inside = [
        abs(weight - point.kg) <= point.swing_kg
        for (_, weight), point in zip(weights[30:], trend(weights)[30:], strict=True)
    ]
    assert 0.84 <= sum(inside) / len(inside) <= 0.97
