"""May this person eat this food? Allergies, diet, faith and exclusions put into one ruling a food.

The decisions are made in `allergens` (science.md N-32) and `diets` (3.1). They are asked one restriction at a time, so
that a refusal can name the constraint that collides, and once more all together.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import Literal

from agents.domain.allergen_table import words_of
from agents.domain.allergens import KEYS, Decision, ProofItem, decide, restrictions_for
from agents.domain.diets import Exclusion, exclusions_for, fits
from agents.domain.foods import Food, mentions
from agents.domain.note import Note
from agents.domain.profile import Profile, Restriction

BlockKind = Literal["allergy", "intolerance", "religious", "exclusion", "diet", "condition", "minutes", "skill"]
NEARLY = 0.8  # a mistyped "bananna" must still find the banana; a false alarm only costs a dish


@dataclass(frozen=True, slots=True)
class Block:
    """One constraint that rules a food or a dish out; `amount` is the minutes or the skill rank a dish would need."""

    kind: BlockKind
    label: str
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """What stands against a food, what to say with it and the proof to keep."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    proof: tuple[ProofItem, ...] = ()
    is_disliked: bool = False

    @property
    def allowed(self) -> bool:
        """Whether nothing stands against it."""
        return not self.blocks


Judge = Callable[[Food], Ruling]


def judge_for(profile: Profile) -> Judge:
    """A judge for this person. Each food is ruled once; the rulings live as long as the judge."""
    restrictions = restrictions_for(profile)
    concerns = [(block, part, exclusions_for(part)) for block, part in _concerns(profile)]
    everything = exclusions_for(profile)

    @cache
    def judge(food: Food) -> Ruling:
        found = [_ruling(food, restriction) for restriction in restrictions]
        found += [_diet_ruling(food, block, part, rules) for block, part, rules in concerns]
        whole = fits(food, profile, rules=everything)
        blocks = list(dict.fromkeys(block for ruling in found for block in ruling.blocks))
        if "alcohol" in food.flags:
            blocks.append(Block("condition", "no alcohol in meals"))  # N-8: never suggested as food
        if not blocks and not (whole.allowed and _decided(food, restrictions).allowed):
            blocks.append(Block("condition", "your food rules together"))
        return Ruling(
            blocks=tuple(blocks),
            notes=tuple(dict.fromkeys(note for ruling in found for note in ruling.notes)),
            proof=tuple(proof for ruling in found for proof in ruling.proof),
            is_disliked=whole.penalty > 0 or any(ruling.is_disliked for ruling in found),
        )

    return judge


def label_of(restriction: Restriction) -> str:
    """The constraint in plain words: "no mushrooms", "milk allergy", "halal"."""
    name = restriction.label or restriction.code.replace("_", " ")
    if restriction.kind in ("allergy", "intolerance"):
        return name if restriction.kind in name else f"{name} {restriction.kind}"
    return f"no {name}" if restriction.kind in ("exclusion", "dislike") else name


def _ruling(food: Food, restriction: Restriction) -> Ruling:
    """One restriction: by allergen state, and by name where it has no key of N-30."""
    is_named = restriction.code not in KEYS and mentions(food, restriction.code)
    if restriction.kind == "dislike":
        return Ruling(is_disliked=is_named or food.state(restriction.code) == "contains")
    if restriction.kind == "religious":
        return Ruling()  # a rule of faith is a diet of its own, judged by `fits`
    decision = _decided(food, (restriction,))
    is_near = restriction.kind == "allergy" and restriction.code not in KEYS and _is_nearly(food, restriction.code)
    if decision.allowed and not is_near and not (is_named and restriction.kind == "exclusion"):
        return Ruling(notes=_words(decision.notes), proof=decision.proof)
    return Ruling((Block(restriction.kind, label_of(restriction)),), proof=decision.proof)


def _decided(food: Food, restrictions: tuple[Restriction, ...]) -> Decision:
    return decide(
        restrictions,
        food.allergens,
        food=food.name,
        ingredients=food.synonyms,
        is_single_ingredient=food.is_curated,
    )


def _is_nearly(food: Food, word: str) -> bool:
    """Whether an allergen without a key might mean this food: a word that cannot be compared might mean any (N-31)."""
    parts = words_of(word)
    names = {part for phrase in (food.name, *food.synonyms) for part in words_of(phrase)}
    return not parts or any(get_close_matches(part, names, n=1, cutoff=NEARLY) for part in parts)


def _concerns(profile: Profile) -> list[tuple[Block, Profile]]:
    """The profile taken apart, so that each rule of eating can be named by itself."""
    bare = replace(profile, restrictions=(), diet_type=None)
    found: list[tuple[Block, Profile]] = [(Block("condition", "your health conditions"), bare)]
    if profile.diet_type is not None:
        found.append((Block("diet", f"{profile.diet_type} eating"), Profile(diet_type=profile.diet_type)))
    found += [
        (Block(restriction.kind, label_of(restriction)), Profile(restrictions=(restriction,)))
        for restriction in profile.restrictions
        if restriction.kind != "allergy" and restriction.kind != "dislike"  # noqa: PLR1714 — narrows the type
    ]
    return found


def _diet_ruling(food: Food, block: Block, part: Profile, rules: tuple[Exclusion, ...]) -> Ruling:
    decision = fits(food, part, rules=rules)
    return Ruling(notes=_words(decision.notes)) if decision.allowed else Ruling((block,))


def _words(notes: Iterable[Note]) -> tuple[str, ...]:
    return tuple(note.message for note in notes)
