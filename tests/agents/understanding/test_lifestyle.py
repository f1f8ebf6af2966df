from datetime import UTC, datetime, time

import pytest

from agents.domain.profile import MealTime
from agents.schemas import Moment, Rejected
from agents.understanding.facts import facts

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def values(text, asked=None):
    return {f.field: f.value for f in facts(text, Moment(now=NOW, expecting=asked))[0]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I sleep 6 hours, badly", {"sleep_hours": 6.0, "sleep_quality": 3}),
        ("I sleep 7-8 hours", {"sleep_hours": 7.5}),
        ("I don't sleep well", {"sleep_quality": 3}),
        ("stress is high, energy 4/10", {"stress_level": 8, "energy_level": 4}),
        ("energy is low but stress is medium", {"energy_level": 3, "stress_level": 5}),
        ("my sleep is excellent", {"sleep_quality": 9}),
        ("energy 3/5", {"energy_level": 6}),
        ("I wake up at 6:30 and go to bed at 23:00", {"wake_time": time(6, 30), "bed_time": time(23, 0)}),
        ("bed at 11", {"bed_time": time(23, 0)}),
        ("desk job", {"work_activity": "very_light"}),
        ("on my feet all day", {"work_activity": "moderate"}),
        ("I work in construction", {"work_activity": "heavy"}),
        ("I'm lightly active", {"leisure_activity": "light"}),
        ("water target 2.5 l", {"water_target_ml": 2500}),
        ("no water reminders", {"water_reminders": False}),
        ("three meals a day", {"meals_per_day": 3}),
        ("max 20 min cooking", {"max_prep_minutes": 20}),
        ("100 euros a week for groceries", {"budget_per_day": 14.29}),
        ("switch to imperial units", {"units": "imperial"}),
    ],
)
def test_the_usual_day(text, found):
    assert values(text) == found


@pytest.mark.parametrize(("label", "stress", "energy"), [("low", 3, 3), ("medium", 5, 6), ("high", 8, 9)])
def test_labels_have_the_numbers_of_the_scales(label, stress, energy):
    assert values(label, "stress_level") == {"stress_level": stress}
    assert values(label, "energy_level") == {"energy_level": energy}


@pytest.mark.parametrize(("label", "level"), [("poor", 3), ("fair", 5), ("good", 7), ("excellent", 9)])
def test_sleep_labels(label, level):
    assert values(label, "sleep_quality") == {"sleep_quality": level}


@pytest.mark.parametrize(
    "text",
    ["I slept 5 hours last night", "stress is high today", "I need more energy", "dinner took 40 minutes to cook"],
)
def test_one_day_is_not_the_usual_day(text):
    assert values(text) == {}


def test_meal_times_are_facts_of_their_own():
    found, _ = facts("breakfast at 8, lunch at 12:30, dinner at 7", Moment(now=NOW))
    assert [f.value for f in found] == [
        MealTime("breakfast", time(8, 0)), MealTime("lunch", time(12, 30)), MealTime("dinner", time(19, 0)),
    ]  # fmt: skip


def test_impossible_times_and_levels_are_refused():
    assert facts("25:99", Moment(now=NOW, expecting="wake_time"))[1] == (
        Rejected("wake_time", "25:99", "impossible_time"),
    )
    assert facts("energy 12/10", Moment(now=NOW))[1] == (
        Rejected("energy_level", "energy 12/10", "out_of_range", 0, 10),
    )
