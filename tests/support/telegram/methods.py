"""The Bot API methods Keel uses, as strict as Telegram or stricter (telegram.md TG-91, TG-92)."""

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.telegram.html import BadMarkup, parse, units

BOT = {"id": 4242, "is_bot": True, "first_name": "Keel", "username": "keel_test_bot"}
PARAMETERS = {
    "getMe": set(),
    "deleteWebhook": {"drop_pending_updates"},
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "sendMessage": {"chat_id", "text", "parse_mode", "reply_markup", "link_preview_options", "disable_notification"},
    "sendChatAction": {"chat_id", "action"},
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert", "cache_time"},
    "getMyCommands": {"scope", "language_code"},
    "setMyCommands": {"commands", "scope", "language_code"},
}


@dataclass
class Sent:
    """One message a person received."""

    message_id: int
    text: str
    entities: list[tuple[str, str]]
    buttons: list[list[dict[str, str]]]
    parse_mode: str | None
    at: float

    def data(self, beginning: str) -> str:
        """The first button whose data begins so."""
        found = [key["callback_data"] for row in self.buttons for key in row]
        return next(data for data in found if data.startswith(beginning))


@dataclass
class Refusal(Exception):
    """What Telegram answers instead of a result."""

    status: int
    description: str
    retry_after: int | None = None


class Methods:
    """What Telegram remembers, and one coroutine a method. Shared fields are read and written under `lock`."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.chats: dict[int, list[Sent]] = {}
        self.commands: list[dict[str, str]] = []
        self.answered: list[str] = []
        self.confirmed = 0  # updates below this id are gone
        self.on_confirm: Callable[[int], None] = lambda _offset: None
        self.is_closing = False
        self._updates: list[dict[str, Any]] = []
        self._repeats: list[dict[str, Any]] = []
        self._open_taps: dict[str, float] = {}
        self._known: set[int] = set()
        self._next_message = 100
        self._polls = 0

    async def _getMe(self, _data: dict[str, str]) -> Any:  # noqa: N802 - the method's own name
        return BOT

    async def _deleteWebhook(self, data: dict[str, str]) -> Any:  # noqa: N802
        if data.get("drop_pending_updates", "false").lower() == "true":
            raise Refusal(400, "Bad Request: this would lose messages")
        return True

    async def _getUpdates(self, data: dict[str, str]) -> Any:  # noqa: N802
        if self._polls:
            raise Refusal(409, "Conflict: terminated by other getUpdates request")
        if not json.loads(data.get("allowed_updates", "[]")):
            raise Refusal(400, "Bad Request: allowed_updates must be named")
        self._polls += 1
        try:
            return await self._poll(int(data.get("offset", 0)), int(data.get("limit", 100)), int(data["timeout"]))
        finally:
            self._polls -= 1

    async def _poll(self, offset: int, limit: int, timeout_s: int) -> list[dict[str, Any]]:
        with self.lock:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            self.confirmed = max(self.confirmed, offset)
        self.on_confirm(offset)
        end = time.monotonic() + timeout_s
        while time.monotonic() < end and not self.is_closing:
            with self.lock:
                if found := [*self._repeats, *self._updates][:limit]:
                    self._repeats.clear()
                    return found
            await asyncio.sleep(0.01)
        return []

    async def _sendMessage(self, data: dict[str, str]) -> Any:  # noqa: N802
        chat_id = int(data["chat_id"])
        if chat_id not in self._known:
            raise Refusal(400, "Bad Request: chat not found")
        text, entities = self._text(data)
        buttons = self._buttons(json.loads(data.get("reply_markup", "{}")))
        with self.lock:
            self._next_message += 1
            sent = Sent(self._next_message, text, entities, buttons, data.get("parse_mode"), time.monotonic())
            self.chats.setdefault(chat_id, []).append(sent)
        return {"message_id": sent.message_id, "date": int(time.time()), "chat": self.chat_of(chat_id), "text": text}

    def _text(self, data: dict[str, str]) -> tuple[str, list[tuple[str, str]]]:
        raw = data.get("text", "")
        mode = data.get("parse_mode")
        if mode not in (None, "HTML"):
            raise Refusal(400, "Bad Request: unsupported parse_mode")
        try:
            text, entities = parse(raw) if mode else (raw, [])
        except BadMarkup as error:
            raise Refusal(400, f"Bad Request: {error}") from None
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if units(text.strip()) > 4096:
            raise Refusal(400, "Bad Request: message is too long")
        return text.strip(), entities

    def _buttons(self, markup: dict[str, Any]) -> list[list[dict[str, str]]]:
        rows: list[list[dict[str, str]]] = markup.get("inline_keyboard", [])
        keys = [key for row in rows for key in row]
        if len(keys) > 100 or any(len(row) > 8 for row in rows):
            raise Refusal(400, "Bad Request: reply markup is too long")
        for key in keys:
            if not key.get("text") or not 1 <= len(key.get("callback_data", "").encode()) <= 64:
                raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        return rows

    async def _sendChatAction(self, data: dict[str, str]) -> Any:  # noqa: N802
        if data["action"] != "typing":
            raise Refusal(400, "Bad Request: wrong parameter action in request")
        return True

    async def _answerCallbackQuery(self, data: dict[str, str]) -> Any:  # noqa: N802
        callback_id = data["callback_query_id"]
        with self.lock:
            at = self._open_taps.pop(callback_id, None)
            if at is None or time.monotonic() - at > 15:
                raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
            self.answered.append(callback_id)
        return True

    async def _getMyCommands(self, _data: dict[str, str]) -> Any:  # noqa: N802
        return self.commands

    async def _setMyCommands(self, data: dict[str, str]) -> Any:  # noqa: N802
        self.commands = json.loads(data["commands"])
        return True

    def chat_of(self, chat_id: int) -> dict[str, Any]:
        """A private chat, or a group below zero."""
        return {"id": chat_id, "type": "private" if chat_id > 0 else "group", "first_name": f"Person {abs(chat_id)}"}

    def user_of(self, chat_id: int) -> dict[str, Any]:
        """The person of a chat."""
        return {"id": chat_id, "is_bot": False, "first_name": f"Person {chat_id}", "language_code": "en"}
