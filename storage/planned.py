"""Planned meals and sessions as shown."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from agents.domain.context import ExerciseView, MealItem, PlannedMealView, WorkoutView
from storage import plain
from storage.models.planned import PlannedExercise, PlannedMeal, PlannedMealItem, PlannedWorkout
from storage.models.plans import Plan

_MEALS = (
    select(*PlannedMeal.__table__.columns)
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
_ITEMS = (
    select(PlannedMealItem.planned_meal_id, PlannedMealItem.food_name, PlannedMealItem.grams, PlannedMealItem.kcal)
    .where(
        PlannedMealItem.user_id == bindparam("u"), PlannedMealItem.planned_meal_id.in_(bindparam("ids", expanding=True))
    )
    .order_by(PlannedMealItem.planned_meal_id, PlannedMealItem.position)
)
_WORKOUTS = (
    select(*PlannedWorkout.__table__.columns)
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
    select(*PlannedExercise.__table__.columns)
    .where(
        PlannedExercise.user_id == bindparam("u"),
        PlannedExercise.planned_workout_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(PlannedExercise.planned_workout_id, PlannedExercise.position)
)


def meals(session: Session, user_id: UUID, start: date, end: date, *, items: bool) -> tuple[PlannedMealView, ...]:
    """Meals of the active plan in these local days, with their foods if asked."""
    rows = plain.rows(session, _MEALS, {"u": user_id, "start": start, "end": end}).all()
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
