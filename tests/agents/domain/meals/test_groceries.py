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


def listed(lines):
    return {part.food_code: part.grams for line in lines for part in line.parts}


def test_the_list_sums_each_food_once_by_aisle():
    found = must()
    lines = shopping(found.days, catalogue())
    assert len({line.bought_code for line in lines}) == len(lines)
    assert [line.aisle for line in lines] == sorted(line.aisle for line in lines)
    assert listed(lines) == pytest.approx(planned_grams(found))


def test_packs_hold_what_is_needed_and_no_pack_more():
    for line in shopping(must().days, catalogue()):
        needs = [part.grams * catalogue().food(part.food_code).buying.grams_per_100g / 100 for part in line.parts]
        pack = catalogue().food(line.bought_code).buying.pack
        assert line.packs * pack.grams >= sum(needs) - 0.1
        assert line.packs == 1 or (line.packs - 1) * pack.grams < sum(needs)


def test_dry_and_cooked_rice_are_one_purchase():
    dry, cooked = catalogue().food("rice_white_dry"), catalogue().food("rice_white_cooked")
    day = must(days=1).days[0]
    item = day.meals[0].items[0]
    items = (replace(item, food=dry, grams=900.0), replace(item, food=cooked, grams=500.0))
    (line,) = shopping([replace(day, meals=(replace(day.meals[0], items=items),))], catalogue())
    assert (line.bought, line.packs) == ("White rice, dry", 2)
    assert listed([line]) == {"rice_white_dry": 900.0, "rice_white_cooked": 500.0}


def test_what_is_at_home_is_not_bought():
    found = must()
    code, grams = max(planned_grams(found).items(), key=lambda pair: pair[1])
    home = Larder((Stock(code, grams - 50),))
    assert listed(shopping(found.days, catalogue(), home))[code] == pytest.approx(50, abs=0.2)
    assert code not in listed(shopping(found.days, catalogue(), Larder((Stock(code, grams + 1),))))


def test_what_expired_before_its_meal_is_bought_anew():
    found = must()
    code, grams = max(planned_grams(found).items(), key=lambda pair: pair[1])
    gone = Larder((Stock(code, 10 * grams, MONDAY - timedelta(days=1)),))
    assert listed(shopping(found.days, catalogue(), gone))[code] == pytest.approx(grams, abs=0.2)
