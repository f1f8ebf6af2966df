"""What a hurt region or a condition forbids: tags and muscles by region and severity (science.md T-31)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from agents.domain.exercises import ARMS, LEGS, Exercise
from agents.domain.profile import Injury, Profile

Region = Literal["knee", "back", "shoulder", "wrist", "elbow", "ankle", "hip", "neck", "hernia"]

SYNONYMS: Final[Mapping[str, Region]] = {
    "low_back": "back",
    "lower_back": "back",
    "spine": "back",
    "hand": "wrist",
    "foot": "ankle",
    "achilles": "ankle",
    "groin": "hip",
}
# Order of the rows as in T-31.
TAGS_OF_REGION: Final[Mapping[Region, frozenset[str]]] = {
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
    "ankle": frozenset({
        "impact_jump", "sprint", "impact_run", "deep_dorsiflexion", "calf_heavy", "fall_risk",
    }),
    "hip": frozenset({"hip_deep_flexion", "wide_stance", "impact_run", "single_leg_load"}),
    "neck": frozenset({
        "neck_load", "overhead_press", "behind_neck", "inverted", "contact", "axial_load_heavy",
    }),
    "hernia": frozenset({"breath_hold", "trunk_pressure", "axial_load_heavy", "hinge_heavy"}),
}  # fmt: skip
TAGS_OF_CONDITION: Final[Mapping[str, frozenset[str]]] = {
    "osteoporosis": frozenset({"spine_flexion_load", "spine_rotation_load", "fall_risk", "impact_jump"}),
    "hypertension": frozenset({"breath_hold", "isometric_max", "inverted"}),
    "pregnancy": frozenset({
        "long_supine", "prone", "contact", "fall_risk", "breath_hold", "hot_place", "impact_jump",
    }),
    "postpartum": frozenset({"impact_jump", "impact_run", "sprint", "breath_hold", "trunk_pressure"}),
    "respiratory": frozenset({"cold_dry_interval"}),
    "cardiac": frozenset({"breath_hold", "isometric_max", "inverted"}),
    "epilepsy": frozenset({"fall_risk"}),
}  # fmt: skip
# T-1: no maximal attempts for beginners, minors and pregnant people; S-160: anticoagulants, quinolones.
TAGS_OF_MEDICATION: Final[Mapping[str, frozenset[str]]] = {
    "warfarin": frozenset({"contact"}),
    "anticoagulant": frozenset({"contact"}),
    "quinolone": frozenset({"impact_jump", "sprint", "calf_heavy"}),
}
_LEG_REGIONS: Final = frozenset({"knee", "ankle", "hip"})
_ARM_REGIONS: Final = frozenset({"shoulder", "wrist", "elbow"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person's sessions must leave out. `easy_only`: walking and gentle mobility, nothing else."""

    tags: frozenset[str]
    limited_tags: frozenset[str]  # mild: allowed with half the range or 30 % less load, pain at most 2 of 10
    muscles: frozenset[str]
    easy_only: bool
    refer: tuple[str, ...]  # regions hurt severely: see a clinician

    def allows(self, exercise: Exercise) -> bool:
        """Whether an exercise may be planned."""
        if exercise.tags & self.tags:
            return False
        return not (self.muscles & exercise.muscles) or (exercise.family == "mobility" and not exercise.primary)


def region_of(word: str) -> Region | None:
    """The region code behind a word or synonym, None for an unknown one."""
    code = word.strip().lower().replace(" ", "_").replace("-", "_")
    if code in SYNONYMS:
        return SYNONYMS[code]
    return code if code in TAGS_OF_REGION else None  # type: ignore[return-value]  # membership is the proof


def limits(profile: Profile) -> Limits:
    """Everything that a person's injuries, conditions and medicines forbid."""
    tags: set[str] = set()
    limited: set[str] = set()
    muscles: set[str] = set()
    refer: list[str] = []
    easy_only = False
    for injury in profile.injuries or ():
        region = region_of(injury.region)
        found = TAGS_OF_REGION[region] if region else frozenset[str]()
        if _severity(injury) == "mild":
            limited |= found
            continue
        tags |= found
        if _severity(injury) == "severe":
            refer.append(injury.region)
            muscles |= LEGS if region in _LEG_REGIONS else ARMS if region in _ARM_REGIONS else frozenset()
            easy_only = easy_only or region not in _LEG_REGIONS | _ARM_REGIONS
    for condition in profile.conditions or ():
        tags |= TAGS_OF_CONDITION.get(condition, frozenset())
    for medicine in profile.medications or ():
        tags |= TAGS_OF_MEDICATION.get(medicine, frozenset())
    if _no_maximum(profile):
        tags.add("isometric_max")
    return Limits(frozenset(tags), frozenset(limited) - tags, frozenset(muscles), easy_only, tuple(refer))


def forbidden_tags(profile: Profile) -> frozenset[str]:
    """The tags no session of this person may contain (T-11)."""
    return limits(profile).tags


def _severity(injury: Injury) -> str:
    """Unknown severity counts as moderate (T-31); pain above 5 of 10 is never mild (T-60)."""
    if injury.severity is None:
        return "moderate"
    if injury.severity == "mild" and (injury.pain_score or 0) > 2:
        return "moderate"
    return injury.severity


def _no_maximum(profile: Profile) -> bool:
    is_minor = profile.age is None or profile.age < 18
    return is_minor or profile.has("pregnancy") or profile.fitness_level in (None, "beginner")
