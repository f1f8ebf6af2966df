"""What a terminal shows of a message."""

from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO, StringIO, TextIOWrapper
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from agents.domain.turn import Button, Card, Message
from bot.render.terminal import Choices, draw, key_of, legible, moment

AT = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
WEEK = Card("This week", ("Day", "Meal", "Energy"), (("Mon", "Lentil stew", "620 kcal"), ("Tue", "Tofu", "1,540 kcal")))


def message(text: str = "Hello.", **fields: object) -> Message:
    return Message("logistics", fields.pop("kind", "reply"), text, AT, **fields)  # type: ignore[arg-type]


def shown(said: Message, width: int = 60, choices: Choices | None = None) -> str:
    console = Console(file=StringIO(), width=width, highlight=False, color_system=None)
    console.print(draw(said, BERLIN, choices or Choices()))
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())  # type: ignore[attr-defined]


def colours(said: Message) -> str:
    console = Console(file=StringIO(), width=60, force_terminal=True, color_system="standard", no_color=False)
    console.print(draw(said, BERLIN, Choices()))
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def test_a_reply_is_its_text_alone() -> None:
    assert shown(message("Two lines\nof text.")) == "\nTwo lines\nof text."


def test_buttons_are_numbered_row_by_row() -> None:
    rows = ((Button("Yes", "a:y"), Button("No", "a:n")), (Button("Skip", "a:s"),))
    assert shown(message(buttons=rows)) == "\nHello.\n\n  [1] Yes   [2] No\n  [3] Skip"


def test_a_row_of_buttons_wraps_between_choices_and_not_inside_one() -> None:
    row = tuple(Button(f"Choice number {n}", f"n:{n}") for n in range(3))
    lines = shown(message(buttons=(row,)), width=44).splitlines()
    assert [line.strip() for line in lines[3:]] == ["[1] Choice number 0   [2] Choice number 1", "[3] Choice number 2"]


def test_what_looks_like_markup_is_shown_as_it_was_typed() -> None:
    button, card = Button("[red]x[/red]", "x:1"), Card("[b]t[/b]", ("[i]c[/i]",), (("[link=x]v[/link]",),))
    text = shown(message("[bold]no[/bold] [/] :warning:", buttons=((button,),), cards=(card,)))
    for typed in ("[bold]no[/bold] [/] :warning:", "[1] [red]x[/red]", "[b]t[/b]", "[i]c[/i]", "[link=x]v[/link]"):
        assert typed in text


@pytest.mark.parametrize(
    ("kind", "heading"), [("reminder", "Reminder"), ("check_in", "Check-in"), ("alert", "Please note")]
)
def test_what_comes_unasked_has_a_heading_with_its_local_time(kind: str, heading: str) -> None:
    lines = shown(message("Drink some water.", kind=kind)).splitlines()
    assert lines[1].startswith(f"{heading}, Mon 23 Nov, 07:30 ──")
    assert lines[2] == "  Drink some water."


@pytest.mark.parametrize("level", ["emergency", "crisis"])
def test_a_safety_message_stands_in_a_heavy_frame_without_emoji(level: str) -> None:
    text = shown(message("Call 112 now.", level=level))
    assert text.splitlines()[1].startswith("┏━ Your safety comes first ━")
    assert "┃ Call 112 now." in text
    assert all(ord(mark) < 0x2600 for mark in text)
    assert "\x1b[1;31m" in colours(message("Call 112 now.", level=level))


@pytest.mark.parametrize("level", ["none", "caution", "urgent"])
def test_lesser_levels_are_not_framed(level: str) -> None:
    assert shown(message("Rest the knee.", level=level)) == "\nRest the knee."


def test_a_card_is_a_compact_table_with_numbers_to_the_right() -> None:
    lines = shown(message(cards=(WEEK,))).splitlines()
    assert lines[3] == "This week"
    assert [line.split() for line in lines[4:] if line and "─" not in line] == [
        ["Day", "Meal", "Energy"],
        ["Mon", "Lentil", "stew", "620", "kcal"],
        ["Tue", "Tofu", "1,540", "kcal"],
    ]
    assert cell_len(lines[-2]) == cell_len(lines[-1])


def test_a_table_too_wide_for_the_terminal_becomes_lines_and_loses_nothing() -> None:
    columns = tuple(f"Column{n}" for n in range(12))
    card = Card("Wide", columns, (tuple(f"value-{n}" for n in range(12)),))
    text = shown(message(cards=(card,)), width=24)
    assert [f"Column{n}: value-{n}" in text for n in range(12)] == [True] * 12


def test_a_ragged_row_keeps_every_cell() -> None:
    text = shown(message(cards=(Card("", ("One",), (("a",), ("b", "extra"), ())),)))
    assert "extra" in text
    assert "One" in text


def test_a_card_without_anything_is_no_error() -> None:
    assert shown(message(cards=(Card("", (), ()),))).strip() == "Hello."


def test_a_number_chooses_until_the_choices_are_cleared() -> None:
    choices = Choices()
    choices.offer(Button("Yes", "q:yes"))
    choices.offer(Button("No", "q:no"))
    assert [choices.tapped(said) for said in ("1", "2", " [2] ", "1)", "yes", "NO")] == [
        "q:yes", "q:no", "q:no", "q:yes", "q:yes", "q:no",
    ]  # fmt: skip
    assert [choices.tapped(said) for said in ("c", "34", "3", "yes please", "", "12")] == [None] * 6
    choices.clear()
    assert choices.tapped("1") is None


def test_where_a_number_is_an_answer_choices_carry_letters() -> None:
    choices = Choices()
    assert choices.offer(Button("I would rather not say", "onb:age:unsaid")) == "a"
    assert choices.tapped("1") is None
    assert choices.tapped("A") == "onb:age:unsaid"


def test_a_later_offer_leaves_earlier_numbers_as_they_are() -> None:
    choices = Choices()
    assert choices.offer(Button("Yes", "q:yes")) == "1"
    assert choices.offer(Button("Done", "fire:done")) == "2"
    assert choices.tapped("1") == "q:yes"


def test_a_label_given_twice_means_the_newest() -> None:
    choices = Choices()
    choices.offer(Button("Done", "fire:1"))
    choices.offer(Button("Done", "fire:2"))
    assert choices.tapped("done") == "fire:2"


def test_a_scale_of_digits_is_chosen_by_its_labels() -> None:
    choices = Choices()
    for score in range(3, 6):
        choices.offer(Button(str(score), f"score:{score}"))
    assert choices.tapped("4") == "score:4"
    assert choices.tapped("1") is None


def test_keys_go_on_after_z_and_never_repeat() -> None:
    keys = [key_of(index) for index in range(80)]
    assert [keys[0], keys[25], keys[26], keys[52]] == ["a", "z", "a2", "a3"]
    assert len(set(keys)) == 80
    assert not any(key.isdecimal() for key in keys)


def test_a_moment_is_told_on_the_persons_clock() -> None:
    assert moment(AT, timezone(timedelta(hours=-8))) == "Sun 22 Nov, 22:30"


def test_control_characters_cannot_reach_the_terminal() -> None:
    assert legible("a\x1b[2Jb\x00c\x9bd\x07\r\ne\tf\u202eg") == "a[2Jbcd\ne fg"


def test_what_the_encoding_lacks_is_spelled_as_near_as_it_can_be() -> None:
    assert legible("Café – “3×10” … ≤ 5 🙂", "ascii") == 'Cafe - "3x10" ... <= 5 ?'
    assert legible("Café – 5", "latin-1") == "Café - 5"


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    text=st.text(), label=st.text(), width=st.integers(10, 120), encoding=st.sampled_from(["utf-8", "ascii", "cp437"])
)
def test_any_message_can_be_drawn_on_any_terminal(text: str, label: str, width: int, encoding: str) -> None:
    said = message(
        text,
        buttons=((Button(label, "x:1"),),),
        cards=(Card(label, (label, text), ((text, label), (label,))),),
        level="crisis",
    )
    file = TextIOWrapper(BytesIO(), encoding=encoding)
    console = Console(file=file, width=width, color_system=None)
    console.print(draw(said, UTC, Choices(), encoding))
    file.flush()
    raw = file.buffer.getvalue()
    assert b"\x1b" not in raw
    assert b"Your" in raw
