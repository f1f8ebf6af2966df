"""What people log: measurements, check-ins, meals, activities; added, summed, taken back."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from agents.domain.changes import ActivityLogged, CheckInLogged, LogRemoved, MealLogged, MetricLogged
from agents.domain.context import LoggedToday
from storage import plain
from storage.models.activities import Activity, ExerciseSet
from storage.models.days import CheckIn
from storage.models.food_logs import Meal, MealItem
from storage.models.measurements import HealthMetric
from storage.receipts import Proof

_EATEN = select(Meal.meal_type, Meal.kcal, Meal.protein_g, Meal.carbs_g, Meal.fat_g, Meal.fibre_g).where(
    Meal.user_id == bindparam("u"), Meal.local_date == bindparam("day")
)
_DRUNK = select(func.sum(HealthMetric.value)).where(
    HealthMetric.user_id == bindparam("u"),
    HealthMetric.metric_code == "water_ml",
    HealthMetric.local_date == bindparam("day"),
)


def today(session: Session, user_id: UUID, day: date) -> LoggedToday:
    """Sums of one local day."""
    eaten = plain.rows(session, _EATEN, {"u": user_id, "day": day}).all()
    drunk = plain.rows(session, _DRUNK, {"u": user_id, "day": day}).scalar()
    kcal, protein, carbs, fat, fibre = (float(sum(row[n] or 0 for row in eaten)) for n in range(1, 6))
    slots = frozenset(row.meal_type for row in eaten)
    return LoggedToday(kcal, protein, carbs, fat, round(drunk or 0), fibre, slots)


def add_metric(session: Session, user_id: UUID, change: MetricLogged) -> list[Proof]:
    """A measurement; a second one in the same instant moves on by a microsecond, so that none is lost."""
    row = HealthMetric(
        id=change.id, user_id=user_id, metric_code=change.metric_code, value=Decimal(str(change.value)),
        unit=change.unit, measured_at=free_instant(session, user_id, change.metric_code, change.measured_at),
        local_date=change.local_date, source="manual",
    )  # fmt: skip
    session.add(row)
    return [Proof("health_metric", row.id, "created")]


def free_instant(session: Session, user_id: UUID, metric_code: str, at: datetime) -> datetime:
    """The first instant from `at` on at which this measurement was not typed in yet."""
    while session.scalar(
        select(HealthMetric.id).where(
            HealthMetric.user_id == user_id, HealthMetric.metric_code == metric_code,
            HealthMetric.measured_at == at, HealthMetric.source == "manual",
        )
    ):  # fmt: skip
        at += timedelta(microseconds=1)
    return at


def add_check_in(session: Session, user_id: UUID, change: CheckInLogged) -> list[Proof]:
    """A check-in. The slots of the day hold one row each; ad hoc ones add up."""
    row = None
    if change.slot != "adhoc":
        row = session.scalar(
            select(CheckIn).where(
                CheckIn.user_id == user_id, CheckIn.local_date == change.local_date, CheckIn.slot == change.slot
            )
        )
    known = row is not None
    row = row or CheckIn(
        id=change.id, user_id=user_id, local_date=change.local_date, slot=change.slot, recorded_at=change.recorded_at
    )
    for column, value in change.values.items():
        setattr(row, column, Decimal(str(value)) if column == "sleep_hours" else value)
    row.raw = {"v": 1, **(row.raw or {}), **change.raw}
    session.add(row)
    return [Proof("check_in", row.id, "updated" if known else "created")]


def add_meal(session: Session, user_id: UUID, change: MealLogged) -> list[Proof]:
    """A meal with its items; the totals are the sums of the items."""
    names = ("kcal", "protein_g", "carbs_g", "fat_g", "fibre_g", "sugar_g", "sat_fat_g")
    totals: dict[str, Any] = {name: _dec(sum(getattr(item, name) for item in change.items)) for name in names}
    session.add(
        Meal(
            id=change.id,
            user_id=user_id,
            logged_at=change.logged_at,
            local_date=change.local_date,
            meal_type=change.meal_type,
            name=", ".join(item.name for item in change.items)[:160],
            sodium_mg=_dec(sum(item.sodium_mg for item in change.items), 1),
            entry=change.entry,
            allergen_alert=change.allergen_alert,
            **totals,
        )
    )
    for position, item in enumerate(change.items[:100]):
        figures: dict[str, Any] = {name: _dec(getattr(item, name)) for name in names}
        session.add(
            MealItem(
                user_id=user_id,
                meal_id=change.id,
                position=position,
                food_name=item.name,
                quantity=_dec(item.quantity, 3),
                unit=item.unit[:40],
                grams=_dec(item.grams),
                sodium_mg=_dec(item.sodium_mg, 1),
                portion_source=item.portion_source,
                **figures,
            )
        )
    return [Proof("meal", change.id, "created")]


def add_activity(session: Session, user_id: UUID, change: ActivityLogged) -> list[Proof]:
    """An activity and its sets."""
    volume = sum((s.weight_kg or 0) * (s.reps or 0) for s in change.sets)
    metrics: dict[str, Any] = {"v": 1}
    if change.distance_m:
        metrics["distance_m"] = change.distance_m
    if change.sets:
        metrics |= {"volume_kg": round(volume, 1), "sets": len(change.sets)}
    session.add(
        Activity(
            id=change.id,
            user_id=user_id,
            category=change.category,
            name=change.name,
            start_time=change.started_at,
            local_date=change.local_date,
            duration_minutes=None if change.minutes is None else _dec(change.minutes, 1),
            calories_burned=change.kcal,
            intensity_mets=None if change.met is None else _dec(change.met, 1),
            metrics=metrics,
        )
    )
    proofs = [Proof("activity", change.id, "created")]
    for entry in change.sets:
        row = ExerciseSet(
            id=session.info["ids"](),
            user_id=user_id,
            activity_id=change.id,
            exercise_name=entry.exercise_name[:160],
            exercise_position=entry.position,
            set_number=entry.set_number,
            reps=entry.reps,
            weight_kg=None if entry.weight_kg is None else _dec(entry.weight_kg),
            rpe=None if entry.rpe is None else _dec(entry.rpe, 1),
            duration_seconds=entry.duration_seconds,
            distance_m=None if entry.distance_m is None else _dec(entry.distance_m, 1),
        )
        session.add(row)
        proofs.append(Proof("exercise_set", row.id, "created"))
    return proofs


_TABLES = {"meal": Meal, "activity": Activity, "health_metric": HealthMetric, "check_in": CheckIn}


def remove(session: Session, user_id: UUID, change: LogRemoved) -> list[Proof]:
    """Take one log back; its parts go with it."""
    row = session.get(_TABLES[change.entity], (user_id, change.row_id))
    if row is None:
        return []
    session.delete(row)
    return [Proof(change.entity, change.row_id, "deleted")]


def _dec(value: float, places: int = 2) -> Decimal:
    return Decimal(str(round(value, places)))
