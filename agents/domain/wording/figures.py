"""Numbers in a text with their units, and which of them no other text knows: a model may repeat them, not make them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "thousand": 1000, "dozen": 12, "twice": 2, "thrice": 3, "double": 2, "triple": 3,
}  # fmt: skip
_UNITS = {
    "kcal": "kcal", "calorie": "kcal", "calories": "kcal", "cal": "kcal", "g": "g", "gram": "g", "grams": "g",
    "kg": "kg", "kilo": "kg", "kilos": "kg", "kilograms": "kg", "mg": "mg", "ml": "ml", "l": "l", "litre": "l",
    "litres": "l", "liter": "l", "liters": "l", "lb": "lb", "lbs": "lb", "pounds": "lb", "min": "min", "mins": "min",
    "minute": "min", "minutes": "min", "h": "h", "hour": "h", "hours": "h", "day": "day", "days": "day",
    "week": "week", "weeks": "week", "month": "month", "months": "month", "year": "year", "years": "year",
    "set": "set", "sets": "set", "rep": "rep", "reps": "rep", "repetitions": "rep", "km": "km", "m": "m", "cm": "cm",
    "percent": "%", "%": "%", "steps": "step", "step": "step", "portions": "portion", "meals": "meal", "meal": "meal",
    "cups": "cup", "cup": "cup", "bpm": "bpm", "kj": "kj",
}  # fmt: skip
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])\.?m\b\.?|\b([01]?\d|2[0-3]):([0-5]\d)\b")
_HOURS = ("twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_HOUR = rf"(?:{'|'.join(_HOURS)}|1[0-2]|[1-9])"
_SPOKEN = re.compile(
    r"\b(?:(?P<part>half|quarter|five|ten|twenty|twenty[- ]five) past|(?P<short>quarter) to) "
    rf"(?P<of>{_HOUR})\b|"
    rf"\b(?P<full>{_HOUR}) ?o'clock\b"
)  # "quarter to" alone: "ten to twelve" may be repetitions
_MINUTES = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}
_EARLY, _LATE = (
    re.compile(r"\W+in the morning\b"),
    re.compile(r"\W+(?:in the (?:afternoon|evening)|at night|tonight)\b"),
)
# "Check the label twice" counts nothing that anybody should do so often; "twice a week" does.
_CARE = re.compile(
    r"\b(?:check(?:s|ed|ing)?|think(?:ing)?|look(?:ing)?|read(?:ing)?|ask(?:ing)?|rins(?:e|ing)|wash(?:ing)?)"
    r"(?:[ '-]+\w+){0,6} twice\b(?! (?:an?|per|each|every|as|the|daily|weekly|this|that|more)\b)"
)
_DIGITS = re.compile(r"(?<![\w.])[-+]?\d[\d.,]*(?:\s?/\s?\d+)?(?![\w]*\d)")
_SETS = re.compile(r"\b(\d{1,2})\s*[x×]\s*(\d{1,3})\b")  # "3 x 8": three sets of eight
_AFTER = re.compile(r"[\s-]*([a-z%]+)")
_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.33", "⅔": "0.67"}
_TOKEN = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, and what it counts; "" where that is not said."""

    value: float
    unit: str = ""


def figures(text: str) -> frozenset[Figure]:
    """Digits, clock times (as hours of the day with unit "clock", or of twelve with unit "dial" where nobody says which
    half of the day) and number words from two upwards. Pure and total.
    """
    plain = "".join(_FRACTIONS.get(mark, mark) for mark in text).casefold().replace("\u2019", "'")
    found, rest = _clocks(_CARE.sub(lambda care: care[0].removesuffix("twice"), plain))
    spoken, rest = _spoken_clocks(rest)
    found |= spoken
    for match in _SETS.finditer(rest):
        found |= {Figure(float(match[1]), "set"), Figure(float(match[2]), "rep")}
    for match in _DIGITS.finditer(rest):
        unit = _unit(rest, match.end())
        found |= {Figure(value, unit) for value in _values(match.group())}
    for match in _TOKEN.finditer(rest):
        if match.group() in _WORDS:
            found.add(Figure(float(_WORDS[match.group()]), _unit(rest, match.end())))
    return frozenset(found)


def unknown(text: str, sources: Iterable[str]) -> frozenset[Figure]:
    """The figures of a text that none of the sources holds: same value, and the same unit where the text names one."""
    known = frozenset().union(*(figures(source) for source in sources))
    return frozenset(each for each in figures(text) if not any(_agree(each, other) for other in known))


def _agree(one: Figure, other: Figure) -> bool:
    if one.unit == "dial" and other.unit == "clock":
        return abs((one.value - other.value + 6) % 12 - 6) <= 1e-6  # half past six is 6:30 and 18:30
    if abs(one.value - other.value) > 1e-6:
        return False
    return one.unit in (other.unit, "")


def _clocks(text: str) -> tuple[set[Figure], str]:
    found: set[Figure] = set()

    def read(match: re.Match[str]) -> str:
        if match[3]:
            hour, minute = int(match[1]) % 12 + (12 if match[3] == "p" else 0), int(match[2] or 0)
        else:
            hour, minute = int(match[4]), int(match[5])
        found.add(Figure(hour + minute / 60, "clock"))
        return " " * len(match.group())

    return found, _CLOCK.sub(read, text)


def _spoken_clocks(text: str) -> tuple[set[Figure], str]:
    """ "Half past six", "quarter to seven in the evening", "eight o'clock", and the text without them."""
    found: set[Figure] = set()

    def read(match: re.Match[str]) -> str:
        said = match["of"] or match["full"]
        hour = (int(said) if said.isdigit() else _HOURS.index(said)) % 12
        minute = -15 if match["short"] else _MINUTES[(match["part"] or "").replace(" ", "-")] if match["part"] else 0
        dial = (hour + minute / 60) % 12
        if _EARLY.match(text, match.end()):
            found.add(Figure(dial, "clock"))
        else:
            is_late = _LATE.match(text, match.end())
            found.add(Figure(dial + 12, "clock") if is_late else Figure(dial, "dial"))
        return " " * len(match.group())

    return found, _SPOKEN.sub(read, text)


def _unit(text: str, at: int) -> str:
    match = _AFTER.match(text, at)
    return _UNITS.get(match[1], "") if match else ""


def _values(token: str) -> set[float]:
    """Every honest reading of a number: 1,850 may be a thousand and something, or one and a bit."""
    token = token.strip(".,").replace(" ", "").lstrip("+-")
    if "/" in token:
        above, _, below = token.partition("/")
        return {float(above) / float(below)} if above.isdigit() and below.isdigit() and int(below) else set()
    found = {token.replace(",", "."), re.sub(r"[.,](?=\d{3}(?:\D|$))", "", token)}
    return {float(each) for each in found if re.fullmatch(r"\d+(?:\.\d+)?", each)}
