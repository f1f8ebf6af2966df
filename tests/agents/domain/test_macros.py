"""N-1..N-7: macros from kcal."""

from dataclasses import replace

import pytest

from agents.domain import macros
from agents.domain.profile import Profile

MAN_80 = Profile(
    sex="male", weight_kg=80, height_cm=180, age=30, work_activity="light", leisure_activity="light",
    primary_goal="fat_loss",
)  # fmt: skip
WOMAN_65 = Profile(sex="female", weight_kg=65, height_cm=165, age=35, primary_goal="fat_loss")


def test_n1_energy_of_grams():
    assert macros.kcal_of(protein_g=20, carbs_g=30, fat_g=10) == 290
    assert macros.Macros(20, 30, 10).kcal == 290


@pytest.mark.parametrize(
    ("weight", "height", "kg"), [(100, 175, 82.42), (120, 170, 84.19), (95, 165, 74.80), (80, 180, 80)]
)
def test_n2_reference_weight(weight, height, kg):
    assert macros.reference_weight_kg(weight_kg=weight, height_cm=height) == pytest.approx(kg, abs=0.005)


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
    ],
)
def test_n3_protein(change, is_deficit, rate):
    assert macros.protein_g_per_kg(replace(MAN_80, **change), is_deficit=is_deficit)[0] == rate


@pytest.mark.parametrize(
    ("kcal", "change", "grams"),
    [
        (1600, {"weight_kg": 65, "height_cm": 165, "sex": "female"}, (117.0, 163.0, 53.3)),
        (2800, {"weight_kg": 75, "primary_goal": "strength"}, (120.0, 370.0, 93.3)),
        (2100, {"weight_kg": 100, "height_cm": 175, "primary_goal": "strength"}, (131.9, 235.6, 70.0)),
    ],
)
def test_n6_examples(kcal, change, grams):
    found = macros.macros(kcal, replace(MAN_80, **change), is_deficit=True)
    assert (found.protein_g, found.carbs_g, found.fat_g) == pytest.approx(grams, abs=0.15)
    assert found.notes == ()


def test_n6_keto():
    person = replace(MAN_80, weight_kg=70, height_cm=175, primary_goal="strength", diet_type="keto")
    found = macros.macros(1800, person, is_keto=True)
    assert (found.protein_g, found.carbs_g, found.fat_g) == (112.0, 40.0, 132.4)


@pytest.mark.parametrize(("kcal", "fibre"), [(2400, 33.6), (1500, 25)])
def test_n5_fibre(kcal, fibre):
    assert macros.fibre_g(kcal) == pytest.approx(fibre)


def test_n7_tight_calories_lower_fat_then_protein_and_say_so():
    tight = macros.macros(1200, replace(WOMAN_65, weight_kg=70), is_deficit=True)
    assert tight.fat_g == 42.0
    assert tight.protein_g == 112.0
    assert [note.rule for note in tight.notes] == ["N-7", "N-7"]
    roomy = macros.macros(1450, replace(WOMAN_65, weight_kg=70), is_deficit=True)
    assert (roomy.fat_g, roomy.carbs_g, roomy.notes) == (pytest.approx(47.3, abs=0.1), pytest.approx(130, abs=0.2), ())


def test_mediterranean_eats_more_fat():
    usual, olive = (macros.macros(2400, replace(MAN_80, diet_type=diet)) for diet in ("omnivore", "mediterranean"))
    assert (usual.fat_g, olive.fat_g) == (80.0, 93.3)
