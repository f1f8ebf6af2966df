"""The real process `keel chat --json`, driven line by line as an outsider would."""

import json
import queue
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.support.keel import PATIENCE_SECONDS, started

START = "2026-11-23T07:00:00+01:00"  # a Monday morning, one hour east of Greenwich
_END = object()


class ProcessEnded(AssertionError):
    """The process ended while a turn was awaited; the message carries its exit code and stderr."""


@dataclass(frozen=True)
class Turn:
    """What one line led to: the messages in order, and the object that ends the turn."""

    messages: tuple[dict[str, Any], ...]
    end: dict[str, Any]
    raw: tuple[str, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """All words of all messages."""
        return "\n".join(message["text"] for message in self.messages)

    @property
    def shown(self) -> str:
        """Words, and what the tables say."""
        cells = (cell for card in self.cards for row in card["rows"] for cell in row)
        return "\n".join((self.text, *(card["title"] for card in self.cards), *cells))

    @property
    def cards(self) -> tuple[dict[str, Any], ...]:
        """All tables."""
        return tuple(card for message in self.messages for card in message["cards"])

    @property
    def receipts(self) -> tuple[tuple[str, str], ...]:
        """(entity, action) of every receipt."""
        return tuple((r["entity"], r["action"]) for message in self.messages for r in message["receipts"])

    @property
    def buttons(self) -> tuple[dict[str, str], ...]:
        """All buttons in reading order."""
        return tuple(button for message in self.messages for row in message["buttons"] for button in row)

    @property
    def taps(self) -> tuple[str, ...]:
        """The data of all buttons."""
        return tuple(button["data"] for button in self.buttons)

    @property
    def levels(self) -> tuple[str, ...]:
        """The safety level of every message."""
        return tuple(message["safety"]["level"] for message in self.messages)

    @property
    def pushes(self) -> tuple[dict[str, Any], ...]:
        """What came unasked: reminders and check-ins."""
        return tuple(message for message in self.messages if message["kind"] in ("reminder", "check_in"))

    def tap(self, beginning: str) -> str:
        """The first button data that begins so."""
        found = [data for data in self.taps if data.startswith(beginning)]
        assert found, f"no button {beginning!r} among {self.taps}"
        return found[0]

    def clocks(self, part: str) -> tuple[datetime, ...]:
        """When the messages came whose text contains these words."""
        return tuple(datetime.fromisoformat(m["at"]) for m in self.messages if part.lower() in m["text"].lower())


class Console:
    """One running process. Use it as a context manager: it is ended whatever happens."""

    def __init__(
        self,
        database: Path | str,
        *,
        user: str | None = None,
        now: str | None = START,
        env: dict[str, str] | None = None,
        preexec: Callable[[], None] | None = None,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.database = Path(database)
        address = database if isinstance(database, str) else f"sqlite:///{database}"
        options = ["--database", address]
        options += ["--user", user] if user else []
        options += ["--now", now] if now else []
        self.patience = patience
        self.transcript: list[Turn] = []
        self._lines: queue.Queue[Any] = queue.Queue()
        self._errors: list[str] = []
        self.process = started("chat", "--json", *options, env=env, preexec=preexec)
        self._threads = [
            threading.Thread(target=self._read_lines, daemon=True),
            threading.Thread(target=self._read_errors, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> "Console":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.kill()

    def say(self, text: str) -> Turn:
        """A line of plain text."""
        return self.raw(text.encode())

    def tap(self, data: str) -> Turn:
        """A tap by data or label."""
        return self.send(tap=data)

    def advance(self, duration: str) -> Turn:
        """Move the clock."""
        return self.send(advance=duration)

    def send(self, **line: Any) -> Turn:
        """A JSON line."""
        return self.raw(json.dumps(line).encode())

    def raw(self, line: bytes) -> Turn:
        """Any bytes as a line; waits for the end of the turn."""
        self.post(line)
        return self.turn()

    def post(self, line: bytes) -> None:
        """Send without waiting."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(line + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise ProcessEnded(self._obituary()) from None

    def turn(self) -> Turn:
        """Read objects up to and with the next "turn" object."""
        messages: list[dict[str, Any]] = []
        raw: list[str] = []
        while True:
            line = self._next()
            raw.append(line)
            shown = json.loads(line)
            if shown["type"] == "turn":
                done = Turn(tuple(messages), shown, tuple(raw))
                self.transcript.append(done)
                return done
            messages.append(shown)

    def kill(self) -> None:
        """SIGKILL; nothing can be tidied up."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self._reap()

    def close(self) -> int:
        """End of input; the exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(self.patience)
        self._reap()
        return self.process.returncode

    @property
    def errors(self) -> str:
        """What was written to stderr so far."""
        return "".join(self._errors)

    def left_over(self) -> list[str]:
        """Lines on stdout that nobody asked for; call after `close` or `kill`."""
        rest = []
        while not self._lines.empty():
            line = self._lines.get_nowait()
            if line is not _END:
                rest.append(line)
        return rest

    def _next(self) -> str:
        try:
            line = self._lines.get(timeout=self.patience)
        except queue.Empty:
            self.kill()
            raise TimeoutError(f"no answer within {self.patience} s; stderr: {self.errors}") from None
        if line is _END:
            raise ProcessEnded(self._obituary())
        return str(line)

    def _obituary(self) -> str:
        self.process.wait(self.patience)
        self._threads[1].join(5)
        return f"the process ended with {self.process.returncode}; stderr: {self.errors}"

    def _reap(self) -> None:
        self.process.wait(self.patience)
        for thread in self._threads:
            thread.join(5)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                if stream is not None:
                    stream.close()
            except BrokenPipeError:
                pass

    def _read_lines(self) -> None:
        assert self.process.stdout is not None
        for raw in self.process.stdout:
            self._lines.put(raw.decode().rstrip("\n"))
        self._lines.put(_END)

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        for raw in self.process.stderr:
            self._errors.append(raw.decode(errors="replace"))


def onboard(console: Console, facts: str, *, until: str = "") -> list[Turn]:
    """Say hello, agree, tell everything in one sentence, then take the first button of every question.

    Stops before the tap `until`, else when the profile is locked and no question is left.
    """
    turns = [console.say("hello"), console.tap("onb:consent:yes"), console.say(facts)]
    return [*turns, *take_first_buttons(console, turns[-1], until=until)]


def take_first_buttons(console: Console, turn: Turn, *, until: str = "", at_most: int = 60) -> list[Turn]:
    """Tap the first button of every onboarding question from this turn on."""
    turns: list[Turn] = []
    for _ in range(at_most):
        data = next((data for data in turn.taps if data.startswith("onb:")), None)
        if data is None or data == until:
            return turns
        turn = console.tap(data)
        turns.append(turn)
    raise AssertionError(f"onboarding does not end; the last question was {turn.text!r}")
