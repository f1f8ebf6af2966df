"""Numbers on packages: their check digits, their short forms, and how tables spell them (GS1; libraries.md L-81)."""

from typing import Final

_SHORTEST: Final = 8
LONGEST: Final = 14  # digits of a GTIN, the form that all others are padded to
_DIGITS: Final = {"EAN13": (13,), "EAN8": (8,), "UPCA": (12, 13), "UPCE": (8, 12, 13)}  # readers may write them out
_SPELT_WITH: Final = (8, 12, 13, 14)


def product_number(text: str, symbology: str) -> str | None:
    """The fourteen digits that a scanned code stands for; None when it is no such code or its check digit is wrong.

    `symbology` is EAN13, EAN8, UPCA or UPCE.
    """
    if len(text) not in _DIGITS.get(symbology, ()) or not (text.isascii() and text.isdecimal()):
        return None
    whole = _expanded(text) if symbology == "UPCE" and len(text) == _SHORTEST else text
    if whole is None or not has_check_digit(whole):
        return None
    return whole.zfill(LONGEST)


def has_check_digit(digits: str) -> bool:
    """Whether the last digit brings the weighted sum to a multiple of ten: weights 3, 1, 3 … from the right."""
    weighted = (int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(weighted) % 10 == 0


def spellings(number: str) -> tuple[str, ...]:
    """How tables may have written the product number: with fewer leading zeros, longest first."""
    short = number.lstrip("0")
    return tuple(short.zfill(length) for length in reversed(_SPELT_WITH) if len(short) <= length)


def printed(number: str) -> str:
    """The number as it stands on most packages: eight digits or thirteen."""
    short = number.lstrip("0")
    return short.zfill(8) if len(short) <= 8 else short.zfill(13)


def _expanded(text: str) -> str | None:
    """UPC-E without its zeros left out: number system 0 or 1, six digits of which the last says where they were."""
    system, six, check = text[0], text[1:7], text[7]
    if system not in "01":
        return None
    last = six[5]
    if last in "012":
        middle = f"{six[:2]}{last}0000{six[2:5]}"
    elif last == "3":
        middle = f"{six[:3]}00000{six[3:5]}"
    elif last == "4":
        middle = f"{six[:4]}00000{six[4]}"
    else:
        middle = f"{six[:5]}0000{last}"
    return f"{system}{middle}{check}"
