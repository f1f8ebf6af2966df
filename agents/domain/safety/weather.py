"""Heat, cold and air before an outdoor session (science.md S-170 to S-174). No forecast is ever invented."""

import math
from dataclasses import dataclass
from typing import Final, Literal

from agents.domain.energy import round_half_away
from agents.domain.profile import Profile
from agents.domain.safety.conditions import understood
from agents.domain.safety.levels import Level

Outdoors = Literal["go", "shorten", "easy", "indoors", "unknown"]

WBGT_SHORTEN, WBGT_EASY, WBGT_STOP = 27.9, 30.1, 32.3  # °C, S-172: from here on; read to a tenth
# Below this nobody is asked to do less because of heat, so that "one band stricter" does not shorten a cool day. ⚕
WBGT_STRICTER_FROM: Final = 22.3
SHORTER_BY: Final = 0.25  # S-172
FREEZING_FEELS_LIKE: Final = -20.0  # °C, S-172
ACCLIMATISING_DAYS: Final = (10, 14)  # S-172
AQI_RISK, AQI_ALL, AQI_NO_EFFORT = 100, 150, 200  # S-173: above these
OBESE_BMI: Final = 30.0
RISK_AGE: Final = 65  # S-7
# S-7, and S-160: medicines that make heat harder to bear.
_RISK_MEDICINES: Final = frozenset({
    "insulin", "warfarin", "anticoagulant", "transplant_drug", "diuretic", "lithium", "anticholinergic",
    "antipsychotic", "stimulant", "sglt2", "ace_inhibitor", "arb", "spironolactone",
})  # fmt: skip
_RISK_CONDITIONS: Final = ("pregnancy", "immunosuppressed", "diabetes_t1", "acute_illness", "cold_above_neck")
_AIR_CONDITIONS: Final = ("respiratory", "cardiac", "heart_failure")
_ORDER: Final[tuple[Outdoors, ...]] = ("go", "unknown", "shorten", "easy", "indoors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """The forecast at the hour of the session; None is not known. `aqi` is the US index, `humidity` percent."""

    temperature_c: float | None = None
    humidity: float | None = None
    feels_like_c: float | None = None
    aqi: float | None = None
    has_lightning: bool = False
    has_glare_ice: bool = False


@dataclass(frozen=True, slots=True)
class OutdoorAdvice:
    """What to do with an outdoor session. `minutes_share` shortens it, `is_easy` caps the effort anywhere."""

    action: Outdoors
    rule: str
    level: Level = "none"
    message: str = ""
    minutes_share: float = 1.0
    is_easy: bool = False
    no_running: bool = False


def heat_index_f(temperature_f: float, humidity: float) -> float:
    """S-170: the heat index of the US weather service in °F; `humidity` in percent."""
    t, r = temperature_f, humidity
    simple = 0.5 * (t + 61 + 1.2 * (t - 68) + 0.094 * r)
    if (simple + t) / 2 < 80:
        return (simple + t) / 2
    index = (
        -42.379 + 2.04901523 * t + 10.14333127 * r - 0.22475541 * t * r - 0.00683783 * t**2 - 0.05481717 * r**2
        + 0.00122874 * t**2 * r + 0.00085282 * t * r**2 - 0.00000199 * t**2 * r**2
    )  # fmt: skip
    if r < 13 and t <= 112:
        return index - (13 - r) / 4 * math.sqrt((17 - abs(t - 95)) / 17)
    if r > 85 and 80 <= t <= 87:
        return index + (r - 85) / 10 * (87 - t) / 5
    return index


def wbgt_c(temperature_c: float, humidity: float) -> float:
    """S-171: estimated wet-bulb globe temperature in the shade, °C."""
    vapour = humidity / 100 * 6.105 * math.exp(17.27 * temperature_c / (237.7 + temperature_c))
    return 0.567 * temperature_c + 0.393 * vapour + 3.94


def is_heat_sensitive(profile: Profile, *, was_ill_within_3_days: bool = False) -> bool:
    """S-172: whom heat hits one band earlier."""
    profile = understood(profile)
    return (
        was_ill_within_3_days
        or (profile.age is not None and profile.age >= RISK_AGE)
        or (profile.bmi is not None and profile.bmi >= OBESE_BMI)
        or profile.pregnancy_week is not None
        or profile.has(*_RISK_CONDITIONS)
        or not _RISK_MEDICINES.isdisjoint(profile.medications or ())
    )


def is_air_sensitive(profile: Profile) -> bool:
    """S-173: who stays indoors from the lower mark on: lungs, heart, S-7 people and minors."""
    profile = understood(profile)
    is_young_or_old = profile.age is not None and not 18 <= profile.age < RISK_AGE
    return (
        is_young_or_old
        or profile.pregnancy_week is not None
        or profile.has(*_AIR_CONDITIONS, *_RISK_CONDITIONS)
        or "bronchodilator" in (profile.medications or ())
    )


def outdoors(
    weather: Weather | None, profile: Profile, *, is_acclimatised: bool = False, was_ill_within_3_days: bool = False
) -> OutdoorAdvice:
    """The strictest of heat, cold, storm and air for this person; "unknown" without a forecast (S-174)."""
    if weather is None or weather.temperature_c is None:
        return NO_FORECAST
    is_sensitive = is_heat_sensitive(profile, was_ill_within_3_days=was_ill_within_3_days)
    advice = [
        _storm_and_cold(weather, weather.temperature_c),
        _heat(weather.temperature_c, weather.humidity, is_sensitive=is_sensitive, is_acclimatised=is_acclimatised),
        _air(weather.aqi, is_sensitive=is_air_sensitive(profile)),
    ]
    # Of equals the one that has something to say.
    return max(advice, key=lambda each: (_ORDER.index(each.action), each.is_easy, each.no_running, each.message != ""))


def _storm_and_cold(weather: Weather, temperature_c: float) -> OutdoorAdvice:
    feels_like = temperature_c if weather.feels_like_c is None else weather.feels_like_c
    if weather.has_lightning or feels_like <= FREEZING_FEELS_LIKE:
        return OutdoorAdvice("indoors", "S-172", "caution", "Not outside in this weather: let us do it indoors.")
    if weather.has_glare_ice:
        message = "The ground is icy, so no running outside. A walk with good soles or an indoor session is fine."
        return OutdoorAdvice("go", "S-172", "caution", message, no_running=True)
    return NOTHING_AGAINST


def _heat(temperature_c: float, humidity: float | None, *, is_sensitive: bool, is_acclimatised: bool) -> OutdoorAdvice:
    if humidity is None:
        return NO_FORECAST if temperature_c >= WBGT_STRICTER_FROM else NOTHING_AGAINST
    wbgt = round_half_away(wbgt_c(temperature_c, humidity), 0.1)
    band = sum(wbgt >= start - 1e-9 for start in (WBGT_SHORTEN, WBGT_EASY, WBGT_STOP))
    if is_sensitive and wbgt >= WBGT_STRICTER_FROM:
        band += 1
    if band == 0:
        return OutdoorAdvice("go", "S-172", message="Drink when you are thirsty.")
    if band == 1:
        message = "It is warm: a quarter shorter, with extra rests and water."
        return OutdoorAdvice("shorten", "S-172", "caution", message, 1 - SHORTER_BY, is_easy=not is_acclimatised)
    if band == 2 and is_acclimatised:
        message = "It is hot: easy effort only, in the shade, with water."
        return OutdoorAdvice("easy", "S-172", "caution", message, 1 - SHORTER_BY, is_easy=True)
    return OutdoorAdvice("indoors", "S-172", "caution", "Too hot outside today: let us do it indoors, somewhere cool.")


def _air(aqi: float | None, *, is_sensitive: bool) -> OutdoorAdvice:
    if aqi is None:
        return NOTHING_AGAINST
    if aqi > AQI_NO_EFFORT:
        message = "The air is very bad: indoors, and nothing hard unless the air there is filtered."
        return OutdoorAdvice("indoors", "S-173", "caution", message, is_easy=True)
    if aqi > AQI_ALL or (aqi > AQI_RISK and is_sensitive):
        return OutdoorAdvice("indoors", "S-173", "caution", "The air is poor today: let us move indoors.")
    return NOTHING_AGAINST


NOTHING_AGAINST: Final = OutdoorAdvice("go", "S-172")
NO_FORECAST: Final = OutdoorAdvice(
    "unknown", "S-174", message="I have no forecast for your place, so look outside first; an indoor twin is ready."
)
