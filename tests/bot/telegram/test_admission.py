"""Deep links with an invitation, and a bot that coaches only who was invited."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.telegram.mouth import Sent
from storage import invites
from storage.invites import GUESSES, Terms
from tests.support.desk import DeskHouse

CHEST_PAIN = "I have crushing chest pain and cannot breathe"
HELLO, NEEDED = "Hello, I am Keel", "For now I coach only people who were invited."
WELCOME, SPENT, UNKNOWN = "Your invitation is accepted", "This invitation has been used up", "I do not know this"
PEOPLE = "SELECT count(*) FROM users"


@pytest.fixture
async def closed(template, tmp_path):
    """A house for invited people only."""
    path = Path(shutil.copytree(template, tmp_path / "closed")) / "keel.sqlite3"
    made = DeskHouse(path, invite_only=True)
    yield made
    await made.desk.close(1)
    await made.post.close(1)
    await made.app.close()


async def link(house, **terms):
    keys = house.app.ring.keys
    return await house.app.database.run_write(lambda s: invites.make(s, keys, Terms(**terms)))


async def start(house, code, chat_id=7):
    await house.hear(f"/start {code}", chat_id)
    await house.later(1)


def begins(house, *starts, chat_id=7):
    """Whether these were said, in this order, and nothing else."""
    texts = house.texts(chat_id)
    return [text.startswith(words) for text, words in zip(texts, starts, strict=False)] == [True] * len(texts) and len(
        texts
    ) == len(starts)


async def test_a_link_is_thanked_for_and_the_conversation_begins(house):
    await start(house, await link(house))
    assert begins(house, WELCOME, HELLO), house.texts()
    assert await house.ask("SELECT used_count FROM invites") == 1
    said = await house.ask("SELECT count(*) FROM messages WHERE direction = 'inbound'")
    assert said == 1


async def test_where_everybody_is_welcome_a_link_that_opens_nothing_keeps_nobody_out(house):
    await start(house, "inv_no_such_key")
    assert begins(house, UNKNOWN, HELLO), house.texts()
    await house.hear("/start some_other_link")
    assert not any(text.startswith(UNKNOWN) for text in house.texts()[2:])


async def test_opening_the_same_link_twice_uses_it_once(house):
    code = await link(house, max_uses=5)
    for _ in range(2):
        await start(house, code)
    assert house.texts()[2].startswith("You are in with this invitation already")
    assert await house.ask("SELECT used_count FROM invites") == 1


async def test_an_invited_stranger_comes_in_and_an_uninvited_one_leaves_no_trace(closed):
    code = await link(closed)
    await closed.hear("hello", 8)
    assert begins(closed, NEEDED, chat_id=8)
    assert await closed.ask(PEOPLE) == 0
    await start(closed, code)
    assert begins(closed, WELCOME, HELLO)
    await start(closed, code, 8)
    assert begins(closed, NEEDED, SPENT, chat_id=8)
    assert await closed.ask(PEOPLE) == 1
    await closed.hear("/help")
    assert "AI wellness coach" in closed.texts()[-1], "who is in is served"


async def test_the_uninvited_are_told_once_an_hour_and_taps_and_pictures_open_nothing(closed):
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]
    await closed.accept(closed.update(text="hello"))
    await closed.accept(closed.update(photo=photo))
    await closed.accept(closed.tap("onb:consent:yes"))
    await closed.later(1)
    assert begins(closed, NEEDED)
    await closed.later(3600)
    await closed.hear("hello?")
    assert begins(closed, NEEDED, NEEDED)
    assert await closed.ask(PEOPLE) == 0
    assert await closed.count("inbox", "received") == 0


async def test_a_red_flag_is_answered_whoever_wrote_it_each_time(closed):
    for _ in range(2):
        await closed.hear(CHEST_PAIN)
    assert len(closed.texts()) == 2
    assert all("112" in text or "emergency" in text for text in closed.texts())
    assert all(part.html is None for _chat, part in closed.mouth.said)
    assert await closed.ask(PEOPLE) == 0


async def test_the_answer_to_a_red_flag_survives_that_telegram_is_away(closed, monkeypatch):
    async def at_once(_seconds):
        return None

    monkeypatch.setattr("bot.telegram.post.asyncio.sleep", at_once)
    closed.mouth.fates = [Sent("unreachable")] * 4
    await closed.hear(CHEST_PAIN)
    assert closed.texts() == []
    await closed.later(30)
    assert len(closed.texts()) == 1


async def test_guessing_ends_soon(closed):
    for number in range(GUESSES + 2):
        await closed.hear(f"/start inv_guess{number}")
    said = closed.texts()
    assert [text.startswith(UNKNOWN) for text in said] == [True] * GUESSES + [False] * 2
    assert said[-1].startswith("Those were several invitations")
    await start(closed, await link(closed))
    assert closed.texts()[-1].startswith("Those were several"), "not even a good one, for an hour"
    closed.clock.advance(timedelta(hours=1, minutes=1))
    await start(closed, await link(closed))
    assert closed.texts()[-1].startswith(HELLO)


async def test_a_forwarded_link_lets_nobody_in(closed):
    code = await link(closed)
    origin = {"type": "user", "date": 1, "sender_user": {"id": 9, "is_bot": False, "first_name": "Ben"}}
    await closed.accept(closed.update(text=f"/start {code}", forward_origin=origin))
    assert begins(closed, NEEDED)


async def test_a_turn_that_is_made_again_thanks_once(house):
    """A process ends between letting somebody in and answering: the second try finds them in already."""
    code = await link(house)
    update = house.update(text=f"/start {code}")
    turns, house.app.turns = house.app.turns, None
    await house.accept(update)
    house.app.turns = turns
    house.clock.advance(timedelta(minutes=1))
    await house.later(0)
    await house.later(1)
    assert begins(house, WELCOME, HELLO), house.texts()
    assert await house.ask("SELECT used_count FROM invites") == 1


async def test_the_key_itself_is_not_kept(house):
    await house.hear("hello")
    await house.accept(house.tap("onb:consent:yes"))
    await house.later(0.4)
    code = await link(house)
    await start(house, code)
    folder = Path(house.app.settings.database.removeprefix("sqlite:///")).parent
    assert all(code.encode() not in path.read_bytes() for path in folder.iterdir())
    person = await house.app.turns.person(_contact())
    said = await house.app.database.run_read(lambda s: _texts(house, s, person.user_id))
    assert not any(code in (text or "") for text in said)


def _contact():
    from storage.people import Contact

    return Contact("telegram", "7")


def _texts(house, session, user_id):
    import sqlalchemy as sa

    from storage.keyscope import entered
    from storage.models.conversation import Message

    with entered(house.app.ring.scope(session, user_id)):
        return list(session.scalars(sa.select(Message.text).where(Message.user_id == user_id)))
