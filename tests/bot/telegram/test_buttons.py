"""Buttons are ours or nothing: signed for their chat, within 64 bytes, and old ones do no harm."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.questions import QUESTIONS
from agents.nodes.meals.planning import MOST_TAP_BYTES
from bot.telegram.buttons import DATA_LIMIT, WIRE_LIMIT, Seal
from storage.crypto import MasterKey

ROOT = Path(__file__).resolve().parents[3]
KEYS = MasterKey(b"m" * 32, b"i" * 32)
SEAL = Seal(KEYS)
ID = "01M7Q1JN80EEJR3CP3TKJZC1RR"
texts = st.text(min_size=1).filter(
    lambda text: len(text.encode("utf-8", "ignore")) <= DATA_LIMIT and text.isprintable()
)


@given(texts, st.integers(-(2**52), 2**52))
def test_what_was_signed_comes_back_and_fits_the_wire(data: str, chat_id: int) -> None:
    raw = SEAL.sign(chat_id, data)
    assert len(raw.encode()) <= WIRE_LIMIT
    assert SEAL.open(chat_id, raw) == data
    assert SEAL.open(chat_id + 1, raw) is None


@given(st.text(max_size=80))
def test_nothing_that_we_did_not_write_opens(raw: str) -> None:
    assert SEAL.open(7, raw) is None


@given(st.integers(0, 200), st.characters())
def test_a_changed_sign_anywhere_opens_nothing(place: int, sign: str) -> None:
    raw = SEAL.sign(7, f"task:done:{ID}")
    place %= len(raw)
    changed = raw[:place] + sign + raw[place + 1 :]
    assert changed == raw or SEAL.open(7, changed) is None


def test_another_key_or_another_version_is_another_hand() -> None:
    raw = SEAL.sign(7, "view:today")
    assert Seal(MasterKey(b"m" * 32, b"j" * 32)).open(7, raw) is None
    assert SEAL.open(7, raw.replace("~1", "~2")) is None
    assert Seal(KEYS.rotated(b"n" * 32)).open(7, raw) == "view:today", "a new master key leaves buttons as they are"


@pytest.mark.parametrize("data", ["", "x" * (DATA_LIMIT + 1), "é" * DATA_LIMIT])
def test_what_does_not_fit_is_refused_where_it_is_written(data: str) -> None:
    with pytest.raises(ValueError, match="bytes"):
        SEAL.sign(7, data)


def test_the_renderer_and_the_planner_leave_room_for_the_signature() -> None:
    from bot.render.telegram.keyboard import DATA_LIMIT as RENDERED

    assert RENDERED == MOST_TAP_BYTES == DATA_LIMIT


def written() -> set[str]:
    """All data that our code writes on buttons, with the longest value for each part that is put in."""
    found: set[str] = set()
    for path in [*(ROOT / "agents" / "nodes").rglob("*.py"), *(ROOT / "bot" / "reminders").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                text = ast.unparse(node).strip("f'\"")
                if re.match(
                    r"(?:task|firing|undo|water|checkin|weighin|meal|workout|profile|delete|safety|view):\S+$", text
                ):
                    found.add(re.sub(r"\{[^}]*\}", ID, text))
    for question in QUESTIONS:
        choices = (*question.options, "ctl_skip", "ctl_back", "ctl_why", "ctl_defaults")
        found |= {f"onb:{question.code}:{data}" for data in choices}
    return found


def test_all_data_of_our_buttons_fit() -> None:
    assert len(written()) > 100
    longest = {data for data in written() if len(data.replace(f"{ID}:{ID}", f"{ID}:99").encode()) > DATA_LIMIT}
    assert longest == set()


@pytest.mark.parametrize("raw", ["onb:consent:yes", "onb:consent:yes~1AAAAAAAA", "stale", "~", "x" * 64])
async def test_a_forged_tap_is_an_old_button_and_changes_nothing(house, raw) -> None:  # type: ignore[no-untyped-def]
    await house.hear("hello")
    await house.accept(house.raw_tap(raw))
    await house.later(0.4)
    assert "That button is old" in house.texts()[1]
    assert await house.ask("SELECT count(*) FROM consents") == 0


async def test_a_button_of_another_chat_is_foreign(house) -> None:  # type: ignore[no-untyped-def]
    await house.hear("hello")
    await house.accept(house.raw_tap(house.seal.sign(8, "onb:consent:yes")))
    await house.later(0.4)
    assert await house.ask("SELECT count(*) FROM consents") == 0
