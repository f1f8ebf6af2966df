"""Pre-participation screen: who may start at which intensity (science.md 1.5, S-120, S-130 to S-134, S-150, S-190).

Own questions, own words; the table follows the 2015 algorithm of the American College of Sports Medicine.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from agents.domain.profile import Clearance, Intensity, Profile
from agents.domain.safety import illness
from agents.domain.safety.conditions import understood, unknown_conditions
from agents.domain.safety.levels import Level
from agents.domain.safety.verdict import Finding

Allowed = Literal["none", "easy", "light", "moderate", "vigorous"]

_ORDER: Final[tuple[Allowed, ...]] = ("none", "easy", "light", "moderate", "vigorous")
_HEART_VESSEL_KIDNEY: Final = ("cardiac", "kidney")  # S-100 (2); hypertension and lung disease do not count (S-105)
_DIABETES: Final = ("diabetes_t1", "diabetes_t2")
_DIABETES_COMPLICATIONS: Final = ("kidney", "retinopathy", "neuropathy", "diabetic_foot")
# S-160: these treat diabetes, so it is there although nobody named it. Metformin and GLP-1 agonists have other uses.
_DIABETES_MEDICINES: Final = frozenset({"insulin", "sulfonylurea", "sglt2", "dpp4", "glitazone", "alpha_glucosidase"})
# S-107: a new one of these voids a clearance.
_VOIDING_MEDICINES: Final = _DIABETES_MEDICINES | {
    "metformin", "beta_blocker", "ivabradine", "rate_limiting_calcium_blocker", "warfarin", "anticoagulant",
    "antiplatelet", "ace_inhibitor", "arb", "spironolactone", "diuretic", "calcium_blocker", "antiarrhythmic",
    "angina_medicine",
}  # fmt: skip
# S-132, of the codes we hold. Whether heart disease is serious or blood pressure controlled is not on file.
_PREGNANCY_CONTRAINDICATIONS: Final = (
    "cardiac", "diabetes_t1", "hypertension", "thyroid_uncontrolled", "ruptured_membranes", "preterm_labour",
    "pregnancy_bleeding", "preeclampsia", "cervical_insufficiency", "growth_restriction", "multiple_pregnancy",
)  # fmt: skip
_PRAEVIA_FROM_WEEK: Final = 28  # S-132: placenta praevia counts from here on
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
_SIGNS: Final = frozenset({"P05", "P06", "P11", "P12"})  # S-101
_WITH_DISEASE: Final = frozenset({"P09", "P10", "S-104"})  # these rows allow something without a clearance
_LIGHT_ONLY: Final = "Your clinician's yes is for light effort, so light it stays. More needs a new yes first."
_FREE: Final = frozenset({"P01", "P02", "P07", "P08"})
_ROW_ALLOWS: Final[dict[str, Allowed]] = {
    "P01": "moderate", "P02": "moderate", "P03": "none", "P04": "none", "P05": "none", "P06": "none",
    "P07": "moderate", "P08": "vigorous", "P09": "moderate", "P10": "moderate", "P11": "none", "P12": "none",
    "S-103": "easy", "S-104": "moderate",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Screening:
    """What is allowed now. "easy" is easy walking and mobility only; `row` is the line of S-102 that decided.

    `needs_clearance`: what is wanted needs a clinician's yes that is not on file; `is_waiting`: so does the plan, or it
    waits until an illness is over (S-190).
    """

    row: str
    allowed: Allowed
    needs_clearance: bool
    is_waiting: bool
    rules: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def messages(self) -> tuple[str, ...]:
        """The sentences of the findings, each once."""
        return tuple(dict.fromkeys(finding.message for finding in self.findings))


@dataclass(frozen=True, slots=True)
class _Cap:
    """A further limit of S-106, S-120, S-130 to S-134, S-190 or S-100 (6). A clearance lifts it where
    `can_be_cleared`; an illness `passes` by itself and needs no clinician's yes.
    """

    rule: str
    most: Allowed
    message: str
    can_be_cleared: bool = False
    needs_clearance: bool = False
    passes: bool = False
    level: Level = "caution"


def screen(
    profile: Profile, *, wants: Intensity = "moderate", on: date | None = None, weeks_since_birth: int | None = None
) -> Screening:
    """The highest intensity this person may train at now, with the row of S-102 and every rule that limits it.

    Conditions and medicines may be codes or words. `on` is the local day on which the clearance must still be valid
    (S-107; without it the clearance on file counts). A clearance lifts a block, never above what the same person could
    do without the disease. `weeks_since_birth` matters with `postpartum`; unknown counts as less than six (S-134).
    """
    profile = understood(profile)
    cleared = _cleared(profile, on)
    row = _row(profile, cleared, is_vigorous=wants == "vigorous")
    needs = row in _NEEDS_CLEARANCE or (row == "S-104" and wants == "vigorous")
    allowed = _ROW_ALLOWS[row]
    if needs and cleared is not None:
        lifted = min(cleared, _ROW_ALLOWS["P08" if profile.regular_exercise and wants == "vigorous" else "P01"],
                     key=_ORDER.index)  # fmt: skip
        allowed = max(allowed, lifted, key=_ORDER.index)
        needs = _ORDER.index(cleared) < _ORDER.index(wants)
    if _is_held_back(row, cleared):
        allowed, needs = "light", needs or wants != "light"
    caps = [*_unknown_caps(profile, cleared), *_caps(profile, weeks_since_birth, wants)]
    caps += _light_caps(row, cleared, caps)
    for cap in caps:
        most = max(cap.most, cleared, key=_ORDER.index) if cap.can_be_cleared and cleared else cap.most
        allowed = min(allowed, most, key=_ORDER.index)
    open_caps = [cap for cap in caps if not (cap.needs_clearance and cleared)]
    is_waiting = allowed == "none" or any(cap.needs_clearance for cap in open_caps)
    rules = (row, *(("S-107",) if cleared else ()), *(cap.rule for cap in caps))
    told = (
        *_row_findings(row, cleared, needs=needs),
        *(Finding(cap.rule, cap.level, cap.message) for cap in open_caps),
    )
    is_only_ill = is_waiting and all(cap.passes for cap in open_caps if cap.most == "none" or cap.needs_clearance)
    asks_clinician = needs or (is_waiting and not (is_only_ill and any(cap.passes for cap in caps)))
    return Screening(row, allowed, asks_clinician, is_waiting, tuple(dict.fromkeys(rules)), _once(told))


def _row_findings(row: str, cleared: Intensity | None, *, needs: bool) -> tuple[Finding, ...]:
    """The sentence of the row: signs are urgent (S-11), a free row is information, a cleared one says how far."""
    if _is_held_back(row, cleared):
        return (Finding("S-107", "caution", _LIGHT_ONLY),)
    if row in _NEEDS_CLEARANCE and cleared is not None and not needs:
        message = f"Your clinician's yes for {cleared} effort is on file. A new sign or diagnosis ends it."
        return (Finding("S-107", "caution", message),)
    level: Level = "urgent" if row in _SIGNS else "none" if row in _FREE else "caution"
    return (Finding(row, level, _ROW_MESSAGES[row]),)


def _is_held_back(row: str, cleared: Intensity | None) -> bool:
    """S-100 (7): with a disease, a clinician's yes to light effort is the limit, whatever the row gives without it."""
    return cleared == "light" and row in _WITH_DISEASE


def _light_caps(row: str, cleared: Intensity | None, caps: Collection[_Cap]) -> list[_Cap]:
    """The same for whoever has no known disease, where nothing else holds at light already."""
    is_limited = any(_ORDER.index(cap.most) <= _ORDER.index("light") for cap in caps)
    return [_Cap("S-107", "light", _LIGHT_ONLY)] if cleared == "light" and row in _FREE and not is_limited else []


def _once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple({finding.message: finding for finding in reversed(findings)}.values())[::-1]


def _cleared(profile: Profile, on: date | None) -> Intensity | None:
    """Up to which intensity a valid clearance reaches (S-107)."""
    clearance = profile.clearance
    if clearance is None or (on is not None and clearance.expires_on is not None and clearance.expires_on < on):
        return None
    return clearance.up_to


def clearance_after(before: Profile, after: Profile) -> Clearance | None:
    """S-107: the clearance still on file after a change of the profile. A new sign, diagnosis, operation, pregnancy or
    heart or diabetes medicine voids the old one; one given with the change itself stands.
    """
    if after.clearance is None or after.clearance != before.clearance:
        return after.clearance
    old, new = understood(before), understood(after)
    pairs = ((old.symptoms, new.symptoms), (old.conditions, new.conditions))
    is_new = any(set(now or ()) - set(then or ()) for then, now in pairs) or (
        new.pregnancy_week is not None and old.pregnancy_week is None
    )
    added = set(new.medications or ()) - set(old.medications or ())
    return None if is_new or added & _VOIDING_MEDICINES else after.clearance


def _has_diabetes(profile: Profile) -> bool:
    return profile.has(*_DIABETES) or not _DIABETES_MEDICINES.isdisjoint(profile.medications or ())


def _has_disease(profile: Profile) -> bool:
    """S-100 (2): a diagnosed heart, vessel, metabolic or kidney disease, also one that a medicine tells of."""
    return profile.has(*_HEART_VESSEL_KIDNEY) or _has_diabetes(profile)


def _is_unasked(profile: Profile) -> bool:
    """S-103: conditions or signs not asked: any of them may be a "yes"."""
    return profile.conditions is None or profile.symptoms is None


def _row(profile: Profile, cleared: Intensity | None, *, is_vigorous: bool) -> str:
    """The row of S-102, or S-103 where an answer is missing that could change it, or S-104.

    A diagnosis nobody here knows is such an answer, until a clinician who knows it said yes.
    """
    is_regular, has_disease = bool(profile.regular_exercise), _has_disease(profile)
    if profile.symptoms:
        first = 11 if is_regular else 5
    elif has_disease and not is_regular and not _is_plain_diabetes(profile):
        first = 3  # with signs unknown it might be P05, which allows nothing either
    elif _is_unasked(profile) or (unknown_conditions(profile) and cleared is None):
        return "S-103"
    elif has_disease and not is_regular:
        return "S-104"
    elif has_disease:
        first = 9
    else:
        first = 7 if is_regular else 1
    return f"P{first + is_vigorous:02d}"


def _is_plain_diabetes(profile: Profile) -> bool:
    """S-104: diabetes alone, no insulin, no known eye, nerve, foot or kidney complication, no heart disease."""
    is_on_insulin = "insulin" in (profile.medications or ()) or profile.has("diabetes_t1")
    return _has_diabetes(profile) and not is_on_insulin and not profile.has("cardiac", *_DIABETES_COMPLICATIONS)


def _caps(profile: Profile, weeks_since_birth: int | None, wants: Intensity) -> list[_Cap]:
    return [
        *_age_caps(profile, wants),
        *_pregnancy_caps(profile),
        *_postpartum_caps(profile, weeks_since_birth),
        *_body_caps(profile),
        *_illness_caps(profile),
    ]


def _unknown_caps(profile: Profile, cleared: Intensity | None) -> list[_Cap]:
    """S-103: easy until answered, whatever was cleared; a diagnosis nobody here knows: as far as it was cleared.

    Insulin unknown is not "no insulin" either.
    """
    is_insulin_open = profile.medications is None and _has_diabetes(profile) and not profile.regular_exercise
    if _is_unasked(profile) or is_insulin_open:
        return [_Cap("S-103", "easy", _ROW_MESSAGES["S-103"])]
    if not unknown_conditions(profile):
        return []
    if cleared is None:
        return [_Cap("S-103", "easy", _ROW_MESSAGES["S-103"])]
    return [
        _Cap(
            "S-103", cleared, f"I do not know every diagnosis of yours, so your clinician's yes is my limit: {cleared}."
        )
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
    is_late = profile.pregnancy_week is None or profile.pregnancy_week >= _PRAEVIA_FROM_WEEK
    if profile.has(*_PREGNANCY_CONTRAINDICATIONS) or (is_late and profile.has("placenta_praevia")):
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


def _illness_caps(profile: Profile) -> list[_Cap]:
    """S-190, S-141: nobody clears a fever away, it passes."""
    advice = illness.of_conditions(profile.conditions or (), has_diabetes=_has_diabetes(profile))
    return [
        _Cap(one.rule, "easy" if one.volume_share else "none", one.message, passes=True, level=one.level)
        for one in advice
    ]
