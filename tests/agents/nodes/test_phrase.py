"""Parts become worded messages."""

from typing import Any

import pytest

from agents.domain.changes import EventNoted
from agents.domain.turn import Button, Draft, Inbound
from agents.nodes.phrase import phrase
from agents.state import Choice, Line, Part
from tests.support.mind import NOW, MemoryInMemory, ports, settled


class Runtime:
    """What a node is handed by the graph."""

    context = ports(MemoryInMemory(settled()))


async def worded(*parts: Part, **inbound: Any) -> tuple[Draft, ...]:
    state: Any = {"vetted": list(parts), "context": settled(), "inbound": Inbound("", NOW, **inbound)}
    done = await phrase(state, Runtime())  # type: ignore[arg-type]  # has what the node uses
    assert done.goto == ("settle" if inbound.get("tapped") else "keep_up"), "no voice is set up here"
    return done.update["drafts"]


def test_a_claim_needs_a_proof() -> None:
    with pytest.raises(ValueError, match="claims a change"):
        Line("done-water", {"ml": "1", "total": "1"})


async def test_neighbouring_parts_of_one_specialist_become_one_message() -> None:
    parts = (
        Part("logistics", lines=(Line("youre-welcome"),)),
        Part("logistics", lines=(Line("goodbye"),), level="caution"),
    )
    (draft,) = await worded(*parts)
    assert draft.text == "Gladly.\nTake care. I am here when you write."
    assert draft.level == "caution"


async def test_parts_are_said_in_their_order() -> None:
    drafts = await worded(
        Part("logistics", lines=(Line("goodbye"),), order=60),
        Part("intake_safety", lines=(Line("youre-welcome"),), order=10),
    )
    assert [draft.agent for draft in drafts] == ["intake_safety", "logistics"]


async def test_a_safety_text_stands_alone_and_word_for_word() -> None:
    fixed = Part(
        "intake_safety", fixed_text="Call 112.", level="emergency", order=0, buttons=((Button("I called", "x"),),)
    )
    drafts = await worded(Part("intake_safety", lines=(Line("goodbye"),), order=20), fixed)
    assert [draft.text for draft in drafts] == ["Call 112.", "Take care. I am here when you write."]
    assert drafts[0].buttons[0][0].label == "I called"


async def test_claims_travel_with_their_message() -> None:
    change = EventNoted("x")
    line = Line("done-water", {"ml": "250", "total": "250"}, (change,))
    (draft,) = await worded(Part("logistics", changes=(change,), lines=(line,)))
    assert draft.claims == (change,)


async def test_an_empty_part_says_nothing() -> None:
    assert await worded(Part("logistics")) == ()


async def test_a_long_text_is_said_to_be_cut_before_everything_else() -> None:
    drafts = await worded(Part("logistics", lines=(Line("goodbye"),)), was_cut=True)
    assert drafts[0].text.startswith("That was long")


async def test_buttons_are_worded_with_their_arguments() -> None:
    choice = Choice("opt-water", "water:250", {"ml": "250"})
    (draft,) = await worded(Part("logistics", lines=(Line("water-how"),), choices=((choice,),)))
    assert draft.buttons == ((Button("+250 ml", "water:250"),),)
