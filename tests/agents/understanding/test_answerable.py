"""Which questions are asked of the table of common knowledge, and which are not its business."""

from datetime import UTC, datetime

import pytest

from agents.domain.knowledge import entries
from agents.schemas import Moment
from agents.understanding.rules import Rules

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def asked(text, **moment):
    intents = Rules().read(text, Moment(now=NOW, **moment)).intents
    return {(intent.name, intent.payload) for intent in intents}


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("is coffee bad for me?", "coffee"),
        ("Can I have a cheat day?", "cheat-day"),
        ("do I have to eat breakfast?", "breakfast"),
        ("how often should I weigh myself", "weigh-when"),
        ("what should I eat before training?", "carbs-before-training"),
        ("is creatine safe", "creatine"),
    ],
)
def test_a_question_of_common_knowledge_carries_its_entry(text, entry):
    assert asked(text) == {("question", entry)}


@pytest.mark.parametrize(
    "text",
    [
        "how much do I weigh?",
        "how old am I?",
        "when is my next meal?",
        "what is in my fridge?",
        "do I have diabetes?",
        "is my blood pressure of 150/95 bad?",
    ],
)
def test_ones_own_figures_and_a_diagnosis_are_not_asked_of_it(text):
    assert all(payload is None for _, payload in asked(text))


def test_what_is_no_question_and_what_answers_an_open_one_stay_what_they_are():
    assert ("question", "coffee") not in asked("I had a coffee")
    assert ("goals_view", None) in asked("how much protein do I need?")
    assert not any(name == "question" for name, _ in asked("vegan", expecting="diet_type"))


def test_nearly_every_entry_is_reached_by_its_own_questions():
    questions = [(entry.id, ask) for entry in entries() for ask in entry.ask if ask.endswith("?")]
    reached = sum(("question", entry) in asked(ask) for entry, ask in questions)
    assert reached >= 0.85 * len(questions), f"{reached} of {len(questions)}"
