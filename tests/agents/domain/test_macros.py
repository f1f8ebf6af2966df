"""N-1, N-4..N-8: macros from kcal."""

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


def test_n1_fibre_of_a_european_label_brings_two_kcal_a_gram_on_top():
    assert macros.kcal_of(protein_g=20, carbs_g=30, fat_g=10, eu_fibre_g=10) == 310


def test_n8_half_a_litre_of_five_percent_beer():
    grams = macros.alcohol_g(drink_ml=500, percent=5)
    assert round(grams, 1) == 19.7
    assert round(macros.kcal_of(protein_g=0, carbs_g=0, fat_g=0, alcohol_g=grams)) == 138
    assert macros.uk_units(drink_ml=500, percent=5) == 2.5


@pytest.mark.parametrize(
    ("kcal", "protein", "fat_share", "grams"),
    [
        (1600, 1.8 * 65, 0.30, (117.0, 53.3, 163.0)),
        (2400, 2.0 * 80, 0.25, (160.0, 66.7, 290.0)),
        (2100, 1.6 * 82.4181, 0.30, (131.9, 70.0, 235.6)),
        (1500, 110, 0.35, (110.0, 58.3, 133.8)),
        (2800, 1.6 * 75, 0.30, (120.0, 93.3, 370.0)),
    ],
)
def test_n6_examples_to_the_tenth(kcal, protein, fat_share, grams):
    found = macros.split(kcal, protein_g=protein, fat_g=fat_share * kcal / 9)
    assert (found.protein_g, found.fat_g, found.carbs_g) == grams
    assert found.kcal == pytest.approx(kcal, abs=1)


def test_n6_keto_example():
    found = macros.keto_split(1800, protein_g=112, carbs_g=40)
    assert (found.protein_g, found.carbs_g, found.fat_g) == (112.0, 40.0, 132.4)


@pytest.mark.parametrize(
    ("kcal", "change", "grams"),
    [
        (1600, {"weight_kg": 65, "height_cm": 165, "sex": "female"}, (117.0, 163.0, 53.3)),
        (2800, {"weight_kg": 75, "primary_goal": "strength"}, (120.0, 370.0, 93.3)),
        (2100, {"weight_kg": 100, "height_cm": 175, "primary_goal": "strength"}, (131.9, 235.6, 70.0)),
    ],
)
def test_n6_examples_come_out_of_profiles(kcal, change, grams):
    found = macros.macros(kcal, replace(MAN_80, **change), is_deficit=True)
    assert (found.protein_g, found.carbs_g, found.fat_g) == grams
    assert found.notes == ()


def test_keto_carbohydrate_counts_fibre_and_stays_under_fifty_grams_five_percent_over():
    person = replace(MAN_80, weight_kg=70, height_cm=175, primary_goal="strength", diet_type="keto")
    found = macros.macros(1800, person, is_keto=True)
    assert found.protein_g == 112.0
    assert found.carbs_g * 1.05 <= 50
    assert found.kcal == pytest.approx(1800, abs=1)


def test_n7_keto_lowers_protein_before_fat_goes_under_its_minimum():
    heavy = replace(WOMAN_65, weight_kg=88, height_cm=172, diet_type="keto")
    found = macros.macros(1450, heavy, is_deficit=True, is_keto=True)
    assert found.fat_g >= 0.6 * 88
    assert 1.6 * 88 - 0.1 <= found.protein_g < 1.8 * 88
    assert [note.rule for note in found.notes] == ["N-7"]


@pytest.mark.parametrize(("kcal", "fibre"), [(2400, 33.6), (1500, 25)])
def test_n5_fibre(kcal, fibre):
    assert macros.fibre_g(kcal) == pytest.approx(fibre)


def test_n5_keto_asks_for_no_more_fibre_than_its_carbohydrate_can_hold():
    assert macros.fibre_g(3000, is_keto=True) == 25 < macros.KETO_CARBS_G


def test_n7_tight_calories_lower_fat_then_protein_and_say_so():
    tight = macros.macros(1200, replace(WOMAN_65, weight_kg=70), is_deficit=True)
    assert tight.fat_g == 42.0
    assert tight.protein_g == 112.0
    assert [note.rule for note in tight.notes] == ["N-7", "N-7"]
    roomy = macros.macros(1450, replace(WOMAN_65, weight_kg=70), is_deficit=True)
    assert (roomy.fat_g, roomy.carbs_g, roomy.notes) == (pytest.approx(47.3, abs=0.1), pytest.approx(130, abs=0.2), ())


def test_n7_protein_gives_way_to_the_least_fat_and_carbohydrate_and_it_is_said():
    short = replace(WOMAN_65, weight_kg=72, height_cm=157)
    found = macros.macros(1310, short, is_deficit=True)
    assert found.protein_g == round(1.6 * 72, 1)
    assert found.notes[0].message == "I lowered protein a little so that the other limits fit inside your calories."


@pytest.mark.parametrize("diet", ["mediterranean", "paleo"])
def test_n4_some_diets_eat_more_fat(diet):
    usual, olive = (macros.macros(2400, replace(MAN_80, diet_type=name)) for name in ("omnivore", diet))
    assert (usual.fat_g, olive.fat_g) == (80.0, 93.3)
