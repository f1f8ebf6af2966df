"""A message as the parts that are sent one after the other, in one of three hands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from agents.domain.blocks import Block, File
from agents.domain.turn import Message
from bot.render.telegram.drawing import stretches_of
from bot.render.telegram.files import Attached, attached
from bot.render.telegram.keyboard import Keys, keyboard
from bot.render.telegram.lengths import CAPTION_LIMIT, clean, cut, units
from bot.render.telegram.rich import Rich, has_structure, rich_of
from bot.render.telegram.stretches import Stretch, html_of, packed

PLAIN_LEVELS = ("urgent", "emergency", "crisis")  # their text goes out without any markup (TG-42)
PLACEHOLDER_LIMIT = 64  # UTF-16 units of an example in the field for typing
SMALL = 1800  # UTF-16 units of a piece after Telegram found a text too long
Writer = Literal["rich", "html", "plain"]


@dataclass(frozen=True, slots=True)
class Part:
    """One message to send. `text` is what a person reads of it; without `html` and `rich` it goes out as it is."""

    text: str
    html: str | None = None
    buttons: Keys = ()
    rich: tuple[Rich, ...] | None = None
    file: Attached | None = None
    expects: str = ""  # an example of the words to be typed: the field for them opens with it

    @property
    def writer(self) -> Writer:
        """The hand it is written in."""
        if self.rich is not None:
            return "rich"
        return "plain" if self.html is None else "html"

    def plain(self) -> "Part":
        """The same without any markup."""
        return replace(self, html=None, rich=None)


def parts_of(message: Message, writer: Writer = "html", *, is_edit: bool = False) -> tuple[Part, ...]:
    """A message as one or more parts, the buttons on the last; none when there is nothing to show.

    Safety texts are always plain. What rich blocks cannot carry, or would not show better, is written in HTML; but what
    takes the place of a rich message (`is_edit`) stays rich where it fits.
    """
    hand = "plain" if message.level in PLAIN_LEVELS else writer
    keys = keyboard(message.buttons)
    expects = "" if keys or is_edit else cut(clean(message.expects).strip(), PLACEHOLDER_LIMIT)[0]
    files = [attached(block) for block in message.cards if isinstance(block, File)]
    if hand == "rich" and not files and (is_edit or has_structure(message.cards)):
        blocks = rich_of(message)
        if blocks is not None:
            text = "".join(stretch.text for stretch in _stretches(message.text, message.cards)).strip()
            return (Part(text, buttons=keys, rich=blocks, expects=expects),)
    parts = _written(_stretches(message.text, message.cards), is_plain=hand == "plain")
    parts = _with_files(parts, files)
    if parts:
        parts[-1] = replace(parts[-1], buttons=keys, expects=expects)
    return tuple(parts)


def smaller(part: Part) -> tuple[Part, ...]:
    """A text that Telegram finds too long, in smaller plain pieces; the buttons on the last."""
    pieces = [Part(_text(group)) for group in packed([Stretch(part.text)], SMALL)]
    if pieces:
        pieces[-1] = replace(pieces[-1], buttons=part.buttons, expects=part.expects)
    return tuple(pieces)


def _stretches(text: str, blocks: Iterable[Block]) -> list[Stretch]:
    stretches = [Stretch(clean(text).strip())]
    for block in blocks:
        stretches += [Stretch("\n\n"), *stretches_of(block)]
    return stretches


def _written(stretches: list[Stretch], *, is_plain: bool) -> list[Part]:
    return [Part(_text(group), None if is_plain else html_of(group)) for group in packed(stretches)]


def _text(group: Iterable[Stretch]) -> str:
    return "".join(stretch.text for stretch in group)


def _with_files(parts: list[Part], files: list[Attached]) -> list[Part]:
    """A short text stands below the first file; a longer one goes before it."""
    if not files:
        return parts
    first, *rest = files
    if len(parts) == 1 and units(parts[0].text) <= CAPTION_LIMIT:
        return [replace(parts[0], file=first), *(Part("", file=file) for file in rest)]
    return [*parts, *(Part("", file=file) for file in files)]
