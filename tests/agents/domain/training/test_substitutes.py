"""T-11: two swaps of the same pattern, best first."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.injuries import limits
from agents.domain.training import swap
from tests.support.trainees import ADULT, LIBRARY, TRAINED, plan, profiles


@settings(derandomize=True, deadline=None, max_examples=40)
@given(profiles, st.integers(0, 30), profiles.map(lambda p: p.injuries))
def test_substitutes_keep_the_pattern_and_obey_a_fresh_injury(profile, position, fresh):
    made = plan(profile)
    if not made.sessions:
        return
    session = made.sessions[0]
    position %= len(session.exercises)
    hurt = replace(profile, injuries=(*(profile.injuries or ()), *(fresh or ())))
    found = swap(session, position, hurt, LIBRARY)
    present = {block.exercise.slug for block in session.exercises}
    assert len(found) <= 2
    assert len(set(found)) == len(found)
    for exercise in found:
        assert exercise.family == session.exercises[position].exercise.family
        assert exercise.slug not in present
        assert limits(hurt).permits(exercise)


def test_a_busy_machine_has_two_substitutes_for_the_same_muscle():
    session = plan(replace(TRAINED, primary_goal="muscle_gain")).sessions[0]
    for position, block in enumerate(session.exercises):
        if block.phase == "main" and block.exercise.family in ("squat", "push", "pull"):
            found = swap(session, position, TRAINED, LIBRARY)
            assert len(found) == 2
            assert set(found[0].primary_muscles) & set(block.exercise.primary_muscles)


def test_a_position_outside_the_session_is_refused():
    session = plan(ADULT).sessions[0]
    with pytest.raises(IndexError):
        swap(session, len(session.exercises), ADULT, LIBRARY)
