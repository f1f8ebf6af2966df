"""Weather, trips, kit and time (science.md S-172 to S-174, T-11, R-9)."""

from datetime import date, timedelta

import pytest

from agents.domain.profile import Profile
from agents.domain.readiness.surroundings import (
    Trip,
    holiday_trigger,
    kit_trigger,
    request_trigger,
    time_trigger,
    travel_trigger,
    weather_trigger,
)
from agents.domain.safety.weather import Weather, outdoors

TODAY = date(2026, 3, 4)
ADULT = Profile(age=30, weight_kg=70, height_cm=175)


def test_s174_without_a_forecast_nothing_fires() -> None:
    assert weather_trigger(outdoors(None, ADULT), is_outdoor=True) is None


@pytest.mark.parametrize(
    ("weather", "time", "mode", "is_inside", "no_running"),
    [
        (Weather(temperature_c=32, humidity=40), 0.75, "easy", False, False),  # 29.5 °C
        (Weather(temperature_c=30, humidity=60), 1.0, "train", True, False),  # 30.9 °C
        (Weather(temperature_c=-25, humidity=60), 1.0, "train", True, False),
        (Weather(temperature_c=15, humidity=50, has_lightning=True), 1.0, "train", True, False),
        (Weather(temperature_c=-2, humidity=90, has_glare_ice=True), 1.0, "train", False, True),
        (Weather(temperature_c=15, humidity=50, aqi=151), 1.0, "train", True, False),
        (Weather(temperature_c=15, humidity=50, aqi=201), 1.0, "easy", True, False),
    ],
)
def test_the_weather_holds_at_once_for_an_outdoor_session(
    weather: Weather, time: float, mode: str, is_inside: bool, no_running: bool
) -> None:
    found = weather_trigger(outdoors(weather, ADULT), is_outdoor=True)
    assert found is not None
    effect = found.effect
    assert (effect.time, effect.mode, effect.no_outdoors, effect.no_running) == (time, mode, is_inside, no_running)
    assert found.is_at_once
    assert ("indoor_twin" in effect.offers) == is_inside


def test_an_indoor_session_minds_only_air_that_forbids_effort() -> None:
    hot, smoke = Weather(temperature_c=38, humidity=60), Weather(temperature_c=15, humidity=50, aqi=250)
    assert weather_trigger(outdoors(hot, ADULT), is_outdoor=False) is None
    found = weather_trigger(outdoors(smoke, ADULT), is_outdoor=False)
    assert found is not None
    assert (found.effect.mode, found.effect.no_outdoors) == ("easy", False)


def test_a_mild_day_fires_nothing() -> None:
    assert weather_trigger(outdoors(Weather(temperature_c=15, humidity=50, aqi=40), ADULT), is_outdoor=True) is None


def test_a_trip_brings_its_equipment_and_gentle_first_days_far_away() -> None:
    trip = Trip(starts_on=TODAY, ends_on=TODAY + timedelta(days=5), shift_hours=-9)
    first, third = (travel_trigger(trip, on=TODAY + timedelta(days=n)) for n in (0, 2))
    assert first is not None
    assert third is not None
    assert (first.effect.load, first.effect.no_intervals, first.effect.equipment) == (0.9, True, frozenset())
    assert (third.effect.load, third.effect.no_intervals) == (1.0, False)
    assert travel_trigger(trip, on=TODAY + timedelta(days=6)) is None
    assert travel_trigger(trip, on=TODAY - timedelta(days=1)) is None


def test_a_trip_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="trip"):
        Trip(starts_on=TODAY, ends_on=TODAY - timedelta(days=1))


def test_enough_time_is_no_reason() -> None:
    assert time_trigger(60, planned_minutes=60) is None
    with pytest.raises(ValueError, match="minutes"):
        time_trigger(-1, planned_minutes=60)


def test_life_asks_and_never_costs_food() -> None:
    for found in (holiday_trigger(), request_trigger(), kit_trigger([]), time_trigger()):
        assert found is not None
        assert not found.is_at_once
        assert not found.is_red
        assert not found.effect.lifts_deficit
