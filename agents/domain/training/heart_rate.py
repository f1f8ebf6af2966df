"""Heart rate and endurance arithmetic: maximum, zones, VO2max (science.md T-20 to T-22). Rates in beats a minute."""

from dataclasses import dataclass
from typing import Final, Literal

from agents.domain.injuries import PULSE_MEDICINES
from agents.domain.life_stage import is_pregnant
from agents.domain.profile import Profile
from agents.domain.safety.medicines import medicine_groups

Zone = Literal["light", "moderate", "vigorous"]
ERROR_BEATS: Final = 10  # T-20: 10 to 12 beats either way, so zones are shown as ranges
# T-21: shares of the heart-rate reserve.
ZONES: Final[dict[Zone, tuple[float, float]]] = {
    "light": (0.30, 0.39),
    "moderate": (0.40, 0.59),
    "vigorous": (0.60, 0.89),
}


@dataclass(frozen=True, slots=True)
class Range:
    """Lowest and highest beats per minute."""

    low: float
    high: float


def max_rate(age: float, *, formula: Literal["tanaka", "gulati"] = "tanaka", measured: float | None = None) -> float:
    """T-20: 208 − 0.7·age, for women optionally 206 − 0.88·age; a measured maximum wins. 220 − age is never used."""
    if measured is not None:
        return measured
    return 206 - 0.88 * age if formula == "gulati" else 208 - 0.7 * age


def karvonen(share: float, *, resting: float, maximum: float) -> float:
    """T-21: resting + share · (maximum − resting), `share` from 0 to 1."""
    if not 0 <= share <= 1 or not 0 < resting < maximum:
        raise ValueError("the share lies between 0 and 1 and the resting rate below the maximum")
    return resting + share * (maximum - resting)


def zones(profile: Profile, *, resting: float, measured_max: float | None = None) -> dict[Zone, Range] | None:
    """T-21 zones; None without an age or a measured maximum, with S-160 heart medicines, or in pregnancy.

    None also while the medicines are unknown: then only the talk test counts.
    """
    if is_pregnant(profile) or profile.medications is None:
        return None
    if any(not PULSE_MEDICINES.isdisjoint(medicine_groups(word)) for word in profile.medications):
        return None
    if profile.age is None and measured_max is None:
        return None
    top = max_rate(profile.age or 0, measured=measured_max)
    return {
        zone: Range(*(karvonen(share, resting=resting, maximum=top) for share in shares))
        for zone, shares in ZONES.items()
    }


def vo2max_cooper(metres_in_12_minutes: float) -> float:
    """T-22, ml/kg/min: only for people the screening lets go all out (P08)."""
    return (metres_in_12_minutes - 504.9) / 44.73


def vo2max_rockport(*, weight_lb: float, age: float, is_male: bool, minutes_per_mile: float, pulse: float) -> float:
    """T-22, ml/kg/min: one mile walked as fast as possible, pulse at its end."""
    sex = 6.315 if is_male else 0.0
    return 132.853 - 0.0769 * weight_lb - 0.3877 * age + sex - 3.2649 * minutes_per_mile - 0.1565 * pulse


def vo2max_resting(*, resting: float, maximum: float) -> float:
    """T-22, ml/kg/min: 15.3 · maximum / resting."""
    return 15.3 * maximum / resting
