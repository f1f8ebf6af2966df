"""Planned meals and sessions as shown."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from agents.domain.context import ExerciseView, MealItem, PlannedMealView, WorkoutView
from agents.domain.meals import DayTargets, Leeway
from agents.domain.planned_days import PlannedDays
from storage import plain
from storage.models.planned import PlannedExercise, PlannedMeal, PlannedMealItem, PlannedWorkout
from storage.models.plans import NutritionTarget, Plan

_Pot = aliased(PlannedMeal)
_COOKED_ON = (
    select(func.min(_Pot.local_date))
    .where(
        _Pot.user_id == PlannedMeal.user_id,
        _Pot.plan_id == PlannedMeal.plan_id,
        _Pot.batch_key == PlannedMeal.batch_key,
        _Pot.local_date < PlannedMeal.local_date,
        _Pot.status != "swapped",
    )
    .correlate(PlannedMeal)
    .scalar_subquery()
    .label("cooked_on")
)
_M, _W, _X, _G = PlannedMeal, PlannedWorkout, PlannedExercise, NutritionTarget
_MEAL = (
    _M.id, _M.local_date, _M.meal_type, _M.name, _M.scheduled_time, _M.kcal, _M.protein_g, _M.carbs_g, _M.fat_g,
    _M.status, _M.servings, _COOKED_ON,
)  # fmt: skip
_MEALS = (
    select(*_MEAL)
    .where(
        PlannedMeal.user_id == bindparam("u"),
        PlannedMeal.local_date >= bindparam("start"),
        PlannedMeal.local_date <= bindparam("end"),
        PlannedMeal.status != "swapped",
        PlannedMeal.plan_id.in_(
            select(Plan.id).where(Plan.user_id == bindparam("u"), Plan.kind == "nutrition", Plan.status == "active")
        ),
    )
    .order_by(PlannedMeal.local_date, PlannedMeal.meal_number)
)
_MEALS_BY_ID = (
    select(*_MEAL)
    .where(PlannedMeal.user_id == bindparam("u"), PlannedMeal.id.in_(bindparam("ids", expanding=True)))
    .order_by(PlannedMeal.local_date, PlannedMeal.meal_number)
)
_ITEMS = (
    select(PlannedMealItem.planned_meal_id, PlannedMealItem.food_name, PlannedMealItem.grams, PlannedMealItem.kcal)
    .where(
        PlannedMealItem.user_id == bindparam("u"), PlannedMealItem.planned_meal_id.in_(bindparam("ids", expanding=True))
    )
    .order_by(PlannedMealItem.planned_meal_id, PlannedMealItem.position)
)
_PLAN = select(Plan.id, Plan.content).where(
    Plan.user_id == bindparam("u"), Plan.kind == "nutrition", Plan.status == "active"
)
_GOALS = select(
    _G.day_type, _G.kcal_target, _G.kcal_min, _G.kcal_max, _G.protein_g, _G.carbs_g, _G.fat_g, _G.fibre_g
).where(NutritionTarget.user_id == bindparam("u"), NutritionTarget.plan_id == bindparam("plan_id"))
_WORKOUTS = (
    select(_W.id, _W.local_date, _W.name, _W.scheduled_time, _W.duration_minutes, _W.intensity_level, _W.status)
    .where(
        PlannedWorkout.user_id == bindparam("u"),
        PlannedWorkout.local_date >= bindparam("start"),
        PlannedWorkout.local_date <= bindparam("end"),
        PlannedWorkout.plan_id.in_(
            select(Plan.id).where(Plan.user_id == bindparam("u"), Plan.kind == "exercise", Plan.status == "active")
        ),
    )
    .order_by(PlannedWorkout.local_date, PlannedWorkout.id)
)
_EXERCISES = (
    select(
        _X.planned_workout_id,
        _X.name,
        _X.phase,
        _X.sets,
        _X.reps_min,
        _X.reps_max,
        _X.duration_seconds,
        _X.rest_sec,
        _X.modifications,
    )
    .where(
        PlannedExercise.user_id == bindparam("u"),
        PlannedExercise.planned_workout_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(PlannedExercise.planned_workout_id, PlannedExercise.position)
)


def meals(session: Session, user_id: UUID, start: date, end: date, *, items: bool) -> tuple[PlannedMealView, ...]:
    """Meals of the active plan in these local days, with their foods if asked."""
    rows = plain.rows(session, _MEALS, {"u": user_id, "start": start, "end": end}).all()
    return _views(session, user_id, rows, items=items)


def meals_by_id(session: Session, user_id: UUID, ids: Sequence[UUID]) -> tuple[PlannedMealView, ...]:
    """These meals with their foods, whatever became of them."""
    return _views(session, user_id, plain.rows(session, _MEALS_BY_ID, {"u": user_id, "ids": ids}).all(), items=True)


def _views(session: Session, user_id: UUID, rows: Sequence[Any], *, items: bool) -> tuple[PlannedMealView, ...]:
    foods: dict[UUID, list[MealItem]] = defaultdict(list)
    if items and rows:
        for row in plain.rows(session, _ITEMS, {"u": user_id, "ids": [r.id for r in rows]}):
            foods[row.planned_meal_id].append(MealItem(row.food_name, float(row.grams), float(row.kcal or 0)))
    return tuple(_meal(row, tuple(foods[row.id])) for row in rows)


def _meal(row: Any, items: tuple[MealItem, ...]) -> PlannedMealView:  # noqa: ANN401 - a row
    return PlannedMealView(
        id=row.id,
        local_date=row.local_date,
        slot=row.meal_type,
        name=row.name,
        at=row.scheduled_time,
        kcal=float(row.kcal or 0),
        protein_g=float(row.protein_g or 0),
        carbs_g=float(row.carbs_g or 0),
        fat_g=float(row.fat_g or 0),
        status=row.status,
        items=items,
        servings=float(row.servings),
        cooked_on=date.fromisoformat(row.cooked_on) if isinstance(row.cooked_on, str) else row.cooked_on,
    )


def days(session: Session, user_id: UUID) -> PlannedDays | None:
    """What the active meal plan was made for; None without one, or where it was made before this was kept."""
    plan = plain.rows(session, _PLAN, {"u": user_id}).first()
    if plan is None:
        return None
    rows = plain.rows(session, _GOALS, {"u": user_id, "plan_id": plan.id})
    goals = {row.day_type: _goal(row) for row in rows}
    content = plan.content
    leeway = content.get("leeway", {})
    relaxed = content.get("relaxed")
    return PlannedDays(
        goals={
            date.fromisoformat(day["date"]): goals[day["day_type"]]
            for day in content.get("days", ())
            if day.get("day_type") in goals
        },
        leeway=Leeway(**leeway),
        relaxed=(relaxed[0], relaxed[1]) if relaxed else None,
    )


def _goal(row: Any) -> DayTargets:  # noqa: ANN401 - a row
    return DayTargets(
        kcal=row.kcal_target,
        kcal_min=row.kcal_min,
        kcal_max=row.kcal_max,
        protein_g=float(row.protein_g),
        carbs_g=float(row.carbs_g),
        fat_g=float(row.fat_g),
        fibre_g=float(row.fibre_g or 0),
    )


def workouts(session: Session, user_id: UUID, start: date, end: date, *, lines: bool) -> tuple[WorkoutView, ...]:
    """Sessions of the active plan in these local days, with their exercises if asked."""
    rows = plain.rows(session, _WORKOUTS, {"u": user_id, "start": start, "end": end}).all()
    found: dict[UUID, list[ExerciseView]] = defaultdict(list)
    if lines and rows:
        for row in plain.rows(session, _EXERCISES, {"u": user_id, "ids": [r.id for r in rows]}):
            found[row.planned_workout_id].append(_exercise(row))
    return tuple(
        WorkoutView(
            id=row.id,
            local_date=row.local_date,
            name=row.name,
            at=row.scheduled_time,
            minutes=row.duration_minutes or 0,
            intensity=row.intensity_level,
            status=row.status,
            exercises=tuple(found[row.id]),
        )
        for row in rows
    )


def _exercise(row: Any) -> ExerciseView:  # noqa: ANN401 - a row
    return ExerciseView(
        name=row.name,
        phase=row.phase,
        sets=row.sets,
        reps_min=row.reps_min,
        reps_max=row.reps_max,
        duration_seconds=row.duration_seconds,
        rest_sec=row.rest_sec,
        modifications=tuple(row.modifications),
    )
