"""Promise P1: whoever reads "saved", "scheduled", "changed", "logged" finds the committed row that proves it."""

import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.e2e.conftest import FACTS, copied
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


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A long talk; after every line each receipt is looked up while it is fresh."""
    path = tmp_path_factory.mktemp("session") / "keel.db"
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


def test_every_receipt_names_a_row_that_is_there(session: SimpleNamespace) -> None:
    assert session.unproven == []
    assert sum(len(turn.receipts) for turn in session.turns) > 100


def test_every_claim_carries_a_receipt(session: SimpleNamespace) -> None:
    bare = [
        sentence
        for turn in session.turns
        for message in turn.messages
        if message["kind"] == "reply" and not message["receipts"]
        for sentence in re.split(r"(?<=[.!?])\s|\n", message["text"])
        if CLAIM.search(sentence) and not NOT_A_CLAIM.search(sentence)
    ]
    assert bare == []


def test_every_line_of_the_session_was_answered(session: SimpleNamespace) -> None:
    assert [turn.end["n"] for turn in session.turns if not turn.messages] == []


def test_reminders_carry_no_claims(session: SimpleNamespace) -> None:
    pushes = [push for turn in session.turns for push in turn.pushes]
    assert pushes
    assert [push["text"] for push in pushes if CLAIM.search(push["text"]) or push["receipts"]] == []


def test_everything_that_was_accepted_is_done(session: SimpleNamespace) -> None:
    assert session.ledger.all("SELECT state, count(*) FROM inbox GROUP BY state") == [
        ("done", session.ledger.count("inbox"))
    ]
    assert session.ledger.is_sound()


class Grabber:
    """Another process's hand on the write lock: grabs it the moment an update stands in the inbox, until let go."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._release = threading.Event()
        self.has_grabbed = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with closing(sqlite3.connect(self._path, isolation_level=None, timeout=0)) as hand:
            before = hand.execute("SELECT count(*) FROM inbox").fetchone()[0]
            deadline = time.monotonic() + 30
            while hand.execute("SELECT count(*) FROM inbox").fetchone()[0] == before and time.monotonic() < deadline:
                pass
            hand.execute("BEGIN IMMEDIATE")
            self.has_grabbed.set()
            self._release.wait(60)
            hand.execute("ROLLBACK")

    def let_go(self) -> None:
        self._release.set()
        self._thread.join(5)


def locked_out(path: Path, line: bytes) -> SimpleNamespace:
    """What is said and stored when the lock is lost between reading and writing; then the same line again, twice."""
    ledger = Ledger(path)
    with Console(path) as console:
        console.say("hello")
        before = (ledger.count("plans"), ledger.count("profile_versions"), ledger.count("health_metrics"))
        grabber = Grabber(path)
        failed = console.raw(line)
        grabber.let_go()
        after = (ledger.count("plans"), ledger.count("profile_versions"), ledger.count("health_metrics"))
        again = console.raw(line)
        console.kill()
    with Console(path) as console:
        restarted = console.say("thank you")
    return SimpleNamespace(
        was_grabbed=grabber.has_grabbed.is_set(), failed=failed, changed=before != after, again=again, ledger=ledger,
        restarted=restarted,
    )  # fmt: skip


@pytest.fixture(scope="module")
def outages(
    locked: Path, before_the_lock: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[SimpleNamespace]]]:
    """Two outages side by side: each waits ten seconds for a lock that does not come."""
    lock_it = copied(before_the_lock, tmp_path_factory.mktemp("outage_lock"))
    drink = copied(locked, tmp_path_factory.mktemp("outage_drink"))
    with ThreadPoolExecutor(2) as pool:
        yield {
            "lock": pool.submit(locked_out, lock_it, b'{"tap":"onb:confirm:lock"}'),
            "drink": pool.submit(locked_out, drink, b"drank 250 ml"),
        }


@pytest.mark.parametrize("name", ["lock", "drink"])
def test_a_turn_that_could_not_be_written_claims_nothing(
    outages: dict[str, Future[SimpleNamespace]], name: str
) -> None:
    told = outages[name].result()
    assert told.was_grabbed
    assert not told.changed
    assert told.failed.receipts == ()
    assert [m for m in told.failed.messages if CLAIM.search(m["text"])] == []
    assert "Nothing of it was kept" in told.failed.text


@pytest.mark.parametrize("name", ["lock", "drink"])
def test_after_an_outage_the_same_line_works(outages: dict[str, Future[SimpleNamespace]], name: str) -> None:
    expected = {"lock": ("profile", "locked"), "drink": ("health_metric", "created")}[name]
    assert expected in outages[name].result().again.receipts


def test_what_was_said_not_to_be_kept_is_not_applied_later(outages: dict[str, Future[SimpleNamespace]]) -> None:
    told = outages["drink"].result()
    assert told.ledger.count("health_metrics", "metric_code = 'water_ml'") == 1
    assert "Logged" not in told.restarted.text
    locked = outages["lock"].result()
    assert locked.ledger.count("profile_versions") == 1
    assert locked.ledger.count("plans", "status = 'active'") == 3
