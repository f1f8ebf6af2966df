"""What stands on the outside of an update, read without any library: enough to put it away and to answer an alarm.

Both transports hand updates over as Telegram sent them. They are written down so, and read (reading.py) only when
their turn comes; a process that only receives needs nothing else (libraries.md L-20).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storage.people import Contact

Raw = Mapping[str, Any]
KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "stopped_message_generation")  # TG-86
LARGEST_ID = 2**63 - 1
# What people send; everything else a message can be was written by nobody: somebody joined, something was pinned.
SAID = frozenset(
    {
        "text", "photo", "live_photo", "video", "animation", "audio", "voice", "video_note", "document", "paid_media",
        "sticker", "story", "checklist", "contact", "dice", "game", "poll", "venue", "location", "rich_message",
    }
)  # fmt: skip
_DEEPEST = 40  # levels of nesting; Telegram's own updates have about ten
_GONE = ("kicked", "left")


class NotAnUpdate(ValueError):
    """What came is no update of Telegram's."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One update from outside. `is_wanted`: somebody waits for an answer, or it changes something.

    `words` are for the red-flag screening alone; `card` is the number of the message a tapped button belongs to.
    """

    update_id: int
    kind: str
    chat_id: int | None = None
    is_private: bool = False
    is_wanted: bool = False
    words: str = ""
    language_code: str | None = None
    sent_at: int | None = None  # seconds since 1970
    callback_id: str | None = None
    card: int | None = None
    album: str | None = None
    draft_id: int | None = None
    is_moved: bool = False  # a group that was spoken to before under another number

    def contact(self) -> Contact | None:
        """Whose update it is, as the house knows people."""
        return Contact("telegram", str(self.chat_id)) if self.chat_id is not None else None


def update_id_of(plain: object) -> int:
    """The number of an update. Raises NotAnUpdate."""
    number = plain.get("update_id") if isinstance(plain, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= LARGEST_ID:
        raise NotAnUpdate("an update is an object with a whole update_id")
    return number


def envelope_of(update: Raw) -> Envelope:
    """The outside of an update with a valid update_id; whatever else is odd about it, it only is not wanted."""
    number = update["update_id"]
    kind = next((name for name in KINDS if isinstance(update.get(name), dict)), None)
    if kind is None:
        return Envelope(number, "unknown")
    return _BY_KIND[kind](number, kind, update[kind])


def cleaned(plain: Any, depth: int = 0) -> Any:  # noqa: ANN401 - JSON as it came
    """JSON that every store and reader takes: no NUL, no half of a character, no endless nesting (F-23)."""
    if isinstance(plain, str):
        return plain if plain.isascii() and "\0" not in plain else _whole(plain)
    if depth >= _DEEPEST:
        return None
    if isinstance(plain, dict):
        return {cleaned(key): cleaned(value, depth + 1) for key, value in plain.items()}
    return [cleaned(value, depth + 1) for value in plain] if isinstance(plain, list) else plain


def _whole(text: str) -> str:
    """Halves that belong together are joined, single ones become the replacement sign."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def _message(number: int, kind: str, message: Raw) -> Envelope:
    chat_id, is_private = _chat(message.get("chat"))
    author = _object(message.get("from"))
    words = _text(message.get("text")) or _text(message.get("caption"))
    is_said = bool(words) if kind == "edited_message" else not SAID.isdisjoint(message)
    is_heard = is_private or kind != "edited_message"
    return Envelope(
        number,
        kind if is_private else "group",
        chat_id,
        is_private=is_private,
        is_wanted=chat_id is not None and is_said and is_heard and author.get("is_bot") is not True,
        words=words,
        language_code=_text(author.get("language_code")) or None,
        sent_at=_whole_number(message.get("edit_date") if kind == "edited_message" else message.get("date")),
        album=_text(message.get("media_group_id"))[:48] or None,
        is_moved="migrate_from_chat_id" in message,
    )


def _tap(number: int, kind: str, query: Raw) -> Envelope:
    message = _object(query.get("message"))
    chat_id, is_private = _chat(message.get("chat"))
    return Envelope(
        number,
        kind,
        chat_id,
        is_private=is_private,
        is_wanted=is_private and bool(_text(query.get("data"))),
        callback_id=_text(query.get("id")) or None,
        card=_whole_number(message.get("message_id")),
    )


def _membership(number: int, kind: str, change: Raw) -> Envelope:
    """In private both ways count; in a group only that the bot came in, which is answered like a message there."""
    chat_id, is_private = _chat(change.get("chat"))
    status = _object(change.get("new_chat_member")).get("status")
    is_wanted = chat_id is not None and (is_private or status not in _GONE)
    return Envelope(number, kind if is_private else "group", chat_id, is_private=is_private, is_wanted=is_wanted)


def _stopped(number: int, kind: str, stop: Raw) -> Envelope:
    """A person ended an answer that was being written: only the process that writes it can do something with that."""
    chat_id, is_private = _chat(stop.get("chat"))
    return Envelope(number, kind, chat_id, is_private=is_private, draft_id=_whole_number(stop.get("draft_id")))


_BY_KIND = {
    "message": _message,
    "edited_message": _message,
    "callback_query": _tap,
    "my_chat_member": _membership,
    "stopped_message_generation": _stopped,
}


def _chat(plain: object) -> tuple[int | None, bool]:
    chat = _object(plain)
    number = _whole_number(chat.get("id"))
    return number, number is not None and chat.get("type") == "private"


def _object(plain: object) -> Raw:
    return plain if isinstance(plain, dict) else {}


def _text(plain: object) -> str:
    return plain if isinstance(plain, str) else ""


def _whole_number(plain: object) -> int | None:
    is_number = isinstance(plain, int) and not isinstance(plain, bool) and abs(plain) <= LARGEST_ID
    return plain if is_number else None  # type: ignore[return-value]  # a whole number
