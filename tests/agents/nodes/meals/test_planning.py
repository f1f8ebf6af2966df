"""A week of meals from the profile, with goals by day, trade-offs that a person chose, and honest refusals."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from agents.domain import changes as c
from agents.domain.easing import eased_profile
from agents.domain.profile import Restriction
from agents.nodes import meals
from agents.nodes.meals.planning import plan_anew, relaxed
from agents.schemas import Intent, Target
from tests.agents.nodes.meals.kitchen import MONDAY, pantry
from tests.support.mind import Watched, profile, settled

TIGHT = {"max_prep_minutes": 5, "cooking_skill": "beginner", "diet_type": "vegan"}


def refused(**more: Any) -> Any:
    """Somebody whose wishes leave no plan: five minutes a meal and everything vegan."""
    return settled(profile=profile(is_locked=True, version=1, **{**TIGHT, **more}))


@pytest.fixture(scope="module")
def planned() -> Any:
    """A plan that nothing stands in the way of."""
    return asyncio.run(meals.make_plan(settled(), pantry()))


@pytest.fixture(scope="module")
def refusal() -> Any:
    """What is said where no plan can be made; every way out was tried, so it is made once."""
    return asyncio.run(plan_anew(refused(), Intent("replan", payload="nutrition"), pantry()))


def test_a_plan_covers_seven_days_from_today_and_is_claimed(planned: Any) -> None:
    part = planned
    (change,) = part.changes
    assert isinstance(change, c.NutritionPlanMade)
    assert [day.date.day for day in change.meals.days] == [23, 24, 25, 26, 27, 28, 29]
    assert part.lines[0].claims == (change,)
    assert change.head.starts_on == MONDAY


@pytest.mark.parametrize("missing", ["age", "height_cm", "weight_kg"])
async def test_without_body_figures_there_is_a_reason_instead_of_a_plan(missing: str) -> None:
    part = await meals.make_plan(settled(profile=profile(**{missing: None})), pantry())
    assert part.changes == ()
    assert str(part.lines[0].args["text"]).strip()


async def test_the_same_seed_gives_the_same_plan(planned: Any) -> None:
    def dishes(part: Any) -> list[str]:
        return [meal.name for day in part.changes[0].meals.days for meal in day.meals]

    assert dishes(await meals.make_plan(settled(), pantry())) == dishes(planned)


async def test_a_training_day_has_more_energy_than_a_rest_day() -> None:
    part = await meals.make_plan(
        settled(profile=profile(workout_days=(0, 2, 4), primary_goal="general_fitness")), pantry()
    )
    days = part.changes[0].meals.days
    goals = {day.date.weekday(): day.targets.kcal for day in days}
    assert {goals[n] for n in (0, 2, 4)} != {goals[n] for n in (1, 3, 5, 6)}
    assert goals[0] > goals[1]


async def test_while_the_screening_lets_nobody_train_every_day_is_alike() -> None:
    part = await meals.make_plan(settled(profile=profile(workout_days=(0, 2, 4), symptoms=("chest_pain",))), pantry())
    assert len({day.targets.kcal for day in part.changes[0].meals.days}) == 1


async def test_nobody_under_thirteen_gets_a_plan_and_reads_why() -> None:
    part = await meals.make_plan(settled(profile=profile(age=12)), pantry())
    assert part.changes == ()
    assert "S-120" in part.rules


async def test_findings_of_the_profile_and_of_the_targets_are_kept_with_the_plan() -> None:
    part = await meals.make_plan(settled(profile=profile(conditions=("kidney",))), pantry())
    assert "N-3" in {rule for rule, _ in part.changes[0].head.findings}


def test_a_refusal_offers_ways_out_as_buttons_and_a_question(refusal: Any) -> None:
    taps = [choice.data for row in refusal.choices for choice in row]
    assert 1 <= len(taps) <= 3
    assert all(tap.startswith("relax:") and len(tap.encode()) <= 64 for tap in taps)
    (asked,) = refusal.changes
    assert isinstance(asked, c.QuestionOpened)
    assert [data for _, data in asked.question.options] == taps
    assert [label[:2] for label, _ in asked.question.options] == ["A:", "B:", "C:"][: len(taps)]


async def test_a_chosen_way_out_makes_a_plan_that_says_what_gave_way_and_leaves_the_profile_alone(refusal: Any) -> None:
    offer = refusal.choices[0][0].data.removeprefix("relax:")
    part = await relaxed(refused(), offer, pantry())
    (change,) = part.changes
    assert isinstance(change, c.NutritionPlanMade)
    assert change.relaxed is not None
    assert f"{change.relaxed.preference}:{change.relaxed.value}" == offer
    assert [line.key for line in part.lines][:2] == ["done-meal-plan", "meals-relaxed"]


@pytest.mark.parametrize(
    "data",
    ["", "max_prep_minutes:", "max_prep_minutes:-1", "max_prep_minutes:7000", "diet_type:omnivore", "allergy:peanut",
     "exclusion:pork", "exclusion:~00000000", "band:0.9", "kcal:500", "sex:male", "restrictions:()"],
)  # fmt: skip
async def test_a_way_out_that_nobody_offered_changes_nothing(data: str) -> None:
    context = refused(restrictions=(Restriction("allergy", "peanut"), Restriction("exclusion", "pork")))
    part = await relaxed(context, data, pantry())
    assert (part.changes, part.lines[0].key) == ((), "relax-gone")


async def test_a_plan_asked_for_in_words_brings_other_dishes(planned: Any) -> None:
    first = planned.changes[0]
    history = tuple(meal.recipe_code for day in first.meals.days for meal in day.meals)
    second = (await meals.make_plan(settled(), pantry(), history=history)).changes[0]
    now = {meal.recipe_code for day in second.meals.days for meal in day.meals}
    assert len(now & set(history)) < len(set(history)) / 2


async def test_without_meals_a_new_plan_in_words_is_a_plan() -> None:
    part = await plan_anew(settled(), Intent("replan", payload=Target(words="new meal plan")), pantry())
    assert isinstance(part.changes[0], c.NutritionPlanMade)


def test_only_what_is_no_matter_of_conscience_gives_way_for_the_vet() -> None:
    keto = profile(diet_type="keto", restrictions=(Restriction("exclusion", "pork"), Restriction("exclusion", "kale")))
    assert eased_profile(keto, None) is keto
    assert eased_profile(keto, ("exclusion", "pork")) is keto
    assert [r.code for r in eased_profile(keto, ("exclusion", "kale")).restrictions] == ["pork"]
    assert eased_profile(keto, ("diet_type", "omnivore")).diet_type == "omnivore"
    vegan = replace(keto, diet_type="vegan")
    assert eased_profile(vegan, ("diet_type", "omnivore")) is vegan
    assert eased_profile(keto, ("allergy", "peanut")) is keto


async def test_what_takes_long_is_announced_before_it_is_done() -> None:
    seen = Watched()
    await meals.make_plan(settled(), replace(pantry(), preview=seen))
    assert seen.remarks == ["Looking for meals that fit…"]
    await meals.make_plan(settled(profile=profile(age=12)), replace(pantry(), preview=seen))
    assert len(seen.remarks) == 1, "nothing is looked for where there is nothing to plan"
