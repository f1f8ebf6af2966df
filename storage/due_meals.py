"""Today's planned meals of many people at once, each on their own local day."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.orm import Session

from agents.domain.context import PlannedMealView
from storage import plain
from storage.models.planned import PlannedMeal
from storage.models.plans import Plan

Meals = dict[UUID, tuple[PlannedMealView, ...]]
_MEAL, _PLAN = plain.table(PlannedMeal), plain.table(Plan)
_TODAY = (
    select(
        _MEAL.c.user_id, _MEAL.c.id, _MEAL.c.local_date, _MEAL.c.meal_type, _MEAL.c.name, _MEAL.c.scheduled_time,
        _MEAL.c.kcal, _MEAL.c.protein_g, _MEAL.c.carbs_g, _MEAL.c.fat_g, _MEAL.c.status, _MEAL.c.servings,
    )
    .join(_PLAN, (_PLAN.c.user_id == _MEAL.c.user_id) & (_PLAN.c.id == _MEAL.c.plan_id))
    .where(
        _MEAL.c.user_id.in_(bindparam("people", expanding=True)),
        _MEAL.c.local_date.in_(bindparam("days", expanding=True)),
        _MEAL.c.status != literal_column("'swapped'"),
        _PLAN.c.kind == literal_column("'nutrition'"),
        _PLAN.c.status == literal_column("'active'"),
    )
    .order_by(_MEAL.c.user_id, _MEAL.c.local_date, _MEAL.c.meal_number)
)  # fmt: skip


def read(session: Session, todays: Mapping[UUID, date]) -> Meals:
    """Meals of the active plans on these people's days; their foods and when they were cooked are left out."""
    if not todays:
        return {}
    found: dict[UUID, list[PlannedMealView]] = defaultdict(list)
    values = {"people": list(todays), "days": sorted(set(todays.values()))}
    for row in session.connection().execute(_TODAY, values):
        if row.local_date == todays[row.user_id]:
            found[row.user_id].append(_meal(row))
    return {user_id: tuple(meals) for user_id, meals in found.items()}


def _meal(row: Any) -> PlannedMealView:  # noqa: ANN401 - a row
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
        servings=float(row.servings),
    )
