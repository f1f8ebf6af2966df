"""Everyday questions: a short answer with its source, never in the way of onboarding, never about what is beyond."""

from pathlib import Path

from tests.support.console import Console

NOW = "2026-11-23T07:00:00+01:00"


def test_a_question_is_answered_with_its_source_and_one_beyond_honestly_not(own: Path) -> None:
    with Console(own, now=NOW) as console:
        coffee = console.say("is coffee bad for me?")
        assert "400 mg" in coffee.text
        assert "Source: EFSA 2015" in coffee.text
        assert not coffee.receipts
        for beyond in ("what is the capital of France?", "how much ibuprofen can I take before training?"):
            answer = console.say(beyond)
            assert "Source:" not in answer.text
        assert "400 mg" in console.say("how many coffees can I have").text
        assert console.close() == 0


def test_in_the_middle_of_onboarding_the_open_question_follows_the_answer(tmp_path: Path) -> None:
    with Console(tmp_path / "keel.db", now=NOW) as console:
        console.say("hello")
        console.tap("I agree")
        turn = console.say("is creatine safe?")
        assert "Source:" in turn.text
        assert "old are you" in turn.text or "age" in turn.text.lower()
        assert console.close() == 0
