"""Every kind of block in a terminal, and as JSON."""

import json
from datetime import UTC, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from agents.domain.blocks import Button, Checklist, Details, File, Heading, Moment, Paragraph, Picture
from agents.domain.turn import Message
from bot.render.jsonl import message_line
from bot.render.terminal import Choices, draw

AT = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def shown(*blocks, encoding="utf-8"):
    console = Console(file=StringIO(), width=60, highlight=False, color_system=None)
    console.print(draw(Message("logistics", "reply", "Here:", AT, cards=blocks), BERLIN, Choices(), encoding))
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())


def test_a_check_list_carries_its_marks():
    tasks = Checklist("Tasks", ("#", "Task"), (("1", "Run"), ("2", "Sleep"), ("3", "Rest")), (True, False, None))
    lines = shown(tasks).splitlines()
    assert [line.split() for line in lines[-3:]] == [["✓", "1", "Run"], ["○", "2", "Sleep"], ["–", "3", "Rest"]]
    assert [line.split()[0] for line in shown(tasks, encoding="ascii").splitlines()[-3:]] == ["x", "o", "-"]


def test_a_grouped_check_list_keeps_its_group_in_front():
    aisles = Checklist("Shopping", ("Aisle", "Food"), (("Bakery", "Rye bread"),), (False,), is_grouped=True)
    assert shown(aisles).splitlines()[-1].split() == ["Bakery", "○", "Rye", "bread"]


def test_a_cell_of_several_lines_stays_beside_its_neighbour():
    week = Details("Week", ("Day", "Meals"), (("Mon", "Pasta\nSalad"), ("Tue", "Stew")))
    assert [line.split() for line in shown(week).splitlines()[-3:]] == [["Mon", "Pasta"], ["Salad"], ["Tue", "Stew"]]


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (Heading("Your week"), "Your week"),
        (Paragraph("As [planned]"), "As [planned]"),
        (Moment("Next", AT, "Mon 07:30"), "Next: Mon 07:30"),
        (File("plan.ics", "text/calendar", b"x" * 1234), "plan.ics (1.2 kB)"),
        (Picture("w.png", "image/png", b"x", alt="Weight"), "Weight w.png (1 bytes)"),
    ],
)
def test_the_other_blocks_are_a_line_each(block, words):
    assert shown(block).splitlines()[-1] == words


def test_json_carries_files_and_types_beside_what_was_always_there():
    said = Message(
        "logistics", "document", "Your calendar", AT, ((Button("Delete", "x:y", "danger"), Button("Keep", "x:n")),),
        (File("plan.ics", "text/calendar", b"BEGIN:VCALENDAR"),),
    )  # fmt: skip
    line = json.loads(message_line(said, BERLIN))
    assert line["buttons"] == [[{"label": "Delete", "data": "x:y"}, {"label": "Keep", "data": "x:n"}]]
    (file,) = line["cards"]
    assert (file["type"], file["title"], file["columns"], file["rows"]) == ("file", "plan.ics", [], [])
    assert (file["mime"], file["size"], file["base64"]) == ("text/calendar", 15, "QkVHSU46VkNBTEVOREFS")
