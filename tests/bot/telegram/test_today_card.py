"""Today's card on a screen: changed in place, said anew only where it is asked for, and never an avalanche."""

import pytest

from bot.telegram.mouth import Sent
from storage.people import Contact
from tests.support.house import FACTS_IN_FULL


@pytest.fixture
async def settled(house):
    """Somebody with a plan for today, who has seen their card: its number stands in `house.card`."""
    await house.hear("hello")
    await tap(house, "onb:consent:yes")
    await house.hear(FACTS_IN_FULL)
    while onboarding := [data for data in buttons(house) if data.startswith("onb:")]:
        await tap(house, next((data for data in onboarding if ":ctl_defaults" in data), onboarding[0]))
    await house.hear("/today")
    await house.later(1)
    house.card = house.ids[-1]
    return house


@pytest.fixture
async def house(house):
    """Knows which number each message got."""
    send, house.ids = house.mouth.send, []

    async def numbered(*arguments, **more):
        result = await send(*arguments, **more)
        house.ids += [result.message_id] if result.fate == "sent" else []
        return result

    house.mouth.send = numbered
    return house


def buttons(house):
    """The data of the newest message's buttons."""
    return [key.data for row in house.mouth.said[-1][1].buttons for key in row]


async def tap(house, data, card=None):
    await house.accept(house.tap(data, card or house.ids[-1]))
    await house.later(0.4)
    await house.later(1)


def changes(house, card):
    return [part for _chat, number, part in house.mouth.edited if number == card]


def task_buttons(house):
    return [data for data in buttons(house) if data.startswith("task:done:")]


async def test_a_task_that_is_done_by_words_is_ticked_where_the_card_stands(settled):
    house, open_tasks = settled, task_buttons(settled)
    assert open_tasks
    before = len(house.mouth.said)
    await house.hear("task 1 done")
    await house.later(1)
    assert len(house.mouth.said) == before + 1, "one answer, and no second card"
    (card,) = changes(house, house.card)
    assert "☑" in (card.text + (card.html or "") + str(card.rich))


async def test_asked_for_again_there_is_one_card_and_it_is_the_new_one(settled):
    house, old = settled, settled.card
    await house.hear("/today")
    await house.later(1)
    assert changes(house, old)[-1].text == "Today’s card is further down now."
    assert task_buttons(house)
    new = house.ids[-1]
    await house.hear("task 1 done")
    await house.later(1)
    assert (len(changes(house, old)), len(changes(house, new))) == (1, 1)


async def test_while_telegram_makes_us_wait_only_the_last_change_of_the_card_waits_with_us(settled):
    house = settled
    house.mouth.fates = [Sent("wait", wait_s=20)]
    for words in ("task 1 done", "undo", "task 1 done"):
        await house.hear(words)
    assert changes(house, house.card) == []
    await house.later(21)
    await house.later(1)
    assert len(changes(house, house.card)) == 1
    dropped = await house.ask("SELECT count(*) FROM outbox WHERE drop_reason = 'superseded'")
    assert dropped == 2


async def test_a_card_that_was_deleted_is_not_said_anew(settled):
    house = settled
    before = len(house.mouth.said)

    async def gone(chat_id, message_id, part, _manner):
        return Sent("gone", reason="message to edit not found")

    house.mouth.edit = gone
    await house.hear("task 1 done")
    await house.later(1)
    assert len(house.mouth.said) == before + 1
    assert await house.count("outbox", "pending") == 0


async def test_what_is_known_of_the_card_is_its_newest_number(settled):
    person = await settled.app.turns.person(Contact("telegram", "7"))
    from storage.inbox import Origin
    from storage.memory import TurnMemory

    memory = TurnMemory(settled.app.database, settled.app.ring, person, Origin(4242, 1, "telegram"))
    today = settled.clock().date().isoformat()
    assert await memory.live(f"today:{today}") == settled.card
    assert await memory.live("today:2020-01-01") is None


async def test_where_only_words_can_answer_the_field_for_them_opens(settled):
    await settled.hear("/log")
    assert settled.mouth.said[-1][1].expects == "2 eggs and a slice of toast"
    await settled.hear("/water")
    assert settled.mouth.said[-1][1].expects == "", "there are buttons"
