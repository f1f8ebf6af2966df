from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.profile import Profile, Restriction
from agents.schemas import Fact, Moment
from agents.understanding.facts import facts
from agents.understanding.food_lists import allergens_of

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def restrictions(text, asked=None, op="add", **profile):
    found, _ = facts(text, Moment(now=NOW, expecting=asked, profile=Profile(**profile)))
    return [f.value for f in found if isinstance(f.value, Restriction) and f.op == op]


def codes(text, asked=None):
    return [r.code for r in restrictions(text, asked)]


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("nuts", ["tree_nut", "peanut"]), ("tree nuts", ["tree_nut"]), ("shellfish", ["crustacean", "mollusc"]),
        ("seafood", ["fish", "crustacean", "mollusc"]), ("dairy", ["milk"]), ("gluten", ["gluten", "wheat"]),
        ("cow's milk", ["milk"]), ("eggs", ["egg"]), ("prawns", ["crustacean"]), ("cashews", ["tree_nut"]),
        ("sulfites", ["sulphite"]), ("soya", ["soy"]), ("pine nuts", ["tree_nut", "pine nut"]), ("lupin", ["lupin"]),
    ],
)  # fmt: skip
def test_words_become_allergen_keys(said, keys):
    assert codes(f"I'm allergic to {said}") == keys


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("coconut milk", ["coconut"]), ("almond milk", ["tree_nut"]), ("peanut butter", ["peanut"]),
        ("oat milk", ["oat milk"]), ("butternut squash", ["butternut squash"]), ("nutmeg", ["nutmeg"]),
        ("buckwheat", ["buckwheat"]), ("eggplant", ["eggplant"]), ("oyster mushrooms", ["oyster mushroom"]),
        ("cocoa butter", ["cocoa butter"]), ("water chestnuts", ["water chestnut"]), ("soy milk", ["soy"]),
    ],
)  # fmt: skip
def test_false_friends_hide_the_allergen_inside_them(said, keys):
    assert codes(f"allergic to {said}") == keys


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.from_regex(r"[b-df-hj-np-tv-z][aeiou][a-z]{3,8}o", fullmatch=True))
def test_an_unknown_allergy_word_is_never_dropped(word):
    assert allergens_of((word,))
    assert codes(word, "allergies")[:1] == list(allergens_of((word,)))[:1]


def test_a_typo_is_never_guessed_into_another_allergen():
    assert codes("allergic to walnot") == ["walnot"]
    assert codes("allergic to penuts") == ["peanut"]  # a curated spelling


def test_a_mild_word_relaxes_only_its_neighbour_and_a_severe_one_counts_for_all():
    assert [(r.code, r.severity) for r in restrictions("I'm allergic to eggs and milk, mild")] == [
        ("egg", None), ("milk", "mild"),
    ]  # fmt: skip
    assert [(r.code, r.severity) for r in restrictions("I'm allergic to eggs and milk, severe")] == [
        ("egg", "severe"), ("milk", "severe"),
    ]  # fmt: skip
    assert [(r.code, r.severity) for r in restrictions("severely allergic to eggs")] == [("egg", "severe")]


def test_the_label_is_what_the_person_said():
    assert restrictions("I'm allergic to Prawns") == [Restriction("allergy", "crustacean", None, "Prawns")]


def test_none_is_an_answer_only_where_it_was_asked():
    assert facts("none", Moment(now=NOW, expecting="allergies"))[0] == (Fact("allergy", "", "none", "none"),)
    assert facts("none", Moment(now=NOW)) == ((), ())


def test_the_same_words_answer_different_questions():
    assert [(r.kind, r.code) for r in restrictions("peanuts and sesame", "allergies")] == [
        ("allergy", "peanut"), ("allergy", "sesame"),
    ]  # fmt: skip
    assert [(r.kind, r.code) for r in restrictions("peanuts and sesame", "dislikes")] == [
        ("dislike", "peanuts"), ("dislike", "sesame"),
    ]  # fmt: skip


def test_what_can_be_eaten_again_is_lifted_as_it_is_on_file():
    disliked = (Restriction("dislike", "eggs"),)
    lactose = (Restriction("intolerance", "lactose"),)
    assert restrictions("I can eat eggs again", op="remove") == [Restriction("allergy", "egg", None, "eggs")]
    assert [r.kind for r in restrictions("I can eat eggs again", op="remove", restrictions=disliked)] == ["dislike"]
    assert [r.code for r in restrictions("I can have dairy now", op="remove", restrictions=lactose)] == ["lactose"]


@pytest.mark.parametrize(
    ("text", "diet"),
    [
        ("I don't eat meat", "vegetarian"), ("I don't eat meat or fish", "vegetarian"),
        ("I eat fish but no meat", "pescatarian"), ("I'm vegetarian but I eat fish", "pescatarian"),
        ("I don't eat meat, fish, eggs or dairy", "vegan"), ("mostly plant-based", "vegan"),
    ],
)  # fmt: skip
def test_what_is_left_out_tells_the_diet(text, diet):
    assert [f.value for f in facts(text, Moment(now=NOW))[0] if f.field == "diet_type"] == [diet]


@pytest.mark.parametrize(
    "text",
    [
        "vegan burger for lunch",
        "used to be vegetarian",
        "are you vegan?",
        "my mum is vegan",
        "I was vegan",
        "not vegan",
    ],
)
def test_a_diet_word_is_not_yet_a_diet(text):
    assert facts(text, Moment(now=NOW)) == ((), ())


def test_a_wish_to_change_the_diet_is_asked_back():
    assert facts("I'm thinking of going vegan", Moment(now=NOW))[0][0].confidence < 0.6
