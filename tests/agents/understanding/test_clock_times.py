"""Clock times: single ones, lists, and meals with their times."""

from datetime import time

import pytest

from agents.understanding.times import ClockTime, Problem, clock_time, clock_times, meal_times
from tests.support.cases import for_each

CLOCKS = [
    ("7", "07:00", True),
    ("7am", "07:00", False),
    ("7 a.m.", "07:00", False),
    ("7:30", "07:30", True),
    ("07:30", "07:30", False),
    ("19.30", "19:30", False),
    ("19:30:00", "19:30", False),
    ("22h", "22:00", False),
    ("22h30", "22:30", False),
    ("at 1h30", "01:30", False),
    ("half past eight", "08:30", True),
    ("half-past eight", "08:30", True),
    ("quarter to 9", "08:45", True),
    ("a quarter past seven in the evening", "19:15", False),
    ("ten past seven", "07:10", True),
    ("twenty-five to six pm", "17:35", False),
    ("at 20 to 8", "07:40", True),
    ("5 minutes past 6", "06:05", True),
    ("quarter to one", "12:45", False),
    ("noon", "12:00", False),
    ("12 noon", "12:00", False),
    ("midnight", "00:00", False),
    ("12am", "00:00", False),
    ("12 pm", "12:00", False),
    ("12 at night", "00:00", False),
    ("12", "12:00", True),
    ("24:00", "00:00", False),
    ("seven thirty", "07:30", True),
    ("seven-thirty pm", "19:30", False),
    ("seven oh five", "07:05", True),
    ("twelve thirty", "12:30", False),
    ("seven o'clock", "07:00", True),
    ("8 o’clock in the evening", "20:00", False),
    ("around 8ish", "08:00", True),
    ("8 in the evening", "20:00", False),
    ("3 in the morning", "03:00", False),
    ("9 at night", "21:00", False),
    ("10 tonight", "22:00", False),
    ("0730h", "07:30", False),
    ("at 1930", "19:30", False),
    ("13pm", "13:00", False),
    ("@8", "08:00", True),
    ("I usually get up at 7 and sleep 8 hours", "07:00", True),
    ("I have 2 kids, so 7", "07:00", True),
]


@for_each(("text", "clock", "is_ambiguous"), CLOCKS)
def test_a_clock_time_is_read(text, clock, is_ambiguous) -> None:
    found = clock_time(text)
    assert isinstance(found, ClockTime)
    assert (found.time, found.is_ambiguous) == (time.fromisoformat(clock), is_ambiguous)


@pytest.mark.parametrize(
    ("text", "prefer_pm", "expected"),
    [
        ("7", True, ClockTime(time(19), "7")),
        ("7", False, ClockTime(time(7), "7")),
        ("half past ten", True, ClockTime(time(22, 30), "half past ten")),
        ("7am", True, ClockTime(time(7), "7am")),
        ("07:15", True, ClockTime(time(7, 15), "07:15")),
        ("12", True, ClockTime(time(12), "12", is_ambiguous=True)),  # a bedtime of 12 may mean midnight: ask
    ],
)
def test_a_preference_decides_only_what_the_words_leave_open(text, prefer_pm, expected) -> None:
    assert clock_time(text, prefer_pm=prefer_pm) == expected


@pytest.mark.parametrize(
    "text", ["25:99", "24:30", "7:75", "100:00", "13am", "0pm", "at 25", "82", "at 99:99 and 88:88"]
)
def test_a_time_that_cannot_be_is_told(text) -> None:
    found = clock_time(text)
    assert isinstance(found, Problem)
    assert found.reason == "impossible_time"
    assert found.quote in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "82 kg",
        "7 hours",
        "1h30",
        "7.5",
        "$7",
        "7 €",
        "3 eggs",
        "2026-12-10",
        "7:5",
        "three quarters",
        "👍",
        "8%",
    ],
)
def test_what_is_no_time_gives_none(text) -> None:
    assert clock_time(text) == Problem("no_time")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8, 12:30 and 19:00", ["08:00", "12:30", "19:00"]),
        ("8,12:30,19", ["08:00", "12:30", "19:00"]),
        ("8, 1 and 7", ["08:00", "13:00", "19:00"]),
        ("7am/1pm/7pm", ["07:00", "13:00", "19:00"]),
        ("at 8 and 8", ["08:00", "20:00"]),
        ("half past seven, noon and 6 in the evening", ["07:30", "12:00", "18:00"]),
        ("I take 2 pills, at 9 and 21:00", ["09:00", "21:00"]),
        ("nothing", []),
    ],
)
def test_a_list_of_times_goes_through_the_day(text, expected) -> None:
    assert [f"{found.time:%H:%M}" for found in clock_times(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("breakfast at 8, lunch 1pm, dinner 7", {"breakfast": "08:00", "lunch": "13:00", "dinner": "19:00"}),
        ("8 breakfast, 1 lunch and 7:30 dinner", {"breakfast": "08:00", "lunch": "13:00", "dinner": "19:30"}),
        ("lunch and dinner at 1 and 7", {"lunch": "13:00", "dinner": "19:00"}),
        ("breakfast at 8, lunch, dinner 7", {"breakfast": "08:00", "dinner": "19:00"}),
        ("breakfast: 07:30\nlunch: 13:00\ndinner: 19:30", {"breakfast": "07:30", "lunch": "13:00", "dinner": "19:30"}),
        ("I skip breakfast. lunch 12:30", {"lunch": "12:30"}),
        ("brunch at 11, supper at 20h", {"lunch": "11:00", "dinner": "20:00"}),
        (
            "morning snack 10, a snack at 4 and an evening snack at 9",
            {"morning_snack": "10:00", "snack": "16:00", "evening_snack": "21:00"},
        ),
        ("suhoor 4:30am, iftar at 6", {"suhoor": "04:30", "iftar": "18:00"}),
        ("dinner at 25:99", {}),
        ("8, 12:30 and 19:00", {}),
        ("", {}),
    ],
)
def test_meals_are_paired_with_their_times(text, expected) -> None:
    assert {meal.slot: f"{meal.at:%H:%M}" for meal in meal_times(text)} == expected
