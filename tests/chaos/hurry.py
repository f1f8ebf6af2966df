"""Time runs faster: what takes a bot minutes of waiting takes a story seconds, and no code of the bot knows it.

Every clock the bot looks at (monotonic, wall, the event loop's, the scheduler's) runs so many times as fast, and the
event loop waits that much shorter. Only the processor keeps its pace, and a server of PostgreSQL its own clock, which
leases are counted by: its stories are told slowly.
"""

import datetime as dt
import importlib
import selectors
import time
from typing import Any

from tests.chaos.board import Board

SPEED = {"sqlite": 20.0, "postgres": 2.0}
machine_seconds = time.monotonic  # the true clock, for whoever needs it
pause = time.sleep
_board: Board | None = None
_TOLD_BY_LIBRARIES = ("apscheduler.schedulers.base", "apscheduler.triggers.interval", "apscheduler.executors.base")


def install(board: Board) -> None:
    """Before anything of the bot is imported: it keeps the clocks it finds then."""
    look_at(board)
    time.monotonic = monotonic
    time.time = wall
    clock = importlib.import_module("bot.clock")
    clock.system_clock = now  # type: ignore[attr-defined]  # the seam: everybody is handed this function
    for name in (*_TOLD_BY_LIBRARIES, "bot.scheduler"):
        importlib.import_module(name).datetime = _HurriedDatetime  # type: ignore[attr-defined]


def look_at(board: Board) -> None:
    """Another board tells the time from here on: each stage has its own."""
    global _board  # noqa: PLW0603 - there is one time in a process
    _board = board


def shorten_waiting() -> None:
    """In a process that is to wait shorter too: event loops made from here on."""
    selectors.DefaultSelector = _ShortWaiting  # type: ignore[misc]


def monotonic() -> float:
    """Seconds of the hurried monotonic clock."""
    return machine_seconds() * speed()


def wall() -> float:
    """Unix time in the story."""
    anchor, start, skipped, times = _clock()
    return start + (machine_seconds() - anchor) * times + skipped


def speed() -> float:
    """Seconds of the story in one of the machine's."""
    return _clock()[3]


def _clock() -> tuple[float, float, float, float]:
    assert _board is not None, "no clock was installed"
    return _board.clock()


def now() -> dt.datetime:
    """The instant in the story."""
    return dt.datetime.fromtimestamp(wall(), dt.UTC)


class _ShortWaiting(selectors.DefaultSelector):
    """Waits for events, so many times shorter."""

    def select(self, timeout: float | None = None) -> Any:
        return super().select(timeout if timeout is None or timeout <= 0 else timeout / speed())


class _AnyDatetime(type):
    """Whatever is a datetime is one of these too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, dt.datetime)


class _HurriedDatetime(dt.datetime, metaclass=_AnyDatetime):
    """What libraries take for datetime: only `now` differs."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
        return dt.datetime.fromtimestamp(wall(), tz)
