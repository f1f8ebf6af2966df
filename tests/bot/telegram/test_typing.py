"""Where only words can answer, the field for them opens with an example: in private, and never beside buttons."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agents.domain.blocks import Card
from agents.domain.turn import Button, Message
from agents.nodes.phrase import TYPED
from agents.schemas import Moment
from agents.understanding.rules import Rules
from bot.render.telegram import parts_of, units
from bot.render.telegram.parts import PLACEHOLDER_LIMIT
from bot.telegram.calls import _below
from bot.telegram.mouth import Mouth
from prompts.loader import Catalogue, languages
from tests.support.telegram.server import TOKEN, TelegramServer

START = datetime(2026, 11, 23, 7, tzinfo=UTC)
ASK = Message("logistics", "reply", "Tell me your weight.", START, expects="81.4 kg")


def test_the_field_opens_with_the_example():
    (part,) = parts_of(ASK)
    assert _below(7, part).input_field_placeholder == "81.4 kg"
    assert _below(7, part).force_reply


def test_not_in_a_group_not_beside_buttons_and_not_in_the_place_of_another_message():
    (part,) = parts_of(ASK)
    assert _below(-7, part) is None
    (part,) = parts_of(Message("logistics", "reply", "?", START, ((Button("Skip", "skip"),),), expects="81.4 kg"))
    assert hasattr(_below(7, part), "inline_keyboard")
    (part,) = parts_of(ASK, is_edit=True)
    assert _below(7, part) is None


@pytest.mark.parametrize("long", ["x" * 200, "😀" * 80, "\u0000 \n"])
def test_an_example_always_fits(long):
    (part,) = parts_of(Message("logistics", "reply", "?", START, expects=long))
    assert units(part.expects) <= PLACEHOLDER_LIMIT
    assert part.expects == part.expects.strip()


@pytest.mark.parametrize("key", sorted(TYPED))
def test_every_example_is_understood_as_it_stands(key):
    for language in languages():
        words = Catalogue().say(language, f"type-{key}", {})
        assert 0 < units(words) <= PLACEHOLDER_LIMIT
    understood = Rules().read(Catalogue().say("en", f"type-{key}", {}), Moment(START))
    assert understood.facts or {intent.name for intent in understood.intents} - {"unknown"}


async def test_telegram_takes_it_from_a_part_of_any_hand():
    table = Card("Plan", ("What",), (("Oats",),))
    with TelegramServer() as server:
        server.message(7, text="hello")
        mouth = Mouth(TOKEN, server.address)
        await mouth.open()
        for hand, message in (("html", ASK), ("plain", ASK), ("rich", replace(ASK, cards=(table,)))):
            (part,) = parts_of(message, hand)
            assert (await mouth.send(7, part)).fate == "sent"
            field = server.inbox_of(7)[-1].markup
            assert field == {"force_reply": True, "input_field_placeholder": "81.4 kg"}
        await mouth.close()
