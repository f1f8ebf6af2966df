"""Where a life can end: at every step of the event loop, before and after every statement, commit and request.

The counting sits at the seams of the libraries, not in the bot: the handles of asyncio, the events of SQLAlchemy, and
the transports of the two Telegram clients. SIGKILL comes from within, so it falls exactly on the chosen step.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.chaos.board import Board

LOCK_PATIENCE_MS = 500  # ten seconds of hurried time, as long as the bot waits for a lock
NO_LIMIT = 0xFFFFFFFE


@dataclass(frozen=True, slots=True)
class Death:
    """At the `step`-th step of this kind; kind "" is a long life."""

    kind: str = ""
    step: int = 0


@dataclass(slots=True)
class _Fate:
    """What this process has to expect."""

    board: Board
    death: Death


_fate: _Fate | None = None


def await_death(board: Board, death: Death) -> None:
    """In a new life: count from here on."""
    global _fate  # noqa: PLW0603 - a process has one fate
    board.reset_steps()
    _fate = _Fate(board, death)


def step(kind: str) -> None:
    """One step; perhaps the last one."""
    if _fate is None:
        return
    if _fate.board.count(kind) == _fate.death.step and kind == _fate.death.kind:
        os.kill(os.getpid(), signal.SIGKILL)


def install() -> None:
    """Put the counting in place, once, before the first life is forked."""
    _count_handles()
    _count_database()
    _count_requests()


def _count_handles() -> None:
    run = asyncio.events.Handle._run

    def counted(self: asyncio.events.Handle) -> None:
        step("await")
        run(self)

    asyncio.events.Handle._run = counted  # type: ignore[method-assign]


def _count_database() -> None:
    from sqlalchemy import Engine
    from sqlalchemy.event import listen
    from sqlalchemy.orm import Session

    listen(Engine, "begin", _limit_disk)
    listen(Engine, "before_cursor_execute", lambda *_: step("statement"))
    listen(Engine, "commit", lambda _: step("commit"))
    listen(Session, "after_commit", lambda _: step("committed"))


def _limit_disk(connection: Any) -> None:
    """A full disk, as SQLite tells it: the file may not grow by one page. Locks are waited for in hurried time."""
    if _fate is None or connection.dialect.name != "sqlite":
        return
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA max_page_count = {1 if _fate.board.is_disk_full else NO_LIMIT}")
    cursor.execute(f"PRAGMA busy_timeout = {LOCK_PATIENCE_MS}")
    cursor.close()


def _count_requests() -> None:
    from aiogram.client.session.aiohttp import AiohttpSession
    from telegram.request import HTTPXRequest

    AiohttpSession.make_request = _around(AiohttpSession.make_request)  # type: ignore[method-assign]
    HTTPXRequest.do_request = _around(HTTPXRequest.do_request)  # type: ignore[method-assign]


def _around(request: Callable[..., Any]) -> Callable[..., Any]:
    async def counted(*args: Any, **kwargs: Any) -> Any:
        step("asked")
        answer = await request(*args, **kwargs)
        step("told")
        return answer

    return counted
