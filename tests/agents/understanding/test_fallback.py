"""Rules first, a model for what they left open, the rules alone when it fails."""

import logging
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from agents.model.failure import ModelFailed
from agents.schemas import Fact, Intent, IntentName, Moment, Understanding
from agents.understanding import clauses
from agents.understanding.fallback import Fallback
from agents.understanding.gaps import gaps
from agents.understanding.proposals import Proposal, read
from agents.understanding.rules import Rules

MOMENT = Moment(now=datetime(2026, 11, 23, 7, tzinfo=UTC), may_ask_model=True)
FOREIGN = "ich wiege 82 kg"


@dataclass
class Scripted:
    """A model that gives one answer, or fails."""

    answer: Understanding | Exception = field(default_factory=Understanding)
    asked: list[str] = field(default_factory=list)
    is_closed: bool = False

    async def understand(self, text: str, moment: Moment) -> Understanding:
        self.asked.append(text)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def close(self) -> None:
        self.is_closed = True


def fallback(model: Scripted) -> Fallback:
    return Fallback(Rules(), model, lambda moment: moment.may_ask_model)


def saying(*names: IntentName, quote: str) -> Understanding:
    return Understanding(tuple(Intent(name, quote=quote) for name in names), is_from_model=True)


@pytest.mark.parametrize(
    "text",
    ["what's on today?", "/today", "/nonsense", "2 eggs and toast", "34, 82 kg, vegetarian, nut allergy, bad knee",
     "remind me every weekday at 7:30 to stretch", "no, 82 not 28", "weight 4000 kg", "thanks!", "🙂🙂", "...", "",
     "use the model", "stop using the model"],
)  # fmt: skip
async def test_what_the_rules_understand_costs_no_model_call(text: str) -> None:
    model = Scripted()
    heard = await fallback(model).understand(text, MOMENT)
    assert model.asked == []
    assert heard == await Rules().understand(text, MOMENT)


@pytest.mark.parametrize(
    ("text", "open_part"),
    [
        (FOREIGN, FOREIGN),
        ("is creatine safe?", "is creatine safe?"),
        ("34, 82 kg, and my belly goes wild after milk", "my belly goes wild after milk"),
        ("what's on today? And my mojo left the building", "my mojo left the building"),
    ],
)
async def test_one_call_is_made_for_what_they_left_open(text: str, open_part: str) -> None:
    model = Scripted()
    heard = await Rules().understand(text, MOMENT)
    assert [text[start:end].strip() for start, end in gaps(clauses.clean(text), MOMENT, heard)] == [open_part]
    assert await fallback(model).understand(text, MOMENT) == heard
    assert model.asked == [text]


async def test_without_the_persons_consent_nobody_is_asked() -> None:
    model = Scripted()
    heard = await fallback(model).understand(FOREIGN, replace(MOMENT, may_ask_model=False))
    assert model.asked == []
    assert heard.has("unknown")
    assert not heard.is_degraded


async def test_forwarded_words_are_somebody_elses_and_stay_here() -> None:
    model = Scripted()
    await fallback(model).understand(FOREIGN, replace(MOMENT, is_forwarded=True))
    assert model.asked == []


async def test_a_button_named_in_words_needs_no_model() -> None:
    model = Scripted()
    moment = replace(MOMENT, expecting="location", options=(("At home", "onb:location:home"), ("Gym", "onb:x:gym")))
    heard = await fallback(model).understand("at home", moment)
    assert model.asked == []
    assert heard.has("answer")


async def test_the_models_reading_takes_the_place_of_not_understood() -> None:
    model = Scripted(saying("meals_view", quote="grub"))
    heard = await fallback(model).understand("grub ahoy", MOMENT)
    assert [intent.name for intent in heard.intents] == ["meals_view"]
    assert heard.is_from_model


async def test_facts_come_with_the_intent_to_give_them() -> None:
    model = Scripted(Understanding(facts=(Fact("weight_kg", 82.0, "82 kg"),)))
    heard = await fallback(model).understand(FOREIGN, MOMENT)
    assert [intent.name for intent in heard.intents] == ["give_facts"]
    assert [fact.value for fact in heard.facts] == [82.0]


async def test_what_the_rules_read_stands_beside_what_the_model_adds() -> None:
    text = "34, 82 kg, and my belly goes wild after milk"
    added = Fact("symptom", "bloating", "my belly goes wild", "add")
    model = Scripted(Understanding(intents=(Intent("illness", quote="belly"),), facts=(added,)))
    heard = await fallback(model).understand(text, MOMENT)
    assert {(fact.field, fact.value) for fact in heard.facts} == {
        ("age", 34), ("weight_kg", 82.0), ("symptom", "bloating"),
    }  # fmt: skip
    assert [intent.name for intent in heard.intents] == ["give_facts", "illness"]


async def test_a_model_cannot_touch_what_the_rules_have_read() -> None:
    text = "34, 82 kg, and my belly goes wild after milk"
    model = Scripted(
        Understanding(
            intents=(Intent("log_weight", quote="82 kg"), Intent("today", quote="nowhere")),
            facts=(Fact("weight_kg", 8.0, "after milk"), Fact("height_cm", 182.0, "82 kg")),
        )
    )
    assert await fallback(model).understand(text, MOMENT) == await Rules().understand(text, MOMENT)


async def test_a_refused_value_is_not_replaced_by_the_models() -> None:
    text = "I am 400 years old. my belly goes wild"
    model = Scripted(Understanding(facts=(Fact("age", 40, "belly"),)))
    heard = await fallback(model).understand(text, MOMENT)
    assert heard.facts == ()
    assert [wrong.field for wrong in heard.rejected] == ["age"]


async def test_an_intent_is_not_carried_out_twice() -> None:
    model = Scripted(saying("log_food", quote="nom nom"))
    heard = await fallback(model).understand("had 2 eggs. nom nom the lot", MOMENT)
    assert [intent.name for intent in heard.intents] == ["log_food"]
    assert heard.intents[0].payload is not None


@pytest.mark.parametrize(
    "error",
    [ModelFailed("refused"), ModelFailed("invalid"), TimeoutError(), RuntimeError(FOREIGN), ValueError(FOREIGN)],
)
async def test_any_failure_leaves_the_rules_answer_and_says_so(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    model = Scripted(error)
    with caplog.at_level(logging.DEBUG):
        heard = await fallback(model).understand(FOREIGN, MOMENT)
    assert heard == replace(await Rules().understand(FOREIGN, MOMENT), is_degraded=True)
    assert len(model.asked) == 1
    assert FOREIGN not in caplog.text
    assert "offline" in caplog.text


async def test_closing_lets_go_of_the_model() -> None:
    model = Scripted()
    await fallback(model).close()
    assert model.is_closed


@pytest.mark.parametrize(
    ("text", "quote", "field"),
    [
        ("ich habe eine Allergie gegen Sesam", "Allergie gegen Sesam", "allergy"),
        ("ich nehme Blutverdünner seit Mai", "Blutverdünner", "medication"),
    ],
)
async def test_n33_what_may_protect_and_cannot_be_read_is_asked_back(text: str, quote: str, field: str) -> None:
    proposal = Proposal.model_validate(
        {
            "intents": [],
            "facts": [{"field": field, "value": "sesame", "op": "add", "quote": quote, "confidence": 0.9}],
        }
    )
    found = await fallback(Scripted(read(proposal, text, MOMENT))).understand(text, MOMENT)
    assert [(wrong.field, wrong.quote, wrong.reason) for wrong in found.rejected] == [(field, quote, "unknown_word")]
    assert found.facts == ()
    assert found.has("give_facts")
