"""Keel with a model, for the same jobs: the real door, the real voice, one committed turn each."""

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from agents.ports import Unseen
from bot.spoken import Spoken
from tests.benchmarks.keel import Keel

BETWEEN = timedelta(minutes=2)  # a hundred turns in one day: no upkeep, no new plans


class Watch(Unseen):
    """Notes when the first words of an answer may be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.first: float | None = None

    def write(self, text: str) -> None:
        """The first time counts."""
        self.first = self.first or time.monotonic()


class KeelWithModel(Keel):
    """The environment names the model (OPENAI_BASE_URL), as for an operator."""

    async def open(self, folder: Path, people: int = 1) -> None:
        """Somebody past the beginning, who agreed to the model."""
        await super().open(folder, people)
        await self.hear(0, Spoken(text="use the model"))
        self._watch = Watch()

    async def prepare(self, number: int) -> None:  # type: ignore[override]  # one person
        """The last answer is delivered, and some time goes by."""
        await self._deliver(0)
        self._clock.advance(BETWEEN)
        self._watch = Watch()
        self._app.turns._ports = replace(self._app.turns._ports, preview=self._watch)

    async def say(self, words: str) -> bool:
        """One message, answered and committed; whether it was understood and nothing broke."""
        failed = self.failed
        await self.turn(0, 0, words)
        missed = any("did not get that" in message.text for message in self._last[0])
        return self.failed == failed and bool(self._last[0]) and not missed

    @property
    def first_preview(self) -> float | None:
        """When the first words of the last answer were shown, on the monotonic clock; None when none were."""
        return self._watch.first
