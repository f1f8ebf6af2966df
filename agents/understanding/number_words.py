"""Numbers up to 99 written as English words, as pattern parts and as values."""

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_VALUES = {word: number for number, word in enumerate((*_ONES, *_TEENS), start=1)} | _TENS

HOUR_WORD = "(?:" + "|".join((*_ONES, *_TEENS[:3])) + ")"  # one .. twelve
MINUTE_WORD = (  # oh five, ten .. fifty nine
    f"(?:oh (?:{'|'.join(_ONES)})|{'|'.join(_TEENS)}|(?:twenty|thirty|forty|fifty)(?:[ -](?:{'|'.join(_ONES)}))?)"
)
NUMBER_WORD = f"(?:{'|'.join(_TEENS)}|(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES)}))?|{'|'.join(_ONES)})"


def value_of(words: str) -> int:
    """The number that digits or one of the patterns above spell ("7", "twenty-five", "oh five")."""
    if words.isdigit():
        return int(words)
    return sum(_VALUES.get(word, 0) for word in words.lower().replace("-", " ").split())
