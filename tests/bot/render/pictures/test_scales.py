"""Scales carry round numbers and days that people count by, never too many."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.render.pictures.scales import MOST_DAY_MARKS, MOST_MARKS, day_marks, number_words, round_marks

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e6))
def test_marks_lie_inside_are_few_and_rise(low, span):
    marks = round_marks(low, low + span)
    assert 1 <= len(marks) <= MOST_MARKS
    assert marks == sorted(set(marks))
    assert all(low - span * 1e-6 <= mark <= low + span * (1 + 1e-6) for mark in marks)
    assert len(number_words(marks)) == len(marks)


def test_a_scale_without_height_has_one_mark():
    assert round_marks(5, 5) == [5]


def test_decimals_are_the_same_for_all_marks():
    assert number_words([79, 79.5, 80]) == ["79.0", "79.5", "80.0"]
    assert number_words([1000, 2000]) == ["1,000", "2,000"]


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 3000))
def test_marked_days_lie_inside_and_never_crowd(first, length):
    last = first + timedelta(days=length)
    marks = day_marks(first, last, MONTHS, WEEKDAYS)
    assert len(marks) <= max(8, MOST_DAY_MARKS + 3)
    assert all(first <= on <= last and words for on, words in marks)
    assert [on for on, _ in marks] == sorted(on for on, _ in marks)


def test_a_week_has_weekdays_a_season_days_a_year_months():
    sunday = date(2026, 11, 22)
    assert [words for _, words in day_marks(sunday - timedelta(days=6), sunday, MONTHS, WEEKDAYS)] == list(WEEKDAYS)
    assert day_marks(sunday - timedelta(days=83), sunday, MONTHS, WEEKDAYS)[-1] == (sunday, "22 Nov")
    assert (date(2026, 1, 1), "2026") in day_marks(sunday - timedelta(days=364), sunday, MONTHS, WEEKDAYS)
