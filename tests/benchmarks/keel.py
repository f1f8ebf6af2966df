"""Keel itself: the whole path from words to a committed answer, on one SQLite file and a virtual clock."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from agents.domain.crockford import decode
from agents.domain.turn import Message
from bot.app import App, bootstrap
from bot.clock import VirtualClock
from bot.settings import Settings
from bot.spoken import Spoken
from prompts.loader import Catalogue
from storage.people import Contact, Person
from tests.benchmarks import script
from tests.benchmarks.contender import file_bytes

START = datetime(2026, 11, 23, 7, tzinfo=UTC)  # a Monday


class Keel:
    """Many people, one process, one clock: it moves on before every line."""

    def __init__(self) -> None:
        self.failed = 0
        self._failure = Catalogue().say("en", "error-not-saved", {})
        self._clock = VirtualClock(START)
        self._last: dict[int, tuple[Message, ...]] = {}
        self._people: dict[int, Person] = {}
        self._day: dict[int, int] = {}

    async def open(self, folder: Path, people: int) -> None:
        """A fresh database with so many people, each with a locked profile and plans."""
        self.file = folder / "keel.sqlite3"
        self._app: App = bootstrap(Settings(database=f"sqlite:///{self.file}"), clock=self._clock)
        for person in range(people):
            await self._onboard(person)

    async def prepare(self, person: int, number: int) -> None:
        """Deliver the last answer; let the pause go by, and the night when the day's lines are said."""
        await self._deliver(person)
        self._clock.advance(timedelta(seconds=script.pause_seconds(number, person)))
        today = number // script.TURNS_A_DAY
        if self._day.setdefault(person, today) != today:
            self._day[person] = today
            self._clock.advance_to(START + timedelta(days=today))
            await self._app.tick()

    async def turn(self, person: int, number: int, line: str) -> None:
        """One message or tap, answered and committed."""
        tap = script.tapped(line, _buttons(self._last[person]))
        spoken = Spoken(text=line) if tap is None else Spoken(tap=tap)
        outcome = await self._app.turns.take(_contact(person), spoken, self._clock())
        self._last[person] = outcome.messages
        self.failed += any(message.text == self._failure for message in outcome.messages)

    def size_bytes(self) -> int:
        """The database and its log."""
        return file_bytes(self.file)

    async def close(self) -> None:
        """Close the database."""
        await self._app.close()

    async def _onboard(self, person: int) -> None:
        """Say what a keen person says first, then the first button of every question until the lock."""
        for line in script.OPENING:
            await self.hear(person, Spoken(text=line))
        for _ in range(script.MOST_QUESTIONS):
            messages = self._last[person]
            if any(receipt.action == "locked" for message in messages for receipt in message.receipts):
                return
            first = next(iter(_buttons(messages)), None)
            await self.hear(person, Spoken(tap=first) if first else Spoken(text="yes"))
        raise script.NotOnboardedError(f"the coach still says: {self._last[person]}")

    async def hear(self, person: int, spoken: Spoken) -> None:
        """One message or tap, a moment after the last. Not measured."""
        self._clock.advance(timedelta(seconds=3))
        outcome = await self._app.turns.take(_contact(person), spoken, self._clock())
        self._last[person] = outcome.messages
        if outcome.person is not None:
            self._people[person] = outcome.person

    async def _deliver(self, person: int) -> None:
        """Note the last answer and every reminder as sent, as a channel does."""
        who = self._people[person]
        waiting = await self._app.turns.unsent(who, self._clock())
        ids = [decode(message.outbox_id) for message in waiting if message.outbox_id]
        await self._app.turns.sent(who, ids, self._clock())


def _contact(person: int) -> Contact:
    return Contact("console", f"person-{person}")


def _buttons(messages: tuple[Message, ...]) -> list[str]:
    return [button.data for message in messages for row in message.buttons for button in row]
