"""The right entry, or none: a wrong answer is worse than an honest "I do not know"."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.knowledge import answer_to, entries

GOLDEN = [json.loads(line) for line in Path(__file__).with_name("golden.jsonl").read_text().splitlines()]


def found(text: str) -> str | None:
    entry = answer_to(text)
    return entry.id if entry else None


def test_each_entry_is_found_by_its_own_questions():
    wrong = [(entry.id, ask, found(ask)) for entry in entries() for ask in entry.ask if found(ask) != entry.id]
    assert wrong == []


def test_other_words_find_the_same_entry_and_what_is_beyond_finds_none():
    wrong = [
        (case["text"], case["entry"], found(case["text"])) for case in GOLDEN if found(case["text"]) != case["entry"]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("how much protien do i need", "protein-how-much"),
        ("CREATINE???", "creatine"),
        ("Is  coffee\nbad", "coffee"),
        ("¿Is cafféine safe?", "coffee"),
    ],
)
def test_slips_case_and_signs_do_not_matter(text, entry):
    assert found(text) == entry


@pytest.mark.parametrize(
    "text",
    [
        "how much ibuprofen before training",
        "can I take metformin with coffee",
        "is creatine ok with warfarin",
        "what dose of vitamin D",
        "does coffee help my headache",
        "is sauna good for my baby",
    ],
)
def test_medicines_doses_and_illness_are_for_a_clinician(text):
    assert found(text) is None


@pytest.mark.parametrize("text", ["", "?", "the", "...", "why", "how much", "ok"])
def test_small_words_alone_ask_nothing(text):
    assert found(text) is None


def test_a_surer_answer_is_nearly_the_entrys_own_question():
    assert answer_to("what should I eat before training?", surely=True) is not None
    assert answer_to("what should I eat tonight before the theatre", surely=True) is None


@given(st.text(max_size=200))
def test_any_text_has_an_answer_or_none(text):
    entry = answer_to(text)
    assert entry is None or entry in entries()


@given(st.sampled_from(entries()), st.sampled_from(["ibuprofen", "warfarin", "insulin", "amoxicillin"]))
def test_a_medicine_that_an_entry_does_not_speak_of_is_never_answered_by_it(entry, medicine):
    answer = answer_to(f"{entry.ask[0]} {medicine}")
    assert answer is None or medicine in " ".join((*answer.words, *answer.ask))
