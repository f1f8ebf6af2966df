"""Before the clear yes nothing about health is stored; what was said waits in memory until the answer."""

from pathlib import Path

import pytest

from tests.e2e.ledger import Ledger
from tests.support.console import Console

SAID = "I am 36, 82 kg, 180 cm, allergic to Zanzibar peanuts"


@pytest.mark.parametrize("answer", ["onb:consent:yes", "I agree", "yes"])
def test_what_was_said_before_counts_once_the_person_agrees(tmp_path: Path, answer: str) -> None:
    with Console(tmp_path / "keel.db") as console:
        first = console.say(SAID)
        assert "store nothing" in first.text
        assert first.receipts == ()
        agreed = console.say(answer) if answer == "yes" else console.tap(answer)
        assert ("consent", "created") in agreed.receipts
        for fact in ("age: 36", "height: 180 cm", "weight: 82.0 kg", "peanut"):
            assert fact in agreed.text


def test_before_and_after_a_no_nothing_of_it_is_in_the_file(tmp_path: Path) -> None:
    database = tmp_path / "keel.db"
    ledger = Ledger(database)
    with Console(database) as console:
        console.say(SAID)
        more = console.tap("onb:consent:more")
        assert "encrypted" in more.text
        declined = console.tap("onb:consent:no")
        assert "stored nothing" in declined.text
        assert ledger.count("messages", "direction = 'inbound' AND text IS NOT NULL") == 0
        assert ledger.count("inbox", "payload IS NOT NULL") == 0
        assert ledger.count("dietary_restrictions") + ledger.count("health_metrics") == 0
        assert b"Zanzibar" not in database.read_bytes()
        again = console.say("hello")
        assert again.taps[:1] == ("onb:consent:yes",)
        agreed = console.tap("onb:consent:yes")
        assert "82.0 kg" not in agreed.text  # the no ended the waiting too


def test_orders_before_consent_do_nothing(tmp_path: Path) -> None:
    database = tmp_path / "keel.db"
    with Console(database) as console:
        for line in ("drank 300 ml", "remind me at 9:00 to run", "2 eggs", "train 4 days", "bench 60x8"):
            turn = console.say(line)
            assert turn.receipts == ()
            assert turn.messages
        assert console.tap("water:250").receipts == ()
        assert console.advance("P1D").messages == ()
    ledger = Ledger(database)
    assert [ledger.count(table) for table in ("reminders", "health_metrics", "meals", "activities")] == [0, 0, 0, 0]
