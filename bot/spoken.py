"""What came in over a channel, before it is a turn, and how the inbox keeps it."""

from dataclasses import astuple, dataclass
from typing import Any

from agents.domain.turn import Attachment

MAX_TEXT = 4000  # characters that are read; Telegram itself ends a message at 4,096


@dataclass(frozen=True, slots=True)
class Spoken:
    """What came in over a channel, before it is a turn. Exactly one of text, tap or attachment matters."""

    text: str = ""
    tap: str | None = None
    attachment: Attachment | None = None
    is_forwarded: bool = False
    was_cut: bool = False
    tapped: int | None = None
    message_id: int | None = None
    is_edit: bool = False
    more: tuple[Attachment, ...] = ()  # the rest of an album


def payload_of(spoken: Spoken) -> dict[str, Any]:
    """What was said, as the inbox keeps it."""
    attachment = spoken.attachment
    return {
        "v": 1,
        "text": spoken.text[:MAX_TEXT],
        "tap": spoken.tap,
        "is_forwarded": spoken.is_forwarded,
        "was_cut": spoken.was_cut or len(spoken.text) > MAX_TEXT,
        "attachment": list(astuple(attachment)) if attachment else None,
        "tapped": spoken.tapped,
        "more": [list(astuple(file)) for file in spoken.more],
    }


def spoken_of(payload: dict[str, Any]) -> Spoken:
    """What was said, from the inbox."""
    attachment = payload.get("attachment")
    return Spoken(
        text=payload.get("text", ""),
        tap=payload.get("tap"),
        attachment=Attachment(*attachment) if attachment else None,
        is_forwarded=payload.get("is_forwarded", False),
        was_cut=payload.get("was_cut", False),
        tapped=payload.get("tapped"),
        more=tuple(Attachment(*file) for file in payload.get("more", ())),
    )
