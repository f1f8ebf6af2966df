"""A tapped message says what became of it: through the whole graph, on a channel that numbers its messages."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from agents.domain import changes as c
from agents.domain.blocks import Button, Card, Checklist, Paragraph
from agents.domain.context import Context, FiringView, OpenQuestion
from agents.domain.crockford import encode
from agents.domain.turn import Inbound, Message
from agents.graph import conversation
from tests.support.mind import NOW, MemoryInMemory, asked, newcomer, ports, settled, task

GRAPH = conversation()
WALK, BED = task(1, "Walk 20 min"), task(2, "Lights out by 22:30", "sleep")
FIRING = UUID(int=77)
CARD = 300
CLOCK = f"{settled().local_now:%H:%M}"


def message(text: str, *rows: tuple[Button, ...], **more: Any) -> Message:
    return Message("logistics", "reply", text, NOW, rows, **more)


def of(one: Any) -> tuple[Button, ...]:
    name = encode(one.id)
    return (
        Button("Done", f"task:done:{name}"),
        Button("Skip", f"task:skip:{name}"),
        Button("1 h", f"task:snooze:{name}"),
    )


async def tapped(context: Context, data: str, shown: Message | None, **memory: Any) -> tuple[Message, ...]:
    known = MemoryInMemory(context, on_screen={CARD: shown} if shown else {}, **memory)
    said = Inbound(text="", at=NOW, tap=data, tapped=CARD)
    final = await GRAPH.ainvoke({"inbound": said, "parts": []}, context=ports(known))
    messages: tuple[Message, ...] = final["messages"]
    return messages


def labels(one: Message) -> list[str]:
    return [button.label for row in one.buttons for button in row]


async def test_a_task_that_is_done_says_so_where_it_was_asked_and_nowhere_else() -> None:
    (edited,) = await tapped(settled(tasks=(WALK,)), of(WALK)[0].data, message("Time for a walk.", of(WALK)))
    assert (edited.edits, edited.text) == (CARD, f"Time for a walk.\n\n✓ Done {CLOCK}")
    assert labels(edited) == ["Undo"]
    assert edited.receipts, "the proof of the claim goes with it"


@pytest.mark.parametrize(("place", "words"), [(1, f"Skipped {CLOCK}"), (2, "Put off until")])
async def test_skipped_and_put_off_are_told_apart(place: int, words: str) -> None:
    (edited,) = await tapped(settled(tasks=(WALK,)), of(WALK)[place].data, message("Time for a walk.", of(WALK)))
    assert edited.text.partition("\n\n")[2].startswith(words)


async def test_a_list_gets_its_tick_and_keeps_the_other_tasks_buttons() -> None:
    rows = (("1", "○ Walk 20 min", ""), ("2", "○ Lights out by 22:30", "22:30"))
    today = message("Monday", of(WALK), of(BED), (Button("Week", "view:plan"),), cards=(Card("Tasks", ("#",), rows),))
    (edited,) = await tapped(settled(tasks=(WALK, BED)), of(WALK)[0].data, today)
    assert edited.cards == (Card("Tasks", ("#",), (("1", "✓ Walk 20 min", ""), rows[1])),)
    assert edited.text == "Monday"
    assert labels(edited) == ["Done", "Skip", "1 h", "Week", "Undo"]


async def test_a_check_list_is_ticked_in_its_own_way() -> None:
    rows = (("Walk 20 min",), ("Lights out by 22:30",))
    card = Checklist("Tasks", ("Task",), rows, (False, False))
    (edited,) = await tapped(settled(tasks=(WALK, BED)), of(WALK)[0].data, message("Monday", of(WALK), cards=(card,)))
    assert edited.cards == (replace(card, marks=(True, False)),)


async def test_a_table_without_the_task_is_followed_by_a_line() -> None:
    card = Card("Session", ("Exercise",), (("Squat",),))
    (edited,) = await tapped(settled(tasks=(WALK,)), of(WALK)[0].data, message("Go", of(WALK), cards=(card,)))
    assert edited.cards == (card, Paragraph(f"✓ Done {CLOCK}"))


async def test_a_reminder_that_was_snoozed_says_until_when() -> None:
    firing = FiringView(FIRING, UUID(int=5), "custom", "Stretch", "", 0)
    shown = message("Stretch", (Button("In 1 h", f"firing:snooze60:{encode(FIRING)}"),))
    (edited,) = await tapped(settled(), f"firing:snooze60:{encode(FIRING)}", shown, firings={FIRING: firing})
    later = settled().local_now + timedelta(hours=1)
    assert edited.text == f"Stretch\n\nPut off until {later:%H:%M}"
    assert edited.buttons == ()


async def test_a_choice_stays_readable_and_the_next_question_is_a_message_of_its_own() -> None:
    shown = message("How fit are you?", (Button("Beginner", "onb:fitness_level:beginner"),))
    edited, question = await tapped(asked("fitness_level"), "onb:fitness_level:beginner", shown)
    assert edited.text == "How fit are you?\n\nYou chose: Beginner"
    assert (edited.buttons, edited.receipts, question.edits) == ((), (), None)
    assert question.buttons


async def test_asking_why_is_no_choice() -> None:
    shown = message("How fit are you?", (Button("Why?", "onb:fitness_level:ctl_why"),))
    edited, *_ = await tapped(asked("fitness_level"), "onb:fitness_level:ctl_why", shown)
    assert (edited.text, edited.buttons) == ("How fit are you?", ())


async def test_an_old_button_goes_and_what_stood_there_stays() -> None:
    done = replace(WALK, status="completed")
    edited, answer = await tapped(settled(tasks=(done,)), of(WALK)[0].data, message("Time for a walk.", of(WALK)))
    assert (edited.edits, edited.text, edited.buttons) == (CARD, "Time for a walk.", ())
    assert "already" in answer.text


async def test_undone_is_said_where_the_undo_stood() -> None:
    log = UUID(int=9)
    shown = message("Saved: 250 ml.", (Button("Undo", f"undo:log:health_metric:{encode(log)}"),))
    (edited,) = await tapped(settled(), f"undo:log:health_metric:{encode(log)}", shown)
    assert edited.text == f"Saved: 250 ml.\n\nUndone {CLOCK}"


@pytest.mark.parametrize(
    ("context", "data", "shown"),
    [
        (settled(), "view:today", message("Hello", (Button("Today", "view:today"),))),
        (settled(), "profile:view", message("You", (Button("Profile", "profile:view"),))),
        (settled(tasks=(WALK,)), of(WALK)[0].data, None),
        (settled(tasks=(WALK,)), of(WALK)[0].data, message("Something else")),
        (settled(), "safety:called", message("Call 112.", (Button("I called", "safety:called"),), level="emergency")),
    ],
)
async def test_ways_to_elsewhere_unknown_messages_and_alarms_stay_as_they_are(
    context: Context, data: str, shown: Message | None
) -> None:
    assert {one.edits for one in await tapped(context, data, shown)} == {None}


async def test_before_consent_a_choice_is_shown_and_nothing_is_claimed() -> None:
    shown = message("Shall we?", (Button("Not now", "onb:consent:no"),))
    edited, answer = await tapped(newcomer(), "onb:consent:no", shown)
    assert edited.text.endswith("You chose: Not now")
    assert not any(isinstance(change, c.ConsentGranted) for change in answer.receipts)


async def test_a_memory_that_cannot_tell_costs_only_the_looks() -> None:
    messages = await tapped(settled(tasks=(WALK,)), of(WALK)[0].data, message("Walk", of(WALK)), fails_at="shown")
    assert [one.edits for one in messages] == [None]
    assert messages[0].text.startswith("Done")


async def test_who_deletes_everything_hears_the_last_words_only() -> None:
    question = OpenQuestion("delete_me", (), {}, NOW)
    shown = message("Sure?", (Button("Yes, delete everything", "delete:yes"),))
    messages = await tapped(settled(question=question), "delete:yes", shown)
    assert [one.edits for one in messages] == [None]
