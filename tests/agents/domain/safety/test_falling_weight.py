from datetime import date, timedelta

import pytest

from agents.domain.safety.falling_weight import Weighing, alarm, weekly_loss
from tests.agents.domain.safety.wording import says

DAY = date(2026, 3, 1)


def trend(*points):
    return [Weighing(DAY + timedelta(days=day), kg) for day, kg in points]


def test_e9_70_to_68_9_kg_in_a_week_is_1_57_percent():
    assert round(weekly_loss(70, 68.9), 4) == 0.0157
    assert weekly_loss(70, 70.7, days=14) == pytest.approx(-0.005)


@pytest.mark.parametrize(
    ("points", "is_alarm"),
    [
        (((0, 70), (7, 68.9), (14, 67.8)), True),
        (((0, 70), (7, 68.9), (14, 68.0)), False),
        (((0, 70), (7, 69.5), (14, 68.4)), False),
        (((0, 70), (14, 67.8)), False),
        (((0, 100), (7, 98.5), (14, 97.0225)), False),
        (((7, 70), (14, 67)), False),
        (((0, 70),), False),
        ((), False),
    ],
)
def test_e9_more_than_1_5_percent_a_week_for_two_weeks_also_when_it_is_wanted(points, is_alarm):
    found = alarm(trend(*points), is_intended=True)
    assert (found is not None) is is_alarm
    if found is not None:
        assert (found.rule, found.level) == ("E9", "urgent")
        assert says(found.message, "falling faster than is good", "doctor within 3 days", "no weight loss")


@pytest.mark.parametrize(
    ("days", "end_kg", "is_alarm"),
    [(30, 94.9, True), (30, 95.0, False), (31, 94.9, False), (180, 89.9, True), (180, 90.0, False), (181, 89.9, False)],
)
def test_e9_unintended_loss_over_5_percent_in_30_or_10_in_180_days(days, end_kg, is_alarm):
    points = trend((0, 100), (days, end_kg))
    assert (alarm(points, is_intended=False) is not None) is is_alarm
    assert alarm(points, is_intended=True) is None


def test_e9_the_order_of_the_days_does_not_matter():
    points = trend((14, 67.8), (0, 70), (7, 68.9))
    assert alarm(points, is_intended=True) is not None


def test_e9_the_last_day_of_a_longer_history_is_the_one_that_counts():
    assert alarm(trend((0, 100), (15, 99), (30, 94)), is_intended=False) is not None
    assert alarm(trend((0, 100), (15, 94), (30, 99)), is_intended=False) is None
