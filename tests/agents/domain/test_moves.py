"""Which move of motivational interviewing fits what somebody wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.moves import SEVERAL, move_for


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("leave me alone with your plans", "roll"),
        ("I don't want to train any more", "roll"),
        ("i can’t be bothered", "roll"),
        ("what's the point, honestly", "roll"),
        ("I want to eat better but I always end up ordering in", "evoke"),
        ("part of me wants to stop", "evoke"),
        ("not sure I can keep this up", "evoke"),
        ("I'm really stressed", "reflect"),
        ("no energy at all", "reflect"),
        ("I've messed up again", "reflect"),
        ("it was such a long week", "reflect"),
        ("I finally managed all three", "affirm"),
        ("so proud of myself", "affirm"),
        ("what is on today?", "clarify"),
        ("", "clarify"),
    ],
)
def test_words_decide(text: str, move: str) -> None:
    assert move_for(text, []) == move


def test_what_was_understood_decides_where_the_words_say_nothing_personal() -> None:
    assert move_for("why protein?", ["question"]) == "explain"
    assert move_for("why this plan?", ["why_plan"]) == "explain"
    assert move_for("squats 3x5 100", ["log_sets"]) == "affirm"
    assert move_for("new flat, new gym, new hours", ["give_facts"], changes=SEVERAL) == "summarise"
    assert move_for("new flat", ["give_facts"], changes=SEVERAL - 1) == "clarify"


def test_pushing_back_comes_before_everything_else() -> None:
    assert move_for("I'm tired, stop nagging me. I managed it anyway", ["question"], changes=5) == "roll"


@given(st.text(), st.lists(st.text(max_size=12), max_size=4), st.integers(0, 99))
def test_there_is_always_a_move(text: str, intents: list[str], changes: int) -> None:
    assert move_for(text, intents, changes=changes) in (
        "roll", "evoke", "reflect", "affirm", "explain", "summarise", "clarify"
    )  # fmt: skip
