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


def test_k20_inverse():
    found = timeline.intake_for_kcal(A, pal=1.5, weight_kg=92.0, day=180)
    assert found == pytest.approx(2414.8, abs=0.1)


@pytest.mark.parametrize(("weight", "day"), [(20, 30), (200, 30), (99, 0)])
def test_k20_an_unreachable_weight_has_no_intake(weight, day):
    assert timeline.intake_for_kcal(A, pal=1.5, weight_kg=weight, day=day) is None


def test_k21_a_timeline_shows_a_band_of_a_fifth_of_the_change():
    (start, later) = timeline.timeline(A, pal=1.5, intake_kcal=2398.3, days=(0, 180))
    assert (start.low_kg, start.weight_kg, start.high_kg) == (100, 100, 100)
    assert later.high_kg - later.low_kg == pytest.approx(0.4 * (100 - later.weight_kg))
    assert later.weight_kg == pytest.approx(91.72, abs=0.01)
    assert timeline.timeline(A, pal=1.5, intake_kcal=2398.3, days=()) == ()
