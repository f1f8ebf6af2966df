"""A fork server: everything is imported once, and each life of the bot is a fork of that, not a start from nothing.

A life runs the real command line, `keel run`. The nursery has one thread and no event loop, so that a fork of it is as
clean as a new process; it tells its parent the number of each child and, later, how the child ended.
"""

import ctypes
import json
import os
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.chaos import deaths, hurry
from tests.chaos.board import Board
from tests.chaos.deaths import Death

_PR_SET_PDEATHSIG = 1


class Nursery:
    """Make it before any thread runs in this process; `close` it at the end."""

    def __init__(self, board: Board) -> None:
        self._board = board
        ours, theirs = socket.socketpair()
        self._pid = os.fork()
        if self._pid == 0:
            ours.close()
            _end_with(signal.SIGKILL)
            _serve(theirs, board)
        theirs.close()
        self._wire = ours.makefile("rw")

    def birth(self, environment: Mapping[str, str], arguments: list[str], log: Path, death: Death) -> "Life":
        """A new process."""
        order = {
            "env": dict(environment), "argv": arguments, "log": str(log), "death": [death.kind, death.step],
        }  # fmt: skip
        self._wire.write(json.dumps(order) + "\n")
        self._wire.flush()
        return Life(int(self._wire.readline()), self)

    def wait(self) -> int:
        """How the last child ended: its exit code, or minus the signal that ended it."""
        return int(self._wire.readline())

    def close(self) -> None:
        """No more lives."""
        self._wire.close()
        os.waitpid(self._pid, 0)


class Life:
    """One process of the bot."""

    def __init__(self, pid: int, nursery: Nursery) -> None:
        self.pid, self._nursery = pid, nursery
        self.code: int | None = None

    def has_ended(self) -> bool:
        """Whether the process is gone; its end is not awaited."""
        if self.code is not None:
            return True
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        return state in "ZX"

    def kill(self) -> None:
        """SIGKILL from outside, at whatever moment this is."""
        self.signal(signal.SIGKILL)

    def signal(self, number: int) -> None:
        """Send a signal, if somebody is there."""
        if self.code is None:
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                return

    def wait(self) -> int:
        """Until it is gone; how it ended."""
        if self.code is None:
            self.code = self._nursery.wait()
        return self.code


def _serve(wire: socket.socket, board: Board) -> None:
    """Fork on demand until the parent hangs up. Never returns."""
    with wire.makefile("rw") as lines:
        for line in lines:
            order = json.loads(line)
            pid = os.fork()
            if pid == 0:
                wire.close()
                _live(order, board)
            lines.write(f"{pid}\n")
            lines.flush()
            _, status = os.waitpid(pid, 0)
            lines.write(f"{os.waitstatus_to_exitcode(status)}\n")
            lines.flush()
    os._exit(0)


def _live(order: dict[str, Any], board: Board) -> None:
    """The life of one bot, from its command line to its end. Never returns."""
    code = 70
    try:
        _end_with(signal.SIGKILL)
        _write_to(order["log"])
        os.environ.update(order["env"])
        hurry.shorten_waiting()
        deaths.await_death(board, Death(*order["death"]))
        code = _run(order["argv"])
        _tell_modules()
    except BaseException:  # whatever ends a life is written down before it
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _run(arguments: list[str]) -> int:
    from bot.__main__ import main

    sys.argv = ["keel", *arguments]
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0


def _tell_modules() -> None:
    """Which modules a bot at work has imported: the next nursery imports them beforehand."""
    place = os.environ.get("CHAOS_MODULES")
    if place:
        Path(place).write_text(json.dumps(sorted(sys.modules)), encoding="utf-8")


def _write_to(log: str) -> None:
    """Standard output is nobody's, standard error is the log."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    lines = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number, target in ((0, nowhere), (1, nowhere), (2, lines)):
        os.dup2(target, number)
    sys.stderr = open(2, "w", buffering=1, closefd=False, encoding="utf-8")  # noqa: SIM115 - to the end


def _end_with(number: int) -> None:
    """Nobody outlives whoever made them (Linux)."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, number)
