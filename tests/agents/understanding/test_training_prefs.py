from datetime import UTC, datetime, time

import pytest

from agents.schemas import Fact, Moment, Rejected
from agents.understanding.facts import facts

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def values(text, asked=None):
    found: dict[str, list[object]] = {}
    for fact in facts(text, Moment(now=NOW, expecting=asked))[0]:
        found.setdefault(fact.field, []).append(fact.value)
    return found


def test_one_sentence_sets_the_whole_training_week():
    assert values("gym 3x a week mon wed fri 45 min after work at 6pm") == {
        "location": ["gym"], "workout_days_count": [3], "workout_days": [(0, 2, 4)], "workout_minutes": [45],
        "workout_time": [time(18, 0)],
    }  # fmt: skip


def test_equipment_and_place():
    assert values("only dumbbells and a mat at home") == {"equipment": ["dumbbells", "mat"], "location": ["home"]}
    assert facts("no equipment", Moment(now=NOW))[0] == (Fact("equipment", "", "no equipment", "none"),)
    assert values("pull-up bar", "equipment") == {"equipment": ["pull_up_bar"]}
    assert values("gym and home")["location"] == ["hybrid"]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("I'm a complete beginner", "fitness_level", "beginner"),
        ("I've been lifting for 5 years", "regular_exercise", True),
        ("I haven't trained in years", "regular_exercise", False),
        ("I play tennis", "modality", "racket_sport"),
        ("I train twice a week", "workout_days_count", 2),
        ("workouts mon-fri", "workout_days", (0, 1, 2, 3, 4)),
        ("I train for half an hour", "workout_minutes", 30),
    ],
)
def test_training_habits(text, field, value):
    assert values(text)[field] == [value]


@pytest.mark.parametrize("text", ["I hate running", "no gym today", "the gym is closed", "ran 5 km in 30 min", "60x8"])
def test_what_sets_nothing(text):
    assert values(text) == {}


def test_a_session_outside_the_limits_is_refused():
    assert facts("5 minute workouts", Moment(now=NOW))[1] == (
        Rejected("workout_minutes", "5 minute", "out_of_range", 15, 180),
    )


def test_bare_answers():
    assert values("3", "workout_days") == {"workout_days_count": [3]}
    assert values("every day except sunday", "workout_days") == {"workout_days": [(0, 1, 2, 3, 4, 5)]}
    assert values("45", "workout_minutes") == {"workout_minutes": [45]}
    assert values("7", "workout_time") == {"workout_time": [time(19, 0)]}
    assert values("no", "regular_exercise") == {"regular_exercise": [False]}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("vegetarian, 3 meals, gym mon wed fri 45 min", (0, 2, 4)),
        ("I eat at seven, train tuesdays and thursdays", (1, 3)),
    ],
)
def test_days_belong_to_the_training_named_beside_them(text, days):
    assert values(text)["workout_days"] == [days]


def test_days_of_another_habit_are_no_training_days():
    assert "workout_days" not in values("I fast monday and thursday, and I like the gym")
