"""Rules from phrases: a golden list with exact values, seen from Wednesday, 18 November 2026, 14:00."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agents.domain.occurrence import next_occurrence
from agents.domain.recurrence import Recurrence
from agents.understanding.times import Problem, recurrence
from tests.support.cases import for_each

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 14, 0, tzinfo=BERLIN)
ANCHORS = {
    "breakfast": time(7, 30),
    "lunch": time(12, 30),
    "dinner": time(19),
    "wake": time(6, 45),
    "bed": time(22, 45),
    "workout": time(17, 30),
}
IMPOSSIBLE, PAST = "impossible_time", "in_the_past"


def hm(*clocks: str) -> tuple[time, ...]:
    return tuple(time.fromisoformat(clock) for clock in clocks)


def once(on: str, *clocks: str) -> Recurrence:
    return Recurrence(freq="once", on=date.fromisoformat(on), times=hm(*clocks))


def daily(*clocks: str, **limits: str) -> Recurrence:
    return Recurrence(freq="daily", times=hm(*clocks), **_days(limits))


def weekly(dow: str, *clocks: str, every: int = 1, **limits: str) -> Recurrence:
    days = tuple(int(number) for number in dow)
    return Recurrence(freq="weekly", dow=days, times=hm(*clocks), every_weeks=every, **_days(limits))


def each(minutes: int, opens: str = "", closes: str = "", at: str = "", **limits: str) -> Recurrence:
    window = (time.fromisoformat(opens), time.fromisoformat(closes)) if opens else None
    times = hm(at) if at else ()
    return Recurrence(freq="interval", every_minutes=minutes, window=window, times=times, **_days(limits))


def _days(limits: dict[str, str]) -> dict[str, Any]:
    return {name: date.fromisoformat(day) for name, day in limits.items()}


RULES: list[tuple[str, Recurrence]] = [
    ("every weekday at 7:30", weekly("01234", "07:30")),
    ("weekdays at 6", weekly("01234", "18:00")),
    ("weekends at 10", weekly("56", "10:00")),
    ("weekday mornings", weekly("01234", "08:00")),
    ("weekdays except friday at 9", weekly("0123", "09:00")),
    ("every day except sunday at 9", weekly("012345", "09:00")),
    ("from monday to friday at 7", weekly("01234", "07:00")),
    ("on mondays at 6pm", weekly("0", "18:00")),
    ("mon wed fri at 7", weekly("024", "07:00")),
    ("every mon, wed and fri at 6pm", weekly("024", "18:00")),
    ("every tuesday and thursday at 18:30", weekly("13", "18:30")),
    ("mondays at 7 and thursdays at 7", weekly("03", "07:00")),
    ("every sunday night", weekly("6", "21:00")),
    ("once a week on sunday at 10", weekly("6", "10:00")),
    ("weekly", weekly("2", "08:00")),
    ("every other tuesday", weekly("1", "08:00", every=2, starts_on="2026-11-24")),
    ("every second tuesday at 9", weekly("1", "09:00", every=2, starts_on="2026-11-24")),
    ("every two weeks on monday at 9", weekly("0", "09:00", every=2, starts_on="2026-11-23")),
    ("biweekly on thursday at 8", weekly("3", "08:00", every=2, starts_on="2026-11-19")),
    ("every other week on friday at 5", weekly("4", "17:00", every=2, starts_on="2026-11-20")),
    ("every fortnight", weekly("2", "08:00", every=2, starts_on="2026-11-25")),
    ("every monday at 9 starting monday", weekly("0", "09:00", starts_on="2026-11-23")),
    ("daily at 8 and 20:00", daily("08:00", "20:00")),
    ("every day at 8 am and 8 pm", daily("08:00", "20:00")),
    ("every day", daily("08:00")),
    ("every day at 6", daily("18:00")),
    ("at noon every day", daily("12:00")),
    ("every morning", daily("08:00")),
    ("mornings", daily("08:00")),
    ("every morning at 6", daily("06:00")),
    ("every evening at 8", daily("20:00")),
    ("every night at 10", daily("22:00")),
    ("nightly at 11", daily("23:00")),
    ("twice a day", daily("09:00", "20:00")),
    ("3 times a day", daily("09:00", "14:30", "20:00")),
    ("three times a day at 8, 12 and 6", daily("08:00", "12:00", "18:00")),
    ("every day after lunch", daily("13:00")),
    ("after every meal", daily("08:00", "13:00", "19:30")),
    ("at 8 and 20:00", daily("08:00", "20:00")),
    ("every day between 9 and 5", daily("09:00")),
    ("every day at 8 for two weeks", daily("08:00", ends_on="2026-12-02")),
    ("every day at 20:00 for two weeks", daily("20:00", ends_on="2026-12-01")),
    ("daily at 9 for a month", daily("09:00", ends_on="2026-12-18")),
    ("every day until friday at 9", daily("09:00", ends_on="2026-11-20")),
    ("every day at 8 until 10 dec", daily("08:00", ends_on="2026-12-10")),
    ("starting monday every day at 7", daily("07:00", starts_on="2026-11-23")),
    ("from tomorrow daily at 9", daily("09:00", starts_on="2026-11-19")),
    ("daily at 9 from 1 dec for ten days", daily("09:00", starts_on="2026-12-01", ends_on="2026-12-10")),
    ("every other day at 8", each(2880, at="08:00", starts_on="2026-11-19")),
    ("every other day at 20:00", each(2880, at="20:00", starts_on="2026-11-18")),
    ("every 3 days", each(4320, at="08:00", starts_on="2026-11-19")),
    ("every 48 hours", each(2880, at="14:00", starts_on="2026-11-18")),
    ("every 2 hours between 9 and 18", each(120, "09:00", "18:00")),
    ("every 2 hours between 9 and 6", each(120, "09:00", "18:00")),
    ("every hour from 9 to 5", each(60, "09:00", "17:00")),
    ("every 90 minutes from 8 to 20", each(90, "08:00", "20:00")),
    ("every 30 min between 9am and 5pm", each(30, "09:00", "17:00")),
    ("every half hour between 9 and 12", each(30, "09:00", "12:00")),
    ("every 45 minutes from 10 until 16:00", each(45, "10:00", "16:00")),
    ("every 2 hours from 22 to 6", each(120, "22:00", "06:00")),
    ("every 2 hours from 22:00 to 06:00", each(120, "22:00", "06:00")),
    ("every hour", each(60, "06:45", "22:45")),
    ("hourly", each(60, "06:45", "22:45")),
    ("every other hour", each(120, "06:45", "22:45")),
    ("every 2 hours until 6pm", each(120, "06:45", "18:00")),
    ("every 8 hours", each(480, "06:45", "22:45")),
    ("every 8 hours around the clock", each(480)),
    ("every hour and a half", each(90, "06:45", "22:45")),
    ("every hour tomorrow between 9 and 12", each(60, "09:00", "12:00", starts_on="2026-11-19", ends_on="2026-11-19")),
    ("in 20 minutes", once("2026-11-18", "14:20")),
    ("in 2 hours", once("2026-11-18", "16:00")),
    ("in an hour and a half", once("2026-11-18", "15:30")),
    ("half an hour from now", once("2026-11-18", "14:30")),
    ("in a minute", once("2026-11-18", "14:01")),
    ("in 12 hours", once("2026-11-19", "02:00")),
    ("in 3 days", once("2026-11-21", "08:00")),
    ("in 3 days at 9", once("2026-11-21", "09:00")),
    ("tomorrow", once("2026-11-19", "08:00")),
    ("tomorrow morning", once("2026-11-19", "08:00")),
    ("tomorrow evening at 7:30", once("2026-11-19", "19:30")),
    ("tomorrow at 7", once("2026-11-19", "07:00")),
    ("tomorrow 7pm", once("2026-11-19", "19:00")),
    ("at 8 tomorrow", once("2026-11-19", "08:00")),
    ("tomorrow at 3", once("2026-11-19", "15:00")),
    ("on friday at 18:00", once("2026-11-20", "18:00")),
    ("friday at 3", once("2026-11-20", "15:00")),
    ("at 8 on friday", once("2026-11-20", "08:00")),
    ("next monday at 9am", once("2026-11-23", "09:00")),
    ("on monday", once("2026-11-23", "08:00")),
    ("the 5th at 10", once("2026-12-05", "10:00")),
    ("10 dec at 8", once("2026-12-10", "08:00")),
    ("2026-12-10 07:00", once("2026-12-10", "07:00")),
    ("10/12/2026 at 9", once("2026-12-10", "09:00")),
    ("at 8", once("2026-11-18", "20:00")),
    ("at 8am", once("2026-11-19", "08:00")),
    ("at 08:00", once("2026-11-19", "08:00")),
    ("at 5", once("2026-11-18", "17:00")),
    ("at 1", once("2026-11-19", "13:00")),
    ("at 12", once("2026-11-19", "12:00")),
    ("at 14", once("2026-11-19", "14:00")),
    ("at 2:30", once("2026-11-18", "14:30")),
    ("at 8 or 9", once("2026-11-18", "20:00", "21:00")),
    ("around 8ish", once("2026-11-18", "20:00")),
    ("between 9 and 10", once("2026-11-18", "21:00")),
    ("today at 8", once("2026-11-18", "20:00")),
    ("today at 3 and 5", once("2026-11-18", "15:00", "17:00")),
    ("at noon", once("2026-11-19", "12:00")),
    ("at midnight", once("2026-11-19", "00:00")),
    ("midnight tonight", once("2026-11-19", "00:00")),
    ("tonight", once("2026-11-18", "21:00")),
    ("tonight at 8", once("2026-11-18", "20:00")),
    ("tonight at 1", once("2026-11-19", "01:00")),
    ("this evening", once("2026-11-18", "19:00")),
    ("in the afternoon", once("2026-11-18", "15:00")),
    ("first thing in the morning", once("2026-11-19", "08:00")),
    ("today", once("2026-11-18", "15:00")),
    ("with breakfast", once("2026-11-19", "07:30")),
    ("after dinner", once("2026-11-18", "19:30")),
    ("an hour after dinner", once("2026-11-18", "20:00")),
    ("before bed", once("2026-11-18", "22:15")),
    ("10 minutes before bed", once("2026-11-18", "22:35")),
    ("before my workout", once("2026-11-18", "17:00")),
    ("when I wake up", once("2026-11-19", "06:45")),
    ("after waking up", once("2026-11-19", "07:15")),
]


L70: list[tuple[str, Recurrence | None]] = [
    ("tomorrow at 7am", once("2026-11-19", "07:00")),
    ("in 2 hours", once("2026-11-18", "16:00")),
    ("через 2 часа", once("2026-11-18", "16:00")),
    ("понедельник 8:00", once("2026-11-23", "08:00")),
    ("dans 3 jours", once("2026-11-21", "14:00")),
    ("7pm", once("2026-11-18", "19:00")),
    ("every weekday at 7:30", weekly("01234", "07:30")),
    ("half past eight", once("2026-11-18", "20:30")),
    ("22h", once("2026-11-18", "22:00")),
    ("завтра в 7 утра", None),  # not understood: asked, never guessed
    ("mañana a las 8", None),
    ("lunedì alle 8", None),
    ("45 min", None),  # a length, not a time
    ("1h30", None),
    ("10/12/2026", once("2026-12-10", "08:00")),
]


@for_each(("text", "expected"), RULES)
def test_a_phrase_gives_exactly_this_rule(text, expected) -> None:
    assert recurrence(text, now=NOW, anchors=ANCHORS) == expected


@pytest.mark.parametrize(("text", "expected"), L70)
def test_the_phrases_a_library_got_wrong_are_right_or_asked(text, expected) -> None:
    assert recurrence(text, now=NOW) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("at 25:99", IMPOSSIBLE), ("31 feb at 8", IMPOSSIBLE), ("every day at 24:30", IMPOSSIBLE),
        ("yesterday at 5", PAST), ("today at 8am", PAST), ("3 weeks ago", PAST), ("this morning at 9", PAST),
        ("every day until yesterday", PAST), ("hier à 8h", PAST), ("last monday", PAST),
        ("every month", "unsupported_repeat"), ("on the 1st of every month", "unsupported_repeat"),
        ("every year", "unsupported_repeat"), ("every 5 seconds", "unsupported_repeat"),
        ("mondays at 7 and thursdays at 9", "unsupported_repeat"), ("every 9999 days", "unsupported_repeat"),
    ],
)  # fmt: skip
def test_what_cannot_be_scheduled_says_why(text, reason) -> None:
    found = recurrence(text, now=NOW, anchors=ANCHORS)
    assert isinstance(found, Problem)
    assert found.reason == reason


@pytest.mark.parametrize(
    "text", ["", "hello", "7", "2 eggs", "after dinner", "before bed", "for 20 minutes", "from 9 to 5"]
)
def test_without_a_time_there_is_no_rule(text) -> None:
    assert recurrence(text, now=NOW) is None


def test_the_golden_list_is_long_enough() -> None:
    assert len(RULES) + len(L70) >= 120
    assert len({text for text, _ in RULES}) == len(RULES)


def test_in_the_evening_this_evening_is_within_the_hour() -> None:
    late = NOW.replace(hour=20, minute=10)
    assert recurrence("this evening", now=late) == once("2026-11-18", "21:10")
    assert recurrence("tonight", now=NOW.replace(hour=23, minute=30)) is None


def test_a_length_from_now_counts_the_running_clock_over_a_change() -> None:
    night = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN)
    assert recurrence("in 2 hours", now=night) == once("2026-03-29", "04:30")


def test_a_length_into_the_repeated_hour_is_never_rung_too_early_or_lost() -> None:
    first_pass = datetime(2026, 10, 25, 2, 50, tzinfo=BERLIN)
    rule = recurrence("in 20 minutes", now=first_pass)
    assert rule == once("2026-10-25", "03:00")
    assert isinstance(rule, Recurrence)
    found = next_occurrence(rule, "Europe/Berlin", after=first_pass)
    assert found is not None
    assert found.due_at == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)


def test_seconds_are_rounded_to_the_minute_but_never_into_the_past() -> None:
    assert recurrence("in 20 minutes", now=NOW.replace(second=20)) == once("2026-11-18", "14:20")
    assert recurrence("in 20 minutes", now=NOW.replace(second=40)) == once("2026-11-18", "14:21")
    assert recurrence("in 1 second", now=NOW.replace(second=5)) == once("2026-11-18", "14:01")
