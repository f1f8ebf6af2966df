from zoneinfo import available_timezones

import pytest

from agents.domain.safety import country_of_timezone, numbers_of
from agents.domain.safety.lexicon import load


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("DE", "112"), ("FR", "112"), ("TR", "112"), ("IN", "112"), ("RU", "112"), ("UA", "112"), ("NG", "112"),
        ("US", "911"), ("CA", "911"), ("MX", "911"), ("AR", "911"), ("PH", "911"), ("GB", "999"), ("IE", "999"),
        ("KE", "999"),
        ("AU", "000"), ("NZ", "111"), ("JP", "119"), ("KR", "119"), ("CN", "120"), ("BR", "192"), ("IL", "101"),
        ("EG", "123"),
        ("SA", "997"), ("AE", "998"), ("ZA", "112"), ("us", "911"),
    ],
)  # fmt: skip
def test_s10_emergency_numbers(country, number):
    assert numbers_of(country).emergency[0] == number


@pytest.mark.parametrize("country", [None, "", "XX"])
def test_s10_an_unknown_country_has_no_numbers(country):
    assert numbers_of(country) is None


@pytest.mark.parametrize(
    ("country", "line"),
    [
        ("US", "988"), ("CA", "988"), ("GB", "116 123"), ("IE", "116 123"), ("AU", "13 11 14"), ("NZ", "1737"),
        ("FR", "3114"),
        ("ES", "024"), ("DE", "0800 111 0 111"), ("BR", "188"), ("IN", "14416"), ("IT", None),
    ],
)  # fmt: skip
def test_s64_crisis_lines(country, line):
    assert numbers_of(country).crisis == line


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Oslo", "NO"),
        ("America/New_York", "US"),
        ("US/Eastern", "US"),
        ("Asia/Calcutta", "IN"),
        ("Asia/Kolkata", "IN"),
        ("Europe/Kiev", "UA"),
        ("GB", "GB"),
        ("Iceland", "IS"),
        ("Africa/Timbuktu", "ML"),
        ("UTC", None),
        ("Etc/GMT+3", None),
        ("Mars/Olympus", None),
        ("", None),
    ],
)
def test_s10_the_country_of_a_time_zone(zone, country):
    assert country_of_timezone(zone) == country


def test_s10_every_city_zone_has_a_country():
    regions = ("Europe/", "America/", "Asia/", "Australia/", "Africa/", "Pacific/", "Indian/", "Atlantic/")
    missing = sorted(
        zone for zone in available_timezones() if zone.startswith(regions) and not country_of_timezone(zone)
    )
    assert missing == []


def test_s10_numbers_are_digits_and_nothing_claims_to_be_verified_without_a_name_and_a_day():
    data = load("countries")
    for numbers in data["emergency"].values():
        assert all(number.isdigit() and 3 <= len(number) <= 5 for number in numbers)
    for line in (*data["crisis"].values(), *data["poison"].values()):
        assert line.replace(" ", "").replace("-", "").isdigit()
    assert set(data["verified"]) == {"on", "by"}
    assert (data["verified"]["on"] is None) == (data["verified"]["by"] is None)
    assert (data["crisis"].keys() | data["poison"].keys()) <= data["emergency"].keys()


def test_s10_the_second_number_where_the_rule_names_two():
    assert numbers_of("ZA").emergency == ("112", "10177")
    assert numbers_of("GB").emergency == numbers_of("KE").emergency == ("999", "112")
