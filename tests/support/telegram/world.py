"""What Telegram remembers of one bot: chats and what is on their screens (telegram.md TG-91)."""

import threading
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.support.telegram.clock import Clock
from tests.support.telegram.files import FileStore, StoredFile
from tests.support.telegram.refusal import Refusal, bad
from tests.support.telegram.story import Event

BOT: dict[str, Any] = {
    "id": 4242, "is_bot": True, "first_name": "Keel", "username": "keel_test_bot", "can_join_groups": True,
    "can_read_all_group_messages": False, "supports_inline_queries": False,
}  # fmt: skip
DRAFT_SECONDS = 30.0
Door = Literal["open", "blocked", "deactivated", "kicked"]
_SHUT = {
    "blocked": "Forbidden: bot was blocked by the user",
    "deactivated": "Forbidden: user is deactivated",
    "kicked": "Forbidden: bot was kicked from the group chat",
}


@dataclass
class Sent:
    """One message on a person's screen. An edit changes it in place; `history` keeps what it said before."""

    message_id: int
    text: str
    entities: list[tuple[str, str]]
    buttons: list[list[dict[str, Any]]]
    parse_mode: str | None
    at: float
    chat_id: int = 0
    kind: str = "text"
    by_bot: bool = True
    body: dict[str, Any] = field(default_factory=dict)  # the Message object of the API
    markup: dict[str, Any] | None = None
    file: StoredFile | None = None
    is_silent: bool = False
    is_protected: bool = False
    is_deleted: bool = False
    edited_at: float | None = None
    history: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # of a rich message, as it is read

    def data(self, beginning: str) -> str:
        """The first button whose data begins so."""
        found = [str(key.get("callback_data", "")) for row in self.buttons for key in row]
        return next(data for data in found if data.startswith(beginning))

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return [key["text"] for row in self.buttons for key in row]


@dataclass
class Draft:
    """A preview that is being written. It fades after thirty seconds and with the next message."""

    draft_id: int
    text: str
    at: float
    can_stop: bool
    keeps_on_stop: bool
    history: list[str] = field(default_factory=list)


@dataclass
class Room:
    """One chat."""

    chat_id: int
    door: Door = "open"
    migrated_to: int | None = None
    messages: dict[int, Sent] = field(default_factory=dict)
    draft: Draft | None = None
    pinned: list[int] = field(default_factory=list)
    actions: list[tuple[float, str]] = field(default_factory=list)
    reply_keyboard: dict[str, Any] | None = None
    reactions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)  # what differs from an ordinary user
    story: list[Event] = field(default_factory=list)


class World:
    """Shared fields are read and written under `lock`."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.lock = threading.RLock()
        self.clock = clock or Clock()
        self.rooms: dict[int, Room] = {}
        self.files = FileStore()
        self.next_message = 100

    def room(self, chat_id: int) -> Room:
        """The chat; it is made when a person first writes."""
        return self.rooms.setdefault(chat_id, Room(chat_id))

    def entered(self, chat_id: Any) -> Room:
        """The chat a bot wants to speak in. Raises Refusal when it cannot."""
        room = self.rooms.get(chat_id)
        if room is None:
            raise bad("chat not found")
        if room.migrated_to is not None:
            raise Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to=room.migrated_to)
        if room.door != "open":
            raise Refusal(403, _SHUT[room.door])
        return room

    def number(self) -> int:
        """The next message id."""
        self.next_message += 1
        return self.next_message

    def chat_of(self, chat_id: int) -> dict[str, Any]:
        """A private chat, or a group below zero."""
        if chat_id < 0:
            return {
                "id": chat_id,
                "type": "supergroup" if chat_id < -(10**12) else "group",
                "title": f"Group {-chat_id}",
            }
        user = self.user_of(chat_id)
        return {"id": chat_id, "type": "private", **{k: user[k] for k in ("first_name", "username") if k in user}}

    def user_of(self, chat_id: int) -> dict[str, Any]:
        """The person of a chat."""
        room = self.rooms.get(chat_id)
        plain = {"id": chat_id, "is_bot": False, "first_name": f"Person {chat_id}", "language_code": "en"}
        merged = {**plain, **(room.person if room else {})}
        return {name: value for name, value in merged.items() if value is not None}

    def draft_in(self, chat_id: int) -> Draft | None:
        """The preview that is on the screen now."""
        room = self.rooms.get(chat_id)
        draft = room.draft if room else None
        return draft if draft and self.clock.now() - draft.at < DRAFT_SECONDS else None
