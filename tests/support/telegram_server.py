"""A small, strict Bot API server on a real loopback socket, for the methods Keel uses (telegram.md section 11).

It runs in a thread of its own, so a test can drive it while the bot under test is another process. People write with
`say`, `tap` and `push`; what the bot sent them is in `inbox_of`. `fail` scripts what goes wrong.
"""

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.telegram_html import BadMarkup, parse, units

TOKEN = "4242:TEST-token_of_Keel_0123456789abcdef"
BOT = {"id": 4242, "is_bot": True, "first_name": "Keel", "username": "keel_test_bot"}
PATIENCE_SECONDS = 30.0
_PARAMETERS = {
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
class Call:
    """One request as it came."""

    method: str
    data: dict[str, str]
    at: float
    agent: str
    status: int = 0


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
class Fault:
    """What goes wrong: a status, or `drop` (before it is done) and `drop_after` (done, but nobody hears of it)."""

    method: str
    chat_id: int | None
    status: int
    times: int
    retry_after: int | None
    description: str


@dataclass
class _Refusal(Exception):
    status: int
    description: str
    retry_after: int | None = None


@dataclass
class TelegramServer:
    """Use it as a context manager. Every field may be read from the test's thread."""

    token: str = TOKEN
    calls: list[Call] = field(default_factory=list)
    chats: dict[int, list[Sent]] = field(default_factory=dict)
    commands: list[dict[str, str]] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    confirmed: int = 0  # updates below this id are gone
    on_confirm: Callable[[int], None] = lambda _offset: None

    def __post_init__(self) -> None:
        self._updates: list[dict[str, Any]] = []
        self._faults: list[Fault] = []
        self._open_taps: dict[str, float] = {}
        self._known: set[int] = set()
        self._next_update, self._next_message = 700, 100
        self._polls = 0
        self._is_closing = False
        self._history: dict[int, dict[str, Any]] = {}
        self._repeats: list[dict[str, Any]] = []
        self._lock = threading.RLock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "TelegramServer":
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *_exc: object) -> None:
        self._is_closing = True
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, shutdown_timeout=2, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = "http://127.0.0.1:{}".format(self._runner.addresses[0][1])

    # What people do

    def say(self, chat_id: int, text: str, **message: Any) -> int:
        """A text message; returns its update id."""
        return self.push(message=self.message(chat_id, text=text, **message))

    def tap(self, chat_id: int, data: str) -> int:
        """A tap on a button."""
        with self._lock:
            callback_id = f"tap{self._next_update}"
            self._open_taps[callback_id] = time.monotonic()
        query = {
            "id": callback_id, "from": self._user(chat_id), "chat_instance": "1", "data": data,
            "message": {"message_id": 1, "date": 0, "chat": self._chat(chat_id)},
        }  # fmt: skip
        return self.push(callback_query=query)

    def membership(self, chat_id: int, status: str) -> int:
        """The person blocks the bot ("kicked") or lets it in again ("member")."""
        member = {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})}
        old = {"user": BOT, "status": "member"}
        change = {"chat": self._chat(chat_id), "from": self._user(chat_id), "date": int(time.time())}
        return self.push(my_chat_member={**change, "old_chat_member": old, "new_chat_member": member})

    def message(self, chat_id: int, **fields: Any) -> dict[str, Any]:
        """A message of a person, today's date unless told otherwise."""
        with self._lock:
            self._next_message += 1
            self._known.add(chat_id)
        plain = {"message_id": self._next_message, "date": int(time.time()), "from": self._user(abs(chat_id))}
        return {**plain, "chat": self._chat(chat_id), **fields}

    def push(self, update_id: int | None = None, **update: Any) -> int:
        """Any update, with the next number or a given one."""
        with self._lock:
            if update_id is None:
                update_id = self._next_update
                self._next_update += 1
            self._history[update_id] = {"update_id": update_id, **update}
            self._updates.append(self._history[update_id])
            return update_id

    def repeat(self, update_id: int) -> None:
        """Deliver an update a second time, although it was confirmed."""
        with self._lock:
            self._repeats.append(self._history[update_id])

    # What goes wrong

    def fail(
        self, method: str, status: int, *, chat_id: int | None = None, times: int = 1, retry_after: int | None = None,
        description: str = "",
    ) -> None:  # fmt: skip
        """Script a fault; status 0 drops the connection before, -1 after the call took effect."""
        with self._lock:
            self._faults.append(Fault(method, chat_id, status, times, retry_after, description))

    def mend(self) -> None:
        """Nothing goes wrong any more."""
        with self._lock:
            self._faults.clear()

    # What the bot did

    def inbox_of(self, chat_id: int) -> list[Sent]:
        """What this person has received."""
        with self._lock:
            return list(self.chats.get(chat_id, ()))

    def made(self, method: str, chat_id: int | None = None) -> list[Call]:
        """Calls of one method, to one chat."""
        with self._lock:
            found = [call for call in self.calls if call.method == method]
        return [call for call in found if chat_id is None or call.data.get("chat_id") == str(chat_id)]

    def wait(self, condition: Callable[[], Any], what: str = "", seconds: float = PATIENCE_SECONDS) -> Any:
        """Wait until it holds; its value."""
        end = time.monotonic() + seconds
        while not (value := condition()):
            assert time.monotonic() < end, f"waited in vain: {what}; calls: {[(c.method, c.status) for c in self.calls]}"
            time.sleep(0.01)
        return value

    def answers(self, chat_id: int, count: int) -> list[Sent]:
        """Wait for so many messages to this person."""
        return self.wait(lambda: (got := self.inbox_of(chat_id))[count - 1 :] and got, f"{count} for {chat_id}")

    # The wire

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        data = {key: str(value) for key, value in (await request.post()).items()}
        method = {name.lower(): name for name in _PARAMETERS}.get(request.match_info["method"].lower())
        call = Call(method or request.match_info["method"], data, time.monotonic(), request.headers["User-Agent"])
        with self._lock:
            self.calls.append(call)
        try:
            if request.match_info["token"] != self.token:
                raise _Refusal(401, "Unauthorized")
            if method is None:
                raise _Refusal(404, "Not Found")
            if unknown := set(data) - _PARAMETERS[method]:
                raise _Refusal(400, f"Bad Request: unknown parameters {unknown}")
            fault = self._fault(method, data)
            if fault is not None and fault.status == 0:
                return self._drop(request, call)
            if fault is not None and fault.status > 0:
                raise _Refusal(fault.status, fault.description or "Scripted", fault.retry_after)
            result = await getattr(self, f"_{method}")(data)
            if fault is not None:
                return self._drop(request, call)
        except _Refusal as refusal:
            call.status = refusal.status
            body = {"ok": False, "error_code": refusal.status, "description": refusal.description}
            if refusal.retry_after is not None:
                body["parameters"] = {"retry_after": refusal.retry_after}
            return web.json_response(body, status=refusal.status)
        call.status = 200
        return web.json_response({"ok": True, "result": result})

    def _drop(self, request: web.Request, call: Call) -> web.StreamResponse:
        call.status = -1
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def _fault(self, method: str, data: dict[str, str]) -> Fault | None:
        with self._lock:
            for fault in self._faults:
                is_chat = fault.chat_id is None or data.get("chat_id") == str(fault.chat_id)
                if fault.times > 0 and fault.method == method and is_chat:
                    fault.times -= 1
                    return fault
        return None

    async def _getMe(self, _data: dict[str, str]) -> Any:  # noqa: N802 - the method's own name
        return BOT

    async def _deleteWebhook(self, data: dict[str, str]) -> Any:  # noqa: N802
        if data.get("drop_pending_updates", "false").lower() == "true":
            raise _Refusal(400, "Bad Request: this would lose messages")
        return True

    async def _getUpdates(self, data: dict[str, str]) -> Any:  # noqa: N802
        if self._polls:
            raise _Refusal(409, "Conflict: terminated by other getUpdates request")
        if not json.loads(data.get("allowed_updates", "[]")):
            raise _Refusal(400, "Bad Request: allowed_updates must be named")
        self._polls += 1
        try:
            return await self._poll(int(data.get("offset", 0)), int(data.get("limit", 100)), int(data["timeout"]))
        finally:
            self._polls -= 1

    async def _poll(self, offset: int, limit: int, timeout_s: int) -> list[dict[str, Any]]:
        with self._lock:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            self.confirmed = max(self.confirmed, offset)
        self.on_confirm(offset)
        end = time.monotonic() + timeout_s
        while time.monotonic() < end and not self._is_closing:
            with self._lock:
                if found := [*self._repeats, *self._updates][:limit]:
                    self._repeats.clear()
                    return found
            await asyncio.sleep(0.01)
        return []

    async def _sendMessage(self, data: dict[str, str]) -> Any:  # noqa: N802
        chat_id = int(data["chat_id"])
        if chat_id not in self._known:
            raise _Refusal(400, "Bad Request: chat not found")
        text, entities = self._text(data)
        buttons = self._buttons(json.loads(data.get("reply_markup", "{}")))
        with self._lock:
            self._next_message += 1
            sent = Sent(self._next_message, text, entities, buttons, data.get("parse_mode"), time.monotonic())
            self.chats.setdefault(chat_id, []).append(sent)
        return {"message_id": sent.message_id, "date": int(time.time()), "chat": self._chat(chat_id), "text": text}

    def _text(self, data: dict[str, str]) -> tuple[str, list[tuple[str, str]]]:
        raw = data.get("text", "")
        mode = data.get("parse_mode")
        if mode not in (None, "HTML"):
            raise _Refusal(400, "Bad Request: unsupported parse_mode")
        try:
            text, entities = parse(raw) if mode else (raw, [])
        except BadMarkup as error:
            raise _Refusal(400, f"Bad Request: {error}") from None
        if not text.strip():
            raise _Refusal(400, "Bad Request: message text is empty")
        if units(text.strip()) > 4096:
            raise _Refusal(400, "Bad Request: message is too long")
        return text.strip(), entities

    def _buttons(self, markup: dict[str, Any]) -> list[list[dict[str, str]]]:
        rows: list[list[dict[str, str]]] = markup.get("inline_keyboard", [])
        keys = [key for row in rows for key in row]
        if len(keys) > 100 or any(len(row) > 8 for row in rows):
            raise _Refusal(400, "Bad Request: reply markup is too long")
        for key in keys:
            if not key.get("text") or not 1 <= len(key.get("callback_data", "").encode()) <= 64:
                raise _Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        return rows

    async def _sendChatAction(self, data: dict[str, str]) -> Any:  # noqa: N802
        if data["action"] != "typing":
            raise _Refusal(400, "Bad Request: wrong parameter action in request")
        return True

    async def _answerCallbackQuery(self, data: dict[str, str]) -> Any:  # noqa: N802
        callback_id = data["callback_query_id"]
        with self._lock:
            at = self._open_taps.pop(callback_id, None)
            if at is None or time.monotonic() - at > 15:
                raise _Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
            self.answered.append(callback_id)
        return True

    async def _getMyCommands(self, _data: dict[str, str]) -> Any:  # noqa: N802
        return self.commands

    async def _setMyCommands(self, data: dict[str, str]) -> Any:  # noqa: N802
        self.commands = json.loads(data["commands"])
        return True

    def _chat(self, chat_id: int) -> dict[str, Any]:
        return {"id": chat_id, "type": "private" if chat_id > 0 else "group", "first_name": f"Person {abs(chat_id)}"}

    def _user(self, chat_id: int) -> dict[str, Any]:
        return {"id": chat_id, "is_bot": False, "first_name": f"Person {chat_id}", "language_code": "en"}
