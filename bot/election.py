"""Which of several processes does what only one may do: the scheduler, the mouth of a bot token, its polling ear.

On PostgreSQL a lease decides (storage.leases, docs/adr): renewed every second, it runs out by the server's clock when
its holder is killed, frozen or cut off, and it is a fence for what is written under it. On SQLite there is one process
and it does everything.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from storage import leases, wakes
from storage.db import Database
from storage.errors import StorageError
from storage.fences import LeaseLost, fenced
from storage.leases import Lease

log = logging.getLogger(__name__)
LEASE_S = 8.0  # how long after its last sign of life a holder is believed to live
BEAT_S = 1.0  # how often a sign of life is given, and how often others look whether it is missing
Work = Callable[[], Awaitable[None]]


class Election(Protocol):
    """Shares out offices, each of which one process has at a time."""

    async def run(self) -> None:
        """Keep what was won, until cancelled."""
        ...

    async def while_elected(self, office: str, work: Work) -> None:
        """Run `work`, fenced, whenever and as long as this process has the office.

        It must not end by itself; an error of it that is not the database's is raised here.
        """
        ...

    def term(self, office: str) -> AbstractContextManager[None]:
        """A block fenced by the office. Raises LeaseLost when this process does not have it."""
        ...

    async def resign(self) -> None:
        """Leave every office, so that another process has it at once."""
        ...


class Alone:
    """The only process has every office."""

    async def run(self) -> None:
        """Nothing to keep."""
        await asyncio.Event().wait()

    async def while_elected(self, office: str, work: Work) -> None:  # noqa: ARG002 - one answer for all
        """At once and for good."""
        await work()

    def term(self, office: str) -> AbstractContextManager[None]:  # noqa: ARG002 - as above
        """No fence is needed."""
        return nullcontext()

    async def resign(self) -> None:
        """Nobody is waiting."""


@dataclass(slots=True)
class _Term:
    """An office that was won, and until when by our own clock it is certainly ours."""

    lease: Lease
    until: float
    is_over: asyncio.Event


class Elected:
    """One of several processes on one PostgreSQL. `holder` is this process's name, unique for each start."""

    def __init__(self, database: Database, holder: str) -> None:
        self._database, self._holder = database, holder
        self._terms: dict[str, _Term] = {}
        self._vacancies: dict[str, asyncio.Event] = {}
        database.wakes.on(wakes.LEASES, self._look)

    async def run(self) -> None:
        """Give a sign of life again and again; while the database is out of reach the terms run out by themselves."""
        while True:
            await asyncio.sleep(BEAT_S)
            if self._terms:
                with suppress(StorageError):
                    await self._renew()

    async def while_elected(self, office: str, work: Work) -> None:
        """Wait for the office, work, and when it was lost wait for it again."""
        while True:
            term = await self._won(office)
            with fenced(term.lease):
                task = asyncio.ensure_future(work())
            try:
                await _until_over(term, task)
                if not task.done():
                    log.warning("this process is no longer the %s", office)
                    self._terms.pop(office, None)
            finally:
                has_ended = task.done()
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            if has_ended:
                await self._after(office, task)

    def term(self, office: str) -> AbstractContextManager[None]:
        """A block fenced by the office. Raises LeaseLost when this process does not have it."""
        term = self._terms.get(office)
        if term is None or time.monotonic() >= term.until:
            raise LeaseLost(f"this process is not the {office}")
        return fenced(term.lease)

    async def resign(self) -> None:
        """Leave every office. One that cannot be left now runs out soon."""
        terms, self._terms = self._terms, {}
        for term in terms.values():
            with suppress(StorageError):
                await self._database.run_write(partial(leases.release, lease=term.lease))

    async def _won(self, office: str) -> _Term:
        vacancy = self._vacancies.setdefault(office, asyncio.Event())
        while office not in self._terms:
            vacancy.clear()
            began = time.monotonic()
            try:
                lease = await self._database.run_write(
                    partial(leases.take, name=office, holder=self._holder, seconds=LEASE_S)
                )
            except StorageError:
                lease = None
            if lease is not None:
                log.info("this process is the %s now", office)
                self._terms[office] = _Term(lease, began + LEASE_S, asyncio.Event())
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(vacancy.wait(), BEAT_S)
        return self._terms[office]

    async def _renew(self) -> None:
        terms, began = tuple(self._terms.values()), time.monotonic()
        kept = await self._database.run_write(partial(leases.renew, holder=self._holder, seconds=LEASE_S))
        for term in terms:
            if term.lease in kept:
                term.until = began + LEASE_S
            else:
                term.is_over.set()

    async def _after(self, office: str, task: "asyncio.Future[None]") -> None:
        """Work that ended by itself: when it was fenced off or the database was away it is begun again."""
        try:
            task.result()
        except LeaseLost:
            self._terms.pop(office, None)
        except StorageError as error:
            log.warning("the %s was interrupted: %s", office, error)
        await asyncio.sleep(BEAT_S)

    def _look(self) -> None:
        for vacancy in self._vacancies.values():
            vacancy.set()


async def _until_over(term: _Term, task: "asyncio.Future[None]") -> None:
    """Until the work has ended, or somebody else has the office, or may have it."""
    over = asyncio.ensure_future(term.is_over.wait())
    try:
        while not task.done() and not over.done() and (left_s := term.until - time.monotonic()) > 0:
            both: list[asyncio.Future[Any]] = [task, over]
            await asyncio.wait(both, timeout=left_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        over.cancel()
