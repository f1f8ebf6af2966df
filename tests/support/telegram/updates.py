"""Updates that wait for the bot, and how it asks for them (telegram.md TG-6, TG-80, TG-86).

Stricter than Telegram in two places: `allowed_updates` must be named, and updates may not be thrown away.
"""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.support.telegram.parameters import Arguments
from tests.support.telegram.refusal import Refusal, bad
from tests.support.telegram.world import World

KEPT_SECONDS = 24 * 3600
PORTS = (80, 88, 443, 8443)
NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}$")
Update = dict[str, Any]


@dataclass
class Letter:
    """One update under way. A repeat is delivered although it was confirmed."""

    update: Update
    at: float
    is_repeat: bool = False
    tries: int = 0
    not_before: float = 0.0
    is_under_way: bool = False

    @property
    def update_id(self) -> int:
        """Its number."""
        return int(self.update["update_id"])


@dataclass
class Webhook:
    """Where updates are brought."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    ip_address: str = ""
    has_certificate: bool = False
    last_error: tuple[int, str] | None = None


class Updates:
    """getUpdates, setWebhook, deleteWebhook, getWebhookInfo, and the queue behind them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.queue: list[Letter] = []
        self.history: dict[int, Update] = {}
        self.withheld: list[Update] = []  # of kinds the bot did not ask for: they never arrive
        self.allowed: list[str] = []  # empty: all but those that must be named
        self.webhook = Webhook()
        self.confirmed = 0  # updates below this id are gone
        self.on_confirm: Callable[[int], None] = lambda _offset: None
        self.is_closing = False
        self.next_update = 700
        self.wake: Callable[[], object] = lambda: None  # called from any thread when there may be something to deliver
        self._news = asyncio.Event()
        self._asked = 0
        self._open_polls: set[int] = set()

    # What happens

    def push(self, update: Update, update_id: int | None = None) -> int:
        """An update with the next number or a given one."""
        with self._world.lock:
            if update_id is None:
                update_id = self.next_update
                self.next_update += 1
            self.history[update_id] = {"update_id": update_id, **update}
            self.queue.append(Letter(self.history[update_id], self._world.clock.now()))
        self.wake()
        return update_id

    def arrive(self, kind: str, body: Any) -> int:
        """What a person did, if the bot asked for such updates. Its number, or 0."""
        is_wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        if not is_wanted:
            self.withheld.append({kind: body})
            return 0
        return self.push({kind: body})

    def repeat(self, update_id: int) -> None:
        """Once more, confirmed or not."""
        with self._world.lock:
            self.queue.insert(0, Letter(self.history[update_id], self._world.clock.now(), is_repeat=True))
        self.wake()

    def hold(self, update_id: int) -> None:
        """Keep it back; `repeat` lets it go, after later ones perhaps."""
        with self._world.lock:
            self.queue = [letter for letter in self.queue if letter.update_id != update_id]

    def heard(self) -> None:
        """In the server's loop: whoever waits may look again."""
        self._news.set()

    def due(self) -> list[Letter]:
        """What may be delivered now, oldest first; what nobody fetched for a day is gone."""
        now = self._world.clock.now()
        with self._world.lock:
            self.queue = [letter for letter in self.queue if now - letter.at < KEPT_SECONDS]
            return [letter for letter in self.queue if not letter.is_under_way and letter.not_before <= now]

    def delivered(self, letter: Letter) -> None:
        """It has arrived."""
        with self._world.lock:
            if letter in self.queue:
                self.queue.remove(letter)

    # Asking

    async def get_updates(self, arguments: Arguments) -> Any:
        """The next batch. A new question ends one that is still open; with a webhook there is nothing to ask."""
        if self.webhook.url:
            raise Refusal(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
                "webhook first",
            )  # fmt: skip
        self._allow(arguments)
        self._asked += 1
        number = self._asked
        self._open_polls.add(number)
        self._news.set()
        try:
            return await self._poll(number, arguments)
        finally:
            self._open_polls.discard(number)

    async def _poll(self, number: int, arguments: Arguments) -> list[Update]:
        limit, offset = arguments.get("limit", 100), arguments.get("offset", 0)
        if not 1 <= limit <= 100:
            raise bad("limit must be from 1 to 100")
        self._confirm(offset)
        end = asyncio.get_running_loop().time() + min(arguments.get("timeout", 0), 50)
        while not self.is_closing:
            if number != max(self._open_polls):
                raise Refusal(
                    409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
                    "running",
                )  # fmt: skip
            if self.webhook.url:
                raise Refusal(409, "Conflict: terminated by setWebhook request")
            if found := self._batch(limit):
                return found
            left = end - asyncio.get_running_loop().time()
            if left <= 0:
                break
            self._news.clear()
            await _until(self._news, min(left, 1.0))
        return []

    def _confirm(self, offset: int) -> None:
        with self._world.lock:
            if offset < 0:
                offset = self.queue[offset:][0].update_id if self.queue else 0
            self.queue = [one for one in self.queue if one.is_repeat or one.update_id >= offset]
            self.confirmed = max(self.confirmed, offset)
        self.on_confirm(offset)

    def _batch(self, limit: int) -> list[Update]:
        found = self.due()[:limit]
        for letter in found:
            if letter.is_repeat:
                self.delivered(letter)
        return [letter.update for letter in found]

    # Being brought them

    async def set_webhook(self, arguments: Arguments) -> Any:
        """From now on updates are brought to this address; an empty one ends that."""
        self._no_loss(arguments)
        if not arguments["url"]:
            return self._unhook()
        self._allow(arguments)
        _check_address(arguments["url"])
        secret = arguments.get("secret_token") or ""
        if secret and not _SECRET.match(secret):
            raise bad("secret token contains unallowed characters")
        count = arguments.get("max_connections", 40)
        if not 1 <= count <= 100:
            raise bad("max_connections must be from 1 to 100")
        with self._world.lock:
            self.webhook = Webhook(
                arguments["url"], secret, count, arguments.get("ip_address") or "", "certificate" in arguments.values
            )
        self._news.set()
        self.wake()
        return True

    async def delete_webhook(self, arguments: Arguments) -> Any:
        """Updates wait to be asked for again; the queue stays."""
        self._no_loss(arguments)
        return self._unhook()

    async def get_webhook_info(self, _arguments: Arguments) -> Any:
        """Where, how many wait, and what went wrong last."""
        hook = self.webhook
        found: dict[str, Any] = {
            "url": hook.url, "has_custom_certificate": hook.has_certificate, "pending_update_count": len(self.queue),
        }  # fmt: skip
        if hook.url:
            found |= {"max_connections": hook.max_connections, "ip_address": hook.ip_address or "127.0.0.1"}
        if hook.last_error:
            found |= {"last_error_date": hook.last_error[0], "last_error_message": hook.last_error[1]}
        return found | ({"allowed_updates": self.allowed} if self.allowed else {})

    def _unhook(self) -> bool:
        with self._world.lock:
            self.webhook = Webhook()
            for letter in self.queue:
                letter.tries, letter.not_before = 0, 0.0
        return True

    def _allow(self, arguments: Arguments) -> None:
        """Telegram remembers the last list; here it must be given each time (TG-86)."""
        named = arguments.get("allowed_updates")
        if not named:
            raise bad("allowed_updates must be named")
        self.allowed = named

    def _no_loss(self, arguments: Arguments) -> None:
        if arguments.get("drop_pending_updates"):
            raise bad("this would lose messages")


async def _until(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def _check_address(url: str) -> None:
    """HTTPS on four ports; on this machine any port without TLS, which only the emulator allows."""
    parts = urlsplit(url)
    if parts.hostname in ("127.0.0.1", "::1", "localhost"):
        return
    if parts.scheme != "https" or not parts.hostname:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad(f"bad webhook: Webhook can be set up only on ports {', '.join(map(str, PORTS))}")
    if "." not in parts.hostname:
        raise bad("bad webhook: Failed to resolve host: Name or service not known")
