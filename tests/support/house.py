"""The whole house inside the test's own process: a real database, a virtual clock, a person after the lock."""

import atexit
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from agents.domain.turn import Message
from bot.app import App, bootstrap
from bot.clock import VirtualClock
from bot.console import Conversation
from bot.settings import load_settings
from bot.spoken import Spoken
from bot.turn import TurnOutcome
from storage.people import Contact, Person
from tests.support.blank import laid

START = datetime(2026, 11, 23, 6, tzinfo=UTC)  # a Monday, 07:00 in Berlin
ME = Contact("console", "me", zone="Europe/Berlin")
FACTS = (
    "36, 82 kg, 1.80 m, male, I want to lose fat, bad knee, vegetarian, nut allergy, I live in Berlin, "
    "morning brief at 7:15"
)
FACTS_IN_FULL = (
    "36, male, 1.80 m and 82 kg, I want to lose fat, vegetarian, no allergies, I live in Berlin, morning brief at "
    "7:15. I eat four times a day. No conditions, no symptoms, no medicines, no injuries. Office job, I train three "
    "times a week at home with dumbbells, beginner, 30 minutes."
)  # leaves few questions


@dataclass(slots=True)
class House:
    """One app with its clock and the one person who talks."""

    app: App
    clock: VirtualClock
    talk: Conversation
    path: Path

    async def say(self, text: str = "", *, tap: str | None = None) -> TurnOutcome:
        """One turn."""
        outcome, messages = await self.talk.say(Spoken(text=text, tap=tap))
        await self.talk.shown(messages)
        return outcome

    async def advance(self, by: str) -> list[Message]:
        """Move the clock; what came meanwhile."""
        return [message async for message in self.talk.advance(by)]

    async def tick_at(self, later: timedelta) -> list[Message]:
        """One tick after a time in which nothing ran, as after downtime; what waits to be sent then."""
        self.clock.advance(later)
        await self.app.tick()
        return list(await self.app.turns.unsent(self.person, self.clock()))

    @property
    def person(self) -> Person:
        """Who talks."""
        assert self.talk.person is not None
        return self.talk.person


@asynccontextmanager
async def open_house(path: Path, start: datetime = START, contact: Contact = ME) -> AsyncIterator[House]:
    """The house over this database file, closed afterwards."""
    clock = VirtualClock(start)
    app = bootstrap(load_settings({}, database=f"sqlite:///{laid(path)}"), clock=clock)
    try:
        talk = Conversation(app, contact, clock)
        async for _ in talk.open():
            pass
        yield House(app, clock, talk, path)
    finally:
        await app.close()


async def lock(house: House) -> None:
    """Through onboarding by the first button of every question."""
    await house.say("hello")
    await house.say(tap="onb:consent:yes")
    outcome = await house.say(FACTS)
    while taps := [b.data for m in outcome.messages for row in m.buttons for b in row if b.data.startswith("onb:")]:
        outcome = await house.say(tap=taps[0])


@cache
def _template() -> Path:
    """A database with one locked person, made once."""
    import asyncio
    import threading

    folder = Path(tempfile.mkdtemp(prefix="keel-house-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

    async def build() -> None:
        async with open_house(folder / "keel.db", START - timedelta(minutes=5)) as house:
            await lock(house)

    worker = threading.Thread(target=lambda: asyncio.run(build()))  # a loop of its own, whoever asks
    worker.start()
    worker.join()
    return folder / "keel.db"


def locked_copy(folder: Path) -> Path:
    """The database of a locked person, as a file of one's own."""
    source = _template()
    for suffix in ("", ".key"):
        shutil.copy(source.with_name(source.name + suffix), folder / (source.name + suffix))
    return folder / source.name
