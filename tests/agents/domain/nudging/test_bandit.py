"""Which nudge to try: bounds, determinism, learning (science.md B-7)."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.nudging import NOTHING, chosen
from agents.domain.nudging.bandit import LEAST, MOST, clipped

ARMS = ("morning/warm", "morning/plain", "evening/warm", NOTHING)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": 0.05, NOTHING: 0.95}, {"a": 0.2, NOTHING: 0.8}),
        ({"a": 0.97, NOTHING: 0.03}, {"a": 0.8, NOTHING: 0.2}),
        ({"a": 0.6, NOTHING: 0.4}, {"a": 0.6, NOTHING: 0.4}),
        ({"a": 1.0}, {"a": 1.0}),
        ({"a": 1.0, "b": 0.0, "c": 0.0, NOTHING: 0.0}, {"a": 0.4, "b": 0.2, "c": 0.2, NOTHING: 0.2}),
        ({"a": 0.7, "b": 0.25, NOTHING: 0.05}, {"a": 0.7 * 0.8 / 0.95, "b": 0.25 * 0.8 / 0.95, NOTHING: 0.2}),
    ],
)
def test_b7_probabilities_are_clipped(before: dict[str, float], after: dict[str, float]) -> None:
    assert clipped(before) == pytest.approx(after)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=4).filter(lambda ps: sum(ps) > 0))
def test_b7_whatever_is_learned_stays_within_bounds_and_is_a_distribution(weights: list[float]) -> None:
    found = clipped({str(n): weight / sum(weights) for n, weight in enumerate(weights)})
    assert sum(found.values()) == pytest.approx(1)
    assert all(LEAST - 1e-9 <= p <= MOST + 1e-9 for p in found.values())


@given(
    st.text(),
    st.lists(st.sampled_from(ARMS), min_size=1, max_size=4, unique=True),
    st.dictionaries(st.sampled_from(ARMS), st.tuples(st.integers(0, 200), st.integers(0, 200))),
)
def test_a_choice_is_one_of_the_eligible_and_can_be_repeated(
    seed: str, eligible: list[str], outcomes: dict[str, tuple[int, int]]
) -> None:
    found = chosen(seed, eligible, outcomes)
    assert found == chosen(seed, eligible, outcomes)
    assert set(found.probabilities) == set(eligible)
    assert found.arm in eligible
    assert found.p_send == pytest.approx(sum(p for arm, p in found.probabilities.items() if arm != NOTHING))
    assert found.sends == (found.arm != NOTHING)


@pytest.mark.parametrize("eligible", [(), ("a", "a"), ("a", "b", "c", "d", "e")])
def test_b7_one_to_four_different_arms(eligible: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="one to 4"):
        chosen("x", eligible, {})


def test_what_works_is_tried_more_often_and_the_rest_now_and_then() -> None:
    known = {"morning/warm": (40, 10), "morning/plain": (5, 45), "evening/warm": (5, 45), NOTHING: (5, 45)}
    drawn = Counter(chosen(f"d{n}", ARMS, known).arm for n in range(300))
    assert drawn["morning/warm"] == max(drawn.values())
    assert all(drawn[arm] > 30 for arm in ARMS)


def test_b7_it_beats_uniform_choice_for_people_with_a_preference() -> None:
    """Forty synthetic people, fifty decisions each, who act more readily in one slot."""
    learned = uniform = 0
    for person in range(40):
        chance = random.Random(person)
        liked = chance.choice(ARMS[:3])
        outcomes: dict[str, tuple[int, int]] = {}

        def acts(arm: str) -> bool:
            return chance.random() < (0.6 if arm == liked else 0.2)  # noqa: B023 - used inside this round only

        for moment in range(50):
            arm = chosen(f"{person}-{moment}", ARMS, outcomes).arm
            good, bad = outcomes.get(arm, (0, 0))
            has_acted = acts(arm)
            outcomes[arm] = (good + has_acted, bad + (not has_acted))
            learned += has_acted
            uniform += acts(chance.choice(ARMS))
    assert learned > uniform * 1.1
