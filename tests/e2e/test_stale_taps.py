"""Old buttons, double taps, unknown and foreign ids: harmless, and answered."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from agents.domain.crockford import encode
from tests.e2e.ledger import Ledger
from tests.support.console import Console

NOBODYS = encode(UUID(int=0x019AA0000000700080000000DEADBEEF))


@pytest.fixture(scope="module")
def chat(shared: Path) -> Iterator[Console]:
    """A person after the lock, who has seen today and a reminder."""
    with Console(shared) as console:
        yield console


def rows(ledger: Ledger) -> tuple[object, ...]:
    return (
        ledger.all("SELECT id, status FROM tasks ORDER BY id"),
        ledger.all("SELECT id, state FROM reminders ORDER BY id"),
        ledger.all("SELECT id, response FROM reminder_firings ORDER BY id"),
        ledger.count("health_metrics"),
        ledger.one("SELECT max(version) FROM profile_versions"),
        ledger.count("users"),
    )


@pytest.mark.parametrize(
    "data",
    [
        "onb:weight_kg:unsaid",
        "onb:confirm:lock",
        "onb:consent:no",
        "profile:confirm",
        "profile:keep",
        "delete:yes",
        "delete:no",
        f"task:done:{NOBODYS}",
        f"task:snooze:{NOBODYS}",
        f"firing:done:{NOBODYS}",
        f"firing:snooze10:{NOBODYS}",
        f"undo:task:{NOBODYS}",
        f"undo:reminder:{NOBODYS}",
        f"undo:log:meal:{NOBODYS}",
        "undo:log:users:1",
        "task:done:",
        "task:done:not-an-id",
        "task:explode:01M83FTSR0FRSS3EB3TGGXP876",
        "firing:done:🙂",
        "water:-250",
        "water:99999999999999999999",
        "water:²",
        "weighin:NaN",
        "weighin:-5",
        "weighin:1e9",
        "checkin:energy_level:99",
        "checkin:user_id:1",
        "view:everything",
        "meal:swap:1",
        "workout:start:1",
        "unknown:button",
        "foo:bar",
        "A label nobody ever saw",
        "12",
        "x" * 3000,
        "safety:dance",
    ],
)
def test_a_tap_on_something_old_or_unknown_is_answered_and_changes_nothing(
    chat: Console, shared: Path, data: str
) -> None:
    ledger = Ledger(shared)
    before = rows(ledger)
    turn = chat.tap(data)
    assert turn.messages, "no answer at all"
    assert all(message["text"].strip() for message in turn.messages)
    assert turn.receipts == ()
    assert rows(ledger) == before


def test_a_second_tap_on_the_same_task_says_that_it_is_done(chat: Console, shared: Path) -> None:
    data = chat.say("what is on today?").tap("task:done:")
    assert chat.tap(data).receipts == (("task", "completed"),)
    before = rows(Ledger(shared))
    again = chat.tap(data)
    assert "already completed" in again.text
    assert again.receipts == ()
    assert rows(Ledger(shared)) == before


def test_done_then_skip_on_the_same_reminder_keeps_the_first_answer(chat: Console, shared: Path) -> None:
    pushed = chat.advance("PT90M")
    done = chat.tap(pushed.tap("firing:done:"))
    assert done.receipts == (("reminder_firing", "completed"),)
    second = chat.tap(pushed.tap("firing:skip:"))
    assert second.receipts == ()
    assert "already" in second.text
    assert Ledger(shared).count("reminder_firings", "response = 'done'") == 1


def test_undo_twice_undoes_once(chat: Console) -> None:
    logged = chat.say("drank 400 ml")
    data = logged.tap("undo:log:")
    first = chat.tap(data)
    assert first.receipts != ()
    second = chat.tap(data)
    assert second.receipts == ()
    assert "kept" not in second.text or "nothing" in second.text.lower()


def test_undo_after_undo_by_words_finds_nothing_that_the_person_did_not_do(chat: Console, shared: Path) -> None:
    chat.say("drank 150 ml")
    assert chat.say("undo").receipts != ()
    active = Ledger(shared).count("reminders", "state = 'active'")
    chat.say("undo")
    chat.say("undo")
    assert Ledger(shared).count("reminders", "state = 'active'") == active


def test_an_old_proposal_does_not_come_back(chat: Console, shared: Path) -> None:
    proposal = chat.say("train 5 days")
    chat.tap(proposal.tap("profile:keep"))
    late = chat.tap(proposal.tap("profile:confirm"))
    assert late.receipts == ()
    assert Ledger(shared).one("SELECT max(version) FROM profile_versions") == 1
