"""Strategies of profile files: every field, most of them left out now and then."""

from typing import Any

from hypothesis import strategies as st

GOALS = (
    "fat_loss", "muscle_gain", "general_fitness", "strength", "endurance", "flexibility", "athletic_performance",
)  # fmt: skip
ALLERGIES = (
    "peanut", "nuts", "tree nuts", "milk", "dairy", "egg", "fish", "shellfish", "seafood", "wheat", "gluten", "soy",
    "sesame", "celery", "mustard", "lupin", "sulfites", "coconut", "shrimp", "almond",
)  # fmt: skip
REGIONS = (
    "knee", "back", "shoulder", "wrist", "elbow", "ankle", "hip", "neck", "hernia", "lower_back", "hand", "achilles",
    "groin",
)  # fmt: skip
CONDITIONS = (
    "osteoporosis", "hypertension", "asthma", "heart disease", "eating_disorder", "diabetes_t1", "diabetes_t2",
    "kidney disease", "epilepsy",
)  # fmt: skip
EQUIPMENT = (
    "dumbbells", "barbell", "bench", "pull_up_bar", "resistance_bands", "kettlebell", "mat", "bike", "jump_rope",
)  # fmt: skip
PANTRY = ("Rolled oats", "Firm tofu", "Egg", "Broccoli", "White rice, dry", "Olive oil", "Chickpeas, tinned, drained")


def _any(values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(tuple(values))


def _few(values: Any, most: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(_any(values), max_size=most, unique=True)


named_allergies = _any(ALLERGIES) | st.fixed_dictionaries(
    {"name": _any(ALLERGIES)}, optional={"severity": _any(("mild", "moderate", "severe", "anaphylaxis"))}
)
injuries = st.fixed_dictionaries({"region": _any(REGIONS)}, optional={"severity": _any(("mild", "moderate", "severe"))})
pantry = st.lists(
    st.fixed_dictionaries({"food": _any(PANTRY), "grams": st.integers(50, 1500)}), max_size=3,
    unique_by=lambda entry: entry["food"],
)  # fmt: skip

people = st.fixed_dictionaries(
    {
        "age": st.integers(13, 85),
        "sex": _any(("male", "female", "other")),
        "height_cm": st.integers(148, 200),
        "weight_kg": st.integers(46, 135),
        "primary_goal": _any(GOALS),
        "start_date": _any(("2026-03-02", "2026-03-05", "2026-12-28")),
    },
    optional={
        "target_weight_kg": st.integers(48, 110),
        "fitness_level": _any(("beginner", "intermediate", "advanced")),
        "secondary_goal": _any(GOALS),
        "work_activity": _any(("very_light", "light", "moderate", "heavy")),
        "leisure_activity": _any(("very_light", "light", "moderate", "active", "very_active")),
        "diet_type": _any(("omnivore", "vegetarian", "vegan", "pescatarian", "keto", "paleo", "mediterranean")),
        "allergies": st.lists(named_allergies, max_size=2),
        "intolerances": _few(("lactose", "gluten", "egg", "soy"), 1),
        "dislikes": _few(("mushrooms", "broccoli", "tofu", "fish", "kale", "eggs"), 3),
        "religious": _few(("halal", "kosher", "hindu", "jain"), 1),
        "max_prep_minutes": _any((30, 45, 60)),
        "budget_per_day": _any((15, 20)),
        "cooking_skill": _any(("beginner", "intermediate", "advanced")),
        "meals_per_day": st.integers(3, 6),
        "equipment": _few(EQUIPMENT, 4) | st.just(["gym"]),
        "location": _any(("home", "gym", "outdoor", "hybrid")),
        "workout_days": st.integers(0, 6) | _few(("mon", "tuesday", "Wed", "thu", "friday", "Saturday", "sun"), 5),
        "workout_minutes": _any((15, 20, 30, 45, 60, 90, 120)),
        "injuries": st.lists(injuries, max_size=2),
        "conditions": _few(CONDITIONS, 1),
        "medications": _few(("insulin", "metformin", "bisoprolol", "warfarin", "ibuprofen"), 1),
        "pregnant": st.booleans(),
        "cleared": st.booleans(),
        "modalities": _few(("running", "cycling", "swimming", "yoga", "walking", "strength"), 2),
        "pantry": pantry,
    },
)
