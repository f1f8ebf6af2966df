"""The databases of the stories, and what breaks them: full disks, held locks, cut connections, a server that falls."""

import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tests.chaos import hurry
from tests.chaos.board import Board
from tests.chaos.nursery import Life
from tests.chaos.story import Act
from tests.support import postgres

if TYPE_CHECKING:
    import psycopg

FAULTS = ("disk", "limit", "lock", "terminate", "crash")
RECOVERY_S = 20.0  # of the machine, for a server that fell
_WAITING = """
SELECT (SELECT count(*) FROM inbox WHERE state = 'received') + (SELECT count(*) FROM outbox WHERE state = 'pending')
"""
_KNOWN = "SELECT update_id FROM inbox"


class Unreachable(Exception):
    """It cannot be asked just now."""


class Database(Protocol):
    """Where one story's rows are: a fresh copy of the evening before. What is asked of it may raise Unreachable."""

    url: str

    def is_quiet(self) -> bool:
        """Whether nothing waits in inbox and outbox."""

    def known_updates(self) -> set[int]:
        """Updates in the inbox."""

    def act(self, act: Act, life: Life) -> None:
        """Break, or mend."""

    def mend(self) -> None:
        """Nothing is broken any more."""


class SqliteFile:
    """A file, its disk and its lock."""

    def __init__(self, template: Path, folder: Path, board: Board) -> None:
        self._path = folder / "keel.db"
        for suffix in ("", "-wal"):
            source = template.with_name(template.name + suffix)
            if source.exists():
                shutil.copy(source, folder / (self._path.name + suffix))
        self.url = f"sqlite:///{self._path}"
        self._board = board
        self._holder: sqlite3.Connection | None = None

    def is_quiet(self) -> bool:
        """Whether nothing waits in inbox and outbox."""
        return self._ask(_WAITING) == [(0,)]

    def known_updates(self) -> set[int]:
        """Updates in the inbox."""
        return {row[0] for row in self._ask(_KNOWN)}

    def act(self, act: Act, life: Life) -> None:
        """Break, or mend."""
        is_on = bool(act.values[0])
        if act.what == "disk":
            self._board.is_disk_full = is_on
        elif act.what == "limit":
            self._limit(life, is_on=is_on)
        elif is_on:
            self._grab()
        else:
            self._let_go()

    def mend(self) -> None:
        """Nothing is broken any more; a limit ended with the process that had it."""
        self._board.is_disk_full = False
        self._let_go()

    def _ask(self, query: str) -> list[tuple[int, ...]]:
        try:
            with closing(sqlite3.connect(self._path, timeout=5)) as connection:
                return connection.execute(query).fetchall()
        except sqlite3.OperationalError as error:
            raise Unreachable from error

    def _limit(self, life: Life, *, is_on: bool) -> None:
        """No file of that process may grow: every write beyond fails half-way (Linux)."""
        size = max(self._path.stat().st_size // 2, 1) if is_on else resource.RLIM_INFINITY
        with suppress(ProcessLookupError):
            resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def _grab(self) -> None:
        holder = sqlite3.connect(self._path, isolation_level=None, timeout=0.2)
        try:
            holder.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            holder.close()
        else:
            self._let_go()
            self._holder = holder

    def _let_go(self) -> None:
        if self._holder is not None:
            self._holder.close()
            self._holder = None


class PostgresDatabase:
    """A database on the server of these tests; a server of our own may fall, one that was given may only hang up."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._is_ours = "started for this run" in postgres.describe()

    def is_quiet(self) -> bool:
        """Whether nothing waits in inbox and outbox."""
        return self._ask(_WAITING) == [(0,)]

    def known_updates(self) -> set[int]:
        """Updates in the inbox."""
        return {int(row[0]) for row in self._ask(_KNOWN)}

    def act(self, act: Act, life: Life) -> None:
        """Every connection of the bot is cut, or one server process is killed, whereupon all fall and recover."""
        pids = [int(row[0]) for row in self._ask(_OTHERS)]
        if act.what == "crash" and self._is_ours and pids:
            with suppress(ProcessLookupError):
                os.kill(pids[0], signal.SIGKILL)
            return
        self._ask(_TERMINATE)

    def mend(self) -> None:
        """A server that fell is up again."""
        end = hurry.machine_seconds() + RECOVERY_S
        while True:
            try:
                self._ask("SELECT 1")
            except Unreachable:
                if hurry.machine_seconds() > end:
                    raise
                hurry.pause(0.05)
            else:
                return

    def _ask(self, query: str) -> "list[psycopg.rows.TupleRow]":
        import psycopg

        try:
            with psycopg.connect(self.url, autocommit=True) as connection:
                return connection.execute(query).fetchall()  # type: ignore[arg-type]  # our own sentences
        except psycopg.OperationalError as error:
            raise Unreachable from error


_OTHERS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_TERMINATE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@contextmanager
def postgres_copy(template: str) -> Iterator[PostgresDatabase]:
    """A database of one story's own, gone afterwards."""
    with postgres.fresh_database(template) as url:
        database = PostgresDatabase(url)
        try:
            yield database
        finally:
            database.mend()
