"""Which dishes come first, and which sides are offered: tastes, variety and how well a dish fits the day's macros."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from agents.domain.foods import MACROS, MealKind
from agents.domain.meals.dosing import MAIN_KINDS, vector
from agents.domain.meals.menu import Menu, Option, SideOption
from agents.domain.meals.portions import Vector
from agents.domain.meals.slots import Slot

MOST_A_WEEK = 3
# Penalties in units of the misfit: 1 is one figure at the edge of the ±5 % that a day aims at.
TOO_SOON, AGAIN, RECENT = 12.0, 1.0, 1.0
DISLIKED, LABEL_TO_READ, LIKED_CUISINE = 12.0, 3.0, -1.0
OFF_PATTERN, NOISE = 3.0, 2.0
KCAL_PER_G = (4.0, 4.0, 9.0)


@dataclass(frozen=True, slots=True)
class Eaten:
    """What was served so far: times in the last six days, yesterday's dishes, and dishes had before this plan."""

    times: Mapping[str, int] = field(default_factory=dict)
    yesterday: Collection[str] = ()
    recent: Collection[str] = ()

    def is_due_a_rest(self, code: str) -> bool:
        """Had yesterday, or three times in the week."""
        return code in self.yesterday or self.times.get(code, 0) >= MOST_A_WEEK

    def penalty(self, code: str) -> float:
        """What speaks against having it again."""
        return (
            AGAIN * self.times.get(code, 0)
            + (TOO_SOON if self.is_due_a_rest(code) else 0.0)
            + (RECENT if code in self.recent else 0.0)
        )


@dataclass(frozen=True, slots=True)
class Pick:
    """A dish with everything that speaks against it; lower is better."""

    penalty: float
    option: Option


def ranked(menu: Menu, kind: MealKind, target: Vector, eaten: Eaten, rng: Random) -> list[Pick]:
    """All dishes for a kind of meal, the best first. The noise keeps weeks apart that start alike."""
    picks = [
        Pick(_taste(option, menu) + _off_pattern(option, target) + eaten.penalty(option.recipe.code) + noise, option)
        for option in menu.options[kind]
        for noise in (NOISE * rng.random(),)
    ]
    return sorted(picks, key=lambda pick: (pick.penalty, pick.option.recipe.code))


def side_choices(slots: Sequence[Slot], menu: Menu, rng: Random, *, is_generous: bool) -> list[tuple[int, SideOption]]:
    """One side of each macro for a main meal and one for a breakfast or snack; generously, for every meal."""
    mains = [n for n, slot in enumerate(slots) if slot.kind in MAIN_KINDS]
    others = [n for n, slot in enumerate(slots) if slot.kind not in MAIN_KINDS]
    groups = [group for group in (mains, others) if group]
    if is_generous:
        groups = [[n] for n in range(len(slots))]
    found: list[tuple[int, SideOption]] = []
    for group in groups:
        for macro in MACROS:
            meal = rng.choice(group)
            fitting = [s for s in menu.sides if s.side.macro == macro and slots[meal].kind in s.side.kinds]
            if fitting:
                found.append((meal, rng.choice(fitting)))
    return found


def _taste(option: Option, menu: Menu) -> float:
    liked = {cuisine.casefold() for cuisine in menu.profile.cuisines}
    return (
        (DISLIKED if option.is_disliked else 0.0)
        + (LABEL_TO_READ if option.notes else 0.0)
        + (LIKED_CUISINE if option.recipe.cuisine in liked else 0.0)
    )


def _off_pattern(option: Option, target: Vector) -> float:
    """How far the dish's split of energy is from the day's, 0 (same) upwards."""
    have = vector(option.nutrients)
    return OFF_PATTERN * sum(
        abs(h * factor / have[0] - w * factor / target[0])
        for h, w, factor in zip(have[1:], target[1:], KCAL_PER_G, strict=True)
    )
