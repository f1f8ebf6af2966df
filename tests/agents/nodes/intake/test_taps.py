"""Every onboarding button has a label, and means what words would mean."""

from datetime import time

import pytest

from agents.domain.onboarding import suggested_meal_times
from agents.domain.profile import Injury, MealTime, Profile, Restriction
from agents.domain.questions import QUESTIONS
from agents.domain.safety.conditions import unknown_conditions
from agents.nodes.intake.asking import choices_for, known_words, lines_for, option_key
from agents.nodes.intake.facts import apply
from agents.nodes.intake.taps import facts_of_tap
from agents.schemas import Fact
from prompts.loader import Catalogue
from tests.support.cases import for_each
from tests.support.mind import NOW

OPTIONS = [(question.code, data) for question in QUESTIONS for data in question.options]
SAYS_NOTHING = {
    "consent",
    "guardian",
    "review",
    "confirm",
}
NO_FACT = {
    ("age", "unsaid"),
    ("height_cm", "unsaid"),
    ("weight_kg", "unsaid"),
    ("target_weight_kg", "none"),
    ("pregnancy", "no"),
    ("dislikes", "none"),
    ("morning_brief_time", "no"),
    ("evening_checkin_time", "no"),
    ("condition_kind", "unsure"),
}


@for_each(("code", "data"), OPTIONS)
def test_every_option_is_a_fact_or_says_on_purpose_nothing(code: str, data: str) -> None:
    conditions = ("wilson's disease",) if code == "condition_kind" else None
    facts = facts_of_tap(code, data, Profile(timezone="Europe/Berlin", conditions=conditions))
    assert bool(facts) is (code not in SAYS_NOTHING and (code, data) not in NO_FACT)


@for_each(("code", "data"), OPTIONS)
def test_every_option_has_a_label(code: str, data: str) -> None:
    assert Catalogue().say("en", option_key(code, data), {}).strip()


@for_each("question", QUESTIONS, ids=lambda question: question.code)
def test_every_question_is_worded_and_only_optional_ones_can_be_skipped(question: object) -> None:
    profile = Profile(timezone="Europe/Berlin")
    speech = Catalogue()
    for line in lines_for(question, profile, NOW):  # type: ignore[arg-type]  # a question
        assert speech.say("en", line.key, line.args).strip()
    choices = [choice for row in choices_for(question, profile) for choice in row]  # type: ignore[arg-type]
    assert len({choice.data for choice in choices}) == len(choices)
    assert ("opt-skip" in {choice.key for choice in choices}) is not question.is_required  # type: ignore[attr-defined]
    for prefix in ("why", "example"):
        assert speech.say("en", f"{prefix}-{question.code}", {})  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("code", "data", "value"),
    [
        ("weight_kg", "unsaid", None),
        ("meals_per_day", "4", 4),
        ("workout_time", "07:00", time(7)),
        ("max_prep_minutes", "any", 120),
        ("workout_days", "mon_thu", (0, 3)),
        ("regular_exercise", "yes", True),
        ("injuries", "knee", Injury("knee")),
        ("conditions", "cardiac", "cardiac"),
    ],
)
def test_some_taps_by_value(code: str, data: str, value: object) -> None:
    facts = facts_of_tap(code, data, Profile())
    assert [fact.value for fact in facts] == ([] if value is None else [value])


def test_what_an_unknown_condition_concerns_is_kept_beside_its_name() -> None:
    known = Profile(conditions=("gout", "wilson's disease"))
    placed = apply(known, facts_of_tap("condition_kind", "kidney", known), NOW.date()).profile
    assert placed.conditions == ("gout", "kidney", "wilson's disease: other")
    assert unknown_conditions(placed) == ()
    none_of_these = apply(known, facts_of_tap("condition_kind", "none", known), NOW.date()).profile
    assert none_of_these.conditions == ("gout", "wilson's disease: other")


def test_a_group_of_allergens_means_all_its_members() -> None:
    codes = [fact.value.code for fact in facts_of_tap("allergies", "shellfish", Profile())]  # type: ignore[union-attr]
    assert codes == ["crustacean", "mollusc"]
    wheat = [fact.value.code for fact in facts_of_tap("allergies", "gluten", Profile())]  # type: ignore[union-attr]
    assert wheat == ["gluten", "wheat"]


def test_none_after_some_were_named_adds_no_denial() -> None:
    known = Profile(restrictions=(Restriction("allergy", "milk"),), conditions=("cardiac",), injuries=(Injury("hip"),))
    for code in ("allergies", "conditions", "injuries"):
        assert facts_of_tap(code, "none", known) == ()


def test_suggested_meal_times_follow_the_number_of_meals() -> None:
    facts = facts_of_tap("meal_times", "suggested", Profile(meals_per_day=2))
    assert [fact.value for fact in facts] == list(suggested_meal_times(2))
    assert facts[0] == Fact("meal_time", MealTime("lunch", time(12, 30)), "suggested", op="add")


def test_an_unknown_option_says_nothing() -> None:
    assert facts_of_tap("meals_per_day", "many", Profile()) == ()
    assert facts_of_tap("workout_days", "never", Profile()) == ()
    assert facts_of_tap("nonsense", "x", Profile()) == ()


def test_a_list_that_holds_something_is_asked_for_the_rest_without_naming_a_pregnancy() -> None:
    known = Profile(conditions=("diabetes_t2", "pregnancy"))
    assert known_words("conditions", known) == "diabetes t2"
