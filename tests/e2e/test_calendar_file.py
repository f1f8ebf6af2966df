"""The plan goes into a calendar: by a tap below the week, or by words."""

from base64 import b64decode
from pathlib import Path
from types import SimpleNamespace

from tests.e2e.backstage import recorded
from tests.support.console import Console

MONDAY_MORNING = "2026-11-23T07:00:00+01:00"


@recorded("locked")
def calendared(path: Path) -> SimpleNamespace:
    """The week, its file by tap and by words, today and the shopping list."""
    told = SimpleNamespace()
    with Console(path, now=MONDAY_MORNING) as console:
        told.week = console.say("/plan")
        told.tapped = console.tap("view:calendar")
        told.asked = console.say("put my plan in my google calendar")
        told.today = console.say("/today")
        told.list = console.say("/shopping")
    return told


def test_the_week_offers_its_file(calendared: SimpleNamespace) -> None:
    assert "view:calendar" in calendared.week.taps
    (week,) = calendared.week.cards
    assert (week["type"], len(week["rows"]), week["shown"]) == ("details", 7, 2)
    assert "\n" in week["rows"][0][2], "a meal a line"


def test_the_file_is_a_document_with_its_bytes(calendared: SimpleNamespace) -> None:
    (message,) = calendared.tapped.messages
    (file,) = message["cards"]
    assert (message["kind"], file["type"], file["title"], file["mime"]) == (
        "document", "file", "keel.ics", "text/calendar",
    )  # fmt: skip
    text = b64decode(file["base64"]).decode()
    assert len(text.encode()) == file["size"]
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert f"{text.count('BEGIN:VEVENT')} entries" in message["text"]
    assert "DTSTART:20261123T170000Z" in text, "training at six in the evening, an hour east of Greenwich"


def test_words_bring_the_same_file(calendared: SimpleNamespace) -> None:
    assert calendared.asked.cards == calendared.tapped.cards


def test_tasks_and_shopping_are_check_lists(calendared: SimpleNamespace) -> None:
    tasks = calendared.today.cards[1]
    assert (tasks["type"], tasks["marks"]) == ("checklist", [False] * len(tasks["rows"]))
    (aisles,) = calendared.list.cards
    assert (aisles["type"], aisles["is_grouped"], len(aisles["marks"])) == ("checklist", True, len(aisles["rows"]))
