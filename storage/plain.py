"""Statements at the speed of the driver: Core over the session's own connection, beside the ORM's bookkeeping.

For reads that become frozen values at once, and for the rows every turn writes. A plain insert still refuses to seal a
row of one person with another's key; audited tables are written through the ORM only, because the audit listens there.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Executable, Insert, LargeBinary, Result, Table, bindparam, insert
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.orm import Session

from storage.encrypted import Encrypted
from storage.errors import WrongKey
from storage.keyscope import current_user_id
from storage.prepared import Line, prepared

Parameters = Mapping[str, Any]
_inserts: dict[str, Insert] = {}
LINE = "line"  # where a session keeps the line of its open transaction
_GATHERED = "gathered rows"
_Gathered = dict[tuple[str, ...], tuple[Table, list[dict[str, Any]]]]
_DIALECT = DefaultDialect()  # sealing knows no dialects


def table(model: Any) -> Table:  # noqa: ANN401 - any mapped class
    """The table behind a mapped class."""
    found: Table = model.__table__
    return found


def rows(session: Session, statement: Executable, parameters: Parameters) -> Result[Any]:
    """Run a select over plain columns. `statement` is made once, with the module, not anew for every call."""
    line = line_of(session)
    ready = prepared(statement, line, parameters)
    return line.connection.execute(statement, parameters) if ready is None else ready.rows(line, parameters)


def change(session: Session, statement: Executable, parameters: Parameters) -> int:
    """Run an update, made once as above; returns how many rows it touched."""
    line = line_of(session)
    ready = prepared(statement, line, parameters)
    if ready is None:
        return line.connection.execute(statement, parameters).rowcount
    return ready.change(line, parameters)


def line_of(session: Session) -> Line:
    """The line of the session's transaction, which lasts as long as that."""
    known: Line | None = session.info.get(LINE)
    if known is None:
        known = Line(session.connection())
        if session.info.get("begin"):  # a session of ours drops it when its transaction ends
            session.info[LINE] = known
    return known


def add(session: Session, model: Any, **values: Any) -> UUID:  # noqa: ANN401 - any mapped class, its columns
    """Insert one row and return its id (made here where none is given)."""
    into = table(model)
    owner = values.get("user_id")
    reader = current_user_id()
    if owner is not None and reader is not None and owner != reader:
        raise WrongKey(f"a row of {into.name} belongs to another person than the open key scope")
    if "id" in into.columns and "id" not in values:
        values["id"] = session.info["ids"]()
    gathered = session.info.get(_GATHERED)
    if gathered is None:
        change(session, _inserts.setdefault(into.name, insert(into)), values)
    else:
        gathered.setdefault((into.name, *values), (into, []))[1].append(_sealed(into, values))
    return values.get("id")  # type: ignore[return-value]  # tables without an id are not asked for it


@contextmanager
def gathering(session: Session) -> Iterator[None]:
    """Rows added inside this block are inserted at its end, all of a table at once; nothing after an error.

    They are sealed where they are added, so a block may serve many people, each in a key scope of their own.
    """
    gathered: _Gathered = {}
    session.info[_GATHERED] = gathered
    try:
        yield
        for into, rows_of_table in gathered.values():
            session.connection().execute(_insert_sealed(into, rows_of_table[0]), rows_of_table)
    finally:
        del session.info[_GATHERED]


def _sealed(into: Table, values: dict[str, Any]) -> dict[str, Any]:
    for column in into.columns:
        if isinstance(column.type, Encrypted) and values.get(column.key) is not None:
            values[column.key] = column.type.process_bind_param(values[column.key], _DIALECT)
    return values


def _insert_sealed(into: Table, row: Parameters) -> Insert:
    def bound(key: str) -> BindParameter[Any]:
        is_sealed = isinstance(into.columns[key].type, Encrypted)
        return bindparam(key, type_=LargeBinary()) if is_sealed else bindparam(key)

    return insert(into).values({key: bound(key) for key in row})
