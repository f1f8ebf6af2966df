"""Answers to an open question: buttons by label, data, position and likeness, and the words that lead on."""

from datetime import UTC, datetime

import pytest

from agents.schemas import Moment
from agents.understanding.rules import Rules

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
GOALS = (("Lose fat", "goal:fat_loss"), ("Build muscle", "goal:muscle_gain"), ("General fitness", "goal:fitness"))


def answers(text: str, options=GOALS, expecting="primary_goal") -> list[tuple[str, object]]:
    moment = Moment(now=NOW, expecting=expecting, options=options)
    return [(intent.name, intent.payload) for intent in Rules().read(text, moment).intents]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("Lose fat", "goal:fat_loss"),
        ("LOSE FAT!", "goal:fat_loss"),
        ("goal:muscle_gain", "goal:muscle_gain"),
        ("1", "goal:fat_loss"),
        ("option 2", "goal:muscle_gain"),
        ("the second one", "goal:muscle_gain"),
        ("third", "goal:fitness"),
        ("the last one", "goal:fitness"),
        ("b", "goal:muscle_gain"),
        ("muscle", "goal:muscle_gain"),
        ("I'd say build muscle", "goal:muscle_gain"),
        ("bild muscle", "goal:muscle_gain"),
    ],
)
def test_a_button_may_be_named_in_words(text, data):
    assert answers(text)[0] == ("answer", data)


@pytest.mark.parametrize("text", ["4", "the fifth one", "something completely different today", "not build muscle"])
def test_what_names_no_button_is_no_answer(text):
    assert "answer" not in [name for name, _ in answers(text)]


def test_several_numbers_name_several_buttons():
    assert answers("1 and 3") == [("answer", "goal:fat_loss"), ("answer", "goal:fitness")]


def test_a_number_is_a_value_where_a_value_was_asked():
    found = answers("2", options=(("Skip", "skip"), ("Why?", "why")), expecting="age")
    assert "answer" not in [name for name, _ in found]


def test_a_label_that_is_a_number_wins_over_its_position():
    options = (("3", "m:3"), ("4", "m:4"), ("5", "m:5"), ("2", "m:2"))
    assert answers("2", options=options, expecting="meals_per_day") == [("answer", "m:2")]


def test_yes_names_the_one_button_that_begins_with_it():
    options = (("Yes, I agree", "consent:yes"), ("No", "consent:no"))
    assert answers("yes", options=options, expecting="consent") == [("answer", "consent:yes")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("yep", "yes"), ("sounds good", "yes"), ("👍", "yes"), ("👍👍", "yes"), ("nope", "no"), ("no no no", "no"),
        ("skip", "skip"), ("pass", "skip"), ("go back", "back"), ("not now", "later"), ("ask me later", "later"),
        ("no idea", "dont_know"), ("I don't know my weight", "dont_know"), ("why do you need that?", "why_ask"),
        ("why?", "why_ask"), ("cancel", "cancel"), ("never mind", "cancel"), ("undo", "undo"),
        ("delete the last entry", "undo"),
    ],
)  # fmt: skip
def test_words_that_lead_on_are_understood_beside_buttons(text, name):
    assert answers(text)[0][0] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [("what should I eat today?", "meals_view"), ("show my plan", "plan_view"), ("drank 500 ml", "log_water")],
)
def test_an_order_in_the_middle_of_a_question_stays_an_order(text, name):
    assert [found for found, _ in answers(text)] == [name]


def test_stop_cancels_a_question_and_pauses_without_one():
    assert answers("stop")[0][0] == "cancel"
    assert answers("stop", options=(), expecting=None)[0][0] == "pause"


def test_a_tick_agrees_to_a_question_and_ticks_a_task_without_one():
    assert answers("✅")[0][0] == "yes"
    assert answers("✅", options=(), expecting=None)[0][0] == "task_done"


def test_a_grade_is_no_agreement():
    assert "yes" not in [name for name, _ in answers("good", options=(), expecting="sleep_quality")]


DAYS = (("Mon, Wed, Fri", "a"), ("Tue, Thu, Sat", "b"), ("Mon and Thu", "c"), ("Monday to Friday", "d"))


@pytest.mark.parametrize(
    "text",
    ["I train monday, wednesday and friday", "monday tuesday and friday", "Mon and Thu and Sun"],
)
def test_a_day_or_a_number_beside_a_buttons_words_makes_another_answer(text):
    assert "answer" not in [name for name, _ in answers(text, options=DAYS, expecting="workout_days")]


@pytest.mark.parametrize(("text", "data"), [("monday to friday please", "d"), ("mon and thu would be good", "c")])
def test_a_button_within_a_sentence_is_still_the_button(text, data):
    assert [payload for name, payload in answers(text, options=DAYS, expecting="workout_days") if name == "answer"] == [
        data
    ]
