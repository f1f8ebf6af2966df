"""How somebody says they are, on the scales of science.md R-1."""

from datetime import UTC, datetime

import pytest

from agents.domain.profile import Profile
from agents.schemas import CheckIn, Moment
from agents.understanding.rules import Rules

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


def told(text: str, expecting=None, locked=True):
    moment = Moment(now=NOW, expecting=expecting, profile=Profile(is_locked=locked))
    intent = Rules().read(text, moment).first("check_in")
    return intent.payload if intent else None


def test_one_sentence_fills_many_fields():
    assert told("slept 6 hours, tired, stress 7/10, mood good, legs sore") == CheckIn(
        sleep_hours=6.0, energy_level=3, mood=7, mood_label="tired", stress_level=7, soreness_level=6
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stress low", CheckIn(stress_level=3)), ("stress medium", CheckIn(stress_level=5)),
        ("stress is high", CheckIn(stress_level=8)), ("sleep was poor", CheckIn(sleep_quality=3)),
        ("sleep fair", CheckIn(sleep_quality=5)), ("sleep quality good", CheckIn(sleep_quality=7)),
        ("sleep quality excellent", CheckIn(sleep_quality=9)), ("energy low", CheckIn(energy_level=3)),
        ("medium energy", CheckIn(energy_level=6)), ("energy is high", CheckIn(energy_level=9)),
        ("no soreness", CheckIn(soreness_level=0)), ("a bit sore", CheckIn(soreness_level=3)),
        ("soreness moderate", CheckIn(soreness_level=6)), ("very sore", CheckIn(soreness_level=9)),
        ("energy 3/5", CheckIn(energy_level=6)), ("digestion 4/5", CheckIn(digestion=8)),
        ("stress 7", CheckIn(stress_level=7)), ("slept badly", CheckIn(sleep_quality=3)),
        ("7h sleep", CheckIn(sleep_hours=7.0)), ("I slept 8h 30m", CheckIn(sleep_hours=8.5)),
    ],
)  # fmt: skip
def test_words_and_numbers_land_on_the_scale(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "label", "mood"),
    [
        ("feeling anxious", "anxious", 3),
        ("I'm happy", "happy", 8),
        ("I feel calm", "calm", 7),
        ("I am so sad", "sad", 3),
    ],
)
def test_a_mood_keeps_its_word_and_its_score(text, label, mood):
    assert (told(text).mood_label, told(text).mood) == (label, mood)


@pytest.mark.parametrize(
    "text",
    [
        "how can I sleep better?", "I want more energy", "stress 11/10", "reduce stress", "I usually sleep 6 hours",
        "energy drinks", "my knee hurts", "I'm tired of running",
    ],
)  # fmt: skip
def test_wishes_questions_and_absurd_numbers_are_no_check_in(text):
    assert told(text) is None


@pytest.mark.parametrize(
    ("text", "expecting", "expected"),
    [
        ("7", "mood", CheckIn(mood=7)), ("8/10", "energy_level", CheckIn(energy_level=8)),
        ("high", "stress_level", CheckIn(stress_level=8)), ("mild", "soreness_level", CheckIn(soreness_level=3)),
        ("6.5", "sleep_hours", CheckIn(sleep_hours=6.5)),
        ("Long day at work", "note", CheckIn(note="Long day at work")),
        ("good", "sleep_quality", CheckIn(sleep_quality=7)), ("30", "sleep_hours", None), ("11", "mood", None),
    ],
)  # fmt: skip
def test_an_open_check_in_question_takes_a_bare_answer(text, expecting, expected):
    assert told(text, expecting=expecting) == expected


def test_the_same_answer_is_a_fact_while_the_profile_is_being_filled():
    assert told("7", expecting="energy_level", locked=False) is None
