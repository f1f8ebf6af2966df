"""Figures of a label are believed only where food can have them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.product import Product, portions_g, product_of

OATS = Product("Oat biscuits", 450.0, 7.0, 65.0, 18.0, fibre_g=5.0, sugar_g=22.0, sat_fat_g=3.0, serving_g=25.0)
FIGURE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e6, max_value=1e6)


@pytest.mark.parametrize(
    "product",
    [
        OATS,
        Product("Water", 0.0, 0.0, 0.0, 0.0),
        Product("Olive oil", 884.0, 0.0, 0.0, 100.0, sat_fat_g=14.0),
        Product("Skyr", 63.0, 11.0, 4.0, 0.2),
        Product("Psyllium husk", 200.0, 2.0, 88.0, 1.0, fibre_g=85.0),
        Product("Whey", 380.0, 78.0, 7.0, 5.0),
    ],
)
def test_real_labels_are_plausible(product: Product) -> None:
    assert product.is_plausible


@pytest.mark.parametrize(
    "change",
    [
        {"kcal": 1883.0},  # the kilojoules
        {"kcal": 45.0},  # a slipped comma
        {"protein_g": 70.0},
        {"fat_g": 118.0},
        {"sugar_g": 80.0},
        {"sat_fat_g": 30.0},
        {"fibre_g": -1.0},
        {"carbs_g": -65.0},
        {"kcal": -450.0},
        {"protein_g": 0.7, "carbs_g": 6.5, "fat_g": 1.8, "sugar_g": 2.0, "sat_fat_g": 0.3},  # for a tenth of the amount
    ],
)
def test_figures_that_contradict_one_another_are_not(change: dict[str, float]) -> None:
    assert not replace(OATS, **change).is_plausible  # type: ignore[arg-type]  # fields by name


@given(FIGURE, FIGURE, FIGURE, FIGURE)
def test_what_is_plausible_has_no_more_energy_than_fat(kcal: float, protein: float, carbs: float, fat: float) -> None:
    product = Product("x", kcal, protein, carbs, fat)
    assert not product.is_plausible or (0 <= kcal <= 910 and protein + carbs + fat <= 105)


def test_a_product_survives_being_written_down() -> None:
    assert product_of(OATS.written()) == OATS


def test_portions_follow_the_serving_of_the_label() -> None:
    assert portions_g(OATS) == (12.0, 25.0, 50.0)
    assert portions_g(replace(OATS, serving_g=None)) == (30.0, 50.0, 100.0)
    assert portions_g(replace(OATS, serving_g=1.0)) == (1.0, 2.0)
    assert portions_g(replace(OATS, serving_g=5000.0)) == (30.0, 50.0, 100.0)
