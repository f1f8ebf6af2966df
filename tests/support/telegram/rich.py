"""Rich messages: what Telegram takes (telegram.md TG-41, TG-43), beyond the shape that parameters.py has checked."""

from collections.abc import Iterator
from typing import Any

from tests.support.telegram.entities import is_format
from tests.support.telegram.keyboards import STYLES, check_key
from tests.support.telegram.refusal import bad

MAX_CHARACTERS, MAX_BLOCKS, MAX_DEPTH, MAX_COLUMNS, MAX_MEDIA = 32_768, 500, 16, 20, 50
MEDIA = ("photo", "video", "audio", "document", "animation", "voice_note")
_TEXTS = ("text", "summary", "credit")
_NUMBERINGS = ("1", "a", "A", "i", "I")
Block = dict[str, Any]


def check_rich(rich: dict[str, Any], *, is_draft: bool, is_private: bool) -> None:
    """Raises Refusal for a rich message that Telegram does not take."""
    if len([name for name in ("html", "markdown", "blocks") if name in rich]) != 1:
        raise bad("exactly one of html, markdown and blocks must be used")
    if "blocks" not in rich:
        raise bad("this emulator reads rich messages as blocks only")
    if not rich["blocks"]:
        raise bad("rich message must be non-empty")
    _Check(is_draft=is_draft, is_private=is_private).whole(rich["blocks"])


def plain(text: Any) -> str:
    """The words of a rich text."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(plain(one) for one in text)
    if text["type"] == "button":
        return plain(text["button"]["text"])
    return plain(text.get("text") or text.get("expression") or text.get("alternative_text") or "")


def children(block: Block) -> list[Block]:
    """The blocks directly inside."""
    nested: list[Block] = block.get("blocks", [])
    return [*nested, *(one for item in block.get("items", []) for one in item["blocks"])]


def walk(blocks: list[Block]) -> Iterator[Block]:
    """All blocks, outer before inner."""
    for block in blocks:
        yield block
        yield from walk(children(block))


def texts_of(block: Block) -> list[Any]:
    """The rich texts of one block, without those of the blocks inside."""
    found = [block[name] for name in _TEXTS if name in block]
    caption = block.get("caption")
    if isinstance(caption, dict) and "type" not in caption:
        found += [caption[name] for name in ("text", "credit") if name in caption]
    elif caption is not None:
        found.append(caption)
    found += [cell["text"] for row in block.get("cells", []) for cell in row if "text" in cell]
    return [
        *found,
        *(key["text"] for key in block.get("buttons", [])),
        *([block["expression"]] if "expression" in block else []),
    ]


def buttons_of(blocks: list[Block]) -> list[list[dict[str, Any]]]:
    """All rows of buttons, and each button within a text as a row of its own."""
    rows = []
    for block in walk(blocks):
        rows += [block["buttons"]] if block["type"] == "buttons" else []
        rows += [[key] for text in texts_of(block) for key in _keys_in(text)]
    return [[{**key, "text": plain(key["text"])} for key in row] for row in rows]


def _keys_in(text: Any) -> Iterator[dict[str, Any]]:
    if isinstance(text, list):
        for one in text:
            yield from _keys_in(one)
    elif isinstance(text, dict) and text["type"] == "button":
        yield text["button"]
    elif isinstance(text, dict):
        yield from _keys_in(text.get("text", ""))


class _Check:
    """One message. Every method raises Refusal."""

    def __init__(self, *, is_draft: bool, is_private: bool) -> None:
        self._is_draft, self._is_private = is_draft, is_private

    def whole(self, blocks: list[Block]) -> None:
        every = list(walk(blocks))
        parts = sum(len(block.get("items", ())) + len(block.get("cells", ())) for block in every)
        if len(every) + parts > MAX_BLOCKS:
            raise bad(f"rich message has too many blocks: {len(every) + parts}")
        if sum(len(plain(text)) for block in every for text in texts_of(block)) > MAX_CHARACTERS:
            raise bad("rich message is too long")
        if sum(block["type"] in MEDIA for block in every) > MAX_MEDIA:
            raise bad("rich message has too many media")
        if max(_depth(block) for block in blocks) > MAX_DEPTH:
            raise bad("rich message is nested too deeply")
        for block in every:
            self._block(block)

    def _block(self, block: Block) -> None:
        kind = block["type"]
        if kind == "thinking" and not self._is_draft:
            raise bad("block thinking can be used in drafts only")
        if kind in MEDIA and kind != "photo":
            raise bad(f"block {kind} is outside this emulator")
        if kind == "heading" and not 1 <= block["size"] <= 6:
            raise bad("size of a heading must be from 1 to 6")
        if any(name in block and not block[name] for name in ("items", "blocks", "cells", "buttons")):
            raise bad(f"block {kind} is empty")
        if "text" in block and not plain(block["text"]).strip():
            raise bad(f"block {kind} has no text")
        if any(item.get("type", "1") not in _NUMBERINGS for item in block.get("items", ())):
            raise bad("wrong type of a list item")
        self._table(block)
        self._buttons(block)
        for text in texts_of(block):
            self._text(text)

    def _table(self, block: Block) -> None:
        rows = block.get("cells", [])
        for cell in (cell for row in rows for cell in row):
            if cell["align"] not in ("left", "center", "right") or cell["valign"] not in ("top", "middle", "bottom"):
                raise bad("wrong alignment of a table cell")
            if min(cell.get("colspan", 1), cell.get("rowspan", 1)) < 1:
                raise bad("a table cell spans nothing")
        if _columns(rows) > MAX_COLUMNS:
            raise bad("table has too many columns")

    def _buttons(self, block: Block) -> None:
        if block["type"] == "buttons" and len(block["buttons"]) > 8:
            raise bad("block buttons holds 1 to 8 buttons")
        if block["type"] == "buttons" and block.get("align", "left") not in ("left", "center", "right"):
            raise bad("wrong alignment of buttons")
        for key in block.get("buttons", ()):
            self._key(key)

    def _key(self, key: dict[str, Any]) -> None:
        styles = (*STYLES, "link") if "callback_data" in key else STYLES
        check_key({**key, "text": plain(key["text"])}, is_private=self._is_private, styles=styles)

    def _text(self, text: Any) -> None:
        for one in text if isinstance(text, list) else [text]:
            if isinstance(one, list):
                self._text(one)
            elif isinstance(one, dict):
                self._styled(one)

    def _styled(self, text: dict[str, Any]) -> None:
        if text["type"] == "button":
            self._key(text["button"])
        if text["type"] == "custom_emoji":
            raise bad("custom emoji need an owner with Telegram Premium")
        if text["type"] == "date_time" and not is_format(text["date_time_format"]):
            raise bad("Invalid date-time format")
        if "text" in text:
            self._text(text["text"])


def _depth(block: Block) -> int:
    """Levels of blocks and, inside the last one, of styles."""
    inner = [_depth(one) for one in children(block)]
    return 1 + max([0, *inner, *(_styles(text) for text in texts_of(block))])


def _styles(text: Any) -> int:
    if isinstance(text, list):
        return max((_styles(one) for one in text), default=0)
    return 1 + _styles(text.get("text", "")) if isinstance(text, dict) else 0


def _columns(rows: list[list[dict[str, Any]]]) -> int:
    """How wide the widest row is, cells that hang down from rows above included."""
    widest, hanging = 0, list[int]()  # for each column taken from above, how many more rows it hangs
    for row in rows:
        width = len(hanging) + sum(cell.get("colspan", 1) for cell in row)
        widest = max(widest, width)
        begun = [cell.get("rowspan", 1) for cell in row for _ in range(cell.get("colspan", 1))]
        hanging = [left - 1 for left in [*hanging, *begun] if left > 1]
    return widest
