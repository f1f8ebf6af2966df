"""Yes and no with a tail: what counts as an answer, and what must be asked again."""

from datetime import UTC, datetime

import pytest

from agents.domain.profile import Profile
from agents.schemas import Moment
from agents.understanding.rules import Rules

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


def names(text: str, asked: str | None) -> list[str]:
    return [intent.name for intent in Rules().read(text, Moment(now=NOW, expecting=asked, profile=Profile())).intents]


@pytest.mark.parametrize(
    ("asked", "text", "name"),
    [
        ("guardian", "yes my mum says its ok", "yes"),
        ("guardian", "my parents are fine with it", "yes"),
        ("guardian", "she doesnt know", "no"),
        ("regular_exercise", "yeah pretty much", "yes"),
        ("regular_exercise", "sadly no", "no"),
        ("water_reminders", "nah i'd get annoyed", "no"),
        ("pregnancy", "God no", "no"),
        ("timezone", "yep thats right", "yes"),
        ("consent", "sure whatever", "yes"),
        ("confirm", "yes lock it", "yes"),
        ("target_weight_kg", "no target just want to feel good", "no"),
        ("weight_kg", "no idea havent got scales", "dont_know"),
    ],
)
def test_a_tail_of_the_same_keeps_the_answer(asked, text, name):
    assert name in names(text, asked)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("regular_exercise", "yes but i stopped in june"),
        ("regular_exercise", "yes, once a week"),
        ("guardian", "yes but they haven't been asked"),
        ("guardian", "yes if they don't find out"),
        ("consent", "ok but dont share it with anyone"),
        ("consent", "yes but not my weight"),
        ("confirm", "yes but change my height"),
        ("pregnancy", "yes and no"),
    ],
)
def test_half_a_yes_is_none(asked, text):
    assert "yes" not in names(text, asked)


@pytest.mark.parametrize(
    "text", ["no i gave birth in may", "no just breastfeeding", "not yet but maybe", "no, had twins"]
)
def test_a_no_that_may_hide_a_child_is_asked_again(text):
    read = Rules().read(text, Moment(now=NOW, expecting="pregnancy", profile=Profile()))
    assert not read.has("no") or any(fact.op == "add" for fact in read.facts)


def test_once_a_week_is_no_regular_exercise():
    assert "no" in names("yes, once a week", "regular_exercise")


def test_without_a_question_nothing_leans():
    assert "yes" not in names("yeah my mum says its ok", None)


def test_deleting_everything_is_never_agreed_to_by_a_tail():
    assert "yes" not in names("yeah my mum says its ok", "delete_me")
