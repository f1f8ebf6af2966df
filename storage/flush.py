"""What happens to every object on its way into the database: an id, the right owner's key, parents before children.

Without relationships SQLAlchemy does not know that a plan must be inserted before its meals. The foreign keys do, so
the unit of work is told here, and no repository has to flush in a certain order.
"""

from functools import cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Mapper, Session, UOWTransaction, unitofwork

from storage.audit import owner_of, record_changes
from storage.encrypted import Encrypted
from storage.errors import WrongKey
from storage.keyscope import current_user_id

_save: Any = unitofwork._SaveUpdateAll  # noqa: SLF001 - the order of a flush has no public name
_delete: Any = unitofwork._DeleteAll  # noqa: SLF001 - as above


def prepare(session: Session, work: UOWTransaction, _instances: object) -> None:
    """The `before_flush` hook of our sessions."""
    for row in session.new:
        _number(row, session.info["ids"])
    for row in (*session.new, *session.dirty):
        _check_owner(row)
    record_changes(session)
    _order(session, work)


def _number(row: Any, new_id: Any) -> None:  # noqa: ANN401 - any mapped row
    if "id" in row.__table__.columns and row.id is None:
        row.id = new_id()


def _check_owner(row: Any) -> None:  # noqa: ANN401 - any mapped row
    """A value sealed with somebody else's key would be lost to its owner: refuse before it is written."""
    reader = current_user_id()
    if reader is None or owner_of(row) == reader:
        return
    state = inspect(row)
    written = state.dict if state.key is None else state.committed_state
    if any(key in written and state.dict.get(key) is not None for key in _sealed_keys(state.mapper)):
        raise WrongKey(f"a row of {row.__tablename__} belongs to another person than the open key scope")


@cache
def _sealed_keys(mapper: Mapper[Any]) -> tuple[str, ...]:
    return tuple(prop.key for prop in mapper.column_attrs if isinstance(prop.columns[0].type, Encrypted))


def _order(session: Session, work: UOWTransaction) -> None:
    """Parents are saved before and deleted after the rows that point to them."""
    rows = (*session.new, *session.dirty, *session.deleted)
    mappers: dict[Any, Mapper[Any]] = {row.__table__: row.__mapper__ for row in rows}
    if len(mappers) < 2:
        return
    for table, child in mappers.items():
        parents = {key.column.table for key in table.foreign_keys} - {table}
        for parent in (mappers[other] for other in parents if other in mappers):
            work.dependencies.add((_save(work, parent), _save(work, child)))
            work.dependencies.add((_delete(work, child), _delete(work, parent)))


class KeelSession(Session):
    """A session whose flushes are prepared; `info` holds `ids`, `actor` and `begin`."""
