"""Loads everything that Keel needs at work, then forks a `keel` for each request: the far side of `warm`.

Started as `python -m tests.support.nursery FD`, where FD is a socket. A request is JSON with arguments and
surroundings, beside four files: stdin, stdout, stderr, and one that is told the process id and, at the end, the exit
code. This process has one thread, no event loop and no database, so that a fork of it is like a start.
"""

import gc
import json
import os
import pkgutil
import runpy
import socket
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

LONGEST_REQUEST = 200_000
STANDARD_STREAMS = (0, 1, 2)
PACKAGES = ("agents", "prompts", "storage", "bot")
LEFT_COLD = ("agents.understanding.model", "storage.migrations", "bot.__main__")  # run, or needed by some starts only
LATE = (
    "aiosqlite", "alembic.command", "anyio._backends._asyncio", "apscheduler.triggers.interval", "highspy", "httpcore",
    "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite.aiosqlite",
)  # fmt: skip


def load() -> None:
    """Import what a conversation imports sooner or later, and read the tables that are read once."""
    gc.disable()  # all of it stays
    for package in PACKAGES:
        for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
            if not module.name.startswith(LEFT_COLD):
                import_module(module.name)
    for name in LATE:
        import_module(name)
    _read_tables()
    gc.freeze()
    gc.enable()


def _read_tables() -> None:
    from sqlalchemy.orm import configure_mappers

    from agents.domain.safety import triage
    from agents.schemas import Moment
    from agents.understanding.rules import Rules
    from prompts.loader import Catalogue
    from storage.reference.exercise_tables import library
    from storage.reference.food_tables import catalogue

    configure_mappers()
    catalogue()
    library()
    Catalogue().has("en", "hello")
    triage("hello")
    Rules().read("I am 36 and drank 300 ml", Moment(datetime(2026, 1, 1, tzinfo=UTC)))


def serve(requests: socket.socket) -> None:
    """Fork for each request until nobody can ask any more. Returns in the forks as well, each a `keel` to be run."""
    while True:
        request, files, _, _ = socket.recv_fds(requests, LONGEST_REQUEST, 4)
        reap()
        if not request:
            os._exit(0)
        if os.fork() == 0:
            requests.close()
            return attend(json.loads(request), files)
        for file in files:
            os.close(file)


def reap() -> None:
    """Take leave of the forks that ended, so that their time counts as this process's."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def attend(request: dict[str, Any], files: list[int]) -> None:
    """Fork again and tell of that fork; returns there only."""
    *streams, told = files
    for stream, place in zip(streams, STANDARD_STREAMS, strict=True):
        os.dup2(stream, place)
        os.close(stream)
    pid = os.fork()
    if pid == 0:
        os.close(told)
        return dress(request)
    for place in STANDARD_STREAMS:
        os.close(place)
    os.write(told, f"{pid}\n".encode())
    _, status = os.waitpid(pid, 0)
    os.write(told, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def dress(request: dict[str, Any]) -> None:
    """Arguments and surroundings as a process of one's own would have them."""
    sys.argv = ["bot", *request["arguments"]]
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()


if __name__ == "__main__":
    load()
    serve(socket.socket(fileno=int(sys.argv[1])))
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
