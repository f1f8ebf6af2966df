"""The built-in foods and the allergen words agree: what a name says, its row says (science.md N-31, N-33)."""

from agents.domain.allergen_derivation import derive
from agents.domain.foods import ALLERGENS
from storage.reference.food_tables import catalogue
from tests.support.cases import for_each

FOODS = {food.code: food for food in catalogue().foods}


@for_each("code", FOODS)
def test_what_a_foods_name_contains_its_row_contains(code):
    food = FOODS[code]
    named = {key for key, verdict in derive(food.name).items() if verdict.state == "contains"}
    assert named <= set(food.contains)


@for_each("code", FOODS)
def test_what_a_row_contains_its_name_never_clears(code):
    food = FOODS[code]
    cleared = {key for key, verdict in derive(food.name).items() if verdict.state == "clear"}
    assert cleared.isdisjoint(food.contains)


@for_each("code", FOODS)
def test_no_row_is_clear_of_what_one_of_its_synonyms_contains(code):
    food = FOODS[code]
    named = {
        (name, key) for name in food.synonyms for key, verdict in derive(name).items() if verdict.state == "contains"
    }
    assert not {(name, key) for name, key in named if key != "mammal" and food.state(key) == "clear"}


def test_both_speak_of_the_same_keys():
    assert tuple(derive("rice")) == ALLERGENS
