"""What people say every day: the wish is found in many wordings, and not in words that only sound like it.

`everyday.json` holds, for the intents of a message ("yes@confirm" while that question is open), ways of saying it;
they were written as people write before the patterns of `intents_sayings.json`. `everyday_not.json` holds for an intent
what must not be taken for it.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agents.domain.profile import Profile
from agents.schemas import Moment
from agents.understanding.rules import Rules

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
SAID = json.loads(Path(__file__).with_name("everyday.json").read_text("utf-8"))
NOT_SAID = json.loads(Path(__file__).with_name("everyday_not.json").read_text("utf-8"))


def understood(text: str, asked: str) -> set[str]:
    moment = Moment(NOW, expecting=asked or None, profile=Profile(is_locked=not asked))
    return {intent.name for intent in Rules().read(text, moment).intents}


@pytest.mark.parametrize("key", SAID)
def test_a_wish_is_found_in_many_wordings(key):
    names, _, asked = key.partition("@")
    found = {text: understood(text, asked) for text in SAID[key]}
    assert {text: got for text, got in found.items() if got != set(names.split("+"))} == {}


@pytest.mark.parametrize("name", NOT_SAID)
def test_words_that_only_sound_like_a_wish_are_not_taken_for_it(name):
    asked = "consent" if name == "yes" else ""
    assert [text for text in NOT_SAID[name] if name in understood(text, asked)] == []


def test_there_are_thousands_of_wordings_and_none_twice():
    texts = [(key.partition("@")[2], text) for key, each in SAID.items() for text in each]
    assert len(texts) == len(set(texts)) >= 2500
