"""The wire between processes on one PostgreSQL: LISTEN on a connection of its own, NOTIFY through the pool."""

import asyncio
import logging
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, text

from storage.engines import POSTGRES_LINE, sync_url
from storage.wakes import INBOX, LEASES, OUTBOX, STOPS, Wakes

if TYPE_CHECKING:
    from sqlalchemy import Engine

log = logging.getLogger(__name__)
PREFIX = "keel_"
NAMES = (INBOX, OUTBOX, LEASES, STOPS)
AGAIN_S, LONGEST_S = 0.5, 5.0  # between two tries to connect
ALIVE_S = 20.0  # a connection that was silent so long is asked whether it still lives
_NOTIFY = text("SELECT pg_notify(:channel, :mark)").bindparams(bindparam("channel"), bindparam("mark"))


class Wire:
    """Carries the names of `wakes` between processes while `run` runs; without a connection it keeps trying.

    Behind a pooler that lends connections for a transaction LISTEN hears nothing: then only the looking from time to
    time is left.
    """

    def __init__(self, url: str, engine: "Engine", wakes: Wakes) -> None:
        self._url, self._engine, self._wakes = url, engine, wakes
        self._mark = secrets.token_hex(8)  # tells our own calls, which were heard here already
        self._pending: set[str] = set()
        self._has_pending = asyncio.Event()
        self._is_told = asyncio.Event()

    async def run(self) -> None:
        """Listen and tell until cancelled."""
        self._wakes.carry(self._take)
        try:
            await asyncio.gather(self._listen(), self._tell())
        finally:
            self._wakes.carry(None)

    async def told(self, within_s: float) -> None:
        """Wait until the other processes know everything, but no longer than this."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._is_told.wait(), within_s)

    def _take(self, names: frozenset[str]) -> None:
        self._pending |= names
        self._is_told.clear()
        self._has_pending.set()

    async def _tell(self) -> None:
        """One NOTIFY at a time: what is called out meanwhile goes with the next."""
        while True:
            if not self._pending:
                self._is_told.set()
            await self._has_pending.wait()
            self._has_pending.clear()
            names, self._pending = self._pending, set()
            try:
                await asyncio.to_thread(self._notify, names)
            except Exception as error:
                log.info("other processes could not be told: %s", type(error).__name__)

    def _notify(self, names: set[str]) -> None:
        with self._engine.connect() as plain:
            connection = plain.execution_options(isolation_level="AUTOCOMMIT")
            for name in names:
                connection.execute(_NOTIFY, {"channel": PREFIX + name, "mark": self._mark})

    async def _listen(self) -> None:
        wait_s = AGAIN_S
        while True:
            try:
                await self._hear_until_cut()
            except Exception as error:
                log.info("the line to the other processes is cut: %s", type(error).__name__)
            await asyncio.sleep(wait_s)
            wait_s = min(LONGEST_S, wait_s * 2) if not self._was_connected else AGAIN_S

    async def _hear_until_cut(self) -> None:
        import psycopg

        self._was_connected = False
        address = sync_url(self._url).set(drivername="postgresql")
        line = {name: value for name, value in POSTGRES_LINE.items() if name not in address.query}
        connection = await psycopg.AsyncConnection.connect(
            address.render_as_string(hide_password=False),
            autocommit=True,
            **line,  # type: ignore[arg-type]  # libpq's own parameters
        )
        self._was_connected = True
        try:
            for name in NAMES:
                await connection.execute(f"LISTEN {PREFIX}{name}")  # names of ours
            self._wakes.hear(NAMES)  # whatever was called out while nobody listened
            while True:
                await self._hear(connection)
        finally:
            with suppress(Exception):
                await connection.close()

    async def _hear(self, connection: Any) -> None:  # noqa: ANN401 - psycopg is imported late
        async for told in connection.notifies(timeout=ALIVE_S):
            if told.payload != self._mark:
                self._wakes.hear((told.channel.removeprefix(PREFIX),))
        await connection.execute("SELECT 1")
