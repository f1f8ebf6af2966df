"""Another dish for one meal of a planned day, portioned so that the day's totals stay as they are."""

from collections.abc import Sequence
from random import Random

from agents.domain.foods import Catalogue, total
from agents.domain.meals.choice import Eaten, ranked, side_choices
from agents.domain.meals.dosing import Dosed, dose, is_within, misfit, plus, vector
from agents.domain.meals.judge import judge_for
from agents.domain.meals.menu import menu_for
from agents.domain.meals.plan import DayPlan, DayTargets, PlannedMeal
from agents.domain.meals.serving import planned
from agents.domain.meals.slots import KIND_OF_SLOT, Slot
from agents.domain.profile import Profile

ALTERNATIVES = 2
CANDIDATES = 24


def swap(
    day: DayPlan,
    slot: str,
    profile: Profile,
    targets: DayTargets,
    catalogue: Catalogue,
    *,
    seed: int = 0,
    history: Sequence[str] = (),
) -> tuple[PlannedMeal, ...]:
    """Up to two other dishes for the first meal in `slot`, best first; fewer where none keeps the day in shape.

    The day's totals stay within ±5 % kcal and ±10 % of each macro of what they were. `history` are codes of dishes had
    lately or turned down. Raises ValueError when the day has no such meal.
    """
    position = next((n for n, meal in enumerate(day.meals) if meal.slot == slot), None)
    if position is None:
        raise ValueError(f"this day has no meal {slot!r}")
    judge = judge_for(profile)
    menu, rng = menu_for(profile, targets, catalogue, judge), Random(f"{seed}:{slot}")  # noqa: S311 — variety only
    whole, had = vector(day.totals), vector(day.meals[position].totals)
    rest = vector(total(meal.totals for n, meal in enumerate(day.meals) if n != position))
    place, served = Slot(slot, KIND_OF_SLOT[slot], 1.0), {meal.recipe_code for meal in day.meals}
    picks = ranked(menu, place.kind, had, Eaten(recent=frozenset(history)), rng)
    found: list[tuple[float, Dosed]] = []
    for pick in [pick for pick in picks if pick.option.recipe.code not in served][:CANDIDATES]:
        sides = side_choices((place,), menu, rng, is_generous=True)
        (meal,) = dose((place,), (pick.option,), whole, menu, catalogue, sides=sides, base=rest)
        have = plus(rest, vector(meal.nutrients))
        if is_within(have, whole):
            found.append((misfit(have, whole) + pick.penalty, meal))
    best = sorted(found, key=lambda pair: (pair[0], pair[1].option.recipe.code))[:ALTERNATIVES]
    return tuple(planned(meal, catalogue, judge) for _, meal in best)
