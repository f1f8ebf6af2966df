"""Refusals: the smallest set of constraints that collide, and ways out that were tried (N-20)."""

from dataclasses import replace

import pytest

from agents.domain.meals import Leeway, MealPlan, MealRefusal, plan_meals
from agents.domain.meals.constraints import constraints_of
from agents.domain.meals.feasibility import is_feasible
from agents.domain.profile import Profile, Restriction
from storage.reference.food_tables import catalogue
from tests.agents.domain.meals.cases import allergic_to, day_targets, plan, request

HARD = {"max_prep_minutes", "exclusion", "cooking_skill", "meals_per_day", "band", "most_a_week", "budget_per_day"}


def refused(profile, targets=None, **more):
    found = plan(profile, targets, **more)
    assert isinstance(found, MealRefusal)
    return found


def taken(asked, offer):
    """The request after a person took an offer."""
    if offer.preference == "band":
        return replace(asked, leeway=replace(asked.leeway, band=float(offer.value)))
    if offer.preference == "most_a_week":
        return replace(asked, leeway=replace(asked.leeway, most_a_week=int(offer.value)))
    if offer.preference == "exclusion":
        kept = tuple(r for r in asked.profile.restrictions if r.code != offer.value)
        return replace(asked, profile=replace(asked.profile, restrictions=kept))
    value = {"max_prep_minutes": int, "meals_per_day": int, "budget_per_day": float}.get(offer.preference, str)
    return replace(asked, profile=replace(asked.profile, **{offer.preference: value(offer.value)}))


IMPOSSIBLE = {
    "a time that no dish keeps": (Profile(max_prep_minutes=1, restrictions=(Restriction("exclusion", "rice"),)), None),
    "a purse that buys too little": (Profile(budget_per_day=0.8, max_prep_minutes=45), None),
    "vegan on very much protein": (Profile(diet_type="vegan", meals_per_day=2), day_targets(2000, 300, 40)),
}


@pytest.mark.parametrize(("profile", "targets"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_no_constraint_of_the_named_set_can_be_left_out(profile, targets):
    asked = request(profile, targets, days=1)
    found = refused(profile, targets, days=1)
    named = found.conflicts[0].constraints
    by_label = {constraint.label: constraint for constraint in constraints_of(asked)}
    others = [constraint for label, constraint in by_label.items() if label not in named]
    bare = asked
    for constraint in others:
        bare = constraint.lifted(bare)
    assert not is_feasible(bare)
    for label in set(named) & set(by_label):
        assert is_feasible(by_label[label].lifted(bare))


@pytest.mark.parametrize(("profile", "targets"), list(IMPOSSIBLE.values())[:2], ids=list(IMPOSSIBLE)[:2])
def test_every_trade_off_opens_a_whole_plan(profile, targets):
    found = refused(profile, targets, days=2)
    assert 2 <= len(found.trade_offs) <= 3
    assert len(set(found.trade_offs)) == len(found.trade_offs)
    for offer in found.trade_offs:
        assert isinstance(plan_meals(taken(request(profile, targets, days=2), offer)), MealPlan), offer


def test_the_smallest_longer_time_is_offered():
    profile = Profile(max_prep_minutes=1)
    offer = next(o for o in refused(profile, days=1).trade_offs if o.preference == "max_prep_minutes")
    just_less = replace(profile, max_prep_minutes=int(offer.value) - 1)
    assert isinstance(plan(replace(profile, max_prep_minutes=int(offer.value)), days=1), MealPlan)
    assert isinstance(plan(just_less, days=1), MealRefusal)


def test_faith_conviction_and_health_are_named_and_never_offered_up():
    profile = Profile(
        diet_type="vegan",
        max_prep_minutes=1,
        restrictions=(
            Restriction("religious", "jain"),
            Restriction("allergy", "soy", "severe"),
            Restriction("intolerance", "gluten"),
            Restriction("exclusion", "pork"),
            Restriction("exclusion", "rice"),
        ),
    )
    found = refused(profile, days=1)
    assert {offer.preference for offer in found.trade_offs} <= HARD
    assert "pork" not in {offer.value for offer in found.trade_offs}


def test_an_allergy_that_cannot_be_compared_refuses_and_offers_nothing():
    found = refused(allergic_to("🥜"), days=1)
    assert found.conflicts[0].constraints == ("🥜 allergy",)
    assert found.trade_offs == ()
    assert "rather say so than guess" in found.message


def test_a_dish_may_come_more_often_only_when_that_was_chosen():
    few = catalogue()
    breakfasts = [recipe for recipe in few.recipes if "breakfast" in recipe.kinds][:2]
    tables = replace(few, recipes=(*(r for r in few.recipes if "breakfast" not in r.kinds), *breakfasts))
    found = refused(Profile(), days=7, tables=tables)
    assert found.conflicts[0].constraints == ("no dish more than 3 times a week",)
    assert found.trade_offs[0].preference == "most_a_week"
    assert isinstance(plan(Profile(), days=7, tables=tables, leeway=Leeway(most_a_week=7)), MealPlan)


def test_the_message_names_the_reason_and_letters_the_ways_out():
    found = refused(Profile(max_prep_minutes=1), days=1)
    assert "at most 1 minute in the kitchen" in found.message
    assert "A) " in found.message
