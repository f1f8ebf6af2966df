"""One person's days in one go, for pictures and the weekly report: a handful of statements, whatever the length."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, func, select, union
from sqlalchemy.orm import Session

from agents.domain.charts.chart import Point
from agents.domain.charts.history import Eaten, History, Kept, Lift, Period
from storage import plain
from storage.models.activities import Activity, ExerciseSet
from storage.models.adaptation import AdherenceRecord
from storage.models.days import CheckIn
from storage.models.food_logs import Meal
from storage.models.habits import Achievement
from storage.models.measurements import Cycle, HealthMetric
from storage.models.plans import Task
from storage.models.privacy import Consent

MINUTES_PER_HOUR: Final = 60
DAYS_COUNTED: Final = timedelta(days=400)  # a year of days can be earned, with time to look


def _between(column: Any, user: Any) -> tuple[Any, ...]:  # noqa: ANN401 - columns of any table
    return user == bindparam("u"), column >= bindparam("first"), column <= bindparam("last")


_MEASURED = (
    select(HealthMetric.metric_code, HealthMetric.local_date, func.avg(HealthMetric.value).label("value"))
    .where(
        *_between(HealthMetric.local_date, HealthMetric.user_id),
        HealthMetric.metric_code.in_(("weight_kg", "sleep_minutes")),
        HealthMetric.quality != "suspect",
    )
    .group_by(HealthMetric.metric_code, HealthMetric.local_date)
    .order_by(HealthMetric.local_date)
)
_EATEN = (
    select(
        Meal.local_date, func.sum(Meal.kcal).label("kcal"), func.sum(Meal.protein_g).label("protein_g"),
        func.sum(Meal.carbs_g).label("carbs_g"), func.sum(Meal.fat_g).label("fat_g"),
    )
    .where(*_between(Meal.local_date, Meal.user_id))
    .group_by(Meal.local_date)
    .order_by(Meal.local_date)
)  # fmt: skip
_TASKS = select(Task.id, Task.subject_id, Task.due_on, Task.status).where(*_between(Task.due_on, Task.user_id))
_RECORDS = select(
    AdherenceRecord.planned_workout_id, AdherenceRecord.planned_meal_id, AdherenceRecord.task_id,
    AdherenceRecord.local_date, AdherenceRecord.status, AdherenceRecord.similarity_score,
).where(*_between(AdherenceRecord.local_date, AdherenceRecord.user_id))  # fmt: skip
_LIFTS = (
    select(
        ExerciseSet.exercise_name, Activity.local_date, ExerciseSet.weight_kg, ExerciseSet.reps, ExerciseSet.rpe,
    )
    .join(Activity, (Activity.user_id == ExerciseSet.user_id) & (Activity.id == ExerciseSet.activity_id))
    .where(
        *_between(Activity.local_date, ExerciseSet.user_id),
        ExerciseSet.weight_kg > 0, ExerciseSet.reps >= 1, ExerciseSet.is_warmup.is_(False),
    )
    .order_by(Activity.local_date, ExerciseSet.id)
)  # fmt: skip
_FELT = (
    select(CheckIn.local_date, CheckIn.sleep_hours, CheckIn.energy_level)
    .where(*_between(CheckIn.local_date, CheckIn.user_id), CheckIn.slot != "baseline")
    .order_by(CheckIn.local_date, CheckIn.recorded_at)
)
_TRAINED = select(Activity.local_date).where(*_between(Activity.local_date, Activity.user_id)).distinct()
_ACTIVE = union(
    _TRAINED,
    select(Meal.local_date).where(*_between(Meal.local_date, Meal.user_id)),
    select(CheckIn.local_date).where(*_between(CheckIn.local_date, CheckIn.user_id), CheckIn.slot != "baseline"),
    select(HealthMetric.local_date).where(*_between(HealthMetric.local_date, HealthMetric.user_id)),
    select(Task.due_on).where(*_between(Task.due_on, Task.user_id), Task.status == "completed"),
)
_SESSIONS = select(func.count()).select_from(Activity).where(Activity.user_id == bindparam("u"))
_EARNED = select(Achievement.code, Achievement.period_key).where(Achievement.user_id == bindparam("u"))
_MAY_SEE_CYCLE = select(Consent.id).where(
    Consent.user_id == bindparam("u"), Consent.purpose == "cycle", Consent.withdrawn_at.is_(None)
)
_PERIODS = select(Cycle.start_date, Cycle.end_date).where(
    Cycle.user_id == bindparam("u"), Cycle.is_predicted.is_(False)
)


def history(session: Session, user_id: UUID, first: date, last: date) -> History:
    """The days from `first` to `last`, both included. Needs the person's key scope."""
    who = {"u": user_id, "first": first, "last": last}
    measured = plain.rows(session, _MEASURED, who).all()
    felt = plain.rows(session, _FELT, who).all()
    return History(
        first=first,
        last=last,
        weights=_points(row for row in measured if row.metric_code == "weight_kg"),
        eaten=tuple(_eaten(row) for row in plain.rows(session, _EATEN, who)),
        kept=_kept(plain.rows(session, _TASKS, who).all(), plain.rows(session, _RECORDS, who).all(), last),
        lifts=tuple(_lift(row) for row in plain.rows(session, _LIFTS, who)),
        sleep=_sleep(felt, _points(row for row in measured if row.metric_code == "sleep_minutes")),
        energy=_means((row.local_date, row.energy_level) for row in felt if row.energy_level is not None),
        periods=_periods(session, user_id, first, last),
        trained=_days(session, _TRAINED, who),
        sessions=plain.rows(session, _SESSIONS, {"u": user_id}).scalar() or 0,
        active_days=_days(session, _ACTIVE, {**who, "first": min(first, last - DAYS_COUNTED)}),
        earned=frozenset((row.code, row.period_key) for row in plain.rows(session, _EARNED, {"u": user_id})),
    )


def _points(rows: Iterable[Any]) -> tuple[Point, ...]:
    return tuple((row.local_date, float(row.value)) for row in rows)


def _eaten(row: Any) -> Eaten:  # noqa: ANN401 - a row
    sums = (row.kcal, row.protein_g, row.carbs_g, row.fat_g)
    return Eaten(row.local_date, *(float(value or 0) for value in sums))


def _lift(row: Any) -> Lift:  # noqa: ANN401 - a row
    rpe = None if row.rpe is None else float(row.rpe)
    return Lift(row.exercise_name, row.local_date, float(row.weight_kg), row.reps, rpe)


def _kept(tasks: Iterable[Any], records: Iterable[Any], last: date) -> tuple[Kept, ...]:
    """A share of each planned thing: what was compared with the plan counts before the tick beside it.

    What is still open on the last day is neither done nor left out.
    """
    shares: dict[UUID, tuple[date, float]] = {}
    for row in tasks:
        if row.status != "pending" or row.due_on < last:
            shares[row.subject_id or row.id] = (row.due_on, float(row.status == "completed"))
    for row in records:
        similar = float(row.similarity_score or 0)
        share = {"completed": 1.0, "similar": similar}.get(row.status, 0.0)
        shares[row.planned_workout_id or row.planned_meal_id or row.task_id] = (row.local_date, share)
    days: dict[date, list[float]] = defaultdict(list)
    for on, share in shares.values():
        days[on].append(share)
    return tuple(Kept(on, sum(days[on]), len(days[on])) for on in sorted(days))


def _sleep(felt: Iterable[Any], minutes: Iterable[Point]) -> tuple[Point, ...]:
    """Hours of the night; what the person says counts before what a device measured."""
    hours = {on: value / MINUTES_PER_HOUR for on, value in minutes}
    hours |= {row.local_date: float(row.sleep_hours) for row in felt if row.sleep_hours is not None}
    return tuple(sorted(hours.items()))


def _means(told: Iterable[tuple[date, int]]) -> tuple[Point, ...]:
    days: dict[date, list[int]] = defaultdict(list)
    for on, value in told:
        days[on].append(value)
    return tuple((on, sum(values) / len(values)) for on, values in sorted(days.items()))


def _periods(session: Session, user_id: UUID, first: date, last: date) -> tuple[Period, ...]:
    """Nothing without the consent of its own (science.md 7)."""
    if plain.rows(session, _MAY_SEE_CYCLE, {"u": user_id}).first() is None:
        return ()
    rows = plain.rows(session, _PERIODS, {"u": user_id}).all()
    known = [(row.start_date, row.end_date) for row in rows if row.start_date is not None]
    return tuple(Period(*ends) for ends in sorted(known, key=lambda ends: ends[0]) if first <= ends[0] <= last)


def _days(session: Session, statement: Any, who: dict[str, Any]) -> tuple[date, ...]:  # noqa: ANN401 - a select
    return tuple(sorted(row[0] for row in plain.rows(session, statement, who)))
