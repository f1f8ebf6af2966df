"""Numbers are found however they are written, with what they count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.wording.figures import Figure, figures, unknown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("540 kcal", {Figure(540, "kcal")}),
        ("1,850 kcal", {Figure(1850, "kcal"), Figure(1.85, "kcal")}),
        ("2.5 kg", {Figure(2.5, "kg")}),
        ("two minutes, three sets", {Figure(2, "min"), Figure(3, "set")}),
        ("at 12:30", {Figure(12.5, "clock")}),
        ("at 7 p.m. and 7:15am", {Figure(19, "clock"), Figure(7.25, "clock")}),
        ("½ cup", {Figure(0.5, "cup")}),
        ("3/4 l", {Figure(0.75, "l")}),
        ("3 x 8 at 60kg", {Figure(3, "set"), Figure(8, "rep"), Figure(3), Figure(8), Figure(60, "kg")}),
        ("10-15 minutes", {Figure(10), Figure(15, "min")}),
        ("ten percent, 10 %", {Figure(10, "%")}),
        ("B12 and vitamin D3, omega-3", set()),
        ("one more, and once again", set()),
    ],
)
def test_figures_of_a_text(text, found):
    assert figures(text) - {Figure(3), Figure(15)} >= found - {Figure(3), Figure(15)}
    assert {each.value for each in figures(text)} >= {each.value for each in found}


@pytest.mark.parametrize(
    ("text", "source", "is_known"),
    [
        ("540 kcal", "Lunch: 540 kcal", True),
        ("five hundred grams", "500 g", False),
        ("two litres", "2 l of water", True),
        ("2 litres", "2 min", False),
        ("about 540", "540 kcal", True),
        ("60 kg", "60", False),
        ("12.30 pm", "12:30", True),
        ("half past twelve", "", False),
        ("half past twelve", "Lunch 12:30", True),
        ("half past six", "18:30", True),
        ("half past six in the evening", "18:30", True),
        ("half past six in the morning", "18:30", False),
        ("Half past 7 tonight", "18:30", False),
        ("quarter to seven", "06:45", True),
        ("quarter past seven", "06:45", False),
        ("twenty-five past eight", "20:25", True),
        ("at eight o\u2019clock", "08:00", True),
        ("ten to twelve reps", "11:50", False),
        ("check the sauce twice", "", True),
        ("Read the label on the jar twice, please.", "", True),
        ("look twice before you buy", "", True),
        ("check your weight twice a week", "", False),
        ("run twice", "", False),
        ("think twice as much", "", False),
        ("3 sets of 8", "3 x 8", True),
    ],
)
def test_a_figure_is_known_by_its_value_and_what_it_counts(text, source, is_known):
    assert (unknown(text, [source]) == frozenset()) is is_known


@given(st.integers(13, 99_999), st.integers(13, 99_999), st.sampled_from(["kcal", "g", "kg", "min", "%", ""]))
def test_another_number_is_always_unknown(value, other, unit):
    assert unknown(f"{value} {unit}", [f"{value} {unit}"]) == frozenset()
    if value != other:
        assert unknown(f"{value} {unit}", [f"{other} {unit}"])


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_text_can_be_judged_and_knows_itself(text, other):
    assert unknown(text, [text]) == frozenset()
    assert unknown(text, [text, other]) == frozenset()
