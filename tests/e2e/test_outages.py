"""Another process holds the database: honest words, no claim, nothing lost, nothing applied behind one's back."""

import pytest

from tests.e2e.outages import Outages
from tests.e2e.test_receipts import CLAIM


def test_a_start_waits_and_then_says_who_is_in_the_way(outages: Outages) -> None:
    told = outages["start"].result()
    assert (told.code, told.said) == (2, b"")
    assert "another process is using the database" in told.errors
    assert len(told.errors.strip().splitlines()) == 1


def test_a_red_flag_is_answered_while_nothing_can_be_written(outages: Outages) -> None:
    told = outages["middle"].result()
    assert told.flagged.levels[0] == "emergency"
    assert "call" in told.flagged.text.lower()
    assert told.seconds_to_help < 15


def test_a_plain_line_is_answered_honestly_and_the_talk_goes_on(outages: Outages) -> None:
    told = outages["middle"].result()
    assert told.busy.receipts == ()
    assert len(told.busy.messages) == 1
    assert "saved nothing" in told.busy.text
    assert told.rows_meanwhile == told.rows
    assert told.after.receipts == (("health_metric", "created"),)


@pytest.mark.parametrize("name", ["lock", "drink"])
def test_a_turn_that_could_not_be_written_claims_nothing(outages: Outages, name: str) -> None:
    told = outages[name].result()
    assert told.was_grabbed
    assert not told.changed
    assert told.failed.receipts == ()
    assert [message for message in told.failed.messages if CLAIM.search(message["text"])] == []
    assert "Nothing of it was kept" in told.failed.text


@pytest.mark.parametrize(
    ("name", "receipt"), [("lock", ("profile", "locked")), ("drink", ("health_metric", "created"))]
)
def test_after_an_outage_the_same_line_works(outages: Outages, name: str, receipt: tuple[str, str]) -> None:
    assert receipt in outages[name].result().again.receipts


def test_what_was_said_not_to_be_kept_is_not_applied_later(outages: Outages) -> None:
    drink, lock = outages["drink"].result(), outages["lock"].result()
    assert drink.ledger.count("health_metrics", "metric_code = 'water_ml'") == drink.written + 1
    assert "Logged" not in drink.restarted.text
    assert lock.ledger.count("profile_versions") == 1
    assert lock.ledger.count("plans", "status = 'active'") == 3
