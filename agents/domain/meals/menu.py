"""What may be served: the dishes and sides that suit a person, and why the others do not (science.md N-20)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agents.domain.diets import apart_kinds, keeps_apart
from agents.domain.foods import MEAL_KINDS, Catalogue, Food, MealKind, Nutrients, Recipe, Side
from agents.domain.meals.judge import Block, Judge, Ruling
from agents.domain.meals.plan import DayTargets
from agents.domain.profile import CookingSkill, Profile

ENOUGH = 7  # N-20: dishes a kind of meal needs
SKILL_RANK: Final[dict[CookingSkill, int]] = {"beginner": 0, "intermediate": 1, "advanced": 2}
KETO_DAY_CARBS_G = 60.0  # targets above this are not ketogenic, whatever diet was named (a safety rule may refuse keto)
KETO_DISH_NET_CARBS_G = 15.0  # so that four meals stay under 50 g net a day (3.1)
KETO_SIDE_NET_CARBS_G = 9.0  # per 100 g
OTHER_MAIN: Final[dict[MealKind, MealKind]] = {"lunch": "dinner", "dinner": "lunch"}


@dataclass(frozen=True, slots=True)
class Option:
    """A dish that may be served, with one serving's nutrients and what to weigh when choosing."""

    recipe: Recipe
    foods: tuple[Food, ...]
    nutrients: Nutrients
    notes: tuple[str, ...]
    is_disliked: bool
    apart: frozenset[str] = frozenset()  # kinds that must not meet others in one meal (3.1, kosher)


@dataclass(frozen=True, slots=True)
class SideOption:
    """A side that may be served."""

    side: Side
    food: Food
    apart: frozenset[str] = frozenset()

    def may_join(self, dish: Option) -> bool:
        """Whether it may come with a dish: two foods may each be fine and not belong in one meal (3.1, kosher)."""
        return len(self.apart | dish.apart) <= 1


@dataclass(frozen=True, slots=True)
class Ruled:
    """A dish with everything that stands against it; an empty tuple means it may be served."""

    recipe: Recipe
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """All dishes with their rulings, the ones that suit by kind of meal, and the sides."""

    profile: Profile
    ruled: tuple[Ruled, ...]
    options: Mapping[MealKind, tuple[Option, ...]]
    sides: tuple[SideOption, ...]


def menu_for(profile: Profile, targets: DayTargets, catalogue: Catalogue, judge: Judge) -> Menu:
    """Every dish judged once."""
    rulings = {food.code: judge(food) for food in _served(catalogue)}
    is_keto = profile.diet_type == "keto" and targets.carbs_g <= KETO_DAY_CARBS_G
    is_apart = keeps_apart(profile)
    ruled = tuple(
        Ruled(recipe, _blocks(recipe, profile, catalogue, rulings, is_keto=is_keto, is_apart=is_apart))
        for recipe in catalogue.recipes
    )
    dishes = [_option(entry.recipe, catalogue, rulings, is_apart=is_apart) for entry in ruled if not entry.blocks]
    sides = tuple(
        SideOption(side, food, apart_kinds((food,)) if is_apart else frozenset())
        for side, food in ((side, catalogue.food(side.food)) for side in catalogue.sides)
        if rulings[food.code].allowed
        and not rulings[food.code].is_disliked
        and not (is_keto and net_carbs_g(food.of(100)) > KETO_SIDE_NET_CARBS_G)
    )
    return Menu(profile, ruled, _by_kind(dishes), sides)


def minutes_label(minutes: int) -> str:
    """The time limit as it is named to the person."""
    return f"at most {minutes} minute{'' if minutes == 1 else 's'} in the kitchen"


def net_carbs_g(nutrients: Nutrients) -> float:
    """Carbohydrate without fibre (N-1)."""
    return max(nutrients.carbs_g - nutrients.fibre_g, 0.0)


def _served(catalogue: Catalogue) -> list[Food]:
    codes = dict.fromkeys(item.food for recipe in catalogue.recipes for item in recipe.ingredients)
    codes.update(dict.fromkeys(side.food for side in catalogue.sides))
    return [catalogue.food(code) for code in codes]


def _by_kind(dishes: Sequence[Option]) -> dict[MealKind, tuple[Option, ...]]:
    """Dishes by kind of meal. Lunch and dinner borrow from each other when a menu is small."""
    counts = {kind: sum(kind in dish.recipe.kinds for dish in dishes) for kind in MEAL_KINDS}
    return {
        kind: tuple(
            dish
            for dish in dishes
            if kind in dish.recipe.kinds or (counts[kind] < ENOUGH and OTHER_MAIN.get(kind) in dish.recipe.kinds)
        )
        for kind in MEAL_KINDS
    }


def _blocks(
    recipe: Recipe,
    profile: Profile,
    catalogue: Catalogue,
    rulings: Mapping[str, Ruling],
    *,
    is_keto: bool,
    is_apart: bool,
) -> tuple[Block, ...]:
    blocks = list(dict.fromkeys(block for item in recipe.ingredients for block in rulings[item.food].blocks))
    if is_apart and len(apart_kinds(catalogue.foods_of(recipe))) > 1:
        blocks.append(Block("religious", "meat and dairy apart"))
    if is_keto and net_carbs_g(catalogue.nutrients_of(recipe)) > KETO_DISH_NET_CARBS_G:
        blocks.append(Block("diet", "keto eating"))
    if profile.max_prep_minutes is not None and recipe.minutes > profile.max_prep_minutes:
        blocks.append(Block("minutes", minutes_label(profile.max_prep_minutes), recipe.minutes))
    if profile.cooking_skill is not None and SKILL_RANK[recipe.skill] > SKILL_RANK[profile.cooking_skill]:
        blocks.append(Block("skill", f"{profile.cooking_skill} cooking", SKILL_RANK[recipe.skill]))
    return tuple(blocks)


def _option(recipe: Recipe, catalogue: Catalogue, rulings: Mapping[str, Ruling], *, is_apart: bool) -> Option:
    found = [rulings[item.food] for item in recipe.ingredients]
    foods = catalogue.foods_of(recipe)
    return Option(
        recipe=recipe,
        foods=foods,
        nutrients=catalogue.nutrients_of(recipe),
        notes=tuple(dict.fromkeys(note for ruling in found for note in ruling.notes)),
        is_disliked=any(ruling.is_disliked for ruling in found),
        apart=apart_kinds(foods) if is_apart else frozenset(),
    )
