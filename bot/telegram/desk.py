"""The desk: each person's accepted updates are answered one after the other, different people's side by side."""

import asyncio
import logging
import random
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from agents.domain.safety import triage
from agents.ports import Speech
from bot.app import App
from bot.spoken import Spoken
from bot.telegram.admission import Admission
from bot.telegram.buttons import OLD_BUTTON, Seal
from bot.telegram.drafts import Drafts
from bot.telegram.ear import Identity
from bot.telegram.envelope import envelope_of
from bot.telegram.heard import Heard
from bot.telegram.lanes import Lanes
from bot.telegram.mouth import Mouth
from bot.telegram.notices import Notices
from bot.telegram.office import Office
from bot.telegram.parting import Parting
from bot.telegram.post import Post
from bot.telegram.reception import ALBUM, TAPS
from bot.turn import TurnOutcome, alarm_for
from storage import claims, inbox, last_words, stops
from storage.claims import Claimed, Standing
from storage.errors import StorageError
from storage.fences import LeaseLost, fenced, lifted
from storage.inbox import Origin

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
AT_ONCE = 16  # turns side by side
LEASE = timedelta(seconds=15)  # without a sign of life for so long another process takes an update over
LOOK_S = 5.0  # how often updates that nobody told of are looked for
LOOKED_AT = 64
KEEP_S = 3.0  # how often a sign of life is given for what is being answered
LONGEST = timedelta(minutes=2)  # a turn that takes longer hangs: no more signs of life for it
LONG_S = 1.5  # what takes longer is worth a word about what is being done (product.md F84)
EDITABLE = timedelta(hours=24)  # how long an edit corrects what was noted (telegram.md TG-22)
SOON = timedelta(seconds=5)  # a row that waits no longer than this is not left to the next beat
A_LITTLE_S = 0.005  # past the instant, so that the clock has reached it


class Desk:
    """Takes what lies in the inbox and sees to it that it is answered. `holder` names this process in leases."""

    def __init__(self, app: App, me: Identity, mouth: Mouth, post: Post, speech: Speech, holder: str) -> None:
        self._app, self._me, self._holder = app, me, holder
        self._mouth, self._post = mouth, post
        self._notices, self._parting = Notices(app, me, post, speech), Parting(app.database, post)
        self._admission, self._office = Admission(app, self._notices), Office(app)
        self.drafts = Drafts(mouth)
        self._seal = Seal(app.ring.keys)
        self._lanes: Lanes[bytes] = Lanes(self._serve, AT_ONCE)
        self._claimed: dict[int, datetime] = {}
        self._chats: dict[int, int] = {}  # where the answers that are being made will go
        self._nudged, self._has_backlog, self._has_stops = asyncio.Event(), False, False

    def wake(self, sender: bytes) -> None:
        """This sender has something open."""
        self._lanes.wake(sender)

    async def recover(self) -> None:
        """At the start of the only process: what an ended one was answering is free again."""
        await self._app.database.run_write(lambda session: claims.recover(session, self._me.bot_id))

    def nudge(self) -> None:
        """Somebody may have something open, wherever it was accepted."""
        self._nudged.set()

    def heed_stops(self) -> None:
        """Somebody wants to hear no more of an answer, wherever that was heard."""
        self._has_stops = True
        self._nudged.set()

    async def attend(self) -> None:
        """Look for open updates whenever nudged and from time to time, until cancelled."""
        while True:
            self._nudged.clear()
            try:
                if self._has_stops:
                    await self._stop()
                wait_s = await self.resume()
            except StorageError as error:
                log.warning("the inbox cannot be looked through: %s", error)
                wait_s = LOOK_S
            with suppress(TimeoutError):
                await asyncio.wait_for(self._nudged.wait(), wait_s)

    async def resume(self) -> float:
        """Wake those who have an open update, whatever kept it from being answered. Seconds until the next look."""
        now, bot_id = self._app.clock(), self._me.bot_id
        holder = self._holder if self._app.database.is_postgres else None  # on SQLite there is no other

        def look(session: "Session") -> tuple[tuple[bytes, ...], datetime | None, bool]:
            keys = claims.senders_waiting(session, bot_id, now, LOOKED_AT, holder=holder)
            has_fresh = holder is not None and claims.has_fresh(session, bot_id, now)
            return keys, claims.next_ready(session, bot_id, now), has_fresh

        keys, ready_at, has_fresh = await self._app.database.run_read(look)
        free = max(0, AT_ONCE - len(self._claimed))
        self._has_backlog = len(keys) > free
        for key in random.sample(keys, min(free, len(keys))):  # several processes, several people
            self._lanes.wake(key)
        waits = [LOOK_S] if ready_at is None else [LOOK_S, (ready_at - now).total_seconds() + A_LITTLE_S]
        return min(*waits, claims.HEAD_START.total_seconds()) if has_fresh else min(waits)

    async def _stop(self) -> None:
        """End the previews of answers that are made here and that nobody waits for any more."""
        self._has_stops = False
        if mine := dict(self._chats):
            bot_id = self._me.bot_id
            for number in await self._app.database.run_read(lambda s: stops.stopped(s, bot_id, mine)):
                self.drafts.stop(mine[number], number)

    async def keep(self) -> None:
        """A sign of life for what is being answered here, so that no other process takes it over."""
        now, bot_id = self._app.clock(), self._me.bot_id
        mine = [number for number, since in self._claimed.items() if since <= now <= since + LONGEST]
        if mine:
            await self._app.database.run_write(lambda s: claims.renew(s, bot_id, mine, self._holder, now + LEASE))

    async def close(self, within_s: float) -> None:
        """Finish the turns that run; the rest waits in the inbox for the next start."""
        await self._lanes.close(within_s)

    async def _serve(self, key: bytes) -> bool:
        """The oldest open update of one sender. True when there may be another."""
        now = self._app.clock()
        claimed = await self._app.database.run_write(
            lambda s: claims.claim(s, self._me.bot_id, key, self._holder, now, now + LEASE)
        )
        if claimed is None:
            await self._come_back(key, now)
            return False
        self._claimed[claimed.origin.update_id] = now
        try:
            with fenced(claimed):
                return await self._settle(claimed, now)
        except LeaseLost:  # this process was too slow: another one answers
            log.warning("update %d is answered by another process", claimed.origin.update_id)
            return False
        finally:
            del self._claimed[claimed.origin.update_id]
            self._chats.pop(claimed.origin.update_id, None)
            if self._has_backlog:
                self._nudged.set()

    async def _settle(self, claimed: Claimed, now: datetime) -> bool:
        """Answer what was claimed. True when this sender's next update may be answered."""
        if (words := last_words.found_in(claimed.payload)) is not None:
            await self._parting.say(claimed, words, now)
            return True
        heard = await self._read(claimed, now)
        if heard is None or heard.sender is None:
            return True
        self._chats[claimed.origin.update_id] = heard.sender.chat_id
        if claimed.attempts > inbox.MAX_ATTEMPTS:
            await self._give_up(claimed.origin, heard, now)
        elif claimed.payload["kind"] == "flood":
            await self._notices.say_once(claimed.origin, heard, "too-many-messages", now)
        elif heard.membership is not None:
            await self._notices.membership(claimed.origin, heard, now)
        elif not heard.sender.is_private:
            await self._notices.say_once(claimed.origin, heard, "group-only-private", now)
        elif _is_too_late(heard, now):
            await self._notices.say_once(claimed.origin, heard, "edit-too-late", now)
        elif self._office.is_asked(heard):
            await self._office.answer(claimed.origin, heard, now)
        elif heard.spoken is not None:
            return await self._answer(claimed, heard, heard.spoken, now)
        else:
            await self._ignore(claimed.origin, "nothing was said", now)
        return True

    async def _come_back(self, key: bytes, now: datetime) -> None:
        """The oldest row of a sender may wait for what belongs to it, or for another try: not for the next beat."""
        ready_at = await self._app.database.run_read(lambda s: claims.ready_at(s, self._me.bot_id, key))
        if ready_at is not None and now < ready_at <= now + SOON:
            delay_s = (ready_at - now).total_seconds() + A_LITTLE_S
            asyncio.get_running_loop().call_later(delay_s, self._lanes.wake, key)

    async def _read(self, claimed: Claimed, now: datetime) -> Heard | None:
        """What the update says; None when it cannot be read, which closes it. A red flag in it is answered."""
        from bot.telegram.reading import read

        try:
            return read(claimed.payload["update"])
        except (KeyError, TypeError, ValueError) as error:
            log.warning("update %d cannot be read: %s", claimed.origin.update_id, type(error).__name__)
        update = claimed.payload.get("update")
        if isinstance(update, dict) and "update_id" in update:
            envelope = envelope_of(update)
            alarm = alarm_for(envelope.words, now, envelope.language_code or "en")
            if alarm is not None and envelope.chat_id is not None and envelope.is_private:
                await self._post.straight(envelope.chat_id, alarm)
        await self._ignore(claimed.origin, "cannot be read", now)
        return None

    async def _answer(self, claimed: Claimed, heard: Heard, spoken: Spoken, now: datetime) -> bool:
        """One turn for what belongs together: the last tap on a card, the pictures of an album."""
        admitted = await self._admission.pass_on(claimed.origin, heard, spoken, now)
        if admitted is None:
            return True
        heard, spoken = replace(heard, spoken=admitted), admitted
        if spoken.tap is not None:
            later = await self._companions(claimed.origin, TAPS) if spoken.tapped is not None else ()
            if later:
                await self._ignore(claimed.origin, "another tap on the same card followed", now)
                return True
            return await self._turn(claimed, heard, replace(spoken, tap=self._meaning(heard, spoken.tap)), now)
        others = await self._companions(claimed.origin, ALBUM) if "media_group_id" in _message(claimed) else ()
        whole = heard.together(tuple(other for _, other in others))
        goes_on = await self._turn(claimed, whole, whole.spoken or spoken, now)
        with lifted():  # the turn is written by now
            for origin, _ in others:
                await self._ignore(origin, "answered with its album", now)
        return goes_on

    def _meaning(self, heard: Heard, raw: str) -> str:
        """What a button of ours stands for; one that is forged, foreign or of an older kind is an old button."""
        chat_id = heard.sender.chat_id if heard.sender else 0
        return self._seal.open(chat_id, raw) or OLD_BUTTON

    async def _companions(self, origin: Origin, within: timedelta) -> tuple[tuple[Origin, Heard], ...]:
        from bot.telegram.reading import read

        rows = await self._app.database.run_read(lambda s: inbox.companions(s, origin, within))
        found = []
        for row in rows:
            try:
                found.append((row.origin, read(row.payload["update"])))
            except (KeyError, TypeError, ValueError):
                continue  # closed when its own turn comes
        return tuple(found)

    async def _turn(self, claimed: Claimed, heard: Heard, spoken: Spoken, now: datetime) -> bool:
        assert heard.sender is not None  # noqa: S101 - a turn has somebody to answer
        chat_id, origin = heard.sender.chat_id, claimed.origin
        preview = self.drafts.stream(chat_id, origin.update_id, after_s=LONG_S, can_stop=True)
        async with self._mouth.typing(chat_id), preview as draft:
            outcome = await self._app.turns.answer(heard.sender.contact(), origin, spoken, heard.moment(now), draft)
        standing = await self._standing(claimed)
        if standing == "lost":
            raise LeaseLost("another process answers this update by now")
        if standing == "open":
            return await self._unanswered(claimed, chat_id, outcome)
        if standing == "closed" and outcome.person is not None:
            self._post.wake(outcome.person)
        return True  # last words, if there are any, are the next thing in this sender's line

    async def _standing(self, claimed: Claimed) -> Standing:
        """What became of the update. A database that cannot say so has kept nothing of the turn."""
        try:
            return await self._app.database.run_read(lambda session: claims.standing(session, claimed))
        except StorageError:
            return "open"

    async def _unanswered(self, claimed: Claimed, chat_id: int, outcome: TurnOutcome) -> bool:
        """Not even that it failed could be written: it is tried again, then given up. A red flag is answered now."""
        now, origin = self._app.clock(), claimed.origin
        alarms = [message for message in outcome.messages if message.level in ("urgent", "emergency", "crisis")]
        if alarms or claimed.attempts >= inbox.MAX_ATTEMPTS:
            for message in alarms or outcome.messages:
                await self._post.straight(chat_id, message)
            await self._close(origin, "the turn could not be written", now)
            return True
        until = now + timedelta(seconds=2.0 ** (claimed.attempts - 1))
        await self._app.database.run_write(lambda s: inbox.defer(s, origin, until, "the turn could not be written"))
        return False

    async def _give_up(self, origin: Origin, heard: Heard, now: datetime) -> None:
        """This update ended the process again and again: it is put aside, and its sender is told."""
        log.error("update %d was given up after %d tries", origin.update_id, inbox.MAX_ATTEMPTS)
        if heard.sender is None or not heard.sender.is_private or heard.membership is not None:
            await self._close(origin, "too many attempts", now)
            return
        chat, line = str(heard.sender.chat_id), self._notices.line(heard, "error-not-saved", now)
        await self._app.database.run_write(
            lambda s: last_words.leave(s, origin, chat, (line,), "failed", now, "too many attempts")
        )

    async def _close(self, origin: Origin, error: str, now: datetime) -> None:
        await self._app.database.run_write(lambda session: inbox.failed(session, origin, now, error))

    async def _ignore(self, origin: Origin, why: str, now: datetime) -> None:
        await self._app.database.run_write(lambda session: inbox.ignore(session, origin, now, why))


def _is_too_late(heard: Heard, now: datetime) -> bool:
    """Whether an edit changes words of long ago: nobody remembers what followed from them. A red flag is one anew."""
    if heard.spoken is None or not heard.spoken.is_edit or heard.sent_at is None:
        return False
    return now - heard.sent_at > EDITABLE and triage(heard.spoken.text).level == "none"


def _message(claimed: Claimed) -> dict[str, object]:
    message = claimed.payload["update"].get("message")
    return message if isinstance(message, dict) else {}
