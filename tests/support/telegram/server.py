"""A strict Bot API server on a real loopback socket, for the methods Keel uses (telegram.md section 11).

It runs in a thread of its own, so a test can drive it while the bot under test is another process. People act by the
builders of people.py; what they see is in `inbox_of`, `screen` and `transcript`. `fail`, `hang` and `restart` script
what goes wrong. Polling and webhooks work as Telegram's do.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from datetime import time as local_time
from typing import Any

from tests.support.telegram.clock import Clock
from tests.support.telegram.courier import Delivery
from tests.support.telegram.faults import Call, Fault
from tests.support.telegram.office import Office
from tests.support.telegram.people import People
from tests.support.telegram.rates import Police, loud_at_night, too_fast
from tests.support.telegram.refusal import Refusal
from tests.support.telegram.story import told
from tests.support.telegram.world import BOT, Draft, Sent

TOKEN = "4242:TEST-token_of_Keel_0123456789abcdef"  # noqa: S105 - of a bot that lives in these tests only
PATIENCE_SECONDS = 30.0


class TelegramServer(People):
    """Use it as a context manager. What people received and what was called may be read from the test's thread."""

    def __init__(self, token: str = TOKEN, clock: Clock | None = None) -> None:
        self.token = token
        self._office = Office(token, clock)
        self.world, self.courier, self.calls = self._office.world, self._office.courier, self._office.calls
        families = self._office.families
        self.updates, self.facts, self.menus = families.updates, families.facts, families.menus
        self.drafting = families.drafting
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.updates.wake = lambda: self._loop.call_soon_threadsafe(self._office.heard)

    def __enter__(self) -> "TelegramServer":
        self._thread.start()
        self._in_loop(self._office.open())
        self._in_loop(self._office.courier.open())
        return self

    def __exit__(self, *_exc: object) -> None:
        self.updates.is_closing = True
        self.updates.wake()
        self._in_loop(self._office.courier.close())
        self._in_loop(self._office.shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    # What goes wrong

    def fail(
        self, method: str, status: int, *, chat_id: int | None = None, times: int = 1, retry_after: int | None = None,
        description: str = "", **more: Any,
    ) -> None:  # fmt: skip
        """Script a fault: an HTTP status, 200 for ok=false, 0 drops the connection before it takes effect, -1 after.

        More: `is_page` answers with HTML, `migrate_to`, `skip` lets so many calls pass first, `when` judges the call.
        """
        self._office.faults.add(Fault(method, chat_id, status, times, retry_after, description, **more))

    def hang(
        self, method: str, *, before: float = 0.0, after: float = 0.0, drip: float = 0.0, chat_id: int | None = None,
        times: int = 1,
    ) -> None:  # fmt: skip
        """Script slowness: seconds before the call takes effect, before its answer, or over which the answer drips."""
        self._office.faults.add(Fault(method, chat_id, None, times, before_s=before, after_s=after, drip_s=drip))

    def enforce_rates(self, **limits: Any) -> None:
        """From now on 429 for a bot that speaks too fast (rates.Police)."""
        self._office.police = Police(**limits)

    def mend(self) -> None:
        """Nothing goes wrong any more."""
        self._office.faults.clear()
        self._office.police = None

    def go_down(self) -> None:
        """Nobody listens; the queue and all chats are kept."""
        self._in_loop(self._office.shut())

    def come_back(self) -> None:
        """At the same address."""
        self._in_loop(self._office.open())

    def restart(self, down_seconds: float = 0.0) -> None:
        """All connections are cut."""
        self.go_down()
        time.sleep(down_seconds)
        self.come_back()

    # What the bot did

    def inbox_of(self, chat_id: int) -> list[Sent]:
        """What this person has received, deleted since or not."""
        with self.world.lock:
            room = self.world.rooms.get(chat_id)
            return [sent for sent in room.messages.values() if sent.by_bot] if room else []

    def screen(self, chat_id: int) -> list[Sent]:
        """What stands in the chat now, from both sides."""
        with self.world.lock:
            return [sent for sent in self.world.room(chat_id).messages.values() if not sent.is_deleted]

    def draft_in(self, chat_id: int) -> Draft | None:
        """The preview that is being written."""
        return self.world.draft_in(chat_id)

    def transcript(self, chat_id: int) -> str:
        """The chat as it was lived, in 80 columns."""
        return told(list(self.world.room(chat_id).story), self.world.user_of(chat_id)["first_name"])

    def made(self, method: str, chat_id: int | None = None) -> list[Call]:
        """Calls of one method, to one chat."""
        with self.world.lock:
            found = [call for call in self.calls if call.method == method]
        return [call for call in found if chat_id is None or call.data.get("chat_id") == str(chat_id)]

    def refusals(self) -> list[Call]:
        """Calls that Telegram would not have taken: the bot's own mistakes, not what was scripted."""
        with self.world.lock:
            return [call for call in self.calls if call.is_mistake]

    def assert_rates(self, **limits: Any) -> None:
        """No chat and nobody heard too much at once (rates.too_fast)."""
        with self.world.lock:
            calls = list(self.calls)
        found = too_fast(calls, **limits)
        assert not found, found

    def assert_quiet(self, chat_id: int, zone: str, start: local_time, end: local_time) -> None:
        """Nothing rang within quiet hours."""
        found = loud_at_night(self.inbox_of(chat_id), zone, start, end)
        assert not found, found

    def wait(self, condition: Callable[[], Any], what: str = "", seconds: float = PATIENCE_SECONDS) -> Any:
        """Wait until it holds; its value."""
        end = time.monotonic() + seconds
        while not (value := condition()):
            assert time.monotonic() < end, f"waited in vain: {what}; {[(c.method, c.status) for c in self.calls]}"
            time.sleep(0.01)
        return value

    def answers(self, chat_id: int, count: int) -> list[Sent]:
        """Wait for so many messages to this person."""
        self.wait(lambda: len(self.inbox_of(chat_id)) >= count, f"{count} for {chat_id}")
        return self.inbox_of(chat_id)

    @property
    def address(self) -> str:
        """Where both clients find this server."""
        return f"http://127.0.0.1:{self._office.port}"

    @property
    def commands(self) -> list[dict[str, Any]]:
        """The menu of commands in private chats, in English."""
        return self.menus.offered(1)

    @property
    def answered(self) -> list[str]:
        """Taps that were acknowledged, in order."""
        return self.facts.answered

    @property
    def confirmed(self) -> int:
        """Updates below this id are gone."""
        return self.updates.confirmed

    @property
    def on_confirm(self) -> Callable[[int], None]:
        """Called with each offset as it comes."""
        return self.updates.on_confirm

    @on_confirm.setter
    def on_confirm(self, hook: Callable[[int], None]) -> None:
        self.updates.on_confirm = hook

    @property
    def lock(self) -> threading.RLock:
        """Held while anything above changes."""
        return self.world.lock

    @property
    def next_update(self) -> int:
        """The number of the next update; a test may skip some and use them later."""
        return self.updates.next_update

    @next_update.setter
    def next_update(self, number: int) -> None:
        self.updates.next_update = number

    _next_update = next_update

    @property
    def deliveries(self) -> list[Delivery]:
        """Every try to bring an update to the webhook."""
        return list(self.courier.deliveries)

    def chat_of(self, chat_id: int) -> dict[str, Any]:
        """A private chat, or a group below zero."""
        return self.world.chat_of(chat_id)

    def user_of(self, chat_id: int) -> dict[str, Any]:
        """The person of a chat."""
        return self.world.user_of(chat_id)

    def _in_loop(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)


__all__ = ["BOT", "TOKEN", "Call", "Fault", "Refusal", "Sent", "TelegramServer"]
