"""Promise P1: whoever reads "saved", "scheduled", "changed", "logged" finds the committed row that proves it."""

import re
from pathlib import Path
from types import SimpleNamespace

from tests.e2e.backstage import recorded
from tests.e2e.conftest import FACTS
from tests.e2e.ledger import Ledger
from tests.support.console import Console, Turn, onboard

CLAIM = re.compile(
    r"\b(saved|scheduled|changed|logged|locked as|cancelled|put off|reminder set|are planned|is set|skipped|noted: you)"
    r"\b",
    re.IGNORECASE,
)
NOT_A_CLAIM = re.compile(
    r"\b(nothing|not|no|never|shall|to change|cannot|could|how)\b|^skipped\. you can tell me later", re.IGNORECASE
)
LINES = (
    "what is on today?", "/plan", "/meals", "/workout", "/shopping", "/progress", "/goals", "/profile",
    "/reminders", "/settings", "/help", "drank 300 ml", "+250 ml", "81.4 kg", "2 eggs and a slice of toast",
    "one xyzzyfruit", "bench 60x8 @8, 3x5x80", "ran 5 km in 28 min", "slept 6 hours, stress 7, energy 5",
    "/checkin", "done with the workout", "undo", "skip the workout", "snooze it an hour",
    "remind me to stretch every weekday at 7:30", "remind me to call mum tomorrow at 9",
    "cancel the reminder to stretch", "remind me at 25:99 to jump", "/quiet 22:00 7:00", "use pounds", "use kilos",
    "pause for 2 days", "I am back", "I get up at 6:30", "train 4 days", "yes", "my knee hurts 7/10",
    "I have a cold", "I am allergic to sesame", "no allergies", "I weigh 4000 kg", "asdf qwer", "thank you",
    "I hate mushrooms", "no", "call me Sam", "breakfast at 7:45", "undo", "why so much protein?", "privacy",
    "/language de", "/export", "/stop", "I am back", "remind me to breathe every 2 hours from 9 to 17",
)  # fmt: skip


@recorded("empty")
def long_talk(path: Path) -> SimpleNamespace:
    """A long talk; after every line each receipt is looked up while it is fresh."""
    ledger = Ledger(path)
    unproven: list[tuple[str, dict[str, str]]] = []
    with Console(path) as console:

        def check(turn: Turn) -> None:
            unproven.extend(
                (message["text"][:80], receipt)
                for message in turn.messages
                for receipt in message["receipts"]
                if not ledger.proves(receipt)
            )

        for turn in onboard(console, FACTS):
            check(turn)
        for line in LINES:
            check(console.say(line))
        pushed = console.advance("P2D")
        check(console.tap(pushed.tap("firing:done:")))
        check(console.tap(pushed.tap("firing:snooze10:")))
        check(console.say("cancel all reminders"))
        said = list(console.transcript)
        assert console.close() == 0
    return SimpleNamespace(turns=said, unproven=unproven, ledger=ledger)


def test_every_receipt_names_a_row_that_is_there(long_talk: SimpleNamespace) -> None:
    assert long_talk.unproven == []
    assert sum(len(turn.receipts) for turn in long_talk.turns) > 100


def test_every_claim_carries_a_receipt(long_talk: SimpleNamespace) -> None:
    bare = [
        sentence
        for turn in long_talk.turns
        for message in turn.messages
        if message["kind"] == "reply" and not message["receipts"]
        for sentence in re.split(r"(?<=[.!?])\s|\n", message["text"])
        if CLAIM.search(sentence) and not NOT_A_CLAIM.search(sentence)
    ]
    assert bare == []


def test_every_line_of_the_session_was_answered(long_talk: SimpleNamespace) -> None:
    assert [turn.end["n"] for turn in long_talk.turns if not turn.messages] == []


def test_reminders_carry_no_claims(long_talk: SimpleNamespace) -> None:
    pushes = [push for turn in long_talk.turns for push in turn.pushes]
    assert pushes
    assert [push["text"] for push in pushes if CLAIM.search(push["text"]) or push["receipts"]] == []


def test_everything_that_was_accepted_is_done(long_talk: SimpleNamespace) -> None:
    assert long_talk.ledger.all("SELECT state, count(*) FROM inbox GROUP BY state") == [
        ("done", long_talk.ledger.count("inbox"))
    ]
    assert long_talk.ledger.is_sound()
