"""The desk: each person's accepted updates are answered one after the other, different people's side by side."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from agents.domain.turn import Message
from agents.ports import Speech
from bot.app import App
from bot.telegram.ear import Identity
from bot.telegram.heard import Heard, Letter, letter_of, payload
from bot.telegram.lanes import Lanes
from bot.telegram.mouth import Mouth
from bot.telegram.post import Post
from bot.turn import TurnOutcome, alarm_for
from storage import deliveries, inbox, people
from storage.deliveries import Address
from storage.errors import StorageError
from storage.inbox import Arrival, Claimed, Origin

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
AT_ONCE = 16  # turns side by side
LEASE = timedelta(minutes=2)  # far longer than a turn
ALARMED = 1000  # updates whose red flag was answered while nothing could be written


class Desk:
    """Takes what the ear heard and sees to it that it is answered. `holder` names this process in leases."""

    def __init__(self, app: App, me: Identity, mouth: Mouth, post: Post, speech: Speech, holder: str) -> None:
        self._app, self._me, self._holder = app, me, holder
        self._mouth, self._post, self._speech = mouth, post, speech
        self._lanes: Lanes[bytes] = Lanes(self._serve, AT_ONCE)
        self._alarmed: dict[int, None] = {}

    async def accept(self, batch: Sequence[Heard]) -> frozenset[int]:
        """Write a batch to the inbox and wake its senders. Returns the ids of new updates.

        Raises StorageError when it cannot be written; a red flag in it is answered all the same (science.md S-62).
        """
        arrivals = [self._arrival(heard) for heard in batch]
        if not arrivals:
            return frozenset()
        now = self._app.clock()
        try:
            new = await self._app.database.run_write(lambda s: inbox.accept_telegram(s, self._me.bot_id, arrivals, now))
        except StorageError:
            await self._alarm(batch, now)
            raise
        for arrival in new:
            if arrival.sender is not None:
                self._lanes.wake(arrival.sender)
        return frozenset(arrival.update_id for arrival in new)

    async def recover(self) -> None:
        """At a start: what an ended process was answering is free again."""
        await self._app.database.run_write(lambda session: inbox.recover(session, self._me.bot_id))

    async def resume(self) -> None:
        """Wake everybody who has an open update, whatever kept it from being answered."""
        now = self._app.clock()
        for key in await self._app.database.run_read(lambda s: inbox.senders_waiting(s, self._me.bot_id, now)):
            self._lanes.wake(key)

    async def close(self, within_s: float) -> None:
        """Finish the turns that run; the rest waits in the inbox for the next start."""
        await self._lanes.close(within_s)

    def _arrival(self, heard: Heard) -> Arrival:
        key = people.contact_key(self._app.ring, heard.sender.contact()) if heard.sender else None
        has_words = heard.spoken is not None and bool(heard.spoken.text)
        if heard.kind == "group":  # one polite line for each group, not one for each message in it
            return Arrival(heard.update_id, "group", key, payload(heard), group_key="group", is_once=True)
        is_once = heard.album is not None and not has_words
        return Arrival(heard.update_id, heard.kind, key, payload(heard), group_key=heard.album, is_once=is_once)

    async def _serve(self, key: bytes) -> bool:
        """The oldest open update of one sender. True when there may be another."""
        now = self._app.clock()
        claimed = await self._app.database.run_write(
            lambda s: inbox.claim(s, self._me.bot_id, key, self._holder, now, now + LEASE)
        )
        if claimed is None:
            return False
        try:
            letter = letter_of(claimed.payload)
        except (KeyError, TypeError, ValueError):
            await self._close(claimed.origin, "a payload that cannot be read", now)
            return True
        if claimed.attempts > inbox.MAX_ATTEMPTS:
            await self._give_up(claimed.origin, letter, now)
        elif letter.membership is not None:
            await self._membership(claimed.origin, letter, now)
        elif not letter.sender.is_private:
            await self._group(claimed.origin, letter, now)
        else:
            return await self._turn(claimed, letter, now)
        return True

    async def _turn(self, claimed: Claimed, letter: Letter, now: datetime) -> bool:
        chat_id, origin = letter.sender.chat_id, claimed.origin
        async with self._mouth.typing(chat_id):
            moment = letter.moment(now)
            outcome = await self._app.turns.answer(letter.sender.contact(), origin, letter.spoken, moment)
        if await self._is_open(origin):
            return await self._unanswered(claimed, letter, outcome)
        if outcome.person is not None:
            self._post.wake(outcome.person)
        for message in outcome.messages:
            if message.outbox_id is None and not await self._post.straight(chat_id, message):
                log.error("the last words after update %d did not get through", origin.update_id)
        return True

    async def _is_open(self, origin: Origin) -> bool:
        """Whether the turn left no trace. A database that cannot say so has kept none."""
        try:
            return await self._app.database.run_read(lambda session: inbox.is_open(session, origin))
        except StorageError:
            return True

    async def _unanswered(self, claimed: Claimed, letter: Letter, outcome: TurnOutcome) -> bool:
        """Not even that it failed could be written: it is tried again, then given up. A red flag is answered now."""
        now, origin = self._app.clock(), claimed.origin
        alarms = [message for message in outcome.messages if message.level in ("urgent", "emergency", "crisis")]
        if alarms or claimed.attempts >= inbox.MAX_ATTEMPTS:
            for message in alarms or outcome.messages:
                await self._post.straight(letter.sender.chat_id, message)
            await self._close(origin, "the turn could not be written", now)
            return True
        wait_s = 2.0 ** (claimed.attempts - 1)
        until = now + timedelta(seconds=wait_s)
        await self._app.database.run_write(lambda s: inbox.defer(s, origin, until, "the turn could not be written"))
        return False

    async def _give_up(self, origin: Origin, letter: Letter, now: datetime) -> None:
        """This update ended the process again and again: it is put aside, and its sender is told."""
        log.error("update %d was given up after %d tries", origin.update_id, inbox.MAX_ATTEMPTS)
        await self._close(origin, "too many attempts", now)
        if letter.membership is None and letter.sender.is_private:
            await self._post.straight(letter.sender.chat_id, self._line("error-not-saved", now))

    async def _close(self, origin: Origin, error: str, now: datetime) -> None:
        await self._app.database.run_write(lambda session: inbox.failed(session, origin, now, error))

    async def _membership(self, origin: Origin, letter: Letter, now: datetime) -> None:
        """The person blocked the bot, or let it in again (telegram.md TG-23). Strangers leave no trace."""
        key = people.contact_key(self._app.ring, letter.sender.contact())

        def note(session: "Session") -> None:
            person = people.find(session, key, "telegram")
            if person is not None:
                to = Address(person.user_id, person.account_id)
                if letter.membership == "blocked":
                    deliveries.block(session, to, now)
                else:
                    deliveries.unblock(session, to)
            inbox.done(session, origin, person.user_id if person else None, {"v": 1}, now)

        await self._app.database.run_write(note)

    async def _group(self, origin: Origin, letter: Letter, now: datetime) -> None:
        link = f"https://t.me/{self._me.username}"
        await self._app.database.run_write(lambda session: inbox.done(session, origin, None, {"v": 1}, now))
        await self._post.straight(letter.sender.chat_id, self._line("group-only-private", now, link=link))

    def _line(self, key: str, at: datetime, **args: str) -> Message:
        return Message("intake_safety", "reply", self._speech.say("en", key, args), at)

    async def _alarm(self, batch: Sequence[Heard], now: datetime) -> None:
        """The fixed answers to red flags, once each, past a database that cannot be written."""
        for heard in batch:
            if heard.sender is None or not heard.sender.is_private or heard.spoken is None:
                continue
            alarm = alarm_for(heard.spoken.text, now, heard.sender.contact().locale)
            if alarm is None or heard.update_id in self._alarmed:
                continue
            self._alarmed[heard.update_id] = None
            if len(self._alarmed) > ALARMED:
                self._alarmed.pop(next(iter(self._alarmed)))
            if not await self._post.straight(heard.sender.chat_id, alarm):
                self._alarmed.pop(heard.update_id, None)
