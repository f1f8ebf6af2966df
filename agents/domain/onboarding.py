"""The twelve steps of onboarding (0-11): which question comes next, what counts as answered, what may be skipped.

Pure: the flow is a table of questions over a `Profile`; leaving and coming back is only a matter of the stored state.
A person finishes the flow version they began.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from agents.domain.profile import MealTime, Profile

FLOW_VERSION = "1.0"
LAST_STEP = 11
STEP_NAMES = (
    "welcome",
    "experience",
    "goals",
    "constraints",
    "diet",
    "meal_structure",
    "meal_times",
    "workouts",
    "hydration",
    "lifestyle",
    "review",
    "confirm",
)
GUARDIAN_AGE = 16  # years; the strictest national rule under GDPR Art. 8 (science.md S-120)
CHILDBEARING_AGES = range(12, 56)  # asked about pregnancy inside these ages, unless the person said male


@dataclass(frozen=True, slots=True)
class OnboardingState:
    """Where the person is. `answered` and `skipped` hold question codes, in order."""

    current_step: int = 0
    pending: str | None = None
    answered: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    started_at: datetime | None = None
    completed_at: datetime | None = None
    flow_version: str = FLOW_VERSION

    @property
    def is_open(self) -> bool:
        """Whether there are questions left."""
        return self.completed_at is None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `options` are (label key, data); a required one cannot be skipped, because safety rests on it."""

    code: str
    step: int
    options: tuple[str, ...] = ()
    is_required: bool = False
    is_known: Callable[[Profile], bool] = field(default=lambda _profile: False)
    applies: Callable[[Profile], bool] = field(default=lambda _profile: True)
    columns: int = 1


def _pregnancy_is_possible(profile: Profile) -> bool:
    return profile.sex != "male" and (profile.age is None or profile.age in CHILDBEARING_AGES)


def _weight_goal(profile: Profile) -> bool:
    adult = profile.age is not None and profile.age >= 18  # science.md E1: no weight target for minors
    return adult and profile.primary_goal in ("fat_loss", "muscle_gain")


def _needs_guardian(profile: Profile) -> bool:
    return profile.age is not None and profile.age < GUARDIAN_AGE


# One named condition is not the whole list, so a volunteered one never counts as the answer: conditions, symptoms,
# medications and allergies are asked until the person says that this is all (science.md S-100, S-103).
QUESTIONS: tuple[Question, ...] = (
    Question("consent", 0, ("yes", "more", "no"), is_required=True),
    Question("age", 0, ("unsaid",), is_required=True, is_known=lambda p: p.age is not None),
    Question("guardian", 0, ("yes", "no"), is_required=True, applies=_needs_guardian, columns=2),
    Question(
        "fitness_level", 1, ("beginner", "intermediate", "advanced"), is_known=lambda p: p.fitness_level is not None
    ),
    Question(
        "regular_exercise",
        1,
        ("no", "yes"),
        is_required=True,
        is_known=lambda p: p.regular_exercise is not None,
        columns=2,
    ),
    Question("sex", 1, ("female", "male", "unspecified"), is_known=lambda p: p.sex != "unspecified", columns=3),
    Question("height_cm", 1, ("unsaid",), is_known=lambda p: p.height_cm is not None),
    Question("weight_kg", 1, ("unsaid",), is_known=lambda p: p.weight_kg is not None),
    Question(
        "work_activity", 1, ("very_light", "light", "moderate", "heavy"), is_known=lambda p: p.work_activity is not None
    ),
    Question(
        "leisure_activity",
        1,
        ("very_light", "light", "moderate", "active", "very_active"),
        is_known=lambda p: p.leisure_activity is not None,
    ),
    Question(
        "primary_goal",
        2,
        ("general_fitness", "fat_loss", "muscle_gain", "strength", "endurance", "flexibility", "athletic_performance"),
        is_known=lambda p: p.primary_goal is not None,
    ),
    Question("target_weight_kg", 2, ("none",), is_known=lambda p: p.target_weight_kg is not None, applies=_weight_goal),
    Question(
        "conditions",
        3,
        ("none", "cardiac", "hypertension", "diabetes_t2", "diabetes_t1", "kidney", "other"),
        is_required=True,
    ),
    Question(
        "symptoms",
        3,
        ("none", "chest_discomfort", "breathless", "dizzy", "palpitations", "other"),
        is_required=True,
    ),
    Question("medications", 3, ("none",), is_required=True),
    Question(
        "pregnancy",
        3,
        ("no", "pregnant", "postpartum", "breastfeeding"),
        is_required=True,
        is_known=lambda p: p.has("pregnancy", "postpartum", "breastfeeding"),
        applies=_pregnancy_is_possible,
        columns=2,
    ),
    Question(
        "injuries",
        3,
        ("none", "knee", "back", "shoulder", "ankle", "hip"),
        is_required=True,
        is_known=lambda p: p.injuries is not None,
        columns=3,
    ),
    Question("location", 3, ("home", "gym", "outdoor", "hybrid"), is_known=lambda p: p.location is not None, columns=2),
    Question(
        "equipment",
        3,
        ("none", "dumbbells", "resistance_bands", "home_set"),
        is_known=lambda p: p.equipment is not None,
        applies=lambda p: p.location != "gym",
    ),
    Question(
        "diet_type",
        4,
        ("omnivore", "vegetarian", "vegan", "pescatarian", "mediterranean", "keto", "paleo"),
        is_known=lambda p: p.diet_type is not None,
        columns=2,
    ),
    Question(
        "allergies",
        4,
        ("none", "peanut", "tree_nut", "milk", "egg", "gluten", "fish", "shellfish"),
        is_required=True,
        is_known=lambda p: p.allergies_asked,
        columns=2,
    ),
    Question(
        "dislikes", 4, ("none",), is_known=lambda p: any(r.kind in ("dislike", "religious") for r in p.restrictions)
    ),
    Question("meals_per_day", 5, ("3", "4", "5", "2"), is_known=lambda p: p.meals_per_day is not None, columns=4),
    Question(
        "max_prep_minutes", 5, ("20", "30", "45", "any"), is_known=lambda p: p.max_prep_minutes is not None, columns=4
    ),
    Question("timezone", 6, ("keep",), is_known=lambda p: "timezone" in p.field_sources),
    Question("meal_times", 6, ("suggested",), is_known=lambda p: bool(p.meal_times)),
    Question(
        "workout_days",
        7,
        ("mon_wed_fri", "tue_thu_sat", "mon_thu", "weekdays"),
        is_known=lambda p: p.workout_days is not None,
        columns=2,
    ),
    Question(
        "workout_minutes", 7, ("30", "20", "45", "60"), is_known=lambda p: p.workout_minutes is not None, columns=4
    ),
    Question("workout_time", 7, ("18:00", "07:00", "12:30"), is_known=lambda p: p.workout_time is not None, columns=3),
    Question("water_reminders", 8, ("yes", "no"), is_known=lambda p: p.water_reminders is not None, columns=2),
    Question("energy_level", 9, ("6", "3", "9"), is_known=lambda p: p.energy_level is not None, columns=3),
    Question("stress_level", 9, ("5", "3", "8"), is_known=lambda p: p.stress_level is not None, columns=3),
    Question("sleep_quality", 9, ("7", "5", "3", "9"), is_known=lambda p: p.sleep_quality is not None, columns=4),
    Question("wake_time", 9, ("07:00", "06:00", "08:00"), is_known=lambda p: p.wake_time is not None, columns=3),
    Question("bed_time", 9, ("22:30", "22:00", "23:30"), is_known=lambda p: p.bed_time is not None, columns=3),
    Question(
        "morning_brief_time",
        9,
        ("07:30", "08:30", "no"),
        is_known=lambda p: p.morning_brief_time is not None,
        columns=3,
    ),
    Question(
        "evening_checkin_time",
        9,
        ("20:00", "19:00", "no"),
        is_known=lambda p: p.evening_checkin_time is not None,
        columns=3,
    ),
    Question("review", 10, ("right", "change"), is_required=True),
    Question("confirm", 11, ("lock", "not_yet"), is_required=True),
)
MULTIPLE = frozenset({"conditions", "symptoms", "injuries", "allergies"})  # a tap adds one and asks for more
BY_CODE: Mapping[str, Question] = {question.code: question for question in QUESTIONS}
FIRST_OPTIONAL_STEP = 5  # from here on "use sensible defaults" is offered (product.md J1)


def next_question(profile: Profile, state: OnboardingState) -> Question | None:
    """The first question that applies and is neither answered, skipped nor known from what was said."""
    done = {*state.answered, *state.skipped}
    for question in QUESTIONS:
        if question.code in done or not question.applies(profile):
            continue
        if question.code not in ("consent", "review", "confirm") and question.is_known(profile):
            continue
        return question
    return None


def previous_question(profile: Profile, state: OnboardingState) -> Question | None:
    """The question before the pending one that was answered or skipped; consent is never taken back this way."""
    codes = [q.code for q in QUESTIONS]
    end = codes.index(state.pending) if state.pending in codes else len(codes)
    earlier = [q for q in QUESTIONS[:end] if q.code != "consent" and q.applies(profile)]
    return earlier[-1] if earlier else None


def answered(state: OnboardingState, *codes: str) -> OnboardingState:
    """The state with these questions answered."""
    fresh = tuple(code for code in codes if code not in state.answered)
    skipped = tuple(code for code in state.skipped if code not in codes)
    return replace(state, answered=(*state.answered, *fresh), skipped=skipped)


def skipped(state: OnboardingState, *codes: str) -> OnboardingState:
    """The state with these questions skipped."""
    fresh = tuple(code for code in codes if code not in state.skipped)
    return replace(state, skipped=(*state.skipped, *fresh))


def reopened(state: OnboardingState, code: str) -> OnboardingState:
    """The state with one question open again."""
    return replace(
        state,
        answered=tuple(c for c in state.answered if c != code),
        skipped=tuple(c for c in state.skipped if c != code),
    )


def completed_steps(profile: Profile, state: OnboardingState) -> tuple[int, ...]:
    """The step numbers in which nothing is left to ask."""
    done = {*state.answered, *state.skipped}
    open_steps = {
        q.step
        for q in QUESTIONS
        if q.code not in done
        and q.applies(profile)
        and (q.code in ("consent", "review", "confirm") or not q.is_known(profile))
    }
    return tuple(step for step in range(LAST_STEP + 1) if step not in open_steps)


# What an unanswered question becomes at the lock, with source "default" (data-model 4.1; R-1 for the scales).
_DEFAULTS: Mapping[str, object] = {
    "fitness_level": "beginner",
    "primary_goal": "general_fitness",
    "energy_level": 6,
    "stress_level": 5,
    "sleep_quality": 5,
    "diet_type": "omnivore",
    "meals_per_day": 3,
    "workout_days": (0, 2, 4),
    "workout_minutes": 30,
    "workout_time": time(18, 0),
    "wake_time": time(7, 0),
    "bed_time": time(22, 30),
    "water_reminders": True,
}
_SLOTS_BY_COUNT: Mapping[int, tuple[str, ...]] = {
    2: ("lunch", "dinner"),
    3: ("breakfast", "lunch", "dinner"),
    4: ("breakfast", "lunch", "afternoon_snack", "dinner"),
    5: ("breakfast", "morning_snack", "lunch", "afternoon_snack", "dinner"),
    6: ("breakfast", "morning_snack", "lunch", "afternoon_snack", "dinner", "evening_snack"),
    7: ("breakfast", "morning_snack", "lunch", "afternoon_snack", "pre_workout", "dinner", "evening_snack"),
    8: (
        "breakfast", "morning_snack", "lunch", "afternoon_snack", "pre_workout", "post_workout", "dinner",
        "evening_snack",
    ),
}  # fmt: skip
_USUAL_TIMES: Mapping[str, time] = {
    "breakfast": time(8, 0),
    "morning_snack": time(10, 30),
    "lunch": time(12, 30),
    "afternoon_snack": time(15, 30),
    "pre_workout": time(17, 0),
    "post_workout": time(18, 0),
    "dinner": time(19, 0),
    "evening_snack": time(20, 30),
}


def slots(meals_per_day: int) -> tuple[str, ...]:
    """The meal slots for 2..8 meals a day, in the order of the day."""
    return _SLOTS_BY_COUNT[min(8, max(2, meals_per_day))]


def suggested_meal_times(meals_per_day: int | None) -> tuple[MealTime, ...]:
    """Usual local times for that many meals."""
    return tuple(MealTime(slot, _USUAL_TIMES[slot]) for slot in slots(meals_per_day or 3))


def with_defaults(profile: Profile) -> Profile:
    """The profile with what was left open filled by defaults, each marked as a default in `field_sources`."""
    missing = {name: value for name, value in _DEFAULTS.items() if getattr(profile, name) is None}
    sources = {**profile.field_sources, **dict.fromkeys(missing, "default")}
    filled = replace(profile, **missing, field_sources=sources)  # type: ignore[arg-type]  # the table holds field names
    if filled.meal_times:
        return filled
    times = suggested_meal_times(filled.meals_per_day)
    return replace(filled, meal_times=times, field_sources={**sources, "meal_times": "default"})
