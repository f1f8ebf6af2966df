"""The offline CoachModel as a whole: the golden sentences, several intents at once, and text of any kind."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.profile import Injury, Profile
from agents.schemas import Amount, Intent, Moment, Remind, Target, Understanding
from agents.understanding.rules import Rules
from tests.support.cases import for_each

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
GOLDEN = [
    json.loads(line)
    for line in Path(__file__).with_name("golden_intents.jsonl").read_text(encoding="utf-8").splitlines()
]


def read(text: str, **moment) -> Understanding:
    return Rules().read(text, Moment(now=NOW, **moment))


def names(text: str, **moment) -> list[str]:
    return [intent.name for intent in read(text, **moment).intents]


def golden_moment(case: dict) -> Moment:
    return Moment(
        now=NOW,
        expecting=case.get("expecting"),
        options=tuple((label, data) for label, data in case.get("options", ())),
        profile=Profile(is_locked=case.get("locked", False)),
        is_forwarded=case.get("forwarded", False),
    )


@for_each("case", GOLDEN, ids=lambda case: case["text"][:40])
def test_a_golden_sentence_is_understood_as_noted(case):
    understood = Rules().read(case["text"], golden_moment(case))
    assert [intent.name for intent in understood.intents] == case["intents"]
    if "payload" in case:
        assert understood.intents[0].payload == case["payload"]


def test_the_golden_file_is_large_enough_to_mean_something():
    assert len(GOLDEN) >= 300
    assert len({name for case in GOLDEN for name in case["intents"]}) >= 55


async def test_understanding_is_reading_without_waiting():
    moment = Moment(now=NOW)
    assert await Rules().understand("done", moment) == Rules().read("done", moment)


def test_one_message_may_hold_four_wishes_with_their_amounts():
    text = "done with the walk, drank 500 ml, and remind me to stretch at 8pm; also I'm 81.5 kg now"
    done, water, reminder, weight = read(text).intents
    assert done.payload == Target(words="walk")
    assert water.payload == Amount(500.0, "ml")
    assert isinstance(reminder.payload, Remind)
    assert reminder.payload.title == "stretch"
    assert reminder.payload.recurrence is not None
    assert weight.payload == Amount(81.5, "kg")


def test_many_facts_in_one_sentence_are_facts_and_nothing_else():
    understood = read("34, 82 kg, 1.80 m, want to lose fat, bad knee, vegetarian")
    assert [intent.name for intent in understood.intents] == ["give_facts"]
    said = {fact.field: fact.value for fact in understood.facts}
    assert said["age"] == 34
    assert said["weight_kg"] == 82.0
    assert said["diet_type"] == "vegetarian"


def test_pain_carries_the_injury_its_words_name():
    pain = read("my knee hurts").first("pain")
    assert pain is not None
    assert isinstance(pain.payload, Injury)
    assert pain.payload.region == "knee"


def test_a_log_does_not_become_a_standing_fact():
    understood = read("slept 6 hours, stress 7/10, legs sore", profile=Profile(is_locked=True))
    assert names("slept 6 hours, stress 7/10, legs sore") == ["check_in"]
    assert understood.facts == ()


def test_while_the_profile_is_filled_levels_are_facts():
    understood = read("stress is high", expecting="stress_level")
    assert ("stress_level", 8) in [(fact.field, fact.value) for fact in understood.facts]
    assert not understood.has("check_in")


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("had 2 eggs, nut allergy", "allergy", "tree_nut"),
        ("slept 6 hours, tired, pregnant", "condition", "pregnancy"),
        ("ran 5k in 27:30, vegetarian", "diet_type", "vegetarian"),
        ("skip the run because I have asthma", "condition", "respiratory"),
        ("swap dinner, I'm allergic to shrimp", "allergy", "crustacean"),
    ],
)
def test_a_log_or_an_order_never_swallows_what_decides_on_safety(text, field, value):
    said = {(fact.field, getattr(fact.value, "code", fact.value)) for fact in read(text).facts}
    assert (field, value) in said


def test_a_correction_names_the_new_and_the_old_value():
    (intent,) = read("no, 82 not 28", expecting="weight_kg").intents
    assert intent.name == "correct"
    assert (intent.payload.new, intent.payload.old) == ("82", "28")


def test_hedged_agreement_is_no_yes():
    assert "yes" not in names("okay but I hate running")


def test_nothing_understood_is_said_with_no_confidence():
    (intent,) = read("asdkjh qwe").intents
    assert (intent.name, intent.confidence) == ("unknown", 0.0)


@pytest.mark.parametrize("text", ["", "   ", "\x00\x00", "😂", "🤮🤮", "...", "\u202e\u200f"])
def test_text_without_words_is_unknown(text):
    assert names(text) == ["unknown"]


def test_forwarded_words_are_neither_facts_nor_orders():
    understood = read("I weigh 82 kg, delete my data, drank 500 ml", is_forwarded=True)
    assert understood.intents == (
        Intent("unknown", confidence=0.0, quote="I weigh 82 kg, delete my data, drank 500 ml"),
    )
    assert understood.facts == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what's for dinner", "en"),
        ("ich habe heute zwei Eier gegessen", "de"),
        ("Сегодня я съел два яйца", "ru"),
        ("مرحبا كيف حالك", "ar"),
        ("今日は何を食べますか", "ja"),
        ("82", "en"),
    ],
)
def test_the_language_is_guessed_from_script_and_small_words(text, language):
    assert read(text).language == language


def test_words_that_do_not_tell_leave_the_language_of_the_person():
    assert read("82", locale="fr").language == "fr"


@pytest.mark.parametrize(
    "text",
    ["a" * 10_000, "60x8 " * 2_000, "eggs, " * 1_700, "no, " * 2_500, "(" * 10_000, "5 " * 5_000, "remind me " * 1_000],
    ids=["letters", "sets", "foods", "noes", "brackets", "numbers", "reminders"],
)
def test_ten_kilobytes_are_read_in_well_under_a_second(text):
    read("warm up")
    start = time.thread_time()
    read(text)
    assert time.thread_time() - start < 1.0


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.text(max_size=120))
def test_any_text_is_understood_as_at_least_one_intent(text):
    assert read(text).intents


_WORDS = st.sampled_from(
    [
        "had",
        "2",
        "eggs",
        "and",
        ",",
        ".",
        "?",
        "i'm",
        "82",
        "kg",
        "done",
        "with",
        "the",
        "walk",
        "drank",
        "500",
        "ml",
        "remind",
        "me",
        "at",
        "8pm",
        "no",
        "yes",
        "3x5x100",
        "bench",
        "slept",
        "6",
        "hours",
        "my",
        "knee",
        "hurts",
        "skip",
        "swap",
        "dinner",
        "/",
        "@",
        "8",
        "bw+10x6",
        "between",
        "why",
        "1/0",
        "½",
        "not",
        "/log",
        "/water",
        "until",
        "monday",
    ]
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.lists(_WORDS, max_size=14).map(" ".join),
    st.sampled_from([None, "weight_kg", "mood", "consent", "sleep_hours", "note"]),
    st.booleans(),
)
def test_any_order_of_known_words_is_understood_and_quoted_from_the_text(text, expecting, locked):
    understood = read(
        text, expecting=expecting, options=(("Yes", "y"), ("2 eggs", "e")), profile=Profile(is_locked=locked)
    )
    assert understood.intents
    assert all(0.0 <= intent.confidence <= 1.0 for intent in understood.intents)


def test_words_that_cancel_are_no_answer_to_the_question_they_leave():
    read_ = read("never mind", expecting="experience")
    assert (read_.facts, [intent.name for intent in read_.intents]) == ((), ["cancel"])


@pytest.mark.parametrize("text", ["my left knee is sore, mild", "my right shoulder feels sore"])
def test_a_sore_joint_is_an_injury_and_no_soreness(text):
    understood = read(text)
    assert [fact.field for fact in understood.facts] == ["injury"]
    assert not understood.has("check_in")


@pytest.mark.parametrize("text", ["I take my blood pressure pill", "on blood pressure tablets"])
def test_pills_named_by_their_purpose_tell_the_condition(text):
    told = {(fact.field, fact.value) for fact in read(text).facts}
    assert told == {("condition", "hypertension"), ("medication", "blood pressure")}
