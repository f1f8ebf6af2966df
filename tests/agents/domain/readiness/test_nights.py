"""Low energy, referral for sleep, one change a week, naps (science.md R-10, R-20, R-21)."""

from datetime import date, timedelta

import pytest

from agents.domain.readiness.energy_level import low_energy
from agents.domain.readiness.nights import diary_referral, nap_minutes, next_change, referral
from agents.domain.sleep_advice import NAP_END_BEFORE_BED_MINUTES, REFER_CODES

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("scores", "days"),
    [((3, 3, 3), 3), ((1, 2, 0, 3), 4), ((3, 3), None), ((3, 4, 3), None), ((4, 3, 3), None), ((), None)],
)
def test_r10_three_days_of_low_energy_call_for_checks(scores: tuple[int, ...], days: int | None) -> None:
    found = low_energy({TODAY - timedelta(days=ago): score for ago, score in enumerate(scores)}, on=TODAY)
    assert (None if found is None else found.days) == days
    if found is not None:
        assert found.checks == ("energy_availability", "sleep", "iron_with_clinician")


def test_a_day_without_an_answer_ends_the_row() -> None:
    assert low_energy({TODAY: 1, TODAY - timedelta(days=2): 1, TODAY - timedelta(days=3): 1}, on=TODAY) is None


@pytest.mark.parametrize("sign", sorted(REFER_CODES))
def test_r21_every_sign_is_urgent_within_three_days(sign: str) -> None:
    found = referral([sign, "snoring_dog"])
    assert found is not None
    assert (found.signs, found.level, found.within_days) == ((sign,), "urgent", 3)


@pytest.mark.parametrize(
    ("nights", "months", "is_referred"),
    [(4, 3, True), (3, 3, False), (4, 2.9, False), (7, 12, True), (None, 12, False), (5, None, False)],
)
def test_r21_insomnia_is_more_than_three_nights_for_three_months(
    nights: float | None, months: float | None, is_referred: bool
) -> None:
    assert (referral(bad_nights_a_week=nights, months=months) is not None) == is_referred


def test_a_diary_of_thirteen_bad_weeks_is_referred() -> None:
    bad = {TODAY - timedelta(days=n): n % 7 < 4 for n in range(91)}
    assert diary_referral(bad, until=TODAY) is not None
    assert diary_referral(bad | {TODAY: False}, until=TODAY) is None
    assert diary_referral({}, until=TODAY) is None


def test_r20_one_change_a_week_in_order() -> None:
    order = ("steady_wake", "morning_light", "caffeine")
    assert next_change(order, {}, on=TODAY) == "steady_wake"
    begun = {"steady_wake": TODAY - timedelta(days=7)}
    assert next_change(order, begun, on=TODAY) == "morning_light"
    assert next_change(order, begun, on=TODAY - timedelta(days=1)) is None
    assert next_change(order, {code: TODAY - timedelta(days=20) for code in order}, on=TODAY) is None


@pytest.mark.parametrize(
    ("wanted", "before_bed", "minutes"), [(90, 600, 30), (20, 600, 20), (30, 490, 10), (30, 480, 0)]
)
def test_r20_a_nap_is_short_and_early(wanted: int, before_bed: int, minutes: int) -> None:
    found = nap_minutes(wanted, starts_minutes_before_bed=before_bed, last_end_before_bed=NAP_END_BEFORE_BED_MINUTES)
    assert found == minutes
