"""Notices: lines about the conversation itself, which need no turn: blocked and back, too much, a group, too late."""

from datetime import datetime
from typing import TYPE_CHECKING

from agents.domain.turn import Message
from agents.ports import Speech
from bot.app import App
from bot.telegram.ear import Identity
from bot.telegram.heard import Heard
from bot.telegram.post import Post
from storage import deliveries, inbox, outbox, people
from storage.deliveries import Address
from storage.inbox import Origin
from storage.keyscope import entered
from storage.people import Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Notices:
    """Each closes the update it answers and puts its line into the outbox, in one transaction."""

    def __init__(self, app: App, me: Identity, post: Post, speech: Speech) -> None:
        self._app, self._me, self._post, self._speech = app, me, post, speech

    async def membership(self, origin: Origin, heard: Heard, now: datetime) -> None:
        """The person blocked the bot, or let it in again (telegram.md TG-23). Strangers leave no trace."""
        assert heard.sender is not None  # noqa: S101 - a membership is somebody's
        key = people.contact_key(self._app.ring, heard.sender.contact())

        def note(session: "Session") -> Person | None:
            person = people.find(session, key, "telegram")
            inbox.done(session, origin, person.user_id if person else None, {"v": 1}, now)
            if person is None:
                return None
            to = Address(person.user_id, person.account_id)
            if heard.membership == "blocked":
                deliveries.block(session, to, now)
            elif deliveries.unblock(session, to):
                self._enqueue(session, person, origin, self.line(heard, "welcome-back", now))
            return person

        person = await self._app.database.run_write(note)
        if person is not None:
            self._post.wake(person)

    async def say_once(self, origin: Origin, heard: Heard, key: str, now: datetime) -> None:
        """A line about the conversation itself. Who is not known yet, or is a group, hears it past the outbox."""
        assert heard.sender is not None  # noqa: S101 - somebody is spoken to
        contact = people.contact_key(self._app.ring, heard.sender.contact())
        line = self.line(heard, key, now, link=f"https://t.me/{self._me.username}")

        def note(session: "Session") -> Person | None:
            person = people.find(session, contact, "telegram")
            inbox.done(session, origin, person.user_id if person else None, {"v": 1}, now)
            if person is not None:
                self._enqueue(session, person, origin, line)
            return person

        person = await self._app.database.run_write(note)
        if person is not None:
            self._post.wake(person)
        else:
            await self._post.straight(heard.sender.chat_id, line)

    def enqueue_once(self, session: "Session", person: Person, origin: Origin, message: Message) -> None:
        """Before the turn of the same update: it may be tried again, and the line is said once all the same."""
        key = f"{origin.bot_id}-{origin.update_id}-invite"
        if not outbox.is_known(session, person.user_id, key):
            self._enqueue(session, person, origin, message, key)

    def _enqueue(
        self, session: "Session", person: Person, origin: Origin, message: Message, key: str | None = None
    ) -> None:
        key = key or f"{origin.bot_id}-{origin.update_id}-0"
        envelope = outbox.Envelope(person.user_id, person.account_id, key, "reply", message.at)
        with entered(self._app.ring.scope(session, person.user_id)):
            outbox.add(session, envelope, message, None)
            session.flush()

    def line(self, heard: Heard, key: str, at: datetime, **args: str) -> Message:
        """The sentence in the language of the sender's Telegram."""
        locale = heard.sender.contact().locale if heard.sender else "en"
        return Message("intake_safety", "reply", self._speech.say(locale, key, args), at)
