"""The meals of a day as shown."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agents.nodes import meals
from agents.nodes.meals.showing import meal_card
from agents.schemas import Intent, Target
from tests.agents.nodes.meals.kitchen import DINNER, pantry
from tests.support.mind import asked, settled


@pytest.mark.parametrize(
    ("target", "names"),
    [(Target(), ["Pasta", "Soup"]), (Target(words="dinner"), ["Soup"]), (Target(words="brunch"), ["Pasta", "Soup"])],
)
async def test_the_meals_of_a_day_or_one_of_them(target: Target, names: list[str]) -> None:
    part = await meals.show(settled(), Intent("meals_view", target), pantry())
    assert [card.title.rpartition(": ")[2] for card in part.cards] == names


@pytest.mark.parametrize(
    ("context", "order", "key"),
    [
        (settled(), Target(on=date(2027, 1, 1)), "no-meals-that-day"),
        (settled(plans=()), Target(), "no-meal-plan"),
        (asked("age"), Target(), "no-plan-onboarding"),
    ],
)
async def test_where_there_are_no_meals_it_says_why(context: Any, order: Target, key: str) -> None:
    assert (await meals.show(context, Intent("meals_view", order), pantry())).lines[0].key == key


def test_a_portion_that_was_cooked_along_says_from_which_day() -> None:
    left = replace(DINNER, cooked_on=date(2026, 11, 22))
    assert meal_card(left, is_hidden=False).title == "Dinner at 19:00: Soup (left from Sunday)"
    assert meal_card(DINNER, is_hidden=False).title == "Dinner at 19:00: Soup"


def test_hidden_numbers_are_no_calories_on_the_card() -> None:
    assert {row[2] for row in meal_card(DINNER, is_hidden=True).rows} == {""}
