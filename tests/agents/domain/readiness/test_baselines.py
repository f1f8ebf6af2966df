"""Body signals against a person's own days (science.md R-8)."""

from datetime import date, timedelta
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.readiness.baselines import body_signals, usual

TODAY = date(2026, 3, 1)


def _days(values: list[float], *, ending: date = TODAY) -> dict[date, float]:
    return {ending - timedelta(days=ago): value for ago, value in enumerate(reversed(values))}


def test_a_resting_pulse_seven_above_the_month_is_one_red() -> None:
    assert body_signals(resting_pulse=_days([60.0] * 30 + [67.0]), on=TODAY).is_red
    assert not body_signals(resting_pulse=_days([60.0] * 30 + [66.9]), on=TODAY).is_red


def test_twenty_days_of_data_are_needed() -> None:
    assert body_signals(resting_pulse=_days([60.0] * 20 + [80.0]), on=TODAY).is_red
    assert not body_signals(resting_pulse=_days([60.0] * 19 + [80.0]), on=TODAY).is_red


def test_without_a_pulse_of_today_there_is_no_judgement() -> None:
    pulses = _days([60.0] * 30 + [80.0], ending=TODAY - timedelta(days=1))
    assert not body_signals(resting_pulse=pulses, on=TODAY).is_red


def test_a_week_of_low_variability_is_one_red() -> None:
    usual_days = [exp(4.0 + (0.1 if n % 2 else -0.1)) for n in range(60)]
    sd = 0.1 * (60 / 59) ** 0.5
    below, above = 4.0 - 0.5 * sd - 0.001, 4.0 - 0.5 * sd + 0.001
    assert body_signals(rmssd_ms=_days([*usual_days, *[exp(below)] * 7]), on=TODAY).is_red
    assert not body_signals(rmssd_ms=_days([*usual_days, *[exp(above)] * 7]), on=TODAY).is_red


def test_one_bad_night_is_no_week() -> None:
    usual_days = [50.0 + n % 3 for n in range(60)]
    rmssd = _days(usual_days, ending=TODAY - timedelta(days=7)) | {TODAY: 10.0}
    assert not body_signals(rmssd_ms=rmssd, on=TODAY).is_red


def test_readings_that_cannot_be_are_left_out() -> None:
    rmssd = _days([50.0, 52.0] * 30 + [0.0] * 7)
    found = body_signals(rmssd_ms=rmssd, resting_pulse=_days([0.0] * 31), on=TODAY)
    assert not found.is_red
    assert found.recent_ln_rmssd is None


def test_nothing_measured_is_no_signal() -> None:
    assert not body_signals(on=TODAY).is_red


def test_a_baseline_has_its_mean_and_spread() -> None:
    found = usual(_days([1.0, 2.0, 3.0]), until=TODAY, days=3, fewest=3)
    assert found is not None
    assert (found.mean, found.sd, found.days) == (2.0, 1.0, 3)
    assert usual(_days([1.0, 2.0, 3.0]), until=TODAY, days=2, fewest=3) is None


def test_a_baseline_of_no_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="number"):
        usual({TODAY: float("nan")}, until=TODAY)


@given(st.lists(st.floats(35, 110), min_size=21, max_size=90), st.floats(-0.5, 0.5))
def test_the_same_readings_say_the_same_and_days_to_come_say_nothing(pulses: list[float], noise: float) -> None:
    readings = _days(pulses)
    later = {TODAY + timedelta(days=n): 200 + noise for n in range(1, 30)}
    rmssd = {day: exp(log(value)) for day, value in readings.items()}
    first = body_signals(rmssd_ms=rmssd, resting_pulse=readings, on=TODAY)
    assert first == body_signals(rmssd_ms=rmssd | later, resting_pulse=readings | later, on=TODAY)
