"""What is being written, shown while it is written: previews that pass (telegram.md TG-30 to TG-34).

A preview is worth nothing by itself: it goes past the outbox, is dropped where it would have to wait, and ends for the
turn with the first refusal; the typing sign goes on meanwhile. The words themselves always go by the outbox.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from bot.render.telegram import TEXT_LIMIT
from bot.render.telegram.lengths import clean, cut, units
from bot.telegram.fates import Sent

FIRST_S = 0.6  # a shorter answer needs no preview; words of an answer are shown from then on, as they come
BETWEEN_S = 1.0  # edits and drafts count: faster ones earn minutes of silence (TG-5)
KEEP_S = 20.0  # a preview fades after thirty seconds
LOOK_S = 0.025  # the first words are on their way at most so long after they came
ENOUGH = 20  # new characters that are worth a preview
_ENDS = (".", "!", "?", "…", ":", "\n")


class Draws(Protocol):
    """Who can show a preview: the mouth."""

    async def draft(self, chat_id: int, draft_id: int, text: str, *, can_stop: bool) -> Sent:
        """Show it now, or not at all."""
        ...


class DraftStream:
    """One answer on its way. Give it what may be seen so far; it has been vetted before (TG-32)."""

    def __init__(self, show: Callable[[str], Awaitable[Sent]], now: Callable[[], float]) -> None:
        self._show, self._now = show, now
        self._text, self._is_whole = "", False
        self._shown, self._at = "", -BETWEEN_S
        self.is_live = True
        self.stopped = asyncio.Event()

    def write(self, text: str) -> None:
        """The answer so far, from its beginning; it may end inside a word."""
        self._text, self._is_whole = clean(text), False

    def remark(self, text: str) -> None:
        """A whole line in place of the answer, such as what is being done."""
        self._text, self._is_whole = clean(text), True

    @property
    def has_words(self) -> bool:
        """Whether there is something of the answer itself to see."""
        return bool(self._text) and not self._is_whole

    async def beat(self) -> None:
        """Show what is due now."""
        words = self._due()
        if words is None or not self.is_live:
            return
        result = await self._show(words)
        if result.fate == "sent":
            self._shown, self._at = words, self._now()
        elif result.fate != "dropped":  # a refusal ends it for this turn
            self.is_live = False

    def _due(self) -> str | None:
        since = self._now() - self._at
        words = self._seen()
        if not words or since < BETWEEN_S:
            return None
        if words == self._shown:
            return words if since >= KEEP_S else None
        is_growth = words.startswith(self._shown) and bool(self._shown) and not self._is_whole
        if is_growth and len(words) - len(self._shown) < ENOUGH:
            return self._shown if since >= KEEP_S else None
        return words

    def _seen(self) -> str:
        """Up to the last word that is complete, and within one message."""
        text = self._text.lstrip()
        if units(text) > TEXT_LIMIT:
            return cut(text, TEXT_LIMIT)[0].rstrip()
        if self._is_whole or text.endswith(_ENDS):
            return text.strip()
        place = max(text.rfind(" "), text.rfind("\n"))
        return text[:place].rstrip() if place > 0 else ""


class Drafts:
    """All answers on their way, so that a tap on Stop finds its own."""

    def __init__(
        self,
        mouth: Draws,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._mouth, self._now, self._sleep = mouth, now, sleep
        self._open: dict[tuple[int, int], DraftStream] = {}

    @asynccontextmanager
    async def stream(
        self, chat_id: int, draft_id: int, *, after_s: float = FIRST_S, can_stop: bool = False
    ) -> AsyncIterator[DraftStream]:
        """A preview of one answer; `draft_id` is not 0 and its own. Outside private chats nothing is shown.

        A remark is shown after `after_s` at the earliest, words of the answer after FIRST_S. With `can_stop` the person
        may end the words: `stopped` is set then, and what goes on is the caller's to end.
        """

        async def show(text: str) -> Sent:
            return await self._mouth.draft(chat_id, draft_id, text, can_stop=can_stop and stream.has_words)

        stream = self._open[chat_id, draft_id] = DraftStream(show, self._now)
        stream.is_live = chat_id > 0 and draft_id != 0
        pace = asyncio.create_task(self._pace(stream, after_s))
        try:
            yield stream
        finally:
            del self._open[chat_id, draft_id]
            pace.cancel()
            with suppress(asyncio.CancelledError):
                await pace

    def stop(self, chat_id: int, draft_id: int) -> bool:
        """The person wants to hear no more of this. False for an answer that is not on its way."""
        stream = self._open.get((chat_id, draft_id))
        if stream is None:
            return False
        stream.is_live = False
        stream.stopped.set()
        return True

    async def _pace(self, stream: DraftStream, after_s: float) -> None:
        begun = self._now()
        await self._sleep(min(FIRST_S, after_s))
        while stream.is_live:
            if stream.has_words or self._now() - begun >= after_s:
                await stream.beat()
            await self._sleep(LOOK_S)
