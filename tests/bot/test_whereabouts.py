"""Places and their clocks, from tables on this machine."""

import math

import pytest

from bot.whereabouts import zone_at


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (52.52, 13.40, "Europe/Berlin"),
        (-33.87, 151.21, "Australia/Sydney"),
        (40.71, -74.01, "America/New_York"),
        (40.0, -30.0, "Etc/GMT+2"),
        (28.61, 77.21, "Asia/Kolkata"),
    ],
)
def test_a_place_has_the_clock_people_there_use(latitude: float, longitude: float, zone: str) -> None:
    assert zone_at(latitude, longitude) == zone


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(91.0, 0.0), (0.0, 181.0), (math.nan, 0.0), (0.0, math.inf), (-90.5, -180.5)]
)
def test_what_is_no_place_has_none(latitude: float, longitude: float) -> None:
    assert zone_at(latitude, longitude) is None
