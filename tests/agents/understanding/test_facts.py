"""From one sentence to facts: golden sentences, context, scope, and any input at all."""

import json
import time as clock
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.profile import Injury, MealTime, Profile, Restriction
from agents.schemas import Fact, Moment, Rejected
from agents.understanding.facts import facts
from tests.support.cases import for_each

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
GOLDEN = [json.loads(line) for line in Path(__file__).with_name("golden_facts.jsonl").read_text("utf-8").splitlines()]
SIGNS = {"set": "=", "add": "+", "remove": "-", "none": "=none"}


def said(text: str, asked: str | None = None, **profile: object) -> tuple[tuple[Fact, ...], tuple[Rejected, ...]]:
    return facts(text, Moment(now=NOW, expecting=asked, profile=Profile(**profile)))


def shown(value: object) -> str:
    if isinstance(value, Restriction):
        return value.code + (f"({value.severity})" if value.severity else "")
    if isinstance(value, Injury):
        score = f"{value.pain_score}/10" if value.pain_score is not None else None
        parts = (value.side, value.region, value.severity, score, f"({value.note})" if value.note else None)
        return " ".join(part for part in parts if part)
    if isinstance(value, MealTime):
        return f"{value.slot}@{value.at:%H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def described(found: tuple[tuple[Fact, ...], tuple[Rejected, ...]]) -> str:
    kept = [f"{f.field}{SIGNS[f.op]}{shown(f.value)}{'?' * (f.confidence < 0.6)}" for f in found[0]]
    return "; ".join([*kept, *(f"!{r.field}:{r.reason}" for r in found[1])])


@for_each("case", GOLDEN, ids=lambda case: f"{case.get('asked', '')} {case['text']}".strip())
def test_a_golden_sentence_yields_exactly_its_facts(case):
    assert described(said(case["text"], case.get("asked"))) == case["facts"]


def test_there_are_hundreds_of_golden_sentences_and_many_that_say_nothing():
    assert len(GOLDEN) > 500
    assert sum(not case["facts"] for case in GOLDEN) > 100


def test_every_fact_carries_its_own_words():
    found, _ = said("34, 82 kg, 1.80 m, want to lose fat, bad knee, vegetarian, nut allergy")
    assert [f.quote for f in found] == [
        "34", "82 kg", "1.80 m", "lose fat", "bad knee", "vegetarian", "nut allergy", "nut allergy",
    ]  # fmt: skip


def test_a_quote_keeps_the_persons_spelling():
    assert said("I’m Twelve Stone four")[0] == (Fact("weight_kg", 78.02, "Twelve Stone four"),)
    assert said("Vegetarain")[0] == (Fact("diet_type", "vegetarian", "Vegetarain"),)


def test_a_refusal_tells_the_limits():
    assert said("I weigh 4000 kg") == ((), (Rejected("weight_kg", "4000 kg", "out_of_range", 20, 400),))
    assert said("I'm -3 years old") == ((), (Rejected("age", "-3 years old", "out_of_range", 0, 120),))
    assert said("I'm 30 cm tall") == ((), (Rejected("height_cm", "30 cm", "out_of_range", 50, 272),))


def test_what_is_valid_beside_an_absurd_value_is_kept():
    found, refusals = said("34, 4000 kg, vegan")
    assert {f.field: f.value for f in found} == {"age": 34, "diet_type": "vegan"}
    assert [r.field for r in refusals] == ["weight_kg"]


def test_two_different_values_for_one_field_are_a_question():
    assert described(said("I weigh 82 kg, I weigh 95 kg")) == "!weight_kg:ambiguous"
    assert described(said("I weigh 82 kg (181 lb)")) == "weight_kg=82"


def test_forwarded_text_says_nothing_about_the_person():
    assert facts("I'm vegan, 34, 82 kg", Moment(now=NOW, is_forwarded=True)) == ((), ())


@pytest.mark.parametrize("text", ["", "   ", "\0\0", "🏋️🥗", "?!…", "\u202e\u202d"])
def test_text_without_words_says_nothing(text):
    assert said(text) == ((), ())


@pytest.mark.parametrize("asked", [None, "weight_kg", "allergies", "bed_time", "sleep", "workout_days", "name"])
def test_any_text_gives_an_answer(asked):
    alphabet = st.sampled_from(
        [*"abkgm ,.'\"/-?!:0123456789½\n\0é٣🥗", "allergic to ", "my wife ", " kg", "not ", "I'm "]
    )

    @settings(derandomize=True, deadline=None, max_examples=40)
    @given(st.one_of(st.text(max_size=120), st.lists(alphabet, max_size=40).map("".join)))
    def check(text: str) -> None:
        found, refusals = said(text, asked)
        for each in (*found, *refusals):
            assert each.quote in text

    check()


LONG = {
    "one letter": "x" * 10_000,
    "digits": "1" * 10_000,
    "spaces": "weigh" + " " * 10_000 + "82",
    "weights": "82 kg " * 1_700,
    "allergies": "nut allergy " * 850,
    "chain letter": "forward this to ten friends or your shoulder will hurt, no eggs, is it true? " * 130,
    "negations": "not " * 2_500,
    "quotes": "5'" * 5_000,
}


@pytest.mark.parametrize("name", LONG)
def test_ten_kilobytes_return_fast(name):
    said(LONG[name][:200])
    start = clock.process_time()
    said(LONG[name])
    assert clock.process_time() - start < 1.0  # normally below 0.05 s; a quadratic pattern takes many seconds


def test_a_fact_at_the_end_of_a_long_text_is_found():
    assert described(said("blah blah. " * 900 + "I'm allergic to sesame.")) == "allergy+sesame"


@pytest.mark.parametrize("asked", [None, "age", "weight_kg", "height_cm"])
@pytest.mark.parametrize("text", ["I weigh 4000 kg and I am 35", "I am 35 and I weigh 4000 kg"])
def test_the_valid_age_beside_an_absurd_weight_is_kept_in_either_order(text, asked):
    found, refusals = said(text, asked)
    assert [(f.field, f.value) for f in found if f.field == "age"] == [("age", 35)]
    assert [r.field for r in refusals] == ["weight_kg"]


def test_a_weight_of_before_is_no_reason_to_take_the_new_one_for_an_age():
    assert "age" not in described(said("I was 90 kg, now I'm 82"))


@pytest.mark.parametrize(
    "text",
    [
        "I'm tired of running", "I stopped running", "next time I'll run", "ive gone off running", "I'm running late",
        "I cancelled my gym membership", "the gym was packed", "gonna skip the gym tonight",
        "thinking of joining a gym",
        "knee feels better", "I feel better", "a friend told me eggs are bad", "i dont have salmon, something else?",
    ],
)  # fmt: skip
def test_what_only_mentions_a_sport_a_place_or_a_feeling_is_no_fact(text):
    assert described(said(text)) == ""
