"""Another process holds the database: honest words, no claim, nothing lost, nothing applied behind one's back."""

from pathlib import Path
from types import SimpleNamespace

from tests.e2e.backstage import recorded
from tests.e2e.outages import at_the_start, before_the_commit, in_the_middle
from tests.e2e.test_receipts import CLAIM


@recorded("locked", waits=True)
def held_start(path: Path) -> SimpleNamespace:
    """A start while the lock is held."""
    return at_the_start(path)


@recorded("locked", waits=True)
def held_talk(path: Path) -> SimpleNamespace:
    """Lines while the lock is held."""
    return in_the_middle(path)


@recorded("unlocked", waits=True)
def lost_lock(path: Path) -> SimpleNamespace:
    """The last tap of onboarding, which could not be written."""
    return before_the_commit(path, b'{"tap":"onb:confirm:lock"}')


@recorded("locked", waits=True)
def lost_drink(path: Path) -> SimpleNamespace:
    """A drink, which could not be written."""
    return before_the_commit(path, b"drank 250 ml")


def claims_nothing(told: SimpleNamespace) -> bool:
    """Whether the turn of the outage left no trace and no claim, and said so."""
    assert told.was_grabbed, "the lock was never lost: this proves nothing"
    return (
        not told.changed
        and told.failed.receipts == ()
        and not any(CLAIM.search(message["text"]) for message in told.failed.messages)
        and "Nothing of it was kept" in told.failed.text
    )


def test_a_start_waits_and_then_says_who_is_in_the_way(held_start: SimpleNamespace) -> None:
    assert (held_start.code, held_start.said) == (2, b"")
    assert "another process is using the database" in held_start.errors
    assert len(held_start.errors.strip().splitlines()) == 1


def test_a_red_flag_is_answered_while_nothing_can_be_written(held_talk: SimpleNamespace) -> None:
    assert held_talk.flagged.levels[0] == "emergency"
    assert "call" in held_talk.flagged.text.lower()
    assert held_talk.seconds_to_help < 25


def test_a_plain_line_is_answered_honestly_and_the_talk_goes_on(held_talk: SimpleNamespace) -> None:
    assert held_talk.busy.receipts == ()
    assert len(held_talk.busy.messages) == 1
    assert "saved nothing" in held_talk.busy.text
    assert held_talk.rows_meanwhile == held_talk.rows
    assert held_talk.after.receipts == (("health_metric", "created"),)


def test_a_lock_that_could_not_be_written_claims_nothing(lost_lock: SimpleNamespace) -> None:
    assert claims_nothing(lost_lock)


def test_a_log_that_could_not_be_written_claims_nothing(lost_drink: SimpleNamespace) -> None:
    assert claims_nothing(lost_drink)


def test_after_an_outage_the_same_line_works(lost_lock: SimpleNamespace, lost_drink: SimpleNamespace) -> None:
    assert ("profile", "locked") in lost_lock.again.receipts
    assert ("health_metric", "created") in lost_drink.again.receipts


def test_what_was_said_not_to_be_kept_is_not_applied_later(
    lost_lock: SimpleNamespace, lost_drink: SimpleNamespace
) -> None:
    assert lost_drink.ledger.count("health_metrics", "metric_code = 'water_ml'") == lost_drink.written + 1
    assert "Logged" not in lost_drink.restarted.text
    assert lost_lock.ledger.count("profile_versions") == 1
    assert lost_lock.ledger.count("plans", "status = 'active'") == 3
