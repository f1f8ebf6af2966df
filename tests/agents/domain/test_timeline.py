"""K-20 and K-21: the dynamic weight model against its worked cases."""

import pytest

from agents.domain import timeline
from agents.domain.body import Body

A = Body(100, 180, 40, "male")
B = Body(80, 165, 35, "female")
C = Body(70, 180, 23, "male")
D = Body(60, 170, 28, "female")


@pytest.mark.parametrize(
    ("person", "pal", "kcal"), [(A, 1.5, 2898.3), (B, 1.4, 2096.2), (C, 1.6, 2745.8), (D, 1.6, 2181.0)]
)
def test_k20_maintenance(person, pal, kcal):
    assert timeline.maintenance_kcal(person, pal) == pytest.approx(kcal, abs=0.05)


@pytest.mark.parametrize(
    ("person", "pal", "intake", "expected"),
    [
        (A, 1.5, 2898.3 - 500, {7: 99.01, 14: 98.64, 28: 97.95, 84: 95.44, 180: 91.72, 365: 86.25}),
        (B, 1.4, 1500, {7: 78.53, 14: 78.09, 28: 77.27, 84: 74.24, 180: 69.65, 365: 62.59}),
        (C, 1.6, 2745.824, {7: 70, 14: 70, 28: 70, 84: 70, 180: 70, 365: 70}),
        (D, 1.6, 2181.04 + 300, {7: 60.75, 28: 61.48, 84: 63.08, 180: 65.19, 365: 67.81}),
    ],
)
def test_k20_cases(person, pal, intake, expected):
    weights = timeline.weights_kg(person, pal=pal, intake_kcal=intake, days=365)
    assert {day: weights[day] for day in expected} == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(("sex", "kcal"), [("male", 1716.14), ("female", 1550.14)])
def test_k20_resting_rate_of_the_model(sex, kcal):
    assert round(timeline.maintenance_kcal(Body(70, 180, 23, sex), 1.0), 2) == kcal


def test_k20_inverse():
    found = timeline.intake_for_kcal(A, pal=1.5, weight_kg=92.0, day=180)
    assert found == pytest.approx(2414.8, abs=0.1)


@pytest.mark.parametrize(
    ("person", "pal", "intake"), [(A, 1.5, 2398.3), (B, 1.4, 1500), (C, 1.6, 2745.824), (D, 1.6, 2481.04)]
)
def test_k20_the_weight_levels_off_where_the_model_comes_to_rest(person, pal, intake):
    after_twenty_years = timeline.weights_kg(person, pal=pal, intake_kcal=intake, days=7300)[-1]
    level = timeline.level_off_kg(person, pal=pal, intake_kcal=intake)
    assert level == pytest.approx(after_twenty_years, abs=0.01)


@pytest.mark.parametrize(("person", "pal", "intake", "line_kg"), [(A, 1.5, 2398.34, 76.3), (B, 1.4, 1500, 51.7)])
def test_k21_the_straight_line_promises_ten_kilograms_more_than_the_model(person, pal, intake, line_kg):
    a_year_of_deficit = 365 * (timeline.maintenance_kcal(person, pal) - intake)
    assert round(person.weight_kg - a_year_of_deficit / 7700, 1) == line_kg
    assert timeline.weights_kg(person, pal=pal, intake_kcal=intake, days=365)[-1] - line_kg > 9.9


@pytest.mark.parametrize(("weight", "day"), [(20, 30), (200, 30), (99, 0)])
def test_k20_an_unreachable_weight_has_no_intake(weight, day):
    assert timeline.intake_for_kcal(A, pal=1.5, weight_kg=weight, day=day) is None


def test_k21_a_timeline_shows_a_band_of_a_fifth_of_the_change():
    (start, later) = timeline.timeline(A, pal=1.5, intake_kcal=2398.3, days=(0, 180))
    assert (start.low_kg, start.weight_kg, start.high_kg) == (100, 100, 100)
    assert later.high_kg - later.low_kg == pytest.approx(0.4 * (100 - later.weight_kg))
    assert later.weight_kg == pytest.approx(91.72, abs=0.01)
    assert timeline.timeline(A, pal=1.5, intake_kcal=2398.3, days=()) == ()
