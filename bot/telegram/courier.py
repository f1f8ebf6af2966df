"""The courier: one delivery becomes one or more calls, in the best hand that gets through (telegram.md TG-42).

Rich blocks, else HTML, else plain text; what takes the place of a message is written by the hand that wrote that one.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from agents.domain.blocks import Card, File
from agents.domain.turn import Message
from bot.render.telegram import Part, Writer, keyboard, parts_of, smaller
from bot.telegram.mouth import Manner, Mouth, Sent
from storage.deliveries import Delivery
from storage.outbox import PRIORITY

log = logging.getLogger(__name__)
NEVER_SILENT = ("urgent", "emergency", "crisis")
_OTHER_WORDS_NEEDED = ("unformatted", "unknown_method")


@dataclass(slots=True)
class _Way:
    """What is left to send of one row. Kept between tries: what was sent is not said again."""

    parts: tuple[Part, ...]
    done: int = 0
    written: Writer = "html"


class Courier:
    """Delivers rows. What it has begun it remembers until it is told to forget."""

    def __init__(self, mouth: Mouth) -> None:
        self._mouth = mouth
        self._ways: dict[UUID, _Way] = {}

    async def deliver(self, delivery: Delivery) -> tuple[Sent, Writer]:
        """Send what is left of a row; what became of the last try, and the hand it was written in."""
        if delivery.message.edits is not None and delivery.id not in self._ways:
            changed = await self._change(delivery, delivery.message.edits)
            if changed is not None:
                return changed
            if delivery.message.live:  # it was deleted, or cannot be changed: nobody asked for it anew
                return Sent("sent", delivery.message.edits), delivery.replaces.writer if delivery.replaces else "html"
        way = self._ways.setdefault(delivery.id, self._way(delivery))
        result = Sent("refused", reason="there is nothing to show")
        while way.done < len(way.parts):
            result = await self._step(delivery, way)
            if result.fate in _OTHER_WORDS_NEEDED and way.parts[way.done].rich is not None:
                way.parts, way.done = (
                    parts_of(delivery.message, "html"),
                    0,
                )  # a rich message is one part: nothing is out
                continue
            if result.fate != "sent":
                break
            way.done += 1
        return result, way.written

    def forget(self, delivery: Delivery) -> None:
        """This row is settled."""
        self._ways.pop(delivery.id, None)

    async def say(self, chat_id: int, part: Part, manner: Manner, *, is_silent: bool = False) -> tuple[Sent, Writer]:
        """One part; if Telegram cannot read its markup, once more without any; if it is too long, in pieces (F-5)."""
        result = await self._mouth.send(chat_id, part, manner, is_silent=is_silent)
        if result.fate == "unformatted" and part.html is not None:
            log.error("Telegram refused the markup of a message; it goes out plain: %s", result.reason)
            part = part.plain()
            result = await self._mouth.send(chat_id, part, manner, is_silent=is_silent)
        if result.fate == "refused" and manner.is_paid:
            log.warning("a paid broadcast goes out unpaid: %s", result.reason)
            manner = replace(manner, is_paid=False)
            result = await self._mouth.send(chat_id, part, manner, is_silent=is_silent)
        if result.fate == "too_long" and part.file is None:
            log.error("Telegram finds a message too long; it goes out in pieces")
            return await self._pieces(chat_id, smaller(part), manner, is_silent=is_silent), "plain"
        if result.fate in ("too_large", "refused") and part.file is not None and part.file.is_picture:
            log.warning("a picture goes out as a file: %s", result.reason)
            part = replace(part, file=replace(part.file, is_picture=False))
            result = await self._mouth.send(chat_id, part, manner, is_silent=is_silent)
        is_hopeless = result.fate in ("unformatted", "too_long", "too_large") and part.rich is None
        return (Sent("refused", reason=result.reason) if is_hopeless else result), part.writer

    def _way(self, delivery: Delivery) -> _Way:
        best: Writer = "rich" if self._mouth.is_rich else "html"
        return _Way(parts_of(delivery.message, "plain" if delivery.is_plain else best))

    async def _step(self, delivery: Delivery, way: _Way) -> Sent:
        manner = replace(manner_of(delivery.category), burst=2 if way.done else 1)
        is_silent = is_silent_for(delivery.category, delivery.message)
        chat_id = int(delivery.external_id)
        result, way.written = await self.say(chat_id, way.parts[way.done], manner, is_silent=is_silent)
        return result

    async def _pieces(self, chat_id: int, pieces: Sequence[Part], manner: Manner, *, is_silent: bool) -> Sent:
        result = Sent("refused", reason="too long")
        for piece in pieces:
            result = await self._mouth.send(chat_id, piece, manner, is_silent=is_silent)
            if result.fate != "sent":
                return Sent("refused", reason=result.reason) if result.fate == "too_long" else result
        return result

    async def _change(self, delivery: Delivery, message_id: int) -> tuple[Sent, Writer] | None:
        """Take a message's place. None when that cannot be: then it is said anew, and the old buttons are gone."""
        chat_id, message, manner = int(delivery.external_id), delivery.message, manner_of(delivery.category)
        written: Writer = delivery.replaces.writer if delivery.replaces else "html"
        if not message.text and not message.cards:
            result = await self._mouth.change_buttons(chat_id, message_id, keyboard(message.buttons), manner)
            is_over = result.fate in ("gone", "refused")
            return (Sent("sent", message_id, reason=result.reason) if is_over else result), written
        part = self._in_place(delivery, written)
        if part is None:
            result = await self._mouth.change_buttons(chat_id, message_id, (), manner)
            return None if result.fate in ("sent", "gone", "refused") else (result, written)
        while True:
            result = await self._mouth.edit(chat_id, message_id, part, manner)
            if result.fate not in _OTHER_WORDS_NEEDED or part.writer == "plain":
                break
            part = _next_hand(message, part)
        return None if result.fate in ("gone", "refused", "too_long", *_OTHER_WORDS_NEEDED) else (result, part.writer)

    def _in_place(self, delivery: Delivery, written: Writer) -> Part | None:
        """The last part of the new words, where everything before it stays as it is; None where it does not."""
        hand: Writer = "plain" if delivery.is_plain and written != "rich" else written
        parts = parts_of(delivery.message, hand, is_edit=True)
        if not parts or any(part.file for part in parts):
            return _below_the_same_file(parts, delivery)
        if delivery.replaces is None:
            return parts[0] if len(parts) == 1 else None
        before = parts_of(delivery.replaces.message, delivery.replaces.writer, is_edit=True)
        stays = [part.text for part in parts[:-1]] == [part.text for part in before[:-1]]
        return parts[-1] if stays and not any(part.file for part in before) else None


def _below_the_same_file(parts: Sequence[Part], delivery: Delivery) -> Part | None:
    """Other words below a picture that stays; None where the file is another one, or is not alone."""
    if len(parts) != 1 or delivery.replaces is None:
        return None
    before = parts_of(delivery.replaces.message, delivery.replaces.writer, is_edit=True)
    return parts[0] if [part.file for part in before] == [parts[0].file] else None


def _next_hand(message: Message, part: Part) -> Part:
    """The same in the next plainer hand; a rich message that does not fit one HTML message becomes plain words."""
    if part.rich is None:
        return part.plain()
    parts = parts_of(message, "html")
    return parts[0] if len(parts) == 1 else part.plain()


def manner_of(category: str) -> Manner:
    """How urgent a message of this category is, and whether it is one that may be paid for."""
    return Manner(priority=PRIORITY[category], is_paid=category == "broadcast")


def is_silent_for(category: str, message: Message) -> bool:
    """Whether it comes without a sound: reports, receipts, what was marked so; never what safety is about (TG-17)."""
    if category == "safety" or message.level in NEVER_SILENT:
        return False
    brings_nothing = not any(isinstance(block, Card | File) for block in message.cards)
    is_receipt = category == "reply" and bool(message.receipts) and brings_nothing
    return message.is_quiet or category == "report" or is_receipt
