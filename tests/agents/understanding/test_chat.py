"""Short forms and fillers of chat, spelled out without touching real words."""

import pytest

from agents.understanding import chat
from agents.understanding.hearing import hear


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wat r u doin 2day", "what are you doing today"),
        ("done w the walk", "done with the walk"),
        ("skip it cos i'm tired", "skip it because i'm tired"),
        ("cos lettuce", "cos lettuce"),
        ("34 w 82 kg", "34 w 82 kg"),
        ("u.s. units", "u.s. units"),
        ("r 5", "r 5"),
    ],
)
def test_short_forms_are_spelled_out(typed, meant):
    assert chat.spelled_out(typed) == meant


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("5ish", "5"),
        ("thirtyfour", "34"),
        ("none thx", "none "),
        ("17 and a half", "17.5"),
        ("5'11 and a half", "5'11.5"),
    ],
)
def test_a_message_is_heard_without_its_ornaments(typed, heard):
    assert hear(typed).text == heard


def test_the_quote_stays_what_was_typed():
    heard = hear("mushrooms lol and THIRTYFOUR tbh")
    at = heard.text.index("34")
    assert heard.quote(at, at + 2) == "THIRTYFOUR"


def test_a_knee_that_is_killing_one_is_no_possessive():
    assert hear("my knee's killing me").text == "my knee is killing me"
    assert hear("my mum's recipe").text == "my mum's recipe"
