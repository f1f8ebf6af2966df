import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.profile import Profile
from agents.domain.safety.weather import Weather, heat_index_f, is_air_sensitive, is_heat_sensitive, outdoors, wbgt_c
from tests.agents.domain.safety.wording import says

ROBUST = Profile(age=30, height_cm=175.0, weight_kg=70.0, conditions=(), medications=())
FRAIL = Profile(age=70, height_cm=175.0, weight_kg=70.0, conditions=(), medications=())


@pytest.mark.parametrize(
    ("fahrenheit", "humidity", "index"),
    [(90, 70, 105.9), (86, 90, 105.4), (95, 50, 105.2), (104, 40, 118.9), (82, 50, 82.8), (77, 50, 76.9)],
)
def test_s170_heat_index(fahrenheit, humidity, index):
    assert heat_index_f(fahrenheit, humidity) == pytest.approx(index, abs=0.05)


def test_s170_dry_heat_is_corrected_downwards():
    dry, usual = heat_index_f(95, 12.999), heat_index_f(95, 13)
    assert dry == pytest.approx(usual, abs=0.01)
    assert heat_index_f(95, 5) < heat_index_f(95, 13)
    assert heat_index_f(113, 5) == pytest.approx(104.43, abs=0.01)  # beyond 112 °F nothing is subtracted
    assert heat_index_f(88, 90) > heat_index_f(88, 80)


@pytest.mark.parametrize(
    ("fahrenheit", "humidity", "index"),
    [(85, 5, 80.767), (80.9, 12.9, 78.848), (100, 9, 93.757), (112, 10, 106.751), (95, 13.5, 90.461)],
)
def test_s170_the_correction_for_dry_heat(fahrenheit, humidity, index):
    assert heat_index_f(fahrenheit, humidity) == pytest.approx(index, abs=0.001)


@pytest.mark.parametrize(
    ("fahrenheit", "humidity", "index"),
    [(80, 90, 86.342), (84, 95, 100.882), (84, 85.5, 96.176), (79.5, 100, 85.470), (87.5, 95, 114.843)],
)
def test_s170_the_correction_for_damp_warmth_between_80_and_87_degrees(fahrenheit, humidity, index):
    assert heat_index_f(fahrenheit, humidity) == pytest.approx(index, abs=0.001)


def test_s170_the_long_formula_begins_at_an_average_of_80():
    assert heat_index_f(80.1, 40.0) == pytest.approx(79.895, abs=0.001)
    assert heat_index_f(80.2, 40.0) == pytest.approx(80.068, abs=0.001)  # here the average is 80 to the last digit
    assert heat_index_f(80.3, 40.0) == pytest.approx(80.138, abs=0.001)


@pytest.mark.parametrize(
    ("celsius", "humidity", "wbgt"), [(30, 60, 30.9), (35, 50, 34.8), (32, 40, 29.5), (25, 50, 24.3), (20, 50, 19.9)]
)
def test_s171_shade_wbgt(celsius, humidity, wbgt):
    assert round(wbgt_c(celsius, humidity), 1) == wbgt


def at_wbgt(wbgt):
    """Dry air (no vapour) of this WBGT."""
    return Weather(temperature_c=(wbgt - 3.94) / 0.567, humidity=0)


@pytest.mark.parametrize(
    ("wbgt", "acclimatised", "action", "is_easy"),
    [
        (27.8, False, "go", False), (27.9, True, "shorten", False), (27.9, False, "shorten", True),
        (30.0, True, "shorten", False), (30.1, True, "easy", True), (30.1, False, "indoors", False),
        (32.2, True, "easy", True), (32.3, True, "indoors", False),
    ],
)  # fmt: skip
def test_s172_bands_of_heat(wbgt, acclimatised, action, is_easy):
    found = outdoors(at_wbgt(wbgt), ROBUST, is_acclimatised=acclimatised)
    assert (found.action, found.is_easy) == (action, is_easy)
    assert found.minutes_share == (0.75 if action in ("shorten", "easy") else 1.0)


@pytest.mark.parametrize(
    ("wbgt", "action"),
    [(22.2, "go"), (22.3, "shorten"), (27.8, "shorten"), (27.9, "easy"), (30.1, "indoors"), (33, "indoors")],
)
def test_s172_risk_people_are_one_band_stricter(wbgt, action):
    assert outdoors(at_wbgt(wbgt), FRAIL, is_acclimatised=True).action == action


def test_s172_an_illness_in_the_last_three_days_counts():
    assert outdoors(at_wbgt(25), ROBUST, was_ill_within_3_days=True).action == "shorten"


@pytest.mark.parametrize(
    "known",
    [
        {"age": 65}, {"weight_kg": 92.0},
        {"height_cm": 200.0, "weight_kg": 120.0}, {"conditions": ("pregnancy",)}, {"pregnancy_week": 9},
        {"conditions": ("immunosuppressed",)}, {"medications": ("furosemide",)}, {"medications": ("lithium",)},
        {"medications": ("Xarelto",)}, {"medications": ("lantus",)}, {"conditions": ("type 1 diabetes",)},
    ],
)  # fmt: skip
def test_s172_who_is_sensitive_to_heat(known):
    assert is_heat_sensitive(Profile(**({"age": 30, "height_cm": 175.0, "weight_kg": 70.0} | known)))
    assert not is_heat_sensitive(ROBUST)
    assert not is_heat_sensitive(Profile())


@pytest.mark.parametrize(
    ("weather", "action", "no_running"),
    [
        (Weather(temperature_c=-5, feels_like_c=-20), "indoors", False),
        (Weather(temperature_c=-5, feels_like_c=-19.9), "go", False),
        (Weather(temperature_c=-21), "indoors", False),
        (Weather(temperature_c=15, has_lightning=True), "indoors", False),
        (Weather(temperature_c=1, has_glare_ice=True), "go", True),
    ],
)
def test_s172_cold_storm_and_ice(weather, action, no_running):
    found = outdoors(weather, ROBUST)
    assert (found.action, found.no_running) == (action, no_running)


@pytest.mark.parametrize(
    ("aqi", "profile", "action", "is_easy"),
    [
        (100, FRAIL, "go", False), (101, FRAIL, "indoors", False), (101, ROBUST, "go", False),
        (150, ROBUST, "go", False), (151, ROBUST, "indoors", False), (201, ROBUST, "indoors", True),
    ],
)  # fmt: skip
def test_s173_air(aqi, profile, action, is_easy):
    found = outdoors(Weather(temperature_c=15, humidity=50, aqi=aqi), profile)
    assert (found.action, found.is_easy) == (action, is_easy)


@pytest.mark.parametrize(
    "known",
    [{"conditions": ("asthma",)}, {"medications": ("ventolin",)}, {"age": 15}, {"age": 66}, {"pregnancy_week": 3}],
)
def test_s173_who_is_sensitive_to_bad_air(known):
    assert is_air_sensitive(Profile(**({"age": 30} | known)))
    assert not is_air_sensitive(ROBUST)
    assert not is_air_sensitive(Profile())


@pytest.mark.parametrize("weather", [None, Weather(), Weather(temperature_c=30)])
def test_s174_without_a_forecast_nothing_is_invented(weather):
    found = outdoors(weather, ROBUST)
    assert (found.action, found.rule) == ("unknown", "S-174")
    assert "no forecast" in found.message


def test_s174_in_the_cool_the_humidity_does_not_matter():
    assert outdoors(Weather(temperature_c=10), ROBUST).action == "go"


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.floats(-40, 50), st.floats(0, 100), st.booleans())
def test_s172_risk_never_loosens(celsius, humidity, acclimatised):
    weather = Weather(temperature_c=celsius, humidity=humidity)
    order = ("go", "unknown", "shorten", "easy", "indoors")
    strict, usual = (outdoors(weather, who, is_acclimatised=acclimatised).action for who in (FRAIL, ROBUST))
    assert order.index(strict) >= order.index(usual)


@pytest.mark.parametrize(
    ("weather", "rule", "level", "words"),
    [
        (Weather(temperature_c=15, has_lightning=True), "S-172", "caution", "Not outside in this weather"),
        (Weather(temperature_c=-21), "S-172", "caution", "Not outside in this weather"),
        (Weather(temperature_c=1, has_glare_ice=True), "S-172", "caution", "no running outside"),
        (at_wbgt(20), "S-172", "none", "Drink when you are thirsty"),
        (at_wbgt(27.9), "S-172", "caution", "a quarter shorter, with extra rests and water"),
        (at_wbgt(30.1), "S-172", "caution", "easy effort only, in the shade, with water"),
        (at_wbgt(32.3), "S-172", "caution", "Too hot outside today"),
        (Weather(temperature_c=15, aqi=151), "S-173", "caution", "The air is poor today"),
        (Weather(temperature_c=15, aqi=201), "S-173", "caution", "nothing hard unless the air there is filtered"),
    ],
)  # fmt: skip
def test_s172_s173_each_advice_names_its_rule_its_level_and_what_to_do(weather, rule, level, words):
    found = outdoors(weather, ROBUST, is_acclimatised=True)
    assert (found.rule, found.level) == (rule, level)
    assert says(found.message, words)


def test_s172_nobody_counts_as_used_to_the_heat_unasked():
    assert outdoors(at_wbgt(30.1), ROBUST).action == "indoors"


@pytest.mark.parametrize("age", [18, 64])
def test_s173_adults_below_65_are_not_sensitive_to_air(age):
    assert not is_air_sensitive(Profile(age=age))


@pytest.mark.parametrize("known", [{"age": 17}, {"age": 65}, {"conditions": ("immunosuppressed",)}])
def test_s173_the_edges_of_who_is_sensitive_to_air(known):
    assert is_air_sensitive(Profile(**({"age": 30} | known)))


def test_s173_at_an_index_of_200_the_air_is_poor_and_not_yet_too_bad_for_effort_indoors():
    assert not outdoors(Weather(temperature_c=15, aqi=200), ROBUST).is_easy


def test_s174_without_humidity_heat_is_unknown_from_22_3_degrees_on():
    assert outdoors(Weather(temperature_c=22.3), ROBUST).action == "unknown"
    assert outdoors(Weather(temperature_c=22.2), ROBUST).action == "go"


def test_a_fine_day_says_drink_and_go():
    found = outdoors(Weather(temperature_c=10), ROBUST)
    assert (found.action, found.rule, found.level, found.minutes_share) == ("go", "S-172", "none", 1.0)
