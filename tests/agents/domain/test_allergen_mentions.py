"""N-34: which words of a text are foods, whose names come first, and where each begins and ends."""

import pytest

from agents.domain.allergen_mentions import read
from agents.domain.allergen_table import Term, table


def test_the_callers_own_names_come_before_those_of_the_table():
    (mention,) = read("Cashew cheese bowl", allowed=["cashew cheese bowl"]).mentions
    assert mention.term == Term("cashew cheese bowl", rule="allowed", is_single=True)
    assert (mention.start, mention.end, mention.role) == (0, 3, "named")
    (same,) = read("butter", allowed=["Butter"]).mentions
    assert same.term.rule == "allowed"


def test_an_extra_word_is_a_term_without_a_key():
    first, second = read("red rambutan blorp, rambutan", extra=["red rambutan", "rambutan"]).mentions
    assert first.term == Term("red rambutan", rule="N-32")
    assert second.term == Term("rambutan", rule="N-32")
    assert (second.start, second.end) == (3, 4)


def test_what_is_both_allowed_and_asked_for_is_allowed():
    (mention,) = read("kiwi bowl", allowed=["kiwi bowl"], extra=["kiwi bowl"]).mentions
    assert mention.term.rule == "allowed"


@pytest.mark.parametrize("nothing", ["", "🥝", "..."])
def test_a_name_without_a_word_names_nothing(nothing):
    assert read("kiwi", allowed=[nothing], extra=[nothing]) == read("kiwi")


def test_the_longest_name_is_read_and_its_words_only_once():
    names = [mention.term.name for mention in read("peanut butter butter bean butter").mentions]
    assert names == ["peanut butter", "butter bean", "butter"]


def test_a_closed_compound_is_a_mention_of_one_word():
    bread, butter = read("Weizenvollkornbrot butter").mentions
    assert (bread.term.contains, bread.start, bread.end) == ({"wheat", "gluten"}, 0, 1)
    assert butter.term is table().terms["butter",]


@pytest.mark.parametrize("text", ["your nut allergy", "nut intolerance", "avoid nuts", "leave out nuts"])
def test_a_food_only_spoken_about_is_a_topic(text):
    assert [mention.role for mention in read(text).mentions] == ["topic"]


@pytest.mark.parametrize("text", ["avoid traces of nuts", "may contain nuts", "allergic to traces of nuts"])
def test_a_food_that_may_be_in_is_a_trace_whatever_is_avoided(text):
    assert [mention.role for mention in read(text).mentions] == ["trace"]
