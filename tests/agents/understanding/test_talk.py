"""Talk beside the work: greetings, thanks, questions about the bot, privacy, help, feedback, and why."""

from datetime import UTC, datetime

import pytest

from agents.schemas import Moment, Target
from agents.understanding.rules import Rules

MOMENT = Moment(now=datetime(2026, 11, 21, 14, 0, tzinfo=UTC))


def read(text: str):
    return Rules().read(text, MOMENT).intents


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hey there", "greeting"), ("Good evening coach!", "greeting"), ("thank you so much for that", "thanks"),
        ("bye for now", "goodbye"), ("good night", "goodbye"), ("how are you today?", "small_talk"),
        ("today was hard", "small_talk"), ("you're funny", "small_talk"), ("are you a real person?", "about_bot"),
        ("who made you?", "about_bot"), ("do you sell my data?", "privacy"), ("what do you store about me", "privacy"),
        ("who can see my photos?", "privacy"), ("what can you do", "help"), ("how do I log a meal?", "help"),
    ],
)  # fmt: skip
def test_talk_is_recognised(text, name):
    assert [intent.name for intent in read(text)] == [name]


@pytest.mark.parametrize("text", ["what do you know about me", "what have you saved about me"])
def test_what_is_known_about_me_is_my_profile_not_the_policy(text):
    assert read(text)[0].name == "profile_view"


def test_feedback_keeps_its_words_as_typed():
    (intent,) = read("feedback: The Plan is too long")
    assert (intent.name, intent.payload) == ("feedback", "The Plan is too long")


def test_why_about_the_plan_keeps_what_it_is_about():
    (intent,) = read("why so much protein?")
    assert (intent.name, intent.payload) == ("why_plan", Target(words="so much protein"))


@pytest.mark.parametrize("text", ["why am I always tired after lunch?", "why is my resting pulse high"])
def test_why_about_the_body_is_a_question(text):
    assert read(text)[0].name == "question"


def test_thanks_and_farewell_are_two_things():
    assert [intent.name for intent in read("thanks, that's all")] == ["thanks", "goodbye"]
