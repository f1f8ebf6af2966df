"""One chat as the limiter sees it: when it may hear the next message, and who speaks to it now (telegram.md TG-70)."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

CHAT_S = 1.0  # between two messages to one chat (TG-5)
SIGN_S = 1.0  # between two drafts, or two typing signs
GROUP_LIMIT, GROUP_S = 20, 60.0  # messages to one group in so many seconds
IDLE_S = 60.0
Chat = int | str


class Room:
    """Instants are seconds of the limiter's clock."""

    def __init__(self, *, is_group: bool) -> None:
        self.waits_until = 0.0  # Telegram said so
        self.last = 0.0
        self._sign_at: dict[str, float] = {}  # the next draft, the next typing sign
        self._free_at = 0.0  # with one message a second; a burst may run ahead of it
        self._recent: deque[float] | None = deque(maxlen=GROUP_LIMIT) if is_group else None
        self._lock = asyncio.Lock()
        self._present = 0

    @property
    def is_busy(self) -> bool:
        """Whether somebody speaks, or waits to speak."""
        return self._present > 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """One speaker at a time, in the order they came."""
        self._present += 1
        try:
            async with self._lock:
                yield
        finally:
            self._present -= 1

    def ready_at(self, burst: int) -> float:
        """When it may hear a message; `burst` messages may come at once after a silence."""
        ready = max(self.waits_until, self._free_at - (burst - 1) * CHAT_S)
        if self._recent is not None and len(self._recent) == GROUP_LIMIT:
            ready = max(ready, self._recent[0] + GROUP_S)
        return ready

    def spoke(self, now: float) -> None:
        """A message went out."""
        self._free_at, self.last = max(now, self._free_at) + CHAT_S, now
        if self._recent is not None:
            self._recent.append(now)

    def may_sign(self, kind: str, now: float) -> bool:
        """Whether a draft or a typing sign would go out at once; each kind has a pace of its own."""
        return not self.is_busy and now >= max(self._sign_at.get(kind, 0.0), self.waits_until)

    def signed(self, kind: str, now: float) -> None:
        """One went out."""
        self._sign_at[kind] = self.last = now
        self._sign_at[kind] += SIGN_S

    def is_idle(self, now: float) -> bool:
        """Whether it can be forgotten without forgetting a limit."""
        return not self.is_busy and max(self.last, self.waits_until) + IDLE_S <= now


class Rooms:
    """All chats that were spoken to lately."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._rooms: dict[Chat, Room] = {}
        self._tidy_at = 0.0

    def __len__(self) -> int:
        return len(self._rooms)

    def of(self, chat: Chat) -> Room:
        """The room of a chat. Those long silent are forgotten now and then."""
        now = self._now()
        if now >= self._tidy_at:
            self._rooms = {key: room for key, room in self._rooms.items() if not room.is_idle(now)}
            self._tidy_at = now + IDLE_S
        room = self._rooms.get(chat)
        if room is None:
            is_group = isinstance(chat, str) or chat < 0
            room = self._rooms[chat] = Room(is_group=is_group)
            room.last = now
        return room
