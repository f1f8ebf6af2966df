"""N-2, N-3 and N-7: how much protein, and how much food can bring."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain import protein
from agents.domain.profile import Profile

relaxed = settings(derandomize=True, deadline=None, max_examples=200)
MAN_80 = Profile(
    sex="male", weight_kg=80, height_cm=180, age=30, work_activity="light", leisure_activity="light",
    primary_goal="fat_loss",
)  # fmt: skip
WOMAN_80 = Profile(sex="female", weight_kg=80, height_cm=165, age=64, primary_goal="fat_loss")


@pytest.mark.parametrize(
    ("weight", "height", "kg"), [(100, 175, 82.42), (120, 170, 84.19), (95, 165, 74.80), (80, 180, 80)]
)
def test_n2_reference_weight(weight, height, kg):
    assert protein.reference_weight_kg(weight_kg=weight, height_cm=height) == pytest.approx(kg, abs=0.005)


@pytest.mark.parametrize(
    ("change", "is_deficit", "rate"),
    [
        ({}, True, 1.8),
        ({}, False, 1.4),
        ({"primary_goal": "muscle_gain"}, False, 1.8),
        ({"primary_goal": "endurance"}, False, 1.6),
        ({"primary_goal": None}, False, 1.4),
        ({"primary_goal": "flexibility", "age": 70}, False, 1.2),
        ({"workout_days": (), "leisure_activity": None, "age": 70}, False, 1.2),
        ({"workout_days": (), "leisure_activity": "very_light"}, False, 1.0),
        ({"workout_days": (), "leisure_activity": None}, True, 1.4),
        ({"workout_days": (), "leisure_activity": None, "pregnancy_week": 20}, False, 1.2),
        ({"conditions": ("kidney",)}, True, 0.8),
        ({"conditions": ("pku",)}, True, 0.8),
        ({"conditions": ("dialysis",)}, True, 0.8),
    ],
)
def test_n3_protein(change, is_deficit, rate):
    assert protein.g_per_kg(replace(MAN_80, **change), is_deficit=is_deficit) == rate


@pytest.mark.parametrize(("weight", "height", "rate", "grams"), [(100, 175, 1.6, 131.9), (95, 165, 1.8, 134.6)])
def test_n3_grams_of_a_rate(weight, height, rate, grams):
    assert round(rate * protein.reference_weight_kg(weight_kg=weight, height_cm=height), 1) == grams


def test_n3_a_meal_brings_a_quarter_to_four_tenths_of_a_gram_per_kg():
    assert protein.per_meal_g(80) == (20, 32)


@pytest.mark.parametrize("code", ["kidney", "dialysis", "pku"])
def test_n3_with_kidney_disease_or_pku_a_clinician_sets_the_protein(code):
    found = protein.need(2000, replace(MAN_80, conditions=(code,)), is_deficit=True)
    assert found.is_for_clinician
    assert "clinician" in found.notes[0].message


@pytest.mark.parametrize(
    ("diet", "grams", "told"), [("omnivore", 144, 0), ("vegetarian", 131.25, 1), ("vegan", 112.5, 1)]
)
def test_n7_protein_is_lowered_to_what_the_diet_brings_and_said(diet, grams, told):
    found = protein.need(1500, replace(WOMAN_80, diet_type=diet), is_deficit=True)
    assert found.wanted_g == pytest.approx(grams)
    assert [note.rule for note in found.notes] == ["N-7"] * told


def test_n7_protein_under_1_6_names_the_limit_that_broke():
    found = protein.need(1500, replace(WOMAN_80, diet_type="vegan"), is_deficit=True)
    assert "1.4 g per kg, under the usual 1.6" in found.notes[0].message


def test_a_big_eater_gets_at_least_an_eighth_or_so_of_the_energy_as_protein():
    supple = Profile(sex="female", weight_kg=60, height_cm=170, age=30, primary_goal="flexibility")
    assert protein.need(3000, supple, is_deficit=False).wanted_g == pytest.approx(0.12 * 3000 / 4)
    assert protein.need(4500, supple, is_deficit=False).wanted_g == pytest.approx(1.6 * 60)


@relaxed
@given(
    kcal=st.floats(1200, 5500),
    weight=st.floats(35, 220),
    height=st.floats(135, 215),
    age=st.integers(13, 90),
    goal=st.sampled_from([None, "fat_loss", "muscle_gain", "strength", "endurance", "flexibility"]),
    diet=st.sampled_from([None, "vegan", "vegetarian", "keto", "paleo"]),
    is_deficit=st.booleans(),
)
def test_n3_protein_stays_between_the_minimum_and_the_cap(kcal, weight, height, age, goal, diet, is_deficit):
    person = Profile(weight_kg=weight, height_cm=height, age=age, primary_goal=goal, diet_type=diet)
    found = protein.need(kcal, person, is_deficit=is_deficit)
    rates = [grams / protein.reference_weight_kg(weight_kg=weight, height_cm=height) for grams in
             (found.least_g, found.wanted_g)]  # fmt: skip
    assert 0.8 <= rates[0] <= rates[1] <= 2.2
    assert rates[0] >= (1.2 if age >= 65 else 1.0) - 1e-9
