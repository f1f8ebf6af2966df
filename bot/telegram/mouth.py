"""The mouth: python-telegram-bot's ExtBot behind our own limiter; it says what became of each try (telegram.md 8)."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from telegram.constants import ChatAction
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from agents.domain.turn import Attachment
from bot.render.telegram import Key, Keys, Part
from bot.telegram import calls, files
from bot.telegram.buttons import Seal
from bot.telegram.fates import Fate, Sent, judge
from bot.telegram.pace import Manner, NoRoom, Pace

__all__ = ["Fate", "Manner", "Mouth", "Sent", "TokenRefused", "judge"]
log = logging.getLogger(__name__)
TELEGRAM = "https://api.telegram.org"
READ_S, CONNECT_S = 20.0, 10.0  # a send may take long under load; a connection that takes long will not come (TG-67)
TYPING_AFTER_S, TYPING_EVERY_S = 0.3, 4.5  # the sign lasts five seconds (TG-7, TG-19)
RICH_AGAIN_S = 86_400.0  # a server that did not know rich messages is asked again a day later (TG-42)


class TokenRefused(Exception):
    """Telegram does not know this token."""


class Mouth:
    """Open it once, close it once.

    `seal` signs what buttons carry. `paid_per_s`: broadcasts a second that the operator pays for; 0 for none.
    """

    def __init__(
        self,
        token: str,
        api_base: str | None = None,
        *,
        seal: Seal | None = None,
        paid_per_s: float = 0.0,
        read_s: float = READ_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        base = (api_base or TELEGRAM).rstrip("/")
        self._seal = seal
        self._now, self._rich_from, self._pays = now, 0.0, paid_per_s > 0
        self._bot: ExtBot[Manner] = ExtBot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=HTTPXRequest(
                connection_pool_size=64, read_timeout=read_s, write_timeout=READ_S, connect_timeout=CONNECT_S,
                pool_timeout=CONNECT_S,
            ),
            rate_limiter=Pace(paid_per_s=paid_per_s),
        )  # fmt: skip

    async def open(self) -> None:
        """Ask Telegram who we are. Raises TokenRefused, and ConnectionError while Telegram is out of reach."""
        try:
            await self._bot.initialize()
        except InvalidToken:
            raise TokenRefused from None
        except TelegramError as error:
            raise ConnectionError(type(error).__name__) from None

    async def close(self) -> None:
        """Let go of the connections."""
        with suppress(TelegramError):
            await self._bot.shutdown()

    def who(self) -> tuple[int, str]:
        """Our number and name, once opened."""
        return self._bot.id, self._bot.username

    @property
    def is_rich(self) -> bool:
        """Whether rich messages may be tried."""
        return self._now() >= self._rich_from

    async def send(self, chat_id: int, part: Part, manner: Manner | None = None, *, is_silent: bool = False) -> Sent:
        """One message. Never raises for what Telegram or the network does."""
        how = manner or Manner()
        how = replace(how, is_paid=how.is_paid and self._pays)

        async def call() -> int:
            signed = self._signed(chat_id, part)
            return (await calls.send(self._bot, chat_id, signed, how, is_silent=is_silent)).message_id

        return await self._tried(call, is_rich=part.rich is not None)

    async def edit(self, chat_id: int, message_id: int, part: Part, manner: Manner | None = None) -> Sent:
        """Other words in the place of a message; what stands there already counts as sent."""
        how = manner or Manner()

        async def call() -> int:
            await calls.edit(self._bot, chat_id, message_id, self._signed(chat_id, part), how)
            return message_id

        return self._at(message_id, await self._tried(call, is_rich=part.rich is not None))

    async def change_buttons(
        self, chat_id: int, message_id: int, keys: tuple[tuple[Key, ...], ...], manner: Manner | None = None
    ) -> Sent:
        """Other buttons, or none, below the same words."""
        how = manner or Manner()

        async def call() -> int:
            await calls.change_buttons(self._bot, chat_id, message_id, self._sealed(chat_id, keys), how)
            return message_id

        return self._at(message_id, await self._tried(call, is_rich=False))

    async def fetched(self, file: Attachment, most_bytes: int) -> bytes:
        """The content of a file that a person sent, at most so many bytes. Raises ContentUnavailable."""
        return await files.content_of(self._bot, file, most_bytes)

    def _signed(self, chat_id: int, part: Part) -> Part:
        return replace(part, buttons=self._sealed(chat_id, part.buttons))

    def _sealed(self, chat_id: int, keys: Keys) -> Keys:
        """The data of each button as they go over the wire (telegram.md TG-16)."""
        seal = self._seal
        if seal is None:
            return keys
        return tuple(tuple(key._replace(data=seal.sign(chat_id, key.data)) for key in row) for row in keys)

    async def draft(self, chat_id: int, draft_id: int, text: str, *, can_stop: bool) -> Sent:
        """A preview of what is being written; it goes out now or not at all (telegram.md TG-30, TG-34)."""
        more = {"can_stop": True} if can_stop else None

        async def call() -> None:
            await self._bot.send_message_draft(chat_id, draft_id, text, api_kwargs=more)

        return await self._tried(call, is_rich=False)

    async def is_accepted(self) -> bool:
        """Whether Telegram takes our token again. While it cannot be asked, no."""
        try:
            await self._bot.get_me()
        except TelegramError:
            return False
        return True

    @asynccontextmanager
    async def typing(self, chat_id: int) -> AsyncIterator[None]:
        """Show that an answer is being made, if it takes longer than a moment."""
        sign = asyncio.create_task(self._type(chat_id))
        try:
            yield
        finally:
            sign.cancel()
            with suppress(asyncio.CancelledError):
                await sign

    async def _type(self, chat_id: int) -> None:
        await asyncio.sleep(TYPING_AFTER_S)
        with suppress(TelegramError):  # a sign that cannot be shown is no loss
            while True:
                with suppress(NoRoom):
                    await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
                await asyncio.sleep(TYPING_EVERY_S)

    async def _tried(self, call: Callable[[], Awaitable[int | None]], *, is_rich: bool) -> Sent:
        try:
            return Sent("sent", await call())
        except Exception as error:
            result = judge(error)
        if result.fate in ("locked_out", "unknown_method"):
            return await self._confirmed(result, is_rich=is_rich)
        if is_rich and result.fate in ("refused", "too_long"):
            return replace(result, fate="unformatted")  # whatever it dislikes about the blocks, HTML is another thing
        return result

    async def _confirmed(self, result: Sent, *, is_rich: bool) -> Sent:
        """The library says the same for a bad token and for an unknown method: who we are decides (telegram.md 8.2)."""
        try:
            await self._bot.get_me()
        except InvalidToken:
            return Sent("locked_out", reason=result.reason)
        except TelegramError as error:
            return Sent("unreachable", reason=type(error).__name__)
        if is_rich:
            log.warning("this server knows no rich messages; HTML instead, for a day")
            self._rich_from = self._now() + RICH_AGAIN_S
            return Sent("unknown_method", reason=result.reason)
        return Sent("unreachable", reason=result.reason)

    @staticmethod
    def _at(message_id: int, result: Sent) -> Sent:
        return replace(result, message_id=message_id) if result.fate == "sent" else result
