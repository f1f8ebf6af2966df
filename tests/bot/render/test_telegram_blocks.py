"""The same message in three hands: rich blocks, HTML and plain text say the same, and each stays within its limits."""

import json
from datetime import UTC, datetime

import pytest
from aiogram.types import InputRichMessage
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.blocks import Button, Card, Checklist, Details, File, Heading, Moment, Paragraph, Picture
from agents.domain.turn import Message
from bot.file_names import NAME_LIMIT, safe_name
from bot.render.telegram import Key, parts_of, smaller, units
from tests.support.telegram import html as telegram_html

AT = datetime(2026, 11, 23, 7, tzinfo=UTC)
TASKS = Checklist("Tasks", ("#", "Task", "By"), (("1", "Run", "07:00"), ("2", "Lights out", "")), (True, False))
AISLES = ("Aisle", "Food", "Buy")
LIST = Checklist(
    "Shopping", AISLES, (("Bakery", "Bread", "1 loaf"), ("Bakery", "Rolls", ""), ("Dairy", "Milk", "1 l")),
    (False, False, None), is_grouped=True,
)  # fmt: skip
WEEK = Details("Week", ("Day", "Training", "Meals"), (("Mon", "Run", "Pasta\nSalad"), ("Tue", "rest", "")), shown=2)
FILE = File("plan.ics", "text/calendar", b"BEGIN:VCALENDAR")


def message(*blocks, text="Here:", **fields):
    return Message("logistics", "reply", text, AT, cards=blocks, **fields)


def html(*blocks):
    return parts_of(message(*blocks))[0].html


def rich(*blocks, **fields):
    (part,) = parts_of(message(*blocks, **fields), "rich", is_edit=True)
    return part.rich


def test_a_check_list_shows_what_is_done_and_numbers_belong_to_their_words():
    assert html(TASKS) == "Here:\n\n<b>Tasks</b>\n☑ 1. Run · By: 07:00\n☐ 2. Lights out"
    assert rich(TASKS)[1:] == (
        {"type": "heading", "text": "Tasks", "size": 4},
        {
            "type": "list",
            "items": [
                {
                    "blocks": [{"type": "paragraph", "text": "1. Run · By: 07:00"}],
                    "has_checkbox": True, "is_checked": True,
                },
                {"blocks": [{"type": "paragraph", "text": "2. Lights out"}], "has_checkbox": True, "is_checked": False},
            ],
        },
    )  # fmt: skip


def test_a_grouped_check_list_names_each_group_once():
    assert html(LIST) == (
        "Here:\n\n<b>Shopping</b>\n<b>Bakery</b>\n☐ Bread · Buy: 1 loaf\n☐ Rolls\n<b>Dairy</b>\n– Milk · Buy: 1 l"
    )
    kinds = [(block["type"], block.get("text")) for block in rich(LIST)[1:]]
    assert kinds == [
        ("heading", "Shopping"), ("heading", "Bakery"), ("list", None), ("heading", "Dairy"), ("list", None),
    ]  # fmt: skip
    assert "has_checkbox" not in rich(LIST)[-1]["items"][0]


def test_details_open_on_demand_where_that_is_possible():
    assert html(WEEK) == (
        "Here:\n\n<b>Week</b>\n<b>Mon · Run</b>\n<blockquote expandable>• Pasta\n• Salad</blockquote>\n"
        "<b>Tue · rest</b>"
    )
    assert rich(WEEK)[2] == {
        "type": "details", "summary": "Mon · Run",
        "blocks": [{"type": "paragraph", "text": "• Pasta"}, {"type": "paragraph", "text": "• Salad"}],
    }  # fmt: skip
    assert rich(WEEK)[3] == {"type": "paragraph", "text": "Tue · rest"}
    assert "Mon · Run\n• Pasta" in parts_of(message(WEEK), "plain")[0].text


def test_several_hidden_cells_keep_their_names():
    card = Details("", ("Day", "Training", "Meals"), (("Mon", "Run", "Pasta\nSalad"),))
    assert parts_of(message(card, text=""), "plain")[0].text == "Mon\nTraining: Run\nMeals:\n• Pasta\n• Salad"


def test_a_table_has_a_heading_row_and_numbers_to_the_right():
    table = rich(Card("Water", ("Drink", "ml"), (("Tea", "250"), ("Milk", ""))))[2]
    assert table["cells"] == [
        [
            {"align": "left", "valign": "top", "text": "Drink", "is_header": True},
            {"align": "right", "valign": "top", "text": "ml", "is_header": True},
        ],
        [{"align": "left", "valign": "top", "text": "Tea"}, {"align": "right", "valign": "top", "text": "250"}],
        [{"align": "left", "valign": "top", "text": "Milk"}, {"align": "right", "valign": "top"}],
    ]


def test_a_moment_shows_in_the_readers_own_zone_with_plain_words_beside_it():
    moment = Moment("Next", AT, "Mon 23 Nov, 08:00")
    seconds = int(AT.timestamp())
    assert html(moment) == f'Here:\n\nNext: <tg-time unix="{seconds}" format="wDt">Mon 23 Nov, 08:00</tg-time>'
    instant = {"type": "date_time", "text": "Mon 23 Nov, 08:00", "unix_time": seconds, "date_time_format": "wDt"}
    assert rich(moment)[1] == {"type": "paragraph", "text": ["Next: ", instant]}


@pytest.mark.parametrize("block", [TASKS, LIST, WEEK, Card("T", ("a",), (("1",),)), Heading("H"), Moment("N", AT, "x")])
def test_the_rich_blocks_are_what_the_other_library_understands(block):
    InputRichMessage.model_validate(
        {"blocks": list(rich(block, Paragraph("and so on"))), "skip_entity_detection": True}
    )


@pytest.mark.parametrize("blocks", [(), (Moment("Next", AT, "Mon"),), (Paragraph("and"),)])
def test_words_alone_need_no_rich_message_unless_one_is_edited(blocks):
    assert parts_of(message(*blocks), "rich")[0].writer == "html"
    edited = parts_of(message(text="done 07:40\n\nwell done"), "rich", is_edit=True)
    assert edited[0].rich == ({"type": "paragraph", "text": "done 07:40"}, {"type": "paragraph", "text": "well done"})


@pytest.mark.parametrize(
    "block",
    [
        Card("wide", ("1", "2", "3", "4", "5"), ()),
        Card("long", ("1",), (("x",),) * 21),
        Checklist("much", ("a",), (("x" * 50,),) * 100, (False,) * 100),
        Checklist("many", ("a",), (("x",),) * 260, (False,) * 260),
    ],
    ids=lambda block: block.title,
)
def test_what_rich_blocks_cannot_carry_is_written_in_html(block):
    assert {part.writer for part in parts_of(message(block), "rich")} == {"html"}


@pytest.mark.parametrize("level", ["urgent", "emergency", "crisis"])
@pytest.mark.parametrize("writer", ["rich", "html", "plain"])
def test_safety_texts_are_plain_whatever_was_asked_for(level, writer):
    assert {part.writer for part in parts_of(message(WEEK, level=level), writer)} == {"plain"}


def test_a_short_text_stands_below_its_file_and_a_long_one_before_it():
    row = ((Button("Back", "view:plan"),),)
    (part,) = parts_of(message(FILE, text="Your plan", buttons=row), "rich")
    assert (part.file.name, part.file.data, part.html) == ("plan.ics", b"BEGIN:VCALENDAR", "Your plan")
    assert part.buttons == ((Key("Back", "view:plan"),),)
    first, second = parts_of(message(FILE, text="long " * 300, buttons=row))
    assert (first.file, first.buttons, second.text) == (None, (), "")
    assert (second.file.name, second.buttons) == ("plan.ics", ((Key("Back", "view:plan"),),))


def test_several_files_are_sent_one_after_the_other():
    picture = Picture("w.png", "image/png", b"\x89", alt="weight", is_protected=True)
    parts = parts_of(message(FILE, picture, text=""))
    assert [(part.file.is_picture, part.file.is_protected) for part in parts] == [(False, False), (True, True)]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Users\\x.ics", "C_Users_x.ics"),
        ("plan\u202escI.exe", "planscI.exe"),
        ("a\x00b\r\n.ics", "ab.ics"),
        (".bashrc", "bashrc"),
        ("", "file"),
        ("...", "file"),
        ("con.txt", "_con.txt"),
        ("console.txt", "console.txt"),
        ("woche 47 – päivä.ics", "woche 47 – päivä.ics"),
        ("x" * 300 + ".ics", "x" * (NAME_LIMIT - 4) + ".ics"),
    ],
)
def test_a_hostile_name_is_made_harmless(name, clean):
    assert safe_name(name) == clean


@given(st.text(max_size=120))
@settings(derandomize=True, deadline=None)
def test_no_name_leads_out_of_its_folder(name):
    made = safe_name(name)
    assert 0 < len(made) <= NAME_LIMIT + 1
    assert not set(made) & set('/\\:*?"<>|\r\n\x00')
    assert not made.startswith(".")


def test_a_text_that_is_too_long_after_all_is_cut_smaller_and_stays_whole():
    (part,) = parts_of(message(text="word " * 800, buttons=((Button("Yes", "a:b"),),)))
    pieces = smaller(part)
    assert all(units(piece.text) <= 1800 and piece.writer == "plain" for piece in pieces)
    assert " ".join(piece.text for piece in pieces).split() == part.text.split()
    assert [bool(piece.buttons) for piece in pieces] == [False] * (len(pieces) - 1) + [True]


CELL = st.text("ab<&> 😀é\n·#1.\u202e\x00", max_size=30)
TABLES = st.integers(0, 5).flatmap(
    lambda width: st.tuples(
        st.text("aT<", max_size=9),
        st.tuples(*[CELL] * width),
        st.lists(st.lists(CELL, max_size=width + 1).map(tuple), max_size=25).map(tuple),
    )
)
MARKED = TABLES.flatmap(
    lambda table: st.tuples(
        st.just(table), st.tuples(*[st.sampled_from([True, False, None])] * len(table[2])), st.booleans()
    )
)
BLOCKS = st.one_of(
    TABLES.map(lambda table: Card(*table)),
    MARKED.map(lambda made: Checklist(*made[0], made[1], is_grouped=made[2])),
    st.tuples(TABLES, st.integers(0, 3)).map(lambda made: Details(*made[0], shown=made[1])),
    CELL.map(Heading),
    CELL.map(Paragraph),
)


def letters(value):
    return sorted(mark for mark in value if mark in "abé😀")


@given(blocks=st.lists(BLOCKS, max_size=4), text=CELL)
@settings(derandomize=True, deadline=None, max_examples=200)
def test_no_letter_of_any_cell_is_lost_in_any_hand(blocks, text):
    said = message(*blocks, text=text)
    as_html, plain, best = (parts_of(said, writer) for writer in ("html", "plain", "rich"))
    assert [part.text for part in as_html] == [part.text for part in plain]
    for part in as_html:
        shown, entities = telegram_html.parse(part.html)
        assert (shown.strip(), len(entities) <= 100) == (part.text.strip(), True)
    assert all(units(part.text) <= 4096 for part in as_html)
    cells = "".join(
        cell
        for block in blocks
        if isinstance(block, Card)
        for row in block.rows
        for place, cell in enumerate(row)
        if not (isinstance(block, Checklist) and block.is_grouped and place == 0)
    )
    shown = "".join(part.text for part in as_html)
    for mark in "bé😀":
        assert shown.count(mark) >= cells.count(mark)
    if best and best[0].rich is not None:
        written = json.dumps(best[0].rich, ensure_ascii=False)
        for mark in "é😀":
            assert written.count(mark) >= cells.count(mark)
