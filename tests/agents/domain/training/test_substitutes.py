"""T-11: two swaps of the same pattern, best first."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.exercises import Library
from agents.domain.injuries import limits
from agents.domain.profile import Injury
from agents.domain.training import swap
from agents.domain.training.dose import block_of
from agents.domain.training.session import with_blocks
from agents.domain.training.trainee import trainee
from tests.support.trainees import ADULT, LIBRARY, MONDAY, TRAINED, plan, profiles


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
        wanted = session.exercises[position].exercise
        assert exercise.family == wanted.family or set(exercise.primary_muscles) & set(wanted.primary_muscles)
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


def test_t31_where_the_pattern_is_closed_the_muscle_stays():
    alone = replace(LIBRARY.get("farmers_carry"), easier=None, harder=None)
    library = Library("v", (alone, *(e for e in LIBRARY if e.family != "carry")))
    person = replace(TRAINED, primary_goal="muscle_gain")
    session = plan(person).sessions[0]
    carry = block_of(trainee(person, screening_allowed="moderate", on=MONDAY), library.get("farmers_carry"), sets=3)
    carrying = with_blocks(session, (*session.phase("warm_up"), carry))
    found = swap(carrying, len(carrying.exercises) - 1, replace(person, injuries=(Injury("neck"),)), library)
    assert found
    assert all(set(e.primary_muscles) & {"forearms", "core"} and e.is_timed for e in found)


def test_a_steady_block_is_not_swapped_for_bouts():
    rider = replace(TRAINED, primary_goal="endurance", modalities=("cycling",))
    for session in plan(rider, "vigorous").sessions:
        for position, block in enumerate(session.exercises):
            for found in swap(session, position, rider, LIBRARY):
                assert (found.session_kind == "hiit") == (block.exercise.session_kind == "hiit")
