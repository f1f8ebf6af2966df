"""Emergency numbers and crisis lines by country (science.md S-10, S-64), and the country of a time zone.

Numbers come from the data file alone, never from a model and never from the language somebody writes in.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from agents.domain.safety.lexicon import load

UNKNOWN_NUMBER: Final = "112 / 911"
HELPLINE_FINDER: Final = "findahelpline.com"

_MOVED_ALIASES: Final = {  # old names whose link crosses a border in the time zone database
    "Africa/Asmera": "ER", "Africa/Timbuktu": "ML", "America/Virgin": "VI", "Atlantic/Jan_Mayen": "SJ", "Iceland": "IS",
    "Pacific/Ponape": "FM", "Pacific/Truk": "FM", "Pacific/Yap": "FM",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whom to call in a country. `crisis` and `poison` are None where the data file holds no line."""

    emergency: tuple[str, ...]
    crisis: str | None = None
    poison: str | None = None


def numbers_of(country: str | None) -> Numbers | None:
    """The numbers of an ISO 3166 country code, or None where the country or its numbers are not known."""
    return _numbers().get((country or "").upper())


@cache
def _numbers() -> dict[str, Numbers]:
    data = load("countries")
    return {
        code: Numbers(tuple(emergency), data["crisis"].get(code), data["poison"].get(code))
        for code, emergency in data["emergency"].items()
    }


def country_of_timezone(zone: str) -> str | None:
    """The ISO 3166 country of an IANA time zone; old names count. None for UTC, offsets and unknown names."""
    return _zones().get(zone)


@cache
def _zones() -> dict[str, str]:
    """Zone -> country from the tables of the time zone database, old names through their links."""
    folder = resources.files("tzdata").joinpath("zoneinfo")
    rows = (line.split("\t") for line in folder.joinpath("zone.tab").read_text(encoding="utf-8").splitlines())
    zones = {row[2]: row[0] for row in rows if len(row) > 2 and not row[0].startswith("#")}
    for line in folder.joinpath("tzdata.zi").read_text(encoding="utf-8").splitlines():
        if line.startswith("L "):
            _, target, alias = line.split(" ")[:3]
            if target in zones:
                zones.setdefault(alias, zones[target])
    return zones | _MOVED_ALIASES
