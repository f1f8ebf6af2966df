"""Who changed what: rows of audit_log, written in the transaction of the change itself (data-model 12.1).

Only changes that pass through the session are seen; Core statements on audited tables must write their own entry.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.orm import PassiveFlag, Session

from storage.keyscope import current_user_id
from storage.models.identity import User
from storage.models.plans import Plan
from storage.models.privacy import AuditEntry

AUDITED = frozenset(
    {
        "users",
        "channel_accounts",
        "consents",
        "profiles",
        "goals",
        "physical_constraints",
        "medical_flags",
        "dietary_preferences",
        "dietary_restrictions",
        "plans",
        "nutrition_targets",
        "day_overrides",
        "user_connections",
        "households",
        "household_members",
        "invites",
    }
)
# Stamps that move with every message: an entry for each would bury the real changes.
_BOOKKEEPING = frozenset(
    {"id", "user_id", "created_at", "updated_at", "row_version", "last_seen_at", "last_inbound_at", "used_count"}
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in this unit of work: the person, an operator, a coach, or the system itself."""

    changed_by: Literal["user", "admin", "system", "coach"] = "system"
    user_id: UUID | None = None
    request_id: str | None = None


def record_changes(session: Session) -> None:
    """Adds an entry for every new, changed and deleted row of the audited tables in this flush."""
    actor = session.info.get("actor") or _default_actor()
    entries = [entry for row, operation in _changes(session) if (entry := _entry(row, operation, actor)) is not None]
    for entry in entries:
        entry.id = session.info["ids"]()
    session.add_all(entries)


def _default_actor() -> Actor:
    person = current_user_id()
    return Actor() if person is None else Actor("user", person)


def _changes(session: Session) -> Iterator[tuple[Any, Literal["insert", "update", "delete"]]]:
    for row in session.new:
        if row.__tablename__ in AUDITED:
            yield row, "insert"
    for row in session.dirty:
        if row.__tablename__ in AUDITED:
            yield row, "update"
    for row in session.deleted:
        if row.__tablename__ in AUDITED and not isinstance(row, User):  # with the person their log goes too
            yield row, "delete"


def owner_of(row: Any) -> UUID | None:  # noqa: ANN401 - any mapped row
    """The person a row belongs to; None for what belongs to nobody."""
    return row.id if isinstance(row, User) else getattr(row, "user_id", None)


def _entry(row: Any, operation: Literal["insert", "update", "delete"], actor: Actor) -> AuditEntry | None:  # noqa: ANN401
    owner = owner_of(row) or actor.user_id
    old, new = _values(row, operation)
    if owner is None or not (old or new):
        return None
    can_seal = owner == current_user_id()  # without the owner's key only the fact of the change is kept
    return AuditEntry(
        user_id=owner,
        table_name=row.__tablename__,
        row_id=getattr(row, "id", None),
        operation=operation,
        old_values=old if can_seal and old else None,
        new_values=new if can_seal and new else None,
        changed_by=actor.changed_by,
        actor_user_id=actor.user_id,
        request_id=actor.request_id,
    )


def _values(row: Any, operation: str) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401 - any mapped row
    """Old and new values of the columns that changed."""
    state = inspect(row)
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for key in state.mapper.column_attrs.keys():  # noqa: SIM118 - a collection of properties, not a dict
        if key in _BOOKKEEPING or (isinstance(row, Plan) and key != "status"):
            continue
        if operation == "delete":
            if state.dict.get(key) is not None:
                old[key] = _plain(state.dict[key])
            continue
        history = state.get_history(key, PassiveFlag.PASSIVE_NO_INITIALIZE)
        if not history.has_changes():
            continue
        if history.deleted and history.deleted[0] is not None:
            old[key] = _plain(history.deleted[0])
        if history.added and (history.added[0] is not None or operation == "update"):
            new[key] = _plain(history.added[0])
    return old, new


def _plain(value: Any) -> Any:  # noqa: ANN401 - any column's value
    """The value as JSON can hold it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value.hex() if isinstance(value, bytes) else value
