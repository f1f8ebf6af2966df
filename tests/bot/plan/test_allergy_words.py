"""Allergies as people write them into a file: every food that is named counts (N-31, N-37)."""

import pytest

from bot.plan.allergy_words import keys_of, parts_of


def keys(phrase: str) -> set[str]:
    return {key for part in parts_of(phrase) for key in keys_of(part)}


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("peanut", {"peanut"}),
        ("Peanuts", {"peanut"}),
        ("peanut, milk", {"peanut", "milk"}),
        ("peanuts and milk", {"peanut", "milk"}),
        ("eggs, fish and soy", {"egg", "fish", "soy"}),
        ("egg/fish;soy", {"egg", "fish", "soy"}),
        ("prawns & fish", {"crustacean", "fish"}),
        ("Milk Allergy", {"milk"}),
        ("severe nut allergy", {"tree_nut", "peanut"}),
        ("allergic to nuts", {"tree_nut", "peanut"}),
        ("peanut (severe)", {"peanut"}),
        ("no dairy", {"milk"}),
        ("gluten-free", {"gluten", "wheat"}),
        ("tree_nut", {"tree_nut"}),
        ("tree-nuts", {"tree_nut"}),
        ("shellfish", {"crustacean", "mollusc"}),
        ("seafood", {"fish", "crustacean", "mollusc"}),
        ("I'm allergic to eggs.", {"egg"}),
    ],
)
def test_every_food_of_a_phrase_is_found(phrase: str, found: set[str]) -> None:
    assert keys(phrase) == found


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("strawberries", ("strawberries",)),
        ("kiwi and banana", ("kiwi", "banana")),
        ("allergy", ("allergy",)),
        ("   ", ("",)),
    ],
)
def test_what_has_no_key_stays_a_word_of_its_own(phrase: str, parts: tuple[str, ...]) -> None:
    assert parts_of(phrase) == parts
    assert not any(keys_of(part) for part in parts)
