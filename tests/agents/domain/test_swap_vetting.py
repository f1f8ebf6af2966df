"""The last word over changed meals: the day with them keeps its targets, its floor and every rule about foods."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from agents.domain.context import TargetsView
from agents.domain.foods import Nutrients
from agents.domain.meal_changes import Exchange, MealSwapped, MealSwapUndone
from agents.domain.meals import DayPlan, DayTargets, MealPlan, Request, plan_meals
from agents.domain.plan_vetting import meal_findings, plan_findings
from agents.domain.planned_days import day_with
from agents.domain.profile import Profile, Restriction
from storage.reference.food_tables import catalogue

MEAN = TargetsView(2000, 1900, 2100, 110.0, 241.5, 66.0, 28.0, 1500)
GOAL = DayTargets(kcal=2000, kcal_min=1900, kcal_max=2100, protein_g=110, carbs_g=241.5, fat_g=66, fibre_g=28)
EATER = Profile(age=36, sex="male", height_cm=180.0, weight_kg=82.0, primary_goal="general_fitness")


@pytest.fixture(scope="module")
def day() -> DayPlan:
    plan = plan_meals(Request(profile=EATER, targets=(GOAL,), catalogue=catalogue(), start=date(2026, 11, 23)))
    assert isinstance(plan, MealPlan)
    return plan.days[0]


def change(day: DayPlan, **more: object) -> MealSwapped:
    exchange = Exchange(UUID(int=1), UUID(int=2), day.meals[-1])
    return MealSwapped((exchange,), day, MEAN, 0.05, **more)  # type: ignore[arg-type]  # fields by name


def rules(found: object, profile: Profile = EATER) -> set[str]:
    return {note.rule for note in plan_findings(found, profile)}


def test_a_day_that_keeps_its_targets_stands(day: DayPlan) -> None:
    assert rules(change(day)) == set()


def test_a_day_without_one_of_its_meals_is_held_back(day: DayPlan) -> None:
    assert "N-1" in rules(change(day_with(day, day.meals[:-1])))


def test_what_was_eaten_counts_with_the_meals_that_are_left(day: DayPlan) -> None:
    left = day_with(day, day.meals[1:])
    assert rules(change(left, had=day.meals[0].totals)) == set()
    assert "N-1" in rules(change(left, had=Nutrients()))


def test_a_day_below_the_floor_is_held_back(day: DayPlan) -> None:
    starving = replace(MEAN, kcal_floor=2600)
    assert "E3" in rules(replace(change(day), mean=starving))


def test_a_wider_band_than_anybody_may_choose_is_held_back(day: DayPlan) -> None:
    assert "N-1" in rules(replace(change(day), band=0.5))


def test_an_allergen_in_any_meal_of_the_day_is_held_back(day: DayPlan) -> None:
    held = next(key for meal in day.meals for item in meal.items for key in item.food.contains)
    allergic = replace(EATER, restrictions=(Restriction("allergy", held, "severe"),))
    assert "N-32" in rules(change(day), allergic)
    assert "N-32" in rules(MealSwapUndone(UUID(int=2), day), allergic)


def test_a_meal_that_comes_back_is_judged_by_its_foods_alone(day: DayPlan) -> None:
    assert rules(MealSwapUndone(UUID(int=2), day_with(day, day.meals[:1]))) == set()


def test_a_diet_chosen_since_holds_back_a_meal(day: DayPlan) -> None:
    meal = next(meal for meal in day.meals if meal_findings(meal, day, replace(EATER, diet_type="vegan")))
    assert meal_findings(meal, day, EATER) == ()


def test_nobody_under_thirteen_gets_another_dish(day: DayPlan) -> None:
    assert "S-120" in rules(change(day), replace(EATER, age=12))


def test_sums_that_do_not_agree_are_held_back(day: DayPlan) -> None:
    wrong = replace(day.meals[0], totals=replace(day.meals[0].totals, kcal=day.meals[0].totals.kcal + 50))
    assert "N-1" in rules(change(replace(day, meals=(wrong, *day.meals[1:]))))
