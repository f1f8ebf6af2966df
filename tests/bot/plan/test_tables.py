"""The view for people: readable in 80 columns, honest about refusals, silent about numbers where it must be."""

import re
from datetime import date
from io import StringIO
from typing import Any

from rich.console import Console

from bot.plan.command import planned
from bot.plan.profile_file import profile_from
from bot.plan.tables import view
from tests.bot.plan.test_profile_file import LEAST


def shown(width: int = 80, **fields: Any) -> str:
    said = profile_from({**LEAST, "start_date": "2026-03-02", **fields})
    console = Console(file=StringIO(), width=width)
    console.print(view(*planned(said, days=1, seed=0, today=date(2026, 3, 2))))
    return " ".join(console.file.getvalue().split())  # type: ignore[attr-defined]


def test_the_label_has_the_last_word_about_an_allergy() -> None:
    assert "contains milk, eggs. Please read every label." in shown(allergies=["milk and eggs"])
    assert "read every label" not in shown()


def test_a_refusal_is_told_once_with_its_ways_out_on_lines_of_their_own() -> None:
    text = shown(max_prep_minutes=1)
    assert "No meals yet" in text
    assert text.count("at most 1 minute in the kitchen") == 1
    assert "A) Allow up to" in text
    assert "Shopping" not in text


def test_shopping_names_another_form_only_where_there_is_one() -> None:
    text = shown(width=200)
    assert "oils and sauces" in text
    assert re.search(r"(Olive|Rapeseed) oil 1 (500 ml|1 litre) bottle \d+ g", text)
    assert "olive oil, " not in text.split("Shopping")[1]


def test_an_emergency_is_all_there_is() -> None:
    text = shown(conditions=["chest pain"])
    assert text.startswith("Please read first Please call")
    assert "Why this plan" not in text


def test_a_minor_sees_no_calories() -> None:
    minor = shown(age=15, weight_kg=58)
    assert "kcal" not in minor
    assert "Energy" not in minor
    assert "Minutes Energy" in shown()
