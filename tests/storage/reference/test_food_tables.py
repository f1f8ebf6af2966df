import csv
from functools import cache
from pathlib import Path

import pytest

from agents.domain.allergen_table import words_of
from agents.domain.allergens import derive
from agents.domain.foods import ALLERGENS, MACROS, MEAL_KINDS, STATE_RANK
from storage.reference.food_tables import catalogue
from tests.support.cases import for_each

# Runs where the public-domain USDA table lies in a folder beside the repository; it is no part of the product.
USDA = next(Path(__file__).parents[4].glob("*/data/usda_sr26.csv"), None)
# Fibre is burnt at about 2 kcal/g; these foods have other energy factors of their own (all with a source).
OTHER_ENERGY = {"cocoa", "chilli", "coriander_ground", "cloves", "allspice"}
# Words of a name that say more than the thing itself: certified oats, cooked in water, squeezed fresh, nothing added.
NARROWER = {
    ("oats_gluten_free", "gluten"), ("porridge_cooked", "milk"), ("popcorn", "milk"), ("lemon", "sulphite"),
    ("lime", "sulphite"), *(("rice_cakes", key) for key in ("milk", "egg", "tree_nut", "soy", "coconut")),
}  # fmt: skip


@cache
def usda():
    if USDA is None:
        pytest.skip("the USDA reference table is not beside this repository")
    with USDA.open(encoding="utf-8", newline="") as file:
        return {row["ndb_no"]: row for row in csv.DictReader(file)}


def test_the_tables_are_large_enough_to_plan_from():
    tables = catalogue()
    counts = {kind: sum(kind in recipe.kinds for recipe in tables.recipes) for kind in MEAL_KINDS}
    assert len(tables.foods) >= 450
    assert len(tables.recipes) >= 84
    assert counts["breakfast"] >= 18
    assert counts["lunch"] >= 22
    assert counts["dinner"] >= 24
    assert counts["snack"] >= 18
    assert len({recipe.cuisine for recipe in tables.recipes}) >= 15
    assert {side.macro for side in tables.sides} == set(MACROS)


def test_the_tables_are_read_once():
    assert catalogue() is catalogue()
    assert len(catalogue().version) == 12


@for_each("food", catalogue().foods, ids=lambda food: food.code)
def test_a_foods_figures_are_plausible(food):
    fibre, alcohol = food.fibre_g or 0.0, food.alcohol_g
    energy = 4 * food.protein_g + 4 * (food.carbs_g - fibre) + 2 * fibre + 9 * food.fat_g + 7 * alcohol
    assert food.code in OTHER_ENERGY or abs(energy - food.kcal) <= max(20, 0.15 * food.kcal)
    assert food.protein_g + food.carbs_g + food.fat_g + alcohol <= 101
    assert fibre <= food.carbs_g + 0.01
    assert (food.sat_fat_g or 0) <= food.fat_g + 0.01
    assert 1 <= food.price_class <= 3


@for_each("food", catalogue().foods, ids=lambda food: food.code)
def test_a_food_has_one_default_serving_and_synonyms_of_its_own(food):
    assert sum(serving.is_default for serving in food.servings) == 1
    assert all(0 < serving.grams <= 1000 for serving in food.servings)
    assert len(set(food.synonyms)) == len(food.synonyms)


def test_no_synonym_names_two_foods():
    seen = {}
    for food in catalogue().foods:
        for phrase in {food.name.casefold(), *(synonym.casefold() for synonym in food.synonyms)}:
            assert seen.setdefault(phrase, food.code) == food.code


def test_source_numbers_are_unique():
    numbers = [food.source_ref for food in catalogue().foods if food.source_ref]
    assert len(numbers) == len(set(numbers))
    assert len(numbers) >= 200


# Our figure, its column at the source, and how far they may be apart: absolutely, and as a share.
AGREEMENT = (
    ("kcal", "kcal", 15, 0.15),
    ("protein_g", "protein_g", 2, 0.2),
    ("fat_g", "fat_g", 2, 0.2),
    ("carbs_g", "carbs_g", 2, 0.2),
    ("fibre_g", "fibre_g", 1, 0.25),
    ("sugar_g", "sugar_g", 1.5, 0.25),
    ("sat_fat_g", "saturated_fat_g", 1, 0.25),
    ("sodium_mg", "sodium_mg", 30, 0.25),
)


@pytest.mark.parametrize(("ours", "theirs", "apart", "share"), AGREEMENT)
def test_figures_with_a_source_agree_with_it(ours, theirs, apart, share):
    rows = usda()
    compared = 0
    for food in catalogue().foods:
        stated, source = getattr(food, ours), rows[food.source_ref][theirs] if food.source_ref else ""
        if stated is None or source == "":
            continue
        compared += 1
        assert abs(stated - float(source)) <= max(apart, share * float(source)), (food.code, ours, stated, source)
    assert compared >= 500


def test_the_figures_people_ask_for_are_known_for_nearly_every_food():
    foods = catalogue().foods
    for figure in ("fibre_g", "sugar_g", "sat_fat_g", "sodium_mg"):
        assert sum(getattr(food, figure) is None for food in foods) <= 0.01 * len(foods), figure


def test_only_a_food_with_a_source_may_have_energy_factors_of_its_own():
    assert all(catalogue().food(code).source_ref for code in OTHER_ENERGY)


def test_sugar_is_part_of_the_carbohydrate():
    for food in catalogue().foods:
        assert (food.sugar_g or 0) <= food.carbs_g * 1.1 + 0.5, food.code


def test_no_two_foods_are_called_by_the_same_words_in_the_same_order():
    seen = {}
    for food in catalogue().foods:
        for phrase in (food.name, *food.synonyms):
            assert seen.setdefault(words_of(phrase), food.code) == food.code, phrase


FLAG_OF = {
    "milk": "dairy", "egg": "egg", "fish": "fish", "crustacean": "seafood", "mollusc": "seafood", "soy": "legume",
    "peanut": "legume", "wheat": "grain", "gluten": "grain",
}  # fmt: skip
# Oil that is pressed from a pulse, and a spread that is brewed from yeast, are no pulse and no grain to a diet.
NO_FLAG = {("peanut_oil", "peanut"), ("marmite", "gluten"), ("worcestershire_sauce", "gluten")}


def test_an_allergen_that_diets_care_about_is_a_flag_as_well():
    for food in catalogue().foods:
        missing = {FLAG_OF[key] for key in food.contains if key in FLAG_OF and (food.code, key) not in NO_FLAG}
        assert missing <= food.flags, (food.code, missing - food.flags)


def test_flags_are_told_with_their_kind():
    for food in catalogue().foods:
        assert not food.flags & {"poultry", "pork", "beef", "liver"} or "meat" in food.flags, food.code
        assert "high_mercury_fish" not in food.flags or "fish" in food.flags, food.code
        assert not food.flags & {"pork", "beef"} or food.state("mammal") == "contains", food.code
        assert food.alcohol_g < 1.2 or "alcohol" in food.flags, food.code
        assert "gelatine" not in food.flags or food.state("mammal") != "clear", food.code


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("almond_milk", {"milk": "clear", "tree_nut": "contains"}),
        ("soy_milk", {"milk": "clear", "soy": "contains"}),
        ("oat_milk", {"milk": "clear", "gluten": "may"}),
        ("oats", {"gluten": "may"}),
        ("soy_sauce", {"soy": "contains", "wheat": "contains", "gluten": "contains"}),
        ("tamari", {"soy": "contains", "gluten": "may"}),
        ("barley_dry", {"gluten": "contains"}),
        ("buckwheat_dry", {"wheat": "clear", "gluten": "clear"}),
        ("aubergine", {"egg": "clear"}),
        ("peanut_butter", {"peanut": "contains", "milk": "clear"}),
        ("butternut_squash", {"tree_nut": "clear", "milk": "clear"}),
        ("coconut_milk_tinned", {"coconut": "contains", "tree_nut": "clear", "milk": "clear"}),
        ("hummus", {"sesame": "contains"}),
        ("stock_cube", {"celery": "contains", "gluten": "may", "milk": "may"}),
        ("mayonnaise", {"egg": "contains", "mustard": "may"}),
        ("parmesan", {"milk": "contains", "egg": "may"}),
        ("bread_wholemeal", {"wheat": "contains", "soy": "may", "sesame": "may", "lupin": "may"}),
        ("oyster_sauce", {"mollusc": "contains", "crustacean": "may"}),
        ("milk_lactose_free", {"milk": "contains"}),
        ("beef_steak", {"mammal": "contains"}),
    ],
)
def test_allergen_states_follow_the_rules_of_hidden_sources(code, state):
    food = catalogue().food(code)
    assert {key: food.state(key) for key in state} == state


def test_no_food_is_clearer_than_its_name_allows():
    for food in catalogue().foods:
        read = derive(food.name)
        for key in ALLERGENS:
            verdict = read[key]
            if verdict.term and (food.code, key) not in NARROWER:
                assert STATE_RANK[food.state(key)] >= STATE_RANK[verdict.state], (food.code, key, verdict)


# Household names that borrow the word of what they stand in for.
STAND_INS = {
    "soya mince", "wheat meat", "pea protein mince", "plant mince", "plant burger", "vegetarian burger", "burger bun",
    "mycoprotein mince", "soy-free soy sauce", "brown rice noodles", "brown rice pasta", "brown rice spaghetti",
}  # fmt: skip


def test_no_synonym_hides_an_allergen_that_its_food_is_said_to_be_clear_of():
    for food in catalogue().foods:
        for phrase in set(food.synonyms) - STAND_INS:
            read = derive(phrase)
            told = {key for key in ALLERGENS if read[key].term and read[key].state == "contains"}
            assert not {key for key in told if food.state(key) == "clear"}, (food.code, phrase)


def test_every_wheat_food_is_a_gluten_food():
    for food in catalogue().foods:
        assert food.state("wheat") != "contains" or food.state("gluten") == "contains", food.code


@for_each("recipe", catalogue().recipes, ids=lambda recipe: recipe.code)
def test_a_recipe_can_be_cooked_as_written(recipe):
    kcal = catalogue().nutrients_of(recipe).kcal
    low, high = (120, 320) if recipe.kinds == ("snack",) else (250, 680)
    assert low <= kcal <= high
    assert 2 <= recipe.minutes <= 90
    assert recipe.steps
    assert all(step.endswith(".") for step in recipe.steps)
    assert len({item.food for item in recipe.ingredients}) == len(recipe.ingredients)
    assert sum(item.role == "staple" for item in recipe.ingredients) <= 1
    assert sum(item.role == "protein" for item in recipe.ingredients) <= 1


def test_no_recipe_uses_alcohol_or_food_that_is_eaten_raw_by_surprise():
    for recipe in catalogue().recipes:
        flags = {flag for food in catalogue().foods_of(recipe) for flag in food.flags}
        assert not flags & {"alcohol", "unpasteurised", "high_mercury_fish", "liver"}
        assert "raw_animal" not in flags or "smoked" in recipe.name
