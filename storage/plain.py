"""Statements at the speed of the driver: Core over the session's own connection, beside the ORM's bookkeeping.

For reads that become frozen values at once, and for the rows every turn writes. A plain insert still refuses to seal a
row of one person with another's key; audited tables are written through the ORM only, because the audit listens there.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, Executable, Insert, Table, insert
from sqlalchemy.orm import Session

from storage.errors import WrongKey
from storage.keyscope import current_user_id

Parameters = Mapping[str, Any]
_inserts: dict[str, Insert] = {}


def table(model: Any) -> Table:  # noqa: ANN401 - any mapped class
    """The table behind a mapped class."""
    found: Table = model.__table__
    return found


def rows(session: Session, statement: Executable, parameters: Parameters) -> CursorResult[Any]:
    """Run a select over plain columns."""
    return session.connection().execute(statement, parameters)


def change(session: Session, statement: Executable, parameters: Parameters) -> int:
    """Run an update; returns how many rows it touched."""
    return session.connection().execute(statement, parameters).rowcount


def add(session: Session, model: Any, **values: Any) -> UUID:  # noqa: ANN401 - any mapped class, its columns
    """Insert one row and return its id (made here where none is given)."""
    into = table(model)
    owner = values.get("user_id")
    reader = current_user_id()
    if owner is not None and reader is not None and owner != reader:
        raise WrongKey(f"a row of {into.name} belongs to another person than the open key scope")
    if "id" in into.columns and "id" not in values:
        values["id"] = session.info["ids"]()
    statement = _inserts.setdefault(into.name, insert(into))
    session.connection().execute(statement, values)
    return values.get("id")  # type: ignore[return-value]  # tables without an id are not asked for it
