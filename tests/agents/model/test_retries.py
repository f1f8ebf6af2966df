"""When a request is made once more."""

from hypothesis import given
from hypothesis import strategies as st

from agents.model.faults import Fault
from agents.model.retries import MOST_ATTEMPTS, pause_seconds

CHANCE = st.floats(0, 1, exclude_max=True)
BUSY = Fault("rate_limited", 429, may_pass=True)


@given(CHANCE, CHANCE)
def test_pauses_grow_whatever_chance_says(first, second):
    one, two = pause_seconds(BUSY, 1, first), pause_seconds(BUSY, 2, second)
    assert one is not None
    assert two is not None
    assert 0.3 < one < two < 1.5


@given(CHANCE, st.floats(0.01, 1000), st.integers(1, MOST_ATTEMPTS - 1))
def test_a_named_time_is_never_undercut(chance, seconds, attempts):
    pause = pause_seconds(Fault("rate_limited", 429, retry_after_seconds=seconds, may_pass=True), attempts, chance)
    assert pause is not None
    assert pause >= seconds


def test_it_ends():
    assert pause_seconds(BUSY, MOST_ATTEMPTS, 0.5) is None
    assert pause_seconds(Fault("refused", 400), 1, 0.5) is None
