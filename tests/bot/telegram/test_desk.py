"""The desk and the post on a clock that is moved by hand, with a mouth that says what it is told to."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agents.domain.turn import Message
from bot.telegram.mouth import Sent
from bot.telegram.post import STRAIGHT_TRIES
from bot.turn import TurnOutcome
from storage.errors import DatabaseFull
from storage.people import Contact

START = datetime(2026, 11, 23, 7, tzinfo=UTC)
HELP = "I have crushing chest pain and cannot breathe"


class Unwritable:
    """Turns on a database that takes nothing: the row stays open."""

    def __init__(self, *messages):
        self._outcome = TurnOutcome(messages, None)

    async def answer(self, *_arguments):
        return self._outcome


SORRY = Message("intake_safety", "reply", "Something went wrong.", START)


async def test_a_turn_that_breaks_is_confessed_at_once_and_the_next_one_passes(house):
    class Broken:
        async def understand(self, _text, _moment):
            raise ZeroDivisionError

    ports = house.app.turns._ports
    house.app.turns._ports = replace(ports, model=Broken())
    await house.hear("hello")
    assert [text.startswith("Something went wrong") for text in house.texts()] == [True]
    assert (await house.count("inbox", "failed"), await house.count("inbox", "received")) == (1, 0)
    house.app.turns._ports = ports
    await house.hear("hello again")
    assert house.texts()[1].startswith("Hello, I am Keel")


async def test_a_turn_that_could_not_be_written_is_made_again_and_nobody_notices(house):
    turns, house.app.turns = house.app.turns, Unwritable(SORRY)
    await house.hear("hello")
    house.app.turns = turns
    await house.later(0.5)
    assert house.texts() == [], "not before its time"
    await house.later(0.5)
    assert [text.startswith("Hello, I am Keel") for text in house.texts()] == [True]
    assert await house.count("inbox", "done") == 1


async def test_a_turn_that_can_never_be_written_is_given_up_honestly(house):
    house.app.turns = Unwritable(SORRY)
    await house.hear("hello")
    for seconds in (1, 2, 4):
        await house.later(seconds)
    assert house.texts() == []
    await house.later(8)
    assert house.texts() == ["Something went wrong."]
    assert await house.count("inbox", "failed") == 1


async def test_a_red_flag_in_a_turn_that_cannot_be_written_does_not_wait(house):
    house.app.turns = Unwritable(replace(SORRY, text="Call 112.", level="emergency"), SORRY)
    await house.hear(HELP)
    assert house.texts() == ["Call 112."]


async def test_an_update_that_ended_the_process_again_and_again_is_given_up(house):
    arrival = house.arrival(house.update(text="hello"))
    from storage import claims, inbox

    await house.app.database.run_write(lambda s: inbox.accept_telegram(s, 4242, [arrival], START))
    for _ in range(5):
        await house.app.database.run_write(lambda s: claims.claim(s, 4242, arrival.sender, "gone", START, START))
    await house.later(1)
    assert [text.startswith("Something went wrong") for text in house.texts()] == [True]
    assert await house.count("inbox", "failed") == 1


async def test_a_payload_that_cannot_be_read_blocks_nobody(house):
    from storage import inbox

    arrival = replace(house.arrival(house.update(text="hello")), payload={"v": 99})
    await house.app.database.run_write(lambda s: inbox.accept_telegram(s, 4242, [arrival], START))
    await house.hear("hello")
    assert [text.startswith("Hello, I am Keel") for text in house.texts()] == [True]
    assert await house.count("inbox", "ignored") == 1


async def test_a_red_flag_is_answered_although_nothing_can_be_written_and_once_only(house, monkeypatch):
    class Full:
        async def run_write(self, _fn):
            raise DatabaseFull("no room")

    batch = [house.update(text=HELP), house.update(8, text="hello")]
    house.reception._database = Full()
    for _ in range(2):
        with pytest.raises(DatabaseFull):
            await house.reception.accept(batch)
    assert len(house.texts()) == 1
    assert "112" in house.texts()[0] or "emergency" in house.texts()[0]
    assert house.mouth.said[0][1].html is None
    assert house.texts(8) == []


async def test_an_album_is_answered_once(house):
    photo = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}], "media_group_id": "a1"}
    await house.accept(house.update(**photo), house.update(**photo, caption="what is this?"))
    await house.accept(house.update(**photo))
    assert house.texts() == []
    await house.later(1.5)
    assert len(house.texts()) == 1
    assert (await house.count("inbox", "done"), await house.count("inbox", "ignored")) == (1, 2)


@pytest.mark.parametrize(
    ("fate", "seconds"),
    [(Sent("wait", wait_s=30), 30), (Sent("unsure"), 5), (Sent("unreachable"), 1), (Sent("locked_out"), 60)],
)
async def test_what_did_not_get_through_waits_its_time_and_is_said_then(house, fate, seconds):
    house.mouth.fates = [fate]
    await house.hear("hello")
    await house.later(seconds - 0.1)
    assert house.texts() == []
    await house.later(0.2)
    assert len(house.texts()) == 1
    assert await house.count("outbox", "sent") == 1


async def test_the_pauses_grow_to_a_minute_and_nothing_is_lost(house):
    house.mouth.fates = [Sent("unreachable")] * 8
    await house.hear("hello")
    for seconds in (1, 2, 4, 8, 16, 32, 60, 60):
        assert house.texts() == []
        await house.later(seconds)
    assert len(house.texts()) == 1


async def test_markup_that_telegram_refuses_goes_out_plain(house, caplog):
    house.mouth.fates = [Sent("unformatted", reason="can't parse entities")]
    await house.hear("hello")
    assert [part.html for _chat, part in house.mouth.said] == [None]
    assert house.texts()[0].startswith("Hello, I am Keel")
    assert "goes out plain" in caplog.text


async def test_a_message_that_is_refused_is_set_aside_and_the_next_one_goes(house, caplog):
    house.mouth.fates = [Sent("refused", reason="message is strange")]
    await house.hear("hello")
    await house.hear("/help")
    assert len(house.texts()) == 1
    assert await house.count("outbox", "failed") == 1
    assert "can never be sent" in caplog.text


async def test_a_long_message_goes_on_with_the_part_that_failed(house):
    from storage import outbox
    from storage.keyscope import entered

    await house.hear("hello")
    person = await house.app.turns.person(Contact("telegram", "7"))

    def write(session):
        with entered(house.app.ring.scope(session, person.user_id)):
            to = outbox.Envelope(person.user_id, person.account_id, "long", "reply", START)
            outbox.add(session, to, Message("logistics", "reply", "a" * 4096 + "b" * 4096, START), None)
            session.flush()

    await house.app.database.run_write(write)
    house.mouth.fates = [Sent("sent", 1), Sent("wait", wait_s=10)]
    await house.later(0)
    await house.later(10)
    assert house.texts()[1:] == ["a" * 4096, "b" * 4096]


async def test_last_words_are_tried_a_few_times_and_then_let_go(house, monkeypatch):
    async def no_time_passes(_seconds):
        return None

    monkeypatch.setattr("bot.telegram.post.asyncio.sleep", no_time_passes)
    house.mouth.fates = [Sent("unreachable")] * (STRAIGHT_TRIES - 1)
    assert await house.post.straight(7, Message("intake_safety", "reply", "gone", START))
    house.mouth.fates = [Sent("unreachable")] * STRAIGHT_TRIES
    assert not await house.post.straight(7, Message("intake_safety", "reply", "gone", START))
    assert house.texts() == ["gone"]
