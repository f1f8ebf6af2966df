"""T-10: the worked examples of the volume controller."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.training.dose import WEEKLY_SETS
from agents.domain.training.volume import next_weekly_sets


@pytest.mark.parametrize(
    ("sets", "completion", "soreness", "after"),
    [(10, 0.95, 3, 11), (10, 0.60, 4, 8), (10, 0.90, 8, 9), (14, 1.0, 2, 16), (16, 1.0, 2, 16)],
)
def test_t10_worked_examples(sets, completion, soreness, after):
    assert next_weekly_sets(sets, completion=completion, soreness=soreness, level="intermediate") == after


@pytest.mark.parametrize("wrong", [{"completion": 1.1}, {"completion": -0.1}, {"soreness": 11}])
def test_t10_refuses_shares_and_scores_off_their_scale(wrong):
    with pytest.raises(ValueError, match="between"):
        next_weekly_sets(10, **{"completion": 0.9, "soreness": 3, "level": "beginner", **wrong})


@settings(derandomize=True, deadline=None)
@given(st.integers(4, 20), st.floats(0, 1), st.floats(0, 10), st.sampled_from(sorted(WEEKLY_SETS)))
def test_t10_changes_by_two_sets_or_a_fifth_at_most_and_never_passes_the_cap(sets, completion, soreness, level):
    after = next_weekly_sets(sets, completion=completion, soreness=soreness, level=level)
    assert after <= WEEKLY_SETS[level][1]
    assert after <= sets + 2
    assert after >= min(sets, WEEKLY_SETS[level][1]) - 2
