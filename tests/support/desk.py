"""The reception, the desk and the post on a clock that is moved by hand, with a mouth that says what it is told to."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import text as sql

from bot.app import bootstrap
from bot.clock import VirtualClock
from bot.settings import Settings
from bot.telegram.buttons import Seal
from bot.telegram.desk import Desk
from bot.telegram.ear import Identity
from bot.telegram.envelope import envelope_of
from bot.telegram.mouth import Sent
from bot.telegram.post import Post
from bot.telegram.reception import Reception
from prompts.loader import Catalogue
from storage.floods import Limits

START = datetime(2026, 11, 23, 7, tzinfo=UTC)
BOT = 4242
MASTER_KEY = "5a" * 64


class FakeMouth:
    """Keeps what was said. `fates` are used up one a try; after them everything arrives."""

    is_rich = False

    def __init__(self):
        self.said, self.fates, self.edited = [], [], []

    async def draft(self, chat_id, draft_id, text, *, can_stop):
        return Sent("dropped")

    async def is_accepted(self):
        return True

    async def send(self, chat_id, part, _manner, *, is_silent=False):
        result = self.fates.pop(0) if self.fates else Sent("sent", 1000 + len(self.said))
        if result.fate == "sent":
            self.said.append((chat_id, part))
        return result

    async def edit(self, chat_id, message_id, part, _manner):
        self.edited.append((chat_id, message_id, part))
        return Sent("sent", message_id)

    async def change_buttons(self, chat_id, message_id, keys, _manner):
        return Sent("sent", message_id)

    @asynccontextmanager
    async def typing(self, _chat_id):
        yield


class DeskHouse:
    """An app with a desk and a post: on SQLite in this file, or on the database of a `url`."""

    def __init__(self, path, limits=Limits(20, 200, 50), *, url=None, **settings):  # noqa: B008 - a frozen value
        self.clock = VirtualClock(START)
        where = {"database": url, "master_key": MASTER_KEY} if url else {"database": f"sqlite:///{path}"}
        self.app = bootstrap(Settings(**where, **settings), clock=self.clock)
        self.mouth = FakeMouth()
        self.post = Post(self.app.database, self.app.ring, self.clock, self.mouth, "here")
        self.desk = Desk(self.app, Identity(BOT, "keel_test_bot"), self.mouth, self.post, Catalogue(), "here")
        self.reception = Reception(
            self.app.database, self.app.ring, self.clock, BOT, limits,
            wake=self.desk.wake, straight=self.post.straight,
        )  # fmt: skip
        self.seal = Seal(self.app.ring.keys)
        self.number = 0

    def update(self, chat_id=7, at=None, **message):
        """The next update: a message of this person."""
        self.number += 1
        person = {"id": chat_id, "is_bot": False, "first_name": "Ann"}
        chat = {"id": chat_id, "type": "private" if chat_id > 0 else "group"}
        date = int((at or self.clock()).timestamp())
        plain = {"message_id": 100 + self.number, "date": date, "chat": chat, "from": person, **message}
        return {"update_id": self.number, "message": plain}

    def edit(self, update, text, at=None):
        """The next update: other words in the place of a message."""
        self.number += 1
        message = {**update["message"], "text": text, "edit_date": int((at or self.clock()).timestamp())}
        return {"update_id": self.number, "edited_message": message}

    def tap(self, data, card=1000, chat_id=7):
        """The next update: a tap on a button of ours on this message."""
        return self.raw_tap(self.seal.sign(chat_id, data), card, chat_id)

    def raw_tap(self, data, card=1000, chat_id=7):
        """The next update: a tap with these data, whoever wrote them."""
        self.number += 1
        chat = {"id": chat_id, "type": "private"}
        query = {
            "id": f"q{self.number}", "from": {"id": chat_id, "is_bot": False, "first_name": "Ann"},
            "chat_instance": "1", "data": data, "message": {"message_id": card, "date": 1, "chat": chat},
        }  # fmt: skip
        return {"update_id": self.number, "callback_query": query}

    def membership(self, status, chat_id=7):
        """The next update: the person, or a group, lets the bot in or out."""
        self.number += 1
        bot = {"id": BOT, "is_bot": True, "first_name": "Keel"}
        chat = {"id": chat_id, "type": "private" if chat_id > 0 else "group"}
        new = {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}
        old = {"user": bot, "status": "left"}
        person = {"id": abs(chat_id), "is_bot": False, "first_name": "Ann"}
        change = {"chat": chat, "from": person, "date": 1, "old_chat_member": old, "new_chat_member": new}
        return {"update_id": self.number, "my_chat_member": change}

    def arrival(self, update):
        """How the inbox keeps it."""
        return self.reception._arrival(envelope_of(update), update, self.clock())

    async def hear(self, text, chat_id=7):
        await self.accept(self.update(chat_id, text=text))

    async def accept(self, *updates):
        await self.reception.accept(updates)
        await self.quiet()

    async def later(self, seconds):
        self.clock.advance(timedelta(seconds=seconds))
        await self.desk.resume()
        await self.post.drain()
        await self.quiet()

    async def quiet(self):
        await self.desk._lanes.settle(60)
        await self.post.settle(60)

    def texts(self, chat_id=7):
        return [part.text for to, part in self.mouth.said if to == chat_id]

    async def count(self, table, state):
        return await self.ask(f"SELECT count(*) FROM {table} WHERE state = '{state}'")

    async def ask(self, query):
        """One value out of the database."""
        return await self.app.database.run_read(lambda session: session.scalar(sql(query)))
