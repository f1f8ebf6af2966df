"""What a hurt or a condition forbids: tags, parts of the body, or all but easy walking (science.md T-30, T-31, T-60).

Fails closed: an unknown severity is moderate, an unknown region leaves only easy walking and mobility, and a hurt whose
date of expiry has passed still counts until the person was asked (T-31: never silently lifted).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from agents.domain.exercises import Area, Exercise
from agents.domain.life_stage import is_pregnant
from agents.domain.note import Note
from agents.domain.profile import Injury, Profile, Severity
from agents.domain.safety.conditions import understood

REGION_TAGS: Final[dict[str, frozenset[str]]] = {
    "knee": frozenset({
        "deep_knee_flexion", "impact_jump", "downhill", "single_leg_load", "knee_extension_open", "kneeling",
    }),
    "back": frozenset({
        "spine_flexion_load", "spine_rotation_load", "axial_load_heavy", "hinge_heavy", "ballistic_hinge",
        "impact_jump", "trunk_pressure",
    }),
    "shoulder": frozenset({
        "overhead_press", "overhead_hold", "behind_neck", "upright_row", "dip", "wide_press", "kipping", "hang",
        "inverted",
    }),
    "wrist": frozenset({"wrist_extension_load", "straight_bar_grip", "grip_heavy", "inverted"}),
    "elbow": frozenset({"elbow_heavy", "elbow_overhead_extension", "straight_bar_grip", "hang"}),
    "ankle": frozenset({"impact_jump", "sprint", "impact_run", "deep_dorsiflexion", "calf_heavy", "fall_risk"}),
    "hip": frozenset({"hip_deep_flexion", "wide_stance", "impact_run", "single_leg_load"}),
    "neck": frozenset({"neck_load", "overhead_press", "behind_neck", "inverted", "contact", "axial_load_heavy"}),
    "hernia": frozenset({"breath_hold", "trunk_pressure", "axial_load_heavy", "hinge_heavy"}),
}  # fmt: skip

# Whole parts of the body that a severe hurt closes. Back, neck and hernia leave easy walking and mobility (T-31).
CLOSED_AREAS: Final[dict[str, Area]] = {
    "knee": "legs", "ankle": "legs", "hip": "legs", "shoulder": "arms", "wrist": "arms", "elbow": "arms",
    "back": "trunk", "hernia": "trunk", "neck": "neck",
}  # fmt: skip
EASY_ONLY_REGIONS: Final = frozenset({"back", "neck", "hernia"})

REGION_SYNONYMS: Final[dict[str, str]] = {
    "low_back": "back", "lower_back": "back", "upper_back": "back", "mid_back": "back", "spine": "back",
    "lumbar": "back", "sciatica": "back", "disc": "back", "si_joint": "back", "tailbone": "back", "rib": "back",
    "hand": "wrist", "finger": "wrist", "thumb": "wrist", "forearm": "elbow",
    "foot": "ankle", "feet": "ankle", "toe": "ankle", "heel": "ankle", "achilles": "ankle", "calf": "ankle",
    "shin": "ankle", "groin": "hip", "hamstring": "hip", "glute": "hip", "adductor": "hip", "hip_flexor": "hip",
    "thigh": "knee", "quad": "knee", "kneecap": "knee", "meniscus": "knee", "acl": "knee",
    "rotator_cuff": "shoulder", "collarbone": "shoulder", "chest": "shoulder",
    "biceps": "elbow", "bicep": "elbow", "triceps": "elbow", "tricep": "elbow",
}  # fmt: skip

WHEELCHAIR: Final = "wheelchair"  # the condition code
_IMPACT: Final = frozenset({"impact_jump", "impact_run", "sprint"})
_NEW_MOTHER: Final = _IMPACT | {"spine_flexion_load", "trunk_pressure", "breath_hold"}
IMPACT_FROM_WEEKS: Final = 12  # S-134: running and jumping after a birth
FLEXION_FROM_WEEKS: Final = 8  # S-134: loaded trunk flexion after a caesarean
SUPINE_UNTIL_WEEK: Final = 20  # S-130, T-31: long lying on the back
LIMIT_PAIN: Final = 3  # T-31, T-60: from this score of 10 a hurt is more than mild

# Codes of medical_flags. Osteoporosis, hypertension and asthma are rows of T-31, S-150 is about holding the breath.
# The rest is caution of the same kind where the tables are silent: falls with epilepsy, pressure in a sick eye or
# heart, numb feet, bleeding, lifting the head off the floor with weak bones, and a bone or wound that heals at a place
# we were not told.
CONDITION_TAGS: Final[dict[str, frozenset[str]]] = {
    "osteoporosis": frozenset({"spine_flexion_load", "spine_rotation_load", "fall_risk", "impact_jump", "neck_load"}),
    "hypertension": frozenset({"breath_hold", "isometric_max", "inverted"}),
    "cardiac": frozenset({"breath_hold", "isometric_max", "inverted"}),
    "respiratory": frozenset({"cold_dry_interval"}),
    "epilepsy": frozenset({"fall_risk"}),
    "retinopathy": frozenset({"breath_hold", "isometric_max", "inverted", "impact_jump"}),
    "neuropathy": _IMPACT | {"fall_risk"},
    "unsteady": frozenset({"fall_risk"}),
    "glaucoma": frozenset({"breath_hold", "isometric_max", "inverted"}),
    "bleeding_disorder": frozenset({"contact"}),
    "diabetic_foot": _IMPACT | {"fall_risk"},
    "fracture_or_operation": _IMPACT
    | {"contact", "fall_risk", "axial_load_heavy", "hinge_heavy", "ballistic_hinge", "breath_hold", "trunk_pressure"},
}
PREGNANCY_TAGS: Final = frozenset({"prone", "contact", "fall_risk", "breath_hold", "hot_place", "impact_jump"})
LATE_PREGNANCY_TAGS: Final = frozenset({"long_supine", "trunk_pressure"})  # S-130; pressure on the belly is caution
SUGAR_LOWERING: Final = frozenset({"insulin", "sulfonylurea"})
PULSE_MEDICINES: Final = frozenset({"beta_blocker", "ivabradine", "rate_limiting_calcium_blocker", "antiarrhythmic"})
# S-160: quinolones weaken tendons, blood thinners forbid contact; an inhaler or a bone medicine tells of a condition.
MEDICINE_TAGS: Final[dict[str, frozenset[str]]] = {
    "quinolone": _IMPACT
    | {"downhill", "calf_heavy", "deep_dorsiflexion", "ballistic_hinge", "kipping", "dip", "elbow_heavy"},
    "warfarin": frozenset({"contact"}),
    "anticoagulant": frozenset({"contact"}),
    "bronchodilator": CONDITION_TAGS["respiratory"],
    "bisphosphonate": CONDITION_TAGS["osteoporosis"],
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What may not be used (`forbidden`, `closed`, `easy_only`) and what only gently (`limited`, T-31 mild).

    `seated_only` leaves what can be done from a wheelchair with the legs at rest.
    """

    forbidden: frozenset[str]
    limited: frozenset[str]
    closed: frozenset[Area]
    easy_only: bool
    notes: tuple[Note, ...] = ()
    seated_only: bool = False

    def permits(self, exercise: Exercise) -> bool:
        """Whether no hurt and no condition speaks against this exercise."""
        if not self.forbidden.isdisjoint(exercise.tags) or not self.closed.isdisjoint(exercise.loads):
            return False
        if exercise.needs_wheelchair if not self.seated_only else not exercise.is_wheelchair_friendly:
            return False
        return exercise.is_easy or not self.easy_only

    def asks_care(self, exercise: Exercise) -> bool:
        """Whether a mild hurt asks for half the range or less load here."""
        return not self.limited.isdisjoint(exercise.tags)


def region_of(region: str) -> str | None:
    """The code of T-31 for a region as stored or said ("lower back", "left_knee", "Achilles"); None if unknown."""
    words = region.strip().casefold().replace("-", " ").replace("_", " ").split()
    name = "_".join(word for word in words if word not in ("left", "right", "both", "my"))
    for candidate in (name, name.removesuffix("s")):
        if candidate in REGION_TAGS:
            return candidate
        if candidate in REGION_SYNONYMS:
            return REGION_SYNONYMS[candidate]
    return None


def severity_of(injury: Injury) -> Severity:
    """The severity that counts: unknown is moderate, and pain from 3/10 is more than mild (T-31, T-60)."""
    severity = injury.severity or "moderate"
    return "moderate" if severity == "mild" and (injury.pain_score or 0) >= LIMIT_PAIN else severity


def forbidden_tags(profile: Profile, *, weeks_since_birth: int | None = None) -> frozenset[str]:
    """Every tag of T-30 that no exercise for this person may carry.

    `weeks_since_birth` matters with the condition `postpartum`; unknown counts as the first weeks (S-134).
    """
    found: set[str] = set()
    profile = understood(profile)
    for region, severity in _regions(profile):
        if region is not None and severity != "mild":
            found |= REGION_TAGS[region]
    for code in profile.conditions or ():
        found |= CONDITION_TAGS.get(code, frozenset())
    for word in profile.medications or ():
        found |= MEDICINE_TAGS.get(word, frozenset())
    return frozenset(found | _pregnancy_tags(profile) | _postpartum_tags(profile, weeks_since_birth))


def limits(profile: Profile, *, on: date | None = None, weeks_since_birth: int | None = None) -> Limits:
    """All limits of a person, with a note for each; `on` is the local day by which an expiry is judged."""
    forbidden = forbidden_tags(profile, weeks_since_birth=weeks_since_birth)
    profile = understood(profile)
    is_seated = profile.has(WHEELCHAIR)
    regions = tuple(_regions(profile))
    severe = {region for region, severity in regions if region is not None and severity == "severe"}
    mild = [REGION_TAGS[region] for region, severity in regions if region is not None and severity == "mild"]
    return Limits(
        forbidden=forbidden,
        limited=frozenset[str]().union(*mild) - forbidden,
        closed=frozenset(CLOSED_AREAS[region] for region in severe),
        easy_only=not severe.isdisjoint(EASY_ONLY_REGIONS) or any(region is None for region, _ in regions),
        notes=(*_injury_notes(profile, on), *_condition_notes(profile), *([SEATED] if is_seated else [])),
        seated_only=is_seated,
    )


def _regions(profile: Profile) -> Iterator[tuple[str | None, Severity]]:
    for injury in profile.injuries or ():
        yield region_of(injury.region), severity_of(injury)


def _pregnancy_tags(profile: Profile) -> frozenset[str]:
    """S-130, T-31. Jumps stay out for all: whether they cause symptoms is not on file."""
    if not is_pregnant(profile):
        return frozenset()
    is_late = profile.pregnancy_week is None or profile.pregnancy_week >= SUPINE_UNTIL_WEEK
    return PREGNANCY_TAGS | LATE_PREGNANCY_TAGS if is_late else PREGNANCY_TAGS


def _postpartum_tags(profile: Profile, weeks: int | None) -> frozenset[str]:
    if not profile.has("postpartum"):
        return frozenset()
    if weeks is None or weeks < FLEXION_FROM_WEEKS:
        return _NEW_MOTHER
    return _IMPACT if weeks < IMPACT_FROM_WEEKS else frozenset()


_INJURY_WORDS: Final = {
    "mild": "Your {name}: where a move touches it, use half the range or about a third less load. "
    "Discomfort up to 2 out of 10 is fine.",
    "moderate": "I left out what usually bothers a hurt {name}. If something hurts more than 5 out of 10, stop it.",
    "severe": "Urgent: please have your {name} seen by a clinician soon. Until then I plan nothing that loads it.",
    "unknown": "I do not know your {name} well enough yet, so we keep to easy walking and mobility. Where is it?",
    "expired": "How is your {name} by now? I keep sparing it until you tell me it is fine.",
}


def _injury_notes(profile: Profile, on: date | None) -> Iterator[Note]:
    for injury in profile.injuries or ():
        region, severity = region_of(injury.region), severity_of(injury)
        name = (region or injury.region.strip() or "injury").replace("_", " ")
        keys: list[str] = [severity] if region else ["unknown"]
        if region is None and severity == "severe":
            keys.insert(0, "severe")
        if on is not None and injury.expires_on is not None and injury.expires_on < on:
            keys.append("expired")
        yield from (Note("T-31", _INJURY_WORDS[key].format(name=name)) for key in keys)


def _condition_notes(profile: Profile) -> Iterator[Note]:
    groups = set(profile.medications or ())
    if is_pregnant(profile):
        yield Note("S-130", "Breathe out on effort and stay at a pace where you can talk.")
    if profile.has("postpartum"):
        yield Note("S-134", "Running and jumps wait until 12 weeks after the birth, and only without leaking or pain.")
    if profile.has("osteoporosis") or "bisphosphonate" in groups:
        yield Note("T-31", "For your bones: steady, upright lifts and balance, no loaded bending or twisting.")
    if profile.has("hypertension", "cardiac"):
        yield Note("S-150", "Keep breathing through every repetition: out on effort, never hold your breath.")
    if profile.has("respiratory") or "bronchodilator" in groups:
        yield Note("T-31", "Keep your inhaler at hand, take the long warm-up, and wear a scarf in cold dry air.")
    if profile.has("epilepsy"):
        yield Note("T-31", "Stay on level ground, and swim only with somebody who watches.")
    yield from _medicine_notes(profile, groups)


SEATED: Final = Note("T-11", "All of it works from your chair: brakes on, and shift your weight off the seat often.")


def _medicine_notes(profile: Profile, groups: set[str]) -> Iterator[Note]:
    if not SUGAR_LOWERING.isdisjoint(groups) or profile.has("diabetes_t1"):
        yield Note(
            "S-140", "Measure your sugar before you start and keep fast sugar at hand. Below 5.0 mmol/L (90) eat first."
        )
    if not PULSE_MEDICINES.isdisjoint(groups):
        yield Note("S-160", "Your medicine changes the pulse: go by breath and effort, not by heart-rate zones.")
    if "quinolone" in groups:
        yield Note("S-160", "While you take this antibiotic, we spare your tendons: no jumps, no heavy calf work.")
