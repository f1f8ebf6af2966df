"""The whole conversation with a scripted model and a memory in a dictionary: who acts, what is written and said."""

import re
from dataclasses import replace
from typing import Any

import pytest

from agents.domain import changes as c
from agents.domain.context import OpenQuestion
from agents.domain.profile import Restriction
from agents.domain.turn import Inbound, MemoryUnavailable, Message
from agents.graph import RECURSION_LIMIT, builder, conversation
from agents.schemas import Amount, CheckIn, Fact, Intent, Target, Understanding
from prompts.loader import Catalogue
from tests.support.mind import NOW, MemoryInMemory, ScriptedModel, asked, newcomer, ports, settled, task

GRAPH = conversation()
CLAIM = re.compile(r"\b(saved|scheduled|changed|logged|planned|locked|noted)\b", re.IGNORECASE)


async def run(memory: MemoryInMemory, model: ScriptedModel | None = None, **inbound: Any) -> tuple[Message, ...]:
    """One turn."""
    said = Inbound(text=inbound.pop("text", ""), at=NOW, **inbound)
    final = await GRAPH.ainvoke(
        {"inbound": said, "parts": []}, context=ports(memory, model), config={"recursion_limit": RECURSION_LIMIT}
    )
    messages: tuple[Message, ...] = final["messages"]
    return messages


def hears(**words: Understanding) -> ScriptedModel:
    """A model for texts given as keywords, with underscores for spaces."""
    return ScriptedModel({text.replace("_", " "): meaning for text, meaning in words.items()})


def wants(*intents: Intent, facts: tuple[Fact, ...] = ()) -> Understanding:
    return Understanding(intents=intents, facts=facts)


def test_the_builder_is_exported_with_every_room_of_the_house() -> None:
    assert set(builder().nodes) == {
        "recall", "router", "intake_safety", "meal_planner", "exercise_coach", "logistics", "vet", "speak", "settle",
        "keep_up",
    }  # fmt: skip


async def test_a_stranger_is_welcomed_and_asked_for_consent_and_nothing_of_theirs_is_stored() -> None:
    memory = MemoryInMemory(newcomer())
    (message,) = await run(memory, text="hi")
    assert "I am an AI" in message.text
    assert [button.data for row in message.buttons for button in row] == [
        "onb:consent:yes", "onb:consent:more", "onb:consent:no",
    ]  # fmt: skip
    assert memory.committed[0].store_text is False
    assert {type(change) for change in memory.changes} == {c.OnboardingMoved}


async def test_consent_is_granted_by_its_button_and_the_next_question_follows() -> None:
    memory = MemoryInMemory(newcomer(is_new=False, onboarding=replace(newcomer().onboarding, pending="consent")))
    (message,) = await run(memory, tap="onb:consent:yes")
    assert [type(change).__name__ for change in memory.changes] == ["ConsentGranted", "OnboardingMoved"]
    assert message.receipts[0].entity == "ConsentGranted"
    assert "How old are you" in message.text
    assert memory.committed[0].store_text is True


async def test_facts_said_before_consent_count_as_soon_as_it_is_given() -> None:
    model = hears(yes=wants(Intent("yes")), I_am_36=wants(facts=(Fact("age", 36, "36"),)))
    pending = newcomer(is_new=False, onboarding=replace(newcomer().onboarding, pending="consent"))
    memory = MemoryInMemory(pending)
    (message,) = await run(memory, model, text="yes", held_text="I am 36")
    assert memory.context.profile.age == 36
    assert "age: 36" in message.text


async def test_several_intents_go_to_several_specialists_in_one_turn() -> None:
    memory = MemoryInMemory(settled(tasks=(task(1),)))
    both = wants(
        Intent("log_water", Amount(300, "ml")), Intent("task_done", Target(words="workout")), Intent("thanks"),
        Intent("meals_view"),
    )  # fmt: skip
    messages = await run(memory, ScriptedModel({"all": both}), text="all")
    assert {message.agent for message in messages} == {"logistics", "intake_safety", "meal_planner"}
    assert {type(change) for change in memory.changes} == {c.MetricLogged, c.TaskMarked}
    assert len(memory.committed) == 1


async def test_an_emergency_ends_the_turn_before_the_model_hears_it() -> None:
    memory, model = MemoryInMemory(settled()), ScriptedModel()
    (message,) = await run(memory, model, text="I have crushing chest pain and cannot breathe")
    assert message.level == "emergency"
    assert model.heard == []
    noted = [change for change in memory.changes if isinstance(change, c.SafetyNoted)]
    assert [(n.level, n.quiet_until) for n in noted] == [("emergency", NOW.replace(day=24))]


async def test_a_crisis_silences_for_three_days() -> None:
    memory = MemoryInMemory(settled())
    (message,) = await run(memory, text="I want to kill myself")
    assert message.level == "crisis"
    noted = [change for change in memory.changes if isinstance(change, c.SafetyNoted)]
    assert noted[0].quiet_until == NOW.replace(day=26)


async def test_the_certificate_is_the_last_word_even_in_the_days_after_a_crisis() -> None:
    question = OpenQuestion("delete_me", (), {}, NOW)
    memory = MemoryInMemory(settled(question=question, last_safety="crisis"))
    still_here, certificate = await run(memory, tap="delete:yes")
    assert "I am still here" in still_here.text
    assert certificate.text == Catalogue().say("en", "erased", {})


@pytest.mark.parametrize("text", ["I have crushing chest pain and cannot breathe", "I want to kill myself"])
async def test_danger_is_answered_when_nothing_can_be_read(text: str) -> None:
    (message,) = await run(MemoryInMemory(settled(), fails_at="recall"), text=text)
    assert message.level in ("emergency", "crisis")
    assert message.receipts == ()


async def test_when_nothing_can_be_read_the_person_hears_so_and_no_specialist_runs() -> None:
    memory, model = MemoryInMemory(settled(), fails_at="recall"), ScriptedModel()
    (message,) = await run(memory, model, text="drank 300 ml")
    assert message.text == Catalogue().say("en", "error-not-read", {})
    assert (model.heard, memory.committed) == ([], [])


@pytest.mark.parametrize(
    "meaning",
    [
        wants(Intent("log_water", Amount(300, "ml"))),
        wants(Intent("log_weight", Amount(81, "kg"))),
        wants(Intent("check_in", CheckIn(energy_level=5))),
        wants(Intent("pause", Target())),
        wants(Intent("replan", payload="sleep")),
        wants(facts=(Fact("allergy", Restriction("allergy", "sesame"), "sesame", op="add"),)),
        wants(facts=(Fact("bed_time", NOW.time(), "bed"),)),
    ],
)
async def test_a_commit_that_fails_leaves_no_claim(meaning: Understanding) -> None:
    memory = MemoryInMemory(settled(), fails_at="commit")
    messages = await run(memory, ScriptedModel({"it": meaning}), text="it")
    assert [message.text for message in messages] == [Catalogue().say("en", "error-not-saved", {})]
    assert all(message.receipts == () for message in messages)
    assert not any(CLAIM.search(message.text) for message in messages)


async def test_a_claim_that_no_row_proves_takes_the_whole_turn_back() -> None:
    memory = MemoryInMemory(settled(), unproven=(c.MetricLogged,))
    model = ScriptedModel({"it": wants(Intent("log_water", Amount(300, "ml")))})
    messages = await run(memory, model, text="it")
    assert [message.text for message in messages] == [Catalogue().say("en", "error-not-saved", {})]
    assert memory.committed == []


async def test_a_commit_that_fails_after_an_emergency_still_says_the_emergency_text() -> None:
    memory = MemoryInMemory(settled(), fails_at="commit")
    messages = await run(memory, text="I have crushing chest pain and cannot breathe")
    assert messages[0].level == "emergency"


@pytest.mark.parametrize(
    ("call", "intent", "tap"),
    [
        ("meals", "meals_view", None),
        ("workouts", "workout_view", None),
        ("reminders", "reminders_view", None),
        ("profile_history", "profile_history", None),
        ("task", "unknown", "task:done:00000000000000000000000001"),
        ("firing", "unknown", "firing:done:00000000000000000000000001"),
    ],
)
async def test_a_database_that_breaks_in_the_middle_is_left_to_the_edge(
    call: str, intent: Any, tap: str | None
) -> None:
    memory = MemoryInMemory(settled(), fails_at=call)
    with pytest.raises(MemoryUnavailable):
        await run(memory, ScriptedModel({"it": wants(Intent(intent))}), text="" if tap else "it", tap=tap)
    assert memory.committed == []


async def test_a_new_allergy_is_taken_over_at_once_and_the_meals_are_planned_anew() -> None:
    memory = MemoryInMemory(settled())
    fact = Fact("allergy", Restriction("allergy", "egg"), "egg", op="add")
    messages = await run(memory, ScriptedModel({"it": wants(Intent("give_facts"), facts=(fact,))}), text="it")
    made = [change for change in memory.changes if isinstance(change, c.NutritionPlanMade)]
    assert len(made) == 1
    eaten = {item.food.name for day in made[0].meals.days for meal in day.meals for item in meal.items}
    assert not [name for name in eaten if "egg" in name.lower() and "eggplant" not in name.lower()]
    assert made[0].head.source_profile_version == 2
    assert {message.agent for message in messages} >= {"intake_safety", "meal_planner"}


async def test_a_plain_change_is_proposed_and_made_only_after_yes() -> None:
    memory = MemoryInMemory(settled())
    fact = Fact("workout_days_count", 4, "4 days")
    model = hears(it=wants(Intent("give_facts"), facts=(fact,)), yes=wants(Intent("yes")))
    proposal = await run(memory, model, text="it")
    assert [type(change) for change in memory.changes] == [c.QuestionOpened]
    assert proposal[0].receipts == ()
    before = memory.context.profile
    await run(memory, model, text="yes")
    after = memory.context.profile
    assert (before.workout_days, after.workout_days) == ((0, 2, 4), (0, 1, 3, 4))
    assert (before.version, after.version) == (1, 2)
    assert memory.context.question is None


async def test_no_leaves_everything_as_it_was() -> None:
    question = OpenQuestion("profile_change", (), {"facts": "[]", "reason": "x"}, NOW)
    memory = MemoryInMemory(settled(question=question))
    (message,) = await run(memory, hears(no=wants(Intent("no"))), text="no")
    assert message.text == Catalogue().say("en", "change-left", {})
    assert memory.context.profile.version == 1


async def test_the_lock_plans_meals_training_sleep_and_reminders_in_one_commit() -> None:
    ready = settled().profile
    state = replace(newcomer().onboarding, pending="confirm", answered=("consent", "age"), current_step=11)
    unlocked = replace(ready, is_locked=False, version=0)
    memory = MemoryInMemory(settled(profile=unlocked, onboarding=state, plans=()))
    messages = await run(memory, tap="onb:confirm:lock")
    kinds = [type(change).__name__ for change in memory.changes]
    assert len(memory.committed) == 1
    for name in ("ProfileLocked", "NutritionPlanMade", "ExercisePlanMade", "SleepPlanMade", "RemindersScheduled"):
        assert kinds.count(name) == 1
    assert [message.agent for message in messages] == ["intake_safety", "meal_planner", "exercise_coach", "logistics"]


async def test_the_model_is_told_the_open_question_and_its_buttons() -> None:
    model = ScriptedModel()
    await run(MemoryInMemory(asked("fitness_level")), model, text="hm")
    moment = model.heard[0][1]
    assert moment.expecting == "fitness_level"
    assert [data for _, data in moment.options] == [
        "onb:fitness_level:beginner", "onb:fitness_level:intermediate", "onb:fitness_level:advanced",
    ]  # fmt: skip
    assert moment.now.isoformat() == "2026-11-23T07:00:00+01:00"


async def test_a_text_that_was_cut_says_so_first() -> None:
    (message,) = await run(MemoryInMemory(settled()), text="bla", was_cut=True)
    assert message.text.startswith("That was long")


async def test_facts_said_before_consent_count_when_it_is_given_by_the_button() -> None:
    model = hears(I_am_36=wants(facts=(Fact("age", 36, "36"),)))
    pending = newcomer(is_new=False, onboarding=replace(newcomer().onboarding, pending="consent"))
    memory = MemoryInMemory(pending)
    (message,) = await run(memory, model, tap="onb:consent:yes", held_text="I am 36")
    assert memory.context.profile.age == 36
    assert "age: 36" in message.text
