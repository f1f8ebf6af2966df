"""Orders about the plan, tasks, reminders and settings, with their payloads."""

from datetime import UTC, date, datetime, time

import pytest

from agents.domain.profile import Profile
from agents.schemas import Amount, Moment, QuietHours, Target
from agents.understanding.rules import Rules

MOMENT = Moment(now=datetime(2026, 11, 21, 14, 0, tzinfo=UTC))  # a Saturday
TOMORROW = date(2026, 11, 22)


def only(text: str, moment: Moment = MOMENT):
    (intent,) = Rules().read(text, moment).intents
    return intent.name, intent.payload


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("done", Target()), ("tick off the walk", Target(words="walk")), ("mark 2 as done", Target(number=2)),
        ("all done", Target(everything=True)), ("finished my workout", Target(words="workout")),
        ("I took my vitamins", Target(words="vitamins")),
    ],
)  # fmt: skip
def test_done_says_what_was_done(text, payload):
    assert only(text) == ("task_done", payload)


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("skip the run today", Target(words="run")), ("I don't feel like lunch", Target(words="lunch")),
        ("cancel my workout tomorrow", Target(words="workout", on=TOMORROW)),
        ("not doing yoga tonight", Target(words="yoga")),
    ],
)  # fmt: skip
def test_skip_says_what_is_skipped(text, payload):
    assert only(text) == ("task_skip", payload)


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("snooze it 20 minutes", Target(minutes=20)), ("give me 10 more minutes", Target(minutes=10)),
        ("remind me again in an hour", Target(minutes=60)), ("snooze until tomorrow", Target(on=TOMORROW)),
        ("remind me later about it", Target()),
    ],
)  # fmt: skip
def test_snooze_says_for_how_long(text, payload):
    assert only(text) == ("task_snooze", payload)


def test_a_thing_nobody_knows_as_a_task_is_ticked_with_doubt():
    (intent,) = Rules().read("did my taxes", MOMENT).intents
    assert (intent.name, intent.payload, intent.confidence) == ("task_done", Target(words="taxes"), 0.5)


@pytest.mark.parametrize(
    "text",
    [
        "I'm done with dieting",
        "I'm done with life",
        "I skip lunch usually",
        "I always skip breakfast",
        "I had the flu test",
    ],
)
def test_habits_and_feelings_tick_nothing(text):
    found = Rules().read(text, MOMENT)
    assert not found.has("task_done", "task_skip")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("swap dinner", ("swap_meal", Target(words="dinner"))),
        ("something else for breakfast", ("swap_meal", Target(words="breakfast"))),
        ("swap the salmon for chicken", ("swap_meal", Target(words="salmon"))),
        ("replace the squats with lunges", ("swap_exercise", Target(words="squats"))),
        ("I can't do push-ups today", ("swap_exercise", Target(words="push-ups"))),
        ("only 20 minutes today", ("shorten_workout", Amount(20.0, "minutes"))),
        ("make today's workout shorter", ("shorten_workout", None)),
        ("move today's workout to tomorrow", ("move_workout", Target(words="workout", on=TOMORROW))),
        ("reschedule my run to friday", ("move_workout", Target(words="run", on=date(2026, 11, 27)))),
    ],
)
def test_the_plan_bends(text, expected):
    assert only(text) == expected


def test_minutes_answer_an_open_question_about_minutes():
    found = Rules().read("only 20 minutes", Moment(now=MOMENT.now, expecting="workout_minutes"))
    assert not found.has("shorten_workout")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my plan three weeks ago", ("profile_history", Target(on=date(2026, 10, 31)))),
        ("what changed", ("profile_history", None)),
        ("what's for dinner tomorrow", ("meals_view", Target(words="dinner", on=TOMORROW))),
        ("today's workout", ("workout_view", None)),
    ],
)
def test_a_page_may_be_narrowed(text, expected):
    assert only(text) == expected


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("no messages after 9pm", QuietHours(time(21), time(8))),
        ("don't message me between 10pm and 7am", QuietHours(time(22), time(7))),
        ("quiet hours between 10 and 7", QuietHours(time(22), time(7))),
        ("no messages before 9am", QuietHours(time(21, 30), time(9))),
        ("quiet hours 9:00-17:00", QuietHours(time(9), time(17))),
    ],
)
def test_quiet_hours_are_nights_unless_told(text, payload):
    assert only(text) == ("quiet_hours", payload)


def test_quiet_hours_end_when_the_person_wakes():
    moment = Moment(now=MOMENT.now, profile=Profile(wake_time=time(6, 15)))
    assert only("no messages after 10pm", moment) == ("quiet_hours", QuietHours(time(22), time(6, 15)))


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("stop all messages", Target(everything=True)), ("pause for a week", Target(minutes=10_080)),
        ("I'm on holiday until Monday", Target(on=date(2026, 11, 23))), ("pause for two days", Target(minutes=2_880)),
    ],
)  # fmt: skip
def test_a_pause_knows_its_end(text, payload):
    assert only(text) == ("pause", payload)


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("cancel the vitamins reminder", Target(words="vitamins")), ("delete reminder 2", Target(number=2)),
        ("cancel all reminders", Target(everything=True)), ("stop reminding me about water", Target(words="water")),
    ],
)  # fmt: skip
def test_a_reminder_is_taken_back(text, payload):
    assert only(text) == ("reminder_cancel", payload)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("use pounds", ("units", "imperial")), ("switch to kg", ("units", "metric")),
        ("speak German", ("language", "de")),
        ("I'm now in Tokyo", ("timezone", "Tokyo")), ("delete my data", ("delete_me", None)),
        ("export everything as csv", ("export_me", None)), ("I'm back", ("resume", None)),
    ],
)  # fmt: skip
def test_settings_are_ordered_in_words(text, expected):
    assert only(text) == expected


@pytest.mark.parametrize("text", ["back pain", "back squat 100x5", "I'm back from my run"])
def test_a_back_is_neither_a_step_back_nor_a_return(text):
    assert not Rules().read(text, MOMENT).has("back", "resume")


def test_something_new_about_the_person_changes_the_profile():
    found = Rules().read("I want to train 4 days now", MOMENT)
    assert found.has("profile_change")
    assert ("workout_days_count", 4) in [(fact.field, fact.value) for fact in found.facts]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("done with lights out", "task_done", "lights out"),
        ("lights out done", "task_done", "lights out"),
        ("tick off lights out", "task_done", "lights out"),
        ("mark lights out as done", "task_done", "lights out"),
        ("finished the cold plunge", "task_done", "cold plunge"),
        ("evening wind down ✅", "task_done", "evening wind down"),
        ("skip lights out", "task_skip", "lights out"),
        ("gonna skip cold shower", "task_skip", "cold shower"),
        ("cant be arsed with the cold shower today", "task_skip", "cold shower"),
    ],
)
def test_free_words_after_a_verb_of_ticking_may_name_a_task(text, name, words):
    (intent,) = Rules().read(text, MOMENT).intents
    assert (intent.name, intent.payload, intent.confidence) == (name, Target(words=words), 0.8)


@pytest.mark.parametrize(
    "text",
    [
        "I'm done with dieting", "I'm done with sugar", "we're finished with him", "done deal", "finished work late",
        "finished my exams!", "well done", "I did nothing today", "skip to the end", "done with my ex",
        "delete my data", "I took the bus", "did you eat yet?", "finished the book",
    ],
)  # fmt: skip
def test_idioms_with_done_and_skip_tick_nothing_for_sure(text):
    intents = Rules().read(text, MOMENT).intents
    assert all(intent.confidence < 0.8 for intent in intents if intent.name in ("task_done", "task_skip"))


def test_what_hurts_after_an_order_is_not_part_of_its_words():
    understood = Rules().read("skip the run my ankle hurts", MOMENT)
    assert [intent.name for intent in understood.intents] == ["task_skip", "pain"]
    assert understood.intents[0].payload == Target(words="run")
    assert [fact.field for fact in understood.facts] == ["injury"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("quiet from 22:00 to 7:00", time(22), time(7)),
        ("quiet 22-7", time(22), time(7)),
        ("be quiet between 11pm and 6am", time(23), time(6)),
        ("shut up after 10pm", time(22), time(8)),
        ("silence from half ten to half six", time(22, 30), time(6, 30)),
    ],
)
def test_quiet_is_an_order_where_it_names_a_time(text, start, end):
    (intent,) = Rules().read(text, MOMENT).intents
    assert (intent.name, intent.payload) == ("quiet_hours", QuietHours(start, end))


@pytest.mark.parametrize("text", ["the gym is quiet after 9", "be quiet for 2 hours", "leave me alone for 3 days"])
def test_quiet_without_an_order_or_a_time_of_day_sets_no_hours(text):
    assert not Rules().read(text, MOMENT).has("quiet_hours")
