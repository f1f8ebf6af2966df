"""From a food's name or ingredient list to CLEAR, MAY or CONTAINS per allergen (science.md N-31, N-34..N-37).

The text is cut at commas, "with" and "and"; each part is judged by itself and the worst part decides. A part is clear
of an allergen only when every word in it is known to be, or when it declares so ("nut-free"). The unknown is MAY.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from agents.domain.allergen_mentions import Mention, Reading, read
from agents.domain.allergen_table import KEYS, Term, table

State = Literal["clear", "may", "contains"]
ORDER: dict[str, int] = {"clear": 0, "may": 1, "contains": 2}
_SPLITTERS = frozenset({"with", "and", "plus", "on", "in", "over", "topped"})
# Words of a declaration, which name no food by themselves.
_DECLARING = frozenset(
    {"free", "without", "no", "or", "nor", "contain", "may", "trace", "vegan", "plant", "based", "from"}
)
_VEGAN = frozenset({"vegan", "plant based"})
_VEGAN_CLEAR = frozenset({"milk", "egg", "fish", "crustacean", "mollusc", "mammal"})
_VEGAN_MAY = frozenset({"tree_nut", "soy"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one allergen in a food: the state, the word it rests on, and the rule that says so."""

    allergen: str
    state: State
    term: str
    rule: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text judged by itself; `is_known` when no word in it is foreign to the table."""

    mentions: tuple[Mention, ...]
    denied: frozenset[str]
    is_vegan: bool
    is_known: bool


def derive(text: str) -> dict[str, Verdict]:
    """The verdict for every key of N-30. A text that names no food at all is unknown: MAY throughout."""
    reading = read(text)
    parts = parts_of(reading)
    is_food = any(mention.role == "named" for mention in reading.mentions)
    return {key: worst([_judged(part, key) for part in parts] + ([] if is_food else [_unknown(key)])) for key in KEYS}


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The highest state; among equals the one with a named word, else the first."""
    return max(verdicts, key=lambda verdict: (ORDER[verdict.state], bool(verdict.term)))


def _unknown(key: str) -> Verdict:
    return Verdict(key, "may", "", "N-31")


def _judged(part: Part, key: str) -> Verdict:
    named = [mention for mention in part.mentions if mention.role == "named"]
    traces = [m.term for m in part.mentions if m.role == "trace" and key in m.term.contains | m.term.may]
    kept = [mention.term for mention in named if key not in denied_for(part, mention)]
    contained = [term for term in kept if key in term.contains]
    if contained and _is_wheat_starch(key, part, contained):
        return Verdict(key, "may", contained[0].name, contained[0].rule)
    if contained:
        return Verdict(key, "contains", contained[0].name, contained[0].rule)
    if traces:
        return Verdict(key, "may", traces[0].name, "N-31")
    if key in part.denied or (part.is_vegan and key in _VEGAN_CLEAR):
        return Verdict(key, "clear", f"{key.replace('_', ' ')}-free", "N-36")
    possible = [term for term in kept if key in term.may]
    if possible:
        return Verdict(key, "may", possible[0].name, possible[0].rule)
    if part.is_vegan and key in _VEGAN_MAY:
        return Verdict(key, "may", "vegan", "N-36")
    if not part.is_known or _is_dish(named) or any(not (term.is_single or key in term.clear) for term in kept):
        return _unknown(key)
    shadow = next((term for term in kept if key in term.clear), None)
    return Verdict(key, "clear", shadow.name if shadow else "", "N-36" if shadow else "N-31")


def _is_wheat_starch(key: str, part: Part, contained: Sequence[Term]) -> bool:
    """Whether the wheat may be gone: a gluten-free food has none, or starch of which the gluten was washed out."""
    return key == "wheat" and "gluten" in part.denied and all(key not in term.inherent for term in contained)


def _is_dish(named: Sequence[Mention]) -> bool:
    """Whether the words name a dish ("lemon chicken") and not one ingredient ("cod fish"): it may hold more (N-31)."""
    return any(not first.term.contains & second.term.contains for first, second in pairwise(named))


def denied_for(part: Part, mention: Mention) -> frozenset[str]:
    """Keys the part declares itself free of, as far as that holds for this food.

    It overrules what a dish usually holds, never what its name says it is made of ("nut-free almond cake"); a vegan one
    is made of something else than its name says, unless the name is a bare ingredient.
    """
    vegan = _VEGAN_CLEAR if part.is_vegan and not mention.term.is_single else frozenset()
    return (part.denied - mention.term.inherent) | vegan


def parts_of(reading: Reading) -> list[Part]:
    """The parts of a text in which there is something to judge."""
    spans = _spans(reading)
    parts = [part for start, end in spans if (part := _part(reading, start, end)) is not None]
    return _merged(parts)


def _spans(reading: Reading) -> list[tuple[int, int]]:
    """Cut at stops and splitting words, but never inside a term ("sweet and sour sauce")."""
    inside = {i for mention in reading.mentions for i in range(mention.start + 1, mention.end)}
    cuts = [0]
    for i, token in enumerate(reading.tokens):
        if i not in inside and (token.stop or token.word in _SPLITTERS):
            cuts.append(i)
    return list(pairwise([*cuts, len(reading.tokens)]))


def _part(reading: Reading, start: int, end: int) -> Part | None:
    """None for a stretch with nothing to judge: numbers, units, filler words."""
    mentions = tuple(mention for mention in reading.mentions if start <= mention.start < end)
    covered = {i for mention in mentions for i in range(mention.start, mention.end)}
    loose = [reading.tokens[i].word for i in range(start, end) if i not in covered]
    words = [token.word for token in reading.tokens[start:end]]
    is_vegan = not _VEGAN.isdisjoint({*words, *(" ".join(pair) for pair in pairwise(words))})
    strange = [word for word in loose if not _is_harmless(word)]
    denied = frozenset(
        key for mention in mentions if mention.role == "absent" for key in table().claims.get(mention.term.name, ())
    )
    if not (strange or denied or any(mention.role in ("named", "trace") for mention in mentions)):
        return None
    return Part(mentions, denied, is_vegan, not strange)


def _is_harmless(word: str) -> bool:
    return word.isdigit() or word in _SPLITTERS or word in table().fillers or word in _DECLARING


def _merged(parts: Sequence[Part]) -> list[Part]:
    """A declaration that stands alone ("granola, nut free") speaks of the part before it."""
    found: list[Part] = []
    for part in parts:
        is_lone = part.is_known and bool(part.denied) and all(mention.role == "absent" for mention in part.mentions)
        if is_lone and found:
            found[-1] = replace(found[-1], denied=found[-1].denied | part.denied)
        elif not is_lone:
            found.append(part)
    return found
