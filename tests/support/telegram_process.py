"""The real process `keel run`, against the Bot API server of these tests."""

import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from tests.support.console import PATIENCE_SECONDS, ROOT, environment
from tests.support.telegram_server import TelegramServer


class KeelRun:
    """One running process. Use it as a context manager: it is ended whatever happens."""

    def __init__(self, server: TelegramServer, database: Path, **env: str) -> None:
        self.server, self.database = server, database
        settings = {
            "KEEL_TELEGRAM_TOKEN": server.token,
            "KEEL_TELEGRAM_API_BASE": server.address,
            "KEEL_TICK_SECONDS": "1",
            "KEEL_LOG_LEVEL": "debug",
            **env,
        }
        self._errors: list[str] = []
        self._is_listening = threading.Event()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "--database", f"sqlite:///{database}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=environment(settings),
        )
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def __enter__(self) -> "KeelRun":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.kill()

    @property
    def errors(self) -> str:
        """What was written to stderr so far."""
        return "".join(self._errors)

    def listening(self) -> "KeelRun":
        """Wait until it asks for updates."""
        if not self._is_listening.wait(PATIENCE_SECONDS):
            raise TimeoutError(f"not listening; stderr: {self.errors}")
        assert self.process.poll() is None, self.errors
        return self

    def kill(self) -> None:
        """SIGKILL; nothing can be tidied up."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self._reap()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to stop; the exit code."""
        self.process.send_signal(number)
        self.process.wait(PATIENCE_SECONDS)
        self._reap()
        return self.process.returncode

    def rows(self, query: str, *values: Any) -> list[Any]:
        """Read the database from outside."""
        with sqlite3.connect(self.database, timeout=10) as connection:
            found = connection.execute(query, values).fetchall()
        connection.close()
        return found

    def change(self, statement: str, *values: Any) -> None:
        """Write to the database from outside, as time or an operator would."""
        with sqlite3.connect(self.database, timeout=10) as connection:
            connection.execute(statement, values)
        connection.close()

    def _reap(self) -> None:
        self.process.wait(PATIENCE_SECONDS)
        self._thread.join(5)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for raw in self.process.stderr:
            line = raw.decode(errors="replace")
            self._errors.append(line)
            if "Listening" in line:
                self._is_listening.set()
        self._is_listening.set()
