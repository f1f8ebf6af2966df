"""Other dishes for planned meals: the old row stays as swapped, the change keeps its way back (data-model 5.12)."""

from datetime import date
from typing import Any, Literal, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from agents.domain.context import PlannedMealView
from agents.domain.meal_changes import Exchange, MealsDropped, MealSwapped, MealSwapUndone
from storage import planned
from storage.meal_writes import Place, add_meal, dish
from storage.models.planned import PlannedMeal
from storage.models.plans import Plan, PlanChange
from storage.receipts import Proof
from storage.types import JsonList

Patch = list[dict[str, Any]]


def swap(session: Session, user_id: UUID, change: MealSwapped) -> list[Proof]:
    """New meals in the places of old ones, and one change of the plan with its inverse; nothing for a stale wish."""
    plan = _active(session, user_id)
    rows = [session.get(PlannedMeal, (user_id, exchange.old_id)) for exchange in change.exchanges]
    old = [row for row in rows if row is not None and plan is not None and row.plan_id == plan.id]
    if plan is None or len(old) != len(change.exchanges) or not _marked(session, old, "planned", "swapped"):
        return []
    for row, exchange in zip(old, change.exchanges, strict=True):
        place = Place(
            plan.id, row.local_date, (row.local_date - plan.starts_on).days, row.meal_number, row.scheduled_time
        )
        add_meal(session, user_id, exchange.meal, place, row_id=exchange.new_id)
    patch = [_replaced(plan, row, _new(exchange)) for row, exchange in zip(old, change.exchanges, strict=True)]
    inverse = [_replaced(plan, row, _kept(row)) for row in old]
    _record(session, user_id, plan.id, patch, inverse, change.day.date)
    return [Proof("planned_meal", exchange.new_id, "swapped") for exchange in change.exchanges]


def undo(session: Session, user_id: UUID, change: MealSwapUndone) -> list[Proof]:
    """The meals of before come back, all that went with one change; nothing where something new stands there."""
    done = _change_with(session, user_id, change.meal_id)
    if done is None:
        return []
    new = [session.get_one(PlannedMeal, (user_id, each)) for each in _ids(done.patch)]
    old = [session.get_one(PlannedMeal, (user_id, each)) for each in _ids(done.inverse)]
    if not (_marked(session, new, "planned", "swapped") and _marked(session, old, "swapped", "planned")):
        return []
    _record(session, user_id, done.plan_id, done.inverse, done.patch, done.local_date, reverts_id=done.id)
    return [Proof("planned_meal", row.id, "restored") for row in old]


def drop(session: Session, user_id: UUID, change: MealsDropped) -> list[Proof]:
    """Meals that must not be eaten leave the plan; the change is kept with them."""
    plan = _active(session, user_id)
    rows = [session.get(PlannedMeal, (user_id, each)) for each in change.meal_ids]
    kept = [row for row in rows if row is not None and plan is not None and row.plan_id == plan.id]
    if plan is None or not kept or not _marked(session, kept, "planned", "swapped"):
        return []
    patch = [{"op": "remove", "path": _replaced(plan, row, {})["path"], "value": _kept(row)} for row in kept]
    inverse = [{**operation, "op": "add"} for operation in patch]
    session.add(
        PlanChange(
            id=session.info["ids"](), user_id=user_id, plan_id=plan.id, source="safety", change_kind="remove",
            patch=cast("JsonList", patch), inverse=cast("JsonList", inverse), approved_by="system",
        )
    )  # fmt: skip
    return [Proof("planned_meal", row.id, "removed") for row in kept]


def before(session: Session, user_id: UUID, meal_id: UUID) -> tuple[PlannedMealView, ...]:
    """The meals that an undo of the change which brought this meal would bring back; () when it cannot be undone."""
    done = _change_with(session, user_id, meal_id)
    if done is None:
        return ()
    now = planned.meals_by_id(session, user_id, _ids(done.patch))
    if any(view.status != "planned" for view in now):
        return ()
    return planned.meals_by_id(session, user_id, _ids(done.inverse))


def _active(session: Session, user_id: UUID) -> Plan | None:
    return session.scalar(
        select(Plan).where(Plan.user_id == user_id, Plan.kind == "nutrition", Plan.status == "active")
    )


def _marked(session: Session, rows: list[PlannedMeal], was: str, becomes: Literal["planned", "swapped"]) -> bool:
    """Give these meals another status; False, and nothing done, where one is not what it was."""
    if any(row.status != was for row in rows):
        return False
    for row in rows:
        row.status = becomes
    session.flush()  # the place of a meal must be free before another takes it
    return True


def _change_with(session: Session, user_id: UUID, meal_id: UUID) -> PlanChange | None:
    """The change of the active plan that brought this meal and still stands."""
    plan = _active(session, user_id)
    if plan is None:
        return None
    changes = session.scalars(
        select(PlanChange).where(PlanChange.user_id == user_id, PlanChange.plan_id == plan.id).order_by(PlanChange.id)
    ).all()
    reverted = {change.reverts_id for change in changes}
    swaps = [c for c in changes if c.change_kind == "swap" and c.reverts_id is None and c.id not in reverted]
    found = (c for c in swaps if meal_id in _ids(c.patch))
    return next(found, None)


def _record(
    session: Session, user_id: UUID, plan_id: UUID, patch: JsonList | Patch, inverse: JsonList | Patch,
    on: date | None, reverts_id: UUID | None = None,
) -> None:  # fmt: skip
    session.add(
        PlanChange(
            id=session.info["ids"](),
            user_id=user_id,
            plan_id=plan_id,
            source="user",
            change_kind="swap",
            patch=cast("JsonList", patch),
            inverse=cast("JsonList", inverse),
            approved_by="user",
            local_date=on,
            reverts_id=reverts_id,
        )
    )


def _replaced(plan: Plan, row: PlannedMeal, value: dict[str, Any]) -> dict[str, Any]:
    """One operation of a JSON Patch over the content of the plan."""
    path = f"/days/{(row.local_date - plan.starts_on).days}/meals/{row.meal_number - 1}"
    return {"op": "replace", "path": path, "value": value}


def _new(exchange: Exchange) -> dict[str, Any]:
    return {"id": str(exchange.new_id), "name": exchange.meal.name, **dish(exchange.meal)}


def _kept(row: PlannedMeal) -> dict[str, Any]:
    return {"id": str(row.id), "name": row.name, "slot": row.meal_type, "servings": float(row.servings)}


def _ids(patch: JsonList) -> list[UUID]:
    return [UUID(cast("dict[str, Any]", operation)["value"]["id"]) for operation in patch]
