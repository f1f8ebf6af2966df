"""The table of what diets, faiths, intolerances and conditions leave out (science.md 3.1, S-133, S-160, N-8).

Fructose, FODMAP and histamine lists are approximations of common dietitian advice: they are no diagnosis.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from agents.domain.allergen_table import Words, words_of

SECTIONS = ("diets", "religious", "intolerances", "conditions")
FLAGS = frozenset(
    {"meat", "poultry", "pork", "beef", "fish", "seafood", "dairy", "egg", "honey", "gelatine", "alcohol", "grain",
     "legume", "refined_sugar", "root_vegetable", "onion_garlic", "animal_rennet", "high_fodmap", "raw_animal",
     "unpasteurised", "liver", "high_mercury_fish", "caffeine"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One rule a food may break. `source` is the diet, faith, intolerance or condition; `may_*` need only a note."""

    source: str
    rule: str
    flags: frozenset[str] = frozenset()
    terms: frozenset[Words] = frozenset()
    allergens: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()  # keys that count only where a name tells them and nobody has stated them
    spared: frozenset[Words] = frozenset()
    spares_flags: bool = False  # a spared name outweighs the flag as well: hard cheese is dairy without lactose
    may_flags: frozenset[str] = frozenset()
    may_terms: frozenset[Words] = frozenset()
    may_note: str = ""
    keeps_apart: bool = False  # meat and dairy, also inside one dish


def table_version() -> str:
    """Version of the diet table, stored with every proof."""
    return _version_and_table()[0]


def entry(section: str, code: str) -> Exclusion:
    """One row of the table. Raises KeyError for an unknown one."""
    return _sections()[section][code]


def known(section: str, codes: Iterable[str]) -> tuple[Exclusion, ...]:
    """The rows of these codes, each once; what has no row adds nothing."""
    return tuple(_sections()[section][code] for code in dict.fromkeys(codes) if code in _sections()[section])


def named(code: str, *sections: str) -> Exclusion:
    """The entry of this code, else the flag or word itself: a rule that nobody foresaw still holds."""
    for section in sections:
        if code in _sections()[section]:
            return _sections()[section][code]
    flags = frozenset({code}) & FLAGS
    return Exclusion(code, "N-32", flags=flags, terms=frozenset({words_of(code)} - {()}))


def _sections() -> Mapping[str, Mapping[str, Exclusion]]:
    return _version_and_table()[1]


@cache
def _version_and_table() -> tuple[str, Mapping[str, Mapping[str, Exclusion]]]:
    data = json.loads((resources.files("agents.domain") / "data" / "diets.json").read_text("utf-8"))
    table = {section: {code: _exclusion(code, data[section][code]) for code in data[section]} for section in SECTIONS}
    return data["version"], table


def _exclusion(code: str, row: Mapping[str, Any]) -> Exclusion:
    names = {key: frozenset(map(words_of, row.get(key, ()))) for key in ("terms", "spared", "may_terms")}
    return Exclusion(
        source=code,
        rule=row["rule"],
        flags=frozenset(row.get("flags", ())),
        terms=names["terms"],
        allergens=frozenset(row.get("allergens", ())),
        named=frozenset(row.get("named", ())),
        spared=names["spared"],
        spares_flags=bool(row.get("spares_flags", False)),
        may_flags=frozenset(row.get("may_flags", ())),
        may_terms=names["may_terms"],
        may_note=row.get("may_note", ""),
        keeps_apart=bool(row.get("keeps_apart", False)),
    )
