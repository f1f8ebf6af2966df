"""Messages for Telegram: nothing typed becomes markup, nothing is too long, nothing is lost in cutting."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.turn import Button, Card, Message
from bot.render.telegram import Key, Part, keyboard, parts_of, units
from bot.render.telegram.keyboard import DATA_LIMIT as MOST
from tests.support.telegram import html as telegram_html

AT = datetime(2026, 11, 23, 7, tzinfo=UTC)


def message(text, **fields):
    return Message("logistics", "reply", text, AT, **fields)


@pytest.mark.parametrize(("text", "length"), [("abc", 3), ("é", 1), ("😀", 2), ("👨‍👩‍👧", 8), ("🇫🇷", 4)])
def test_lengths_are_utf_16_units(text, length):
    assert units(text) == length == telegram_html.units(text)


def test_what_looks_like_markup_is_escaped():
    assert parts_of(message("<b>a & b</b> _*[x](y)")) == (
        Part("<b>a & b</b> _*[x](y)", "&lt;b&gt;a &amp; b&lt;/b&gt; _*[x](y)"),
    )


def test_urgent_texts_carry_no_markup_at_all():
    assert parts_of(message("Call 112 <now>", level="emergency")) == (Part("Call 112 <now>"),)


def test_a_narrow_card_is_a_table_with_numbers_to_the_right():
    card = Card("Water & co", ("Drink", "ml"), (("Tea", "250"), ("Water", "1,500")))
    assert parts_of(message("Today:", cards=(card,)))[0].html == (
        "Today:\n\n<b>Water &amp; co</b>\n<pre>Drink     ml\nTea      250\nWater  1,500</pre>"
    )


def test_a_wide_card_is_a_list_with_one_bold_line_a_row():
    card = Card(
        "", ("Meal", "What", "kcal"), (("Lunch", "Lentil soup with carrots and bread", "520"), ("Dinner", "", ""))
    )
    assert parts_of(message("Today:", cards=(card,)))[0].html == (
        "Today:\n\n<b>Lunch</b>\nWhat: Lentil soup with carrots and bread · kcal: 520\n<b>Dinner</b>"
    )


def test_a_card_of_one_ragged_row_loses_no_cell():
    html = parts_of(message("", cards=(Card("T", ("a",), (("1", "2", "3"),)),)))[0].html
    assert html == "<b>T</b>\n<pre>a\n1  2  3</pre>"


def test_buttons_sit_on_the_last_part_only():
    rows = ((Button("Yes", "onb:consent:yes"), Button("No", "onb:consent:no")),)
    parts = parts_of(message("word " * 2000, buttons=rows))
    assert len(parts) == 3
    assert [part.buttons for part in parts] == [(), (), ((Key("Yes", "onb:consent:yes"), Key("No", "onb:consent:no")),)]


def test_a_button_whose_data_is_too_long_sends_its_label_and_one_that_cannot_be_sent_is_left_out():
    rows = (
        (Button("Agree", "x" * (MOST + 1)), Button("ä" * 33, "y" * 65), Button("", "z"), Button("Fits", "w" * MOST)),
    )
    assert keyboard(rows) == ((Key("Agree", "Agree"), Key("Fits", "w" * MOST)),)


def test_a_row_of_many_buttons_is_broken_and_a_keyboard_of_too_many_cut():
    many = tuple(Button(str(n), f"n:{n}") for n in range(70))
    rows = keyboard((many, many))
    assert max(len(row) for row in rows) == 8
    assert sum(len(row) for row in rows) == 100


def test_nothing_to_show_gives_nothing_to_send():
    assert parts_of(message(" \n\t ")) == ()


def test_long_texts_break_between_paragraphs_first():
    first, second = "a" * 3000, "b" * 3000
    assert [part.text for part in parts_of(message(f"{first}\n\n{second}"))] == [first, second]


def test_a_family_is_never_torn_apart():
    parts = parts_of(message("👨‍👩‍👧" * 600))
    assert "".join(part.text for part in parts) == "👨‍👩‍👧" * 600
    assert all(part.text.startswith("👨") and part.text.endswith("👧") for part in parts)


TEXTS = st.one_of(
    st.text(max_size=300),
    st.builds(
        lambda word, count: (word + " ") * count, st.text("a<&> 😀é\n.", min_size=1, max_size=9), st.integers(1, 2500)
    ),
)
CARDS = st.builds(
    lambda title, columns, rows: Card(title, tuple(columns), tuple(tuple(row) for row in rows)),
    st.text(max_size=20),
    st.lists(st.text(max_size=12), max_size=4),
    st.lists(st.lists(st.text(max_size=40), max_size=4), max_size=30),
)


@given(text=TEXTS, cards=st.lists(CARDS, max_size=3), level=st.sampled_from(["none", "crisis"]))
@settings(derandomize=True, deadline=None, max_examples=150)
def test_whatever_is_said_telegram_takes_it_whole(text, cards, level):
    parts = parts_of(message(text, cards=tuple(cards), level=level))
    for part in parts:
        assert 0 < telegram_html.units(part.text) <= 4096
        assert part.text.strip()
        assert (part.html is None) == (level == "crisis")
        if part.html is not None:
            shown, entities = telegram_html.parse(part.html)
            assert shown == part.text
            assert len(entities) <= 100
            assert all(words.strip() for _tag, words in entities)
    said = "".join(mark for mark in text if mark.isalnum())
    shown = "".join(mark for part in parts for mark in part.text if mark.isalnum())
    assert shown.startswith(said)
