"""Sets in gym notation."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.profile import Profile
from agents.schemas import Moment, SetEntry
from agents.understanding.rules import Rules

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


def entries(text: str, units="metric") -> tuple[SetEntry, ...]:
    intent = Rules().read(text, Moment(now=NOW, profile=Profile(units=units))).first("log_sets")
    return intent.payload.entries if intent else ()


def test_a_line_of_sets_carries_the_exercise_but_not_to_body_weight():
    assert entries("bench 60x8 @8, 3x5x100, bw+10x6") == (
        SetEntry("bench press", 1, 8, weight_kg=60.0, rpe=8.0),
        SetEntry("bench press", 3, 5, weight_kg=100.0),
        SetEntry(None, 1, 6, weight_kg=10.0, is_bodyweight=True),
    )


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("squats 3 sets of 10 at 60 kg", SetEntry("squat", 3, 10, weight_kg=60.0)),
        ("deadlift 100kg x 5 x 3", SetEntry("deadlift", 3, 5, weight_kg=100.0)),
        ("deadlift 100x5x3", SetEntry("deadlift", 3, 5, weight_kg=100.0)),
        ("3x5x100", SetEntry(None, 3, 5, weight_kg=100.0)),
        ("60x8", SetEntry(None, 1, 8, weight_kg=60.0)),
        ("8x60", SetEntry(None, 1, 8, weight_kg=60.0)),
        ("squat 5x5", SetEntry("squat", 5, 5)),
        ("plank 3x45s", SetEntry("plank", 3, None, is_bodyweight=True, duration_seconds=45)),
        ("pull-ups 3x8", SetEntry("pull-up", 3, 8, is_bodyweight=True)),
        ("3x10 push-ups", SetEntry("push-up", 3, 10, is_bodyweight=True)),
        ("20 push-ups", SetEntry("push-up", 1, 20, is_bodyweight=True)),
        ("ohp 40 kg x 6, RIR 2", SetEntry("overhead press", 1, 6, weight_kg=40.0, rpe=8.0)),
        ("bench 3x8 @ 80kg rpe 9", SetEntry("bench press", 3, 8, weight_kg=80.0, rpe=9.0)),
        ("bench 80 kg 8 reps", SetEntry("bench press", 1, 8, weight_kg=80.0)),
        ("3 sets of squats", SetEntry("squat", 3, None)),
        ("bw x 12", SetEntry(None, 1, 12, is_bodyweight=True)),
        ("bench 62,5x8", SetEntry("bench press", 1, 8, weight_kg=62.5)),
    ],
)
def test_one_notation_is_one_set_entry(text, entry):
    assert entries(text) == (entry,)


def test_pounds_are_kept_as_kilograms():
    assert entries("bench 135 lb x 5")[0].weight_kg == 61.23
    assert entries("bench 135x5", units="imperial")[0].weight_kg == 61.23


@pytest.mark.parametrize(
    "text", ["2x a week", "3x10x9999", "1080x1920", "vitamins 2x per day", "is 3x10 good?", "I'm 34", "run 3x a week"]
)
def test_what_cannot_be_sets_is_none(text):
    assert entries(text) == ()


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.integers(1, 10), st.integers(1, 20), st.integers(25, 300))
def test_three_numbers_are_read_the_same_from_either_end(sets, reps, load):
    expected = (SetEntry("squat", sets, reps, weight_kg=float(load)),)
    assert entries(f"squat {sets}x{reps}x{load}") == expected
    assert entries(f"squat {load}x{reps}x{sets}") == expected
