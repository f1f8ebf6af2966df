"""What was eaten, and what only sounds like it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.schemas import Amount, FoodItem, Moment
from agents.understanding.rules import Rules

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


def eaten(text: str, **moment):
    intent = Rules().read(text, Moment(now=NOW, **moment)).first("log_food")
    return intent.payload if intent else None


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("200g rice", FoodItem("rice", quantity=200.0, unit="g", grams=200.0)),
        ("rice 200 g", FoodItem("rice", quantity=200.0, unit="g", grams=200.0)),
        ("a glass of milk", FoodItem("milk", quantity=1.0, unit="glass", ml=250.0)),
        ("1/2 cup oats", FoodItem("oats", quantity=0.5, unit="cup", ml=120.0)),
        ("1½ bananas", FoodItem("bananas", quantity=1.5)),
        ("one and a half bananas", FoodItem("bananas", quantity=1.5)),
        ("a couple of biscuits", FoodItem("biscuits", quantity=2.0)),
        ("half an avocado", FoodItem("avocado", quantity=0.5)),
        ("half a pizza", FoodItem("pizza", quantity=0.5)),
        ("4 oz chicken breast", FoodItem("chicken breast", quantity=4.0, unit="oz", grams=113.4)),
        ("2 tbsp of peanut butter", FoodItem("peanut butter", quantity=2.0, unit="tbsp", ml=30.0)),
        ("had a bowl of soup", FoodItem("soup", quantity=1.0, unit="bowl")),
        ("I ate pizza", FoodItem("pizza")),
    ],
)
def test_an_amount_of_food_is_read(text, item):
    found = eaten(text)
    assert found is not None
    assert found.items == (item,)


def test_a_bare_food_is_only_a_guess():
    understood = Rules().read("grilled chicken salad", Moment(now=NOW))
    assert understood.first("log_food").confidence == 0.5


def test_a_list_keeps_its_order_and_its_meal():
    found = eaten("2 eggs and a slice of toast with butter for breakfast")
    assert found.items == (
        FoodItem("eggs", quantity=2.0),
        FoodItem("toast", quantity=1.0, unit="slice"),
        FoodItem("butter"),
    )
    assert found.slot == "breakfast"


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("lunch was a cheese sandwich", "lunch"), ("for dinner I had salmon", "dinner"), ("snack: an apple", "snack"),
        ("had dates at iftar", "iftar"), ("yoghurt as an afternoon snack", "afternoon_snack"), ("I ate pizza", None),
    ],
)  # fmt: skip
def test_the_meal_is_named_before_or_behind(text, slot):
    assert eaten(text).slot == slot


def test_pairs_that_are_one_dish_stay_whole():
    assert [item.name for item in eaten("had mac and cheese and a salad").items] == ["mac and cheese", "salad"]


def test_the_time_of_eating_is_kept_where_it_was_said():
    assert eaten("I had a bowl of soup at 1pm").at == NOW.replace(hour=13)
    assert eaten("yesterday I had pizza for dinner").at == datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
    assert eaten("had a banana").at is None


@pytest.mark.parametrize(
    "text",
    [
        "I never eat breakfast", "I usually have oats for breakfast", "I had knee surgery", "I had a rough meeting",
        "eggs?",
        "can I eat eggs every day?", "I didn't eat lunch", "I want to eat pizza", "I'm allergic to eggs",
        "no eggs please",
        "30 g protein", "I weigh 180 pounds", "20 minutes", "I had a headache", "I love pizza",
        "remind me to eat eggs at 8",
        "0 eggs", "1/0 cup milk", "my dog ate 2 eggs", "my wife made a chicken salad",
        "I agree with everything you said about protein", "what should I eat?", "water", "drank 500 ml",
    ],
)  # fmt: skip
def test_what_only_sounds_like_eating_is_not_logged(text):
    assert eaten(text) is None


def test_a_bare_list_answers_an_open_question_instead():
    assert eaten("eggs and peanuts", expecting="allergies") is None
    assert eaten("I just ate eggs and toast", expecting="allergies") is not None


@pytest.mark.parametrize(
    ("text", "ml"),
    [
        ("drank 2 glasses of water", 500.0), ("half a litre", 500.0), ("had a bottle of water", 500.0),
        ("+250 ml", 250.0),
        ("a cup of water", 240.0), ("I drank 1.5 litres today", 1500.0), ("water 300", 300.0),
        ("33 cl of water", 330.0),
    ],
)  # fmt: skip
def test_water_is_measured_in_millilitres(text, ml):
    assert Rules().read(text, Moment(now=NOW)).first("log_water").payload == Amount(ml, "ml")


@pytest.mark.parametrize(
    "text", ["I drink 2 litres of water a day", "drank 500 ml of milk", "should I drink 2 litres?"]
)
def test_habits_and_other_drinks_are_no_water(text):
    assert not Rules().read(text, Moment(now=NOW)).has("log_water")


def test_water_alone_is_asked_about():
    intent = Rules().read("water", Moment(now=NOW)).first("log_water")
    assert intent is not None
    assert intent.payload is None


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.integers(1, 999), st.sampled_from(["rice", "chicken", "oats", "potatoes"]))
def test_grams_are_never_changed(grams, food):
    (item,) = eaten(f"{grams} g {food}").items
    assert (item.name, item.grams) == (food, float(grams))
