import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.foods import (
    ALLERGENS,
    STATE_RANK,
    Catalogue,
    Food,
    Ingredient,
    Nutrients,
    Recipe,
    Serving,
    highest,
    mentions,
    states_from,
    total,
)

STATES = st.dictionaries(st.sampled_from(ALLERGENS), st.sampled_from(["clear", "may", "contains"]))


def food(code="oats", name="Rolled oats", **more):
    figures = {"kcal": 379, "protein_g": 13, "carbs_g": 68, "fat_g": 6.5, "fibre_g": 10}
    return Food(code=code, name=name, group="grain", aisle="grains", **{**figures, **more})


def test_a_curated_food_is_clear_of_what_it_does_not_list():
    states = states_from(contains=["soy"], may=["gluten"], is_curated=True)
    assert states["soy"] == "contains"
    assert states["gluten"] == "may"
    assert states["milk"] == "clear"
    assert set(states) == set(ALLERGENS)


def test_a_compound_food_is_never_clear_by_absence():
    states = states_from(contains=["wheat"], may=[], clear=["fish"], is_curated=False)
    assert states["fish"] == "clear"
    assert states["milk"] == "may"


@pytest.mark.parametrize("lists", [(["nuts"], []), (["milk"], ["milk"])])
def test_an_unknown_or_repeated_allergen_is_an_error(lists):
    with pytest.raises(ValueError, match="unknown or listed twice"):
        states_from(contains=lists[0], may=lists[1], is_curated=True)


def test_a_food_without_a_state_counts_as_may():
    assert food().state("milk") == "may"
    assert food().contains == ()


def test_nutrients_follow_the_grams():
    assert food().of(50) == Nutrients(189.5, 6.5, 34.0, 3.25, 5.0)


def test_unmeasured_fibre_counts_as_none_in_a_sum_but_stays_unknown_in_the_food():
    plain = food(fibre_g=None)
    assert plain.fibre_g is None
    assert plain.of(100).fibre_g == 0.0


def test_a_total_is_rounded_to_two_decimals():
    assert total([Nutrients(0.104, 1, 0, 0, 0), Nutrients(0.104, 1, 0, 0, 0)]) == Nutrients(0.21, 2, 0, 0, 0)


def test_the_default_serving_is_the_marked_one_else_the_first():
    cup, bowl = Serving("cup", 80), Serving("bowl", 40, is_default=True)
    assert food(servings=(cup, bowl)).default_serving == bowl
    assert food(servings=(cup,)).default_serving == cup
    assert food().default_serving is None


def test_a_recipe_has_the_highest_state_of_its_foods():
    oats = food(allergens=states_from(contains=[], may=["gluten"], is_curated=True))
    drink = food("drink", "Soya drink", allergens=states_from(contains=["soy"], may=[], is_curated=True))
    recipe = Recipe(
        code="bowl", name="Bowl", kinds=("breakfast",), cuisine="x", minutes=5, skill="beginner", equipment=(),
        ingredients=(Ingredient("oats", 50), Ingredient("drink", 100)), steps=("Mix.",),
    )  # fmt: skip
    catalogue = Catalogue("1", (oats, drink), (recipe,), ())
    states = catalogue.allergens_of(recipe)
    assert (states["gluten"], states["soy"], states["milk"]) == ("may", "contains", "clear")
    assert catalogue.nutrients_of(recipe).kcal == 568.5
    assert catalogue.recipe("bowl") is recipe
    with pytest.raises(KeyError):
        catalogue.food("rice")


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(STATES, min_size=1, max_size=4))
def test_the_highest_state_is_never_below_any_food(tables):
    found = highest(tables)
    for table in tables:
        assert all(STATE_RANK[found[key]] >= STATE_RANK[table.get(key, "may")] for key in ALLERGENS)


def test_mentions_goes_by_whole_words():
    aubergine = food("aubergine", "Aubergine", synonyms=("eggplant",), flags=frozenset({"root_vegetable"}))
    assert mentions(aubergine, "Eggplants")
    assert mentions(aubergine, "root vegetables")
    assert not mentions(aubergine, "egg")
    assert not mentions(aubergine, "")
    assert not mentions(aubergine, "🥜")
