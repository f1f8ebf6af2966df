"""Slash commands with arguments."""

from datetime import UTC, date, datetime, time

import pytest

from agents.schemas import Amount, CheckIn, LogFood, LogSets, Moment, QuietHours, Target
from agents.understanding.rules import Rules

MOMENT = Moment(now=datetime(2026, 11, 21, 14, 0, tzinfo=UTC))


def only(text: str):
    (intent,) = Rules().read(text, MOMENT).intents
    return intent


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/start", "start"), ("/help", "help"), ("/today", "today"), ("/plan", "plan_view"), ("/meals", "meals_view"),
        ("/workout", "workout_view"), ("/log", "log_food"), ("/water", "log_water"), ("/checkin", "check_in"),
        ("/progress", "progress_view"), ("/goals", "goals_view"), ("/profile", "profile_view"),
        ("/shopping", "shopping_view"), ("/reminders", "reminders_view"), ("/settings", "settings_view"),
        ("/language", "language"), ("/units", "units"), ("/quiet", "quiet_hours"), ("/export", "export_me"),
        ("/privacy", "privacy"), ("/delete", "delete_me"), ("/stop", "pause"), ("/cancel", "cancel"),
        ("/feedback", "feedback"), ("/TODAY", "today"), ("/today@KeelCoachBot", "today"),
    ],
)  # fmt: skip
def test_every_command_has_its_intent(text, name):
    assert only(text).name == name


@pytest.mark.parametrize("name", ["pantry", "experiment", "household", "import", "frobnicate"])
def test_a_command_without_an_intent_keeps_its_name(name):
    assert (only(f"/{name} x").name, only(f"/{name} x").payload) == ("command_unknown", name)


@pytest.mark.parametrize("text", ["/", "//", "/123", "/ today", "/😀"])
def test_a_slash_without_a_command_is_unknown_not_an_error(text):
    assert only(text).name == "command_unknown"


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("/start invite_42-x", "invite_42-x"), ("/start bad payload!", None), ("/water 300", Amount(300.0, "ml")),
        ("/water 2 glasses", Amount(500.0, "ml")), ("/water half a litre", Amount(500.0, "ml")), ("/water lots", None),
        ("/quiet 22:00-7:00", QuietHours(time(22), time(7))), ("/units imperial", "imperial"), ("/units kg", "metric"),
        ("/units parsecs", None), ("/language german", "de"), ("/stop", Target(everything=True)),
        ("/feedback too long", "too long"),
    ],
)  # fmt: skip
def test_arguments_become_payloads(text, payload):
    assert only(text).payload == payload


def test_log_takes_what_the_words_are():
    assert isinstance(only("/log bench 60x8").payload, LogSets)
    eaten = only("/log dragonfruit")
    assert isinstance(eaten.payload, LogFood)
    assert eaten.payload.items[0].name == "dragonfruit"
    assert only("/log 300 ml water").payload == Amount(300.0, "ml")


def test_a_check_in_keeps_words_it_cannot_grade_as_a_note():
    assert only("/checkin slept 7h, mood good").payload == CheckIn(sleep_hours=7.0, mood=7)
    assert only("/checkin the move wore me down").payload == CheckIn(note="the move wore me down")


def test_a_view_with_words_behind_it_is_what_the_words_alone_would_be():
    assert only("/profile history").name == "profile_history"
    assert only("/plan tomorrow").payload == Target(on=date(2026, 11, 22))
    assert only("/profile").name == "profile_view"


def test_start_keeps_the_payload_of_an_invite_link():
    assert (only("/start inv_A1-b2").name, only("/start inv_A1-b2").payload) == ("start", "inv_A1-b2")
