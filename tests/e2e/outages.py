"""Databases that another process holds: each of these stories waits tens of seconds for a lock."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

from tests.e2e.ledger import Ledger
from tests.support.console import Console
from tests.support.keel import run

CHEST = "I have crushing chest pain and cannot breathe"
GLANCE_SECONDS = 0.0005  # looking without a pause would take the processor from the turn
TRIES = 6  # a turn is short: now and then it is over before the lock is grabbed


@contextmanager
def held(path: Path) -> Iterator[None]:
    """The write lock of a database, as another process would hold it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


class Grabber:
    """Grabs the write lock the moment an update stands in the inbox, until let go."""

    def __init__(self, path: Path) -> None:
        self._hand = sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False)
        self._before = self._updates()
        self._release = threading.Event()
        self.has_grabbed = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def let_go(self) -> None:
        """Give the lock back."""
        self._release.set()
        self._thread.join(5)

    def _run(self) -> None:
        with closing(self._hand) as hand:
            while self._updates() == self._before:
                if self._release.is_set():
                    return
                time.sleep(GLANCE_SECONDS)
            with suppress(sqlite3.OperationalError):  # the commit was quicker
                hand.execute("BEGIN IMMEDIATE")
                self.has_grabbed.set()
                self._release.wait(60)
                hand.execute("ROLLBACK")

    def _updates(self) -> int:
        return int(self._hand.execute("SELECT count(*) FROM inbox").fetchone()[0])


def at_the_start(path: Path) -> SimpleNamespace:
    """A start while the lock is held."""
    with held(path):
        done = run("chat", "--json", "--database", f"sqlite:///{path}", stdin=b"hello\n")
    return SimpleNamespace(code=done.returncode, said=done.stdout, errors=done.stderr.decode())


def in_the_middle(path: Path) -> SimpleNamespace:
    """Lines that are said while the lock is held, and one after it."""
    told = SimpleNamespace(ledger=Ledger(path))
    with Console(path) as console:
        console.say("drank 250 ml")
        told.rows = told.ledger.count("health_metrics")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            told.flagged = console.say(CHEST)
            told.seconds_to_help = time.monotonic() - began
            told.busy = console.say("drank 300 ml")
            told.rows_meanwhile = told.ledger.count("health_metrics")
            other.execute("ROLLBACK")
        told.after = console.say("drank 300 ml")
    return told


def before_the_commit(path: Path, line: bytes) -> SimpleNamespace:
    """A turn that can be read but not written; then the same line again, and a restart."""
    told = SimpleNamespace(ledger=Ledger(path), was_grabbed=False, written=0)
    with Console(path) as console:
        console.say("hello")
        for _ in range(TRIES):
            before = _counts(told.ledger)
            grabber = Grabber(path)
            told.failed = console.raw(line)
            grabber.let_go()
            told.changed = before != _counts(told.ledger)
            if not told.changed:
                told.was_grabbed = grabber.has_grabbed.is_set()
                break
            told.written += 1
        told.again = console.raw(line)
        console.kill()
    with Console(path) as console:
        told.restarted = console.say("thank you")
    return told


def _counts(ledger: Ledger) -> tuple[int, ...]:
    return tuple(ledger.count(table) for table in ("plans", "profile_versions", "health_metrics"))
