"""Durations as machines and people write them: "PT8H", "P1DT30M", "8h", "90m", "2d"."""

import re
from datetime import timedelta

LONGEST_TEXT = 60  # characters
LONGEST = timedelta(days=3660)  # ten years: further is a slip
_ISO = re.compile(
    r"P(?:(?P<weeks>\d+(?:\.\d+)?)W)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"(\d+(?:\.\d+)?)\s*(w|d|h|m|s)(?:eeks?|ays?|ours?|in(?:ute)?s?|ec(?:ond)?s?)?", re.IGNORECASE)
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def parse(text: str) -> timedelta:
    """The duration in this text. Raises ValueError with an example of what works."""
    text = text.strip()[: LONGEST_TEXT + 1]
    found = (_iso(text) or _plain(text)) if len(text) <= LONGEST_TEXT else None
    if found is None or not timedelta() < found <= LONGEST:
        raise ValueError('a duration looks like "PT8H", "P1D" or "8h", and is above zero and below ten years')
    return found


def _iso(text: str) -> timedelta | None:
    match = _ISO.fullmatch(text)
    parts = {name: float(value) for name, value in match.groupdict().items() if value} if match else {}
    try:
        return timedelta(**parts) if parts else None
    except OverflowError:
        return None


def _plain(text: str) -> timedelta | None:
    parts = _PLAIN.findall(text)
    if not parts or _PLAIN.sub("", text).strip(" ,"):
        return None
    try:
        return sum((timedelta(**{_UNITS[unit.lower()]: float(value)}) for value, unit in parts), timedelta())
    except OverflowError:
        return None
