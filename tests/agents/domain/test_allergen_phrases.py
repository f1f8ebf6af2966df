"""A golden file of food phrases in six languages, labelled by hand, and the laws that hold for every phrase."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.allergen_derivation import derive
from agents.domain.allergen_table import KEYS, table, words_of
from tests.agents.domain.allergen_labels import PHRASES, wrong_states
from tests.support.cases import for_each


def test_the_golden_file_is_large_and_uses_known_keys():
    assert len(PHRASES) > 800
    assert {key for labels in PHRASES.values() for key in labels} <= set(KEYS)


@for_each("phrase", PHRASES)
def test_every_phrase_is_judged_as_a_person_would(phrase):
    assert not wrong_states(phrase)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(phrase=st.sampled_from(sorted(PHRASES)), word=st.from_regex(r"\A[bcdfghjklmnpqrstvwxz]{7}\Z"))
def test_n31_a_word_nobody_knows_beside_a_food_leaves_nothing_clear(phrase, word):
    states = {key: verdict.state for key, verdict in derive(f"{phrase}, {word}").items()}
    assert "clear" not in states.values()


@settings(derandomize=True, deadline=None, max_examples=150)
@given(words=st.lists(st.from_regex(r"\A[bcdfghjklmnpqrstvwxz]{7}\Z"), min_size=1, max_size=4))
def test_n31_words_nobody_knows_are_clear_of_nothing(words):
    assert {verdict.state for verdict in derive(" ".join(words)).values()} == {"may"}


@settings(derandomize=True, deadline=None, max_examples=150)
@given(phrase=st.sampled_from(sorted(PHRASES)), shout=st.sampled_from([str.upper, str.title, str.casefold]))
def test_n34_the_case_of_the_letters_says_nothing(phrase, shout):
    assert derive(shout(phrase)) == derive(phrase)


def test_a_longer_name_says_what_its_parts_say_unless_it_states_otherwise():
    terms = table().terms
    for words, term in terms.items():
        for cut in range(1, len(words)):
            last = terms.get(words[cut:])
            if last and not any(words[i:j] in terms for i in range(cut) for j in range(i + 1, len(words) + 1)):
                assert last.contains <= term.contains | term.may | term.clear, words


@pytest.mark.parametrize("number", range(220, 229))
def test_e_numbers_are_read_however_they_are_written(number):
    for form in (f"E{number}", f"e-{number}", f"E {number}", f"INS {number}", f"preservative (E{number})"):
        assert derive(form)["sulphite"].state == "contains"


def test_an_italian_and_before_an_amount_is_no_additive():
    assert words_of("farina e 220 g burro") == words_of("farina, e 220 g burro")
    assert derive("burro e 220 g farina")["sulphite"].state != "contains"
