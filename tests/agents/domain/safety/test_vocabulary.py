"""Word classes of tokens: typing errors forgiven, numbers, phrases."""

import itertools
import string

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


def small(*, honest=(), forgiven=(), **classes):
    slots = Slots(classes)
    ids = {name: slots.class_of(f"<{name}>") for name in classes}
    return Vocabulary(slots, honest=honest, forgiven=forgiven), ids


def test_a_slot_has_one_class_however_often_it_is_asked_for_and_each_slot_its_own():
    slots = Slots({"hurt": ["hurts", "is sore"], "bad": ["<hurt>", "pain"]})
    first, second = slots.class_of("pain|<hurt>"), slots.class_of("<bad>")
    assert (first, second, slots.class_of("pain|<hurt>"), slots.ids) == (0, 1, 0, {"pain|<hurt>": 0, "<bad>": 1})
    assert dict(slots.words) == {"pain": {0, 1}, "hurts": {0, 1}, "is sore": {0, 1}}
    assert (slots.lengths[0], slots.lengths[1], slots.lengths[99]) == (2, 2, 1)


def test_a_word_with_an_umlaut_is_also_known_without_the_keys_for_it():
    slots = Slots({})
    slots.class_of("für|Größe|süß|chest")
    assert set(slots.words) == {"fur", "fuer", "grosse", "groesse", "suss", "suess", "chest"}


def test_a_number_is_a_number_a_year_also_a_year_and_a_word_of_the_table_that_too():
    slots = Slots({"emergency": ["911", "112"], "size": ["#", "big"], "when": ["#year"]})
    size, when, emergency = (slots.class_of(f"<{name}>") for name in ("size", "when", "emergency"))
    known = Vocabulary(slots, honest=(), forgiven=())
    number, year = slots.ids["#"], slots.ids["#year"]
    assert known.classes("17") == {size, number}
    assert known.classes("911") == {size, number, emergency}
    assert known.classes("1999") == known.classes("2026") == {size, number, when, year}
    assert known.classes("1899") == known.classes("2100") == known.classes("19999") == {size, number}


def test_a_stem_is_every_word_that_begins_with_it_and_stems_add_up():
    known, ids = small(faint=["desmay*"], word=["desmayo"], short=["abc*"], longer=["abcd*"], two=["ab*"])
    assert known.classes("desmay") == known.classes("desmayado") == {ids["faint"]}
    assert known.classes("desmayo") == {ids["faint"], ids["word"]}
    assert known.classes("desma") == frozenset()
    assert known.classes("abc") == {ids["short"]}
    assert known.classes("abcde") == {ids["short"], ids["longer"]}
    assert known.classes("ab") == frozenset()  # a stem has three letters or more


def test_an_arabic_word_is_found_behind_its_article_and_its_conjunction():
    known, ids = small(chest=["صدري"], heart=["قلب"])
    assert known.classes("وصدري") == known.classes("بالصدري") == {ids["chest"]}
    assert known.classes("للقلب") == known.classes("القلب") == {ids["heart"]}


def test_a_phrase_needs_all_its_words_in_their_order():
    known, ids = small(sudden=["out of nowhere", "out of the blue", "all at once"], out=["out"])
    found = known.of_text(("out", "of", "the", "blue", "of", "nowhere", "all", "at"))
    assert found[0] == {ids["sudden"], ids["out"]}
    assert found[3] == {ids["sudden"]}
    assert [bool(ids) for ids in found] == [True, False, False, True, False, False, False, False]


@pytest.mark.parametrize(
    ("token", "meant"),
    [
        ("chest", "chest"), ("chset", "chest"), ("hcest", None), ("chesst", "chest"), ("chesf", None),
        ("cehst", "chest"),
        ("ches", None), ("chxst", None), ("breathing", "breathing"), ("breahting", "breathing"),
        ("breathin", "breathing"), ("breathhing", "breathing"), ("breathingg", "breathing"),
        ("breatxing", "breathing"), ("breatxxng", None), ("vreathing", None), ("breatxhing", "breathing"),
        ("sizuree", None), ("becathing", None), ("brething", "breathing"),
        ("brethin", None), ("seizre", "seizure"), ("seizur", "seizure"), ("seizurez", "seizure"),
        ("siezure", "seizure"), ("seizzure", "seizure"), ("seizers", None), ("breather", None),
    ],
)  # fmt: skip
def test_s4_one_slip_in_an_alarm_word_is_forgiven(token, meant):
    forgiven = ["chest", "breathing", "seizure"]
    known, ids = small(**{word: [word] for word in forgiven}, forgiven=forgiven, honest=["breather"])
    assert known.classes(token) == ({ids[meant]} if meant else frozenset())


def test_s4_only_words_that_are_forgiven_and_known_are_guessed_and_only_up_to_18_letters():
    known, ids = small(
        pain=["stomach"],
        long=["abcdefghijklmnopqr", "abcdefghijklmnopqrst"],
        forgiven=["breathing", "abcdefghijklmnopqr", "abcdefghijklmnopqrst"],
    )
    assert known.classes("stomahc") == known.classes("breahting") == frozenset()
    assert known.classes("abcdefghijklmnoprq") == {ids["long"]}
    assert known.classes("abcdefghijklmnopqrts") == frozenset()


def test_an_unknown_word_is_remembered_until_there_are_too_many():
    known, _ = small(pain=["pain"])
    words = map("".join, itertools.product(string.ascii_lowercase, repeat=4))
    for word in itertools.islice(words, 20_001):
        known.classes(word)
    assert len(known._seen) == 20_001
    known.classes(next(words))
    assert len(known._seen) == 1
