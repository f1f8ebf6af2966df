"""Messages for a terminal: text, cards as compact tables, buttons as numbered choices.

Nothing in a message is markup: every string becomes a rich `Text` of its own, after control characters (which could
move the cursor, or write to the clipboard) are gone. Choices carry numbers, or letters where a number is an answer:
34 is an age.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, tzinfo

from rich import box
from rich.columns import Columns
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from agents.domain.turn import Button, Card, Message

ALARMS = ("emergency", "crisis")
SAFETY_TITLE = "Your safety comes first"
_HEADINGS = {
    "reminder": "Reminder",
    "check_in": "Check-in",
    "alert": "Please note",
    "document": "A file for you",
    "photo": "A picture for you",
}
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_QUANTITY = re.compile(r"[-+~<>≈±]?\s*\d[\d.,:\s–-]*\s*\S{0,4}")  # "1,850 kcal", "3–4", "07:30"
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # can show words in false order
_SPELLED = {
    "–": "-", "—": "-", "−": "-", "‑": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "×": "x", "≤": "<=",
    "≥": ">=", "≈": "~", "±": "+/-", "·": "-", "•": "*", "→": "->", "½": "1/2", "\u00a0": " ", "\u202f": " ",
}  # fmt: skip


_NUMERIC = frozenset({
    "age", "height_cm", "weight_kg", "target_weight_kg", "meals_per_day", "max_prep_minutes", "workout_minutes",
    "workout_time", "workout_days", "energy_level", "stress_level", "sleep_quality", "wake_time", "bed_time",
    "meal_times", "morning_brief_time", "evening_checkin_time", "timezone",
})  # fmt: skip


class Choices:
    """The buttons that can be chosen now: by number, by letter where numbers are answers, or by label."""

    def __init__(self) -> None:
        self._by_key: dict[str, Button] = {}
        self._lettered = False

    def clear(self) -> None:
        """Nothing can be chosen any more."""
        self._by_key.clear()
        self._lettered = False

    def offer(self, button: Button) -> str:
        """Makes a button choosable; returns its key. Keys go on until `clear`, so an older key keeps its meaning."""
        self._lettered = self._lettered or wants_a_number(button)
        key = key_of(len(self._by_key)) if self._lettered else str(len(self._by_key) + 1)
        self._by_key[key] = button
        return key

    def tapped(self, text: str) -> str | None:
        """The data of the button this text chooses, None when it is an answer in the person's own words."""
        said = text.casefold().strip()
        button = self._by_key.get(said.strip("[]().")) or self._labelled(said)
        return button.data if button else None

    def _labelled(self, said: str) -> Button | None:
        """The newest button with this label."""
        return next((b for b in reversed(self._by_key.values()) if b.label.casefold().strip() == said), None)


def wants_a_number(button: Button) -> bool:
    """Whether it belongs to a question that "7" or "34" answers: there a digit is an answer, not a choice."""
    prefix, _, rest = button.data.partition(":")
    is_scale = prefix == "checkin" or button.label.strip().isdecimal()
    return is_scale or (prefix == "onb" and rest.partition(":")[0] in _NUMERIC)


def key_of(index: int) -> str:
    """The letter of a choice: a to z, then a2 to z2 and so on; never a bare number, never a word."""
    lap, place = divmod(index, len(_ALPHABET))
    return _ALPHABET[place] + (str(lap + 1) if lap else "")


def draw(message: Message, zone: tzinfo, choices: Choices, encoding: str = "utf-8") -> Group:
    """A message; its buttons become choosable. Safety texts stand out, reminders and check-ins carry their time."""
    text = Text(legible(message.text, encoding))
    parts: list[RenderableType] = [Text()]
    heading = _heading(message, zone)
    if message.level in ALARMS:
        parts.append(_alarm(text, heading))
    elif heading:
        style = "yellow" if message.kind == "alert" else "magenta"
        parts += [Rule(Text(heading, style=f"bold {style}"), align="left", style=style), Padding(text, (0, 0, 0, 2))]
    else:
        parts.append(text)
    for card in message.cards:
        parts += [Text(), FittedCard(card, encoding)]
    if any(message.buttons):
        parts += [Text(), *_choice_rows(message.buttons, choices, encoding)]
    return Group(*parts)


def moment(instant: datetime, zone: tzinfo) -> str:
    """An instant on the person's clock: "Tue 24 Nov, 07:30"."""
    local = instant.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b, %H:%M}"


def legible(text: str, encoding: str = "utf-8") -> str:
    """The text without control characters, with what the encoding lacks spelled as near as it can be."""
    lines = (re.sub(r"\s", " ", line) if "\t" in line else line for line in text.splitlines())
    shown = "\n".join("".join(mark for mark in line if _is_visible(mark)) for line in lines)
    try:
        shown.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_spelled(mark, encoding) for mark in shown)
    return shown


def _is_visible(mark: str) -> bool:
    return unicodedata.category(mark) != "Cc" and mark not in _DIRECTION_MARKS


def _spelled(mark: str, encoding: str) -> str:
    """The mark itself, else its plain spelling, else the letter under its accent, else a question mark."""
    for candidate in (mark, _SPELLED.get(mark, ""), unicodedata.normalize("NFKD", mark)[:1]):
        if candidate and candidate.encode(encoding, errors="ignore"):
            return candidate
    return "?"


def _heading(message: Message, zone: tzinfo) -> str:
    """What kind of message this is and its local time; empty for a plain reply."""
    word = _HEADINGS.get(message.kind)
    return f"{word}, {moment(message.at, zone)}" if word else ""


def _alarm(text: Text, heading: str) -> Panel:
    title = f"{SAFETY_TITLE} ({heading})" if heading else SAFETY_TITLE
    text.stylize("bold")
    return Panel(text, title=Text(title, style="bold red"), title_align="left", box=box.HEAVY, border_style="bold red")


def _choice_rows(rows: Iterable[Iterable[Button]], choices: Choices, encoding: str) -> Iterable[RenderableType]:
    for row in rows:
        labels = [
            Text.assemble((f"[{choices.offer(button)}]", "bold cyan"), " ", legible(button.label, encoding))
            for button in row
        ]
        if labels:
            yield Padding(Columns(labels, padding=(0, 3)), (0, 0, 0, 2))


class FittedCard:
    """A card as a table; where that cannot fit, each row as "column: value" lines."""

    def __init__(self, card: Card, encoding: str = "utf-8") -> None:
        width = max((len(cells) for cells in (card.columns, *card.rows)), default=0)
        self._title = Text(legible(card.title, encoding), style="bold")
        self._columns = _padded(card.columns, width, encoding)
        self._rows = [_padded(row, width, encoding) for row in card.rows]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The title, then whichever form fits."""
        if self._title:
            yield self._title
        table = self._table()
        fits = Measurement.get(console, options.update(max_width=1000), table).minimum <= options.max_width
        yield table if fits else self._stack()

    def _table(self) -> Table:
        table = Table(
            box=box.SIMPLE_HEAD,
            pad_edge=False,
            show_edge=False,
            show_header=any(self._columns),
            header_style="bold",
        )
        for place, name in enumerate(self._columns):
            is_number = all(_QUANTITY.fullmatch(row[place]) or not row[place] for row in self._rows)
            table.add_column(Text(name), justify="right" if is_number and self._rows else "left", overflow="fold")
        for row in self._rows:
            table.add_row(*map(Text, row))
        return table

    def _stack(self) -> Text:
        blocks = []
        for row in self._rows:
            pairs = zip(self._columns, row, strict=True)
            blocks.append("\n".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell))
        return Text("\n\n".join(blocks))


def _padded(cells: Iterable[str], width: int, encoding: str) -> tuple[str, ...]:
    """Exactly `width` cells: a ragged row must not lose its neighbours."""
    known = tuple(legible(cell, encoding) for cell in cells)
    return known + ("",) * (width - len(known))
