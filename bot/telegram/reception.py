"""The reception: what came in is written to the inbox before anything else happens with it (telegram.md TG-64, 65).

It needs no library of Telegram's, so a process that only receives is small. When nothing can be written, a red flag is
answered all the same (science.md S-62). What is too much from one sender is not answered, unless it may be a red flag.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from agents.domain.safety import triage
from agents.domain.turn import Message
from bot.telegram.envelope import Envelope, Raw, cleaned, envelope_of
from bot.turn import alarm_for
from storage import floods, inbox, people, stops, wakes
from storage.db import Database
from storage.errors import StorageError
from storage.floods import Limits
from storage.inbox import Arrival
from storage.keyring import KeyRing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ALBUM, TAPS = timedelta(seconds=1.5), timedelta(seconds=0.4)  # how long their parts are collected (TG-24, TG-84)
FRESH = timedelta(minutes=2)  # older messages waited for us, not we for them
ALARMED = 1000  # updates whose red flag was answered while nothing could be written
TAPS_FOR_A_MESSAGE = 3  # onboarding alone has some thirty buttons
WAITING = 50  # open updates of one sender
Straight = Callable[[int, Message], Awaitable[bool]]
Accept = Callable[[Sequence[Raw]], Awaitable[frozenset[int]]]


class Reception:
    """`wake` is told whose updates are new, `straight` says something past the database."""

    def __init__(
        self, database: Database, ring: KeyRing, clock: Callable[[], datetime], bot_id: int, limits: Limits,
        *, wake: Callable[[bytes], None], straight: Straight | None = None,
    ) -> None:  # fmt: skip
        self._database, self._ring, self._clock = database, ring, clock
        self._bot_id, self._limits = bot_id, limits
        self._wake, self._straight = wake, straight
        self._alarmed: dict[int, None] = {}

    async def accept(self, batch: Sequence[Raw]) -> frozenset[int]:
        """Write a batch, each with a valid update_id. Returns the ids of new updates. Raises StorageError."""
        if not batch:
            return frozenset()
        now = self._clock()
        letters = [(envelope_of(update), update) for update in map(cleaned, batch)]
        try:
            new = await self._database.run_write(lambda session: self._write(session, letters, now))
        except StorageError:
            await self._alarm([envelope for envelope, _ in letters], now)
            raise
        for arrival in new:
            if arrival.sender is not None and arrival.payload is not None:
                self._wake(arrival.sender)
        return frozenset(arrival.update_id for arrival in new)

    def _write(self, session: "Session", letters: Sequence[tuple[Envelope, Raw]], now: datetime) -> tuple[Arrival, ...]:
        """One after the other: what was written just now counts for the next."""
        new: list[Arrival] = []
        for envelope, update in letters:
            arrival = self._arrival(envelope, update, now)
            if self._is_too_much(session, envelope, arrival, now):
                arrival = _turned_away(session, arrival, now)
            new += inbox.accept_telegram(session, self._bot_id, [arrival], now)
        if any(arrival.kind == stops.KIND for arrival in new):
            wakes.promise(session, wakes.STOPS)  # that answer is being made, so this cannot wait in line behind it
        return tuple(new)

    def _arrival(self, envelope: Envelope, update: Raw, now: datetime) -> Arrival:
        contact = envelope.contact()
        key = people.contact_key(self._ring, contact) if contact else None
        payload = {"v": 2, "kind": envelope.kind, "update": dict(update)} if envelope.is_wanted else None
        arrival = Arrival(envelope.update_id, envelope.kind, key, payload)
        if envelope.kind == "group":  # one polite line for each group, not one for each message in it
            is_known = envelope.is_wanted or envelope.is_moved
            return replace(arrival, group_key="group" if is_known else None, is_once=True)
        if envelope.kind == "callback_query" and envelope.card is not None:
            return replace(arrival, group_key=f"card:{envelope.card}", not_before=now + TAPS)
        if envelope.draft_id is not None:
            return replace(arrival, group_key=stops.key_of(envelope.draft_id))
        if envelope.album is not None:
            return replace(arrival, group_key=f"album:{envelope.album}", not_before=now + ALBUM)
        return arrival

    def _is_too_much(self, session: "Session", envelope: Envelope, arrival: Arrival, now: datetime) -> bool:
        if arrival.payload is None or arrival.sender is None or not envelope.is_private:
            return False
        if envelope.kind == "my_chat_member":
            return False
        times = TAPS_FOR_A_MESSAGE if envelope.kind == "callback_query" else 1
        limits = replace(self._limits, a_minute=self._limits.a_minute * times, an_hour=self._limits.an_hour * times)
        is_fresh = envelope.sent_at is None or now - _instant(envelope.sent_at) <= FRESH
        is_over = floods.is_over(session, arrival.sender, arrival.kind, limits, now, is_fresh=is_fresh)
        return is_over and triage(envelope.words).level == "none"

    async def _alarm(self, envelopes: Sequence[Envelope], now: datetime) -> None:
        """The fixed answers to red flags, once each, past a database that cannot be written."""
        for envelope in envelopes:
            chat_id, number = envelope.chat_id, envelope.update_id
            if self._straight is None or chat_id is None or not (envelope.is_private and envelope.is_wanted):
                continue
            alarm = alarm_for(envelope.words, now, envelope.language_code or "en")
            if alarm is None or number in self._alarmed:
                continue
            self._alarmed[number] = None
            if len(self._alarmed) > ALARMED:
                self._alarmed.pop(next(iter(self._alarmed)))
            if not await self._straight(chat_id, alarm):
                self._alarmed.pop(number, None)


def _turned_away(session: "Session", arrival: Arrival, now: datetime) -> Arrival:
    """The first one too many is answered with one kind line, the rest is kept as ignored."""
    if arrival.sender is None or arrival.payload is None or floods.was_told(session, arrival.sender, now):
        return replace(arrival, payload=None)
    payload = {**arrival.payload, "kind": "flood"}
    return replace(arrival, kind="flood", payload=payload, group_key=None, not_before=None)


def _instant(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.max.replace(tzinfo=UTC)
