"""How fast the mouth may speak: 30 messages a second in all, one a second in a chat, nothing while Telegram says wait.

The library's own limiter reopens too early after a 429 and does not limit private chats (telegram.md 8.1). Waiting and
trying again is the outbox's business: here a refused call only closes the gate for everybody and is passed on.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

OVERALL_S = 1 / 30  # between two messages to anybody (TG-5)
CHAT_S = 1.0  # between two messages to one chat (TG-5)
MARGIN_S = 0.3  # on top of what a 429 asks for (TG-70)
KEPT_CHATS = 1000
_TYPING = "sendChatAction"
Answer = bool | dict[str, Any] | list[dict[str, Any]]


class Pace(BaseRateLimiter[int]):
    """`now` and `sleep` count seconds of a monotonic clock."""

    def __init__(
        self, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._now, self._sleep = now, sleep
        self._closed_until = 0.0
        self._next_overall = 0.0
        self._next_in_chat: dict[int | str, float] = {}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def pause(self, seconds: float) -> None:
        """Nobody speaks for so long."""
        self._closed_until = max(self._closed_until, self._now() + seconds)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,  # noqa: ANN401 - the signature is the library's
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,  # noqa: ARG002 - as above
    ) -> Answer:
        """One call in its turn. A typing sign that would have to wait is left out. Raises what the call raises."""
        chat = data.get("chat_id")
        if endpoint == _TYPING and self._must_wait(chat):
            return True
        if chat is not None and endpoint != _TYPING:
            await self._turn(chat)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self.pause(seconds_of(error) + MARGIN_S)
            raise

    def _must_wait(self, chat: int | str | None) -> bool:
        now = self._now()
        return now < self._closed_until or now < self._next_in_chat.get(chat or 0, 0.0)

    async def _turn(self, chat: int | str) -> None:
        """Wait for the chat's slot, then for one of everybody's; a pause in between starts the second wait anew."""
        slot = max(self._now(), self._next_in_chat.get(chat, 0.0))
        self._keep(chat, slot + CHAT_S)
        await self._until(slot)
        while True:
            await self._until(self._closed_until)
            slot = max(self._now(), self._next_overall)
            self._next_overall = slot + OVERALL_S
            await self._until(slot)
            if self._now() >= self._closed_until:
                break
        self._keep(chat, max(self._next_in_chat.get(chat, 0.0), self._now() + CHAT_S))

    def _keep(self, chat: int | str, instant: float) -> None:
        if len(self._next_in_chat) > KEPT_CHATS:
            now = self._now()
            self._next_in_chat = {key: value for key, value in self._next_in_chat.items() if value > now}
        self._next_in_chat[chat] = instant

    async def _until(self, instant: float) -> None:
        while (rest := instant - self._now()) > 0:
            await self._sleep(rest)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants us to wait; the library gives a number or a timedelta (libraries.md L-26)."""
    asked: int | timedelta = getattr(error, "_retry_after", None) or error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
