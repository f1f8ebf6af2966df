"""The lunches and dinners we ship: each can be cooked as written, and together they leave everybody enough to eat."""

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files

import pytest

from agents.domain.allergen_table import words_of
from agents.domain.foods import Food, Recipe
from agents.domain.meals import DayTargets
from agents.domain.meals.judge import judge_for
from agents.domain.meals.menu import menu_for, net_carbs_g
from agents.domain.profile import Profile, Restriction
from storage.reference.food_tables import catalogue
from tests.support.cases import for_each

CODES = [
    entry["code"]
    for entry in json.loads(files("storage.reference").joinpath("recipes_mains.json").read_text(encoding="utf-8"))
]
MAINS = [catalogue().recipe(code) for code in CODES]
ONLY_MAINS = replace(catalogue(), recipes=tuple(MAINS))
each_main = for_each("recipe", MAINS, ids=CODES)

DIETS = ("vegan", "vegetarian", "pescatarian", "keto", "paleo")
FAITHS = ("halal", "kosher", "hindu", "jain")
INTOLERANCES = {"low_fodmap": "fodmap", "gluten_free": "gluten", "lactose_free": "lactose"}
ALLERGIES = (
    "milk", "egg", "fish", "crustacean", "mollusc", "tree_nut", "peanut", "wheat", "gluten", "soy", "sesame", "celery",
    "mustard", "lupin", "sulphite",
)  # fmt: skip
PAIRS = (
    "vegan+gluten", "vegan+soy", "vegan+tree_nut", "vegan+peanut", "vegan+sesame", "vegan+wheat", "vegan+sulphite",
    "vegan+low_fodmap", "vegetarian+gluten", "vegetarian+tree_nut", "vegetarian+egg", "vegetarian+milk",
    "pescatarian+gluten", "pescatarian+soy", "keto+milk", "keto+egg", "keto+tree_nut", "keto+soy", "keto+fish",
    "keto+vegan", "keto+vegetarian", "keto+halal", "paleo+egg", "paleo+tree_nut", "paleo+fish", "halal+gluten",
    "halal+milk", "kosher+milk", "kosher+gluten", "hindu+milk", "hindu+vegan", "jain+gluten", "jain+milk", "jain+soy",
    "low_fodmap+gluten_free", "low_fodmap+lactose_free", "low_fodmap+vegetarian", "milk+egg", "milk+gluten",
    "milk+wheat", "milk+soy", "milk+tree_nut", "egg+tree_nut", "tree_nut+peanut", "fish+crustacean",
)  # fmt: skip
TRIPLES = ("milk+egg+tree_nut", "milk+egg+gluten", "vegan+soy+gluten", "vegan+tree_nut+peanut", "keto+milk+egg",
           "keto+vegan+soy", "tree_nut+peanut+sesame", "fish+crustacean+mollusc", "milk+soy+gluten")  # fmt: skip

BALANCED = DayTargets(
    kcal=2000, kcal_min=1900, kcal_max=2100, protein_g=110, carbs_g=240, fat_g=66, fibre_g=28
)  # science.md N-4 to N-6: the ordinary split and the ketogenic one
KETOGENIC = DayTargets(kcal=1800, kcal_min=1710, kcal_max=1890, protein_g=112, carbs_g=40, fat_g=132, fibre_g=25)

# Words that name a way of cooking or a whole dish here, although some food of the table carries them as a name.
DISH_WORDS = frozenset(
    words_of(
        "salad slaw spread toast crisp wrap noodle pesto omelette dal porridge salsa chilli yolk juice ugali sauce "
        "groundnut patty soup stew curry dressing burger chop ring fish seed nut bean satay cake pancake water fry mash"
    )
)
# A step may gather what is left to add: these stand for ingredients it does not name one by one.
GATHERING_WORDS = frozenset(words_of("vegetable herb green salad everything rest all bowl fish oiled fill them"))
PLAIN_WORDS = frozenset(words_of("dry raw red white green fresh cooked tinned lean plain"))
CAREFUL_FLAGS = frozenset({"poultry", "pork"})


def profile_of(needs: str) -> Profile:
    """A person with all the needs of "keto+vegan+milk". A second diet is an exclusion, as the profile holds one."""
    names = needs.split("+")
    diets = sorted((name for name in names if name in DIETS), key=lambda name: name != "keto")
    restrictions = [Restriction("exclusion", name) for name in diets[1:]]
    for name in names:
        if name in FAITHS:
            restrictions.append(Restriction("religious", name))
        elif name in INTOLERANCES:
            restrictions.append(Restriction("intolerance", INTOLERANCES[name]))
        elif name not in DIETS:
            restrictions.append(Restriction("allergy", name, "severe"))
    return Profile(diet_type=diets[0] if diets else None, restrictions=tuple(restrictions))


@cache
def served(needs: str) -> tuple[Recipe, ...]:
    """The mains that this person may be served."""
    profile = profile_of(needs)
    targets = KETOGENIC if profile.diet_type == "keto" else BALANCED
    menu = menu_for(profile, targets, ONLY_MAINS, judge_for(profile))
    return tuple(entry.recipe for entry in menu.ruled if not entry.blocks)


def count(kind: str, needs: str) -> int:
    """How many are of this kind by themselves, without what lunch and dinner lend each other."""
    return sum(kind in recipe.kinds for recipe in served(needs))


def shares(recipe: Recipe) -> tuple[float, float, float]:
    """The parts of the energy that come from protein, carbohydrate and fat."""
    found = ONLY_MAINS.nutrients_of(recipe)
    energies = (4 * found.protein_g, 4 * net_carbs_g(found) + 2 * found.fibre_g, 9 * found.fat_g)
    return tuple(energy / sum(energies) for energy in energies)


def words_for(food: Food) -> set[str]:
    return {word for phrase in (food.name, food.code.replace("_", " "), *food.synonyms) for word in words_of(phrase)}


@cache
def food_words() -> frozenset[str]:
    """Single words by which people know a food that some dish uses: "carrot", "feta"."""
    foods = {food for recipe in catalogue().recipes for food in catalogue().foods_of(recipe)}
    phrases = {words_of(phrase) for food in foods for phrase in (food.name.split(",")[0], *food.synonyms)}
    return frozenset(phrase[0] for phrase in phrases if len(phrase) == 1) - DISH_WORDS


def flags_of(recipe: Recipe) -> set[str]:
    return {flag for food in ONLY_MAINS.foods_of(recipe) for flag in food.flags}


def cost(recipe: Recipe) -> float:
    """A rough price of one serving by the packs of the buying table."""
    total = 0.0
    for item in recipe.ingredients:
        buying = ONLY_MAINS.food(item.food).buying
        bought = ONLY_MAINS.food(buying.buy_as).buying.pack
        total += item.grams * buying.grams_per_100g / 100 * bought.price / bought.grams
    return total


@for_each("kind", ["lunch", "dinner"])
@for_each("needs", [*DIETS, *FAITHS, *INTOLERANCES, *ALLERGIES])
def test_every_single_need_leaves_twenty_dishes(needs, kind):
    assert count(kind, needs) >= 20


@for_each("kind", ["lunch", "dinner"])
@for_each("needs", PAIRS)
def test_common_pairs_of_needs_leave_ten_dishes(needs, kind):
    assert count(kind, needs) >= 10


@pytest.mark.parametrize("kind", ["lunch", "dinner"])
@pytest.mark.parametrize("needs", TRIPLES)
def test_three_needs_at_once_still_leave_a_week_of_dishes(needs, kind):
    assert count(kind, needs) >= 7


@each_main
def test_a_main_has_the_energy_of_a_main(recipe):
    assert 350 <= ONLY_MAINS.nutrients_of(recipe).kcal <= 680
    assert 5 <= recipe.minutes <= 90
    assert 3 <= len(recipe.ingredients) <= 14
    assert all(0.5 <= item.grams <= 350 for item in recipe.ingredients)


@each_main
def test_a_main_has_steps_one_can_follow(recipe):
    assert 2 <= len(recipe.steps) <= 6
    for step in recipe.steps:
        assert 15 <= len(step) <= 220, step
        assert step[0].isupper()
        assert step.endswith(".")
    assert len(set(recipe.steps)) == len(recipe.steps)


@each_main
def test_no_step_and_no_name_mentions_a_food_the_dish_lacks(recipe):
    known = set().union(*(words_for(food) for food in ONLY_MAINS.foods_of(recipe)))
    for text in (recipe.name, *recipe.steps):
        strangers = (set(words_of(text)) & food_words()) - known
        if "cauliflower rice" in recipe.name.casefold():
            strangers -= {"rice"}  # the cauliflower is cut to look like it
        assert not strangers, text


@each_main
def test_every_ingredient_finds_its_way_into_the_pan(recipe):
    said = {word for step in recipe.steps for word in words_of(step)}
    if said & GATHERING_WORDS:
        return
    for food in ONLY_MAINS.foods_of(recipe):
        assert (words_for(food) - PLAIN_WORDS) & said, food.code


@each_main
def test_a_main_can_be_weighed_up_and_down(recipe):
    roles = [item.role for item in recipe.ingredients if item.role]
    assert roles
    assert len(set(roles)) == len(roles)
    assert all(item.grams >= 25 for item in recipe.ingredients if item.role)
    if net_carbs_g(ONLY_MAINS.nutrients_of(recipe)) <= 15:
        assert "protein" in roles


@each_main
def test_poultry_and_pork_are_cooked_through(recipe):
    careful = [food for food in ONLY_MAINS.foods_of(recipe) if food.flags & CAREFUL_FLAGS]
    if any("cooked" not in food.code and "tinned" not in food.code for food in careful):
        assert any("cooked through" in step or "no pink" in step for step in recipe.steps)


@each_main
def test_what_keeps_is_safe_to_keep(recipe):
    codes = {item.food for item in recipe.ingredients}
    assert 0 <= recipe.keeps_days <= 4
    if codes & {"rice_white_dry", "rice_brown_dry", "rice_white_cooked", "rice_brown_cooked", "wild_rice_dry"}:
        assert recipe.keeps_days <= 1  # spores survive cooking, and their poison survives heating again
    if flags_of(recipe) & {"fish", "seafood", "raw_animal"}:
        assert recipe.keeps_days <= 1


@each_main
def test_no_main_calls_for_dried_kidney_beans(recipe):
    assert "kidney_beans_dry" not in {item.food for item in recipe.ingredients}


@each_main
def test_a_main_starts_from_foods_a_shop_sells(recipe):
    """Boiled beans that come home as dry ones would need an hour that the method does not count."""
    for food in ONLY_MAINS.foods_of(recipe):
        assert food.buying is not None, food.code
        assert food.buying.pack is not None or food.code == "egg_white", food.code


@each_main
def test_shellfish_that_stay_shut_are_thrown_away(recipe):
    if any(item.food in {"mussels", "clams"} for item in recipe.ingredients):
        assert any("stays shut" in step or "stay shut" in step for step in recipe.steps)


def test_mains_have_names_of_their_own():
    names = [recipe.name.casefold() for recipe in catalogue().recipes]
    assert not {name for name in names if names.count(name) > 1 and name in {main.name.casefold() for main in MAINS}}


def test_no_two_mains_are_the_same_foods():
    seen = {}
    for recipe in MAINS:
        foods = frozenset(item.food for item in recipe.ingredients)
        assert seen.setdefault(foods, recipe.code) == recipe.code


def test_there_are_dishes_for_little_time_skill_money_and_equipment():
    assert len(MAINS) >= 150
    assert sum(set(recipe.kinds) == {"lunch", "dinner"} for recipe in MAINS) >= 120
    assert sum(recipe.minutes <= 20 for recipe in MAINS) >= 40
    assert sum(recipe.minutes <= 15 for recipe in MAINS) >= 15
    assert sum(recipe.skill == "beginner" for recipe in MAINS) >= 60
    assert sum(set(recipe.equipment) <= {"microwave"} for recipe in MAINS) >= 12
    assert sum(recipe.keeps_days >= 2 for recipe in MAINS) >= 40
    assert sum(bool(recipe.seasons) for recipe in MAINS) >= 40
    assert len({recipe.cuisine for recipe in MAINS}) >= 30
    cheap = [recipe for recipe in MAINS if all(food.price_class == 1 for food in ONLY_MAINS.foods_of(recipe))]
    assert sum(cost(recipe) <= 2 for recipe in cheap) >= 12


def test_the_macros_of_mains_are_spread_wide():
    split = {recipe.code: shares(recipe) for recipe in MAINS}
    vegan = {recipe.code for recipe in served("vegan")}
    assert sum(protein >= 0.35 and fat <= 0.30 for protein, _, fat in split.values()) >= 10
    assert sum(split[code][0] >= 0.25 for code in vegan) >= 8
    assert sum(carbs >= 0.60 and fat <= 0.25 for _, carbs, fat in split.values()) >= 15
    assert sum(carbs <= 0.20 and fat >= 0.50 for _, carbs, fat in split.values()) >= 30
    assert sum(0.40 <= carbs <= 0.55 and 0.20 <= protein <= 0.32 for protein, carbs, _ in split.values()) >= 30
