"""Targets and planned meals checked against the rules (science.md E1 to E7, N-1, N-31 to N-33, 3.1, S-133, S-160)."""

import math
from collections.abc import Iterator
from typing import Protocol

from agents.domain import energy, keto, macros
from agents.domain.diets import exclusions_for, fits, meal_conflicts
from agents.domain.foods import Nutrients
from agents.domain.meals.judge import judge_for
from agents.domain.meals.plan import DayPlan, DayTargets, MealPlan, PlannedItem, PlannedMeal
from agents.domain.note import Note
from agents.domain.profile import Profile
from agents.domain.safety import deficit_allowed, deficit_cap, understood
from agents.domain.safety.guardrails import MAX_LOSS_KG_PER_WEEK, MAX_LOSS_SHARE_PER_WEEK
from agents.domain.targets import Targets

ENERGY_AGREES_KCAL = 50  # N-1
SUMS_AGREE_KCAL = 2.0  # two decimals a meal, a few meals a day
CEILINGS_KCAL = (5000, 6000)  # E3: for everybody, for athletes
WIDEST_BAND = 0.10  # only where the person chose it
MOST_SPLIT_KCAL = 300  # K-8
STEP_KCAL = 10  # K-7: targets are rounded to this


class MeanDay(Protocol):
    """The daily targets that the days of a plan go round: kcal, and the floor of every one of them."""

    @property
    def kcal(self) -> int:
        """The mean of the week."""
        ...

    @property
    def kcal_floor(self) -> int:
        """No day below it."""
        ...


def target_findings(aim: Targets, profile: Profile) -> Iterator[Note]:
    """E1 to E6, N-1 and keto, on the figures alone."""
    profile = understood(profile)
    if not _floor(profile) <= aim.kcal_floor <= aim.kcal_min <= aim.kcal:
        yield Note("E3", "The energy of this plan was below what keeps you well, so I hold it back.")
    if not (aim.kcal_ceiling in CEILINGS_KCAL and aim.kcal <= aim.kcal_max <= aim.kcal_ceiling):
        yield Note("E3", "The energy of this plan was above what I may plan, so I hold it back.")
    if not abs(_energy(aim.protein_g, aim.carbs_g, aim.fat_g) - aim.kcal) <= ENERGY_AGREES_KCAL:
        yield Note("N-1", "The energy and the nutrients of this plan did not agree, so I hold it back.")
    yield from _deficit_findings(aim, profile)
    refusal = keto.refusal(profile)
    if refusal is not None and aim.carbs_g - aim.fibre_g <= keto.NET_CARBS_CAP_G:
        yield refusal


def _deficit_findings(aim: Targets, profile: Profile) -> Iterator[Note]:
    """E1, E2, E4, E6: no loss where none is allowed, and never more than a quarter of what the body needs."""
    if not (aim.weekly_rate_kg < 0 and aim.kcal < aim.tdee.tdee_kcal):
        return
    verdict = deficit_allowed(profile)
    if not verdict.allowed:
        yield from (Note(finding.rule, finding.message) for finding in verdict.findings)
        return
    # The reason a lean person states is not on file here: the planner asked for it, so the lean cap is what counts.
    share = deficit_cap(profile, has_reason=True)
    most_kg = min(MAX_LOSS_KG_PER_WEEK, MAX_LOSS_SHARE_PER_WEEK * (profile.weight_kg or 0))
    is_steep = aim.kcal < (1 - share) * aim.tdee.tdee_kcal - STEP_KCAL
    if is_steep or not -aim.weekly_rate_kg <= most_kg + 0.01:
        yield Note("E4", "This plan would lose weight faster than is good for a body, so I hold it back.")


def day_findings(
    plan: MealPlan,
    aim: MeanDay,
    profile: Profile,
    had: Nutrients = Nutrients(),  # noqa: B008 - frozen
) -> Iterator[Note]:
    """Every day: not below the floor, near what the targets allow it, inside its range and macros, its sums right.

    `had` is what was eaten on the day beside the planned meals.
    """
    profile = understood(profile)
    is_keto = profile.diet_type == "keto" and keto.refusal(profile) is None
    floor = max(_floor(profile), aim.kcal_floor)
    if not plan.band <= WIDEST_BAND:
        yield Note("N-1", "The plan was made with too much room around your targets, so I hold it back.")
    for day in plan.days:
        name = f"{day.date:%A}"
        whole = day.totals + had
        if not whole.kcal >= floor - SUMS_AGREE_KCAL:
            yield Note("E3", f"{name} would have had too little to eat, so I hold the plan back.")
        if not _sums_agree(day):
            yield Note("N-1", f"The figures of {name} did not add up, so I hold the plan back.")
        if not _belongs_to(day.targets, aim):
            yield Note("K-8", f"{name} was planned for other targets than yours, so I hold the plan back.")
        if not day.targets.misfit(_figures(whole), plan.band) <= 1.0:
            yield Note("N-1", f"{name} missed its targets, so I hold the plan back.")
        if is_keto and not whole.carbs_g - whole.fibre_g <= keto.NET_CARBS_CAP_G:
            yield Note("3.1", f"{name} had too much carbohydrate for keto, so I hold the plan back.")


def food_findings(plan: MealPlan, profile: Profile) -> Iterator[Note]:
    """N-31 to N-33, 3.1, S-133, S-160: every food, what meets in a meal, and the proof that is kept with it."""
    profile = understood(profile)
    judge, rules = judge_for(profile), exclusions_for(profile)
    meals = [meal for day in plan.days for meal in day.meals]
    for item in {item.food.code: item for meal in meals for item in meal.items}.values():
        if judge(item.food).allowed:
            continue
        why = fits(item.food, profile, rules=rules)
        for rule in dict.fromkeys(["N-32"] if why.allowed else [note.rule for note in why.notes]):
            yield Note(rule, f"{item.food.name} does not go with what you told me, so I hold the plan back.")
    for meal in meals:
        yield from meal_conflicts([item.food for item in meal.items], profile)
        if not _is_proved(meal, profile):
            yield Note("N-33", f"I could not show what is in {meal.name}, so I hold the plan back.")


def _floor(profile: Profile) -> int:
    """E3 without training: no plan may be lower. Where the body is unknown, the figure of the sex alone."""
    if profile.age is None or profile.height_cm is None or profile.weight_kg is None:
        return energy.ABSOLUTE_FLOOR_KCAL[profile.sex]
    return energy.kcal_floor(profile, 0).kcal


def _belongs_to(goal: DayTargets, aim: MeanDay) -> bool:
    """K-8: a day may have up to 300 kcal more or less than the mean, never less than the floor."""
    return abs(goal.kcal - aim.kcal) <= MOST_SPLIT_KCAL and goal.kcal_min >= aim.kcal_floor


def _figures(eaten: Nutrients) -> tuple[float, float, float, float]:
    return eaten.kcal, eaten.protein_g, eaten.carbs_g, eaten.fat_g


def _sums_agree(day: DayPlan) -> bool:
    """The day is the sum of its meals, a meal the sum of its items, an item its food; no figure is missing."""
    meals = math.fsum(meal.totals.kcal for meal in day.meals)
    return (
        abs(meals - day.totals.kcal) <= SUMS_AGREE_KCAL
        and all(abs(math.fsum(i.kcal for i in m.items) - m.totals.kcal) <= SUMS_AGREE_KCAL for m in day.meals)
        and all(_is_its_food(item) for meal in day.meals for item in meal.items)
    )


def _is_its_food(item: PlannedItem) -> bool:
    return item.grams > 0 and abs(item.food.of(item.grams).kcal - item.kcal) <= SUMS_AGREE_KCAL


def _is_proved(meal: PlannedMeal, profile: Profile) -> bool:
    """N-33: the allergens of each item are those its food contains, and every allergy has its line for every food."""
    if any(set(item.allergens) != set(item.food.contains) for item in meal.items):
        return False
    told = {(proof.food, proof.allergen) for proof in meal.proof}
    names = {item.food.name for item in meal.items}
    return all((name, allergy.code) in told for name in names for allergy in profile.allergies)


def _energy(protein_g: float, carbs_g: float, fat_g: float) -> float:
    return protein_g * macros.KCAL_PER_G_PROTEIN + carbs_g * macros.KCAL_PER_G_CARBS + fat_g * macros.KCAL_PER_G_FAT
