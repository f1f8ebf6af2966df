"""Buttons below a message, within Telegram's limits (TG-2)."""

from collections.abc import Iterable
from typing import NamedTuple

from agents.domain.blocks import Button, Style
from bot.render.telegram.lengths import clean

DATA_LIMIT = 54  # bytes of a button's data: 64 on the wire, less the signature (bot.telegram.buttons)
ROW_LIMIT, KEYBOARD_LIMIT = 8, 100  # buttons in a row, and in all


class Key(NamedTuple):
    """A button as Telegram takes it."""

    label: str
    data: str
    style: Style = ""


Keys = tuple[tuple[Key, ...], ...]


def keyboard(rows: Iterable[Iterable[Button]]) -> Keys:
    """Rows of keys.

    A tap brings back the data; where that is too long, the label, which the house resolves to the same. A button
    whose label is too long as well cannot be offered.
    """
    found: list[tuple[Key, ...]] = []
    left = KEYBOARD_LIMIT
    for row in rows:
        keys = [key for key in (_key(button) for button in row) if key is not None][:left]
        left -= len(keys)
        found += [tuple(keys[at : at + ROW_LIMIT]) for at in range(0, len(keys), ROW_LIMIT)]
    return tuple(found)


def _key(button: Button) -> Key | None:
    label = clean(button.label).replace("\n", " ").strip()
    data = next((text for text in (button.data, label) if 0 < len(text.encode()) <= DATA_LIMIT), None)
    return Key(label, data, button.style) if label and data else None
