"""The real `keel chat --json`, a line at a time, with the milliseconds it states itself: tick, turn, outbox, all in."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from tests.benchmarks import script
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.startup import KEEL, environment

START = "2026-11-23T07:00:00+00:00"


class JsonChat:
    """One process of `keel chat --json` and what it last said."""

    def __init__(self, process: "subprocess.Popen[str]", log: TextIO) -> None:
        self._process, self._log = process, log
        self.messages: list[dict[str, Any]] = []

    def send(self, line: dict[str, str]) -> float:
        """One line of input; what it took in ms, as the turn's own line states it."""
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError("a chat needs its pipes")
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()
        self.messages = []
        for text in self._process.stdout:
            found: dict[str, Any] = json.loads(text)
            if found["type"] == "turn":
                return float(found["ms"])
            self.messages.append(found)
        self._log.seek(0)
        raise ChildProcessError(f"keel chat --json ended early: {self._log.read()[-2000:]}")

    def buttons(self) -> list[str]:
        """What taps on the buttons of the last answer would send, in order."""
        return [button["data"] for message in self.messages for row in message["buttons"] for button in row]

    def is_locked(self) -> bool:
        """Whether the last answer proves a locked profile."""
        return any(receipt["action"] == "locked" for message in self.messages for receipt in message["receipts"])


@contextmanager
def _chat(folder: Path) -> Iterator[JsonChat]:
    command = (KEEL, "chat", "--json", "--now", START, "--database", f"sqlite:///{folder / 'keel.sqlite3'}")
    with (
        (folder / "stderr.txt").open("w+", encoding="utf-8") as log,
        subprocess.Popen(
            command, cwd=folder, env=environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            text=True,
        ) as process,
    ):  # fmt: skip
        yield JsonChat(process, log)  # leaving closes the input, which ends the chat


def through_json(turns: int) -> list[Figure]:
    """So many lines of the script after the onboarding, with a pause before each."""
    with TemporaryDirectory(prefix="keel-bench-") as name, _chat(Path(name)) as chat:
        _onboard(chat)
        ms = [_say(chat, number, line) for number, line in enumerate(script.lines(0, turns))]
    return [
        Figure("line of keel chat --json, p50", median(ms), budget=8),
        Figure("line of keel chat --json, p99", percentile(ms, 0.99), budget=40),
    ]


def _onboard(chat: JsonChat) -> None:
    for line in script.OPENING:
        chat.send({"text": line})
    for _ in range(script.MOST_QUESTIONS):
        if chat.is_locked():
            return
        chat.send({"tap": chat.buttons()[0]} if chat.buttons() else {"text": "yes"})
    raise script.NotOnboardedError(f"keel chat --json still says: {chat.messages}")


def _say(chat: JsonChat, number: int, line: str) -> float:
    tap = script.tapped(line, chat.buttons())
    chat.send({"advance": f"PT{script.pause_seconds(number)}S"})
    return chat.send({"text": line} if tap is None else {"tap": tap})
