"""Word classes of tokens: typing errors forgiven, numbers, phrases."""

import pytest

from agents.domain.safety.lexicon import lexicon
from agents.domain.safety.vocabulary import Slots, Vocabulary


@pytest.mark.parametrize(
    ("token", "is_understood"),
    [
        ("breahting", True),
        ("siezure", True),
        ("chset", True),
        ("convulson", True),
        ("convulsiions", True),
        ("unconscioux", True),
        ("chast", False),
        ("painn", True),
        ("breadth", False),
        ("winged", False),
        ("cheat", False),
    ],
)
def test_s4_slips_of_alarm_words_are_forgiven_and_honest_words_left_alone(token, is_understood):
    assert bool(lexicon().vocabulary.classes(token)) is is_understood


def test_numbers_and_years_are_classes_of_their_own():
    known = lexicon().vocabulary
    assert known.classes("2015") > known.classes("20159") > known.classes("qqqq")


def test_junk_does_not_fill_the_memory():
    known = lexicon().vocabulary
    for number in range(20_500):
        known.classes(f"q{chr(97 + number % 26)}{'x' * (number % 7)}{''.join(chr(97 + int(d)) for d in str(number))}")
    assert len(known._seen) <= 20_001


def test_the_first_and_the_last_word_of_a_phrase_stand_for_its_class():
    slots = Slots({"sudden": ["suddenly", "out of nowhere"]})
    sudden = slots.class_of("<sudden>")
    known = Vocabulary(slots, honest=(), forgiven=())
    found = known.of_text(("numb", "out", "of", "nowhere", "out", "of"))
    assert [sudden in ids for ids in found] == [False, True, False, True, False, False]
    assert slots.lengths[sudden] == 3
