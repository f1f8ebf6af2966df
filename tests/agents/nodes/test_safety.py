"""Red flags before everything, and a veto over every plan after it."""

from dataclasses import replace
from typing import Any

import pytest

from agents.domain import changes as c
from agents.domain.context import Context
from agents.domain.profile import Restriction
from agents.domain.turn import Inbound
from agents.nodes import meals, safety
from agents.state import Line, Part
from tests.support.mind import NOW, MemoryInMemory, asked, newcomer, ports, profile, settled

ORDER = ("none", "caution", "urgent", "emergency")
CHEST = "I have crushing chest pain and cannot breathe"


async def screened(text: str, context: Context | None, **inbound: Any) -> Any:
    return await safety.screen({"inbound": Inbound(text, NOW, **inbound), "context": context, "parts": []})


@pytest.mark.parametrize(
    "context", [None, newcomer(), asked("age"), settled()], ids=["unread", "new", "onboarding", "locked"]
)
async def test_an_emergency_goes_straight_to_the_answer(context: Context | None) -> None:
    command = await screened(CHEST, context)
    assert command.goto == "vet"
    (part,) = command.update["parts"]
    assert (part.level, part.order) == ("emergency", 0)
    assert part.fixed_text
    assert [button.data for row in part.buttons for button in row][-1] == "safety:not_now"


async def test_plain_words_go_on_to_the_router() -> None:
    assert (await screened("what is on today?", settled())).goto == "router"


@pytest.mark.parametrize(
    "known",
    [{"pregnancy_week": 20}, {"conditions": ("pregnancy",)}, {"conditions": ("pregnant",)}],
    ids=["week", "code", "words"],
)
async def test_a_pregnancy_counts_however_it_is_on_file(known: dict[str, Any]) -> None:
    text = "I have a fever of 38.5"
    plain = (await screened(text, settled())).update["triage"]
    pregnant = (await screened(text, settled(profile=profile(**known)))).update["triage"]
    assert pregnant.level == "urgent"
    assert plain.level != "urgent"


@pytest.mark.parametrize("medicine", ["warfarin", "coumadin", "eliquis", "anticoagulant"])
async def test_a_blood_thinner_counts_by_its_class_and_by_its_name(medicine: str) -> None:
    text = "I bumped my head on the door"
    thinned = (await screened(text, settled(profile=profile(medications=(medicine,))))).update["triage"]
    plain = (await screened(text, settled())).update["triage"]
    assert ORDER.index(thinned.level) > ORDER.index(plain.level)


async def test_a_tap_is_not_judged() -> None:
    assert (await screened("", settled(), tap="task:done:x")).goto == "router"


async def test_without_a_picture_of_the_person_plain_words_end_in_an_honest_sentence() -> None:
    command = await screened("what is on today?", None)
    assert command.goto == "vet"
    assert command.update["parts"][0].lines[0].key == "error-not-read"


async def test_what_was_said_half_an_hour_before_counts_with_it() -> None:
    command = await screened(
        "and now my left arm is numb", settled(recent_texts=("my chest feels tight and I am sweating",))
    )
    assert command.update["triage"].level in ("urgent", "emergency")


@pytest.mark.parametrize(("country", "number"), [("US", "911"), ("DE", "112"), ("AU", "000"), (None, "112")])
async def test_the_emergency_number_is_that_of_the_country(country: str | None, number: str) -> None:
    command = await screened(CHEST, settled(profile=profile(country=country)))
    assert number in command.update["parts"][0].fixed_text


async def meal_part() -> tuple[Part, c.NutritionPlanMade]:
    part = await meals.make_plan(settled(), ports(MemoryInMemory(settled())))
    change = part.changes[0]
    assert isinstance(change, c.NutritionPlanMade)
    return part, change


async def test_a_plan_that_keeps_the_rules_stands() -> None:
    part, _ = await meal_part()
    assert safety.vetted(part, settled()) is part


async def test_a_plan_with_a_food_of_the_allergy_list_is_held_back_with_its_claim() -> None:
    part, change = await meal_part()
    eaten = [item.food for day in change.meals.days for meal in day.meals for item in meal.items]
    held = next(key for food in eaten for key, ruling in food.allergens.items() if ruling == "contains")
    known = settled(profile=profile(restrictions=(Restriction("allergy", str(held)),)))
    after = safety.vetted(part, known)
    assert after.changes == ()
    assert "N-32" in after.rules
    assert after.level == "caution"
    assert after.cards == ()
    assert all(not line.claims for line in after.lines)
    keys = [line.key for line in after.lines]
    reasons = [str(line.args["text"]) for line in after.lines[keys.index("plan-refused") + 1 :]]
    assert 1 <= len(reasons) <= safety.MOST_REASONS
    assert len(set(reasons)) == len(reasons)
    assert not any(rule in reason for reason in reasons for rule in after.rules)


async def test_a_plan_under_the_floor_is_held_back() -> None:
    part, change = await meal_part()
    starving = replace(change, targets=replace(change.targets, kcal_min=change.targets.kcal_floor - 1))
    low = replace(part, changes=(starving,), lines=(Line("done-meal-plan", {"days": 7}, (starving,)),))
    after = safety.vetted(low, settled())
    assert after.changes == ()
    assert "E3" in after.rules
