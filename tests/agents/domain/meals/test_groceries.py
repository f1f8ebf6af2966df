"""The shopping list: everything planned, nothing that is at home, in packs one can buy."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agents.domain.meals import Larder, Stock, shopping
from storage.reference.food_tables import catalogue
from tests.agents.domain.meals.cases import MONDAY, must


def planned_grams(found):
    sums = {}
    for item in (item for day in found.days for meal in day.meals for item in meal.items):
        sums[item.food.code] = sums.get(item.food.code, 0.0) + item.grams
    return sums


def test_the_list_sums_each_food_once_by_aisle():
    found = must()
    lines = shopping(found.days, catalogue())
    assert len({line.food_code for line in lines}) == len(lines)
    assert [line.aisle for line in lines] == sorted(line.aisle for line in lines)
    assert {line.food_code: line.grams for line in lines} == pytest.approx(planned_grams(found))


def test_packs_hold_what_is_needed_and_no_pack_more():
    for line in shopping(must().days, catalogue()):
        food = catalogue().food(line.food_code)
        need = line.grams * food.buying.grams_per_100g / 100
        pack = catalogue().food(food.buying.buy_as).buying.pack
        assert line.packs * pack.grams >= need - 0.1
        assert line.packs == 1 or (line.packs - 1) * pack.grams < need


def test_a_cooked_food_is_bought_raw():
    rice = catalogue().food("rice_white_cooked")
    day = must(days=1).days[0]
    meal = day.meals[0]
    served = replace(meal, items=(replace(meal.items[0], food=rice, grams=500.0),))
    (line,) = shopping([replace(day, meals=(served,))], catalogue())
    assert (line.food_code, line.grams, line.bought) == ("rice_white_cooked", 500.0, "White rice, dry")


def test_what_is_at_home_is_not_bought():
    found = must()
    code, grams = max(planned_grams(found).items(), key=lambda pair: pair[1])
    home = Larder((Stock(code, grams - 50),))
    lines = {line.food_code: line.grams for line in shopping(found.days, catalogue(), home)}
    assert lines[code] == pytest.approx(50, abs=0.2)
    assert code not in {line.food_code for line in shopping(found.days, catalogue(), Larder((Stock(code, grams + 1),)))}


def test_what_expired_before_its_meal_is_bought_anew():
    found = must()
    code, grams = max(planned_grams(found).items(), key=lambda pair: pair[1])
    gone = Larder((Stock(code, 10 * grams, MONDAY - timedelta(days=1)),))
    lines = {line.food_code: line.grams for line in shopping(found.days, catalogue(), gone)}
    assert lines[code] == pytest.approx(grams, abs=0.2)
