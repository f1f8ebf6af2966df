"""The questions of onboarding: in which step each is asked, its options, whom it concerns, when it is known already."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from agents.domain.profile import Profile
from agents.domain.safety.conditions import unknown_conditions

GUARDIAN_AGE = 16  # years; the strictest national rule under GDPR Art. 8 (science.md S-120)
CHILDBEARING_AGES = range(12, 56)  # asked about pregnancy inside these ages, unless the person said male


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
        "condition_kind",
        3,
        ("none", "cardiac", "kidney", "respiratory", "osteoporosis", "unsure"),
        is_required=True,
        applies=lambda p: bool(unknown_conditions(p)),
        columns=2,
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
