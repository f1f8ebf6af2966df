"""One database for the whole process: short reads, one-commit writes, on SQLite or PostgreSQL.

`run_read` and `run_write` run a plain function over a plain session in a worker thread: one hop for the whole unit of
work, which is how repositories work (measured: 18 statements 2 ms, against 12 ms with a hop per statement). `read()`
and `write()` yield an async session where a block reads better. Never await a model, Telegram or a download inside
`write()`: on SQLite it holds the only write lock (libraries.md L-4). A write inside a `write()` waits for itself.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext
from contextvars import copy_context
from functools import cached_property, partial
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.event import listen
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, SessionTransaction

from storage.audit import Actor
from storage.crypto import MasterKey
from storage.engines import POSTGRES_CONNECTIONS, READERS, Clock, NewId, async_engines, plain_engines
from storage.errors import DatabaseBusy, KeyMissing
from storage.fences import Fence
from storage.fences import current as current_fence
from storage.flush import KeelSession, prepare
from storage.keyscope import KeyScope, current_user_id, entered, make_scope
from storage.notify import Wire
from storage.plain import LINE
from storage.wakes import Wakes, promised

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

Role = Literal["system", "app"]
Hop = Literal["read", "write"]
T = TypeVar("T")

_ENTER = text("SELECT set_config('app.user_id', :user_id, true), set_config('role', :role, true)")
_NAME_PERSON = text("SELECT set_config('app.user_id', :user_id, true)")
_MEMBER_OF_BOTH = text(
    "SELECT count(*) = 2 FROM pg_roles WHERE rolname IN ('keel_app', 'keel_system')"
    " AND pg_has_role(current_user, oid, 'MEMBER')"
)


class Database:
    """Open it once, close it once. `clock` and `ids` stamp every row; `keys` unlock the system's columns."""

    def __init__(self, url: str, *, clock: Clock, ids: NewId, keys: MasterKey) -> None:
        self.clock, self.ids, self.keys = clock, ids, keys
        self._url = url
        self._writer, self._readers = plain_engines(url, clock=clock, ids=ids)
        self._system: KeyScope = make_scope(None, keys.system_key)
        threads = POSTGRES_CONNECTIONS if self.is_postgres else READERS
        self._read_threads = ThreadPoolExecutor(threads, "keel-read")
        self._write_threads = ThreadPoolExecutor(threads if self.is_postgres else 1, "keel-write")
        self._write_lock = asyncio.Lock()
        self.wakes = Wakes()
        self.timed: Callable[[Hop, float], None] = _untimed  # told how long each unit of work took, waiting included
        self._has_roles: bool | None = None  # whether this login may become keel_app and keel_system

    @classmethod
    def open(cls, url: str, *, clock: Clock, ids: NewId, keys: MasterKey) -> "Database":
        """Engines for this address; nothing connects before the first statement. Raises DatabaseUnusable."""
        return cls(url, clock=clock, ids=ids, keys=keys)

    @property
    def is_postgres(self) -> bool:
        """Whether the server is PostgreSQL: rows can be claimed with SKIP LOCKED."""
        return self._writer.dialect.name == "postgresql"

    async def run_read(self, fn: Callable[[Session], T], *, role: Role = "system") -> T:
        """Runs `fn` over one consistent snapshot.

        Role `app` lets PostgreSQL show the open key scope's rows and nothing else.
        """
        work = partial(self._work, self._readers, fn, self._info(role, None, None))
        began = perf_counter()
        try:
            return await _hop(self._read_threads, work)
        finally:
            self.timed("read", perf_counter() - began)

    async def run_write(self, fn: Callable[[Session], T], *, role: Role = "system", actor: Actor | None = None) -> T:
        """Runs `fn` in one transaction: commits when it returns, rolls back when it raises.

        `actor` signs the audit log. A cancelled caller waits until the transaction has ended either way. Raises
        LeaseLost, and writes nothing, when the open fence (storage.fences) does not hold any more.
        """
        info = self._info(role, actor, current_fence())
        work = partial(self._work, self._writer, fn, info)
        began = perf_counter()
        try:
            async with self._turn_to_write():
                return await _hop(self._write_threads, work)
        finally:
            self.timed("write", perf_counter() - began)
            self.wakes.call(info["committed"])

    @asynccontextmanager
    async def read(self, *, role: Role = "system") -> "AsyncIterator[AsyncSession]":
        """One consistent snapshot over an async session."""
        async with self._session(self._async_engines[1], self._info(role, None, None)) as session:
            yield session

    @asynccontextmanager
    async def write(self, *, role: Role = "system", actor: Actor | None = None) -> "AsyncIterator[AsyncSession]":
        """One transaction over an async session: commits at the end of the block, rolls back on any error."""
        info = self._info(role, actor, current_fence())
        try:
            async with self._turn_to_write(), self._session(self._async_engines[0], info) as session:
                yield session
        finally:
            self.wakes.call(info["committed"])

    def wire(self) -> Wire | None:
        """The line to other processes on the same PostgreSQL, to be run; None on SQLite, where there are none."""
        return Wire(self._url, self._writer, self.wakes) if self.is_postgres else None

    async def close(self) -> None:
        """Waits for running work and closes every connection."""
        for threads in (self._read_threads, self._write_threads):
            await asyncio.to_thread(threads.shutdown)
        for engine in {self._writer, self._readers}:
            engine.dispose()
        if "_async_engines" in self.__dict__:
            for async_engine in set(self._async_engines):
                await async_engine.dispose()

    @cached_property
    def _async_engines(self) -> "tuple[AsyncEngine, AsyncEngine]":
        return async_engines(self._url, clock=self.clock, ids=self.ids)

    def _turn_to_write(self) -> AbstractAsyncContextManager[None]:
        """On SQLite one write at a time, whichever driver does it."""
        return nullcontext() if self.is_postgres else self._write_lock

    def _info(self, role: Role, actor: Actor | None, fence: Fence | None) -> dict[str, Any]:
        if role == "app" and current_user_id() is None:
            raise KeyMissing("serving a person needs their key scope")
        return {
            "ids": self.ids,
            "actor": actor,
            "begin": partial(self._begin, role, fence),
            "role": role,
            "enter": self._enter_role,
            "committed": frozenset(),
        }

    def _begin(self, role: Role, fence: Fence | None, connection: Connection) -> None:
        """The fence is the system's to check; then PostgreSQL learns for whom this transaction works."""
        if fence is not None:
            self._enter_role("system", connection)
            fence.check(connection)
        if fence is None or role == "app":
            self._enter_role(role, connection)

    def _enter_role(self, role: Role, connection: Connection) -> None:
        """PostgreSQL learns for whom this transaction works; both settings end with it."""
        if not self.is_postgres:
            return
        if self._has_roles is None:
            self._has_roles = connection.execute(_MEMBER_OF_BOTH).scalar_one()
        person = str(current_user_id() or "")
        if self._has_roles:
            connection.execute(_ENTER, {"user_id": person, "role": f"keel_{role}"})
        else:
            connection.execute(_NAME_PERSON, {"user_id": person})

    def _work(self, engine: Engine, fn: Callable[[Session], T], info: dict[str, Any]) -> T:
        session = KeelSession(engine, expire_on_commit=False, info=info)
        try:
            with entered(self._system), session:
                with session.begin():
                    result = fn(session)
                info["committed"] = promised(session)
                return result
        except PoolTimeout as error:
            raise DatabaseBusy("the database is busy; try again in a moment") from error

    @asynccontextmanager
    async def _session(self, engine: "AsyncEngine", info: dict[str, Any]) -> "AsyncIterator[AsyncSession]":
        from sqlalchemy.ext.asyncio import AsyncSession

        session = AsyncSession(engine, expire_on_commit=False, info=info, sync_session_class=KeelSession)
        try:
            with entered(self._system):
                async with session:
                    async with session.begin():
                        yield session
                    info["committed"] = promised(session.sync_session)
        except PoolTimeout as error:
            raise DatabaseBusy("the database is busy; try again in a moment") from error


@contextmanager
def acting(session: Session, role: Role) -> Iterator[None]:
    """This part of a transaction in another role: `app` shows and takes the open key scope's rows and nothing else.

    On SQLite, which has no roles, nothing happens.
    """
    before = session.info["role"]
    _switch(session, role)
    yield
    _switch(session, before)  # after an error there is nothing to go on with: the transaction ends, and the role too


def _switch(session: Session, role: Role) -> None:
    session.flush()
    if session.info["role"] != role:
        session.info["enter"](role, session.connection())
        session.info["role"] = role


def _untimed(_hop: Hop, _seconds: float) -> None:
    """Nobody measures."""


async def _hop(threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    """Runs the work in a thread with this task's context variables; never leaves it running behind a cancellation."""
    future = asyncio.get_running_loop().run_in_executor(threads, copy_context().run, work)
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        await asyncio.wait([future])
        raise


def _begin(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """A savepoint stays what its transaction is."""
    if not transaction.nested:
        session.info["begin"](connection)


def _end(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:  # not the parts of it, such as a flush
        session.info.pop(LINE, None)


listen(KeelSession, "before_flush", prepare)
listen(KeelSession, "after_begin", _begin)
listen(KeelSession, "after_transaction_end", _end)
