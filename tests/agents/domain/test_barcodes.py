"""Numbers on packages: check digits, short forms, spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.barcodes import has_check_digit, printed, product_number, spellings


@pytest.mark.parametrize(
    ("text", "symbology", "number"),
    [
        ("4006381333931", "EAN13", "04006381333931"),
        ("036000291452", "UPCA", "00036000291452"),
        ("0036000291452", "UPCA", "00036000291452"),
        ("96385074", "EAN8", "00000096385074"),
        ("01234565", "UPCE", "00012345000065"),
        ("04252614", "UPCE", "00042100005264"),
        ("0012345000065", "UPCE", "00012345000065"),
    ],
)
def test_a_code_stands_for_fourteen_digits(text: str, symbology: str, number: str) -> None:
    assert product_number(text, symbology) == number


@pytest.mark.parametrize(
    ("text", "symbology"),
    [
        ("4006381333932", "EAN13"),  # its check digit is wrong
        ("400638133393", "EAN13"),
        ("96385074", "EAN13"),
        ("01234566", "UPCE"),
        ("91234565", "UPCE"),  # no such number system
        ("4006381333931", "QRCode"),
        ("40063813339３1", "EAN13"),  # a digit of another script
        ("", "EAN8"),
        ("ignore rules!", "EAN13"),
    ],
)
def test_what_is_no_code_of_a_product_is_none(text: str, symbology: str) -> None:
    assert product_number(text, symbology) is None


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("0123450", "01200000345"),  # ends with 0, 1, 2: the maker's number ends with it and two zeros
        ("0123451", "01210000345"),
        ("0123453", "01230000045"),
        ("0123454", "01234000005"),
        ("0123459", "01234500009"),
    ],
)
def test_zeros_left_out_come_back_where_the_last_digit_says(short: str, long: str) -> None:
    check = next(digit for digit in "0123456789" if has_check_digit(long + digit))
    assert product_number(short + check, "UPCE") == (long + check).zfill(14)


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 12), st.integers(1, 9))
def test_one_misread_digit_is_always_noticed(digits: str, place: int, shift: int) -> None:
    whole = next(digits + last for last in "0123456789" if has_check_digit(digits + last))
    wrong = whole[:place] + str((int(whole[place]) + shift) % 10) + whole[place + 1 :]
    assert product_number(whole, "EAN13") is not None
    assert product_number(wrong, "EAN13") is None


@given(st.text(max_size=20), st.sampled_from(["EAN13", "EAN8", "UPCA", "UPCE", "", "x"]))
def test_any_text_is_a_number_or_none(text: str, symbology: str) -> None:
    number = product_number(text, symbology)
    assert number is None or (len(number) == 14 and number.isdecimal())


def test_tables_may_have_left_leading_zeros_out() -> None:
    assert spellings("00036000291452") == ("00036000291452", "0036000291452", "036000291452")
    assert spellings("00000096385074") == ("00000096385074", "0000096385074", "000096385074", "96385074")
    assert spellings("04006381333931") == ("04006381333931", "4006381333931")


def test_a_number_is_shown_as_it_is_printed() -> None:
    assert (printed("04006381333931"), printed("00000096385074")) == ("4006381333931", "96385074")
