"""One inbound message, tap or file becomes one committed outcome: the only way into the house."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from agents import trail
from agents.domain.changes import AccountErased, ConsentGranted, ConsentWithdrawn, ProfileSaved
from agents.domain.safety import reply_for, triage
from agents.domain.turn import Inbound, MemoryUnavailable, Message
from agents.model.allowance import Usage, metered
from agents.ports import Ports, Preview
from agents.trail import Trail
from bot import attachments
from bot.allowance import PersonMeter, Tariff
from bot.contents import Fetch, Opened, Workbench
from bot.spoken import MAX_TEXT, Spoken, payload_of, spoken_of
from storage import inbox, last_words, outbox, people
from storage.db import Database, acting
from storage.errors import StorageError
from storage.fences import LeaseLost
from storage.keyring import KeyRing
from storage.keyscope import entered
from storage.memory import TurnMemory
from storage.people import Contact, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
HELD_PEOPLE = 1000  # texts said before consent, in memory only, the oldest forgotten first


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    """What one message led to."""

    messages: tuple[Message, ...]
    person: Person | None
    llm_calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


class Turns:
    """Runs turns. One instance a process; people run in parallel, each person's turns one after the other."""

    def __init__(self, database: Database, ring: KeyRing, ports: Ports, tariff: Tariff) -> None:
        self._database, self._ring, self._ports, self._tariff = database, ring, ports, tariff
        self._held: OrderedDict[UUID, str] = OrderedDict()
        self._owed: list[inbox.Origin] = []  # updates that failed and could not even be marked so
        self._graph: Any = None  # agents.graph is imported with the first turn, off the start path
        self._watches: list[Callable[[Trail, Person], None]] = []
        self._bench, self._fetches = Workbench(), dict[str, Fetch](console=attachments.content_of)

    def fetch_by(self, channel: str, fetch: Fetch) -> None:
        """How the files that this channel offers are fetched, when a turn wants one."""
        self._fetches[channel] = fetch

    def watch(self, watch: Callable[[Trail, Person], None]) -> None:
        """Tell them of every turn when it is over: its trail, and whose it was. They must be quick and not raise."""
        self._watches.append(watch)

    async def take(self, contact: Contact, spoken: Spoken, now: datetime) -> TurnOutcome:
        """Write the update to the inbox, then answer it. Nothing accepted is lost: `unfinished` finds it again."""
        key = people.contact_key(self._ring, contact)

        def accept(session: "Session") -> tuple[Person, inbox.Origin]:
            for owed in self._owed:
                inbox.failed(session, owed, now)
            person = people.find(session, key, contact.channel) or people.create(session, self._ring, contact, now)
            return person, inbox.accept(session, key, payload_of(spoken), now)

        try:
            person, origin = await self._database.run_write(accept)
            self._owed.clear()
        except StorageError as error:
            return await self._unrecorded(spoken, now, error)
        return await self._answer(person, contact, origin, spoken, now)

    async def answer(
        self, contact: Contact, origin: inbox.Origin, spoken: Spoken, now: datetime, preview: Preview | None = None
    ) -> TurnOutcome:
        """Answer an update that its channel has already written to the inbox. `preview` shows it while it is made."""
        key = people.contact_key(self._ring, contact)

        def meet(session: "Session") -> Person:
            return people.find(session, key, contact.channel) or people.create(session, self._ring, contact, now)

        try:
            person = await self.person(contact)
            if person is None:
                person = await self._database.run_write(meet)
        except StorageError as error:
            return await self._unrecorded(spoken, now, error)
        return await self._answer(person, contact, origin, spoken, now, preview)

    def prepare(self) -> None:
        """Build the graph before the first message needs it; a second of imports, best spent in a thread."""
        from agents.graph import conversation

        if self._graph is None:
            self._graph = conversation()

    async def unfinished(self, contact: Contact, now: datetime) -> tuple[TurnOutcome, ...]:
        """Answer what was accepted before the process ended."""
        key = people.contact_key(self._ring, contact)
        person, rows = await self._database.run_write(
            lambda session: (people.find(session, key, contact.channel), inbox.waiting(session, key))
        )
        if person is None:
            return ()
        return tuple([await self._answer(person, contact, row.origin, spoken_of(row.payload), now) for row in rows])

    async def person(self, contact: Contact) -> Person | None:
        """Who writes here, if known."""
        key = people.contact_key(self._ring, contact)
        return await self._database.run_read(lambda session: people.find(session, key, contact.channel))

    async def unsent(self, person: Person, now: datetime) -> tuple[Message, ...]:
        """What is waiting in the outbox for this person."""

        def read(session: "Session") -> tuple[Message, ...]:
            with entered(self._ring.scope(session, person.user_id)):
                return outbox.pending(session, person.account_id, person.user_id, now)

        return await self._database.run_read(read)

    async def sent(self, person: Person, ids: list[UUID], now: datetime) -> None:
        """Note that these messages went out."""
        if ids:
            await self._database.run_write(lambda session: outbox.mark_sent(session, person.user_id, ids, now))

    async def _answer(
        self, person: Person, contact: Contact, origin: inbox.Origin, spoken: Spoken, now: datetime,
        preview: Preview | None = None,
    ) -> TurnOutcome:  # fmt: skip
        """One turn, and its trail for those who watch."""
        try:
            with trail.followed() as left:
                return await self._followed(left, person, contact, origin, spoken, now, preview)
        finally:
            for watch in self._watches:
                watch(left, person)

    async def _followed(
        self, left: Trail, person: Person, contact: Contact, origin: inbox.Origin, spoken: Spoken, now: datetime,
        preview: Preview | None,
    ) -> TurnOutcome:  # fmt: skip
        tap = await self._resolve(person, spoken.tap)
        text = spoken.text[:MAX_TEXT] if tap is None else ""
        inbound = Inbound(
            text=text,
            at=now,
            tap=tap,
            attachment=spoken.attachment,
            is_forwarded=spoken.is_forwarded,
            held_text=self._held.get(person.user_id),
            was_cut=spoken.was_cut or len(spoken.text) > MAX_TEXT,
            tapped=spoken.tapped,
            message_id=spoken.message_id,
            is_edit=spoken.is_edit,
            more=spoken.more,
        )
        memory = TurnMemory(self._database, self._ring, person, origin)
        try:
            if inbound.is_edit and inbound.message_id is not None:
                inbound = replace(inbound, took_back=await memory.take_back(inbound.message_id, now))
            meter = PersonMeter(self._database, self._ring, person.user_id, self._tariff, now)
            with metered(meter) as used:
                seen = preview or self._ports.preview
                ports = replace(
                    self._ports, memory=memory, preview=seen, allowance=meter, sent=lambda: tuple(used.sent)
                )
                final = await self._run(inbound, replace(ports, contents=self._contents(origin.channel)))
        except Exception:  # the last edge: whatever broke, the person gets an answer and the update is kept
            left.outcome = "broken"
            log.exception("turn failed", extra={"bot_id": origin.bot_id, "update_id": origin.update_id})
            broken = self._broken(inbound, person)
            await self._give_up(origin, contact, broken.messages)
            return broken
        _note(left, final)
        if final.get("is_failed"):
            await self._give_up(origin, contact, final["messages"])
        elif _says(final, "model-share-spent"):
            await meter.told()
        self._hold(person.user_id, inbound, final)
        if any(isinstance(change, AccountErased) for part in final.get("vetted", ()) for change in part.changes):
            self._held.pop(person.user_id, None)
            return _outcome(final, None, used)
        return _outcome(final, person, used)

    def _contents(self, channel: str) -> Opened | None:
        fetch = self._fetches.get(channel)
        return Opened(fetch, self._bench) if fetch else None

    async def _give_up(self, origin: inbox.Origin, contact: Contact, said: tuple[Message, ...]) -> None:
        """The person is told that nothing was kept and sends it again: the row must not be answered later too."""
        now = self._database.clock()

        def leave(session: "Session") -> None:
            last_words.leave(session, origin, contact.external_id, said, "failed", now, "not written")

        try:
            await self._database.run_write(leave)
        except LeaseLost:
            return  # another process answers it by now
        except StorageError:
            if origin.channel == "console":  # Telegram's row is still open, and whoever took it up sees to it
                self._owed.append(origin)  # marked together with the next update that can be written

    def _broken(self, inbound: Inbound, person: Person) -> TurnOutcome:
        """Something of ours broke: an honest sentence, and the red-flag answer if the words need one."""
        text = self._ports.speech.say("en", "error-not-saved", {})
        sorry = Message("intake_safety", "reply", text, inbound.at, level=triage(inbound.text).level)
        return TurnOutcome((alarm_for(inbound.text, inbound.at) or sorry,), person)

    async def _run(self, inbound: Inbound, ports: Ports) -> dict[str, Any]:
        from agents.graph import RECURSION_LIMIT

        self.prepare()
        assert self._graph is not None  # noqa: S101 - just built
        ended = await self._graph.ainvoke(
            {"inbound": inbound, "parts": []},
            context=ports,
            config={"recursion_limit": RECURSION_LIMIT},
            version="v2",  # which makes nothing of each step but the state
        )
        final: dict[str, Any] = ended.value
        return final

    def _hold(self, user_id: UUID, inbound: Inbound, final: dict[str, Any]) -> None:
        """What was said before consent waits in memory until the person decided."""
        context, heard = final.get("context"), final.get("understanding")
        if context is None or heard is None:
            return
        if context.may_store_health or _has_decided(final):
            self._held.pop(user_id, None)
        elif heard.facts and not inbound.tap:
            earlier = self._held.pop(user_id, "")
            self._held[user_id] = f"{earlier}. {inbound.text}"[-MAX_TEXT:] if earlier else inbound.text
            if len(self._held) > HELD_PEOPLE:
                self._held.popitem(last=False)

    async def _resolve(self, person: Person, tap: str | None) -> str | None:
        """A tapped label means what its button says; data stays as it is; an unknown label is read as typed text."""
        if tap is None or (":" in tap and " " not in tap and not tap.partition(":")[0].isdecimal()):
            return tap

        def read(session: "Session") -> dict[str, str]:
            with entered(self._ring.scope(session, person.user_id)), acting(session, "app"):
                return outbox.recent_buttons(session, person.user_id)

        known = await self._database.run_read(read)
        return known.get(tap.casefold().strip(), f"unknown:{tap[:40]}")

    async def _unrecorded(self, spoken: Spoken, now: datetime, error: StorageError) -> TurnOutcome:
        """Nothing can be written, not even the inbox: a red flag is still answered (science.md S-62)."""
        memory = _NoMemory(error)
        inbound = Inbound(text=spoken.text[:MAX_TEXT], at=now, tap=spoken.tap)
        final = await self._run(inbound, replace(self._ports, memory=memory))
        return TurnOutcome(final["messages"], None)


class _NoMemory:
    """A memory that cannot be reached: every use says so."""

    def __init__(self, cause: Exception) -> None:
        self._cause = cause

    async def recall(self, now: datetime) -> Any:  # noqa: ANN401 - never returns
        """Refuse."""
        raise MemoryUnavailable(f"no turn at {now}: {self._cause}") from self._cause

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - stands for the whole port
        raise MemoryUnavailable(f"{name} is out of reach: {self._cause}") from self._cause


def _outcome(final: dict[str, Any], person: Person | None, used: Usage) -> TurnOutcome:
    return TurnOutcome(final["messages"], person, used.calls, used.tokens_in, used.tokens_out)


def _note(left: Trail, final: dict[str, Any]) -> None:
    """How the turn ended, as far as it can be told without a word of it."""
    left.outcome = "failed" if final.get("is_failed") else "done"
    found = final.get("triage")
    left.level = found.level if found is not None else "none"
    for change in (change for part in final.get("vetted", ()) for change in part.changes):
        if isinstance(change, ConsentGranted | ConsentWithdrawn):
            left.consents.append((change.purpose, isinstance(change, ConsentGranted)))
        left.has_profile_update |= isinstance(change, ProfileSaved)


def _has_decided(final: dict[str, Any]) -> bool:
    """Whether this turn granted or declined consent: either way nothing is kept in memory any more."""
    parts = final.get("vetted", ())
    granted = any(isinstance(change, ConsentGranted) for part in parts for change in part.changes)
    return granted or _says(final, "consent-declined")


def _says(final: dict[str, Any], key: str) -> bool:
    """Whether a sentence of the catalogue is a part of the answer."""
    return any(line.key == key for part in final.get("vetted", ()) for line in part.lines)


def alarm_for(text: str, at: datetime, locale: str = "en") -> Message | None:
    """The fixed answer to an emergency or a crisis, for when nothing else works (science.md S-62)."""
    flag = triage(text)
    if flag.level not in ("emergency", "crisis"):
        return None
    reply = reply_for(flag, country=None, locale=locale)
    return Message("intake_safety", "reply", reply.text, at, level=flag.level, rules=tuple(flag.rules))
