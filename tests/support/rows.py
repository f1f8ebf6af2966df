"""One valid row for every table, made from the models themselves, so that a new table is covered the day it appears.

Encrypted columns hold a marker that a search of the stored bytes must not find.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from storage.encrypted import Encrypted, SystemEncrypted
from storage.models import Base
from storage.reference import code_tables
from storage.types import GUID, CleanText, Dec, Digest, Json, UtcDateTime

MARKER = "plaintext-marker"
DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)

# What CHECKs ask beyond ranges, and keys that are not a parent's id.
_SPECIAL: dict[str, dict[str, Any]] = {
    "adherence_records": {"planned_meal_id": None, "task_id": None},
    "household_members": {"role": "owner"},
    "messages": {"profile_version_after": 1},
    "nudge_decisions": {"propensity": Decimal("0.5")},
    "nutrition_targets": {
        "kcal_target": 2000,
        "kcal_min": 1900,
        "kcal_max": 2100,
        "kcal_floor": 1500,
        "kcal_ceiling": 5000,
        "floor_basis": "male",
        "protein_g": Decimal(150),
        "carbs_g": Decimal(200),
        "fat_g": Decimal("66.67"),
    },
    "plans": {"source_profile_version": 1, "previous_plan_id": None},
    "plan_changes": {"reverts_id": None},
    "profile_versions": {"version": 1},
    "profiles": {"previous_version": 1, "secondary_goal": None},
    "reassessments": {"period_end": date(2026, 12, 5)},
    "workout_schedules": {"monday_workout": True},
}
Rows = dict[str, dict[str, Any]]


def fill(connection: sa.Connection, user_id: UUID, new_id: Callable[[], UUID]) -> Rows:
    """Inserts one row into every table, owned by this person where a table has an owner; returns what was written.

    Shared reference tables are expected to be loaded. The caller opens the key scopes.
    """
    made: Rows = {}
    for table in Base.metadata.sorted_tables:
        if table.info["table_class"] == "C":
            continue
        made[table.name] = _row(table, user_id, new_id, made)
        connection.execute(table.insert().values(made[table.name]))
    return made


def _row(table: sa.Table, user_id: UUID, new_id: Callable[[], UUID], made: Rows) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.name == "user_id" or (table.name, column.name) == ("users", "id"):
            row[column.key] = user_id
        elif column.foreign_keys:
            row[column.key] = _parent_key(column, made)
        elif not column.nullable or isinstance(column.type, Encrypted | SystemEncrypted):
            row[column.key] = _value(table, column, new_id)
    return {**row, **_SPECIAL.get(table.name, {})}


def _parent_key(column: "sa.Column[Any]", made: Rows) -> Any:
    target = next(key for key in column.foreign_keys if key.column.name != "user_id").column
    if target.table.info["table_class"] == "C":
        return code_tables.rows(target.table.name)[0]["code"]
    return made[target.table.name][target.name] if target.table.name in made else None


def _value(table: sa.Table, column: "sa.Column[Any]", new_id: Callable[[], UUID]) -> Any:
    kind = column.type
    if isinstance(kind, Encrypted | SystemEncrypted):
        return _sealed(kind)
    if isinstance(kind, sa.Enum):
        return kind.enums[0]
    if isinstance(kind, GUID):
        return new_id()
    if isinstance(kind, Digest):
        return new_id().bytes * 2
    if isinstance(kind, CleanText):
        return str(new_id())[-(kind.length or 36) :]
    if isinstance(kind, Json):
        return {}
    day = _day(table, column, new_id)
    simple: dict[type, Any] = {UtcDateTime: NOW, sa.Date: day, sa.Time: time(12, 30), sa.LargeBinary: b"wrapped"}
    if type(kind) in simple:
        return simple[type(kind)]
    if isinstance(kind, sa.Boolean):
        return False
    if column.primary_key:
        return new_id().int % 2**31
    lowest = _lowest(table, column.name)
    return Decimal(lowest) if isinstance(kind, Dec) else int(lowest)


def _day(table: sa.Table, column: "sa.Column[Any]", new_id: Callable[[], UUID]) -> date:
    """The same day for all; but of rows that are nobody's, the day alone may tell two apart."""
    is_alone = column.primary_key and table.info["table_class"] == "S"
    return DAY + timedelta(days=new_id().int % 2**20) if is_alone else DAY


def _sealed(kind: Encrypted | SystemEncrypted) -> Any:
    text = f"{MARKER} {kind.name}"
    return {"text": text, "json": {"note": text}, "date": DAY, "bytes": text.encode()}[kind.kind]


def _lowest(table: sa.Table, column: str) -> str:
    for check in table.constraints:
        if isinstance(check, sa.CheckConstraint):
            found = re.match(rf"{column} BETWEEN (\S+) AND", str(check.sqltext))
            if found is not None:
                return found[1]
    return "1"
