"""What a message led to can be taken back from its receipts."""

from uuid import UUID

import pytest

from agents.domain.changes import LogRemoved, ReminderCancelled, TaskMarked
from agents.domain.crockford import encode
from agents.domain.undoing import LOGS, taking_back

ROW = UUID(int=7)
NAME = encode(ROW)


@pytest.mark.parametrize("entity", LOGS)
def test_a_log_goes(entity: str) -> None:
    (change,) = taking_back([(entity, NAME, "created")])
    assert isinstance(change, LogRemoved)
    assert (change.entity, change.row_id) == (entity, ROW)


@pytest.mark.parametrize("action", ["completed", "skipped"])
def test_a_task_is_open_again(action: str) -> None:
    (change,) = taking_back([("task", NAME, action)])
    assert isinstance(change, TaskMarked)
    assert (change.task_id, change.status) == (ROW, "pending")


def test_a_reminder_ends() -> None:
    (change,) = taking_back([("reminder", NAME, "created")])
    assert isinstance(change, ReminderCancelled)
    assert change.reminder_id == ROW


@pytest.mark.parametrize(
    "receipt",
    [("profile", NAME, "updated"), ("plan", NAME, "created"), ("meal", NAME, "deleted"), ("task", NAME, "snoozed"),
     ("reminder", NAME, "cancelled"), ("meal", "not an id", "created")],
)  # fmt: skip
def test_what_new_words_replace_by_themselves_stays(receipt: tuple[str, str, str]) -> None:
    assert taking_back([receipt]) == ()


def test_everything_of_one_message_goes_together() -> None:
    receipts = [("meal", NAME, "created"), ("profile", NAME, "updated"), ("task", NAME, "completed")]
    assert [type(change) for change in taking_back(receipts)] == [LogRemoved, TaskMarked]
