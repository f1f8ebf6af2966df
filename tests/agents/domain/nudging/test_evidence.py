"""Whether a nudge helps: the worked numbers of science.md B-8, and verdicts that are neither hasty nor stubborn."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.nudging import Decision, effect, plain_effect, policy_value, verdict

WORKED = tuple(
    Decision(bool(sent), p, outcome)
    for sent, p, outcome in ((1, 0.5, 1), (1, 0.5, 0), (0, 0.5, 0), (1, 0.8, 1), (0, 0.8, 1), (0, 0.2, 0))
)


def test_b8_the_worked_example() -> None:
    found = effect(WORKED)
    assert found is not None
    assert round(found.difference, 4) == 0.0130
    assert (found.sent, found.unsent) == (3, 3)
    assert found.low < 0 < found.high
    assert round(plain_effect(WORKED), 4) == -0.2917


def test_one_side_alone_says_nothing() -> None:
    assert effect(()) is None
    assert effect([Decision(was_sent=True, p_send=0.5, outcome=1)] * 50) is None
    assert verdict([Decision(was_sent=True, p_send=0.5, outcome=1)] * 50) == "too_early"
    with pytest.raises(ValueError, match="no decisions"):
        plain_effect(())


def lived(seed: int, count: int, with_it: float, without: float) -> list[Decision]:
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        p = chance.choice((0.2, 0.5, 0.8))
        sent = chance.random() < p
        acted = chance.random() < (with_it if sent else without)
        found.append(Decision(sent, p, float(acted)))
    return found


def test_b8_verdicts() -> None:
    assert verdict(lived(1, 19, 0.9, 0.1)) == "too_early"
    assert verdict(lived(1, 60, 0.9, 0.1)) == "helps"
    assert verdict(lived(1, 30, 0.05, 0.9)) == "thin_out"
    same = [Decision(was_sent=n % 2 == 0, p_send=0.5, outcome=float(n % 4 < 2)) for n in range(40)]
    assert verdict(same[:39]) == "cannot_tell"
    assert verdict(same) == "thin_out"


def test_the_interval_holds_the_truth_about_nine_times_in_ten() -> None:
    held = 0
    for seed in range(300):
        found = effect(lived(seed, 200, 0.5, 0.3))
        assert found is not None
        held += found.low <= 0.2 <= found.high
    assert 0.85 <= held / 300 <= 0.97


def test_another_policy_is_judged_by_the_moments_at_which_it_agrees() -> None:
    known = {"a": 0.5, "b": 0.5}
    logged = [(known, "a", 1.0), (known, "b", 0.0), (known, "a", 0.0)]
    assert policy_value(logged, lambda _known: "a") == pytest.approx(0.5)
    assert policy_value(logged, lambda _known: "b") == 0
    assert policy_value(logged, lambda _known: "c") is None


@given(st.lists(st.tuples(st.booleans(), st.floats(0.2, 0.8), st.sampled_from((0.0, 1.0))), max_size=80))
def test_any_record_is_judged_within_reason(rows: list[tuple[bool, float, float]]) -> None:
    decisions = [Decision(*row) for row in rows]
    assert verdict(decisions) in ("too_early", "helps", "cannot_tell", "thin_out")
    if (found := effect(decisions)) is not None:
        assert -1 <= found.difference <= 1
        assert found.low <= found.difference <= found.high
