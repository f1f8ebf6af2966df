from datetime import time as clock

import pytest

from agents.domain.meals.slots import slots_of
from agents.domain.profile import MealTime, Profile


def test_own_meal_times_name_the_slots():
    times = (MealTime("iftar", clock(18, 20)), MealTime("suhoor", clock(4, 30)))
    assert [slot.code for slot in slots_of(Profile(meal_times=times))] == ["suhoor", "iftar"]
    assert [slot.kind for slot in slots_of(Profile(meal_times=times))] == ["breakfast", "dinner"]


@pytest.mark.parametrize(("meals", "expected"), [(None, 3), (0, 3), (1, 2), (2, 2), (8, 8), (12, 8)])
def test_the_number_of_meals_stays_in_its_bounds(meals, expected):
    slots = slots_of(Profile(meals_per_day=meals))
    assert len(slots) == expected
    assert sum(slot.share for slot in slots) == pytest.approx(1)


def test_a_number_that_disagrees_with_the_meal_times_wins():
    times = (MealTime("lunch", clock(12)), MealTime("dinner", clock(19)))
    assert len(slots_of(Profile(meal_times=times, meals_per_day=4))) == 4
