"""Orders about planned meals, and what only sounds like one."""

from datetime import UTC, date, datetime

import pytest

from agents.domain.profile import Profile
from agents.schemas import FillDay, Moment, Portions, Target
from agents.understanding.rules import Rules
from tests.support.cases import for_each

MOMENT = Moment(now=datetime(2026, 11, 23, 7, 0, tzinfo=UTC), profile=Profile(is_locked=True, version=1))  # a Monday
TODAY, TOMORROW, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)


def only(text: str, moment: Moment = MOMENT):
    (intent,) = Rules().read(text, moment).intents
    return intent.name, intent.payload


@pytest.mark.parametrize(
    ("text", "words", "on"),
    [
        ("swap dinner", "dinner", None), ("swap my lunch tomorrow please", "lunch", TOMORROW),
        ("something else for lunch tomorrow", "lunch", TOMORROW), ("I don't want the lentil soup", "lentil soup", None),
        ("can I have something different for dinner tonight?", "dinner", TODAY),
        ("another dish for dinner on Friday", "dinner", FRIDAY),
        ("give me an alternative to the curry", "curry", None),
        ("I'd like a different breakfast tomorrow", "breakfast", TOMORROW),
        ("I don't fancy the chili tonight", "chili", TODAY), ("change tonight's dinner", "dinner", TODAY),
        ("what else could I have for dinner?", "dinner", None), ("I hate today's lunch", "lunch", TODAY),
        ("instead of the tofu stew I want something else", "tofu stew", None),
        ("exchange Friday's dinner", "dinner", FRIDAY), ("swap the afternoon snack", "afternoon_snack", None),
        ("any other idea for breakfast?", "breakfast", None),
    ],
)  # fmt: skip
def test_another_dish_for_one_meal(text, words, on):
    assert only(text) == ("swap_meal", Target(words=words, on=on))


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("give me a different day tomorrow", TOMORROW), ("new meals for Friday", FRIDAY),
        ("other meals tomorrow please", TOMORROW), ("different meals on Friday", FRIDAY),
        ("regenerate tomorrow", TOMORROW), ("regenerate tomorrow's meals", TOMORROW), ("redo today's meals", TODAY),
        ("replan friday's meals", FRIDAY), ("change all meals tomorrow", TOMORROW),
        ("swap all the meals on Friday", FRIDAY), ("I want completely different food tomorrow", TOMORROW),
        ("change everything I eat tomorrow", TOMORROW), ("new menu for tomorrow", TOMORROW),
        ("can I have different meals on Friday", FRIDAY), ("plan tomorrow's meals again", TOMORROW),
        ("I don't like any of tomorrow's meals", TOMORROW), ("give me a new day", None), ("swap the whole day", None),
        ("new meals for 27 November", FRIDAY),
    ],
)  # fmt: skip
def test_a_whole_day_of_other_meals(text, on):
    assert only(text) == ("renew_day", Target(on=on))


@pytest.mark.parametrize(
    "text",
    [
        "what can I eat for the rest of today?", "fill the rest of my day",
        "what should I eat for the rest of the day?",
        "plan the rest of my day", "fill up my remaining macros", "what else can I eat today?",
        "what can I still eat today", "how do I hit my macros today?", "suggest meals for the rest of today",
        "what could I eat tonight to reach my targets", "what can I cook for the rest of the day",
        "give me ideas for the rest of the evening",
    ],
)  # fmt: skip
def test_the_rest_of_today(text):
    name, payload = only(text)
    assert name == "fill_day"
    assert isinstance(payload, FillDay)
    assert payload.foods == ()


@pytest.mark.parametrize(
    ("text", "foods", "slot"),
    [
        ("what can I cook with eggs, spinach and rice tonight?", ["eggs", "spinach", "rice"], "dinner"),
        ("what can I make with chicken and rice?", ["chicken", "rice"], None),
        ("I have eggs, spinach and rice. What can I cook?", ["eggs", "spinach", "rice"], None),
        ("I've got tofu and broccoli at home, what could I make for dinner?", ["tofu", "broccoli"], "dinner"),
        ("use up spinach and eggs tonight", ["spinach", "eggs"], "dinner"),
        ("cook something with chickpeas and spinach", ["chickpeas", "spinach"], None),
        ("what can I have for dinner with salmon and potatoes", ["salmon", "potatoes"], "dinner"),
        ("thanks! what can I cook with beans and rice?", ["beans", "rice"], None),
        ("in the fridge I have milk and eggs, any ideas?", ["milk", "eggs"], None),
        ("there is 200 g salmon, what should we eat for lunch", ["salmon"], "lunch"),
        ("make me something for dinner from pasta and tomatoes", ["pasta", "tomatoes"], "dinner"),
        ("what could we eat with the leftover rice", ["rice"], None),
    ],
)
def test_what_to_cook_with_what_is_at_hand(text, foods, slot):
    payload = Rules().read(text, MOMENT).first("fill_day").payload
    assert [item.name for item in payload.foods] == foods
    assert payload.slot == slot


def test_a_list_of_what_is_at_hand_logs_nothing():
    assert not Rules().read("I have eggs, spinach and rice. What can I cook?", MOMENT).has("log_food")


@pytest.mark.parametrize(
    ("text", "portions"),
    [
        ("dinner for four", Portions(4.0, 4, "dinner")), ("show the amounts for 2 people", Portions(2.0, 2)),
        ("half a portion", Portions(0.5)), ("double portion of lunch", Portions(2.0, None, "lunch")),
        ("lunch for two tomorrow", Portions(2.0, 2, "lunch", TOMORROW)),
        ("scale dinner to 3 people", Portions(3.0, 3, "dinner")), ("cook dinner for six", Portions(6.0, 6, "dinner")),
        ("how much do I need for two people?", Portions(2.0, 2)), ("amounts for 4", Portions(4.0, 4)),
        ("two portions of dinner", Portions(2.0, None, "dinner")), ("dinner for 2 please", Portions(2.0, 2, "dinner")),
        ("half portion of breakfast", Portions(0.5, None, "breakfast")),
        ("one and a half portions of lunch", Portions(1.5, None, "lunch")),
        ("I'm cooking for two tonight", Portions(2.0, 2, "", TODAY)), ("halve dinner", Portions(0.5, None, "dinner")),
    ],
)  # fmt: skip
def test_amounts_for_others_and_for_less_appetite(text, portions):
    assert only(text) == ("scale_meal", portions)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("shopping list", None), ("shopping list for the next 3 days", Target(days=3)),
        ("what do I need to buy for the next three days?", Target(days=3)),
        ("shopping list for 5 days", Target(days=5)),
        ("groceries for tomorrow", Target(on=TOMORROW)), ("make a shopping list for the next 2 days", Target(days=2)),
        ("shopping list for the weekend", Target(on=date(2026, 11, 28), days=2)),
        ("what should I buy this week", None), ("grocery list for the coming 4 days", Target(days=4)),
        ("show me the shopping list", None), ("shopping list for friday", Target(on=FRIDAY)),
        ("what do I need to buy for the next few days", Target(days=3)),
    ],
)  # fmt: skip
def test_the_shopping_list_and_its_days(text, target):
    assert only(text) == ("shopping_view", target)


NEAR_MISSES = [
    "swap Monday and Tuesday workouts", "I ate a different dinner", "I ate something else for dinner", "swap leg day",
    "I don't like mushrooms", "move dinner to 8pm", "something else hurts", "give me a new meal plan",
    "redo this week's meals", "new workout for friday", "different exercises on friday", "new week please",
    "what's for dinner", "what can I eat?", "I cooked eggs with spinach and rice", "I had eggs, spinach and rice",
    "rest day today?", "what can I drink with dinner", "fill in my profile", "I ate half a portion of lasagna",
    "dinner for 30 minutes", "remind me of dinner for four", "lunch for me", "I had dinner for two", "dinner at four",
    "for two weeks", "double the protein", "I have a nut allergy, what can I eat?", "what can I eat with diabetes",
    "I have a milk problem, what can I eat?", "I have lactose intolerance and a peanut allergy, what can I cook",
    "what can I eat with a peanut allergy", "what can I cook without eggs", "I have trouble with eggs, any ideas?",
    "I can't have milk and eggs. What can I cook?", "I have no eggs, what can I make?",
    "what can I do with a bad knee", "I need another day off tomorrow", "dinner for 100 people",
]  # fmt: skip
CHANGES = ("renew_day", "fill_day", "scale_meal", "swap_meal")


@for_each("text", NEAR_MISSES)
def test_what_only_sounds_like_a_change_of_meals_is_none(text):
    assert not Rules().read(text, MOMENT).has(*CHANGES)


def test_an_allergy_beside_a_question_about_food_is_still_heard():
    found = Rules().read("I have a nut allergy, what can I eat?", MOMENT).facts
    assert {fact.field for fact in found} == {"allergy"}


@pytest.mark.parametrize(
    "text", ["dinner for 7", "lunch for one", "half a portion", "what can I cook with eggs and rice?"]
)
def test_while_the_profile_is_asked_for_nothing_is_scaled_or_filled(text):
    asked = Moment(now=MOMENT.now, expecting="meal_times")
    assert not Rules().read(text, asked).has(*CHANGES)
