"""The terminal's JSONL channel: a line in, messages and a turn out; nothing else on stdout."""

import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from typing import BinaryIO, TextIO, TypeGuard
from zoneinfo import ZoneInfo

from agents.domain.crockford import decode
from agents.domain.safety import triage
from agents.domain.turn import Attachment, Message
from bot import attachments, durations
from bot.app import App
from bot.clock import OffsetClock, VirtualClock
from bot.render import jsonl
from bot.render.pictures import painted
from bot.spoken import Spoken
from bot.turn import TurnOutcome
from storage.people import Contact, Person

log = logging.getLogger(__name__)
LINE_LIMIT = 1_000_000  # bytes of one line that are read; the rest of it is dropped
STUCK_STEP = timedelta(minutes=1)
_KEYS = ("text", "tap", "photo", "document", "voice", "location", "advance")


class LineError(Exception):
    """A line that cannot be understood as input; the sentence says what works."""


@dataclass(frozen=True, slots=True)
class Advance:
    """Move the clock by so much."""

    text: str


class Conversation:
    """One person at this terminal."""

    def __init__(self, app: App, contact: Contact, clock: VirtualClock | OffsetClock) -> None:
        self.app, self.contact, self.clock = app, contact, clock
        self.person: Person | None = None
        self.zone: tzinfo = ZoneInfo(contact.zone)

    async def open(self) -> AsyncIterator[Message]:
        """What was accepted or written but not shown before the last process ended."""
        self.person = await self.app.turns.person(self.contact)
        if self.person is not None:
            await self.app.turns.unfinished(self.contact, self.clock())
        async for message in self._waiting():
            yield message

    async def say(self, spoken: Spoken) -> tuple[TurnOutcome, list[Message]]:
        """One turn, with what came due before it. All of it is to be noted by `shown`."""
        is_danger = triage(spoken.text).level in ("emergency", "crisis")
        before = [] if is_danger else await self._came_due()  # nothing stands before the answer to a red flag
        outcome = await self.app.turns.take(self.contact, spoken, self.clock())
        self.person = outcome.person
        self._follow(outcome.messages)
        return outcome, [*before, *[await painted(message) for message in outcome.messages]]

    async def pending(self) -> list[Message]:
        """What waits to be shown to this person."""
        waiting = await self.app.turns.unsent(self.person, self.clock()) if self.person else ()
        self._follow(waiting)
        return [await painted(message) for message in waiting]

    def _follow(self, messages: Sequence[Message]) -> None:
        """Recorded messages are stamped on the person's own clock: times are shown on it from then on."""
        for message in messages:
            if message.outbox_id and message.at.tzinfo is not None:
                self.zone = message.at.tzinfo

    async def shown(self, messages: list[Message]) -> None:
        """These were printed."""
        ids = [decode(message.outbox_id) for message in messages if message.outbox_id]
        if self.person is not None:
            await self.app.turns.sent(self.person, ids, self.clock())

    async def advance(self, by: str) -> AsyncIterator[Message]:
        """Move the clock; everything due in between fires in its order."""
        end = self.clock() + durations.parse(by)
        while (instant := await self.app.next_instant()) is not None and instant <= end:
            # Something that stays due (it could not be done) must not stop the clock, nor what comes after it.
            self.clock.advance_to(instant if instant > self.clock() else min(end, self.clock() + STUCK_STEP))
            await self.app.tick()
            async for message in self._waiting():
                yield message
            if self.clock() >= end:
                break
        self.clock.advance_to(end)
        await self.app.tick()
        async for message in self._waiting():
            yield message

    async def _came_due(self) -> list[Message]:
        """What fell due by now; a database out of reach must not keep a red flag from its answer (science.md S-62)."""
        try:
            await self.app.tick()
            return await self.pending()
        except Exception:  # the last edge: nothing that is due may stand between a person and an answer
            log.exception("what is due could not be looked up")
            return []

    async def _waiting(self) -> AsyncIterator[Message]:
        """What waits, each noted as sent once the reader asks for the next: nothing is lost when showing it fails."""
        for message in await self.pending():
            yield message
            await self.shown([message])


def parse_line(raw: bytes) -> Spoken | Advance:
    """A line of input. Raises LineError for JSON that is not one of the known forms."""
    text = raw.decode("utf-8", errors="replace").rstrip("\r\n")
    if not text.lstrip().startswith("{"):
        return Spoken(text=text)
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        return Spoken(text=text)
    keys = [key for key in _KEYS if isinstance(plain, dict) and key in plain]
    if len(keys) != 1:
        raise LineError(f"a JSON line needs exactly one of {', '.join(_KEYS)}")
    return _of_json(keys[0], plain[keys[0]])


def _of_json(key: str, value: object) -> Spoken | Advance:
    if key == "location":
        return Spoken(attachment=_location(value))
    if not isinstance(value, str):
        raise LineError(f'"{key}" needs a string')
    if key == "text":
        return Spoken(text=value)
    if key == "tap":
        return Spoken(tap=value)
    if key == "advance":
        try:
            durations.parse(value)
        except ValueError as error:
            raise LineError(str(error)) from None
        return Advance(value)
    return Spoken(attachment=attachments.look_at(key, value))  # type: ignore[arg-type]  # photo, document, voice


def _location(value: object) -> Attachment:
    lat = value.get("lat") if isinstance(value, dict) else None
    lon = value.get("lon") if isinstance(value, dict) else None
    if not _is_within(lat, 90) or not _is_within(lon, 180):
        raise LineError('a location looks like {"location": {"lat": 52.5, "lon": 13.4}}')
    return Attachment("location", latitude=float(lat), longitude=float(lon))


def _is_within(value: object, limit: float) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and -limit <= value <= limit


def lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines up to the limit; what exceeds it is dropped up to the next line end."""
    while chunk := stream.readline(LINE_LIMIT):
        kept = chunk
        while not chunk.endswith(b"\n"):
            chunk = stream.readline(LINE_LIMIT)
            if not chunk:
                break
        yield kept


async def run_jsonl(talk: Conversation, stream: BinaryIO, out: TextIO, say: Callable[[str], str]) -> None:
    """Read to the end of input, a line a turn. `say` words a catalogue key for problems of a line itself."""

    def show(message: Message) -> None:
        print(jsonl.message_line(message, talk.zone), file=out, flush=True)

    async for message in talk.open():
        show(message)
    for number, raw in enumerate(lines(stream), start=1):
        started = time.perf_counter()
        calls = tokens_in = tokens_out = 0
        try:
            said = parse_line(raw)
            if isinstance(said, Advance):
                async for message in talk.advance(said.text):
                    show(message)
            else:
                outcome, messages = await talk.say(said)
                calls, tokens_in, tokens_out = outcome.llm_calls, outcome.tokens_in, outcome.tokens_out
                for message in messages:
                    show(message)
                await talk.shown(messages)
        except LineError as error:
            text = say("line-not-understood").replace("{problem}", str(error))
            show(Message("intake_safety", "reply", text, talk.clock()))
        except Exception:  # the last edge: whatever broke, the line gets an answer and the next one its turn
            log.exception("line failed")
            show(Message("intake_safety", "reply", say("error-not-saved"), talk.clock()))
        ms = (time.perf_counter() - started) * 1000
        print(jsonl.turn_line(number, ms, calls, tokens_in, tokens_out), file=out, flush=True)
