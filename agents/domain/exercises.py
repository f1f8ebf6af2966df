"""What the coach knows about movements: one frozen `Exercise` each, and the `Library` that holds them.

Tags, families, muscles and equipment are closed lists (science.md T-30, data-model 7.3): a table that uses another word
is refused when it is loaded, because a tag nobody checks protects nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from agents.domain.profile import FitnessLevel

Family = Literal["squat", "hinge", "push", "pull", "carry", "trunk", "cardio", "mobility", "balance"]
SessionKind = Literal["strength", "cardio", "hiit", "flexibility", "compound", "yoga", "mobility", "sport"]
Area = Literal["legs", "arms", "trunk", "neck"]
Use = Literal["main", "accessory", "warm_up", "cool_down"]
Spot = Literal["home", "gym", "outdoor"]
Effort = Literal["easy", "light", "moderate", "vigorous"]
Impact = Literal["none", "low", "high"]
Stage = Literal["opening", "standing", "balance", "floor", "closing"]

FAMILIES: Final[tuple[Family, ...]] = (
    "squat", "hinge", "push", "pull", "carry", "trunk", "cardio", "mobility", "balance",
)  # fmt: skip
LEVELS: Final[tuple[FitnessLevel, ...]] = ("beginner", "intermediate", "advanced")
EQUIPMENT: Final = frozenset({
    "dumbbells", "barbell", "bench", "pull_up_bar", "resistance_bands", "kettlebell", "cable", "machines", "rings",
    "box", "mat", "jump_rope", "bike", "treadmill", "rower", "elliptical", "pool",
})  # fmt: skip
TAGS: Final = frozenset({
    "deep_knee_flexion", "knee_extension_open", "kneeling", "impact_jump", "impact_run", "sprint", "downhill",
    "single_leg_load", "axial_load_heavy", "hinge_heavy", "ballistic_hinge", "spine_flexion_load",
    "spine_extension_load", "spine_rotation_load", "overhead_press", "overhead_hold", "behind_neck", "upright_row",
    "wide_press", "dip", "kipping", "hang", "inverted", "wrist_extension_load", "straight_bar_grip", "grip_heavy",
    "elbow_heavy", "elbow_overhead_extension", "deep_dorsiflexion", "calf_heavy", "hip_deep_flexion", "wide_stance",
    "neck_load", "contact", "fall_risk", "breath_hold", "isometric_max", "long_supine", "prone", "trunk_pressure",
    "hot_place", "cold_dry_interval",
})  # fmt: skip
MUSCLES: Final = frozenset({
    "quads", "hamstrings", "glutes", "calves", "shins", "adductors", "abductors", "hip_flexors", "chest", "lats",
    "upper_back", "shoulders", "biceps", "triceps", "forearms", "core", "obliques", "lower_back", "neck",
})  # fmt: skip

STAGES: Final[tuple[Stage, ...]] = ("opening", "standing", "balance", "floor", "closing")
IMPACT_TAGS: Final = frozenset({"impact_jump", "impact_run", "sprint"})

# science.md M-3: the MET from which an effort counts as moderate and as vigorous.
MODERATE_MET: Final = 3.0
VIGOROUS_MET: Final = 6.0
_LOADED: Final = frozenset({"free_weights", "machines", "powerlifting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One movement. `tags` are codes of T-30 in alphabetical order; `loads` are the parts of the body it works.

    `equipment` names everything it needs at once (() = nothing). `is_easy` marks the easy walking and mobility that
    stays open when nothing else does (science.md S-103, T-31). `easier` and `harder` are slugs of the same family.
    `impact` is high exactly where a tag says so. `is_wheelchair_friendly` means from a chair with the legs at rest.
    `stage` is the place in a yoga sequence.
    """

    slug: str
    name: str
    session_kind: SessionKind
    family: Family
    level: FitnessLevel
    modality: str
    uses: tuple[Use, ...]
    tags: tuple[str, ...]
    loads: tuple[Area, ...]
    equipment: tuple[str, ...]
    places: tuple[Spot, ...]
    primary_muscles: tuple[str, ...]
    secondary_muscles: tuple[str, ...]
    met: float
    cues: tuple[str, ...]
    is_unilateral: bool = False
    is_timed: bool = False
    is_outdoor: bool = False
    is_easy: bool = False
    impact: Impact = "none"
    is_wheelchair_friendly: bool = False
    stage: Stage | None = None
    easier: str | None = None
    harder: str | None = None

    @property
    def effort(self) -> Effort:
        """How hard it is at its usual pace (science.md M-3). Lifts are graded by their reserve: at most moderate."""
        if self.is_easy:
            return "easy"
        if self.met < MODERATE_MET:
            return "light"
        is_graded_by_reserve = self.session_kind == "strength"
        return "moderate" if self.met < VIGOROUS_MET or is_graded_by_reserve else "vigorous"

    @property
    def muscles(self) -> frozenset[str]:
        """Everything it works, directly or helping."""
        return frozenset((*self.primary_muscles, *self.secondary_muscles))

    @property
    def is_strength(self) -> bool:
        """Whether it is done in sets against a load, the body's own included; bouts of intervals are not."""
        return self.family not in ("cardio", "mobility", "balance") and self.session_kind != "hiit"

    @property
    def needs_wheelchair(self) -> bool:
        """Whether it is rolling outdoors, which needs the chair itself."""
        return self.is_wheelchair_friendly and self.is_outdoor

    @property
    def takes_load(self) -> bool:
        """Whether a weight, a band or a machine setting has to be chosen."""
        return self.is_strength and (self.modality in _LOADED or "resistance_bands" in self.equipment)


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """All exercises, in the order of the table; compared by identity. `version` tells one table from another.

    Raises ValueError when a slug or name occurs twice, a word is outside the closed lists, or a variant is missing.
    """

    version: str
    exercises: tuple[Exercise, ...]
    _by_slug: dict[str, Exercise] = field(init=False, repr=False)
    _by_name: dict[str, Exercise] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_slug", {e.slug: e for e in self.exercises})
        object.__setattr__(self, "_by_name", {_plain(e.name): e for e in self.exercises})
        if not len(self._by_slug) == len(self._by_name) == len(self.exercises):
            raise ValueError("an exercise slug or name occurs twice")
        for exercise in self.exercises:
            self._check(exercise)

    def __iter__(self) -> Iterator[Exercise]:
        return iter(self.exercises)

    def __len__(self) -> int:
        return len(self.exercises)

    def get(self, slug: str) -> Exercise | None:
        """The exercise of this slug."""
        return self._by_slug.get(slug)

    def named(self, words: str) -> Exercise | None:
        """The exercise of this name or slug, whatever the case, the hyphens and the spaces."""
        return self._by_slug.get(words) or self._by_name.get(_plain(words))

    def of_family(self, family: Family) -> tuple[Exercise, ...]:
        """All exercises of a movement family."""
        return tuple(e for e in self.exercises if e.family == family)

    def _check(self, exercise: Exercise) -> None:
        strange = (set(exercise.tags) - TAGS) | (set(exercise.equipment) - EQUIPMENT) | (exercise.muscles - MUSCLES)
        variants = {slug for slug in (exercise.easier, exercise.harder) if slug}
        strange |= {slug for slug in variants if slug == exercise.slug or slug not in self._by_slug}
        if (exercise.impact == "high") == IMPACT_TAGS.isdisjoint(exercise.tags):
            strange.add(f"impact {exercise.impact}")
        if exercise.is_wheelchair_friendly and "legs" in exercise.loads:
            strange.add("legs in a wheelchair")
        if strange or not exercise.primary_muscles or not exercise.uses:
            raise ValueError(f"{exercise.slug} uses unknown words or variants: {sorted(strange)}")


def _plain(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())
