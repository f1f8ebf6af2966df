"""Words that end an alarm, and words that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.safety import is_all_clear


@pytest.mark.parametrize(
    "text",
    ["it stopped, i'm fine now", "It’s passed", "the pain is gone", "false alarm", "I am okay now",
     "feeling better again", "it is not happening now"],
)  # fmt: skip
def test_it_is_over(text: str) -> None:
    assert is_all_clear(text)


@pytest.mark.parametrize(
    "text",
    ["it has not stopped", "it stopped but came back", "it's almost gone", "is that a false start", "fine", "thanks",
     "I'm not fine now", "call me when it is over", "", "the match is over"],
)  # fmt: skip
def test_it_is_not(text: str) -> None:
    assert not is_all_clear(text)


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert is_all_clear(text) in (True, False)
