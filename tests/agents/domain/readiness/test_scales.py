"""Scales and their words, and the answers of a day (science.md R-1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.readiness.scales import SCORES, Measure, from_five, in_range, label, score_of
from agents.domain.readiness.state import DayState, merged

BANDED: tuple[Measure, ...] = ("stress", "energy", "sleep_quality", "soreness")


@pytest.mark.parametrize(
    ("measure", "words", "scores"),
    [
        ("stress", ("low", "medium", "high"), (3, 5, 8)),
        ("sleep_quality", ("poor", "fair", "good", "excellent"), (3, 5, 7, 9)),
        ("energy", ("low", "medium", "high"), (3, 6, 9)),
        ("soreness", ("none", "mild", "moderate", "severe"), (0, 3, 6, 9)),
    ],
)
def test_r1_words_become_the_agreed_scores(measure: Measure, words: tuple[str, ...], scores: tuple[int, ...]) -> None:
    assert tuple(score_of(measure, word.upper()) for word in words) == scores


@pytest.mark.parametrize("measure", BANDED)
def test_a_word_comes_back_from_its_own_score(measure: Measure) -> None:
    assert all(label(measure, score) == word for word, score in SCORES[measure].items())


def test_an_unknown_word_is_not_guessed() -> None:
    assert score_of("stress", "purple") is None
    assert score_of("pain", "high") is None
    assert label("mood", 8) is None


def test_r1_one_to_five_is_doubled() -> None:
    assert [from_five(x) for x in range(1, 6)] == [2, 4, 6, 8, 10]


@pytest.mark.parametrize("value", [-0.1, 10.1, float("nan"), float("inf"), True])
def test_a_score_outside_its_scale_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="score"):
        in_range(value)
    with pytest.raises(ValueError, match="score"):
        from_five(value)


@given(st.sampled_from(BANDED), st.floats(0, 10))
def test_every_score_has_a_word_and_its_triggers_agree(measure: Measure, score: float) -> None:
    word = label(measure, score)
    assert word in SCORES[measure]
    if measure == "sleep_quality":
        assert (word == "poor") == (score < 5)
    if measure in ("stress", "soreness"):
        assert (word in ("high", "severe")) == (score > 7)


@pytest.mark.parametrize("field", ["sleep_quality", "stress", "soreness", "energy"])
def test_an_impossible_answer_makes_no_day(field: str) -> None:
    with pytest.raises(ValueError, match="score"):
        DayState(**{field: 11})


def test_more_than_a_day_of_sleep_is_refused() -> None:
    assert DayState(sleep_hours=24).sleep_hours == 24
    with pytest.raises(ValueError, match="score"):
        DayState(sleep_hours=25)


def test_the_evening_overwrites_the_morning_but_a_gap_keeps_it() -> None:
    morning, evening = DayState(sleep_hours=5.5, stress=8), DayState(stress=4, energy=0)
    assert merged([morning, evening]) == DayState(sleep_hours=5.5, stress=4, energy=0)
    assert merged([]) == DayState()
