"""Which keys open a database: it holds a mark of them, so that no process writes into it with others.

The mark is set by the first process that starts on an empty database and reveals nothing about the keys. It follows the
index secret, which stays when the master key is rotated; which masters wrapped people's keys is known from those.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.event import listen
from sqlalchemy.pool import NullPool

from storage import plain
from storage.crypto import MasterKey
from storage.engines import existing, say_it_plainly, sync_url
from storage.models.delivery import Lease
from storage.models.identity import UserKey

_NAME = "keys"
_ROWS = plain.table(Lease)
_MARK = select(_ROWS.c.holder).where(_ROWS.c.name == _NAME)
_MASTERS = select(UserKey.master_key_id).distinct()
_AS_SYSTEM = text(
    "SELECT set_config('role', 'keel_system', true) FROM pg_roles"
    " WHERE rolname = 'keel_system' AND pg_has_role(current_user, oid, 'MEMBER')"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a database knows of its keys: nothing before its first start."""

    mark: str | None
    masters: frozenset[str]

    @property
    def is_taken(self) -> bool:
        """Whether it belongs to some keys already."""
        return self.mark is not None or bool(self.masters)

    def fit(self, keys: MasterKey) -> bool:
        """Whether nothing in it speaks against these keys."""
        return self.mark in (None, keys.mark) and (not self.masters or keys.id in self.masters)


def read(url: str) -> Marks:
    """The marks of a database whose schema is current."""
    with _connected(url) as connection:
        return _read(connection)


def leave(url: str, keys: MasterKey) -> Marks:
    """Mark a database that has no mark yet. Of several processes that try at once one does; all see the same marks."""
    with _connected(url) as connection:
        found = _read(connection)
        if found.mark is not None or not found.fit(keys):
            return found
        now = datetime.now(UTC)
        row = {"name": _NAME, "holder": keys.mark, "token": 0, "created_at": now, "updated_at": now}
        connection.execute(_insert(connection).values(row).on_conflict_do_nothing())
        return _read(connection)


def _read(connection: Connection) -> Marks:
    return Marks(connection.execute(_MARK).scalar(), frozenset(connection.execute(_MASTERS).scalars()))


def _insert(connection: Connection) -> Any:  # noqa: ANN401 - one of two dialects' inserts
    return postgresql.insert(_ROWS) if connection.dialect.name == "postgresql" else sqlite.insert(_ROWS)


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """One transaction as the system: row-level security hides people's keys even from the owner of their table."""
    engine = create_engine(existing(sync_url(url)), poolclass=NullPool, hide_parameters=True)
    listen(engine, "handle_error", say_it_plainly)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(_AS_SYSTEM)
            yield connection
    finally:
        engine.dispose()
