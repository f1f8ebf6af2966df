"""Breakfasts, snacks and sides: enough for every way of eating, honest figures, methods that match their foods."""

import json
import re
from functools import cache
from importlib.resources import files

import pytest

from agents.domain.allergen_table import words_of
from agents.domain.foods import ALLERGENS, MACROS
from agents.domain.meals.judge import judge_for
from agents.domain.meals.menu import Menu, menu_for
from agents.domain.meals.plan import DayTargets
from agents.domain.profile import Profile, Restriction
from storage.reference.food_tables import catalogue
from tests.support.cases import for_each

BREAKFASTS, SNACKS = "recipes_breakfasts.json", "recipes_snacks.json"
LEAST_KCAL, MOST_KCAL = {"breakfast": 250, "snack": 80}, {"breakfast": 650, "snack": 350}
ENERGY = {"protein": 4, "carbs": 4, "fat": 9}  # kcal per gram

DIETS = ("vegan", "vegetarian", "pescatarian", "keto", "paleo")
FAITHS = ("halal", "kosher", "hindu", "jain")
INTOLERANCES = ("fodmap", "lactose")
SINGLES = (*DIETS, *FAITHS, *INTOLERANCES, "coeliac", *ALLERGENS)
PAIRS = (
    "vegan gluten", "vegan soy", "vegan tree_nut", "vegan peanut", "vegan sesame", "vegan keto", "vegan fodmap",
    "vegetarian gluten", "vegetarian tree_nut", "pescatarian gluten", "keto milk", "keto egg", "keto tree_nut",
    "paleo egg", "halal gluten", "kosher milk", "jain milk", "milk egg", "milk gluten", "milk wheat", "milk soy",
    "egg tree_nut", "tree_nut peanut", "vegan soy gluten", "vegan tree_nut peanut",
)  # fmt: skip

# Grams a portion may hold of foods that do harm in large amounts: selenium, cyanide-forming glycosides, coumarin.
# Weighed up and doubled they still stay under a day's limit.
AT_MOST_G = {"brazil_nuts": 5, "flaxseed": 25, "cinnamon": 1}
# A kitchen has these without a list.
PANTRY = {"water", "salt"}
# Words that name a food and also say how to treat one, or what it becomes.
DOUBLE_MEANING = {
    "in", "no", "low", "soft", "firm", "dry", "fat", "raw", "boiled", "brown", "chopped", "cooked", "drained", "drink",
    "flake", "leave", "roast", "roll", "shell", "spread", "stick", "toast", "wrap", "cake", "pan", "paper", "porridge",
}  # fmt: skip
NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-two": 22, "twenty-five": 25,
    "thirty": 30,
}  # fmt: skip
MINUTES = re.compile(r"([a-z-]+|\d+) minutes?\b(?! later)")


def recipes(*names):
    codes = [
        entry["code"]
        for name in names or (BREAKFASTS, SNACKS)
        for entry in json.loads(files("storage.reference").joinpath(name).read_text("utf-8"))
    ]
    return [catalogue().recipe(code) for code in codes]


def named(recipe):
    return recipe.code


def profile_of(eating: str) -> Profile:
    """A person who eats so: diets, faiths, intolerances and allergies in one line."""
    diets = [word for word in eating.split() if word in DIETS]
    main, rest = diets[-1] if diets else None, diets[:-1]
    restrictions = [Restriction("exclusion", diet) for diet in rest]
    for word in eating.split():
        if word in FAITHS:
            restrictions.append(Restriction("religious", word))
        elif word in INTOLERANCES:
            restrictions.append(Restriction("intolerance", word))
        elif word in ALLERGENS:
            restrictions.append(Restriction("allergy", word))
    conditions = ("coeliac",) if "coeliac" in eating else None
    return Profile(diet_type=main, restrictions=tuple(restrictions), conditions=conditions, allergies_asked=True)


@cache
def menu_of(eating: str) -> Menu:
    carbs_g, fat_g = (40, 155) if "keto" in eating else (230, 70)
    targets = DayTargets(
        kcal=2000, kcal_min=1900, kcal_max=2100, protein_g=110, carbs_g=carbs_g, fat_g=fat_g, fibre_g=28
    )
    profile = profile_of(eating)
    return menu_for(profile, targets, catalogue(), judge_for(profile))


def share(recipe, macro):
    """The part of a recipe's energy that comes from a macro."""
    nutrients = catalogue().nutrients_of(recipe)
    return getattr(nutrients, f"{macro}_g") * ENERGY[macro] / nutrients.kcal


def names_of(food):
    return {word for phrase in (food.name, *food.synonyms) for word in words_of(phrase)}


@cache
def food_words():
    """Every word that names a food of these recipes, with the foods it may mean."""
    found = {}
    for recipe in recipes():
        for food in catalogue().foods_of(recipe):
            for word in names_of(food) - DOUBLE_MEANING - PANTRY:
                found.setdefault(word, set()).add(food.code)
    return found


def test_there_are_enough_breakfasts_snacks_and_sides():
    assert len(recipes(BREAKFASTS)) >= 64
    assert len(recipes(SNACKS)) >= 60
    assert len(catalogue().sides) >= 60


@pytest.mark.parametrize("eating", SINGLES)
def test_one_way_of_eating_leaves_two_weeks_of_breakfasts_and_snacks(eating):
    options = menu_of(eating).options
    assert len(options["breakfast"]) >= 14
    assert len(options["snack"]) >= 14


@pytest.mark.parametrize("eating", PAIRS)
def test_two_rules_together_leave_a_week_of_breakfasts_and_snacks(eating):
    options = menu_of(eating).options
    assert len(options["breakfast"]) >= 7
    assert len(options["snack"]) >= 7


@for_each("eating", [*SINGLES, *PAIRS])
@for_each("macro", MACROS)
def test_every_way_of_eating_has_two_sides_a_macro_with_each_meal(eating, macro):
    sides = [option.side for option in menu_of(eating).sides if option.side.macro == macro]
    for kind in ("breakfast", "lunch", "dinner", "snack"):
        assert len({side.food for side in sides if kind in side.kinds}) >= 2, kind


@pytest.mark.parametrize("name", [BREAKFASTS, SNACKS])
def test_there_are_quick_ones_and_ones_without_a_kitchen(name):
    found = recipes(name)
    assert sum(recipe.minutes <= 5 for recipe in found) >= 15
    assert sum(recipe.minutes <= 10 and recipe.skill == "beginner" for recipe in found) >= 20
    assert sum(not recipe.equipment for recipe in found) >= 8
    assert len({recipe.cuisine for recipe in found}) >= 15


@pytest.mark.parametrize("name", [BREAKFASTS, SNACKS])
def test_the_macros_spread_wide(name):
    found = recipes(name)
    lean = [recipe for recipe in found if share(recipe, "protein") >= 0.28 and share(recipe, "fat") <= 0.40]
    assert len(lean) >= 8
    assert sum(share(recipe, "carbs") >= 0.65 and share(recipe, "fat") <= 0.25 for recipe in found) >= 5
    assert sum(share(recipe, "fat") >= 0.60 and share(recipe, "carbs") <= 0.25 for recipe in found) >= 8


@pytest.mark.parametrize("eating", ["vegan", "milk", "egg", "soy", "gluten", "tree_nut"])
@pytest.mark.parametrize("kind", ["breakfast", "snack"])
def test_protein_rich_dishes_exist_for_who_leaves_its_usual_sources_out(eating, kind):
    assert sum(share(option.recipe, "protein") >= 0.28 for option in menu_of(eating).options[kind]) >= 4


@for_each("recipe", recipes(), ids=named)
def test_a_small_meal_is_one_portion_that_can_be_tuned(recipe):
    kind = "breakfast" if recipe in recipes(BREAKFASTS) else "snack"
    assert recipe.kinds == (kind,)
    assert LEAST_KCAL[kind] <= catalogue().nutrients_of(recipe).kcal <= MOST_KCAL[kind]
    roles = [item.role for item in recipe.ingredients if item.role]
    assert len(roles) == len(set(roles))
    assert roles
    assert all(item.grams >= 1 for item in recipe.ingredients)
    assert all(item.grams % 50 == 0 for item in recipe.ingredients if item.food == "egg")


@for_each("recipe", recipes(), ids=named)
def test_a_method_is_short_and_keeps_its_time(recipe):
    assert 2 <= len(recipe.steps) <= 5
    assert all(15 <= len(step) <= 220 and step.endswith(".") for step in recipe.steps)
    stated = [word for step in recipe.steps for word in MINUTES.findall(step.lower())]
    assert sum(NUMBERS.get(word) or int(word) for word in stated if word != "few") <= recipe.minutes
    assert 2 <= recipe.minutes <= 45
    assert 0 <= recipe.keeps_days <= 5
    assert len(set(recipe.seasons)) == len(recipe.seasons) < 4


@for_each("recipe", recipes(), ids=named)
def test_a_method_speaks_of_the_foods_listed_and_of_no_other(recipe):
    codes = {item.food for item in recipe.ingredients}
    said = {word for step in recipe.steps for word in words_of(step)}
    assert {word for word in said & set(food_words()) if not food_words()[word] & codes} == set()
    assert {food.code for food in catalogue().foods_of(recipe) if not names_of(food) & said} == set()


@for_each("recipe", recipes(), ids=named)
def test_a_method_uses_the_equipment_listed(recipe):
    said = {word for step in recipe.steps for word in words_of(step)}
    if said & {"fry", "simmer", "boil", "poach", "scramble", "wilt", "sizzle", "pan"}:
        assert "hob" in recipe.equipment or {"boiled", "beforehand"} <= said
    assert ("oven" in recipe.equipment) == bool(said & {"bake", "roast", "oven"})
    assert ("blender" in recipe.equipment) == bool(said & {"blend", "blender"})
    assert "toaster" not in recipe.equipment or "toast" in said
    assert "microwave" not in recipe.equipment or said & {"microwave", "heat"}


@for_each("recipe", recipes(), ids=named)
def test_raw_meat_fish_and_eggs_are_cooked_until_a_sign_says_so(recipe):
    text = " ".join(recipe.steps).lower()
    for food in catalogue().foods_of(recipe):
        is_raw = ", raw" in food.name or food.code in ("egg", "egg_white")
        if is_raw and food.flags & {"meat", "poultry", "fish", "seafood", "egg"}:
            assert re.search(r"no pink|cooked through|until cooked|flakes|pink all|until pink|set\b|firm|boil", text)


def test_foods_with_a_daily_limit_come_in_small_portions_that_are_not_weighed_up():
    for recipe in recipes():
        for item in recipe.ingredients:
            if item.food in AT_MOST_G:
                assert item.grams <= AT_MOST_G[item.food], recipe.code
                assert item.role is None, recipe.code
    assert not {side.food for side in catalogue().sides} & set(AT_MOST_G)


@for_each("recipe", recipes(), ids=named)
def test_cooked_rice_is_kept_a_day_at_most(recipe):
    if any(item.food.startswith("rice_") and item.food.endswith(("dry", "cooked")) for item in recipe.ingredients):
        assert recipe.keeps_days <= 1


def test_no_two_small_meals_share_a_name_or_the_same_foods():
    names = [recipe.name for recipe in recipes()]
    assert len(set(names)) == len(names)
    foods = [frozenset(item.food for item in recipe.ingredients) for recipe in recipes()]
    assert len(set(foods)) == len(foods)


def test_sides_come_in_steps_a_kitchen_can_measure():
    seen = [(side.food, side.macro) for side in catalogue().sides]
    assert len(set(seen)) == len(seen)
    for side in catalogue().sides:
        assert side.step_g >= 5
        assert side.max_g % side.step_g == 0
        assert catalogue().food(side.food).of(side.max_g).kcal >= 40
        assert side.kinds


@for_each("side", catalogue().sides, ids=lambda side: f"{side.food}-{side.macro}")
def test_a_side_brings_the_macro_it_is_meant_for(side):
    whole = catalogue().food(side.food).of(100)
    part = getattr(whole, f"{side.macro}_g") * ENERGY[side.macro] / whole.kcal
    assert part >= 0.20 if side.macro == "protein" else part >= 0.5
