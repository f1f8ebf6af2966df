"""Who trains, with what, where, and up to which effort: the profile as the programme builder needs it (T-11)."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from zlib import crc32

from agents.domain.exercises import EQUIPMENT, Effort, Exercise, Spot
from agents.domain.injuries import Limits, limits
from agents.domain.life_stage import is_minor, is_pregnant
from agents.domain.profile import FitnessLevel, Goal, Profile
from agents.domain.safety.conditions import understood
from agents.domain.safety.guardrails import deficit_allowed
from agents.domain.safety.illness import COLD, EASY_SHARE
from agents.domain.safety.screening import Allowed

DEFAULT_MINUTES: Final = 30
MIN_MINUTES, MAX_MINUTES = 15, 180  # T-8
SHORT_MINUTES: Final = 25
OBESITY_BMI: Final = 30.0  # kg/m², T-23: run and walk in turns first
BALANCE_AGE: Final = 65  # years, from which balance belongs to every strength day
JOG_MET: Final = 8.5  # steady work up to here passes the talk test of a trained person (S-102 grades effort by it)

ROAD_MODALITIES: Final = frozenset({"walking", "running", "cycling", "swimming", "rowing"})
# Words people use for a whole style of training, as the modalities of the table.
STYLES: Final[dict[str, tuple[str, ...]]] = {
    "triathlon": ("swimming", "cycling", "running"),
    "duathlon": ("running", "cycling"),
    "strength": ("free_weights", "machines", "bodyweight"),
    "hypertrophy": ("free_weights", "machines", "bodyweight"),
    "bodybuilding": ("free_weights", "machines"),
    "weights": ("free_weights", "machines"),
    "crossfit": ("crossfit", "free_weights"),
    "powerlifting": ("powerlifting", "free_weights"),
    "cardio": (),
    "flexibility": ("mobility", "yoga"),
    "stretching": ("mobility",),
    "hiking": ("walking",),
    "mixed": (),
}
# Other words for the equipment of the table; a rack or plates alone open nothing.
_KIT_WORDS: Final[dict[str, str]] = {
    "dumbbell": "dumbbells",
    "kettlebells": "kettlebell",
    "barbells": "barbell",
    "bands": "resistance_bands",
    "band": "resistance_bands",
    "resistance_band": "resistance_bands",
    "pullup_bar": "pull_up_bar",
    "chin_up_bar": "pull_up_bar",
    "yoga_mat": "mat",
    "exercise_mat": "mat",
    "bicycle": "bike",
    "exercise_bike": "bike",
    "stationary_bike": "bike",
    "spin_bike": "bike",
    "rowing_machine": "rower",
    "skipping_rope": "jump_rope",
    "swimming_pool": "pool",
    "gymnastic_rings": "rings",
    "cables": "cable",
    "cable_machine": "cable",
    "machine": "machines",
    "elliptical_trainer": "elliptical",
    "plyo_box": "box",
}
PELVIC_FLOOR: Final = ("pelvic_floor_lift", "pelvic_floor_pulses")  # for pregnancy and the time after a birth
LOADS: Final = frozenset({"dumbbells", "barbell", "kettlebell", "resistance_bands", "cable", "machines"})
LIFTING_STYLES: Final = frozenset({
    "strength", "hypertrophy", "bodybuilding", "weights", "crossfit", "powerlifting", "free_weights", "machines",
    "bodyweight",
})  # fmt: skip

_EFFORTS: Final[tuple[Effort, ...]] = ("easy", "light", "moderate", "vigorous")
_LEVELS: Final[tuple[FitnessLevel, ...]] = ("beginner", "intermediate", "advanced")
_PLACES: Final[dict[str, frozenset[Spot]]] = {
    "home": frozenset({"home"}),
    "gym": frozenset({"gym"}),
    "outdoor": frozenset({"outdoor"}),
    "hybrid": frozenset({"home", "gym", "outdoor"}),
}
_DISEASES: Final = ("cardiac", "kidney", "diabetes_t1", "diabetes_t2", "respiratory")
_LEG_REGIONS_HURT: Final = frozenset({"impact_run", "impact_jump"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainee:
    """Unknown facts are filled with the careful choice: beginner, general fitness, 30 minutes, home, no equipment.

    `cap` is the screening's answer. Without `may_lose` no sentence speaks of losing fat (E1, E2, E6,
    E8). `is_new` covers beginners and people who come back after a break (T-9). `familiar` and `disliked` are slugs.
    """

    limits: Limits
    cap: Effort
    level: FitnessLevel
    goal: Goal
    minutes: int
    places: frozenset[Spot]
    equipment: frozenset[str]
    modalities: frozenset[str]
    seed: int
    weight_kg: float | None
    is_new: bool
    is_minor: bool
    is_gentle: bool
    may_jog: bool
    needs_high_reps: bool
    needs_long_warm_up: bool
    needs_balance: bool
    needs_breath_cue: bool
    spares_joints: bool
    avoids_pool: bool
    sports: tuple[str, ...] = ()
    likes_lifting: bool = False
    is_pregnant: bool = False
    needs_pelvic_floor: bool = False
    may_lose: bool = True
    has_cold: bool = False
    familiar: frozenset[str] = frozenset()
    disliked: frozenset[str] = frozenset()

    @property
    def is_yogi(self) -> bool:
        """Whether yoga was asked for."""
        return "yoga" in self.modalities

    @property
    def is_enduring(self) -> bool:
        """Whether the week is about a sport of endurance, and lifting only supports it."""
        is_sport = not self.likes_lifting and bool(set(self.sports) - {"walking"})
        return self.goal == "endurance" or (is_sport and self.goal not in ("strength", "muscle_gain", "flexibility"))

    @property
    def owns_loads(self) -> bool:
        """Whether there is a weight, a band or a machine to lift with."""
        return not self.equipment.isdisjoint(LOADS)

    @property
    def is_in_a_hurry(self) -> bool:
        """Whether sessions are so short that rests and repetitions shrink."""
        return self.minutes < SHORT_MINUTES

    @property
    def training_level(self) -> FitnessLevel:
        """The level whose volume applies: people who come back start with a beginner's (T-9)."""
        return "beginner" if self.is_new else self.level

    def admits(self, exercise: Exercise) -> bool:
        """T-11: equipment, place, level, effort, and no tag or part of the body that is closed."""
        return (
            self.equipment.issuperset(exercise.equipment)
            and not self.places.isdisjoint(exercise.places)
            and _LEVELS.index(exercise.level) <= _LEVELS.index(self.level)
            and self._is_within_cap(exercise)
            and exercise.slug not in self.disliked
            and not (self.avoids_pool and "pool" in exercise.equipment)
            and not (self.is_pregnant and "inverted" in exercise.tags)
            and (self.needs_pelvic_floor or exercise.slug not in PELVIC_FLOOR)
            and self.limits.permits(exercise)
        )

    def jitter(self, slug: str) -> float:
        """0 to 1, the same for the same seed: it decides between equals, so that another seed gives another plan."""
        return crc32(f"{self.seed}:{slug}".encode()) / 0xFFFFFFFF

    def _is_within_cap(self, exercise: Exercise) -> bool:
        if _EFFORTS.index(exercise.effort) <= _EFFORTS.index(self.cap):
            return True
        is_steady = exercise.session_kind == "cardio" and exercise.met <= JOG_MET
        return self.cap == "moderate" and self.may_jog and is_steady


def trainee(
    profile: Profile, *, screening_allowed: Allowed, on: date, seed: int = 0, weeks_since_birth: int | None = None
) -> Trainee:
    """The trainee behind a profile. Raises ValueError for "none": then there is nobody to plan for."""
    if screening_allowed == "none":
        raise ValueError("the screening allows no training")
    level = profile.fitness_level or "beginner"
    is_new = level == "beginner" or not profile.regular_exercise
    found = limits(profile, on=on, weeks_since_birth=weeks_since_birth)
    profile = understood(profile)
    wanted = _modalities(profile)
    bmi = profile.bmi or 0
    is_old = profile.age is not None and profile.age >= BALANCE_AGE
    return Trainee(
        limits=found,
        cap=screening_allowed,
        level=level,
        goal=profile.primary_goal or "general_fitness",
        minutes=_minutes(profile),
        places=_PLACES[profile.location or "home"],
        equipment=equipment_of(profile),
        modalities=frozenset(wanted),
        seed=seed,
        weight_kg=profile.weight_kg,
        is_new=is_new,
        is_minor=is_minor(profile),
        is_gentle=is_old or screening_allowed == "light" or is_pregnant(profile) or (is_new and bmi >= OBESITY_BMI),
        may_jog=not is_new and not profile.has(*_DISEASES) and not is_pregnant(profile),
        needs_high_reps=profile.has("hypertension", "cardiac"),
        needs_long_warm_up="cold_dry_interval" in found.forbidden,
        needs_balance=is_old or profile.has("osteoporosis"),
        needs_breath_cue="breath_hold" in found.forbidden,
        spares_joints=bmi >= OBESITY_BMI or not _LEG_REGIONS_HURT.isdisjoint(found.limited | found.forbidden),
        avoids_pool=profile.has("epilepsy"),
        sports=tuple(code for code in wanted if code in ROAD_MODALITIES),
        likes_lifting=not LIFTING_STYLES.isdisjoint(map(_code, profile.modalities)),
        is_pregnant=is_pregnant(profile),
        needs_pelvic_floor=is_pregnant(profile) or profile.has("postpartum"),
        may_lose=deficit_allowed(profile, weeks_since_birth=weeks_since_birth).allowed,
        has_cold=profile.has(COLD),
    )


def _minutes(profile: Profile) -> int:
    """The length of a session; with a cold half of the usual, as far as a session can be that short (S-190)."""
    usual = min(MAX_MINUTES, max(MIN_MINUTES, profile.workout_minutes or DEFAULT_MINUTES))
    return max(MIN_MINUTES, int(usual * EASY_SHARE)) if profile.has(COLD) else usual


def _code(word: str) -> str:
    return word.strip().casefold().replace(" ", "_").replace("-", "_")


def _modalities(profile: Profile) -> tuple[str, ...]:
    """The modalities of the table behind the words of the profile, in order, each once."""
    words = [_code(word) for word in profile.modalities]
    return tuple(dict.fromkeys(code for word in words for code in STYLES.get(word, (word,))))


def equipment_of(profile: Profile) -> frozenset[str]:
    """What may be planned with: all of a gym but its pool, else what the person has; unknown is nothing."""
    said = frozenset(_code(word) for word in profile.equipment or ())
    own = frozenset(_KIT_WORDS.get(word, word) for word in said) & EQUIPMENT
    return own | (EQUIPMENT - {"pool"}) if profile.location == "gym" else own
