"""Exercises as the engines see them, and look-ups over the table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from agents.domain.profile import FitnessLevel

Family = Literal["squat", "hinge", "push", "pull", "carry", "trunk", "cardio", "mobility", "balance"]
SessionKind = Literal["strength", "cardio", "hiit", "flexibility", "compound", "yoga", "mobility", "sport"]
Use = Literal["warm_up", "main", "cool_down"]

# science.md T-30: a closed list; a tag says what an exercise loads or risks.
TAGS: Final = frozenset({
    "deep_knee_flexion", "knee_extension_open", "kneeling", "impact_jump", "impact_run", "sprint", "downhill",
    "single_leg_load", "axial_load_heavy", "hinge_heavy", "ballistic_hinge", "spine_flexion_load",
    "spine_extension_load", "spine_rotation_load", "overhead_press", "overhead_hold", "behind_neck", "upright_row",
    "wide_press", "dip", "kipping", "hang", "inverted", "wrist_extension_load", "straight_bar_grip", "grip_heavy",
    "elbow_heavy", "elbow_overhead_extension", "deep_dorsiflexion", "calf_heavy", "hip_deep_flexion", "wide_stance",
    "neck_load", "contact", "fall_risk", "breath_hold", "isometric_max", "long_supine", "prone", "trunk_pressure",
    "hot_place", "cold_dry_interval",
})  # fmt: skip
LEGS: Final = frozenset({"quads", "hamstrings", "glutes", "calves", "adductors", "abductors", "hip_flexors", "shins"})
ARMS: Final = frozenset({"chest", "lats", "upper_back", "shoulders", "rear_delts", "biceps", "triceps", "forearms"})
TRUNK: Final = frozenset({"abs", "obliques", "lower_back"})
MUSCLES: Final = LEGS | ARMS | TRUNK | {"neck", "heart"}
EQUIPMENT: Final = frozenset({
    "dumbbells", "barbell", "bench", "pull_up_bar", "resistance_bands", "kettlebell", "cable", "machines", "rings",
    "box", "mat", "jump_rope", "bike", "treadmill", "rower", "elliptical", "pool",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One movement. `equipment` lists everything it needs; () is nothing but the body. `met` per science.md M."""

    slug: str
    name: str
    session_kind: SessionKind
    family: Family
    uses: tuple[Use, ...]
    level: FitnessLevel
    tags: frozenset[str]
    equipment: tuple[str, ...]
    places: tuple[Literal["home", "gym", "outdoor"], ...]
    primary: tuple[str, ...]
    secondary: tuple[str, ...] = ()
    is_unilateral: bool = False
    is_timed: bool = False
    is_seated: bool = False
    met: float | None = None
    cues: tuple[str, ...] = ()
    easier: str | None = None
    harder: str | None = None

    @property
    def muscles(self) -> frozenset[str]:
        """Everything it works, directly or helping."""
        return frozenset((*self.primary, *self.secondary))


@dataclass(frozen=True, eq=False)
class Library:
    """All exercises. Compared by identity: there is one per table version."""

    version: str
    exercises: tuple[Exercise, ...]

    @cached_property
    def _by_slug(self) -> Mapping[str, Exercise]:
        return {exercise.slug: exercise for exercise in self.exercises}

    def get(self, slug: str) -> Exercise:
        """The exercise with this slug. Raises KeyError for an unknown one."""
        return self._by_slug[slug]

    def of(self, families: Iterable[Family], use: Use = "main") -> tuple[Exercise, ...]:
        """Exercises of these families that suit this part of a session, in table order."""
        wanted = frozenset(families)
        return tuple(e for e in self.exercises if e.family in wanted and use in e.uses)
