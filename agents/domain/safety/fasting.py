"""Whether a fast may be planned (science.md E7). Conditions and medicines may be codes or words."""

from typing import Final

from agents.domain.profile import Profile
from agents.domain.safety.conditions import understood
from agents.domain.safety.guardrails import CAREFUL_BMI, age_refusal, caution
from agents.domain.safety.verdict import Finding, Verdict

DEFAULT_FAST_HOURS: Final = 16.0  # E7
MAX_FAST_HOURS: Final = 24.0  # E7
_NO_FASTING: Final = ("pregnancy", "breastfeeding", "eating_disorder", "care_mode", "diabetes_t1", "acute_illness")
_FASTING_MEDICINES: Final = frozenset({"insulin", "sulfonylurea"})
_GROUNDS: Final = "In what you told me there is a reason against fasting. Regular meals work better for you."


def fasting_allowed(profile: Profile, hours: float) -> Verdict:
    """Whether a fasting window of `hours` may be planned (E7). Over 16 h up to 24 h it is allowed with a caution."""
    profile = understood(profile)
    refusals: list[Finding] = []
    if hours > MAX_FAST_HOURS:
        message = "Fasts over 24 hours are not something I plan; they can harm. A 12 to 14 hour night is a kind start."
        refusals.append(caution("E7", message))
    if profile.has(*_NO_FASTING) or profile.pregnancy_week is not None:
        refusals.append(caution("E7", _GROUNDS))
    if not _FASTING_MEDICINES.isdisjoint(profile.medications or ()):
        message = "With insulin or a sulfonylurea, fasting can drop your sugar. Please ask your diabetes team first."
        refusals.append(caution("E7", message))
    refusals += age_refusal(profile)
    if profile.bmi is not None and profile.bmi < CAREFUL_BMI:
        refusals.append(
            caution("E7", "At your weight fasting takes more than it gives. Let us spread your meals instead.")
        )
    if refusals:
        return Verdict(allowed=False, findings=tuple(refusals))
    if hours > DEFAULT_FAST_HOURS:
        return Verdict(
            allowed=True, findings=(caution("E7", "More than 16 hours is a lot. Stop when you feel unwell."),)
        )
    return Verdict(allowed=True)
