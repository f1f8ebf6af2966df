"""What a person trained and was planned to train, read in one query when a plan is made (science.md T-6, T-9)."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Date, Numeric, SmallInteger, bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from agents.domain.training.record import LiftedSet, PlanSpan, TrainingRecord
from storage import plain
from storage.models.activities import Activity, ExerciseSet
from storage.models.planned import PlannedExercise, PlannedWorkout
from storage.models.plans import Plan

# Older sets decide nothing: after eight weeks a lift is found by effort anew (T-9); two more may name it.
SETS_SINCE: Final = timedelta(days=70)

# PostgreSQL gives a bare NULL the type of text before it looks at the other branches of a union.
_NUMBER: Final = cast(null(), Numeric)
_SETS = (
    select(
        literal("set").label("kind"),
        ExerciseSet.exercise_name.label("name"),
        Activity.local_date.label("on"),
        ExerciseSet.reps.label("number"),
        ExerciseSet.weight_kg.label("weight_kg"),
        ExerciseSet.rpe.label("rpe"),
    )
    .join(Activity, (Activity.user_id == ExerciseSet.user_id) & (Activity.id == ExerciseSet.activity_id))
    .where(
        ExerciseSet.user_id == bindparam("u"),
        Activity.local_date >= bindparam("since"),
        Activity.local_date <= bindparam("today"),
        ExerciseSet.weight_kg > 0,
        ExerciseSet.reps >= 1,
        ExerciseSet.is_warmup.is_(False),
    )
)
_PLANS = select(literal("plan"), Plan.name, Plan.starts_on, Plan.duration_weeks, _NUMBER, _NUMBER).where(
    Plan.user_id == bindparam("u"),
    Plan.kind == "exercise",
    Plan.status.in_(("active", "superseded")),
    Plan.frequency_per_week > 0,  # without sessions it only stood for training that waited
)
_PLANNED = (
    select(literal("planned"), PlannedExercise.name, cast(null(), Date), cast(null(), SmallInteger), _NUMBER, _NUMBER)
    .join(
        PlannedWorkout,
        (PlannedWorkout.user_id == PlannedExercise.user_id) & (PlannedWorkout.id == PlannedExercise.planned_workout_id),
    )
    .where(
        PlannedExercise.user_id == bindparam("u"),
        PlannedExercise.phase == "main",
        PlannedWorkout.local_date >= bindparam("since"),
    )
    .distinct()
)
_RECORD = union_all(_SETS, _PLANS, _PLANNED)


def read(session: Session, user_id: UUID, today: date) -> TrainingRecord:
    """The record up to this local day."""
    rows = plain.rows(session, _RECORD, {"u": user_id, "since": today - SETS_SINCE, "today": today}).all()
    return TrainingRecord(
        sets=tuple(_set(row) for row in rows if row.kind == "set"),
        plans=tuple(_span(row) for row in rows if row.kind == "plan"),
        planned=frozenset(row.name for row in rows if row.kind == "planned"),
    )


def _set(row: Any) -> LiftedSet:  # noqa: ANN401 - a row
    rpe = None if row.rpe is None else float(row.rpe)
    return LiftedSet(row.name, row.on, float(row.weight_kg), row.number, rpe)


def _span(row: Any) -> PlanSpan:  # noqa: ANN401 - a row
    return PlanSpan(row.on, row.on + timedelta(weeks=row.number or 1))
