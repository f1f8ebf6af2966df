"""Changes to a planned day keep its targets and every rule."""

from functools import cache

import pytest

from agents.domain.foods import Nutrients, total
from agents.domain.meals import Larder, Stock, rest_of_day, swap
from agents.domain.profile import Profile
from tests.agents.domain.meals.cases import MONDAY, allergic_to, day_targets, must, request

GOAL = day_targets()
FOUR_MEALS = Profile(meals_per_day=4)
WITHOUT_MILK = allergic_to("milk", meals_per_day=4)


@cache
def monday_of_four_meals():
    return must(FOUR_MEALS).days[0]


@cache
def monday_without_milk():
    return must(WITHOUT_MILK).days[0]


@pytest.mark.parametrize("slot", ["breakfast", "lunch", "afternoon_snack", "dinner"])
def test_a_swap_offers_two_other_dishes_and_keeps_the_day_within_its_targets(slot):
    day = monday_without_milk()
    old = next(meal for meal in day.meals if meal.slot == slot)
    offers = swap(day, slot, request(WITHOUT_MILK))
    assert len(offers) == 2
    assert len({old.recipe_code, *(meal.recipe_code for meal in offers)}) == 3
    for meal in offers:
        assert meal.slot == slot
        assert all(item.food.state("milk") == "clear" for item in meal.items)
        sums = total([*(other.totals for other in day.meals if other is not old), meal.totals])
        pairs = ((sums.kcal, GOAL.kcal), (sums.protein_g, GOAL.protein_g), (sums.fat_g, GOAL.fat_g))
        assert all(abs(have / want - 1) <= 0.0501 for have, want in pairs)


def test_a_swap_of_a_meal_that_is_not_there_is_an_error():
    with pytest.raises(ValueError, match="no meal 'suhoor'"):
        swap(must(days=1).days[0], "suhoor", request())


def test_what_was_turned_down_comes_last():
    day = monday_of_four_meals()
    first = swap(day, "dinner", request(FOUR_MEALS))
    again = swap(day, "dinner", request(FOUR_MEALS, history=[meal.recipe_code for meal in first]))
    assert [meal.recipe_code for meal in first] != [meal.recipe_code for meal in again]


def test_the_rest_of_a_day_brings_it_to_its_targets():
    day = monday_of_four_meals()
    eaten = Nutrients(700, 35, 90, 22, 9)
    found = rest_of_day(request(FOUR_MEALS), day, eaten, ("dinner", "evening_snack"))
    sums = total([eaten, *(meal.totals for meal in found)])
    assert [meal.slot for meal in found] == ["dinner", "evening_snack"]
    assert abs(sums.kcal / GOAL.kcal - 1) <= 0.05
    assert abs(sums.protein_g / GOAL.protein_g - 1) <= 0.05


def test_a_day_already_over_its_targets_is_not_filled():
    day = monday_of_four_meals()
    assert rest_of_day(request(), day, Nutrients(2600, 150, 280, 90, 30), ("dinner",)) == ()


def test_the_rest_of_a_day_comes_from_the_pantry_where_it_can():
    home = Larder((Stock("egg", 300.0, MONDAY), Stock("spinach", 300.0, MONDAY)))
    day = monday_of_four_meals()
    eaten = Nutrients(1300, 70, 160, 42, 15)

    def from_home(larder):
        found = rest_of_day(request(FOUR_MEALS, larder=larder), day, eaten, ("dinner",))
        return sum(item.grams for meal in found for item in meal.items if item.food.code in ("egg", "spinach"))

    assert from_home(home) > from_home(Larder())
