import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.schemas import FoodItem
from agents.understanding.food_names import grams_of, match_food
from storage.reference.food_tables import catalogue


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("egg", "egg"),
        ("eggs", "egg"),
        ("Eggplant", "aubergine"),
        ("butter", "butter"),
        ("pb", "peanut_butter"),
        ("peanut butter", "peanut_butter"),
        ("garbanzo beans", "chickpeas_tinned"),
        ("butternut squash", "butternut_squash"),
        ("milk", "milk_semi"),
        ("almond milk", "almond_milk"),
        ("rice", "rice_white_cooked"),
        ("brown rice", "rice_brown_cooked"),
        ("grilled chicken breast", "chicken_breast_cooked"),
        ("a bowl of porridge", "porridge_cooked"),
        ("toast", "bread_wholemeal"),
        ("tomatoes", "tomato"),
        ("scrambled eggs", "egg_scrambled"),
        ("bananna", "banana"),
        ("brocoli", "broccoli"),
        ("pears", "pear"),
        ("peas", "peas"),
        ("chocolate milk", "milk_chocolate_drink"),
        ("milk chocolate", "milk_chocolate"),
    ],
)
def test_a_clear_name_is_matched_for_sure(words, code):
    found = match_food(words, catalogue())
    assert found.food is not None
    assert found.food.code == code
    assert found.is_sure


@pytest.mark.parametrize("words", ["sourdough pizza", "scrambled tofu", "garlic prawns", "nuts", "beans"])
def test_half_a_match_is_asked_with_candidates(words):
    found = match_food(words, catalogue())
    assert 80 <= found.score < 90
    assert not found.is_sure
    assert 1 <= len(found.candidates) <= 3


@pytest.mark.parametrize("words", ["xyzzy", "", "🍕", "quandong", "2", "قهوة", "slartibartfast stew"])
def test_the_unknown_is_not_guessed(words):
    assert match_food(words, catalogue()).food is None


def test_every_name_and_synonym_finds_its_own_food():
    for food in catalogue().foods:
        for phrase in (food.name, *food.synonyms):
            found = match_food(phrase, catalogue())
            assert found.food is food, phrase
            assert found.is_sure


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.text(max_size=60))
def test_any_text_gives_an_answer(text):
    found = match_food(text, catalogue())
    assert 0 <= found.score <= 100
    assert (found.food is None) == (found.score < 80)


@pytest.mark.parametrize(
    ("item", "code", "grams", "source"),
    [
        (FoodItem("rice", grams=180), "rice_white_cooked", 180, "stated"),
        (FoodItem("milk", ml=200), "milk_semi", 206, "stated"),
        (FoodItem("eggs", 2), "egg", 100, "stated"),
        (FoodItem("bread", 2, "slices"), "bread_wholemeal", 72, "stated"),
        (FoodItem("oil", 1, "tablespoon"), "olive_oil", 14, "stated"),
        (FoodItem("honey", 2, "tsp"), "honey", 14, "stated"),
        (FoodItem("oil", 1, "cup"), "olive_oil", 240 * 0.92, "stated"),
        (FoodItem("rice", 1, "cup"), "rice_white_cooked", 158, "stated"),
        (FoodItem("rice"), "rice_white_cooked", 158, "default_serving"),
        (FoodItem("rice", 2, "shovels"), "rice_white_cooked", 316, "default_serving"),
        (FoodItem("egg", -3), "egg", 50, "default_serving"),
        (FoodItem("egg", grams=0), "egg", 50, "default_serving"),
    ],
)
def test_amounts_become_grams(item, code, grams, source):
    assert grams_of(item, catalogue().food(code)) == (pytest.approx(grams), source)
