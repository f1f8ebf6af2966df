"""When too few dishes are left: which constraints collide and which preference could give way (science.md N-20).

An allergy, an intolerance, a faith rule or a conviction is never offered up; a time limit, a cooking level, a
self-chosen exclusion or a weight-loss style of eating may be.
"""

from collections.abc import Callable, Iterable
from typing import Final

from agents.domain.foods import MealKind
from agents.domain.meals.judge import Block
from agents.domain.meals.menu import ENOUGH, OTHER_MAIN, SKILL_RANK, Menu, Ruled
from agents.domain.meals.plan import Conflict, MealRefusal, Relaxation
from agents.domain.profile import Profile, Restriction

# Leaving these out is often a matter of faith or conscience even when it was said plainly.
CONSCIENCE: Final = frozenset({"pork", "beef", "meat", "alcohol", "gelatine", "blood", "poultry", "fish", "seafood"})
STYLES_OF_EATING: Final = ("keto", "paleo")
SKILL_NAMES: Final = {rank: name for name, rank in SKILL_RANK.items()}
Lifts = Callable[[Block], bool]


def conflicts_of(menu: Menu, kinds: Iterable[MealKind]) -> tuple[Conflict, ...]:
    """The kinds of meal with fewer than seven dishes, each with what rules dishes out, the strongest first."""
    found = []
    for kind in dict.fromkeys(kinds):
        count = len(menu.options[kind])
        if count < ENOUGH:
            found.append(Conflict(kind, count, _constraints(menu, kind)))
    return tuple(found)


def relaxations_of(menu: Menu, profile: Profile, conflicts: tuple[Conflict, ...]) -> tuple[Relaxation, ...]:
    """The preferences that would open dishes, the one that mends most first, then the smallest step."""
    offers = [*_more_minutes(menu, conflicts), *_more_skill(menu, conflicts)]
    offers += [_without_exclusion(menu, conflicts, r) for r in profile.restrictions if _may_be_offered(r)]
    if profile.diet_type in STYLES_OF_EATING:
        style = profile.diet_type
        message = f"Eat without the {style} rules for a while."
        gained = _gains(menu, conflicts, lambda block: block.kind == "diet")
        offers.append(Relaxation("diet_type", "omnivore", message, gained))
    useful = [offer for offer in offers if any(offer.recipes_gained.values())]
    return tuple(sorted(useful, key=lambda offer: not _mends(offer, conflicts)))


def refusal(menu: Menu, profile: Profile, conflicts: tuple[Conflict, ...]) -> MealRefusal:
    """No plan is possible: say which wishes collide and what could give way."""
    empty = tuple(conflict for conflict in conflicts if not conflict.feasible)
    offers = relaxations_of(menu, profile, empty)
    kinds = _listed([conflict.kind for conflict in empty], "or")
    reasons = _listed(list(dict.fromkeys(name for conflict in empty for name in conflict.constraints)), "and")
    message = f"I have no {kinds} that fits all of this together: {reasons}."
    message += f" What could give way: {offers[0].message}" if offers else " I would rather say so than guess."
    return MealRefusal(message, conflicts, offers)


def _constraints(menu: Menu, kind: MealKind) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for entry in _of_kind(menu, kind):
        for block in entry.blocks:
            counts[block.label] = counts.get(block.label, 0) + 1
    return tuple(sorted(counts, key=lambda label: (-counts[label], label)))


def _of_kind(menu: Menu, kind: MealKind) -> list[Ruled]:
    kinds = {kind, OTHER_MAIN.get(kind, kind)}
    return [entry for entry in menu.ruled if kinds & set(entry.recipe.kinds)]


def _gains(menu: Menu, conflicts: tuple[Conflict, ...], lifts: Lifts) -> dict[MealKind, int]:
    """How many dishes each kind gains when these blocks fall away."""
    return {
        conflict.kind: sum(
            bool(entry.blocks) and all(lifts(block) for block in entry.blocks)
            for entry in _of_kind(menu, conflict.kind)
        )
        for conflict in conflicts
    }


def _mends(offer: Relaxation, conflicts: tuple[Conflict, ...]) -> bool:
    return all(c.feasible + offer.recipes_gained.get(c.kind, 0) >= ENOUGH for c in conflicts)


def _more_minutes(menu: Menu, conflicts: tuple[Conflict, ...]) -> list[Relaxation]:
    """The smallest longer time limit that mends everything, else the one that gains most."""
    limits = sorted({block.amount for entry in menu.ruled for block in entry.blocks if block.kind == "minutes"})
    offers = [
        Relaxation("max_prep_minutes", str(limit), f"Allow up to {limit} minutes for a meal.", gained)
        for limit in limits
        for gained in (_gains(menu, conflicts, _shorter_than(limit)),)
    ]
    mending = [offer for offer in offers if _mends(offer, conflicts)]
    return mending[:1] or sorted(offers, key=lambda offer: -sum(offer.recipes_gained.values()))[:1]


def _shorter_than(limit: int) -> Lifts:
    return lambda block: block.kind == "minutes" and block.amount <= limit


def _more_skill(menu: Menu, conflicts: tuple[Conflict, ...]) -> list[Relaxation]:
    ranks = sorted({block.amount for entry in menu.ruled for block in entry.blocks if block.kind == "skill"})
    if not ranks:
        return []
    name, message = SKILL_NAMES[ranks[0]], "Try dishes that take a little more practice."
    lowest = ranks[0]
    gained = _gains(menu, conflicts, lambda block: block.kind == "skill" and block.amount <= lowest)
    return [Relaxation("cooking_skill", name, message, gained)]


def _may_be_offered(restriction: Restriction) -> bool:
    return restriction.kind == "exclusion" and restriction.code not in CONSCIENCE


def _without_exclusion(menu: Menu, conflicts: tuple[Conflict, ...], restriction: Restriction) -> Relaxation:
    label = restriction.label or restriction.code.replace("_", " ")
    gained = _gains(menu, conflicts, lambda block: block.kind == "exclusion" and block.label == f"no {label}")
    return Relaxation("exclusion", restriction.code, f"Allow {label} again.", gained)


def _listed(names: list[str], word: str) -> str:
    if not names:
        return "your choices"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
