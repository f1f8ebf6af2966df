"""Days of the calendar and of the week, seen from Wednesday, 18 November 2026."""

from datetime import date

import pytest

from agents.understanding.times import DayRef, Problem, day, weekdays
from tests.support.cases import for_each

TODAY = date(2026, 11, 18)


@for_each(
    ("text", "expected"),
    [
        ("today", "2026-11-18"), ("tomorrow", "2026-11-19"), ("tmrw", "2026-11-19"), ("yesterday", "2026-11-17"),
        ("the day after tomorrow", "2026-11-20"), ("the day before yesterday", "2026-11-16"),
        ("on Friday", "2026-11-20"), ("fri 7pm", "2026-11-20"), ("this friday", "2026-11-20"), ("sat", "2026-11-21"),
        ("next monday", "2026-11-23"), ("next friday", "2026-11-27"), ("last monday", "2026-11-16"),
        ("wednesday", "2026-11-25"), ("this wednesday", "2026-11-18"),
        ("in 3 days", "2026-11-21"), ("in a week", "2026-11-25"), ("in two weeks", "2026-12-02"),
        ("in a fortnight", "2026-12-02"), ("a week from now", "2026-11-25"), ("in a month", "2026-12-18"),
        ("three days ago", "2026-11-15"), ("3 weeks ago", "2026-10-28"), ("a couple of days ago", "2026-11-16"),
        ("next week", "2026-11-23"), ("this weekend", "2026-11-21"), ("next month", "2026-12-18"),
        ("the 5th", "2026-12-05"), ("on the 18th", "2026-11-18"), ("the 31st", "2026-12-31"),
        ("10 dec", "2026-12-10"), ("dec 10th", "2026-12-10"), ("10th of december", "2026-12-10"),
        ("december 10th, 2027", "2027-12-10"), ("may 5", "2027-05-05"), ("29 feb", "2028-02-29"),
        ("2026-12-10", "2026-12-10"), ("10/12/2026", "2026-12-10"), ("10.12.2026", "2026-12-10"),
        ("10.12.", "2026-12-10"), ("10/12/26", "2026-12-10"), ("on 5/12", "2026-12-05"), ("12/13/2026", "2026-12-13"),
        ("dans 3 jours", "2026-11-21"), ("завтра", "2026-11-19"),
    ],
)  # fmt: skip
def test_a_day_is_read(text, expected) -> None:
    found = day(text, today=TODAY)
    assert isinstance(found, DayRef)
    assert found.on == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "on", "part"),
    [
        ("tonight", "2026-11-18", "night"),
        ("last night", "2026-11-17", "night"),
        ("tomorrow morning", "2026-11-19", "morning"),
        ("friday evening", "2026-11-20", "evening"),
        ("this afternoon", "2026-11-18", "afternoon"),
        ("tomorrow at lunch", "2026-11-19", None),
    ],
)
def test_a_day_tells_its_part_where_it_is_said(text, on, part) -> None:
    found = day(text, today=TODAY)
    assert isinstance(found, DayRef)
    assert (found.on, found.part) == (date.fromisoformat(on), part)


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("10/12/2026", "en", "2026-12-10"),
        ("10/12/2026", "en-GB", "2026-12-10"),
        ("10/12/2026", "en-US", "2026-10-12"),
        ("10/12/2026", "en_US", "2026-10-12"),
        ("25/12/2026", "en-US", "2026-12-25"),
        ("2026-12-10", "en-US", "2026-12-10"),
    ],
)
def test_the_locale_decides_between_day_and_month(text, locale, expected) -> None:
    found = day(text, today=TODAY, locale=locale)
    assert isinstance(found, DayRef)
    assert found.on == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("on monday", "2026-11-16"), ("wednesday", "2026-11-11"), ("10 dec", "2025-12-10"), ("the 20th", "2026-10-20")],
)
def test_a_day_of_something_done_lies_behind(text, expected) -> None:
    found = day(text, today=TODAY, prefer_past=True)
    assert isinstance(found, DayRef)
    assert found.on == date.fromisoformat(expected)


@pytest.mark.parametrize("text", ["31 feb", "99/99/2026", "2026-13-40", "in 9999 years"])
def test_a_day_the_calendar_does_not_have_is_told(text) -> None:
    assert day(text, today=TODAY) == Problem("impossible_time", text)


@pytest.mark.parametrize(
    "text", ["", "hello", "I sat in the sun", "the 5th set", "I may eat", "1/2 cup", "завтрак", "8 of 10"]
)
def test_what_names_no_day_gives_none(text) -> None:
    assert day(text, today=TODAY) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon wed fri", "024"), ("Mon, Wed & Fri", "024"), ("mondays and thursdays", "03"), ("weekdays", "01234"),
        ("weekends", "56"), ("Mon-Fri", "01234"), ("monday to friday", "01234"), ("fri-mon", "0456"),
        ("tue/thu/sat", "135"), ("every day", "0123456"), ("daily", "0123456"), ("any day but sunday", "012345"),
        ("every day except sat and sun", "01234"), ("weekdays except wednesday", "0134"), ("not on fridays", "012356"),
        ("weekdays and saturday", "012345"), ("every other day", "024"), ("sat", "5"), ("on sunday", "6"),
        ("saturday mornings", "5"), ("Tues, Thurs", "13"), ("mon.", "0"),
    ],
)  # fmt: skip
def test_days_of_the_week_are_read(text, days) -> None:
    assert weekdays(text) == tuple(int(number) for number in days)


@pytest.mark.parametrize("text", ["", "hello", "3 days a week", "I sat in the sun", "twice"])
def test_words_without_a_day_of_the_week_give_none(text) -> None:
    assert weekdays(text) is None
