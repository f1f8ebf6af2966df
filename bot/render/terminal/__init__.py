"""Messages for a terminal: text, blocks as compact tables and lists, buttons as numbered choices.

Nothing in a message is markup: every string becomes a rich `Text` of its own, after control characters (which could
move the cursor, or write to the clipboard) are gone.
"""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from rich import box
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from agents.domain.blocks import Button
from agents.domain.turn import Message
from bot.render.terminal.choices import Choices, key_of, wants_a_number
from bot.render.terminal.drawing import drawn
from bot.render.terminal.legible import legible

__all__ = ["Choices", "draw", "key_of", "legible", "moment", "wants_a_number"]
ALARMS = ("emergency", "crisis")
SAFETY_TITLE = "Your safety comes first"
_HEADINGS = {
    "reminder": "Reminder",
    "check_in": "Check-in",
    "alert": "Please note",
    "document": "A file for you",
    "photo": "A picture for you",
}


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
        parts += [Text(), drawn(card, encoding)]
    if any(message.buttons):
        parts += [Text(), *_choice_rows(message.buttons, choices, encoding)]
    return Group(*parts)


def moment(instant: datetime, zone: tzinfo) -> str:
    """An instant on the person's clock: "Tue 24 Nov, 07:30"."""
    local = instant.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b, %H:%M}"


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
