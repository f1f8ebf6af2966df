"""Rich messages as they arrive: the blocks that the API gives back, and the lines that a person reads."""

from collections.abc import Callable
from typing import Any

from tests.support.telegram.rich import Block, plain

_BULLET = "•"


def received(blocks: list[Block], photos: dict[str, Any]) -> list[Block]:
    """What comes back for what was sent: list items get their labels, maps their size, photos their sizes."""
    return [_received(block, photos) for block in blocks]


def lines(blocks: list[Block]) -> list[str]:
    """Plain lines, as a terminal can show them."""
    return [line for block in blocks for line in _lines(block)]


def _received(block: Block, photos: dict[str, Any]) -> Block:
    if block["type"] == "list":
        items = [_item(item, number, photos) for number, item in enumerate(block["items"], 1)]
        return {**block, "items": items}
    if block["type"] == "map":
        return {"zoom": 13, "width": 600, "height": 400, **block}
    if block["type"] == "photo":
        return {**block, "photo": photos[block["photo"]["media"]]}
    return {**block, "blocks": received(block["blocks"], photos)} if "blocks" in block else block


def _item(item: dict[str, Any], number: int, photos: dict[str, Any]) -> dict[str, Any]:
    return {**item, "label": _label(item, number), "blocks": received(item["blocks"], photos)}


def _label(item: dict[str, Any], number: int) -> str:
    if "value" not in item and "type" not in item:
        return _BULLET
    return f"{item.get('value', number)}."


def _lines(block: Block) -> list[str]:
    if block["type"] in _SHOWN:
        return _SHOWN[block["type"]](block)
    inner = lines(block["blocks"]) if "blocks" in block else []
    words = plain(block["text"]).split("\n") if "text" in block else []
    return [*words, *inner, *([f"— {plain(block['credit'])}"] if "credit" in block else [])]


def _heading(block: Block) -> list[str]:
    words = plain(block["text"])
    return [words, ("=" if block["size"] <= 2 else "-") * min(len(words), 40)]


def _list(block: Block) -> list[str]:
    shown = []
    for number, item in enumerate(block["items"], 1):
        mark = ("☑" if item.get("is_checked") else "☐") if item.get("has_checkbox") else _label(item, number)
        first, *rest = lines(item["blocks"]) or [""]
        shown += [f"{mark} {first}", *(f"  {line}" for line in rest)]
    return shown


def _table(block: Block) -> list[str]:
    rows = [[plain(cell.get("text", "")) for cell in row] for row in block["cells"]]
    count = max(map(len, rows))
    widths = [max((len(row[n]) for row in rows if n < len(row)), default=0) for n in range(count)]
    title = [plain(block["caption"])] if "caption" in block else []
    return [*title, *("  ".join(_cell(row, n, widths[n], block) for n in range(len(row))).rstrip() for row in rows)]


def _cell(row: list[str], number: int, width: int, block: Block) -> str:
    sides = {cells[number]["align"] for cells in block["cells"] if number < len(cells)}
    return row[number].rjust(width) if sides == {"right"} else row[number].ljust(width)


def _details(block: Block) -> list[str]:
    mark = "▾" if block.get("is_open") else "▸"
    return [f"{mark} {plain(block['summary'])}", *(f"  {line}" for line in lines(block["blocks"]))]


def _photo(block: Block) -> list[str]:
    caption = block.get("caption")
    return ["[picture]", *([plain(caption["text"])] if caption else [])]


_SHOWN: dict[str, Callable[[Block], list[str]]] = {
    "heading": _heading, "list": _list, "table": _table, "details": _details, "photo": _photo,
    "divider": lambda _block: ["─" * 20],
    "buttons": lambda _block: [],  # shown with the keyboard
    "mathematical_expression": lambda block: [block["expression"]],
    "anchor": lambda _block: [],
    "map": lambda _block: ["[map]"],
}  # fmt: skip
