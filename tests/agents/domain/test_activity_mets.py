"""M-1 to M-4: the worked examples of energy and effort, and the table in the person's words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.activity_mets import (
    active_minutes,
    corrected_met,
    grade_of,
    gross_kcal,
    met_of,
    net_kcal,
    resting_ml,
)
from agents.domain.energy import rmr_kcal
from storage.reference.code_tables import rows


@pytest.mark.parametrize(
    ("met", "kg", "hours", "gross", "net"),
    [
        (4.8, 70, 0.5, 168.0, 133.0),
        (9.3, 70, 0.75, 488.25, 435.75),
        (3.5, 80, 1, 280, 200),
        (2.3, 60, 1, 138, 78),
        (8.0, 85, 0.5, 340, 297.5),
        (6.0, 80, 1.5, 720, 600),
    ],
)
def test_m1_gross_and_net_energy(met, kg, hours, gross, net):
    assert gross_kcal(met, weight_kg=kg, minutes=60 * hours) == pytest.approx(gross)
    assert net_kcal(met, weight_kg=kg, minutes=60 * hours) == pytest.approx(net)


@pytest.mark.parametrize("fault", [{"weight_kg": 0}, {"minutes": -1}])
def test_m1_refuses_what_nobody_weighs_or_does(fault):
    with pytest.raises(ValueError, match="above zero"):
        gross_kcal(3.0, **{"weight_kg": 70, "minutes": 30, **fault})


def test_m1_sleeping_adds_nothing_to_a_resting_budget():
    assert net_kcal(0.95, weight_kg=70, minutes=60) == 0


@pytest.mark.parametrize(
    ("sex", "age", "kg", "cm", "ml", "met", "corrected"),
    [
        ("female", 66, 95, 165, 2.179, 4.8, 7.71),
        ("female", 45, 120, 170, 2.172, 3.8, 6.12),
        ("male", 30, 70, 175, 3.271, 4.8, 5.14),
    ],
)
def test_m2_corrected_met(sex, age, kg, cm, ml, met, corrected):
    rmr = rmr_kcal(weight_kg=kg, height_cm=cm, age=age, sex=sex)
    assert resting_ml(rmr, weight_kg=kg) == pytest.approx(ml, abs=0.0005)
    assert corrected_met(met, rmr_kcal=rmr, weight_kg=kg) == pytest.approx(corrected, abs=0.005)


@pytest.mark.parametrize(("met", "grade"), [(2.9, "light"), (3.0, "moderate"), (5.9, "moderate"), (6.0, "vigorous")])
def test_m3_grades(met, grade):
    assert grade_of(met) == grade


def test_m3_a_vigorous_minute_counts_twice():
    assert active_minutes(moderate=40, vigorous=50) == 140


@pytest.mark.parametrize(("effort", "met"), [("light", 2.8), ("moderate", 4.5), ("hard", 7.5), (None, 4.5)])
def test_m4_an_unknown_activity_is_graded_by_effort_and_marked(effort, met):
    found = met_of("underwater basket weaving", effort=effort)
    assert (found.met, found.is_estimate) == (met, True)


@pytest.mark.parametrize(
    ("said", "minutes", "metres", "met"),
    [
        ("walk", 60, 3500, 2.8), ("walked", 60, 4200, 3.0), ("brisk walk", 60, 6000, 4.8), ("walking", 60, 6800, 5.5),
        ("run", 60, 8000, 8.5), ("ran", 60, 10000, 9.3), ("running", 60, 11500, 11.0), ("run", 60, 14000, 12.0),
        ("stroll", None, None, 3.8), ("jogging", 30, None, 7.5),
        ("e-bike ride", 30, None, 6.8), ("yoga", 30, None, 2.7),
    ],
)  # fmt: skip
def test_the_table_is_found_by_the_words_and_the_speed(said, minutes, metres, met):
    found = met_of(said, minutes=minutes, distance_m=metres)
    assert found.met == met
    assert not found.is_estimate


@settings(derandomize=True, deadline=None)
@given(st.floats(0.1, 60), st.floats(0.1, 60))
def test_going_faster_is_never_easier(slow, fast):
    slow, fast = sorted((slow, fast))
    for word in ("walk", "run"):
        mets = [met_of(word, minutes=60, distance_m=kmh * 1000).met for kmh in (slow, fast)]
        assert mets[0] <= mets[1]


def test_the_shipped_mets_are_the_ones_the_words_lead_to():
    shipped = {float(row["met"]) for row in rows("activity_mets")}
    for word in ("hike", "swim", "row", "rope", "pilates", "tennis", "dance", "mowing", "kettlebell"):
        assert met_of(word).met in shipped
