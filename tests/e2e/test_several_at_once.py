"""One message for several specialists is one turn: written once, answered once."""

from pathlib import Path

from tests.e2e.ledger import Ledger
from tests.support.console import Console

NOW = "2026-11-23T07:00:00+01:00"


def test_a_change_of_the_profile_beside_other_orders_is_committed_once(own: Path) -> None:
    ledger = Ledger(own)
    before = ledger.count("messages", "direction = 'inbound'")
    with Console(own, now=NOW) as console:
        turn = console.say("I moved to Lisbon, drank 300 ml, and what is on today?")
        again = console.say("thanks")
    assert "Something went wrong" not in turn.text
    assert "Lisbon" in turn.text
    assert ledger.count("messages", "direction = 'inbound'") == before + 2
    assert ledger.count("health_metrics", "metric_code = 'water_ml'") == 1
    assert "Lisbon" not in again.text, "nothing of the first turn is left over for the second"


def test_three_orders_of_one_message_each_have_their_receipt(own: Path) -> None:
    with Console(own, now=NOW) as console:
        turn = console.say("done with the workout, drank 500 ml, and remind me to stretch at 20:00")
    entities = {entity for entity, _ in turn.receipts}
    assert {"task", "health_metric", "reminder"} <= entities
