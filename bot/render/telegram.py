"""Messages for Telegram: escaped HTML, cards as small tables, buttons as rows, long texts in several parts.

Nothing in a message is markup: every string is escaped, and only the styles set here become tags (telegram.md TG-20).
Lengths are UTF-16 units after parsing, as Telegram counts them (TG-1).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from agents.domain.turn import Button, Card, Message

TEXT_LIMIT = 4096  # UTF-16 units of one message (TG-1)
ENTITY_LIMIT = 100  # styled stretches of one message (TG-1)
SCRAP = 400  # UTF-16 units; less room than this is not worth beginning a long text in
TABLE_COLUMNS = 34  # characters that fit a narrow phone in <pre> (TG-40)
DATA_LIMIT = 64  # bytes of a button's data (TG-2)
ROW_LIMIT, KEYBOARD_LIMIT = 8, 100  # buttons in a row, and in all (TG-2)
PLAIN_LEVELS = ("urgent", "emergency", "crisis")  # their text goes out without any markup (TG-42)
_TAGS = {"": ("", ""), "bold": ("<b>", "</b>"), "pre": ("<pre>", "</pre>")}
_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s+"), re.compile(r"\s+"))
_NUMBER = re.compile(r"[-+~<>≈±]?\s*\d[\d.,:\s–-]*\s*\S{0,4}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of text in one style."""

    text: str
    style: Literal["", "bold", "pre"] = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One message to send. `html` is None where the text goes out plain; buttons are rows of (label, data)."""

    text: str
    html: str | None = None
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()


def parts_of(message: Message) -> tuple[Part, ...]:
    """A message as one or more parts, the buttons on the last; none when there is nothing to show."""
    stretches = [Stretch(_clean(message.text).strip())]
    for card in message.cards:
        stretches += [Stretch("\n\n"), *_card(card)]
    is_plain = message.level in PLAIN_LEVELS
    groups = [group for group in (_trimmed(group) for group in _packed(stretches)) if group]
    parts = [_part(group, is_plain=is_plain) for group in groups]
    if parts:
        parts[-1] = replace(parts[-1], buttons=keyboard(message.buttons))
    return tuple(parts)


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) + sum(1 for mark in text if ord(mark) > 0xFFFF)


def keyboard(rows: Iterable[Iterable[Button]]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Rows of (label, data) within Telegram's limits.

    A tap brings back the data; where that is too long, the label, which the house resolves to the same. A button
    whose label is too long as well cannot be offered.
    """
    found: list[tuple[tuple[str, str], ...]] = []
    left = KEYBOARD_LIMIT
    for row in rows:
        keys = [key for key in (_key(button) for button in row) if key is not None][:left]
        left -= len(keys)
        found += [tuple(keys[at : at + ROW_LIMIT]) for at in range(0, len(keys), ROW_LIMIT)]
    return tuple(found)


def _key(button: Button) -> tuple[str, str] | None:
    label = _clean(button.label).replace("\n", " ").strip()
    data = next((text for text in (button.data, label) if 0 < len(text.encode()) <= DATA_LIMIT), None)
    return (label, data) if label and data else None


def _clean(text: str) -> str:
    """Without control characters, which could hide or move words."""
    return "".join(mark for mark in text if mark == "\n" or unicodedata.category(mark) not in ("Cc", "Cs"))


def _part(group: Sequence[Stretch], *, is_plain: bool) -> Part:
    text = "".join(stretch.text for stretch in group)
    if is_plain:
        return Part(text)
    html = "".join(_TAGS[s.style][0] + escape(s.text, quote=False) + _TAGS[s.style][1] for s in group)
    return Part(text, html)


def _card(card: Card) -> list[Stretch]:
    """A table in fixed width where it fits a phone, else a list: one bold line a row, the rest below it."""
    width = max((len(cells) for cells in (card.columns, *card.rows)), default=0)
    table = [_padded(cells, width) for cells in (card.columns, *card.rows)]
    title = [Stretch(_line(card.title), "bold"), Stretch("\n")] if _line(card.title) else []
    drawn = _table(table)
    if all(_columns(line) <= TABLE_COLUMNS for line in drawn.splitlines()):
        return [*title, Stretch(drawn, "pre")] if drawn.strip() else title
    return [*title, *_list(table[0], table[1:])]


def _table(table: Sequence[Sequence[str]]) -> str:
    """Aligned lines; columns of numbers to the right; the heading line only where there is one."""
    shown = table if any(table[0]) else table[1:]
    widths = [max(_columns(row[place]) for row in shown) for place in range(len(table[0]))] if shown else []
    numeric = [
        all(_NUMBER.fullmatch(row[place]) or not row[place] for row in table[1:]) for place in range(len(widths))
    ]
    lines = []
    for row in shown:
        cells = []
        for place, cell in enumerate(row):
            gap = " " * (widths[place] - _columns(cell))
            cells.append(gap + cell if numeric[place] and table[1:] else cell + gap)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _list(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Stretch]:
    found: list[Stretch] = []
    for row in rows:
        first, *rest = row
        pairs = zip(heads[1:], rest, strict=True)
        words = " · ".join(f"{head}: {cell}" if head else cell for head, cell in pairs if cell)
        found += [Stretch(first, "bold"), Stretch(f"\n{words}\n" if words else "\n")]
    return found


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    known = tuple(_line(cell) for cell in cells)
    return known + ("",) * (width - len(known))


def _line(text: str) -> str:
    return " ".join(_clean(text.replace("\t", " ")).split())


def _columns(text: str) -> int:
    """How wide a line is in a fixed-width font: wide characters take two places, combining ones none."""
    return sum(
        0 if unicodedata.combining(mark) else 2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text
    )


def _packed(stretches: Iterable[Stretch]) -> list[list[Stretch]]:
    """Stretches in order, grouped so that each group fits one message."""
    groups: list[list[Stretch]] = [[]]
    room = TEXT_LIMIT
    for stretch in stretches:
        rest = stretch.text
        while rest:
            if groups[-1] and units(rest) > room and (units(rest) <= TEXT_LIMIT or room < SCRAP):
                groups.append([])  # rather whole in the next message than cut in two
                room = TEXT_LIMIT
            if len(groups[-1]) >= ENTITY_LIMIT or room == 0:
                groups.append([])
                room = TEXT_LIMIT
            piece, rest = _cut(rest, room)
            groups[-1].append(replace(stretch, text=piece))
            room -= units(piece)
            if rest:
                room = 0
    return groups


def _cut(text: str, room: int) -> tuple[str, str]:
    """The longest beginning that fits, cut at a paragraph, a line, a sentence or a word, and what is left."""
    if units(text) <= room:
        return text, ""
    end = _fitting(text, room)
    for pattern in _BREAKS:
        places = [match for match in pattern.finditer(text[:end]) if match.start() > end // 2]
        if places:
            return text[: places[-1].start()], text[places[-1].end() :]
    return text[:end], text[end:]


def _fitting(text: str, room: int) -> int:
    """How many characters fit; never in the middle of a joined sign, where that can be helped."""
    taken = end = 0
    for mark in text:
        taken += 2 if ord(mark) > 0xFFFF else 1
        if taken > room:
            break
        end += 1
    whole = end
    while whole > end - 16 and whole > 0 and _joins(text, whole):
        whole -= 1
    return max(1, whole if whole > max(0, end - 16) else end)


def _joins(text: str, at: int) -> bool:
    """Whether the sign at this place belongs to the one before it."""
    mark, before = text[at], text[at - 1]
    is_modifier = "\U0001f3fb" <= mark <= "\U0001f3ff" or mark in "\u200d\ufe0e\ufe0f"
    return bool(unicodedata.combining(mark)) or is_modifier or before == "\u200d"


def _trimmed(group: Sequence[Stretch]) -> list[Stretch]:
    """Without the white space at both ends, which Telegram drops, and without empty stretches."""
    kept = [stretch for stretch in group if stretch.text]
    while kept and not (head := kept[0].text.lstrip() if kept[0].style != "pre" else kept[0].text.lstrip("\n")).strip():
        kept.pop(0)
    if kept:
        kept[0] = replace(kept[0], text=head)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept
