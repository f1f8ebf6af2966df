"""The world the synthetic people live in: a real database, real processes, and a mouth that always reaches them."""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from agents.domain import changes as c
from agents.domain.cadence import MAX_SNOOZES, snooze_until
from agents.ports import Speech
from bot.app import App, bootstrap
from bot.reminders import Ticker
from bot.settings import Settings
from bot.simulate.clock import SimulatedClock
from bot.simulate.oracle import Stay
from bot.simulate.people import Synthetic, Wish
from prompts.loader import Catalogue
from storage import ledger, people
from storage.inbox import Origin
from storage.ledger import Arrived
from storage.memory import TurnMemory
from storage.people import Contact, Person

_SNOOZES = (("10m", 0.5), ("1h", 0.3), ("tomorrow", 0.2))


class Died(BaseException):
    """A process ended here, as if by kill -9: no handler of ours may catch it."""


class MortalSpeech:
    """The catalogue, in a process that dies after so many sentences."""

    def __init__(self, sentences: int) -> None:
        self._inner, self._left = Catalogue(), sentences

    def say(self, locale: str, key: str, args: Mapping[str, Any]) -> str:
        """The sentence, or the end."""
        if self._left <= 0:
            raise Died
        self._left -= 1
        return self._inner.say(locale, key, args)


@dataclass(frozen=True, slots=True)
class Snooze:
    """Somebody put a reminder off."""

    reminder_id: UUID
    made_at: datetime
    until: datetime


@dataclass(slots=True)
class Life:
    """What has happened to one synthetic person so far."""

    synthetic: Synthetic
    person: Person
    dice: random.Random
    stays: list[Stay]
    wishes: dict[UUID, tuple[Wish, datetime]] = field(default_factory=dict)  # by reminder, with the instant it was made
    snoozes: list[Snooze] = field(default_factory=list)


class World:
    """Processes over one database. `processes[0]` is always there; a second one may come and go."""

    def __init__(self, settings: Settings, clock: SimulatedClock) -> None:
        self._settings, self._clock = settings, clock
        self.processes: list[App] = [bootstrap(settings, clock=clock)]
        self.lives: dict[UUID, Life] = {}

    @property
    def app(self) -> App:
        """The first process."""
        return self.processes[0]

    async def is_empty(self) -> bool:
        """Whether nobody lives here yet: the clock of a simulation must never reach real people."""
        return await self.app.database.run_read(ledger.people) == 0

    async def settle(self, synthetics: Sequence[Synthetic], seed: int) -> None:
        """Everybody signs up and says what they want to be reminded of."""
        for synthetic in synthetics:
            await self._sign_up(synthetic, seed)

    async def tick(self) -> int:
        """All processes look for due reminders at once."""
        now, total = self._clock(), 0
        if len(self.processes) == 1:
            return await self.app.ticker.tick(now)
        import asyncio

        for handled in await asyncio.gather(*(process.ticker.tick(now) for process in self.processes)):
            total += handled
        return total

    async def die_in_a_tick(self, sentences: int) -> bool:
        """The first process dies while it works, if it gets that far; another one takes its place."""
        speech: Speech = MortalSpeech(sentences)
        ticker = Ticker(self.app.database, self.app.ring, speech)
        try:
            await ticker.tick(self._clock())
        except Died:
            await self.restart()
            return True
        return False

    async def restart(self) -> None:
        """The first process ends and starts again."""
        await self.processes[0].close()
        self.processes[0] = bootstrap(self._settings, clock=self._clock)

    async def add_twin(self) -> None:
        """A second process on the same database, which nobody asked for."""
        self.processes.append(bootstrap(self._settings, clock=self._clock))

    async def drop_twin(self) -> None:
        """The second process ends."""
        await self.processes.pop().close()

    async def deliver(self) -> list[Arrived]:
        """Everything that waits reaches its person."""
        now = self._clock()
        return await self.app.database.run_write(lambda session: ledger.deliver(session, now))

    async def answer(self, arrived: Sequence[Arrived]) -> int:
        """Who got a message may tap one of its buttons. Returns how many did."""
        by_message: dict[UUID, list[Arrived]] = defaultdict(list)
        for one in arrived:
            by_message[one.outbox_id].append(one)
        taps = 0
        for together in by_message.values():
            life = self.lives[together[-1].user_id]
            change = self._tap(life, together)
            if change is not None:
                await self.commit(life, change)
                taps += 1
        return taps

    def _tap(self, life: Life, together: Sequence[Arrived]) -> c.FiringAnswered | None:
        habits, roll = life.synthetic.habits, life.dice.random()
        lead = together[-1].firing_id
        if roll < habits.done:
            return c.FiringAnswered(lead, "done")
        if roll < habits.done + habits.snoozed:
            if any(one.snooze_count >= MAX_SNOOZES for one in together):
                return None
            choice = life.dice.choices([name for name, _ in _SNOOZES], [share for _, share in _SNOOZES])[0]
            now = self._clock()
            until = snooze_until(choice, now, life.stays[-1].zone)  # type: ignore[arg-type]  # names of B-6
            life.snoozes += [Snooze(one.reminder_id, now, until) for one in together]
            return c.FiringAnswered(lead, "snoozed", until)
        if roll < habits.done + habits.snoozed + habits.skipped:
            return c.FiringAnswered(lead, "skipped")
        return None

    async def travel(self, user_id: UUID, zone: str) -> None:
        """The person says where they are now."""
        life = self.lives[user_id]
        context = await self._memory(life).recall(self._clock())
        profile = context.profile
        await self._memory(life).commit_quietly(context, (c.ProfileSaved(profile, replace(profile, timezone=zone)),))
        life.stays.append(Stay(self._clock(), zone))

    async def pause(self, user_id: UUID, until: datetime) -> None:
        """The person asks for silence."""
        await self.commit(self.lives[user_id], c.SettingsChanged({"paused_until": until}))

    async def read(self, fn: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - whatever the reader finds
        """Something from the database."""
        return await self.app.database.run_read(fn)

    async def close(self) -> None:
        """Everything ends."""
        for process in self.processes:
            await process.close()

    async def _sign_up(self, synthetic: Synthetic, seed: int) -> None:
        contact = Contact("console", synthetic.name, zone=synthetic.zone)
        now, ring = self._clock(), self.app.ring
        person = await self.app.database.run_write(lambda session: people.create(session, ring, contact, now))
        dice = random.Random(f"{seed}:{synthetic.number}:life")  # noqa: S311 - a simulation, not a secret
        life = Life(synthetic, person, dice, [Stay(now, synthetic.zone)])
        self.lives[person.user_id] = life
        begin, end = synthetic.quiet
        made = [self._reminder(wish) for wish in synthetic.wishes]
        await self.commit(life, c.SettingsChanged({"quiet_start": begin, "quiet_end": end}), *made)
        life.wishes = {change.id: (wish, now) for change, wish in zip(made, synthetic.wishes, strict=True)}

    def _reminder(self, wish: Wish) -> c.ReminderAdded:
        return c.ReminderAdded(
            id=self.app.database.ids(),
            kind=wish.kind,
            title=wish.kind,
            recurrence=wish.rule,
            quiet_policy=wish.quiet_policy,
            max_age_minutes=wish.max_age_minutes,
            source=wish.source,  # type: ignore[arg-type]  # user or system
        )

    async def commit(self, life: Life, *changes: Any) -> None:  # noqa: ANN401 - any change
        """What a turn of this person would write."""
        memory = self._memory(life)
        await memory.commit_quietly(await memory.recall(self._clock()), changes)

    def _memory(self, life: Life) -> TurnMemory:
        return TurnMemory(self.app.database, self.app.ring, life.person, Origin(0, 0, life.person.channel))
