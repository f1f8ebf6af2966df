"""Planned meals become rows: a new plan with its targets and days, and what the plan's content keeps of them."""

from dataclasses import asdict, dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from agents.domain.changes import NutritionPlanMade
from agents.domain.day_goals import goal_of
from agents.domain.meals import DayPlan, DayTargets
from agents.domain.meals import PlannedMeal as MealOfPlan
from agents.domain.targets import Targets
from storage.models.planned import PlannedMeal, PlannedMealItem
from storage.models.plans import NutritionTarget, Plan
from storage.plan_writes import PlanWriting, activate
from storage.receipts import Proof

FIGURES = ("kcal", "protein_g", "carbs_g", "fat_g", "fibre_g")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a planned meal stands: its plan, its day counted from the first, its number on the day, its wall time."""

    plan_id: UUID
    on: date
    day_number: int
    meal_number: int
    at: time | None


def nutrition(w: PlanWriting, change: NutritionPlanMade) -> list[Proof]:
    """Targets and planned meals."""
    aim = change.targets
    plan = activate(w, "nutrition", change.head, _content(change))
    plan.tdee = {
        "v": 1, "tdee_kcal": round(aim.tdee.tdee_kcal), "bmr_kcal": round(aim.tdee.bmr_kcal),
        "multiplier": aim.tdee.multiplier, "low": round(aim.tdee.low), "high": round(aim.tdee.high),
    }  # fmt: skip
    plan.macros = {"v": 1, "protein_g": aim.protein_g, "carbs_g": aim.carbs_g, "fat_g": aim.fat_g}
    for day_type, goal in _goals(change).items():
        w.session.add(_target(w, plan, change, day_type, goal))
    batches = _batches(change.meals.days)
    for index, day in enumerate(change.meals.days):
        for number, meal in enumerate(day.meals, start=1):
            place = Place(plan.id, day.date, index, number, change.meal_times.get(meal.slot))
            add_meal(w.session, w.user_id, meal, place, batches.get((index, number)))
    return [Proof("plan", plan.id, "created")]


def add_meal(
    session: Session,
    user_id: UUID,
    meal: MealOfPlan,
    place: Place,
    batch: str | None = None,
    row_id: UUID | None = None,
) -> UUID:
    """The row of one planned meal with those of its foods; its id."""
    meal_id: UUID = row_id or session.info["ids"]()
    session.add(
        PlannedMeal(
            id=meal_id,
            user_id=user_id,
            plan_id=place.plan_id,
            local_date=place.on,
            week_index=place.day_number // 7,
            day_index=place.day_number % 7,
            meal_number=place.meal_number,
            meal_type=meal.slot,
            scheduled_time=place.at,
            name=meal.name,
            servings=dec(meal.servings),
            batch_key=batch,
            allergen_proof={"v": 1, "items": [asdict(proof) for proof in meal.proof]},
            **{name: dec(getattr(meal.totals, name)) for name in FIGURES},
        )
    )
    for position, item in enumerate(meal.items):
        session.add(
            PlannedMealItem(
                user_id=user_id,
                planned_meal_id=meal_id,
                position=position,
                food_name=item.food.name,
                grams=dec(item.grams),
                **{name: dec(getattr(item, name)) for name in FIGURES},
            )
        )
    return meal_id


def dish(meal: MealOfPlan) -> dict[str, Any]:
    """A planned meal in few words, as plans and their changes keep it."""
    return {
        "slot": meal.slot,
        "recipe": meal.recipe_code,
        "servings": meal.servings,
        "items": [[item.food.code, item.grams] for item in meal.items],
    }


def dec(value: float) -> Decimal:
    """A figure with two decimals."""
    return Decimal(str(round(value, 2)))


def _target(w: PlanWriting, plan: Plan, change: NutritionPlanMade, day_type: str, goal: DayTargets) -> NutritionTarget:
    aim = change.targets
    return NutritionTarget(
        user_id=w.user_id,
        plan_id=plan.id,
        day_type=day_type,
        meals_per_day=max(2, min(8, len(change.meals.days[0].meals))),
        kcal_target=round(goal.kcal),
        kcal_min=round(goal.kcal_min),
        kcal_max=round(goal.kcal_max),
        kcal_floor=aim.kcal_floor,
        kcal_ceiling=aim.kcal_ceiling,
        floor_basis=aim.floor_basis,
        protein_g=dec(goal.protein_g),
        carbs_g=dec(goal.carbs_g),
        fat_g=dec(goal.fat_g),
        fibre_g=dec(goal.fibre_g),
        plan_rationale=aim.rationale,
        locked_at=w.now,
        last_recalculated_at=w.now,
    )


def _goals(change: NutritionPlanMade) -> dict[str, DayTargets]:
    """The daily mean, and the training and rest days where they differ from it (F29)."""
    own = {day_type(day.targets, change.targets): day.targets for day in change.meals.days}
    return {**own, "all": goal_of(change.targets)}


def day_type(goal: DayTargets, aim: Targets) -> str:
    """K-8: a training day has more energy than the mean, a rest day less."""
    if round(goal.kcal) == aim.kcal:
        return "all"
    return "training" if goal.kcal > aim.kcal else "rest"


def _batches(days: tuple[DayPlan, ...]) -> dict[tuple[int, int], str]:
    """Which meals (day index, meal number) come out of one pot: the leftover and what was cooked the day before."""
    found: dict[tuple[int, int], str] = {}
    for index, number, meal in _numbered(days):
        if not meal.is_leftover:
            continue
        cooked = [
            (i, n) for i, n, other in _numbered(days)
            if i == index - 1 and other.recipe_code == meal.recipe_code and not other.is_leftover
        ]  # fmt: skip
        for place in (*cooked[:1], (index, number)) if cooked else ():
            found[place] = f"{days[index - 1].date:%y%m%d}-{meal.recipe_code}"[:40]
    return found


def _numbered(days: tuple[DayPlan, ...]) -> list[tuple[int, int, MealOfPlan]]:
    return [(i, n, meal) for i, day in enumerate(days) for n, meal in enumerate(day.meals, start=1)]


def _content(change: NutritionPlanMade) -> dict[str, Any]:
    days = [
        {
            "date": day.date.isoformat(),
            "day_type": day_type(day.targets, change.targets),
            "meals": [dish(meal) for meal in day.meals],
        }
        for day in change.meals.days
    ]
    relaxed = [change.relaxed.preference, change.relaxed.value] if change.relaxed else None
    leeway = {"band": change.leeway.band, "most_a_week": change.leeway.most_a_week}
    return {"v": 1, "days": days, "leeway": leeway, "relaxed": relaxed}
