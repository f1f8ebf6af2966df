"""One small world for reminder tests: people with wishes, a clock, ticks, and what came of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from bot.settings import load_settings
from bot.simulate.clock import SimulatedClock
from bot.simulate.people import Habits, Synthetic, Wish
from bot.simulate.world import Life, World
from storage import ledger
from storage.ledger import Fired
from tests.support.blank import laid

QUIET = (time(21, 30), time(8))
NEVER = (time(0), time(0))


@dataclass(slots=True)
class Reminded:
    """A world and its clock. Nobody answers by themselves."""

    world: World
    clock: SimulatedClock

    async def sign_up(self, *wishes: Wish, zone: str = "Europe/Berlin", quiet: tuple[time, time] = NEVER) -> Life:
        """One more person."""
        number = len(self.world.lives)
        synthetic = Synthetic(number, zone, quiet, wishes, Habits(0, 0, 0), (), ())
        await self.world.settle([synthetic], seed=number)
        return list(self.world.lives.values())[-1]

    async def tick_at(self, instant: datetime) -> list[Fired]:
        """One tick then, and every firing there is."""
        self.clock.set(instant)
        await self.world.tick()
        return await self.firings()

    async def firings(self) -> list[Fired]:
        """Every firing, oldest occurrence first."""
        return sorted(await self.world.read(ledger.fired), key=lambda one: one.due_at)

    async def texts(self) -> list[str]:
        """What waits for everybody, a text a message; it counts as delivered from then on."""
        found = []
        for life in self.world.lives.values():
            found += [message.text for message in await self.world.app.turns.unsent(life.person, self.clock())]
        await self.world.deliver()
        return found


@asynccontextmanager
async def reminded(start: datetime, folder: Path, database: str = "") -> AsyncIterator[Reminded]:
    """An empty world at an instant, in a SQLite file of this folder or the database given."""
    clock = SimulatedClock(start)
    url = database or f"sqlite:///{laid(folder / 'keel.sqlite3')}"
    settings = load_settings({"KEEL_DATA_DIR": str(folder)}, database=url)
    world = World(settings, clock)
    try:
        yield Reminded(world, clock)
    finally:
        await world.close()
