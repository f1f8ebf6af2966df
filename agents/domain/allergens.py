"""May this person eat this food? Allergen words, verdicts, decisions and the scan of outgoing text (science.md 3.2).

The one entrance to the allergen engine. It fails closed: unknown food, unknown severity and unknown words count against
the food, and nothing here ever says "safe" (N-33).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from agents.domain.allergen_derivation import Part, State, Verdict, denied_for, derive, parts_of
from agents.domain.allergen_mentions import Mention, read
from agents.domain.allergen_table import KEYS, holds, table, words_of
from agents.domain.note import Note
from agents.domain.profile import Profile, Restriction

__all__ = [
    "KEYS", "Decision", "ProofItem", "State", "Verdict", "code_for", "decide", "derive", "needs_question",
    "restrictions_for", "scan_text", "table_version",
]  # fmt: skip

# Judged by `diets` from what a food is, not by an allergen key: lactose is not milk allergy.
DIET_INTOLERANCES = frozenset({"lactose", "fructose", "fodmap", "histamine"})
COELIAC = Restriction("allergy", "gluten", None, "coeliac")  # 3.1: MAY counts as CONTAINS, as in an allergy
_JUDGED = frozenset({"allergy", "intolerance", "exclusion"})


@dataclass(frozen=True, slots=True)
class ProofItem:
    """Why a food was kept or left out for one restriction (N-33)."""

    food: str
    allergen: str
    verdict: State
    term: str
    rule: str
    table_version: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one food.

    `needs_acceptance`: kept, but only with a look at the label and a tap (mild allergy). `penalty`: how much the food
    is disliked, 0 = not at all.
    """

    allowed: bool
    proof: tuple[ProofItem, ...]
    notes: tuple[Note, ...]
    needs_acceptance: bool = False
    penalty: float = 0.0


def table_version() -> str:
    """Version of the word table, stored with every proof."""
    return table().version


def code_for(word: str) -> tuple[str, ...]:
    """N-37: the keys a person's word stands for ("nuts" → tree_nut, peanut). An unknown or too broad word gives ()."""
    words = words_of(word)
    if words in table().words:
        return table().words[words]
    term = table().terms.get(words)
    return () if term is None else tuple(key for key in KEYS if key in term.contains)


def needs_question(word: str) -> str | None:
    """What must be asked before this word is clear (pine nuts for "nuts"), or None."""
    return table().questions.get(words_of(word))


def restrictions_for(profile: Profile) -> tuple[Restriction, ...]:
    """The restrictions on file, and coeliac disease as one against gluten (3.1)."""
    words = {"coeliac", "celiac"}
    is_coeliac = profile.has(*words) or any(restriction.code in words for restriction in profile.restrictions)
    return (*profile.restrictions, COELIAC) if is_coeliac else profile.restrictions


def decide(
    restrictions: Sequence[Restriction],
    states: Mapping[str, str | Verdict],
    *,
    food: str = "",
    ingredients: Collection[str] = (),
    is_single_ingredient: bool = False,
) -> Decision:
    """N-32 for one food. A key without a state is MAY; so is any state that is none of clear, may, contains.

    A restriction on a food without a key ("kiwi") is matched against the name and `ingredients`: a hit is CONTAINS, and
    anything else is MAY unless the food is one curated single ingredient. Dislikes, faith and diet are not judged here.
    """
    proof: list[ProofItem] = []
    notes: list[Note] = []
    is_allowed, needs_acceptance = True, False
    for restriction in restrictions:
        if restriction.kind not in _JUDGED or restriction.code in DIET_INTOLERANCES:
            continue
        verdict = _verdict(restriction.code, states, (food, *ingredients), is_single_ingredient=is_single_ingredient)
        proof.append(ProofItem(food, verdict.allergen, verdict.state, verdict.term, verdict.rule, table_version()))
        if _excludes(restriction, verdict.state):
            is_allowed = False
        elif verdict.state == "may":
            notes.append(_label_note(restriction))
            needs_acceptance = needs_acceptance or restriction.kind == "allergy"
    return Decision(is_allowed, tuple(proof), tuple(notes), is_allowed and needs_acceptance)


def scan_text(
    text: str, restrictions: Sequence[Restriction], allowed_terms: Collection[str] = ()
) -> tuple[Verdict, ...]:
    """N-33: foods in outgoing words that this person must not be offered; empty when there are none.

    `allowed_terms` are the names of planned foods whose proof is on file. What the text leaves out or only speaks about
    ("without nuts", "your nut allergy") is no offer.
    """
    judged = [r for r in restrictions if r.kind in _JUDGED and r.code not in DIET_INTOLERANCES]
    own_words = [restriction.code for restriction in judged if restriction.code not in KEYS]
    reading = read(text, allowed=allowed_terms, extra=own_words)
    offered = [(part, mention) for part in parts_of(reading) for mention in part.mentions]
    found = [
        verdict
        for restriction in judged
        for part, mention in offered
        if (verdict := _offer(restriction.code, part, mention)) is not None and _excludes(restriction, verdict.state)
    ]
    return tuple(dict.fromkeys(found))


def _excludes(restriction: Restriction, state: State) -> bool:
    """N-32: an allergy that is not known to be mild excludes MAY as well."""
    is_strict = restriction.kind == "allergy" and restriction.severity != "mild"
    return state == "contains" or (state == "may" and is_strict)


def _verdict(
    code: str, states: Mapping[str, str | Verdict], names: Sequence[str], *, is_single_ingredient: bool
) -> Verdict:
    if code in KEYS:
        return _stated(code, states)
    needle = words_of(code)
    if any(holds(words_of(name), needle) for name in names):
        return Verdict(code, "contains", code, "N-32")
    return Verdict(code, "clear" if is_single_ingredient else "may", "", "N-31")


def _stated(key: str, states: Mapping[str, str | Verdict]) -> Verdict:
    found = _as_verdict(key, states.get(key))
    # Whatever holds wheat holds gluten, also where a table names the wheat alone.
    if key == "gluten" and key not in states:
        wheat = _as_verdict(key, states.get("wheat"))
        return wheat if wheat.state == "contains" else found
    return found


def _as_verdict(key: str, stated: str | Verdict | None) -> Verdict:
    if isinstance(stated, Verdict):
        return Verdict(key, stated.state, stated.term, stated.rule)
    return Verdict(key, "contains" if stated == "contains" else "clear" if stated == "clear" else "may", "", "N-31")


def _offer(code: str, part: Part, mention: Mention) -> Verdict | None:
    """What a mention offers of this restriction: nothing where the text leaves it out or declares itself free of it."""
    term = mention.term
    if mention.role not in ("named", "trace") or (mention.role == "named" and code in denied_for(part, mention)):
        return None
    if code not in KEYS:
        is_own = term.rule != "allowed" and holds(tuple(term.name.split()), words_of(code))
        return Verdict(code, "contains", code, "N-32") if is_own else None
    if code in term.contains and mention.role == "named":
        return Verdict(code, "contains", term.name, term.rule)
    if code in term.contains | term.may:
        return Verdict(code, "may", term.name, "N-31" if mention.role == "trace" else term.rule)
    return None


def _label_note(restriction: Restriction) -> Note:
    thing = restriction.label or restriction.code.replace("_", " ")
    return Note("N-32", f"This one may hold {thing}: please read the label before you eat it.")
