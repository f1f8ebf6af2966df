"""Which dishes come into question for a meal, and which sides: tastes, variety, season, what fits the day's macros."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Final

from agents.domain.foods import MACROS, MealKind, Season
from agents.domain.meals.larder import Stock, made_of
from agents.domain.meals.menu import Menu, Option, SideOption
from agents.domain.meals.slots import Slot
from agents.domain.meals.vectors import Vector, vector

MOST_A_WEEK, LEFTOVERS_A_WEEK = 3, 2
MAIN_KINDS: Final = frozenset({"lunch", "dinner"})
SHORTLIST, HELPERS = 16, 2  # dishes by taste and fit, and the richest in each macro
SIDES_A_MACRO = 2
# Penalties in units of the misfit: 1 is one figure at the edge of the ±5 % that a day aims at.
TOO_SOON, AGAIN, RECENT, LEFTOVER = 12.0, 1.0, 1.0, -0.5
DISLIKED, LABEL_TO_READ, LIKED_CUISINE, IN_SEASON, OUT_OF_SEASON = 12.0, 3.0, -1.0, -0.5, 0.5
OFF_PATTERN, NOISE = 2.0, 2.0
SAME_PROTEIN = 0.5  # each time that the week had the same main protein, and again for its kind
STAND_IN, PLANTS_ONLY, A_MINUTE = 2.0, 0.5, 0.015  # for people who eat everything; each minute of work
PLANT_DIETS: Final = frozenset({"vegan", "vegetarian"})
STAND_INS: Final = frozenset({"soy", "plant_protein", "plant_drink", "vegan_dairy"})
ANIMALS: Final = frozenset({"meat", "poultry", "fish", "seafood", "dairy", "egg"})
KINDS_TO_VARY: Final[dict[str, str]] = {"fish": "fish", "seafood": "fish", "meat": "meat", "poultry": "poultry"}
PANTRY_GAIN, EXPIRING_GAIN, MOST_FROM_HOME = 0.006, 0.02, 3.0  # per g used from home, and at most for a dish
KCAL_PER_G = (4.0, 4.0, 9.0)
SEASONS: Final[tuple[Season, ...]] = ("winter", "spring", "summer", "autumn")


@dataclass(frozen=True, slots=True)
class Eaten:
    """What was served so far: times in the last six days, yesterday's dishes, and dishes had before this plan.

    `keeping` are yesterday's dishes of which a portion may be kept for today. `proteins` counts `proteins_of` each
    meal of the last six days.
    """

    times: Mapping[str, int] = field(default_factory=dict)
    yesterday: Collection[str] = ()
    recent: Collection[str] = ()
    keeping: Collection[str] = ()
    most_a_week: int = MOST_A_WEEK
    proteins: Mapping[str, int] = field(default_factory=dict)

    def is_spent(self, code: str) -> bool:
        """Whether it was had as often as a week allows."""
        return self.times.get(code, 0) >= self.most_a_week

    def penalty(self, code: str) -> float:
        """What speaks against having it again."""
        return (
            AGAIN * self.times.get(code, 0)
            + (TOO_SOON if code in self.yesterday else 0.0)
            + (RECENT if code in self.recent else 0.0)
        )


@dataclass(frozen=True, slots=True)
class Pick:
    """A dish with what speaks against it; lower is better. A leftover was cooked the day before.

    `head_start` moves a dish up the list that uses what is at home; how much of it is used, the day itself weighs.
    """

    penalty: float
    option: Option
    is_leftover: bool = False
    head_start: float = 0.0


def ranked(
    menu: Menu, kind: MealKind, target: Vector, eaten: Eaten, rng: Random, *, on: date, stocks: Sequence[Stock] = ()
) -> list[Pick]:
    """All dishes for a kind of meal that the week still allows, the best first. Noise keeps alike weeks apart."""
    liked = {cuisine.casefold() for cuisine in menu.profile.cuisines}
    picks = [
        _pick(option, kind, eaten, fit + noise, _from_home(option, stocks))
        for option in menu.options[kind]
        for fit, noise in (
            (_taste(option, liked, on) + _habits(option, menu) + _off_pattern(option, target), NOISE * rng.random()),
        )
        if not eaten.is_spent(option.recipe.code)
    ]
    return sorted(picks, key=lambda pick: (pick.penalty - pick.head_start, pick.option.recipe.code))


def shortlisted(picks: Sequence[Pick], length: int = SHORTLIST) -> tuple[Pick, ...]:
    """The best of the list, and the richest in protein, carbohydrate and fat, which mend what the others miss."""
    chosen = list(picks[:length])
    for macro in (1, 2, 3):
        richest = sorted(picks[length:], key=lambda pick: -_share(pick.option, macro))[:HELPERS]
        chosen += [pick for pick in richest if pick not in chosen]
    return tuple(chosen)


def side_choices(
    slots: Sequence[Slot], menu: Menu, rng: Random, count: int = SIDES_A_MACRO
) -> tuple[tuple[SideOption, ...], ...]:
    """For each slot a few sides of each macro."""
    found = []
    for slot in slots:
        offered: list[SideOption] = []
        for macro in MACROS:
            fitting = [s for s in menu.sides if s.side.macro == macro and slot.kind in s.side.kinds]
            offered += rng.sample(fitting, min(count, len(fitting)))
        found.append(tuple(offered))
    return tuple(found)


def season_of(day: date) -> Season:
    """The northern season of a date, by whole months."""
    return SEASONS[day.month % 12 // 3]


def _pick(option: Option, kind: MealKind, eaten: Eaten, penalty: float, head_start: float) -> Pick:
    code = option.recipe.code
    if code in eaten.keeping and kind in MAIN_KINDS:
        return Pick(penalty + LEFTOVER, option, is_leftover=True, head_start=head_start)
    same = SAME_PROTEIN * sum(eaten.proteins.get(name, 0) for name in proteins_of(option))
    return Pick(penalty + same + eaten.penalty(code), option, head_start=head_start)


def _taste(option: Option, liked: Collection[str], on: date) -> float:
    seasons = option.recipe.seasons
    in_season = 0.0 if not seasons else IN_SEASON if season_of(on) in seasons else OUT_OF_SEASON
    return (
        (DISLIKED if option.is_disliked else 0.0)
        + (LABEL_TO_READ if option.notes else 0.0)
        + (LIKED_CUISINE if option.recipe.cuisine in liked else 0.0)
        + in_season
    )


def proteins_of(option: Option) -> tuple[str, ...]:
    """What a dish's protein mostly comes from: the food whatever its state, and its kind ("tuna", "kind fish")."""
    amounts = zip(option.foods, option.recipe.ingredients, strict=True)
    food = max(amounts, key=lambda pair: pair[0].protein_g * pair[1].grams)[0]
    name = food.code if food.group == "dairy" else food.code.split("_")[0]
    return (name, f"kind {KINDS_TO_VARY[food.group]}") if food.group in KINDS_TO_VARY else (name,)


def _habits(option: Option, menu: Menu) -> float:
    """Long work, and what people who eat everything do not expect: stand-ins for meat and milk, mains of plants."""
    work = A_MINUTE * option.recipe.minutes
    if menu.profile.diet_type in PLANT_DIETS:
        return work
    groups = {food.group for food in option.foods}
    is_plain = "snack" not in option.recipe.kinds and groups.isdisjoint(ANIMALS)
    return work + (0.0 if groups.isdisjoint(STAND_INS) else STAND_IN) + (PLANTS_ONLY if is_plain else 0.0)


def _from_home(option: Option, stocks: Sequence[Stock]) -> float:
    """What speaks for a dish that uses up what is at home, the more so what is about to expire."""
    if not stocks:
        return 0.0
    grams = {food: item.grams for food, item in zip(option.foods, option.recipe.ingredients, strict=True)}
    return min(
        MOST_FROM_HOME,
        sum(
            min(amount * made_of(food, stock.food), stock.grams) * (EXPIRING_GAIN if stock.expires_on else PANTRY_GAIN)
            for stock in stocks
            for food, amount in grams.items()
        ),
    )


def _off_pattern(option: Option, target: Vector) -> float:
    """How far the dish's split of energy is from the day's, 0 (same) upwards."""
    return OFF_PATTERN * sum(
        abs(_share(option, macro) - target[macro] * factor / target[0])
        for macro, factor in zip((1, 2, 3), KCAL_PER_G, strict=True)
    )


def _share(option: Option, macro: int) -> float:
    """The part of the dish's energy that one macro gives."""
    have = vector(option.nutrients)
    return have[macro] * KCAL_PER_G[macro - 1] / have[0]
