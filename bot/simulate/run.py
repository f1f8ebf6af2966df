"""From the first day to the last: ticks when something is due, people who act, things that go wrong."""

import heapq
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.simulate.clock import SimulatedClock
from bot.simulate.mishaps import Mishap, mishaps
from bot.simulate.people import Break, Journey, person
from bot.simulate.world import World

TICK = timedelta(seconds=20)  # as a process with the usual settings looks for due reminders
_MOMENT = timedelta(seconds=1)  # tells apart what happens around one tick
_MOST_SENTENCES = 40  # a dying process gets this far at most
_START = datetime(2026, 10, 20, 5, tzinfo=UTC)  # clocks change in Europe five days later, in America after twelve
Happening = Mishap | Journey | Break


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated. The same plan gives the same lives."""

    people: int
    days: int
    seed: int = 0
    start: datetime = _START

    @property
    def end(self) -> datetime:
        """The last instant."""
        return self.start + timedelta(days=self.days)


@dataclass(slots=True)
class Tally:
    """What was done, for the report."""

    ticks: int = 0
    handled: int = 0
    taps: int = 0
    journeys: int = 0
    breaks: int = 0
    restarts: int = 0
    deaths: int = 0
    twin_ticks: int = 0
    setbacks: dict[datetime, datetime] = field(default_factory=dict)  # what the clock showed: what it should have shown
    outages: list[tuple[datetime, datetime]] = field(default_factory=list)
    seconds: float = 0.0


class Run:
    """One simulation. `show` is told the virtual day from time to time."""

    def __init__(self, plan: Plan, world: World, clock: SimulatedClock, show: Callable[[int], None]) -> None:
        self._plan, self._world, self._clock, self._show = plan, world, clock, show
        self._dice = random.Random(f"{plan.seed}:run")  # noqa: S311 - a simulation, not a secret
        self._agenda: list[tuple[datetime, int, UUID | None, Happening]] = []
        self._twins_until: datetime | None = None
        self._is_dying = False
        self.tally = Tally()

    async def go(self) -> Tally:
        """Live through it."""
        started = time.perf_counter()
        plan = self._plan
        synthetics = [person(plan.seed, number, plan.start, plan.days) for number in range(plan.people)]
        await self._world.settle(synthetics, plan.seed)
        self._fill_agenda()
        now, day = plan.start, -1
        while now < plan.end:
            now = await self._step(now)
            if (now - plan.start).days != day:
                day = (now - plan.start).days
                self._show(day)
        self.tally.seconds = time.perf_counter() - started
        return self.tally

    def _fill_agenda(self) -> None:
        plan = self._plan
        entries: list[tuple[UUID | None, Happening]] = [
            (None, one) for one in mishaps(plan.seed, plan.start, plan.days)
        ]
        for user_id, life in self._world.lives.items():
            entries += [(user_id, one) for one in life.synthetic.journeys]
            entries += [(user_id, one) for one in life.synthetic.breaks]
        for number, (who, happening) in enumerate(sorted(entries, key=lambda entry: entry[1].at)):
            heapq.heappush(self._agenda, (happening.at, number, who, happening))

    async def _step(self, now: datetime) -> datetime:
        """To the next tick at which there is anything to do, and through it. Returns when it was."""
        due = await self._world.app.ticker.next_instant()
        ahead = [instant for instant in (due, self._agenda[0][0] if self._agenda else None) if instant is not None]
        now = min(max(_on_the_grid(min(ahead, default=self._plan.end), self._plan.start), now + TICK), self._plan.end)
        self._clock.set(now)
        acts_first = self._dice.random() < 0.5  # who writes and the scheduler are in no order
        if acts_first:
            now = await self._happen(now)
        await self._tick(now)
        if not acts_first:
            self._clock.set(now + TICK / 2)
            now = await self._happen(now + TICK / 2)
        return now

    async def _tick(self, now: datetime) -> None:
        if self._is_dying:
            self._is_dying = not await self._world.die_in_a_tick(self._dice.randrange(_MOST_SENTENCES))
            self.tally.deaths += not self._is_dying
            if not self._is_dying:
                return
        if self._twins_until is not None and now >= self._twins_until:
            self._twins_until = None
            await self._world.drop_twin()
        self.tally.handled += await self._world.tick()
        self.tally.ticks += 1
        self.tally.twin_ticks += self._twins_until is not None
        self.tally.taps += await self._world.answer(await self._world.deliver())

    async def _happen(self, now: datetime) -> datetime:
        """Whatever the agenda holds up to now; an outage moves now on."""
        while self._agenda and self._agenda[0][0] <= now:
            _, _, who, happening = heapq.heappop(self._agenda)
            if isinstance(happening, Mishap):
                now = await self._go_wrong(happening, now)
            elif who is not None:
                await self._act(who, happening)
        return now

    async def _act(self, who: UUID, happening: Journey | Break) -> None:
        if isinstance(happening, Journey):
            await self._world.travel(who, happening.zone)
            self.tally.journeys += 1
        else:
            await self._world.pause(who, happening.until)
            self.tally.breaks += 1

    def _is_still_out(self, now: datetime) -> bool:
        """Whether the last outage ended just now, with no tick since."""
        return bool(self.tally.outages) and self.tally.outages[-1][1] == now

    async def _go_wrong(self, mishap: Mishap, now: datetime) -> datetime:
        if mishap.kind == "outage":
            back = min(now + mishap.lasts, self._plan.end)
            gone = self.tally.outages.pop()[0] if self._is_still_out(now) else now
            self.tally.outages.append((gone, back))
            self._clock.set(back)
            await self._world.restart()
            return back
        if mishap.kind == "restart":
            await self._world.restart()
            self.tally.restarts += 1
        elif mishap.kind == "death":
            self._is_dying = True
        elif mishap.kind == "twins" and self._twins_until is None:
            self._twins_until = now + mishap.lasts
            await self._world.add_twin()
        elif mishap.kind == "setback":
            self._clock.set(now - mishap.lasts)
            await self._world.tick()
            self.tally.setbacks[now - mishap.lasts] = now
            now += _MOMENT
            self._clock.set(now)
        return now


def _on_the_grid(instant: datetime, start: datetime) -> datetime:
    """The first tick at or after an instant."""
    return start - ((start - instant) // TICK) * TICK
