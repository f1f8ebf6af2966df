from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest

from agents.schemas import Fact, Moment, Rejected
from agents.understanding.facts import facts
from agents.understanding.lexicon import table

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def values(text, asked=None):
    return {f.field: f.value for f in facts(text, Moment(now=NOW, expecting=asked))[0]}


def test_every_place_of_the_table_has_a_real_zone_and_a_country_code():
    zones = available_timezones()
    places = table("places")
    assert len(places["cities"]) + len(places["countries"]) > 250
    for zone, country in (*places["cities"].values(), *places["countries"].values()):
        assert zone == "" or zone in zones
        assert len(country) == 2
        assert country.isupper()
    assert set(places["abbreviations"].values()) | set(places["offsets"].values()) <= zones


@pytest.mark.parametrize(
    ("text", "zone", "country"),
    [
        ("I live in Berlin", "Europe/Berlin", "DE"),
        ("I'm based in New York", "America/New_York", "US"),
        ("I'm from Germany but live in Spain", "Europe/Madrid", "ES"),
        ("I live in São Paulo", "America/Sao_Paulo", "BR"),
    ],
)
def test_where_someone_lives(text, zone, country):
    assert values(text) == {"timezone": zone, "country": country}


def test_a_country_with_several_zones_tells_only_the_country():
    assert values("I live in the US") == {"country": "US"}


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("America/New_York", "America/New_York"),
        ("europe/paris", "Europe/Paris"),
        ("UTC+2", "Etc/GMT-2"),
        ("utc-5", "Etc/GMT+5"),
        ("GMT", "Europe/London"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("UTC", "UTC"),
        ("UTC+0", "UTC"),
    ],
)
def test_zone_names_and_offsets(text, zone):
    assert values(text, "timezone") == {"timezone": zone}


def test_an_offset_no_clock_has_is_refused():
    assert facts("UTC+25", Moment(now=NOW))[1] == (Rejected("timezone", "UTC+25", "impossible_time"),)


def test_a_city_only_the_zone_data_know():
    assert facts("Ushuaia", Moment(now=NOW, expecting="timezone"))[0] == (
        Fact("timezone", "America/Argentina/Ushuaia", "Ushuaia", confidence=0.9),
    )
    assert facts("xyzzy", Moment(now=NOW, expecting="timezone"))[1] == (Rejected("timezone", "xyzzy", "unknown_word"),)


@pytest.mark.parametrize(
    "text", ["I'm in Tokyo next week", "flying to Berlin tomorrow", "my wife is from Paris", "Berlin"]
)
def test_a_place_passed_through_is_no_home(text):
    assert values(text) == {}
