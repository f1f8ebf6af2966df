"""Loads the tables known by a code: fitness levels, goals, diets, equipment, allergens, metrics, meal times, METs.

The rows ship as data files; loading is an upsert by code, so it may run at every release. A row that did not change
keeps its stamp. Columns the database does not have yet are left for the migration that brings them.
"""

import csv
import json
from datetime import datetime, time
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.types import Dec, Json, UtcDateTime

TABLES = (
    "ref_fitness_levels",
    "ref_goal_categories",
    "ref_diet_types",
    "ref_equipment_types",
    "ref_allergens",
    "ref_metric_types",
    "training_modalities",
    "meal_times",
    "event_types",
    "activity_mets",
)
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "conflicts_with": Json(),
    "excludes_food_groups": Json(),
    "typical_locations": Json(),
    "words": Json(),
    "min_value": Dec(12, 4),
    "max_value": Dec(12, 4),
    "usual_low": Dec(12, 4),
    "usual_high": Dec(12, 4),
    "met": Dec(4, 1),
    "default_time": sa.Time(),
    "sort_order": sa.Integer(),
    "compatible_with_primary": sa.Boolean(),
    "compatible_with_secondary": sa.Boolean(),
    "created_at": UtcDateTime(),
    "updated_at": UtcDateTime(),
}


@cache
def rows(table: str) -> tuple[dict[str, Any], ...]:
    """The shipped rows of one table, with Python values."""
    folder = files("storage.reference")
    if table == "activity_mets":
        found = list(csv.DictReader(folder.joinpath("activity_mets.csv").read_text("utf-8").splitlines()))
    else:
        found = json.loads(folder.joinpath("code_tables.json").read_text("utf-8"))[table]
    return tuple({key: _value(key, value) for key, value in row.items()} for row in found)


def load(connection: sa.Connection, *, now: datetime) -> int:
    """Inserts what is missing and updates what differs, in all tables; returns how many rows were touched."""
    inspector = sa.inspect(connection)
    return sum(_load(connection, table, {c["name"] for c in inspector.get_columns(table)}, now) for table in TABLES)


def _load(connection: sa.Connection, name: str, known: set[str], now: datetime) -> int:
    shipped = [key for key in rows(name)[0] if key in known]
    table = sa.table(name, *(sa.column(key, _TYPES.get(key, sa.Text())) for key in (*shipped, *_STAMPS)))
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table)
    fresh = {key: insert.excluded[key] for key in shipped if key != "code"}
    changed = sa.or_(*(table.c[key].is_distinct_from(value) for key, value in fresh.items()))
    upsert = insert.on_conflict_do_update(
        index_elements=["code"], set_={**fresh, "updated_at": insert.excluded.updated_at}, where=changed
    )
    stamped = [{**{key: row[key] for key in shipped}, "created_at": now, "updated_at": now} for row in rows(name)]
    counted = {"preserve_rowcount": True}
    return sum(connection.execute(upsert.values(row), execution_options=counted).rowcount for row in stamped)


_STAMPS = ("created_at", "updated_at")


def _value(key: str, value: Any) -> Any:  # noqa: ANN401 - what JSON and CSV hold
    kind = _TYPES.get(key)
    if value is None:
        return None
    if isinstance(kind, Dec):
        return Decimal(value)
    if isinstance(kind, sa.Time):
        return time.fromisoformat(value)
    return int(value) if isinstance(kind, sa.Integer) else value
