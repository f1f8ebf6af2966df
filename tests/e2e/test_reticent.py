"""People who say as little as possible: every question has a way out, and the lock still brings what can be planned."""

import pytest

from tests.e2e.ledger import Ledger
from tests.support.console import Console, Turn, take_first_buttons


def skip_or_first(turn: Turn) -> str:
    """The skip button where there is one, else the first."""
    return next((b["data"] for b in turn.buttons if b["label"] == "Skip"), turn.taps[0])


def skip_through(console: Console, turn: Turn) -> Turn:
    for _ in range(60):
        if not any(tap.startswith("onb:") for tap in turn.taps):
            return turn
        turn = console.tap(skip_or_first(turn))
    raise AssertionError(f"onboarding does not end: {turn.text}")


@pytest.mark.parametrize("way", ["rather not say", "skip"])
def test_who_says_nothing_gets_a_locked_profile_and_an_honest_word_about_meals(stranger: Console, way: str) -> None:
    ledger = Ledger(stranger.database)
    stranger.say("hello")
    turn = stranger.tap("onb:consent:yes")
    locked = take_first_buttons(stranger, turn)[-1] if way != "skip" else skip_through(stranger, turn)
    assert ("profile", "locked") in locked.receipts
    assert "version 1" in locked.text
    kinds = {row[0] for row in ledger.all("SELECT kind FROM plans WHERE status = 'active'")}
    assert "sleep" in kinds
    assert "nutrition" not in kinds
    assert any(message["agent"] == "meal_planner" for message in locked.messages)
    assert stranger.say("what is on today?").messages
    assert stranger.advance("P2D").end["type"] == "turn"
    assert stranger.errors == ""


def test_a_missing_weight_said_later_brings_the_meals(stranger: Console) -> None:
    stranger.say("hello")
    stranger.tap("onb:consent:yes")
    turn = stranger.say("36, male, 180 cm, general fitness, I eat everything")
    take_first_buttons(stranger, turn)
    proposal = stranger.say("my weight is 82 kg")
    done = stranger.say("yes") if "profile:confirm" in proposal.taps else proposal
    assert ("plan", "created") in done.receipts
    assert "meals for the next 7 days" in done.text


def test_back_why_and_skip_work_on_the_way(stranger: Console) -> None:
    stranger.say("hello")
    stranger.tap("onb:consent:yes")
    first = stranger.say("36")
    labels = {button["label"]: button["data"] for button in first.buttons}
    why = stranger.tap(labels["Why?"])
    assert why.text.splitlines()[-1] == first.text.splitlines()[-1]
    assert why.receipts == ()
    skipped = stranger.tap(labels["Skip"])
    assert "Skipped" in skipped.text
    back = stranger.tap(next(b["data"] for b in skipped.buttons if b["label"] == "Back"))
    assert back.text.splitlines()[-1] == first.text.splitlines()[-1]
    assert "Saved: experience" in stranger.tap(back.taps[0]).text


def test_who_asks_what_is_known_sees_it_while_the_questions_still_run(stranger: Console) -> None:
    stranger.say("hello")
    stranger.tap("onb:consent:yes")
    stranger.say("I'm 34, female, 170 cm, 68 kg")
    turn = stranger.say("what do you know about me?")
    assert "68.0 kg" in turn.shown
    assert "did not get" not in turn.text
    assert any(tap.startswith("onb:") for tap in turn.taps)
