"""One card of today: ticked from anywhere, moved when it is asked for again, and left alone otherwise."""

from dataclasses import replace
from typing import Any

import pytest

from agents.domain.blocks import Checklist
from agents.domain.context import Context
from agents.domain.crockford import encode
from agents.domain.turn import Inbound, Message
from agents.graph import conversation
from agents.understanding.rules import Rules
from tests.support.mind import NOW, MemoryInMemory, ports, settled, task

GRAPH = conversation()
WALK, BED = task(1, "Walk 20 min"), task(2, "Lights out by 22:30", "sleep")
CARD = 300
PERSON = settled(tasks=(WALK, BED))
TOPIC = f"today:{PERSON.today.isoformat()}"
ON_SCREEN = {TOPIC: CARD}


async def heard(context: Context, text: str = "", *, lively: Any = ON_SCREEN, **said: Any) -> tuple[Message, ...]:
    known = MemoryInMemory(context, lively=lively)
    inbound = Inbound(text=text, at=NOW, **{"message_id": 20, **said})
    final = await GRAPH.ainvoke({"inbound": inbound, "parts": []}, context=replace(ports(known), model=Rules()))
    messages: tuple[Message, ...] = final["messages"]
    return messages


def checklist(message: Message) -> Checklist:
    return next(card for card in message.cards if isinstance(card, Checklist))


async def test_the_first_card_of_a_day_is_the_live_one() -> None:
    (card,) = await heard(PERSON, "/today", lively={})
    assert (card.live, card.edits) == (TOPIC, None)
    assert checklist(card).marks == (False, False)


async def test_what_is_ticked_by_words_is_ticked_on_the_card_after_the_answer() -> None:
    answer, card = await heard(PERSON, "walk done")
    assert (answer.edits, answer.live) == (None, "")
    assert (card.edits, card.live) == (CARD, TOPIC)
    assert checklist(card).marks == (True, False)
    assert not [b for row in card.buttons for b in row if b.data.endswith(encode(WALK.id))], "its buttons are used"
    assert [b for row in card.buttons for b in row if b.data.endswith(encode(BED.id))]


async def test_what_is_ticked_on_another_message_is_ticked_on_the_card_too() -> None:
    answer, card = await heard(PERSON, tap=f"task:done:{encode(BED.id)}", tapped=77, message_id=None)
    assert (answer.edits, card.edits) == (None, CARD)
    assert checklist(card).marks == (False, True)


async def test_what_is_taken_back_is_open_again_on_the_card() -> None:
    done = settled(tasks=(replace(WALK, status="completed"), BED))
    *_, card = await heard(done, tap=f"undo:task:{encode(WALK.id)}", tapped=77, message_id=None)
    assert checklist(card).marks == (False, False)


async def test_a_tap_on_the_card_itself_changes_it_once() -> None:
    found = await heard(PERSON, tap=f"task:done:{encode(WALK.id)}", tapped=CARD, message_id=None)
    assert [message.edits for message in found if message.live] == []


async def test_asked_for_again_it_moves_down() -> None:
    card, old = await heard(PERSON, "/today")
    assert (card.edits, card.live) == (None, TOPIC)
    assert (old.edits, old.text, old.cards, old.buttons) == (CARD, "Today’s card is further down now.", (), ())


@pytest.mark.parametrize("words", ["drank 300 ml", "what can you do?", "thank you", "walk tomorrow"])
async def test_what_ticks_nothing_changes_no_card(words: str) -> None:
    assert [message.edits for message in await heard(PERSON, words)] == [None]


async def test_a_card_of_another_day_is_left_as_it_is() -> None:
    assert [message.edits for message in await heard(PERSON, "walk done", lively={"today:2026-11-22": CARD})] == [None]


async def test_a_channel_whose_messages_have_no_numbers_gets_no_changes() -> None:
    assert [message.edits for message in await heard(PERSON, "walk done", message_id=None)] == [None]
    (card,) = await heard(PERSON, "/today", message_id=None)
    assert card.live == ""


async def test_beside_an_alarm_nothing_is_changed() -> None:
    found = await heard(PERSON, "walk done, now I have crushing chest pain and cannot breathe")
    assert [message.edits for message in found] == [None] * len(found)


async def test_when_the_card_cannot_be_looked_up_the_answer_comes_alone() -> None:
    known = MemoryInMemory(PERSON, lively=ON_SCREEN, fails_at="live")
    inbound = Inbound(text="walk done", at=NOW, message_id=20)
    final = await GRAPH.ainvoke({"inbound": inbound, "parts": []}, context=replace(ports(known), model=Rules()))
    assert [message.edits for message in final["messages"]] == [None]
