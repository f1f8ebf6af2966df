"""Danger comes first: before consent, in the middle of a question, with an unreadable database; then silence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import FACTS, LOCKED_AT
from tests.e2e.ledger import Ledger
from tests.support.console import Console, take_first_buttons

CHEST = "I have crushing chest pain and my left arm is numb"
SUICIDE = "I want to kill myself tonight"


@pytest.mark.parametrize(("said", "level"), [(CHEST, "emergency"), (SUICIDE, "crisis")])
def test_danger_is_answered_before_consent_and_stores_no_words(stranger: Console, said: str, level: str) -> None:
    database = stranger.database
    first = stranger.say(said)
    assert first.levels[0] == level
    assert first.messages[0]["agent"] == "intake_safety"
    assert "call" in first.text.lower()
    asked = stranger.say("hello")
    assert asked.taps[:1] == ("onb:consent:yes",)
    for _ in range(2):
        again = stranger.say(said)
        assert again.levels[0] == level
    ledger = Ledger(database)
    assert ledger.count("messages", "direction = 'inbound' AND text IS NOT NULL") == 0
    assert ledger.count("consents") == 0
    for name in ("keel.db", "keel.db-wal"):
        path = database.with_name(name)
        assert not path.exists() or said.encode() not in path.read_bytes()


def test_danger_interrupts_onboarding_and_the_question_waits(stranger: Console) -> None:
    stranger.say("hello")
    stranger.tap("onb:consent:yes")
    asked = stranger.say(FACTS)
    danger = stranger.say(CHEST)
    assert danger.levels == ("emergency",)
    assert not any(tap.startswith("onb:") for tap in danger.taps)
    assert "Step" not in danger.text
    calm = stranger.tap(danger.tap("safety:not_now"))
    assert "emergency number" in calm.text
    resumed = stranger.tap(asked.taps[0])
    assert "Saved" in resumed.text
    crisis = stranger.say(SUICIDE)
    assert crisis.levels == ("crisis",)
    nudge = stranger.advance("PT71H")
    assert nudge.messages == ()


@pytest.fixture(scope="module")
def patient(shared: Path) -> Iterator[Console]:
    """A person after the lock."""
    with Console(shared) as console:
        yield console


def test_an_urgent_text_is_answered_and_the_rest_of_the_message_too(patient: Console) -> None:
    turn = patient.say("drank 300 ml, and there was blood in my stool")
    assert turn.messages[0]["safety"]["level"] == "urgent"
    assert ("health_metric", "created") in turn.receipts


def test_danger_in_the_middle_of_another_question_does_not_answer_the_question(patient: Console) -> None:
    patient.say("train 4 days")
    danger = patient.say("no, I cannot breathe and my lips are blue")
    assert danger.levels == ("emergency",)
    assert danger.receipts == ()
    assert Ledger(patient.database).one("SELECT max(version) FROM profile_versions") == 1


@pytest.mark.parametrize(("said", "level", "silent_hours"), [(CHEST, "emergency", 24), (SUICIDE, "crisis", 72)])
def test_nudges_are_silent_afterwards_and_come_back(own: Path, said: str, level: str, silent_hours: int) -> None:
    with Console(own) as console:
        console.say("remind me to call the clinic at 16:00")
        danger = console.say(said)
        assert danger.levels == (level,)
        silent = console.advance(f"PT{silent_hours - 1}H")
        assert [push["text"] for push in silent.pushes] == ["Reminder: call the clinic"]
        later = console.advance("PT2H")
        assert len(later.clocks("Good morning")) == 1


def test_not_now_ends_the_silence_of_an_emergency_but_never_that_of_a_crisis(own: Path) -> None:
    with Console(own) as console:
        danger = console.say(CHEST)
        console.tap(danger.tap("safety:not_now"))
        assert len(console.advance("PT12H").pushes) >= 5
        crisis = console.say(SUICIDE)
        assert crisis.levels == ("crisis",)
        console.tap("safety:not_now")
        assert console.advance("PT24H").pushes == ()


def test_danger_in_the_same_instant_as_another_answer_is_recorded_all_the_same(own: Path) -> None:
    with Console(own, now=LOCKED_AT) as console:
        danger = console.say(CHEST)
        assert danger.levels == ("emergency",)
        assert console.say(CHEST).levels == ("emergency",)
        assert Ledger(own).count("safety_events") == 2
        assert console.advance("PT20H").pushes == ()


def test_danger_is_answered_when_the_database_cannot_be_read(own: Path) -> None:
    with Console(own) as console:
        console.say("hello")
        raw = own.read_bytes()
        own.write_bytes(raw[:100] + b"\x5a" * (len(raw) - 100))
        own.with_name(own.name + "-wal").write_bytes(b"")
        plain = console.say("what is on today?")
        danger = console.say(CHEST)
        crisis = console.say(SUICIDE)
    assert plain.receipts == ()
    assert plain.messages
    assert danger.levels[0] == "emergency"
    assert "call" in danger.text.lower()
    assert crisis.levels[0] == "crisis"


def test_plans_after_a_flag_in_onboarding_stay_careful(stranger: Console) -> None:
    stranger.say("hello")
    stranger.tap("onb:consent:yes")
    turn = stranger.say("52, female, 70 kg, 165 cm, I had a heart attack last year, want to get stronger, vegan")
    done = take_first_buttons(stranger, turn)
    locked = done[-1]
    assert "vigorous" not in locked.shown.lower()
    assert any(message["safety"]["level"] == "caution" for message in locked.messages)
    assert any("clinician" in message["text"] for message in locked.messages)
