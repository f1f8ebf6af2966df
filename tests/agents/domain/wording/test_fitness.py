"""What an answer and a person add to the guard: one question, English, nothing about weight where it harms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.wording import Basis
from agents.domain.wording.english import is_english
from agents.domain.wording.fitness import unfit

NOTHING = Basis(())


def test_good_words_are_fit() -> None:
    assert unfit("That sounds like a long day. What would help you most?", NOTHING) == ()


def test_one_question_in_all() -> None:
    words = "That sounds hard. What would help?"
    assert unfit(words, NOTHING, follows="Water is logged.") == ()
    assert unfit(words, NOTHING, follows="When shall I remind you?") == ("second_question",)


@pytest.mark.parametrize("words", ['{"intents": []}', "So [that] is it.", "a <b> c", "energy = sleep", "one | two"])
def test_what_is_no_prose_is_not_said(words: str) -> None:
    assert "no_prose" in unfit(words, NOTHING)


@pytest.mark.parametrize("words", ["You are losing weight well.", "Fewer calories, more joy.", "Your body shows it."])
def test_weight_is_spared(words: str) -> None:
    assert unfit(words, NOTHING) == ()
    assert unfit(words, NOTHING, spares_weight=True) == ("weight",)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("That is a lot for one week, and you kept going.", True),
        ("Gladly.", True),
        ("Déjà vu is fine, and so is a naïve plan for the week.", True),
        ("Das ist viel für eine Woche und du bleibst dran.", False),
        ("C'est beaucoup pour une semaine et vous continuez quand même.", False),
        ("Это много для одной недели.", False),
        ("这对一周来说很多了。", False),
        ("That is a lot, дорогой.", False),
    ],
)
def test_english_is_told_from_other_tongues(words: str, expected: bool) -> None:
    assert is_english(words) is expected


@given(st.text(), st.text())
def test_any_words_are_judged(words: str, follows: str) -> None:
    assert isinstance(unfit(words, NOTHING, follows=follows, spares_weight=True), tuple)
