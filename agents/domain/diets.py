"""Diet types, faith, intolerances and conditions: what a food must not be (science.md 3.1, S-133, S-160, N-8, N-32).

A person's exclusions are the union over everything on file. A food is judged by its flags and group, the words of its
name and its allergens; `spared` names shadow the words inside them ("wine vinegar" is no wine).
Fructose, FODMAP and histamine lists are approximations of common dietitian advice: they are no diagnosis.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Protocol

from agents.domain import life_stage
from agents.domain.allergen_derivation import State
from agents.domain.allergen_table import KEYS, Words, holds, words_of
from agents.domain.allergens import Decision, ProofItem
from agents.domain.medicines import takes
from agents.domain.note import Note
from agents.domain.profile import DietType, Profile, Restriction

FLAGS = frozenset(
    {"meat", "poultry", "pork", "beef", "fish", "seafood", "dairy", "egg", "honey", "gelatine", "alcohol", "grain",
     "legume", "refined_sugar", "root_vegetable", "onion_garlic", "animal_rennet", "high_fodmap", "raw_animal",
     "unpasteurised", "liver", "high_mercury_fish", "caffeine"}
)  # fmt: skip
LAND_FLESH = frozenset({"meat", "poultry", "pork", "beef", "liver"})
DISLIKE_PENALTY = 1.0


class Food(Protocol):
    """What a food must tell: `allergens` maps keys of N-30 to clear, may or contains; `flags` are words of FLAGS."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def group(self) -> str:
        """The food group."""

    @property
    def allergens(self) -> Mapping[str, str]:
        """State by key."""

    @property
    def flags(self) -> frozenset[str]:
        """What it is or holds."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One rule a food may break. `source` is the diet, faith, intolerance or condition; `may_*` need only a note."""

    source: str
    rule: str
    flags: frozenset[str] = frozenset()
    terms: frozenset[Words] = frozenset()
    allergens: frozenset[str] = frozenset()
    spared: frozenset[Words] = frozenset()
    spares_flags: bool = False  # a spared name outweighs the flag as well: hard cheese is dairy without lactose
    may_flags: frozenset[str] = frozenset()
    may_terms: frozenset[Words] = frozenset()
    may_note: str = ""


def excluded(
    diet_type: DietType | None, religious: Iterable[str] = (), conditions: Iterable[str] = ()
) -> tuple[Exclusion, ...]:
    """The exclusions of a diet type, of faith codes and of condition codes; what has no rule adds nothing.

    A faith code without an entry ("onion") excludes the flag or the word of that name.
    """
    return (
        *_known("diets", [diet_type] if diet_type else []),
        *(_named(code, "religious") for code in religious),
        *_known("conditions", ["no_alcohol", *conditions]),
    )


def exclusions_for(profile: Profile) -> tuple[Exclusion, ...]:
    """Everything this person's diet, faith, intolerances, exclusions, stage of life and medicines rule out."""
    religious = [r.code for r in profile.restrictions if r.kind == "religious"]
    chosen = [r.code for r in profile.restrictions if r.kind == "exclusion" and r.code not in KEYS]
    intolerances = [r.code for r in profile.restrictions if r.kind == "intolerance"]
    return (
        *excluded(profile.diet_type, religious, _conditions(profile)),
        *(_named(code, "religious", "diets") for code in chosen),
        *_known("intolerances", intolerances),
    )


def fits(food: Food, profile: Profile, *, rules: Sequence[Exclusion] | None = None) -> Decision:
    """Whether one food fits the person; dislikes only add a penalty. Allergies are judged by `allergens.decide`.

    `rules` are `exclusions_for(profile)` when many foods are judged at once.
    """
    name = words_of(food.name)
    applied = exclusions_for(profile) if rules is None else rules
    broken = [(rule, word) for rule in applied if (word := _breaks(rule, food, name)) is not None]
    doubtful = [(rule, word) for rule in applied if (word := _may_break(rule, food, name)) is not None]
    proof = (*(_proof(rule, food, "contains", word) for rule, word in broken),
             *(_proof(rule, food, "may", word) for rule, word in doubtful))  # fmt: skip
    notes = [Note(rule.rule, f"{food.name} does not fit: {rule.source.replace('_', ' ')}.") for rule, _ in broken]
    notes = notes or [Note(rule.rule, f"{food.name}: {rule.may_note}.") for rule, _ in doubtful]
    return Decision(not broken, proof, tuple(notes), penalty=_penalty(food, name, profile.restrictions))


def meal_conflicts(foods: Sequence[Food], profile: Profile) -> tuple[Note, ...]:
    """What must not meet in one meal although each food is fine: kosher meat with dairy."""
    if not any(r.code == "kosher" for r in profile.restrictions):
        return ()
    meat = next((food for food in foods if food.flags & LAND_FLESH), None)
    dairy = next((food for food in foods if "dairy" in food.flags), None)
    if meat is None or dairy is None:
        return ()
    return (Note("3.1", f"{meat.name} and {dairy.name} do not go into one kosher meal."),)


def table_version() -> str:
    """Version of the diet table, stored with every proof."""
    return _version_and_table()[0]


def _conditions(profile: Profile) -> tuple[str, ...]:
    found = [*(profile.conditions or ())]
    if life_stage.is_pregnant(profile):
        found.append("pregnancy")
    if life_stage.is_minor(profile):
        found.append("minor")
    found += [medicine for medicine in ("mao_inhibitor", "statin", "warfarin") if takes(profile, medicine)]
    return tuple(found)


def _breaks(rule: Exclusion, food: Food, name: Words) -> str | None:
    """The flag, allergen or word by which the food breaks the rule, or None."""
    word = _word(name, rule.terms, rule.spared)
    if word is not None:
        return word
    if rule.spares_flags and any(holds(name, spared) for spared in rule.spared):
        return None
    allergens = {key for key in rule.allergens if food.allergens.get(key) == "contains"}
    return min((food.flags | {food.group}) & rule.flags | allergens, default=None)


def _may_break(rule: Exclusion, food: Food, name: Words) -> str | None:
    word = _word(name, rule.may_terms, rule.spared)
    return word if word is not None else min(food.flags & rule.may_flags, default=None)


def _word(name: Words, wanted: frozenset[Words], spared: frozenset[Words]) -> str | None:
    """The first wanted term in the name; the longest term at a place consumes its words, so spared names shadow."""
    position = 0
    while position < len(name):
        here = [term for term in wanted | spared if name[position : position + len(term)] == term]
        longest = max(here, key=lambda term: (len(term), term in wanted), default=None)
        if longest in wanted:
            return " ".join(longest or ())
        position += len(longest or ("",))
    return None


def _proof(rule: Exclusion, food: Food, verdict: State, word: str) -> ProofItem:
    return ProofItem(food.name, rule.source, verdict, word, rule.rule, table_version())


def _penalty(food: Food, name: Words, restrictions: Iterable[Restriction]) -> float:
    dislikes = [restriction.code for restriction in restrictions if restriction.kind == "dislike"]
    return DISLIKE_PENALTY * sum(
        code in food.flags or code == food.group or holds(name, words_of(code)) for code in dislikes
    )


def _known(section: str, codes: Iterable[str]) -> tuple[Exclusion, ...]:
    return tuple(_table()[section][code] for code in dict.fromkeys(codes) if code in _table()[section])


def _named(code: str, *sections: str) -> Exclusion:
    """The entry of this code, else the flag or word itself: a rule that nobody foresaw still holds."""
    for section in sections:
        if code in _table()[section]:
            return _table()[section][code]
    flags = frozenset({code}) & FLAGS
    return Exclusion(code, "N-32", flags=flags, terms=frozenset({words_of(code)} - {()}))


def _table() -> Mapping[str, Mapping[str, Exclusion]]:
    return _version_and_table()[1]


@cache
def _version_and_table() -> tuple[str, Mapping[str, Mapping[str, Exclusion]]]:
    data = json.loads((resources.files("agents.domain") / "data" / "diets.json").read_text("utf-8"))
    sections = ("diets", "religious", "intolerances", "conditions")
    table = {section: {code: _exclusion(code, data[section][code]) for code in data[section]} for section in sections}
    return data["version"], table


def _exclusion(code: str, entry: Mapping[str, Any]) -> Exclusion:
    names = {key: frozenset(map(words_of, entry.get(key, ()))) for key in ("terms", "spared", "may_terms")}
    return Exclusion(
        source=code,
        rule=entry["rule"],
        flags=frozenset(entry.get("flags", ())),
        terms=names["terms"],
        allergens=frozenset(entry.get("allergens", ())),
        spared=names["spared"],
        spares_flags=bool(entry.get("spares_flags", False)),
        may_flags=frozenset(entry.get("may_flags", ())),
        may_terms=names["may_terms"],
        may_note=entry.get("may_note", ""),
    )
