"""The real process `keel run`, against the Bot API server of these tests."""

import signal
import sqlite3
import subprocess
import threading
from pathlib import Path
from typing import IO, Any

from tests.support.keel import PATIENCE_SECONDS, Process, started
from tests.support.telegram.server import TelegramServer

START_SECONDS = 120.0  # a first start compiles everything, beside whatever else the machine does


class KeelRun:
    """One bot, as often as it is started. Use it as a context manager: it is ended whatever happens."""

    READY: tuple[str, ...] = ("Listening",)  # words of its log that say that it does its part

    def __init__(self, server: TelegramServer, database: Path, *, is_cold: bool = False, **env: str) -> None:
        """`is_cold`: started from nothing each time, for whoever shows or measures that."""
        self.server, self.database, self._is_cold = server, database, is_cold
        self._env = {
            "KEEL_TELEGRAM_TOKEN": server.token,
            "KEEL_TELEGRAM_API_BASE": server.address,
            "KEEL_TICK_SECONDS": "1",
            "KEEL_LOG_LEVEL": "debug",
            **env,
        }
        self._errors: list[str] = []
        self._process: Process | None = None

    def __enter__(self) -> "KeelRun":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.kill()

    @property
    def errors(self) -> str:
        """What was written to stderr so far, over all starts."""
        return "".join(self._errors)

    def listening(self, patience: float = START_SECONDS) -> "KeelRun":
        """Started, if it does not run, and asking for updates."""
        if self._process is None:
            self.start()
        if not self._is_listening.wait(patience):
            raise TimeoutError(f"not listening; stderr: {self.errors}")
        assert self._process is not None
        assert self._process.poll() is None, self.errors
        return self

    def send_signal(self, number: int) -> None:
        """Send a signal and go on."""
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        """SIGKILL; nothing can be tidied up."""
        if self._process is not None and self._process.poll() is None:
            self.send_signal(signal.SIGKILL)
        self.ended()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to stop; the exit code."""
        self.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        """Wait for the end; the exit code, 0 when it was not running."""
        process = self._process
        if process is None:
            return 0
        process.wait(PATIENCE_SECONDS)
        self._process = None
        self._thread.join(5)
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()
        return process.returncode or 0

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

    def start(self) -> None:
        """Start it and go on."""
        self._is_listening = threading.Event()
        self._process = started(*self._arguments(), env=self._env, stdin=subprocess.DEVNULL, is_cold=self._is_cold)
        self._thread = threading.Thread(target=self._read, args=(self._process.stderr, self._is_listening), daemon=True)
        self._thread.start()

    def _arguments(self) -> list[str]:
        return ["run", "--database", f"sqlite:///{self.database}"]

    def _read(self, stream: IO[bytes], is_listening: threading.Event) -> None:
        for raw in stream:
            line = raw.decode(errors="replace")
            self._errors.append(line)
            if any(word in line for word in self.READY):
                is_listening.set()
        is_listening.set()
