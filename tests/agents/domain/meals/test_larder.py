"""What is at home: the soonest to expire goes first, and nothing is used twice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.meals import Larder, Stock
from agents.domain.meals.larder import TYPICAL_PRICE, made_of, price_per_g
from storage.reference.food_tables import catalogue
from tests.agents.domain.meals.cases import must

MONDAY, TUESDAY, FRIDAY = date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 9)
RICE, COOKED, EGG = (catalogue().food(code) for code in ("rice_white_dry", "rice_white_cooked", "egg"))


def test_the_soonest_to_expire_goes_first():
    home = Larder((Stock("egg", 100), Stock("egg", 100, FRIDAY), Stock("egg", 100, TUESDAY)))
    left = home.without(MONDAY, [(EGG, 150)])
    assert [(stock.grams, stock.expires_on) for stock in left.stocks] == [(100, None), (50, FRIDAY), (0, TUESDAY)]


def test_what_has_expired_is_not_there():
    home = Larder((Stock("egg", 100, MONDAY),))
    assert home.on(MONDAY) == home.stocks
    assert home.on(TUESDAY) == ()
    assert home.without(TUESDAY, [(EGG, 50)]) == home


def test_dry_rice_at_home_serves_cooked_rice():
    assert made_of(COOKED, "rice_white_dry") == pytest.approx(0.36)
    assert made_of(RICE, "rice_white_cooked") == 0
    left = Larder((Stock("rice_white_dry", 100),)).without(MONDAY, [(COOKED, 200)])
    assert left.stocks[0].grams == pytest.approx(28)


@given(st.lists(st.tuples(st.floats(0, 500), st.sampled_from([None, MONDAY, FRIDAY])), max_size=4), st.floats(0, 900))
def test_nothing_is_used_twice(stocks, grams):
    home = Larder(tuple(Stock("egg", amount, day) for amount, day in stocks))
    left = home.without(MONDAY, [(EGG, grams)])
    had, has = (sum(stock.grams for stock in larder.stocks) for larder in (home, left))
    assert had - has == pytest.approx(min(had, grams), abs=0.1)
    assert all(stock.grams >= 0 for stock in left.stocks)


def test_a_price_comes_from_the_pack_that_is_bought():
    assert price_per_g(COOKED, catalogue()) == pytest.approx(0.36 * price_per_g(RICE, catalogue()))
    bare = type(RICE)(code="x", name="X", group="g", aisle="a", kcal=1, protein_g=0, carbs_g=0, fat_g=0, price_class=3)
    assert price_per_g(bare, catalogue()) == TYPICAL_PRICE[3] / 100


def test_a_plan_uses_what_is_about_to_expire():
    def spinach(found):
        return sum(i.grams for meal in found.days[0].meals for i in meal.items if i.food.code == "spinach")

    without = sum(spinach(must(days=1, seed=seed)) for seed in range(4))
    home = Larder((Stock("spinach", 400, MONDAY),))
    assert sum(spinach(must(days=1, seed=seed, larder=home)) for seed in range(4)) > without
