"""The value of a written number, and what stands around it."""

import pytest

from agents.domain.safety.context import read
from agents.domain.safety.figures import Near, number
from agents.domain.safety.lexicon import lexicon


def near(text):
    return Near(read(lexicon(), text))


@pytest.mark.parametrize(
    ("token", "locale", "value"),
    [
        ("39.5", "en", 39.5),
        ("1.200", "DE", 1200.0),
        ("1.200", "pt_BR", 1200.0),
        ("1,200", "de", 1.2),
        ("12,345,678", "en", 12345678.0),
        ("12.345.678", "es", 12345678.0),
        ("1.200,50", "es", None),
        ("3:45", "en", None),
        ("x5", "en", None),
        ("5x", "en", None),
        ("123456789012", "en", 123456789012.0),
        ("7", "hi", 7.0),
        ("39,5", "de", 39.5),
        ("1,200", "en", 1200.0),
        ("1.200", "de-DE", 1200.0),
        ("1.200", "en", 1.2),
        ("1,200", "fr_FR", 1.2),
        ("12/5", "en", None),
        ("1.2.3", "en", None),
        ("1" * 13, "en", None),
        ("abc", "en", None),
        ("", "en", None),
    ],
)
def test_numbers_are_read_as_the_locale_writes_them(token, locale, value):
    assert number(token, locale) == value


@pytest.mark.parametrize("locale", ["es", "de", "fr", "pt", "ru", "id", "tr", "it"])
def test_a_point_parts_thousands_where_the_comma_parts_decimals(locale):
    assert (number("1.200", locale), number("1,200", locale)) == (1200.0, 1.2)


def test_without_a_locale_numbers_are_english():
    assert (number("1.200"), number("1,200"), number("1,2")) == (1.2, 1200.0, 1.2)


def test_a_word_stands_near_a_number_within_its_window_and_its_sentence():
    words = near("bp x 190 x bp. x 190 x")
    assert list(words.at("bp_word")) == [0, 4]
    assert words.has("bp_word", 2, 2, 0)
    assert words.has("bp_word", 2, 0, 2)
    assert not words.has("bp_word", 2, 1, 1)
    assert not words.has("bp_word", 0, 0, 0)
    assert not words.has("bp_word", 6)


def test_a_window_without_limits_is_99_words_wide_on_either_side():
    assert near("bp " + "x " * 98 + "190").has("bp_word", 99)
    assert not near("bp " + "x " * 99 + "190").has("bp_word", 100)
    assert near("190 " + "x " * 98 + "bp").has("bp_word", 0)
    assert not near("190 " + "x " * 99 + "bp").has("bp_word", 0)


def test_a_unit_follows_its_number_directly_unless_more_room_is_given():
    words = near("90 kg x lb")
    assert words.unit(0, ("lb", "kg")) == "kg"
    assert words.unit(0, ("lb",)) is None
    assert words.unit(0, ("lb",), after=3) == "lb"
    assert words.unit(0, ("lb", "kg"), after=3) == "lb"
    assert words.unit(2, ("kg",)) is None
    assert near("90 x kg").unit(0, ("kg",)) is None
