"""One onboarding turn: what an answer changes, what is asked next, and what may not be skipped."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agents.domain import changes as c
from agents.domain.context import Context
from agents.domain.onboarding import OnboardingState
from agents.domain.profile import Clearance, Injury, Profile, Restriction
from agents.domain.questions import BY_CODE, QUESTIONS
from agents.nodes.intake.onboarding import onboarding_turn
from agents.schemas import Fact, Intent, Rejected, Understanding
from agents.state import Part
from tests.support.cases import for_each
from tests.support.mind import NOW, asked, settled

NOTHING = Understanding()


def tapped(context: Context, tap: str) -> Part:
    return onboarding_turn(context, NOTHING, tap, is_answered=False)[0]


def said(context: Context, *facts: Fact, intents: tuple[Intent, ...] = (), **heard: Any) -> Part:
    return onboarding_turn(context, Understanding(intents, facts, **heard), None, is_answered=False)[0]


def control(context: Context, key: str) -> str:
    """The data of a button by its label's key, as it is offered with the open question."""
    offered = said(context, intents=(Intent("why_ask"),))
    return next(choice.data for row in offered.choices for choice in row if choice.key == key)


def keys(part: Part) -> list[str]:
    return [line.key for line in part.lines]


def saved(part: Part) -> Profile | None:
    return next((change.after for change in part.changes if isinstance(change, c.ProfileSaved)), None)


def state(part: Part) -> OnboardingState:
    return next(change.state for change in part.changes if isinstance(change, c.OnboardingMoved))


def test_a_tap_saves_and_the_next_question_follows() -> None:
    part = tapped(asked("fitness_level"), "onb:fitness_level:advanced")
    profile_now = saved(part)
    assert profile_now is not None
    assert profile_now.fitness_level == "advanced"
    assert keys(part) == ["done-noted", "progress", "ask-regular_exercise"]
    assert state(part).pending == "regular_exercise"


def test_a_tap_for_another_question_changes_nothing_and_asks_again() -> None:
    part = tapped(asked("fitness_level"), "onb:diet_type:vegan")
    assert keys(part) == ["stale-button", "progress", "ask-fitness_level"]
    assert saved(part) is None


@pytest.mark.parametrize("code", [q.code for q in QUESTIONS if q.is_required and q.code not in ("consent", "guardian")])
def test_what_safety_rests_on_can_not_be_skipped(code: str) -> None:
    unknown = Profile(age=36, timezone="Europe/Berlin", conditions=("wilson's disease",))
    part = said(asked(code, unknown if code == "condition_kind" else None), intents=(Intent("skip"),))
    assert keys(part)[0] == "required"
    assert keys(part)[-1].startswith(f"ask-{code}")


def test_what_an_unknown_condition_concerns_is_asked_before_the_next_question() -> None:
    heard = Fact("condition", "wilson's disease", "wilson's disease", op="add")
    first = said(asked("conditions"), heard)
    assert keys(first)[-1] == "ask-condition_kind"
    assert first.lines[-1].args["unknown"] == "wilson's disease"
    known = said(asked("conditions"), Fact("condition", "gout", "gout", op="add"))
    assert keys(known)[-1] == "ask-symptoms"


@pytest.mark.parametrize("name", ["skip", "later", "dont_know"])
def test_everything_else_can_be_skipped_by_words(name: Any) -> None:
    part = said(asked("fitness_level"), intents=(Intent(name),))
    assert keys(part)[0] == "skipped"
    assert "fitness_level" in state(part).skipped


def test_everything_else_can_be_skipped_by_its_button() -> None:
    context = asked("fitness_level")
    assert "fitness_level" in state(tapped(context, control(context, "opt-skip"))).skipped


@for_each("code", [q.code for q in QUESTIONS if q.code not in ("consent", "guardian")])
def test_an_option_that_was_never_offered_changes_nothing(code: str) -> None:
    part = tapped(asked(code), f"onb:{code}:never_offered")
    assert saved(part) is None
    assert not any(isinstance(change, c.ProfileLocked) for change in part.changes)
    assert keys(part)[0] == "stale-button"


def test_many_facts_answer_many_questions_at_once() -> None:
    facts = (
        Fact("sex", "female", "female"), Fact("height_cm", 170.0, "170"), Fact("weight_kg", 65.0, "65"),
        Fact("fitness_level", "beginner", "new"), Fact("regular_exercise", value=False, quote="no"),
    )  # fmt: skip
    part = said(asked("fitness_level"), *facts)
    assert keys(part)[-1] == "ask-work_activity"
    assert len([change for change in part.changes if isinstance(change, c.ProfileSaved)]) == 1


def test_facts_for_later_questions_are_kept_and_the_open_one_is_asked_again() -> None:
    part = said(asked("fitness_level"), Fact("diet_type", "vegan", "vegan"))
    assert keys(part) == ["done-noted", "progress", "ask-fitness_level"]


def test_a_named_condition_is_not_the_whole_list() -> None:
    part = tapped(asked("conditions"), "onb:conditions:cardiac")
    assert keys(part)[-1] == "ask-conditions-more"
    assert saved(part).conditions == ("cardiac",)  # type: ignore[union-attr]  # it was saved
    again = asked("conditions", Profile(age=36, conditions=("cardiac",), timezone="Europe/Berlin"))
    assert state(tapped(again, "onb:conditions:none")).pending == "symptoms"


def test_a_hurt_back_is_recorded_and_not_taken_for_the_way_back() -> None:
    context = asked("injuries")
    part = tapped(context, control(context, "opt-injuries-back"))
    assert saved(part) is not None
    assert saved(part).injuries == (Injury("back"),)  # type: ignore[union-attr]  # it was saved


def test_back_goes_to_the_question_before() -> None:
    context = asked("height_cm")
    part = tapped(context, control(context, "opt-back"))
    assert state(part).pending == "sex"


def test_why_explains_and_asks_again() -> None:
    context = asked("height_cm")
    part = tapped(context, control(context, "opt-why"))
    assert keys(part) == ["why-height_cm", "progress", "ask-height_cm"]
    assert keys(said(context, intents=(Intent("why_ask"),))) == keys(part)


def test_what_was_not_understood_gets_two_examples_and_the_question_again() -> None:
    part = said(asked("fitness_level"), intents=(Intent("unknown"),))
    assert keys(part) == ["not-understood", "example-fitness_level", "progress", "ask-fitness_level"]
    assert saved(part) is None


def test_a_rejected_value_is_named_and_valid_facts_beside_it_are_saved() -> None:
    wrong = Rejected("weight_kg", "4000 kg", "out_of_range", 20, 400)
    part = said(asked("height_cm"), Fact("height_cm", 180.0, "180"), rejected=(wrong,))
    assert "rejected-out-of-range" in keys(part)
    assert saved(part).height_cm == 180.0  # type: ignore[union-attr]  # it was saved


def test_under_thirteen_everything_else_is_dropped_and_the_account_erased() -> None:
    part = said(asked("age"), Fact("weight_kg", 40.0, "40"), Fact("age", 12, "12"))
    assert [type(change) for change in part.changes] == [c.AccountErased]
    assert keys(part) == ["too-young"]
    assert part.choices == ()


def test_without_a_guardian_the_account_is_erased() -> None:
    young = asked("guardian", Profile(age=15, timezone="Europe/Berlin"))
    part = tapped(young, "onb:guardian:no")
    assert [type(change) for change in part.changes] == [c.AccountErased]
    assert keys(part) == ["no-guardian"]


def test_a_goal_weight_that_the_rules_refuse_is_not_taken_over() -> None:
    known = Profile(age=36, height_cm=180.0, weight_kg=60.0, primary_goal="fat_loss", timezone="Europe/Berlin")
    part = said(asked("target_weight_kg", known), Fact("target_weight_kg", 45.0, "45 kg"))
    assert part.level == "caution"
    assert part.rules
    after = saved(part)
    assert after is None or after.target_weight_kg is None


def test_a_denial_keeps_allergies_that_are_on_file() -> None:
    known = Profile(age=36, restrictions=(Restriction("allergy", "milk"),), timezone="Europe/Berlin")
    part = said(asked("allergies", known), Fact("allergy", "", "no allergies", op="none"))
    assert "kept-back" in keys(part)


def test_the_usual_settings_answer_the_rest_of_the_optional_steps() -> None:
    context = asked("meals_per_day")
    part = tapped(context, control(context, "opt-defaults"))
    assert keys(part)[0] == "defaults-used"
    assert state(part).pending == "review"
    assert {"meal_times", "workout_days", "evening_checkin_time"} <= set(state(part).skipped)


@pytest.mark.parametrize("way", ["tap", "words"])
def test_the_lock_makes_a_version_and_closes_onboarding(way: str) -> None:
    unlocked = replace(settled().profile, is_locked=False, version=0)
    context = asked("confirm", unlocked)
    if way == "tap":
        part, locked = onboarding_turn(context, NOTHING, "onb:confirm:lock", is_answered=False)
    else:
        part, locked = onboarding_turn(context, Understanding((Intent("yes"),)), None, is_answered=False)
    assert locked is not None
    assert (locked.version, locked.is_locked) == (1, True)
    assert any(isinstance(change, c.ProfileLocked) for change in part.changes)
    assert state(part).completed_at == NOW
    assert keys(part)[-1] == "done-locked"


def test_not_yet_leads_back_to_the_review() -> None:
    context = asked("confirm", settled().profile)
    not_yet = next(data for data in BY_CODE["confirm"].options if data != "lock")
    part, locked = onboarding_turn(context, NOTHING, f"onb:confirm:{not_yet}", is_answered=False)
    assert locked is None
    assert state(part).pending == "review"


def test_a_birthday_that_is_known_answers_the_age() -> None:
    part = said(asked("age", Profile(timezone="Europe/Berlin")), Fact("birth_date", date(1990, 5, 3), "born"))
    assert saved(part).age == 36  # type: ignore[union-attr]  # it was saved
    assert state(part).pending == "fitness_level"


def test_s107_a_medicine_told_after_a_clearance_ends_it_and_that_is_said() -> None:
    cleared = Profile(age=50, conditions=("cardiac",), clearance=Clearance("moderate"), timezone="Europe/Berlin")
    context = asked("medications", cleared)
    part = said(context, Fact("medication", "beta_blocker", "metoprolol", op="add"))
    assert "clearance-ended" in keys(part)
    kept = saved(part)
    assert kept is not None
    assert kept.clearance is None
