import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.understanding.numbers import number, spoken, value


@pytest.mark.parametrize(
    ("digits", "expected"),
    [("82", 82.0), ("82,5", 82.5), ("82.5", 82.5), ("1,800", 1800.0), ("1,800.5", 1800.5), ("0,75", 0.75)],
)
def test_a_comma_is_a_decimal_sign_unless_three_digits_follow(digits, expected):
    assert value(digits) == expected


def test_endless_digits_are_beyond_every_limit():
    assert value("9" * 400) == float("inf")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("82", 82.0),
        (" 82,5 ", 82.5),
        ("-3", -3.0),
        ("eighty two", 82.0),
        ("eighty-two", 82.0),
        ("one eighty", 180.0),
        ("a hundred and thirty", 130.0),
        ("two hundred", 200.0),
        ("six and a half", 6.5),
        ("eighty two point five", 82.5),
        ("nineteen", 19.0),
        ("five ten", None),
        ("", None),
        ("82 kg", None),
        ("vegan", None),
        ("82 28", None),
    ],
)
def test_a_number_in_digits_or_words(text, expected):
    assert number(text) == expected


def test_number_words_end_where_other_words_begin():
    assert spoken(["twelve", "stone", "four"]) == (("12",), 1)
    assert spoken(["five", "ten"]) == (("5", "10"), 2)
    assert spoken(["stone"]) == ((), 0)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.integers(0, 999), st.integers(1, 99))
def test_written_numbers_survive(whole, hundredths):
    assert value(f"{whole}.{hundredths:02d}") == pytest.approx(whole + hundredths / 100)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text):
    assert number(text) is None or isinstance(number(text), float)
