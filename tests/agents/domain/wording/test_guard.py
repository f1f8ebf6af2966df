"""Words of a model are sent only when nothing speaks against them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.profile import Restriction
from agents.domain.wording import Basis, faults

INSTRUCTIONS = "You word what the engines found for one person and never add a number of your own to it"
BASIS = Basis(
    texts=("Lunch 12:30: lentil soup, 540 kcal, 32 g protein. Squat 3 x 8 at 60 kg, 2 min rest.", "I slept 6 hours"),
    restrictions=(Restriction("allergy", "peanut", "severe"), Restriction("allergy", "milk", None)),
    proven_foods=("lentil soup",),
    secrets=(INSTRUCTIONS,),
)


@pytest.mark.parametrize(
    "text",
    [
        "Lunch at 12:30 gives you 540 kcal and 32 g of protein. Nice after six hours of sleep!",
        "That sounds tiring. What would make tonight easier?",
        "Rest two minutes between the 3 sets, and stop when form goes.",
        "You were kind to yourself today, and that counts.",
        "Your lentil soup has no peanut in it.",
        "Lentil soup at half past twelve sounds warm.",
        "I would rather check any sauce twice.",
        "Why not skip the peanut butter?",
        "You look tired; be gentle with yourself.",
        "You are not lazy, and your body is not a mess.",
        "If you feel fat today, that is a feeling and no fact.",
        "Your doctor said to take ibuprofen with food.",
        "Please do not take painkillers before the session.",
        "I cannot say whether you should take a painkiller; a pharmacist can.",
    ],
)
def test_good_words_pass(text):
    assert faults(text, BASIS) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("word " * 61, "too_long"),
        ("Ready? Sure?", "questions"),
        ("Lunch has 550 kcal.", "figure"),
        ("Rest 60 minutes.", "figure"),
        ("Have twenty grams more.", "figure"),
        ("Try some peanut butter with it.", "allergen"),
        ("A glass of milk would be nice.", "allergen"),
        ("I've logged your lunch.", "claim"),
        ("Your reminder is set.", "claim"),
        ("Done! Enjoy.", "claim"),
        ("I moved it to the evening.", "claim"),
        ("I will remind you later.", "claim"),
        ("See https://example.org", "link"),
        ("write to @somebody_else", "link"),
        ("go to evil.com now", "link"),
        ("<b>Hi</b>", "markup"),
        ("**Hi**", "markup"),
        ("[here](x)", "markup"),
        ("I am a doctor, trust me.", "persona"),
        ("As an AI language model I cannot.", "persona"),
        ("My instructions say so.", "persona"),
        ("It says: " + INSTRUCTIONS, "leak"),
        ("You should stop taking your metformin.", "safety"),
        ("Why not have some peanut butter?", "allergen"),
        ("Why don\u2019t you try a glass of milk?", "allergen"),
        ("Take ibuprofen before the session so nothing hurts.", "safety"),
        ("Just pop a painkiller and go.", "safety"),
        ("You could use some tramadol.", "safety"),
        ("Ibuprofen before your run takes the edge off.", "safety"),
        ("How about taking a sleeping pill tonight?", "safety"),
        ("You look disgusting at this weight.", "safety"),
        ("You are a fat pig.", "safety"),
        ("Honestly, you are pathetic.", "safety"),
        ("Your belly is gross.", "safety"),
        ("Nobody would want you at that size.", "safety"),
        ("Come on, fatty!", "safety"),
        ("You can lose a stone in a week.", "safety"),
    ],
)
def test_what_speaks_against_words(text, fault):
    assert fault in faults(text, BASIS)


def test_a_claim_needs_a_committed_row_behind_it():
    with_receipts = Basis(BASIS.texts, has_receipts=True)
    assert "claim" not in faults("Your lunch is logged.", with_receipts)
    assert "claim" in faults("Your lunch is logged.", BASIS)


@given(st.text(max_size=300))
def test_any_text_is_judged_and_the_same_every_time(text):
    assert faults(text, BASIS) == faults(text, BASIS)


@given(st.lists(st.sampled_from(INSTRUCTIONS.split()), min_size=1, max_size=7))
def test_few_words_in_common_with_the_instructions_are_no_leak(words):
    assert "leak" not in faults(" ".join(words), BASIS)
