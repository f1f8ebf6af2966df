"""R-9, "no time": the same main lifts first, fewer sets."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.training import shorten
from tests.support.trainees import TRAINED, plan, profiles


@settings(derandomize=True, deadline=None, max_examples=60)
@given(profiles, st.integers(5, 60))
def test_a_shortened_session_fits_and_starts_with_the_same_exercise(profile, minutes):
    made = plan(profile)
    for session in made.sessions[:3]:
        short = shorten(session, minutes)
        assert short.minutes <= max(minutes, 0)
        assert short.minutes <= session.minutes
        assert short.phase("main")[0].exercise == session.phase("main")[0].exercise
        planned = {block.exercise.slug: block.sets for block in session.phase("main")}
        assert all(block.sets <= planned[block.exercise.slug] for block in short.phase("main"))
        assert short.phase("warm_up")
        if session.minutes <= minutes:
            assert short is session


def test_half_the_time_keeps_the_main_lifts_first():
    session = plan(replace(TRAINED, primary_goal="muscle_gain")).sessions[0]
    short = shorten(session, 30)
    lifts, kept = ([b.exercise.slug for b in s.phase("main")] for s in (session, short))
    assert len(kept) >= 2
    assert kept == lifts[: len(kept)]
    assert short.minutes >= 24
    assert short.est_kcal < session.est_kcal
    with pytest.raises(ValueError, match="5 minutes"):
        shorten(session, 4)
