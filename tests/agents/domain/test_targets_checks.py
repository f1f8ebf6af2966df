"""Whatever the person: targets refuse, or satisfy every check of the table nutrition_targets and every guardrail."""

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain import weight_change
from agents.domain.profile import Profile
from agents.domain.targets import Refusal, targets, training_and_rest

relaxed = settings(derandomize=True, deadline=None, max_examples=400)


def fulfils_the_table(found):
    """The checks of the table nutrition_targets."""
    agrees = abs(4 * found.protein_g + 4 * found.carbs_g + 9 * found.fat_g - found.kcal) <= 50
    least = 1200 if found.floor_basis == "female" else 1500
    in_range = found.kcal_floor <= found.kcal_min <= found.kcal < found.kcal_max <= found.kcal_ceiling
    positive = min(found.protein_g, found.carbs_g, found.fat_g) > 0
    return agrees and in_range and positive and found.kcal_floor >= least and found.kcal_ceiling in (5000, 6000)


people = st.builds(
    Profile,
    age=st.integers(13, 100),
    sex=st.sampled_from(["female", "male", "unspecified"]),
    height_cm=st.floats(130, 215),
    weight_kg=st.floats(30, 250),
    target_weight_kg=st.none() | st.floats(30, 250),
    target_weeks=st.none() | st.integers(1, 200),
    primary_goal=st.sampled_from([None, "fat_loss", "fat_loss", "muscle_gain", "general_fitness", "endurance"]),
    fitness_level=st.sampled_from([None, "beginner", "advanced"]),
    work_activity=st.sampled_from([None, "very_light", "moderate", "heavy"]),
    leisure_activity=st.sampled_from([None, "very_light", "active", "very_active"]),
    workout_days=st.none() | st.just(()) | st.just((0, 2, 4)) | st.just((0, 1, 2, 3, 4, 5)),
    workout_minutes=st.none() | st.integers(15, 120),
    conditions=st.none()
    | st.lists(
        st.sampled_from(["pregnancy", "breastfeeding", "kidney", "care_mode", "gout", "diabetes_t2"]), max_size=1
    ).map(tuple),
    diet_type=st.sampled_from([None, "vegan", "keto", "mediterranean"]),
)


@relaxed
@given(person=people, cap=st.none() | st.floats(-1, 1), is_allowed=st.booleans(), days=st.integers(0, 7))
def test_targets_refuse_or_satisfy_every_check(person, cap, is_allowed, days):
    found = targets(person, deficit_allowed=is_allowed, deficit_cap_fraction=cap)
    if isinstance(found, Refusal):
        assert found.message
        return
    assert fulfils_the_table(found)
    assert found.kcal >= 0.75 * found.tdee.tdee_kcal - 5  # the target is rounded to 10
    is_lighter = found.kcal < found.tdee.tdee_kcal - 5
    if not is_allowed or weight_change.forbidden(person) is not None:
        assert not is_lighter or "E3" in [note.rule for note in found.findings]
    if weight_change.forbidden(person) is not None:
        assert found.kcal >= found.tdee.tdee_kcal
    for day in training_and_rest(found, training_days=days):
        assert fulfils_the_table(day)
