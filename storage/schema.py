"""The schema's version: which one a database has, and bringing it to ours.

Reading the version costs no Alembic import, so a start with a current database does not pay for migrations.
"""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.event import listen
from sqlalchemy.pool import NullPool

from storage.engines import BUSY_TIMEOUT_MS, existing, guard_sqlite, say_it_plainly, sqlite_path, sync_url
from storage.errors import DatabaseBusy, DatabaseReadOnly, DatabaseUnusable, SchemaForeign, SchemaNewer

if TYPE_CHECKING:
    from alembic.config import Config

State = Literal["empty", "current", "older", "newer", "foreign"]

REVISIONS = ("001", "002", "003", "004", "005", "006", "007", "008")
HEAD = REVISIONS[-1]

PATIENCE_S, AGAIN_S = 60.0, 0.1  # how long a start waits while another process makes the tables

# auto_vacuum must be chosen before the first table, foreign keys must rest while tables are rebuilt.
_MIGRATION_PRAGMAS = (
    "auto_vacuum=INCREMENTAL",
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=OFF",
)
_ADVISORY_LOCK = 0x6B65656C  # "keel"


def state(connection: Connection) -> State:
    """How this database's schema stands to ours."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        return "foreign" if tables else "empty"
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version is None:
        return "foreign" if tables - {"alembic_version"} else "empty"
    if version in REVISIONS:
        return "current" if version == HEAD else "older"
    return "newer" if str(version).isdigit() else "foreign"


def read_state(url: str) -> State:
    """As `state`, for an address; a SQLite file that does not exist yet is empty and is not created."""
    address = sync_url(url)
    if address.get_backend_name() == "sqlite" and not sqlite_path(address).exists():
        return "empty"
    engine = _engine(url, BUSY_TIMEOUT_MS, (), "BEGIN")
    try:
        with engine.connect() as connection:
            return state(connection)
    finally:
        engine.dispose()


def prepare(url: str, *, patience_s: float = PATIENCE_S) -> State:
    """Makes the database current if it is not, and says how it was before. Raises as `upgrade`.

    Of several processes that start at once one does it; the others wait for it and find it done.
    """
    end = time.monotonic() + patience_s
    while (left_s := end - time.monotonic()) > 0:
        with suppress(DatabaseBusy):  # some locks of SQLite's are not waited for, however patient one is
            return _prepared(url, left_s)
        time.sleep(AGAIN_S)
    return _prepared(url, AGAIN_S)


def _prepared(url: str, patience_s: float) -> State:
    before = read_state(url)
    if before != "current":
        upgrade(url, patience_ms=round(patience_s * 1000))
    return before


def upgrade(url: str, revision: str = HEAD, *, now: datetime | None = None, patience_ms: int = BUSY_TIMEOUT_MS) -> None:
    """Brings an empty or older database to `revision` in one transaction. `now` stamps the reference rows.

    A lock is waited for `patience_ms`. Two processes may try at once: one waits for the other and then finds nothing
    to do. Raises SchemaNewer, SchemaForeign, DatabaseBusy, DatabaseReadOnly, DatabaseFull or DatabaseUnusable.
    """
    _create_file(url)
    with _migrating(url, patience_ms) as connection:
        found = state(connection)
        if found == "newer":
            raise SchemaNewer("this database was written by a newer Keel; update Keel to use it")
        if found == "foreign":
            raise SchemaForeign("this database holds tables that are not Keel's; use another one")
        if found != "current" or revision != HEAD:
            from alembic import command

            command.upgrade(config(connection, now), revision)
            _check_references(connection)


def downgrade(url: str, revision: str) -> None:
    """Takes the database back to an earlier revision, or to nothing with "base". Data of later tables is lost."""
    with _migrating(url) as connection:
        from alembic import command

        command.downgrade(config(connection), revision)
        _check_references(connection)


def secure(url: str) -> bool:
    """PostgreSQL: adds row-level security once this login is a member of its roles. False where it is not."""
    from storage.migrations import row_security

    with _migrating(url) as connection:
        return connection.dialect.name == "postgresql" and row_security.apply(connection)


def config(connection: Connection, now: datetime | None = None) -> "Config":
    """Alembic's configuration over an open connection, for developers' `revision` and `check` too."""
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    configuration.set_main_option("path_separator", "os")
    configuration.attributes["connection"] = connection
    configuration.attributes["now"] = now or datetime.now(UTC)
    return configuration


@contextmanager
def _migrating(url: str, patience_ms: int = BUSY_TIMEOUT_MS) -> Iterator[Connection]:
    """One transaction that nobody else migrates beside."""
    engine = _engine(url, patience_ms, _MIGRATION_PRAGMAS, "BEGIN IMMEDIATE")
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT set_config('lock_timeout', :ms, true)"), {"ms": str(patience_ms)})
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
            yield connection
    finally:
        engine.dispose()


def _engine(url: str, patience_ms: int, pragmas: tuple[str, ...], begin: str) -> Engine:
    address = sync_url(url)
    if address.get_backend_name() != "sqlite":
        engine = create_engine(address, poolclass=NullPool, hide_parameters=True)
        listen(engine, "handle_error", say_it_plainly)
        return engine
    _refuse_wrong_place(sqlite_path(address))
    connect = {"isolation_level": None, "timeout": patience_ms / 1000}
    engine = create_engine(existing(address), poolclass=NullPool, connect_args=connect, hide_parameters=True)
    guard_sqlite(engine, pragmas=(f"busy_timeout={patience_ms}", *pragmas), begin=begin)
    return engine


def _refuse_wrong_place(path: Path) -> None:
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        raise DatabaseUnusable(f"{path} is not a file, so it cannot be a database")


def _create_file(url: str) -> None:
    """A new SQLite file is its owner's alone from the first byte."""
    address = sync_url(url)
    if address.get_backend_name() != "sqlite":
        return
    path = sqlite_path(address)
    if path.exists():
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except PermissionError as error:
        raise DatabaseReadOnly(f"no database can be made in {path.parent}; check the folder's permissions") from error
    except OSError as error:
        raise DatabaseUnusable(f"no database can be made at {path}") from error


def _check_references(connection: Connection) -> None:
    """SQLite rebuilds tables with foreign keys resting: nothing may point into the void afterwards."""
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise DatabaseUnusable("the migration would leave rows without their parents; nothing was changed")
