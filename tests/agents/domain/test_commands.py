"""Which command was meant by one that is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.commands import COMMANDS, NEAREST, nearest, slips

words = st.text(alphabet="abcde", max_size=8)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("wrokout", "workout"), ("helpp", "help"), ("reminder", "reminders"), ("PLN", "plan"), ("metals", "meals")],
)
def test_the_meant_one_comes_first(typed: str, meant: str) -> None:
    assert nearest(typed)[0] == meant


@given(st.text(max_size=100))
def test_there_are_always_three_and_they_exist(typed: str) -> None:
    assert len(set(nearest(typed))) == NEAREST
    assert set(nearest(typed)) <= set(COMMANDS)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("", "", 0), ("plan", "plan", 0), ("pln", "plan", 1), ("plaan", "plan", 1), ("plen", "plan", 1),
     ("paln", "plan", 1), ("", "log", 3), ("abc", "cab", 2), ("ca", "abc", 3)],
)  # fmt: skip
def test_slips_are_counted(one: str, other: str, count: int) -> None:
    assert slips(one, other) == count


@given(words, words)
def test_slips_are_the_same_both_ways_and_none_only_for_the_same(one: str, other: str) -> None:
    assert slips(one, other) == slips(other, one)
    assert (slips(one, other) == 0) == (one == other)
    assert slips(one, other) <= max(len(one), len(other))
