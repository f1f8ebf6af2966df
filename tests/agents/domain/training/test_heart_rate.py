"""T-20, T-21, T-22: the worked examples of heart rate and endurance."""

from dataclasses import replace

import pytest

from agents.domain.training.heart_rate import (
    karvonen,
    max_rate,
    vo2max_cooper,
    vo2max_resting,
    vo2max_rockport,
    zones,
)
from tests.support.trainees import ADULT


@pytest.mark.parametrize(("age", "beats"), [(30, 187), (40, 180), (50, 173), (65, 162.5)])
def test_t20_tanaka(age, beats):
    assert max_rate(age) == pytest.approx(beats)


@pytest.mark.parametrize(("age", "beats"), [(40, 170.8), (50, 162.0)])
def test_t20_gulati_and_a_measured_maximum_wins(age, beats):
    assert max_rate(age, formula="gulati") == pytest.approx(beats)
    assert max_rate(age, measured=191) == 191


@pytest.mark.parametrize(
    ("share", "beats"), [(0.3, 96), (0.4, 108), (0.5, 120), (0.6, 132), (0.7, 144), (0.8, 156), (0.9, 168)]
)
def test_t21_karvonen_at_forty(share, beats):
    assert karvonen(share, resting=60, maximum=180) == pytest.approx(beats)


@pytest.mark.parametrize(("share", "beats"), [(0.4, 105.6), (0.59, 123.5), (0.6, 124.4), (0.89, 151.7)])
def test_t21_karvonen_for_a_woman_of_fifty(share, beats):
    assert karvonen(share, resting=68, maximum=162) == pytest.approx(beats, abs=0.05)


def test_t21_zones_give_way_to_the_talk_test_with_heart_drugs_pregnancy_or_unknown_medicines():
    person = replace(ADULT, age=40)
    found = zones(person, resting=60)
    assert (found["moderate"].low, round(found["moderate"].high, 1)) == (108, 130.8)
    assert zones(replace(person, medications=("Concor",)), resting=60) is None
    assert zones(replace(person, medications=None), resting=60) is None
    assert zones(replace(person, pregnancy_week=8), resting=60) is None
    assert zones(replace(person, age=None), resting=60) is None
    with pytest.raises(ValueError, match="resting"):
        karvonen(0.5, resting=180, maximum=170)


def test_t22_worked_examples():
    assert [round(vo2max_cooper(metres), 2) for metres in (1600, 2400, 3000)] == [24.48, 42.37, 55.78]
    man = vo2max_rockport(weight_lb=176, age=40, is_male=True, minutes_per_mile=14, pulse=140)
    woman = vo2max_rockport(weight_lb=150, age=50, is_male=False, minutes_per_mile=16.5, pulse=128)
    assert (round(man, 2), round(woman, 2)) == (42.51, 28.03)
    assert round(vo2max_resting(resting=60, maximum=190), 2) == 48.45
    assert round(vo2max_resting(resting=55, maximum=180), 2) == 50.07
