"""How foods are bought: every food comes home somehow, at a price one can believe."""

import re
from statistics import median

from storage.reference.food_tables import catalogue
from tests.support.cases import for_each

# Comes out of the tap.
FREE = {"water_tap"}
# Used by the pinch or the spoon: the class says what a kitchen pays for them, not what 100 g would cost.
BY_THE_PINCH = {"spices"}
PINCHES = {
    "parsley", "coriander", "basil", "mint", "dill", "chives", "rosemary", "thyme", "curry_leaves", "lemongrass",
    "makrut_lime_leaves", "oregano_fresh", "sage_fresh", "tarragon", "capers", "anchovy", "seaweed_nori", "gelatine",
    "matcha", "dashi", "salt", "chilli_fresh", "jalapeno", "curry_powder",
}  # fmt: skip
CLASS_COST = {1: (0.0, 1.2), 2: (0.5, 2.6), 3: (1.3, 8.0)}  # euros or dollars per 100 g edible
SIZE = re.compile(r"^(\d+(?:\.\d+)?) (k?g|ml|litre)\b")
GRAMS = {"g": 1.0, "kg": 1000.0, "ml": 1.0, "litre": 1000.0}


def cost(food):
    """What 100 g of the food cost, as it is eaten."""
    sold = catalogue().food(food.buying.buy_as)
    return food.buying.grams_per_100g * sold.buying.pack.price / sold.buying.pack.grams


def is_weighed(food):
    return food.aisle not in BY_THE_PINCH and food.code not in PINCHES


@for_each("food", catalogue().foods, ids=lambda food: food.code)
def test_a_food_can_be_bought(food):
    assert food.buying is not None
    assert 0.5 <= food.buying.grams_per_100g <= 420
    assert (food.buying.pack is None) == (food.buying.buy_as != food.code)


@for_each("food", [food for food in catalogue().foods if food.buying.pack], ids=lambda food: food.code)
def test_a_pack_weighs_what_it_says(food):
    pack = food.buying.pack
    assert pack.label
    assert 0 < pack.grams <= 5000
    assert pack.price > 0 or food.code in FREE
    if said := SIZE.match(pack.label):
        grams = float(said[1]) * GRAMS[said[2]]
        assert 0.85 * grams <= pack.grams <= 1.4 * grams  # oil is lighter than water, syrup and sauces are heavier


@for_each("food", [f for f in catalogue().foods if is_weighed(f)], ids=lambda food: food.code)
def test_the_price_of_a_food_is_believable_and_of_its_class(food):
    low, high = CLASS_COST[food.price_class]
    assert low <= cost(food) <= high


def test_dearer_classes_cost_more():
    typical = [
        median(cost(food) for food in catalogue().foods if is_weighed(food) and food.price_class == number)
        for number in (1, 2, 3)
    ]
    assert typical[0] < 0.6 * typical[1] < 0.6 * 0.6 * typical[2]


def test_what_is_not_edible_is_bought_along():
    weights = {code: catalogue().food(code).buying.grams_per_100g for code in ("banana", "egg", "avocado", "mussels")}
    assert all(grams > 110 for grams in weights.values())


def test_dry_food_swells_and_meat_shrinks_in_the_pan():
    assert 30 <= catalogue().food("rice_white_cooked").buying.grams_per_100g <= 42
    assert 38 <= catalogue().food("pasta_cooked").buying.grams_per_100g <= 50
    assert 125 <= catalogue().food("chicken_breast_cooked").buying.grams_per_100g <= 145


def test_the_energy_that_is_bought_is_the_energy_that_is_eaten():
    for food in catalogue().foods:
        source = catalogue().food(food.buying.buy_as)
        if source is not food and is_single_swap(food, source):
            edible = 100 * food.buying.grams_per_100g / source.buying.grams_per_100g
            bought = source.kcal * edible / 100
            assert 0.55 * food.kcal <= bought <= 1.6 * food.kcal, (food.code, bought, food.kcal)


def is_single_swap(food, source):
    """Cooked from one thing and nothing else, so that its energy must come from there."""
    return (
        food.is_curated and source.is_curated and food.aisle != "drinks" and food.code not in {"egg_white", "egg_yolk"}
    )
