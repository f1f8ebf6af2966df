"""Whether a model provider may help: only plain words say yes, any words say no."""

from datetime import UTC, datetime

import pytest

from agents.schemas import Moment
from agents.understanding.rules import Rules

MOMENT = Moment(now=datetime(2026, 11, 23, 7, tzinfo=UTC))


def names(text: str) -> list[str]:
    return [intent.name for intent in Rules().read(text, MOMENT).intents]


@pytest.mark.parametrize(
    "text",
    ["use the model", "Use AI", "please use the model", "you may use the AI provider", "You can use the model.",
     "turn the AI on", "enable the language model", "I agree to the use of the model", "I allow the AI",
     "I want you to use the model", "feel free to use AI when you need it", "use the model again"],
)  # fmt: skip
def test_an_order_or_a_permission_is_consent(text: str) -> None:
    assert names(text) == ["model_consent"]


@pytest.mark.parametrize(
    "text",
    ["stop using the model", "don't use the model", "do not use AI any more", "never use the AI", "turn off the AI",
     "turn the model off please", "no AI please", "you may not use the model", "I don't want you to use AI",
     "withdraw my consent to the model", "stop sending my messages to the AI provider", "stop the ai",
     "can you stop using the model?"],
)  # fmt: skip
def test_any_no_takes_it_back(text: str) -> None:
    assert names(text) == ["model_withdraw"]


@pytest.mark.parametrize(
    "text",
    ["can you use the model?", "can you use the model", "do you use AI?", "should I use the model", "use the model?",
     "why use AI", "what happens if you use the model", "use the machine", "my friend uses the model",
     "the model is nice", "a model"],
)  # fmt: skip
def test_questions_and_talk_grant_nothing(text: str) -> None:
    assert "model_consent" not in names(text)


def test_forwarded_words_grant_nothing() -> None:
    forwarded = Moment(now=MOMENT.now, is_forwarded=True)
    assert not Rules().read("use the model", forwarded).has("model_consent")
