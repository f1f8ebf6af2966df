"""People to plan training for: two usual ones, and a strategy for any."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from agents.domain.exercises import EQUIPMENT
from agents.domain.injuries import REGION_TAGS
from agents.domain.profile import Injury, Profile
from agents.domain.safety.screening import Allowed
from agents.domain.training import Programme, Session, programme
from storage.reference.exercise_tables import library

MONDAY = date(2026, 3, 2)
LIBRARY = library()
ADULT = Profile(
    age=34, sex="female", height_cm=168, weight_kg=66, fitness_level="beginner", primary_goal="general_fitness",
    conditions=(), symptoms=(), medications=(), injuries=(), equipment=(), location="home",
    workout_days=(0, 2, 4), workout_minutes=30,
)  # fmt: skip
TRAINED = replace(ADULT, fitness_level="intermediate", regular_exercise=True, location="gym", workout_minutes=60)
GOALS = [
    "fat_loss", "muscle_gain", "general_fitness", "strength", "endurance", "flexibility", "athletic_performance",
]  # fmt: skip
CONDITIONS = [
    "pregnancy", "postpartum", "osteoporosis", "hypertension", "respiratory", "cardiac", "epilepsy", "diabetes_t2",
    "fracture_or_operation",
]  # fmt: skip


def plan(
    profile: Profile, allowed: Allowed = "moderate", *, start: date = MONDAY, days: int = 14, seed: int = 0
) -> Programme:
    """The programme of a person, by default for two weeks from a Monday."""
    return programme(profile, LIBRARY, screening_allowed=allowed, start=start, days=days, seed=seed)


def main_slugs(made: Programme) -> list[str]:
    """The exercises of all main parts, in order."""
    return [block.exercise.slug for session in made.sessions for block in session.phase("main")]


def first_week(made: Programme) -> list[Session]:
    """The sessions of the first seven days."""
    return [session for session in made.sessions if session.date < MONDAY + timedelta(days=7)]


profiles = st.builds(
    Profile,
    age=st.sampled_from([None, 14, 19, 34, 52, 71]),
    sex=st.sampled_from(["female", "male", "unspecified"]),
    height_cm=st.sampled_from([None, 168.0]),
    weight_kg=st.sampled_from([None, 55.0, 82.0, 120.0]),
    fitness_level=st.sampled_from([None, "beginner", "intermediate", "advanced"]),
    regular_exercise=st.sampled_from([None, False, True]),
    primary_goal=st.sampled_from([None, *GOALS]),
    conditions=st.none() | st.lists(st.sampled_from(CONDITIONS), max_size=2).map(tuple),
    medications=st.none() | st.lists(st.sampled_from(["cipro", "warfarin", "ventolin", "x"]), max_size=1).map(tuple),
    injuries=st.none()
    | st.lists(
        st.builds(
            Injury,
            region=st.sampled_from([*REGION_TAGS, "low_back", "foot", "spleen"]),
            severity=st.sampled_from([None, "mild", "moderate", "severe"]),
            pain_score=st.none() | st.integers(0, 10),
        ),
        max_size=2,
    ).map(tuple),
    pregnancy_week=st.sampled_from([None, None, None, 12, 30]),
    equipment=st.none() | st.lists(st.sampled_from(sorted(EQUIPMENT)), max_size=5).map(tuple),
    location=st.sampled_from([None, "home", "gym", "outdoor", "hybrid"]),
    workout_days=st.none() | st.sets(st.integers(0, 6), max_size=7).map(lambda days: tuple(sorted(days))),
    workout_minutes=st.none() | st.integers(15, 180),
    modalities=st.lists(
        st.sampled_from(["running", "swimming", "cycling", "hiit", "yoga", "free_weights", "bodyweight"]), max_size=2
    ).map(tuple),
)
