"""What goes wrong, by script: per method and chat, so many times (telegram.md TG-93)."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from tests.support.telegram.refusal import Refusal

DROP, DROP_AFTER = 0, -1
_WORDS = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden: bot was blocked by the user", 404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    413: "Request Entity Too Large", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
    504: "Gateway Timeout",
}  # fmt: skip


@dataclass
class Call:
    """One request as it came. Status 0: not answered yet; -1: the connection was cut."""

    method: str
    data: dict[str, str]
    at: float
    agent: str
    status: int = 0
    wall: float = 0.0
    done_at: float | None = None
    description: str = ""
    files: tuple[str, ...] = ()
    message_id: int | None = None  # of the message that came of it
    is_mistake: bool = False  # refused for what it was, not by script

    @property
    def chat_id(self) -> int | None:
        """Which chat it is about."""
        found = self.data.get("chat_id", "")
        return int(found) if found.lstrip("-").isdigit() else None


@dataclass
class Fault:
    """A status, DROP (before it is done), DROP_AFTER (done, nobody hears of it), 200 (ok is false), or only time."""

    method: str
    chat_id: int | None = None
    status: int | None = None
    times: int = 1
    retry_after: int | None = None
    description: str = ""
    is_page: bool = False  # an HTML page instead of JSON
    migrate_to: int | None = None
    before_s: float = 0.0
    after_s: float = 0.0
    drip_s: float = 0.0
    skip: int = 0
    when: Callable[[Call], bool] | None = None

    def refusal(self) -> Refusal | None:
        """What to answer instead, if anything."""
        if self.status is None or self.status <= 0:
            return None
        return Refusal(self.status, self.description or self._words(), self.retry_after, self.migrate_to)

    def is_about(self, call: Call) -> bool:
        """Whether this call is meant."""
        is_chat = self.chat_id is None or call.data.get("chat_id") == str(self.chat_id)
        return self.method in ("*", call.method) and is_chat and (self.when is None or self.when(call))

    def _words(self) -> str:
        if self.status == 429:
            return f"Too Many Requests: retry after {self.retry_after or 0}"
        return _WORDS.get(self.status or 0, "Scripted")


class Faults:
    """The script. Faults are taken in the order in which they were written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._script: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """One more."""
        with self._lock:
            self._script.append(fault)
        return fault

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        with self._lock:
            self._script.clear()

    def take(self, call: Call) -> Fault | None:
        """What goes wrong with this call; used up by it."""
        with self._lock:
            for fault in self._script:
                if fault.times > 0 and fault.is_about(call):
                    if fault.skip > 0:
                        fault.skip -= 1
                        continue
                    fault.times -= 1
                    return fault
        return None
