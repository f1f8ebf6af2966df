"""The ear: how updates reach the house, by asking for them (polling.py) or by being called (webhook.py).

Both write each update down before Telegram is told that it arrived (telegram.md TG-64, 65), and both only hear.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.telegram.reception import Accept

Menus = Mapping[str, Mapping[str, str]]  # language code, "" for everybody else: command and description


@dataclass(frozen=True, slots=True)
class Identity:
    """Which bot this is."""

    bot_id: int
    username: str


class Ear(Protocol):
    """Open it once, close it once."""

    async def open(self) -> Identity:
        """Who we are, and updates are on their way. Raises TokenRefused, and ConnectionError while Telegram is away."""
        ...

    async def offer(self, menus: Menus) -> None:
        """The menus of commands in private chats. Never raises for what Telegram does."""
        ...

    async def listen(self, accept: Accept) -> None:
        """Hand over every update until cancelled. `accept` writes a batch down and returns the ids that were new."""
        ...

    async def close(self) -> None:
        """Let go of the connections."""
        ...
