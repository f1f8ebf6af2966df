from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.profile import Profile
from agents.schemas import Correction, Moment
from agents.understanding.facts import correction

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def corrected(text, **profile):
    return correction(text, Moment(now=NOW, profile=Profile(**profile)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no, 82 not 28", Correction("82", "28")),
        ("it's 82, not 28", Correction("82", "28")),
        ("82 instead of 28", Correction("82", "28")),
        ("not 28, 82", Correction("82", "28")),
        ("I said 28 but meant 82", Correction("82", "28")),
        ("82 kg not 28 kg", Correction("82 kg", "28 kg", "weight_kg")),
        ("sorry I meant 82", Correction("82")),
        ("I meant 82 kg", Correction("82 kg", None, "weight_kg")),
        ("sorry, I meant tomorrow", Correction("tomorrow")),
        ("actually it's 5 ft 6", Correction("5 ft 6", None, "height_cm")),
        ("not vegan, vegetarian", Correction("vegetarian", "vegan", "diet_type")),
        ("not left, right", Correction("right", "left")),
        ("change my weight to 80", Correction("80", None, "weight_kg")),
        ("please set my target weight to 70 kg", Correction("70 kg", None, "target_weight_kg")),
        ("update my goal from fat loss to strength", Correction("strength", "fat loss", "primary_goal")),
        ("sorry, my age is 34, not 43", Correction("34", "43", "age")),
        ("82*", Correction("82")),
        ("*chicken", Correction("chicken")),
    ],
)
def test_corrections(text, expected):
    assert corrected(text) == expected


def test_the_old_value_on_file_tells_the_field():
    assert corrected("no, 82 not 28", weight_kg=28.0) == Correction("82", "28", "weight_kg")
    assert corrected("no, 82 not 28", weight_kg=28.0, age=28) == Correction("82", "28")


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "no thanks",
        "no, I don't",
        "not today, tomorrow",
        "actually I'm tired",
        "I meant it",
        "vegan",
        "82",
        "82 kg",
        "is it 82 not 28?",
        "my weight is 82",
        "change my plan",
        "not now",
        "I'm not vegan",
        "***",
        "",
        "not hungry, tired",
    ],
)
def test_what_corrects_nothing(text):
    assert corrected(text) is None


def test_forwarded_text_corrects_nothing():
    assert correction("no, 82 not 28", Moment(now=NOW, is_forwarded=True)) is None


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(max_size=220))
def test_any_text_is_a_correction_or_none(text):
    found = corrected(text)
    assert found is None or found.new.strip()
