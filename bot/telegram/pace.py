"""How fast the mouth may speak: each chat, each group, everybody together, and silence while Telegram says wait.

The library's own limiter reopens too early after a 429, does not limit private chats, and lets one chat's 429 stall
everybody (telegram.md 8.1). Here short waits are sat out; what takes longer goes back to the outbox, which keeps the
row and moves on.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.telegram.gate import REPLY, Gate
from bot.telegram.rooms import Chat, Room, Rooms

OVERALL_PER_S = 25.0  # below the 30 that Telegram names (TG-5)
MOST_PAID_PER_S = 1000.0  # what a paid broadcast may reach
TRIES = 3
PATIENCE_S = 5.0  # a longer wait is the outbox's business: no worker holds a row for minutes
JITTER_S = 0.3  # on top of what a 429 asks for
SECOND_CHAT_S = 10.0  # two chats refused within so long mean that all of us are too fast
UNNAMED_S = 1.0  # when a 429 does not say how long
_SIGNS = frozenset({"sendChatAction", "sendMessageDraft", "sendRichMessageDraft"})
_FREE = frozenset({"answerCallbackQuery"})
_CHANCE = random.SystemRandom()
Answer = bool | dict[str, Any] | list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a call wants to be treated. `priority` as in the outbox; `burst` 2 for the later parts of one reply."""

    priority: int = REPLY
    burst: int = 1
    tries: int = TRIES
    is_paid: bool = False


class NoRoom(TelegramError):
    """A sign that would have had to wait was left out: it is worth something now or not at all."""


class Pace(BaseRateLimiter[Manner]):
    """`now` and `sleep` count seconds of a monotonic clock. `paid_per_s` 0: nothing is paid for."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = _CHANCE.random,
        paid_per_s: float = 0.0,
    ) -> None:
        self._now, self._sleep, self._jitter = now, sleep, jitter
        self._halted_until = 0.0
        self._refused: dict[Chat, float] = {}
        self._rooms = Rooms(now)
        self._gate = Gate(OVERALL_PER_S, now, sleep, lambda: self._halted_until)
        is_paid = 0 < paid_per_s <= MOST_PAID_PER_S
        self._paid = Gate(paid_per_s, now, sleep, lambda: self._halted_until) if is_paid else None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Whoever waits is told that it is over."""
        self._gate.close()
        if self._paid is not None:
            self._paid.close()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,  # noqa: ANN401 - the signature is the library's
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Manner | None,
    ) -> Answer:
        """One call in its turn. Raises what it raises, and NoRoom for a draft or typing sign that had to wait."""
        chat: Chat | None = data.get("chat_id")

        async def call() -> Answer:
            try:
                return await callback(*args, **kwargs)
            except (RetryAfter, NetworkError) as error:
                self._refuse(chat, asked_to_wait(error))
                raise

        if chat is None or endpoint in _FREE:
            return await call()
        room = self._rooms.of(chat)
        if endpoint in _SIGNS:
            if not self._may_sign(room, endpoint):
                raise NoRoom(endpoint)
            return await call()
        async with room.turn():
            return await self._speak(room, call, rate_limit_args or Manner())

    async def _speak(self, room: Room, call: Callable[[], Awaitable[Answer]], manner: Manner) -> Answer:
        """The call, and again when it was asked to wait for a moment only."""
        for left in reversed(range(manner.tries)):
            await self._turn(room, manner)
            try:
                return await call()
            except (RetryAfter, NetworkError) as error:
                asked_s = asked_to_wait(error)
                if asked_s is None or asked_s > PATIENCE_S or not left:
                    raise
        raise AssertionError("tries are at least one")

    async def _turn(self, room: Room, manner: Manner) -> None:
        """The room's turn first, then everybody's; what changed meanwhile starts it anew."""
        gate = self._paid if manner.is_paid and self._paid is not None else self._gate
        while True:
            while (rest := room.ready_at(manner.burst) - self._now()) > 0:
                await self._sleep(rest)
            await gate.enter(manner.priority)
            now = self._now()
            if now >= max(room.ready_at(manner.burst), self._halted_until):
                room.spoke(now)
                return

    def _may_sign(self, room: Room, kind: str) -> bool:
        now = self._now()
        if not room.may_sign(kind, now) or not self._gate.slip_in():
            return False
        room.signed(kind, now)
        return True

    def _refuse(self, chat: Chat | None, asked_s: float | None) -> None:
        """A 429: this chat waits; everybody does when it was not this chat alone (TG-70 b)."""
        if asked_s is None:
            return
        now = self._now()
        until = now + asked_s + self._jitter() * JITTER_S
        self._refused = {one: at for one, at in self._refused.items() if now - at <= SECOND_CHAT_S}
        is_alone = chat is not None and not self._refused.keys() - {chat}
        if not is_alone or asked_s <= 1:
            self._halted_until = max(self._halted_until, until)
        if chat is not None:
            self._refused[chat] = now
            room = self._rooms.of(chat)
            room.waits_until = max(room.waits_until, until)


def asked_to_wait(error: Exception) -> float | None:
    """Seconds that a 429 asks for; None for any other error.

    Without a number, or with 0, the library makes a plain NetworkError of it (TG-71).
    """
    if isinstance(error, RetryAfter):
        return seconds_of(error) or UNNAMED_S
    if not isinstance(error, NetworkError) or isinstance(error, BadRequest):
        return None
    return UNNAMED_S if "too many requests" in error.message.lower() else None


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants us to wait; the library gives a number or a timedelta (libraries.md L-26)."""
    asked: int | timedelta = getattr(error, "_retry_after", None) or error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
