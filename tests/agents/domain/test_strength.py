"""T-1, T-2, T-3, T-8: the worked examples of strength arithmetic."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain import strength
from agents.domain.profile import Profile

TRAINED = Profile(age=34, fitness_level="intermediate", conditions=())


@pytest.mark.parametrize(
    ("kg", "reps", "epley", "brzycki", "mean"),
    [
        (100, 5, 116.67, 112.50, 114.58),
        (100, 10, 133.33, 133.33, 133.33),
        (60, 8, 76.00, 74.48, 75.24),
        (80, 3, 88.00, 84.71, 86.35),
        (140, 2, 149.33, 144.00, 146.67),
        (100, 1, 100.00, 100.00, 100.00),
    ],
)
def test_t1_one_rep_maximum(kg, reps, epley, brzycki, mean):
    assert strength.epley_kg(kg, reps) == pytest.approx(epley, abs=0.005)
    assert strength.brzycki_kg(kg, reps) == pytest.approx(brzycki, abs=0.005)
    assert strength.one_rep_max_kg(kg, reps) == pytest.approx(mean, abs=0.0051)


def test_t1_repetitions_in_reserve_count_as_done_up_to_ten():
    assert strength.one_rep_max_kg(60, 8, rir=2) == pytest.approx(80.0)
    assert strength.one_rep_max_kg(60, 8, rir=3) is None
    assert strength.one_rep_max_kg(60, 11) is None


@pytest.mark.parametrize(("kg", "reps", "rir"), [(0, 5, 0), (60, 0, 0), (60, 5, -1)])
def test_t1_refuses_what_is_no_lift(kg, reps, rir):
    with pytest.raises(ValueError, match="a lift has a weight"):
        strength.one_rep_max_kg(kg, reps, rir=rir)


def test_t1_true_maximum_is_not_asked_of_beginners_minors_pregnant_or_unknown_people():
    assert strength.may_test_maximum(TRAINED)
    assert not strength.may_test_maximum(replace(TRAINED, fitness_level="beginner"))
    assert not strength.may_test_maximum(replace(TRAINED, fitness_level=None))
    assert not strength.may_test_maximum(replace(TRAINED, age=17))
    assert not strength.may_test_maximum(replace(TRAINED, age=None))
    assert not strength.may_test_maximum(replace(TRAINED, pregnancy_week=10))


@pytest.mark.parametrize(("rpe", "rir"), [(10, 0), (9, 1), (8, 2), (7, 3), (6, 4), (4, 4)])
def test_t2_effort_and_reserve(rpe, rir):
    assert strength.rir_of_rpe(rpe) == rir


@pytest.mark.parametrize(
    ("reps", "rpe", "percent"),
    [
        (5, 8, 81.1),
        (3, 9, 89.2),
        (8, 8, 73.9),
        (10, 9, 70.7),
        (5, 8.5, 82.4),
        (12, 8, None),
        (12, 10, 68.0),
        (1, 10, 100),
    ],
)
def test_t3_percent_of_the_maximum(reps, rpe, percent):
    found = strength.percent_of_max(reps, rpe=rpe)
    assert found == (None if percent is None else pytest.approx(percent, abs=0.001))


def test_t3_a_load_is_rounded_down_to_what_exists():
    assert strength.working_load_kg(112.5, 8, rpe=8) == 82.5
    assert strength.working_load_kg(112.5, 5, rpe=8) == 90.0
    assert strength.working_load_kg(112.5, 8, rpe=8, available_kg=(20, 50, 80, 90)) == 80
    assert strength.working_load_kg(112.5, 12, rpe=8) is None
    assert strength.round_down_kg(3, available_kg=(4, 6)) is None
    assert strength.round_down_kg(2.4) is None
    assert strength.round_down_kg(60.0) == 60.0


def test_t8_the_ramp_to_a_working_load():
    assert strength.ramp_kg(100) == ((40.0, 8), (60.0, 5), (80.0, 2))
    assert strength.ramp_kg(5) == ((2.5, 5),)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.floats(1, 400), st.sampled_from([0.5, 1.0, 1.25, 2.5, 5.0]))
def test_a_rounded_load_never_exceeds_the_wish_and_is_less_than_a_step_below(load, step):
    found = strength.round_down_kg(load, step_kg=step)
    if found is None:
        assert load < step
    else:
        assert load - step < found <= load + 1e-6
