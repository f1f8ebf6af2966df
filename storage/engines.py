"""Engines for both databases: addresses, pragmas, transactions, and driver errors turned into our own.

SQLite gets one writer connection, which takes the write lock at BEGIN, and a few readers that cannot write: measured
faster than competing writers and free of lock errors within the process (libraries.md L-3, L-6).
"""

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.event import listen
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import AsyncAdaptedQueuePool, QueuePool

from storage.errors import (
    DatabaseAway,
    DatabaseBusy,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseUnusable,
    StorageError,
)

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

Clock = Callable[[], datetime]
NewId = Callable[[], UUID]

BUSY_TIMEOUT_MS = 10_000
READERS = 4
POSTGRES_CONNECTIONS = 10
# A server that vanished without a word is noticed within half a minute, not after the system's two hours.
POSTGRES_LINE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
_ONE_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
PRAGMAS = (f"busy_timeout={BUSY_TIMEOUT_MS}", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON")
_WRITER_PRAGMAS = (*PRAGMAS, "journal_mode=WAL")
_READER_PRAGMAS = (*PRAGMAS, "query_only=ON")
_DRIVERS = {
    "sqlite": ("sqlite+aiosqlite", "sqlite"),
    "postgresql": ("postgresql+psycopg", "postgresql+psycopg"),
    "postgres": ("postgresql+psycopg", "postgresql+psycopg"),
}

_dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def async_url(url: str) -> URL:
    """The address for the async driver: `sqlite:///…` and `postgresql://…`, with or without a driver name."""
    return _with_driver(url, 0)


def sync_url(url: str) -> URL:
    """The address for the plain driver, which migrations use."""
    return _with_driver(url, 1)


def is_sqlite(url: str) -> bool:
    """Whether this address is a file of our own, which one process runs the bot on."""
    return sync_url(url).get_backend_name() == "sqlite"


def sqlite_path(url: URL) -> Path:
    """The file of a SQLite address. Raises DatabaseUnusable for one in memory: it would vanish per connection."""
    if not url.database or url.database == ":memory:" or url.query.get("mode") == "memory":
        raise DatabaseUnusable("a database in memory cannot be shared between connections; name a file")
    return Path(url.database)


def _with_driver(text: str, which: int) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise DatabaseUnusable(
            "the database address is not one: use sqlite:///path or postgresql://host/name"
        ) from None
    drivers = _DRIVERS.get(url.get_backend_name())
    if drivers is None:
        raise DatabaseUnusable("the database address must start with sqlite:/// or postgresql://")
    url = url.set(drivername=drivers[which])
    if url.get_backend_name() == "sqlite":
        sqlite_path(url)
    return url


def existing(url: URL) -> URL:
    """The address of a file that must be there: SQLite would otherwise make an empty one, readable by all."""
    if url.get_backend_name() != "sqlite":
        return url
    return url.set(database=f"file:{quote(str(sqlite_path(url).absolute()))}", query={"mode": "rw", "uri": "true"})


def plain_engines(url: str, *, clock: Clock, ids: NewId) -> tuple[Engine, Engine]:
    """The writing and the reading engine over the plain driver, for work that runs in a thread of its own."""
    address, options = existing(sync_url(url)), {"clock": clock, "ids": ids}
    if address.get_backend_name() != "sqlite":
        engine = create_engine(address, **_postgres_options(address, options))
        _guard_postgres(engine)
        return engine, engine.execution_options(**_ONE_SNAPSHOT)
    writer = create_engine(address, poolclass=QueuePool, **_sqlite_options(1, options))
    readers = create_engine(address, poolclass=QueuePool, **_sqlite_options(READERS, options))
    _guard_pair(writer, readers)
    return writer, readers


def async_engines(url: str, *, clock: Clock, ids: NewId) -> "tuple[AsyncEngine, AsyncEngine]":
    """As `plain_engines`, over the async driver."""
    from sqlalchemy.ext.asyncio import create_async_engine

    address, options = existing(async_url(url)), {"clock": clock, "ids": ids}
    if address.get_backend_name() != "sqlite":
        engine = create_async_engine(address, **_postgres_options(address, options))
        _guard_postgres(engine.sync_engine)
        return engine, engine.execution_options(**_ONE_SNAPSHOT)
    pool = AsyncAdaptedQueuePool
    writer = create_async_engine(address, poolclass=pool, **_sqlite_options(1, options))
    readers = create_async_engine(address, poolclass=pool, **_sqlite_options(READERS, options))
    _guard_pair(writer.sync_engine, readers.sync_engine)
    return writer, readers


def _sqlite_options(size: int, execution_options: dict[str, Any]) -> dict[str, Any]:
    connect = {"isolation_level": None, "timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False}
    return {"connect_args": connect, **_options(size, execution_options)}


def _postgres_options(address: URL, execution_options: dict[str, Any]) -> dict[str, Any]:
    """What the address says itself about keeping the line alive is left as it is."""
    connect = {name: value for name, value in POSTGRES_LINE.items() if name not in address.query}
    return {"pool_pre_ping": True, "connect_args": connect, **_options(POSTGRES_CONNECTIONS, execution_options)}


def _options(size: int, execution_options: dict[str, Any]) -> dict[str, Any]:
    """Parameters stay out of messages and logs: they are what people told us."""
    return {
        "pool_size": size,
        "max_overflow": 0,
        "hide_parameters": True,
        "json_serializer": _dumps,
        "execution_options": execution_options,
    }


def _guard_pair(writer: Engine, readers: Engine) -> None:
    """BEGIN takes the write lock at once: what a write reads first is what it builds on. Readers cannot write."""
    guard_sqlite(writer, pragmas=_WRITER_PRAGMAS, begin="BEGIN IMMEDIATE")
    guard_sqlite(readers, pragmas=_READER_PRAGMAS, begin="BEGIN")


def _guard_postgres(engine: Engine) -> None:
    listen(engine, "connect", _utc)
    listen(engine, "handle_error", say_it_plainly)


def guard_sqlite(engine: Engine, *, pragmas: tuple[str, ...], begin: str) -> None:
    """Pragmas on every connection, our own BEGIN, plain errors."""
    listen(engine, "connect", partial(_set_pragmas, pragmas))
    listen(engine, "begin", partial(_begin, begin))
    listen(engine, "handle_error", say_it_plainly)


def _set_pragmas(pragmas: tuple[str, ...], connection: Any, _record: object) -> None:  # noqa: ANN401 - any driver's
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(statement: str, connection: Connection) -> None:
    connection.exec_driver_sql(statement)


def _utc(connection: Any, _record: object) -> None:  # noqa: ANN401 - any driver's
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("SET TIME ZONE 'UTC'")
    cursor.close()
    connection.autocommit = False


def say_it_plainly(context: ExceptionContext) -> BaseException | None:
    """The `handle_error` hook: our error where we have one."""
    error = context.original_exception
    return error if isinstance(error, StorageError) else translate(error)


_SQLITE = {
    "SQLITE_BUSY": DatabaseBusy("another process is using the database; try again in a moment"),
    "SQLITE_LOCKED": DatabaseBusy("the database is locked; try again in a moment"),
    "SQLITE_PROTOCOL": DatabaseBusy("another process is using the database; try again in a moment"),
    "SQLITE_READONLY": DatabaseReadOnly("the database may not be written to; check its file and folder permissions"),
    "SQLITE_PERM": DatabaseReadOnly("the database may not be written to; check its file and folder permissions"),
    "SQLITE_FULL": DatabaseFull("the disk is full; nothing of this step was saved"),
    "SQLITE_NOTADB": DatabaseUnusable("this file is not a Keel database"),
    "SQLITE_CORRUPT": DatabaseUnusable("the database file is damaged; restore it from a backup"),
    "SQLITE_CANTOPEN": DatabaseUnusable("the database file cannot be opened; check that its folder exists"),
    "SQLITE_IOERR": DatabaseUnusable("the disk under the database reports errors"),
}
_POSTGRES = {
    "53100": DatabaseFull("the disk of the database server is full; nothing of this step was saved"),
    "25006": DatabaseReadOnly("the database server accepts reads only"),
    "55P03": DatabaseBusy("another process is using the database; try again in a moment"),
    "40001": DatabaseBusy("two changes met; try again in a moment"),
    "40P01": DatabaseBusy("two changes waited for each other; try again in a moment"),
    "53300": DatabaseBusy("the database server has no free connection; try again in a moment"),
    "3D000": DatabaseUnusable("the database does not exist on the server"),
    "28P01": DatabaseUnusable("the database server refuses this name and password"),
    "28000": DatabaseUnusable("the database server refuses this login"),
}
_REFUSALS = {"does not exist": "3D000", "password authentication": "28P01", "too many clients": "53300"}
_UNREACHABLE = DatabaseAway("the database server cannot be reached")


def translate(error: BaseException | None) -> StorageError | None:
    """Our error for a driver's, or None where the driver's own says it best (constraints, wrong SQL)."""
    name = getattr(error, "sqlite_errorname", None)
    if name is not None:
        return _copy(next((plain for code, plain in _SQLITE.items() if name.startswith(code)), None))
    state = getattr(error, "sqlstate", "")
    if state:
        return _copy(_UNREACHABLE if state.startswith(("08", "57P")) else _POSTGRES.get(state))
    if not (type(error).__module__.startswith("psycopg") and type(error).__name__ == "OperationalError"):
        return None
    said = str(error)  # a refused login carries no code
    return _copy(next((_POSTGRES[code] for words, code in _REFUSALS.items() if words in said), _UNREACHABLE))


def _copy(plain: StorageError | None) -> StorageError | None:
    """A fresh instance: a shared one would collect tracebacks."""
    return None if plain is None else type(plain)(*plain.args)
