"""Diet types, faith, intolerances and conditions: what a food must not be (science.md 3.1, S-133, S-160, N-8, N-32).

A person's exclusions are the union over everything on file. A food is judged by its flags and group, the words of its
name and its allergens, which are derived from the name where nobody has stated them; `spared` names shadow the words
inside them ("wine vinegar" is no wine).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Protocol

from agents.domain import life_stage
from agents.domain.allergen_derivation import State, derive
from agents.domain.allergen_table import KEYS, Words, holds, index, words_of
from agents.domain.allergens import Decision, ProofItem
from agents.domain.diet_table import FLAGS, Exclusion, entry, known, named, table_version
from agents.domain.medicines import takes
from agents.domain.note import Note
from agents.domain.profile import DietType, Profile, Restriction

__all__ = ["FLAGS", "Exclusion", "Food", "excluded", "exclusions_for", "fits", "meal_conflicts", "table_version"]

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


def excluded(
    diet_type: DietType | None, religious: Iterable[str] = (), conditions: Iterable[str] = ()
) -> tuple[Exclusion, ...]:
    """The exclusions of a diet type, of faith codes and of condition codes; what has no rule adds nothing.

    A faith code without an entry ("onion") excludes the flag or the word of that name.
    """
    return (
        *known("diets", [diet_type] if diet_type else []),
        *(named(code, "religious") for code in religious),
        *known("conditions", ["no_alcohol", *conditions]),
    )


def exclusions_for(profile: Profile) -> tuple[Exclusion, ...]:
    """Everything this person's diet, faith, intolerances, exclusions, stage of life and medicines rule out."""
    religious = [r.code for r in profile.restrictions if r.kind == "religious"]
    chosen = [r.code for r in profile.restrictions if r.kind == "exclusion" and r.code not in KEYS]
    intolerances = [r.code for r in profile.restrictions if r.kind == "intolerance"]
    return (
        *excluded(profile.diet_type, religious, _conditions(profile)),
        *(named(code, "religious", "diets") for code in chosen),
        *known("intolerances", intolerances),
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


def keeps_apart(profile: Profile) -> bool:
    """Whether meat and dairy must not meet in one meal (3.1, kosher)."""
    return any(rule.keeps_apart for rule in exclusions_for(profile))


def apart_kinds(foods: Sequence[Food]) -> frozenset[str]:
    """Which of "meat" and "dairy" are among these foods."""
    meat = {"meat"} if any(_is_meat(food) for food in foods) else set()
    return frozenset(meat | ({"dairy"} if any(_is_dairy(food) for food in foods) else set()))


def meal_conflicts(foods: Sequence[Food], profile: Profile) -> tuple[Note, ...]:
    """What must not meet in one meal although each food is fine: kosher meat with dairy."""
    if not keeps_apart(profile):
        return ()
    meat = next((food for food in foods if _is_meat(food)), None)
    dairy = next((food for food in foods if _is_dairy(food)), None)
    if meat is None or dairy is None:
        return ()
    return (Note("3.1", f"{meat.name} and {dairy.name} do not go into one kosher meal."),)


def _conditions(profile: Profile) -> tuple[str, ...]:
    found = [*(profile.conditions or ())]
    if life_stage.is_pregnant(profile):
        found += ["pregnancy", "pregnancy_egg", "pregnancy_soft_cheese", "pregnancy_cured_meat"]
    if life_stage.is_minor(profile):
        found.append("minor")
    found += [medicine for medicine in ("mao_inhibitor", "statin", "warfarin") if takes(profile, medicine)]
    return tuple(found)


def _breaks(rule: Exclusion, food: Food, name: Words) -> str | None:
    """The flag, allergen or word by which the food breaks the rule, or None."""
    word = _word(name, rule.terms, rule.spared)
    if word is not None:
        return word
    if rule.keeps_apart and _is_meat(food) and _is_dairy(food):
        return "meat with dairy"
    if rule.spares_flags and any(holds(name, spared) for spared in rule.spared):
        return None
    return min((food.flags | {food.group}) & rule.flags | _allergens_of(rule, food, "contains"), default=None)


def _may_break(rule: Exclusion, food: Food, name: Words) -> str | None:
    word = _word(name, rule.may_terms, rule.spared)
    if word is not None or not rule.may_note:
        return word
    return min(food.flags & rule.may_flags | _allergens_of(rule, food, "may"), default=None)


def _allergens_of(rule: Exclusion, food: Food, state: State) -> frozenset[str]:
    """The keys of a rule that the food has in this state."""
    named = rule.named - food.allergens.keys()
    if named and _word(words_of(food.name), rule.spared, frozenset()) is not None:  # "halloumi burger"
        named = frozenset()
    return frozenset(key for key in rule.allergens | named if _state(food, key) == state)


def _state(food: Food, key: str) -> str:
    """What is stated about a key, else what the name tells (N-31)."""
    return food.allergens[key] if key in food.allergens else derive(food.name)[key].state


def _is_meat(food: Food) -> bool:
    flesh = entry("religious", "flesh")
    return _breaks(flesh, food, words_of(food.name)) is not None


def _is_dairy(food: Food) -> bool:
    return "dairy" in food.flags or _state(food, "milk") == "contains"


def _word(name: Words, wanted: frozenset[Words], spared: frozenset[Words]) -> str | None:
    """The first wanted term in the name; the longest term at a place consumes its words, so spared names shadow."""
    names = _by_first_word(wanted, spared)
    position = 0
    while position < len(name):
        here = (term for term in names.get(name[position], ()) if name[position : position + len(term)] == term)
        longest = next(here, None)
        if longest in wanted:
            return " ".join(longest or ())
        position += len(longest or ("",))
    return None


@cache
def _by_first_word(wanted: frozenset[Words], spared: frozenset[Words]) -> Mapping[str, tuple[Words, ...]]:
    """Both kinds of term by their first word, the longest first."""
    return index(wanted | spared)


def _proof(rule: Exclusion, food: Food, verdict: State, word: str) -> ProofItem:
    return ProofItem(food.name, rule.source, verdict, word, rule.rule, table_version())


def _penalty(food: Food, name: Words, restrictions: Iterable[Restriction]) -> float:
    dislikes = [restriction.code for restriction in restrictions if restriction.kind == "dislike"]
    return DISLIKE_PENALTY * sum(
        code in food.flags or code == food.group or holds(name, words_of(code)) for code in dislikes
    )
