""" "Remind me ...": what, when, and what is no such wish."""

import time as stopwatch
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.profile import MealTime, Profile
from agents.domain.recurrence import Recurrence
from agents.schemas import Moment, Remind
from agents.understanding.reminders import TITLE_LIMIT, anchors_of, remind, title_of
from tests.support.cases import for_each

NOW = datetime(2026, 11, 18, 14, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Wednesday
PROFILE = Profile(
    meal_times=(
        MealTime("breakfast", time(7, 30)),
        MealTime("lunch", time(12, 30)),
        MealTime("afternoon_snack", time(16)),
        MealTime("dinner", time(19)),
    ),
    wake_time=time(6, 45),
    bed_time=time(22, 45),
    workout_time=time(17, 30),
)
MOMENT = Moment(now=NOW, profile=PROFILE)


def once(on: str, *clocks: str) -> Recurrence:
    return Recurrence(freq="once", on=date.fromisoformat(on), times=_times(clocks))


def daily(*clocks: str, ends_on: str = "") -> Recurrence:
    return Recurrence(freq="daily", times=_times(clocks), ends_on=date.fromisoformat(ends_on) if ends_on else None)


def weekly(dow: str, *clocks: str) -> Recurrence:
    return Recurrence(freq="weekly", dow=tuple(int(number) for number in dow), times=_times(clocks))


def each(minutes: int, opens: str, closes: str) -> Recurrence:
    window = (time.fromisoformat(opens), time.fromisoformat(closes))
    return Recurrence(freq="interval", every_minutes=minutes, window=window)


def _times(clocks: tuple[str, ...]) -> tuple[time, ...]:
    return tuple(time.fromisoformat(clock) for clock in clocks)


TODAY, TOMORROW = "2026-11-18", "2026-11-19"
WISHES: list[tuple[str, str, Recurrence]] = [
    ("tomorrow at 7 remind me to call mum", "call mum", once(TOMORROW, "07:00")),
    ("Tomorrow at 7, could you remind me to call mum?", "call mum", once(TOMORROW, "07:00")),
    ("at 8 remind me to call", "call", once(TODAY, "20:00")),
    ("every day at 9 remind me to log my food", "log your food", daily("09:00")),
    ("remind me every weekday at 7:30 to stretch", "stretch", weekly("01234", "07:30")),
    ("remind me to drink water every 2 hours between 9 and 6", "drink water", each(120, "09:00", "18:00")),
    ("remind me from 9 to 5 every hour to stand up", "stand up", each(60, "09:00", "17:00")),
    ("remind me to take my vitamins at 8am every day", "take your vitamins", daily("08:00")),
    ("Remind me to take my medicine at 8 a.m. and 8 p.m. daily", "take your medicine", daily("08:00", "20:00")),
    ("remind me to take 2 pills at 8 and 20:00 with food", "take 2 pills with food", daily("08:00", "20:00")),
    ("remind me at 8 to book a table for friday", "book a table for friday", once(TODAY, "20:00")),
    ("remind me at 8 to book a table for 7pm", "book a table for 7pm", once(TODAY, "20:00")),
    ("remind me at 8 to stretch every day", "stretch", daily("08:00")),
    ("remind me tomorrow to call mum at 7", "call mum", once(TOMORROW, "07:00")),
    ("remind me next monday at 9am to book physio", "book physio", once("2026-11-23", "09:00")),
    ("remind me about the dentist on friday at 3", "the dentist", once("2026-11-20", "15:00")),
    ("remind me of my appointment on 10 dec at 9", "your appointment", once("2026-12-10", "09:00")),
    ("remind me to take the pill on the 5th at 9", "take the pill", once("2026-12-05", "09:00")),
    ("remind me that I have a call at 5", "you have a call", once(TODAY, "17:00")),
    ("Remind me I'm meeting Ana at 4pm", "you're meeting Ana", once(TODAY, "16:00")),
    ("remind me in 2 hours that my laundry is done", "your laundry is done", once(TODAY, "16:00")),
    ("could you please remind me in half an hour to check the oven?", "check the oven", once(TODAY, "14:30")),
    ("remind me in about 20 minutes to move", "move", once(TODAY, "14:20")),
    ("remind me in three quarters of an hour to move", "move", once(TODAY, "14:45")),
    ("remind me in 10 minutes to walk for 20 minutes", "walk for 20 minutes", once(TODAY, "14:10")),
    ("remind me to walk for 20 minutes at 6pm", "walk for 20 minutes", once(TODAY, "18:00")),
    ("remind me to do 3 sets of 10 push-ups at 7", "do 3 sets of 10 push-ups", once(TODAY, "19:00")),
    ("remind me to call at quarter to 8", "call", once(TODAY, "19:45")),
    ("remind me drink water 3pm", "drink water", once(TODAY, "15:00")),
    ("remind me at 8", "", once(TODAY, "20:00")),
    ("remind me on mondays and thursdays at 18:00 to do my mobility", "do your mobility", weekly("03", "18:00")),
    ("remind me to weigh myself every sunday at 8", "weigh yourself", weekly("6", "08:00")),
    ("remind me for two weeks every day at 9 to do my physio", "do your physio", daily("09:00", ends_on="2026-12-02")),
    ("I need a reminder to take creatine every morning at 7", "take creatine", daily("07:00")),
    ("I want you to remind me at 9 to log my weight", "log your weight", once(TODAY, "21:00")),
    ("I'd like to be reminded to stretch at 18:00", "stretch", once(TODAY, "18:00")),
    ("set a reminder for 8pm: water", "water", once(TODAY, "20:00")),
    ("set a daily reminder to drink water at 9", "drink water", daily("09:00")),
    ("set a water reminder at 15:00", "water", once(TODAY, "15:00")),
    ("set a reminder for tomorrow at 8 to run", "run", once(TOMORROW, "08:00")),
    ("reminder: drink water at 5", "drink water", once(TODAY, "17:00")),
    ("can you ping me in 20 minutes", "", once(TODAY, "14:20")),
    ("don't forget to remind me at 6pm to cook", "cook", once(TODAY, "18:00")),
    ("don’t let me forget my keys at 5pm", "your keys", once(TODAY, "17:00")),
    ("wake me up at 6:30", "wake up", once(TOMORROW, "06:30")),
    ("wake me at 6 to run", "run", once(TOMORROW, "06:00")),
    ("remind me to go to bed at 10", "go to bed", once(TODAY, "22:00")),
    ("remind me to go to bed every day at 10", "go to bed", daily("22:00")),
    ("remind me to eat dinner every day at 7", "eat dinner", daily("19:00")),
    ("remind me to eat breakfast at 7", "eat breakfast", once(TOMORROW, "07:00")),
    ("remind me before bed to stretch", "stretch", once(TODAY, "22:15")),
    ("remind me to stretch after dinner", "stretch", once(TODAY, "19:30")),
    ("remind me 10 minutes before dinner to take my meds", "take your meds", once(TODAY, "18:50")),
    ("remind me with my snack to drink", "drink", once(TODAY, "16:00")),
    ("remind me when I wake up to weigh myself", "weigh yourself", once(TOMORROW, "06:45")),
    ("I ate 2 eggs at 8. Remind me to sleep at 10. I feel good", "sleep", once(TODAY, "22:00")),
    ("my knee hurts, remind me at 8 to ice it", "ice it", once(TODAY, "20:00")),
    ("don't remind me of lunch but remind me to drink at 5", "drink", once(TODAY, "17:00")),
    ("make sure I take my pills at 20:00", "take your pills", once(TODAY, "20:00")),
    ("tell me to drink every hour from 9 to 17", "drink", each(60, "09:00", "17:00")),
    ("text me at 6pm to cook", "cook", once(TODAY, "18:00")),
    ("REMIND ME TO TAKE MY VITAMINS AT 9AM", "TAKE YOUR VITAMINS", once(TOMORROW, "09:00")),
]


@for_each(("text", "title", "rule"), WISHES)
def test_a_wish_gives_its_matter_and_its_time(text, title, rule) -> None:
    assert remind(text, moment=MOMENT) == Remind(title, rule)


@pytest.mark.parametrize(
    ("text", "title", "rule"),
    [
        ("don't let me forget to buy milk tomorrow", "buy milk", once(TOMORROW, "08:00")),
        ("remind me tomorrow morning to drink water", "drink water", once(TOMORROW, "08:00")),
        ("remind me tonight to pack my bag, please", "pack your bag", once(TODAY, "21:00")),
        ("remind me to be kind to myself every morning", "be kind to yourself", daily("08:00")),
        ("nudge me about posture every 90 minutes", "posture", each(90, "06:45", "22:45")),
        ("remind me to eat 2 eggs tomorrow", "eat 2 eggs", once(TOMORROW, "08:00")),
    ],
)
def test_a_time_that_we_had_to_choose_is_marked(text, title, rule) -> None:
    assert remind(text, moment=MOMENT) == Remind(title, rule, time_is_explicit=False)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("remind me to take my vitamins", "take your vitamins"),
        ("remind me", ""),
        ("please remind me to drink", "drink"),
        ("remind me to prepare for tomorrow", "prepare for tomorrow"),
    ],
)
def test_without_a_time_it_is_to_be_asked(text, title) -> None:
    assert remind(text, moment=MOMENT) == Remind(title, None)


def test_an_unknown_meal_time_is_asked_not_guessed() -> None:
    assert remind("remind me after dinner to stretch", moment=Moment(now=NOW)) == Remind(
        "after dinner to stretch", None
    )


@pytest.mark.parametrize(
    ("text", "title", "problem"),
    [
        ("remind me at 25:99 to run", "run", "impossible_time"),
        ("remind me on 31 feb to run", "run", "impossible_time"),
        ("remind me yesterday to run", "run", "in_the_past"),
        ("remind me to run at 8 yesterday", "run", "in_the_past"),
        ("remind me today at 7am to run", "run", "in_the_past"),
        ("remind me every month to weigh myself", "weigh yourself", "unsupported_repeat"),
    ],
)
def test_a_time_that_cannot_be_is_a_problem(text, title, problem) -> None:
    assert remind(text, moment=MOMENT) == Remind(title, None, problem=problem)


@pytest.mark.parametrize(
    "text",
    [
        "", "hello", "I had two eggs at 8", "don't remind me", "stop remind me at 8", "please do not ping me at night",
        "never wake me at 6", "why did you remind me yesterday", "did you remind me at 8?", "you remind me of my aunt",
        "remind me how to do squats", "remind me what I ate yesterday", "remind me why I do this",
        "how do I set a reminder", "how can I get you to remind me", "I don't want you to remind me",
        "what reminders do I have", "make sure I eat enough", "tell me to relax", "I remembered to call",
    ],
)  # fmt: skip
def test_what_is_no_wish_is_left_to_others(text) -> None:
    assert remind(text, moment=MOMENT) is None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("to take my vitamins", "take your vitamins"),
        ("that I am late, and my bus is gone", "you are late, and your bus is gone"),
        ("My pills are mine, not for me", "Your pills are yours, not for you"),
        ("to do it myself because I'll feel good", "do it yourself because you'll feel good"),
        (" , and to call mum at , please.", "call mum"),
        ("to text Amy in time", "text Amy in time"),
        ("", ""),
    ],
)
def test_a_title_is_said_to_the_person(words, title) -> None:
    assert title_of(words) == title


def test_a_long_title_is_cut_at_a_word() -> None:
    title = title_of("to " + "stretch " * 100)
    assert len(title) <= TITLE_LIMIT
    assert title.endswith("stretch…")


def test_the_anchors_come_from_the_profile() -> None:
    assert anchors_of(PROFILE) == {
        "breakfast": time(7, 30), "lunch": time(12, 30), "snack": time(16), "dinner": time(19), "wake": time(6, 45),
        "bed": time(22, 45), "workout": time(17, 30),
    }  # fmt: skip
    assert anchors_of(Profile()) == {}


@settings(derandomize=True, deadline=None, max_examples=100)
@given(at=st.builds(time, st.integers(0, 23), st.integers(0, 59)), is_first=st.booleans())
def test_any_time_before_or_after_the_matter_gives_the_same_reminder(at, is_first) -> None:
    wish = f"{at:%I:%M %p}"
    text = f"remind me every day at {wish} to drink" if is_first else f"remind me to drink every day at {wish}"
    assert remind(text, moment=MOMENT) == Remind("drink", Recurrence(freq="daily", times=(at,)))


@settings(derandomize=True, deadline=None, max_examples=200)
@given(before=st.text(max_size=30), after=st.text(max_size=60))
def test_no_text_makes_it_fail(before, after) -> None:
    remind(before + after, moment=MOMENT)
    found = remind(f"{before} remind me {after}", moment=MOMENT)
    assert found is None or len(found.title) <= TITLE_LIMIT


@pytest.mark.parametrize(
    "piece", ["remind me ", "remind me how ", "at 8 ", ", ", "and ", "every day ", "x. ", "stop remind me ", "a"]
)
def test_ten_kilobytes_are_read_in_linear_time(piece) -> None:
    text = "remind me " + (piece * (10_000 // len(piece) + 1))[:10_000]
    begin = stopwatch.process_time()
    remind(text, moment=MOMENT)
    assert stopwatch.process_time() - begin < 1.5
