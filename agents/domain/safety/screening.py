"""Pre-participation screen: who may start at which intensity (science.md S-100 to S-107, S-120, S-130 to S-134, S-150).

Own questions, own words; the table follows the 2015 algorithm of the American College of Sports Medicine.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from agents.domain.profile import Intensity, Profile

Allowed = Literal["none", "easy", "light", "moderate", "vigorous"]

_ORDER: Final[tuple[Allowed, ...]] = ("none", "easy", "light", "moderate", "vigorous")
_HEART_VESSEL_KIDNEY: Final = ("cardiac", "kidney")  # S-100 (2); hypertension and lung disease do not count (S-105)
_DIABETES: Final = ("diabetes_t1", "diabetes_t2")
_DIABETES_COMPLICATIONS: Final = ("kidney", "retinopathy", "neuropathy", "diabetic_foot")
_PREGNANCY_CONTRAINDICATIONS: Final = ("cardiac", "diabetes_t1", "hypertension")  # S-132, of the codes we hold
_CAREFUL_START_AGE: Final = 45  # years, S-106
_MIN_AGE: Final = 13  # years, S-120
_ADULT_AGE: Final = 18  # years, S-120
_GRADED_FROM_WEEKS: Final = 6  # after birth, S-134
_IMPACT_FROM_WEEKS: Final = 12  # after birth, S-134

_ROW_MESSAGES: Final = {
    "P01": "I found no flag in your answers for light to moderate activity.",
    "P02": "I found no flag in your answers. We start moderate and build up over at least four weeks.",
    "P03": "With your diagnosis, please get your doctor's yes before you start.",
    "P04": "With your diagnosis, please get your doctor's yes before you start.",
    "P05": "Please have the signs you named checked by a doctor before you start.",
    "P06": "Please have the signs you named checked by a doctor before you start.",
    "P07": "I found no flag in your answers. Keep going as you do.",
    "P08": "I found no flag in your answers. Build up the hard parts step by step.",
    "P09": "You can go on at a moderate pace as you do now.",
    "P10": "Stay moderate for now. Hard training needs your doctor's yes, not older than twelve months.",
    "P11": "Please stop training for now and have the signs you named checked by a doctor.",
    "P12": "Please stop training for now and have the signs you named checked by a doctor.",
    "S-103": "Until your health questions are answered we keep to easy walking and mobility.",
    "S-104": "With diabetes, walking up to a brisk pace is fine. Harder training needs your doctor's yes first.",
}
_NEEDS_CLEARANCE: Final = {"P03", "P04", "P05", "P06", "P10", "P11", "P12"}
_ROW_ALLOWS: Final[dict[str, Allowed]] = {
    "P01": "moderate", "P02": "moderate", "P03": "none", "P04": "none", "P05": "none", "P06": "none",
    "P07": "moderate", "P08": "vigorous", "P09": "moderate", "P10": "moderate", "P11": "none", "P12": "none",
    "S-103": "easy", "S-104": "moderate",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Screening:
    """What is allowed now. "easy" is easy walking and mobility only; `row` is the line of S-102 that decided."""

    row: str
    allowed: Allowed
    needs_clearance: bool
    rules: tuple[str, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cap:
    """A further limit of S-106, S-120, S-130 to S-134 or S-100 (6). A clearance lifts it where `can_be_cleared`."""

    rule: str
    most: Allowed
    message: str
    can_be_cleared: bool = False
    needs_clearance: bool = False


def screen(
    profile: Profile, *, wants: Intensity = "moderate", on: date | None = None, weeks_since_birth: int | None = None
) -> Screening:
    """The highest intensity this person may train at now, with the row of S-102 and every rule that limits it.

    `on` is the local day on which the clearance must still be valid (S-107; without it the clearance on file counts).
    `weeks_since_birth` matters with the condition `postpartum`; unknown counts as less than six (S-134).
    """
    row = _row(profile, is_vigorous=wants == "vigorous")
    cleared = _cleared(profile, on)
    needs = row in _NEEDS_CLEARANCE or (row == "S-104" and wants == "vigorous")
    allowed = _ROW_ALLOWS[row]
    if row == "S-104" and profile.medications is None:  # insulin unknown is not "no insulin" (S-103)
        allowed = "easy"
    if needs and cleared is not None:
        allowed, needs = max(allowed, cleared, key=_ORDER.index), _ORDER.index(cleared) < _ORDER.index(wants)
    rules, messages = [row], [_ROW_MESSAGES[row]]
    if cleared is not None:
        rules.append("S-107")
    for cap in _caps(profile, weeks_since_birth, wants):
        most = max(cap.most, cleared, key=_ORDER.index) if cap.can_be_cleared and cleared else cap.most
        allowed = min(allowed, most, key=_ORDER.index)
        needs = needs or (cap.needs_clearance and cleared is None)
        rules.append(cap.rule)
        messages.append(cap.message)
    return Screening(row, allowed, needs, tuple(dict.fromkeys(rules)), tuple(dict.fromkeys(messages)))


def _cleared(profile: Profile, on: date | None) -> Intensity | None:
    """Up to which intensity a valid clearance reaches (S-107)."""
    clearance = profile.clearance
    if clearance is None or (on is not None and clearance.expires_on is not None and clearance.expires_on < on):
        return None
    return clearance.up_to


def _has_disease(profile: Profile) -> bool | None:
    """S-100 (2): a diagnosed heart, vessel, metabolic or kidney disease; insulin tells of one."""
    if profile.has(*_HEART_VESSEL_KIDNEY, *_DIABETES) or "insulin" in (profile.medications or ()):
        return True
    return None if profile.conditions is None else False


def _row(profile: Profile, *, is_vigorous: bool) -> str:
    """The row of S-102, or S-103 where an answer is missing that could change it, or S-104."""
    is_regular = bool(profile.regular_exercise)
    has_disease = _has_disease(profile)
    has_symptoms = None if profile.symptoms is None else bool(profile.symptoms)
    if has_symptoms:
        first = 11 if is_regular else 5
    elif has_disease and not is_regular:
        if _is_plain_diabetes(profile):
            return "S-103" if has_symptoms is None else "S-104"
        first = 3  # with signs unknown it would be P05, which allows nothing either
    elif has_disease is None or has_symptoms is None:
        return "S-103"
    elif has_disease:
        first = 9
    else:
        first = 7 if is_regular else 1
    return f"P{first + is_vigorous:02d}"


def _is_plain_diabetes(profile: Profile) -> bool:
    """S-104: diabetes alone, no insulin, no known eye, nerve, foot or kidney complication, no heart disease."""
    is_on_insulin = "insulin" in (profile.medications or ()) or profile.has("diabetes_t1")
    return profile.has("diabetes_t2") and not is_on_insulin and not profile.has("cardiac", *_DIABETES_COMPLICATIONS)


def _caps(profile: Profile, weeks_since_birth: int | None, wants: Intensity) -> list[_Cap]:
    return [
        *_age_caps(profile, wants),
        *_pregnancy_caps(profile),
        *_postpartum_caps(profile, weeks_since_birth),
        *_body_caps(profile),
    ]


def _age_caps(profile: Profile, wants: Intensity) -> list[_Cap]:
    if profile.age is None:
        return []
    if profile.age < _MIN_AGE:
        return [_Cap("S-120", "none", "I am made for people from 13 years on.")]
    if profile.age < _ADULT_AGE:
        return [_Cap("S-120", "vigorous", "Technique first, no one-rep maximum tests while you are growing.")]
    if profile.age >= _CAREFUL_START_AGE and not profile.regular_exercise and wants == "vigorous":
        return [_Cap("S-106", "moderate", "For the first four weeks we leave the hard sessions out.")]
    return []


def _pregnancy_caps(profile: Profile) -> list[_Cap]:
    if not profile.has("pregnancy") and profile.pregnancy_week is None:
        return []
    message = "In pregnancy we stay moderate: you can still talk. Stop and call your midwife at any warning sign."
    caps = [_Cap("S-130", "moderate", message)]
    if profile.has(*_PREGNANCY_CONTRAINDICATIONS):
        message = "In this pregnancy, please get your doctor's or midwife's yes before any training."
        caps.append(_Cap("S-132", "none", message, can_be_cleared=True, needs_clearance=True))
    return caps


def _postpartum_caps(profile: Profile, weeks: int | None) -> list[_Cap]:
    if not profile.has("postpartum") or (weeks is not None and weeks >= _IMPACT_FROM_WEEKS):
        return []
    if weeks is None or weeks < _GRADED_FROM_WEEKS:
        message = "In the first six weeks after a birth: walking and pelvic floor, as far as it feels comfortable."
        return [_Cap("S-134", "easy", message, can_be_cleared=True)]
    return [_Cap("S-134", "moderate", "Running and jumping can wait until twelve weeks after the birth.")]


def _body_caps(profile: Profile) -> list[_Cap]:
    caps = []
    if profile.has("fracture_or_operation"):
        message = (
            "While a bone or operation heals, please ask your doctor what you may do. Until then we keep it light."
        )
        caps.append(_Cap("S-100", "light", message, can_be_cleared=True, needs_clearance=True))
    if profile.has("hypertension"):
        caps.append(
            _Cap("S-150", "vigorous", "With high blood pressure: no breath holding, lighter weights, more reps.")
        )
    return caps
