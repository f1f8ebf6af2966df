"""Bare answers to questions about lists, and what is no entry of any list."""

from datetime import UTC, datetime

import pytest

from agents.schemas import Moment
from agents.understanding.facts import facts

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["lock it in", "the first one", "looks good", "go on", "go ahead then", "that is right"]
)
@pytest.mark.parametrize("asked", ["allergies", "dislikes", "intolerances"])
def test_an_answer_to_another_question_is_no_food(text, asked):
    assert facts(text, Moment(now=NOW, expecting=asked)) == ((), ())


@pytest.mark.parametrize("text", ["dinner for four please", "I cook lunch for 2"])
def test_a_meal_for_so_many_people_is_no_time(text):
    assert not facts(text, Moment(now=NOW, expecting="diet_type"))[0]
