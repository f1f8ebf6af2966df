"""Messages and turns as JSON objects, one a line (machine interface 1 of docs/interfaces.md)."""

import json
from datetime import datetime, tzinfo
from typing import Any

from agents.domain.blocks import plain_of
from agents.domain.turn import Message


def message_line(message: Message, zone: tzinfo) -> str:
    """One message; `at` carries the person's offset."""
    return _dump(
        {
            "type": "message",
            "kind": message.kind,
            "agent": message.agent,
            "text": message.text,
            "buttons": [[{"label": b.label, "data": b.data} for b in row] for row in message.buttons],
            "cards": [plain_of(block) for block in message.cards],
            "safety": {"level": message.level, "rules": message.rules},
            "receipts": [{"entity": r.entity, "id": r.id, "action": r.action} for r in message.receipts],
            "at": _instant(message.at, zone),
        }
    )


def turn_line(number: int, ms: float, llm_calls: int, tokens_in: int, tokens_out: int) -> str:
    """The end of one line's turn."""
    tokens = {"in": tokens_in, "out": tokens_out}
    return _dump({"type": "turn", "n": number, "ms": round(ms, 3), "llm_calls": llm_calls, "tokens": tokens})


def _instant(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).isoformat()


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
