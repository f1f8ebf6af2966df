"""Blood glucose before a session (science.md S-140, S-141, S-143). It never computes or judges insulin (S-142)."""

from dataclasses import dataclass
from typing import Final, Literal

from agents.domain.safety.levels import Level
from agents.domain.safety.readings import MG_DL_PER_MMOL_L

Unit = Literal["mmol/L", "mg/dL"]
Ketones = Literal["none", "trace", "small", "moderate", "large"]
Effort = Literal["none", "easy", "light", "as_planned"]

VERY_LOW: Final[dict[Unit, float]] = {"mmol/L": 2.9, "mg/dL": 52.0}  # S-141
LOW: Final[dict[Unit, float]] = {"mmol/L": 3.9, "mg/dL": 70.0}  # S-143
EAT_FIRST: Final[dict[Unit, float]] = {"mmol/L": 5.0, "mg/dL": 90.0}  # S-140, this and the next three
EAT_AT_START: Final[dict[Unit, float]] = {"mmol/L": 8.3, "mg/dL": 150.0}
TEST_KETONES: Final[dict[Unit, float]] = {"mmol/L": 13.9, "mg/dL": 250.0}
VERY_HIGH: Final[dict[Unit, float]] = {"mmol/L": 19.4, "mg/dL": 350.0}
LOW_NEEDS_HELP_HOURS: Final = 24  # S-141
REST_AFTER_LOW_MINUTES: Final = 60  # S-143
FIRST_CARBS_G: Final = (15, 30)  # S-140
LOW_CARBS_G: Final = 15  # S-143


@dataclass(frozen=True, slots=True)
class GlucoseAdvice:
    """How hard the session may be, the carbohydrate to take first (grams, low and high), and one kind sentence."""

    rule: str
    level: Level
    most: Effort
    message: str
    carbs_g: tuple[int, int] | None = None
    asks_ketones: bool = False


def mmol_per_l(mg_per_dl: float) -> float:
    """mg/dL as mmol/L (S-140: factor 18.016)."""
    return mg_per_dl / MG_DL_PER_MMOL_L


def before_session(value: float, unit: Unit = "mmol/L", *, ketones: Ketones | None = None) -> GlucoseAdvice:
    """What this reading allows for people on insulin or a sulfonylurea. ValueError for a reading that cannot be.

    `ketones` are None when not tested: then nothing from 13.9 mmol/L on is allowed before the test.
    """
    if not 0 < value < {"mmol/L": 60, "mg/dL": 1080}[unit]:
        raise ValueError("this is not a blood glucose reading")
    if ketones in ("moderate", "large"):
        return _NO_KETONES
    if value < LOW[unit]:
        return _VERY_LOW if value < VERY_LOW[unit] else _LOW
    if value < EAT_FIRST[unit]:
        return _EAT_FIRST
    if value < EAT_AT_START[unit]:
        return _EAT_AT_START
    if value < TEST_KETONES[unit]:
        return _GO
    if ketones is None or ketones == "small":
        return _TEST if value < VERY_HIGH[unit] else _TEST_VERY_HIGH
    return _EASY if value < VERY_HIGH[unit] else _LIGHT


def session_blocked(
    *, hours_since_severe_low: float | None = None, ketones: Ketones | None = None, is_ill: bool = False
) -> GlucoseAdvice | None:
    """S-141: why there is no exercise today for somebody with diabetes, or None."""
    if hours_since_severe_low is not None and hours_since_severe_low <= LOW_NEEDS_HELP_HOURS:
        return GlucoseAdvice("S-141", "urgent", "none", "After a low that needed help, no exercise for 24 hours. "
                             "Please tell your diabetes team today.")  # fmt: skip
    if ketones in ("moderate", "large"):
        return _NO_KETONES
    if is_ill:
        return GlucoseAdvice("S-141", "caution", "none", "Ill with diabetes: no exercise today. Follow your sick-day "
                             "plan, and call your diabetes team if you are not sure.")  # fmt: skip
    return None


_NO_KETONES: Final = GlucoseAdvice(
    "S-141",
    "urgent",
    "none",
    "With ketones at this level there is no exercise today. Please call your diabetes team now.",
)
_VERY_LOW: Final = GlucoseAdvice(
    "S-141", "urgent", "none", "Take 15 g of fast sugar now and check again in 15 minutes. No exercise today, and "
    "please tell your diabetes team.", (LOW_CARBS_G, LOW_CARBS_G),
)  # fmt: skip
_LOW: Final = GlucoseAdvice(
    "S-143", "caution", "none", "Take 15 g of fast sugar, check again in 15 minutes and repeat if it is still low. "
    "Do not stay alone. A session can wait until an hour after.", (LOW_CARBS_G, LOW_CARBS_G),
)  # fmt: skip
_EAT_FIRST: Final = GlucoseAdvice(
    "S-140", "caution", "as_planned", "Have 15 to 30 g of carbohydrate first, then start.", FIRST_CARBS_G
)
_EAT_AT_START: Final = GlucoseAdvice(
    "S-140", "none", "as_planned", "Take some carbohydrate as you start, and keep sugar at hand."
)
_GO: Final = GlucoseAdvice("S-140", "none", "as_planned", "Off you go. Keep sugar at hand.")
_TEST: Final = GlucoseAdvice(
    "S-140", "caution", "none", "Please test for ketones first. Without ketones or with a trace an easy session is "
    "fine; with more, none today.", asks_ketones=True,
)  # fmt: skip
_TEST_VERY_HIGH: Final = GlucoseAdvice(
    "S-140", "urgent", "none", "Please test for ketones now and contact your diabetes team. At most light movement, "
    "and none with ketones.", asks_ketones=True,
)  # fmt: skip
_EASY: Final = GlucoseAdvice(
    "S-140", "caution", "easy", "No ketones to speak of: an easy session is fine, check again."
)
_LIGHT: Final = GlucoseAdvice(
    "S-140",
    "urgent",
    "light",
    "At most light movement now, and please contact your clinician about this reading today.",
)
