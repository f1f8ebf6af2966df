"""Who is too young, who needs a guardian, and how somebody leaves for good."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.ledger import Ledger
from tests.support.console import Console, take_first_buttons


def nothing_is_left(database: Path, *words: str) -> None:
    ledger = Ledger(database)
    assert ledger.owners() == {}
    assert ledger.count("users") == 0
    for name in (database.name, f"{database.name}-wal"):
        path = database.with_name(name)
        for word in words:
            assert not path.exists() or word.encode() not in path.read_bytes()


def test_under_thirteen_the_account_is_erased_at_once(stranger: Console) -> None:
    database = stranger.database
    stranger.say("hello")
    stranger.tap("onb:consent:yes")
    turn = stranger.say("I am 12, 45 kg, 150 cm, allergic to peanuts, my cat is called Quetzal")
    assert "at least 13" in turn.text
    assert "adult you trust" in turn.text
    assert turn.receipts == ()
    assert len(turn.messages) == 1
    nothing_is_left(database, "newcomer-by-name", "Quetzal")
    again = stranger.say("hello")
    assert again.taps[0] == "onb:consent:yes"
    assert stranger.advance("P3D").messages == ()


def test_twelve_said_before_consent_is_enough(stranger: Console) -> None:
    database = stranger.database
    stranger.say("hi, I am 12 years old and weigh 45 kg")
    turn = stranger.tap("onb:consent:yes")
    if "at least 13" not in turn.text:
        turn = stranger.say("12")
    assert "at least 13" in turn.text
    assert Ledger(database).owners() == {}


def test_a_birthday_counts_to_the_day(stranger: Console) -> None:
    hello = stranger.say("hello")
    stranger.tap("onb:consent:yes")
    tomorrow = datetime.fromisoformat(hello.messages[0]["at"]) + timedelta(days=1)
    young = stranger.say(f"born {tomorrow:%d %B} {tomorrow.year - 13}")  # twelve until then
    assert "at least 13" in young.text


@pytest.mark.parametrize(("answer", "goes_on"), [("onb:guardian:yes", True), ("onb:guardian:no", False)])
def test_under_sixteen_a_guardian_is_asked(stranger: Console, answer: str, goes_on: bool) -> None:
    database = stranger.database
    stranger.say("hello")
    stranger.tap("onb:consent:yes")
    asked = stranger.say("15")
    assert asked.taps[:2] == ("onb:guardian:yes", "onb:guardian:no")
    assert "onb:guardian:skip" not in asked.taps
    assert "I need an answer" in stranger.say("skip").text
    turn = stranger.tap(answer)
    if goes_on:
        assert turn.taps[0].startswith("onb:")
        assert Ledger(database).count("users") == 1
    else:
        assert "parent or guardian" in turn.text
        nothing_is_left(database)


def test_a_fifteen_year_old_gets_no_weight_target(stranger: Console) -> None:
    stranger.say("hello")
    stranger.tap("onb:consent:yes")
    stranger.say("15, female, 160 cm, 60 kg, I want to lose fat, target 45 kg in 4 weeks")
    turns = take_first_buttons(stranger, stranger.tap("onb:guardian:yes"))
    asked = {tap.split(":")[1] for turn in turns for tap in turn.taps if tap.startswith("onb:")}
    assert "target_weight_kg" not in asked
    assert "towards" not in dict(turns[-3].cards[0]["rows"])["Goal"]
    plan = turns[-1]
    assert "version 1" in plan.text
    assert "less: around" not in plan.text


def test_delete_asks_first_and_then_erases_everything(own: Path) -> None:
    ledger = Ledger(own)
    with Console(own) as console:
        console.say("remind me to feed the axolotl at 9:00")
        asked = console.say("/delete")
        assert asked.taps == ("delete:yes", "delete:no")
        assert asked.receipts == ()
        assert ledger.count("users") == 1
        kept = console.tap("delete:no")
        assert "stays" in kept.text
        assert ledger.count("plans") > 0
        late = console.tap("delete:yes")
        assert ledger.count("users") == 1
        assert "deleted" not in late.text
        console.say("delete everything about me")
        gone = console.say("yes")
        assert "deleted" in gone.text
        nothing_is_left(own, "axolotl")
        assert console.advance("P2D").messages == ()
        anew = console.say("what is on today?")
        assert anew.taps[0] == "onb:consent:yes"
        assert console.close() == 0
    assert ledger.is_sound()


def test_a_yes_to_something_else_never_erases(own: Path) -> None:
    ledger = Ledger(own)
    with Console(own) as console:
        console.say("/delete")
        console.say("what is on today?")
        console.say("yes")
        assert ledger.count("users") == 1
        console.say("/delete")
        console.say("train 4 days")
        console.say("yes")
        assert ledger.count("users") == 1
        console.say("/delete")
        console.advance("P1D")
        console.say("yes")
        assert ledger.count("users") == 1
