"""A small, strict Bot API server on a real loopback socket, for the methods Keel uses (telegram.md section 11).

It runs in a thread of its own, so a test can drive it while the bot under test is another process. People write with
`say`, `tap` and `push`; what the bot sent them is in `inbox_of`. `fail` scripts what goes wrong.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.support.telegram.methods import BOT, PARAMETERS, Methods, Refusal, Sent

TOKEN = "4242:TEST-token_of_Keel_0123456789abcdef"  # noqa: S105 - of a bot that lives in these tests only
PATIENCE_SECONDS = 30.0


@dataclass
class Call:
    """One request as it came."""

    method: str
    data: dict[str, str]
    at: float
    agent: str
    status: int = 0


@dataclass
class Fault:
    """What goes wrong: a status, or `drop` (before it is done) and `drop_after` (done, but nobody hears of it)."""

    method: str
    chat_id: int | None
    status: int
    times: int
    retry_after: int | None
    description: str


class TelegramServer(Methods):
    """Use it as a context manager. What people received and what was called may be read from the test's thread."""

    def __init__(self, token: str = TOKEN) -> None:
        super().__init__()
        self.token = token
        self.calls: list[Call] = []
        self._faults: list[Fault] = []
        self._history: dict[int, dict[str, Any]] = {}
        self._next_update = 700
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "TelegramServer":
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *_exc: object) -> None:
        self.is_closing = True
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
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    # What people do

    def say(self, chat_id: int, text: str, **message: Any) -> int:
        """A text message; returns its update id."""
        return self.push(message=self.message(chat_id, text=text, **message))

    def tap(self, chat_id: int, data: str) -> int:
        """A tap on a button."""
        with self.lock:
            callback_id = f"tap{self._next_update}"
            self._open_taps[callback_id] = time.monotonic()
        query = {
            "id": callback_id, "from": self.user_of(chat_id), "chat_instance": "1", "data": data,
            "message": {"message_id": 1, "date": 0, "chat": self.chat_of(chat_id)},
        }  # fmt: skip
        return self.push(callback_query=query)

    def membership(self, chat_id: int, status: str) -> int:
        """The person blocks the bot ("kicked") or lets it in again ("member")."""
        member = {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})}
        old = {"user": BOT, "status": "member"}
        change = {"chat": self.chat_of(chat_id), "from": self.user_of(chat_id), "date": int(time.time())}
        return self.push(my_chat_member={**change, "old_chat_member": old, "new_chat_member": member})

    def message(self, chat_id: int, **fields: Any) -> dict[str, Any]:
        """A message of a person, today's date unless told otherwise."""
        with self.lock:
            self._next_message += 1
            self._known.add(chat_id)
        plain = {"message_id": self._next_message, "date": int(time.time()), "from": self.user_of(abs(chat_id))}
        return {**plain, "chat": self.chat_of(chat_id), **fields}

    def push(self, update_id: int | None = None, **update: Any) -> int:
        """Any update, with the next number or a given one."""
        with self.lock:
            if update_id is None:
                update_id = self._next_update
                self._next_update += 1
            self._history[update_id] = {"update_id": update_id, **update}
            self._updates.append(self._history[update_id])
            return update_id

    def repeat(self, update_id: int) -> None:
        """Deliver an update a second time, although it was confirmed."""
        with self.lock:
            self._repeats.append(self._history[update_id])

    # What goes wrong

    def fail(
        self, method: str, status: int, *, chat_id: int | None = None, times: int = 1, retry_after: int | None = None,
        description: str = "",
    ) -> None:  # fmt: skip
        """Script a fault; status 0 drops the connection before, -1 after the call took effect."""
        with self.lock:
            self._faults.append(Fault(method, chat_id, status, times, retry_after, description))

    def mend(self) -> None:
        """Nothing goes wrong any more."""
        with self.lock:
            self._faults.clear()

    # What the bot did

    def inbox_of(self, chat_id: int) -> list[Sent]:
        """What this person has received."""
        with self.lock:
            return list(self.chats.get(chat_id, ()))

    def made(self, method: str, chat_id: int | None = None) -> list[Call]:
        """Calls of one method, to one chat."""
        with self.lock:
            found = [call for call in self.calls if call.method == method]
        return [call for call in found if chat_id is None or call.data.get("chat_id") == str(chat_id)]

    def wait(self, condition: Callable[[], Any], what: str = "", seconds: float = PATIENCE_SECONDS) -> Any:
        """Wait until it holds; its value."""
        end = time.monotonic() + seconds
        while not (value := condition()):
            assert time.monotonic() < end, f"waited in vain: {what}; {[(c.method, c.status) for c in self.calls]}"
            time.sleep(0.01)
        return value

    def answers(self, chat_id: int, count: int) -> list[Sent]:
        """Wait for so many messages to this person."""
        return self.wait(lambda: (got := self.inbox_of(chat_id))[count - 1 :] and got, f"{count} for {chat_id}")

    # The wire

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        data = {key: str(value) for key, value in (await request.post()).items()}
        method = {name.lower(): name for name in PARAMETERS}.get(request.match_info["method"].lower())
        call = Call(method or request.match_info["method"], data, time.monotonic(), request.headers["User-Agent"])
        with self.lock:
            self.calls.append(call)
        try:
            fault = self._checked(request, method, data)
            if fault is not None and fault.status == 0:
                return self._drop(request, call)
            result = await getattr(self, f"_{method}")(data)
        except Refusal as refusal:
            return _refused(call, refusal)
        if fault is not None:
            return self._drop(request, call)
        call.status = 200
        return web.json_response({"ok": True, "result": result})

    def _checked(self, request: web.Request, method: str | None, data: dict[str, str]) -> Fault | None:
        """A connection to drop, if that is scripted. Raises Refusal for a wrong call and a scripted status."""
        if request.match_info["token"] != self.token:
            raise Refusal(401, "Unauthorized")
        if method is None:
            raise Refusal(404, "Not Found")
        if unknown := set(data) - PARAMETERS[method]:
            raise Refusal(400, f"Bad Request: unknown parameters {unknown}")
        fault = self._fault(method, data)
        if fault is not None and fault.status > 0:
            raise Refusal(fault.status, fault.description or "Scripted", fault.retry_after)
        return fault

    def _drop(self, request: web.Request, call: Call) -> web.StreamResponse:
        call.status = -1
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def _fault(self, method: str, data: dict[str, str]) -> Fault | None:
        with self.lock:
            for fault in self._faults:
                is_chat = fault.chat_id is None or data.get("chat_id") == str(fault.chat_id)
                if fault.times > 0 and fault.method == method and is_chat:
                    fault.times -= 1
                    return fault
        return None


def _refused(call: Call, refusal: Refusal) -> web.Response:
    call.status = refusal.status
    body: dict[str, Any] = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.retry_after is not None:
        body["parameters"] = {"retry_after": refusal.retry_after}
    return web.json_response(body, status=refusal.status)
