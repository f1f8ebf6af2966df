"""A shared place sets the clock and nothing else; a file beside words does not hide the words."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agents.domain import changes as c
from agents.domain.context import Context
from agents.domain.turn import Attachment, Inbound, Message
from agents.graph import conversation
from agents.schemas import Amount, Intent, Understanding
from tests.support.mind import NOW, MemoryInMemory, ScriptedModel, asked, newcomer, ports, settled

GRAPH = conversation()
LISBON = Attachment("location", latitude=38.7, longitude=-9.1)
NOWHERE = Attachment("location", latitude=0.0, longitude=200.0)


def zone_at(latitude: float, _longitude: float) -> str | None:
    return "Europe/Lisbon" if latitude == 38.7 else None


async def sent(
    context: Context, file: Attachment, text: str = "", **inbound: Any
) -> tuple[MemoryInMemory, tuple[Message, ...]]:
    memory = MemoryInMemory(context)
    drank = Understanding((Intent("log_water", Amount(500, "ml")),))
    house = replace(ports(memory, ScriptedModel({"drank 500 ml": drank})), zone_at=zone_at)
    said = Inbound(text=text, at=NOW, attachment=file, **inbound)
    final = await GRAPH.ainvoke({"inbound": said, "parts": []}, context=house)
    return memory, final["messages"]


async def test_a_place_sets_the_clock_and_shows_it() -> None:
    memory, messages = await sent(settled(), LISBON)
    saved = [change for change in memory.changes if isinstance(change, c.ProfileSaved)]
    assert [change.after.timezone for change in saved] == ["Europe/Lisbon"]
    here = NOW.astimezone(ZoneInfo("Europe/Lisbon"))
    assert f"By your place it is {here:%H:%M} for you now." in messages[0].text
    assert "38.7" not in str(memory.changes)


async def test_a_place_answers_the_question_for_the_clock() -> None:
    memory, messages = await sent(asked("timezone"), LISBON)
    assert any(isinstance(change, c.ProfileSaved) for change in memory.changes)
    assert "Right? Otherwise name your city" not in "".join(one.text for one in messages)


@pytest.mark.parametrize(
    ("context", "file", "inbound"),
    [
        (settled(), NOWHERE, {}),
        (settled(), Attachment("location"), {}),
        (settled(), LISBON, {"is_forwarded": True}),
        (newcomer(), LISBON, {}),
    ],
)
async def test_a_place_that_tells_nothing_changes_nothing(context: Context, file: Attachment, inbound: Any) -> None:
    memory, messages = await sent(context, file, **inbound)
    assert not any(isinstance(change, c.ProfileSaved) for change in memory.changes)
    assert "name your city" in messages[0].text.lower()


async def test_words_beside_a_picture_are_answered() -> None:
    memory, messages = await sent(settled(), Attachment("photo", 10), "drank 500 ml")
    assert any(isinstance(change, c.MetricLogged) for change in memory.changes)
    assert messages[0].text == "I went by your words and did not look at the picture."
    assert "500 ml" in messages[1].text
