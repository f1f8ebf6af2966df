"""The notation of sentence patterns: what it matches, which words it cannot do without, and that no text is slow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.understanding import pattern_trees, patterns

SECTIONS = (
    "replies", "answers", "greetings", "tasks", "reminders", "consents", "switches", "meal_orders", "bends", "swaps",
    "views", "talk", "feedback",
)  # fmt: skip


def no_holes(name: str) -> pattern_trees.Sequence_:
    raise KeyError(name)


@pytest.mark.parametrize(
    ("pattern", "text", "is_matched"),
    [
        ("(show|see) [my|the]* plan", "show the my plan", True),
        ("(show|see) [my|the]* plan", "plan", False),
        ("go [back] home", "go home", True),
        ("go [back] home", "go back back home", False),
        ("reminders? [please]", "reminder", True),
        ("[a|b]* [b|c]* d", "c a b d", True),
        ("[for|me|for me]* please", "for me for me please", True),
        ("say <what...>", "say what you like", True),
        ("(one|two)+ more", "two one more", True),
        ("(one|two)+ more", "more", False),
    ],
)
def test_a_pattern_is_the_whole_text(pattern, text, is_matched):
    assert (patterns.compiled(pattern).fullmatch(f"{text} ") is not None) is is_matched


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("show [me] (plans?|week)", ({"show"}, {"plan", "plans", "week"})),
        ("[please]* (a|b [c])", ({"a", "b"},)),
        ("(a|[b])", ()),
        ("\\d+ <x> minutes?", ({"minute", "minutes"},)),
    ],
)
def test_what_a_pattern_cannot_do_without(pattern, needs):
    assert pattern_trees.needed(pattern_trees.tree(pattern, no_holes)) == tuple(map(frozenset, needs))


@pytest.mark.parametrize("pattern", ["(a", "a)", "[a|(b]"])
def test_a_lone_bracket_is_refused(pattern):
    with pytest.raises(ValueError, match="bracket"):
        patterns.compiled(pattern)


def test_a_name_that_stands_twice_catches_once():
    match = patterns.compiled("(take <x>|give <x>) now").fullmatch("give it now ")
    assert match is not None


def test_every_pattern_of_the_files_is_an_expression():
    rows = [row for section in SECTIONS for row in patterns.table(section).rows]
    assert len(rows) > 800
    assert all(row.pattern.pattern for row in rows)


def test_neighbours_that_may_be_missing_are_one_group_and_nothing_is_said_twice():
    (group, _) = pattern_trees.tree("[a|b]* [c] [b|b c|d e]* f", no_holes)
    assert isinstance(group, pattern_trees.Group)
    assert [pattern_trees.expression(way, set()) for way in group.ways] == ["a ", "b ", "c ", "d e "]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(["the", "my", "me", "for", "it", "to", "of", "all", "please", "on", "i", "a"]), max_size=30
    )
)
def test_a_long_row_of_small_words_is_read_like_any_other(words):
    for section in SECTIONS:
        assert list(patterns.each(section, " ".join([*words, "zzz"]))) == []
