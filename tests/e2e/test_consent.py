"""Before the clear yes nothing about health is stored; what was said waits in memory until the answer."""

import pytest

from tests.e2e.ledger import Ledger
from tests.support.console import Console

SAID = "I am 36, 82 kg, 180 cm, allergic to Zanzibar peanuts"


@pytest.mark.parametrize("answer", ["onb:consent:yes", "I agree", "yes"])
def test_what_was_said_before_counts_once_the_person_agrees(stranger: Console, answer: str) -> None:
    first = stranger.say(SAID)
    assert "store nothing" in first.text
    assert first.receipts == ()
    agreed = stranger.say(answer) if answer == "yes" else stranger.tap(answer)
    assert ("consent", "created") in agreed.receipts
    for fact in ("age: 36", "height: 180 cm", "weight: 82.0 kg", "peanut"):
        assert fact in agreed.text


def test_before_and_after_a_no_nothing_of_it_is_in_the_file(stranger: Console) -> None:
    database = stranger.database
    ledger = Ledger(database)
    stranger.say(SAID)
    more = stranger.tap("onb:consent:more")
    assert "encrypted" in more.text
    declined = stranger.tap("onb:consent:no")
    assert "stored nothing" in declined.text
    assert ledger.count("messages", "direction = 'inbound' AND text IS NOT NULL") == 0
    assert ledger.count("inbox", "payload IS NOT NULL") == 0
    assert ledger.count("dietary_restrictions") + ledger.count("health_metrics") == 0
    assert b"Zanzibar" not in database.read_bytes()
    again = stranger.say("hello")
    assert again.taps[:1] == ("onb:consent:yes",)
    agreed = stranger.tap("onb:consent:yes")
    assert "82.0 kg" not in agreed.text  # the no ended the waiting too


def test_orders_before_consent_do_nothing(stranger: Console) -> None:
    database = stranger.database
    for line in ("drank 300 ml", "remind me at 9:00 to run", "2 eggs", "train 4 days", "bench 60x8"):
        turn = stranger.say(line)
        assert turn.receipts == ()
        assert turn.messages
    assert stranger.tap("water:250").receipts == ()
    assert stranger.advance("P1D").messages == ()
    ledger = Ledger(database)
    assert [ledger.count(table) for table in ("reminders", "health_metrics", "meals", "activities")] == [0, 0, 0, 0]
