"""Progress is seen: pictures in chat, the week as one message, and nothing drawn for who is better off without."""

from base64 import b64decode
from pathlib import Path
from types import SimpleNamespace

from tests.e2e.backstage import recorded
from tests.support.console import Console

MONDAY_MORNING = "2026-11-23T07:00:00+01:00"
PNG = b"\x89PNG\r\n\x1a\n"


def pictures(turn) -> list[dict]:
    return [card for card in turn.cards if card["type"] == "picture"]


@recorded("locked")
def seen(path: Path) -> SimpleNamespace:
    """A week of logs, looked at in every way, and its Sunday."""
    told = SimpleNamespace()
    with Console(path, now=MONDAY_MORNING) as console:
        told.empty = console.say("show my strength")
        for day in range(6):
            console.say(f"weighed {81.4 - day / 10:.1f} kg this morning")
            console.say("slept 7 hours, energy 6")
            if day in (0, 2, 4):
                console.say(f"squat {60 + day} kg x 8")
            console.advance("P1D")
        told.weight = console.say("show my weight")
        told.strength = console.say("my strength")
        told.progress = console.say("/progress")
        told.tapped = console.tap("see:sleep")
        told.week = console.say("how was my week")
        told.left = console.say("how much protein do i have left")
        told.sunday = console.advance("PT15H")
        told.reminders = console.say("/reminders")
        told.stopped = console.tap("week:stop")
        told.next_sunday = console.advance("P7D")
    return told


def test_before_there_is_anything_to_draw_it_says_how_that_comes(seen: SimpleNamespace) -> None:
    assert pictures(seen.empty) == []
    assert "squat 60 kg x 8" in seen.empty.text


def test_a_picture_comes_with_its_bytes_and_with_all_it_shows_in_words(seen: SimpleNamespace) -> None:
    (message,) = seen.weight.messages
    (picture,) = message["cards"]
    assert (message["kind"], picture["mime"], picture["title"]) == ("photo", "image/png", "keel-weight.png")
    assert b64decode(picture["base64"]).startswith(PNG)
    assert len(b64decode(picture["base64"])) == picture["size"]
    assert picture["alt"] == message["text"]
    assert "6 weigh-ins from 23 Nov to 28 Nov" in picture["alt"]


def test_strength_is_estimated_from_the_sets(seen: SimpleNamespace) -> None:
    (picture,) = pictures(seen.strength)
    assert "80 kg (began at 75)" in picture["alt"], "64 x 8 by Epley 81.1 and Brzycki 79.4; 60 x 8: 76.0 and 74.5"


def test_progress_keeps_the_totals_of_today_and_adds_one_picture(seen: SimpleNamespace) -> None:
    kinds = [card["type"] for card in seen.progress.cards]
    assert kinds == ["table", "picture"]


def test_a_button_below_a_picture_leads_to_another(seen: SimpleNamespace) -> None:
    (picture,) = pictures(seen.tapped)
    assert picture["title"] == "keel-sleep.png"
    assert "7.0 hours on average" in picture["alt"]


def test_what_is_left_of_today_is_a_table_and_no_picture(seen: SimpleNamespace) -> None:
    assert pictures(seen.left) == []


def test_the_week_is_one_message_with_a_picture_and_what_comes_next(seen: SimpleNamespace) -> None:
    (message,) = seen.week.messages
    assert (message["kind"], len(pictures(seen.week))) == ("photo", 1)
    assert message["text"].startswith("You trained on 3 days. Your weight trend is 81.")
    assert "0 of" not in message["text"], "what was left out is no news"
    assert "Next up: Full body A on Mon" in message["text"]


def test_on_sunday_evening_the_report_comes_once_unasked(seen: SimpleNamespace) -> None:
    reports = [m for m in seen.sunday.messages if any(card["type"] == "picture" for card in m["cards"])]
    assert [(m["kind"], m["at"][:16]) for m in reports] == [("photo", "2026-11-29T18:00")]
    assert {button["data"] for row in reports[0]["buttons"] for button in row} == {"view:plan", "week:stop"}
    assert "Weekly report" in seen.reminders.shown


def test_who_stops_it_is_not_sent_another(seen: SimpleNamespace) -> None:
    assert ("reminder", "cancelled") in seen.stopped.receipts
    assert pictures(seen.next_sunday) == []
