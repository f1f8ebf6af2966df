"""The post and its courier against a Bot API server over real sockets, on a clock that is moved by hand."""

import asyncio
import os
import shutil
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select, update

from agents.domain.blocks import Button, Card, Checklist, File, Picture
from agents.domain.turn import Message, Receipt
from bot.app import bootstrap
from bot.clock import VirtualClock
from bot.settings import Settings
from bot.telegram.courier import is_silent_for
from bot.telegram.mouth import Mouth
from bot.telegram.post import Post
from storage import outbox, people
from storage.deliveries import Address
from storage.keyscope import entered
from storage.models.delivery import OutboxRow
from storage.models.identity import ChannelAccount, UserSettings
from tests.support.telegram.images import png
from tests.support.telegram.server import TOKEN, TelegramServer

os.environ.setdefault("PTB_TIMEDELTA", "1")  # as `keel run` does: durations are timedeltas
START = datetime(2026, 11, 23, 7, tzinfo=UTC)
OPEN = Checklist("Tasks", ("Task",), (("Run",), ("Sleep",)), (False, False))
DONE = Checklist("Tasks", ("Task",), (("Run",), ("Sleep",)), (True, False))
TAP = ((Button("Done", "task:done:1"),),)
_chats = count(1000)


@pytest.fixture(scope="module")
def running():
    with TelegramServer() as server:
        yield server


@pytest.fixture
def server(running):
    running.mend()
    yield running
    running.mend()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """An empty database with its key file, made once."""
    folder = tmp_path_factory.mktemp("template") / "keel"
    asyncio.run(bootstrap(Settings(database=f"sqlite:///{folder / 'keel.sqlite3'}")).close())
    return folder


class House:
    """A post with one person to write to, in a chat of their own."""

    def __init__(self, path, server):
        self.clock, self.server, self.chat_id = VirtualClock(START), server, next(_chats)
        self.app = bootstrap(Settings(database=f"sqlite:///{path}"), clock=self.clock)
        self.mouth = Mouth(TOKEN, server.address, read_s=0.5)
        self.post = Post(self.app.database, self.app.ring, self.clock, self.mouth, "here")
        self._number = 0
        server.message(self.chat_id, text="hello")

    async def open(self):
        await self.mouth.open()
        contact = people.Contact("telegram", str(self.chat_id))
        self.who = await self.app.database.run_write(lambda s: people.create(s, self.app.ring, contact, START))
        return self

    async def close(self):
        await self.post.close(1)
        await self.mouth.close()
        await self.app.close()

    async def write(self, *blocks, text="Today", category="reply", **fields):
        self._number += 1
        said = Message("logistics", fields.pop("kind", "reply"), text, START, cards=blocks, **fields)
        to = outbox.Envelope(self.who.user_id, self.who.account_id, f"k{self._number}", category, self.clock())

        def work(session):
            with entered(self.app.ring.scope(session, self.who.user_id)):
                outbox.add(session, to, said, None)
                session.flush()

        await self.app.database.run_write(work)

    async def drain(self, seconds=0.0):
        self.clock.advance(timedelta(seconds=seconds))
        await self.post.drain()
        await self.post.settle(20)

    async def say(self, *blocks, **fields):
        await self.write(*blocks, **fields)
        await self.drain()

    async def rows(self):
        columns = (OutboxRow.state, OutboxRow.writer, OutboxRow.telegram_message_id)
        query = select(*columns).where(OutboxRow.user_id == self.who.user_id).order_by(OutboxRow.id)
        return [tuple(row) for row in await self.app.database.run_read(lambda s: s.execute(query).all())]

    async def doubts(self):
        query = select(OutboxRow.maybe_twice).where(OutboxRow.user_id == self.who.user_id)
        return list(await self.app.database.run_read(lambda s: s.scalars(query).all()))

    async def wish_plain(self):
        wish = update(UserSettings).where(UserSettings.user_id == self.who.user_id).values(is_plain_view=True)
        await self.app.database.run_write(lambda s: s.execute(wish))

    @property
    def got(self):
        return self.server.inbox_of(self.chat_id)

    def calls(self, method="sendMessage"):
        return self.server.made(method, self.chat_id)


@pytest.fixture
async def house(template, tmp_path, server):
    made = House(Path(shutil.copytree(template, tmp_path / "keel")) / "keel.sqlite3", server)
    yield await made.open()
    await made.close()


async def test_structure_goes_out_rich_and_words_as_html_and_the_row_says_which(house):
    await house.say(OPEN, buttons=TAP)
    await house.say(text="just words")
    assert [(row[0], row[1]) for row in await house.rows()] == [("sent", "rich"), ("sent", "html")]
    assert "☐ Run" in house.got[0].lines
    assert [row[2] for row in await house.rows()] == [sent.message_id for sent in house.got]


async def test_a_server_that_knows_no_rich_messages_gets_html_from_then_on(house, server):
    server.fail("sendRichMessage", 404)
    await house.say(OPEN, buttons=TAP)
    await house.say(DONE)
    assert [row[:2] for row in await house.rows()] == [("sent", "html")] * 2
    assert len(house.calls("sendRichMessage")) == 1
    assert [("b", "Tasks") in sent.entities for sent in house.got] == [True, True]
    assert house.got[0].labels == ["Done"]


async def test_blocks_that_are_refused_are_written_in_html_and_those_in_plain_words(house, server):
    server.fail("sendRichMessage", 400, description="Bad Request: strange block")
    server.fail("sendMessage", 400, description="Bad Request: can't parse entities: strange tag")
    await house.say(OPEN)
    assert (await house.rows())[0][:2] == ("sent", "plain")
    assert (house.got[0].entities, house.got[0].text) == ([], "Today\n\nTasks\n☐ Run\n☐ Sleep")


async def test_who_wishes_plain_words_gets_nothing_else(house):
    await house.wish_plain()
    await house.say(OPEN)
    assert (await house.rows())[0][:2] == ("sent", "plain")
    assert (house.got[0].parse_mode, house.got[0].lines) == (None, [])


async def test_safety_is_plain_loud_and_first(house):
    await house.write(OPEN)
    await house.write(OPEN, text="Call 112", category="safety", level="emergency", is_quiet=True)
    await house.drain()
    assert [sent.text.partition("\n")[0] for sent in house.got] == ["Call 112", "Today"]
    assert (house.got[0].parse_mode, house.got[0].is_silent) == (None, False)


async def test_an_answer_that_is_too_long_after_all_goes_out_in_pieces(house, server):
    server.fail("sendMessage", 400, description="Bad Request: message is too long")
    await house.say(text="word " * 700, buttons=TAP)
    assert " ".join(sent.text for sent in house.got).split() == ["word"] * 700
    assert [sent.labels for sent in house.got] == [[], ["Done"]]
    assert await house.rows() == [("sent", "plain", house.got[-1].message_id)]


async def test_a_file_goes_out_with_its_words_and_a_picture_too_large_as_a_file(house, server):
    await house.say(File("plan.ics", "text/calendar", b"BEGIN"), text="Your calendar", kind="document")
    server.fail("sendPhoto", 413)
    await house.say(Picture("w.png", "image/png", png()), text="Your weight", kind="photo")
    assert [(sent.kind, sent.text) for sent in house.got] == [
        ("document", "Your calendar"), ("document", "Your weight"),
    ]  # fmt: skip


async def test_a_file_that_is_refused_is_set_aside(house, server):
    server.fail("sendDocument", 413)
    await house.say(File("plan.ics", "text/calendar", b"BEGIN"))
    assert (await house.rows())[0][0] == "failed"


async def test_a_tap_changes_the_message_by_the_hand_that_wrote_it(house, server):
    await house.say(OPEN, buttons=TAP)
    number = house.got[0].message_id
    await house.say(DONE, edits=number)
    assert (len(house.got), house.got[0].message_id) == (1, number)
    assert ("☑ Run" in house.got[0].lines, house.got[0].buttons) == (True, [])
    await house.say(text="All done 07:40", edits=number)
    assert house.got[0].lines == ["All done 07:40"], "a rich message stays one"
    assert await house.rows() == [("sent", "rich", number)] * 3
    assert len(house.calls("sendMessage")) == 0


async def test_what_was_written_in_html_stays_in_html_although_rich_is_known_by_now(house, server):
    server.fail("sendRichMessage", 400, description="Bad Request: strange block")
    await house.say(OPEN, buttons=TAP)
    await house.say(DONE, edits=house.got[0].message_id)
    assert "☑ Run" in house.got[0].text
    assert [row[1] for row in await house.rows()] == ["html", "html"]


async def test_what_stands_there_already_counts_as_sent(house):
    await house.say(text="the same", buttons=TAP)
    await house.say(text="the same", buttons=TAP, edits=house.got[0].message_id)
    assert [row[0] for row in await house.rows()] == ["sent", "sent"]
    assert len(house.got) == 1


async def test_what_cannot_be_changed_is_said_anew(house):
    await house.say(text="new words", edits=99_999)
    assert ([sent.text for sent in house.got], (await house.rows())[0][0]) == (["new words"], "sent")


async def test_buttons_alone_are_taken_away_and_never_become_a_message(house):
    await house.say(text="Sure?", buttons=TAP)
    number = house.got[0].message_id
    await house.say(text="", edits=number)
    assert (house.got[0].text, house.got[0].buttons) == ("Sure?", [])
    await house.say(text="", edits=99_999)
    await house.say(text="", edits=number, buttons=TAP)
    assert (len(house.got), house.got[0].labels) == (1, ["Done"])
    assert [row[0] for row in await house.rows()] == ["sent"] * 4


async def test_of_a_long_message_the_last_part_is_changed_where_the_rest_stays(house):
    long = "a" * 4000
    await house.say(text=f"{long}\n\n{'b' * 500}", buttons=TAP)
    first, last = house.got
    await house.say(text=f"{long}\n\n{'c' * 500}", edits=last.message_id)
    assert [sent.text for sent in house.got] == [long, "c" * 500]
    assert (first.history, last.buttons) == ([], [])
    await house.say(text="short now", edits=last.message_id, buttons=TAP)
    assert [sent.text for sent in house.got] == [long, "c" * 500, "short now"], "else it is said anew"


async def test_a_message_with_a_file_is_not_changed_into_words(house):
    await house.say(File("plan.ics", "text/calendar", b"BEGIN"), text="Your calendar", buttons=TAP)
    await house.say(text="Taken back", edits=house.got[0].message_id)
    assert [sent.text for sent in house.got] == ["Your calendar", "Taken back"]
    assert house.got[0].buttons == [], "its buttons are gone"


async def test_a_change_waits_and_is_tried_again_like_any_message(house, server):
    await house.say(text="open", buttons=TAP)
    server.fail("editMessageText", 500, times=1)
    await house.say(text="done", edits=house.got[0].message_id)
    assert house.got[0].text == "open"
    await house.drain(1)
    assert (house.got[0].text, len(house.got)) == ("done", 1)


async def test_a_send_that_timed_out_is_tried_once_more_and_then_put_aside(house, server):
    server.hang("sendMessage", after=1.2, times=2, chat_id=house.chat_id)
    await house.say(text="slow")
    await house.drain(5)
    await house.drain(500)
    assert len(house.got) == 2, "a bounded duplicate"
    assert ((await house.rows())[0][0], await house.doubts()) == ("failed", [True])


async def test_a_safety_text_is_tried_until_it_is_known_to_have_arrived(house, server):
    server.hang("sendMessage", after=1.2, times=3, chat_id=house.chat_id)
    await house.say(text="Call 112", category="safety", level="emergency")
    for _ in range(3):
        await house.drain(10)
    assert (await house.rows())[0][0] == "sent"


async def test_an_answer_nobody_can_read_is_tried_three_times(house, server):
    server.fail("sendMessage", 200, chat_id=house.chat_id, times=9)
    await house.say(text="hello")
    for _ in range(5):
        await house.drain(100)
    assert (len(house.calls()), (await house.rows())[0][0]) == (3, "failed")


async def test_a_connection_that_is_cut_again_and_again_is_not_tried_for_ever(house, server):
    server.fail("sendMessage", -1, chat_id=house.chat_id, times=99)
    await house.say(text="hello")
    for _ in range(9):
        await house.drain(100)
    assert (len(house.got), (await house.rows())[0][0]) == (6, "failed")


async def test_a_dead_token_shuts_the_mouth_and_keeps_the_rows_until_it_lives_again(house, server):
    server.fail("sendMessage", 401)
    server.fail("getMe", 401, times=2)
    await house.say(text="one")
    await house.say(text="two")
    await house.drain(30)
    assert len(house.calls()) == 1, "nobody is asked in vain"
    await house.drain(31)
    assert [row[0] for row in await house.rows()] == ["pending"] * 2, "and it was not accepted yet"
    await house.drain(61)
    assert [sent.text for sent in house.got] == ["one", "two"]


async def test_a_second_process_with_this_token_is_waited_for(house, server):
    server.fail("sendMessage", 409)
    await house.say(text="hello")
    await house.drain(29)
    assert house.got == []
    await house.drain(2)
    assert [sent.text for sent in house.got] == ["hello"]


async def test_who_shut_us_out_is_left_alone(house, server):
    server.fail("sendMessage", 403)
    await house.write(text="one")
    await house.write(text="two")
    await house.drain()
    assert [row[0] for row in await house.rows()] == ["dropped"] * 2
    state = select(ChannelAccount.state).where(ChannelAccount.id == house.who.account_id)
    assert await house.app.database.run_read(lambda s: s.scalar(state)) == "blocked"
    assert len(house.calls()) == 1


async def test_a_long_429_gives_the_row_back_and_the_message_arrives_once(house, server):
    server.fail("sendMessage", 429, retry_after=40, chat_id=house.chat_id)
    await house.say(text="hello")
    assert (await house.rows())[0][0] == "pending"
    assert Address(house.who.user_id, house.who.account_id) not in house.post._lanes._tasks, "no worker holds it"
    await house.drain(39)
    assert house.got == []


async def test_a_row_without_anything_to_show_is_set_aside(house):
    await house.say(text=" ")
    assert (await house.rows())[0][0] == "failed"


@pytest.mark.parametrize(
    ("category", "fields", "is_silent"),
    [
        ("reply", {}, False),
        ("reply", {"receipts": (Receipt("task", "1", "completed"),)}, True),
        ("reply", {"receipts": (Receipt("plan", "1", "created"),), "cards": (OPEN,)}, False),
        ("reply", {"is_quiet": True}, True),
        ("reminder", {}, False),
        ("reminder", {"is_quiet": True}, True),
        ("report", {}, True),
        ("safety", {"is_quiet": True}, False),
        ("reply", {"is_quiet": True, "level": "urgent"}, False),
    ],
)
def test_which_messages_make_no_sound(category, fields, is_silent):
    assert is_silent_for(category, Message("logistics", "reply", "x", START, **fields)) == is_silent


@pytest.mark.parametrize("size", [1, 60])
async def test_a_long_list_is_readable_in_every_hand(house, server, size):
    card = Card("Plan", ("Day", "What"), tuple((f"day {n}", f"dish {n}") for n in range(size)))
    await house.say(card)
    await house.wish_plain()
    await house.say(card)
    for sent in (house.got[0], house.got[-1]):
        shown = "\n".join((sent.text, *sent.lines))
        assert all(f"dish {n}" in shown for n in range(size))


async def test_not_even_a_safety_text_is_said_for_ever(house, server):
    server.fail("sendMessage", -1, chat_id=house.chat_id, times=99)
    await house.say(text="Call 112", category="safety", level="emergency")
    for _ in range(15):
        await house.drain(100)
    assert (len(house.got), (await house.rows())[0][0]) == (12, "failed")
