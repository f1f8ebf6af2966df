"""The mouth: python-telegram-bot's ExtBot, and what became of each try in words of our own (telegram.md 8.2)."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Literal

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.render.telegram import Part
from bot.telegram.pace import Pace, seconds_of

log = logging.getLogger(__name__)
TELEGRAM = "https://api.telegram.org"
READ_S, CONNECT_S = 20.0, 10.0  # a send may take long under load; a connection that takes long will not come (TG-67)
TYPING_AFTER_S, TYPING_EVERY_S = 0.3, 4.5  # the sign lasts five seconds (TG-7, TG-19)
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_NOBODY_THERE = ("chat not found", "peer_id_invalid", "user is deactivated", "bot was blocked")
_BADLY_FORMED = ("can't parse entities", "message is too long", "entity", "entities")
Fate = Literal["sent", "blocked", "wait", "unsure", "unreachable", "unformatted", "refused", "locked_out"]


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one try. `wait_s` is set for "wait"; "unsure" may have arrived although nobody said so."""

    fate: Fate
    message_id: int | None = None
    wait_s: float = 0.0
    reason: str = ""


class TokenRefused(Exception):
    """Telegram does not know this token."""


class Mouth:
    """Open it once, close it once."""

    def __init__(self, token: str, api_base: str | None = None) -> None:
        base = (api_base or TELEGRAM).rstrip("/")
        self._bot: ExtBot[int] = ExtBot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=HTTPXRequest(
                connection_pool_size=64, read_timeout=READ_S, write_timeout=READ_S, connect_timeout=CONNECT_S,
                pool_timeout=CONNECT_S,
            ),
            rate_limiter=Pace(),
        )  # fmt: skip

    async def open(self) -> None:
        """Ask Telegram who we are. Raises TokenRefused, and ConnectionError while Telegram is out of reach."""
        try:
            await self._bot.initialize()
        except InvalidToken:
            raise TokenRefused from None
        except TelegramError as error:
            raise ConnectionError(type(error).__name__) from None

    def who(self) -> tuple[int, str]:
        """Our number and name, once opened."""
        return self._bot.id, self._bot.username

    async def close(self) -> None:
        """Let go of the connections."""
        with suppress(TelegramError):
            await self._bot.shutdown()

    async def send(self, chat_id: int, part: Part) -> Sent:
        """One message. Never raises for what Telegram or the network does."""
        try:
            message = await self._bot.send_message(
                chat_id,
                part.text if part.html is None else part.html,
                parse_mode=None if part.html is None else ParseMode.HTML,
                reply_markup=_keyboard(part),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except Exception as error:
            return judge(error)
        return Sent("sent", message.message_id)

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
                await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
                await asyncio.sleep(TYPING_EVERY_S)


def judge(error: Exception) -> Sent:
    """What a failed try means. BadRequest comes before NetworkError, whose subclass it is (telegram.md TG-71)."""
    if isinstance(error, RetryAfter):
        return Sent("wait", wait_s=seconds_of(error), reason="RetryAfter")
    if isinstance(error, Forbidden):
        return Sent("blocked", reason="Forbidden")
    if isinstance(error, BadRequest):
        return _refused(error.message.lower())
    if isinstance(error, InvalidToken):
        return Sent("locked_out", reason="InvalidToken")
    if isinstance(error, NetworkError):
        return _unreached(error)
    log.warning("a send ended with %s", type(error).__name__)
    return Sent("unsure", reason=type(error).__name__)


def _refused(words: str) -> Sent:
    """Telegram's own words name the fault and never quote ours."""
    if any(sign in words for sign in _NOBODY_THERE):
        return Sent("blocked", reason=words[:200])
    if any(sign in words for sign in _BADLY_FORMED):
        return Sent("unformatted", reason=words[:200])
    return Sent("refused", reason=words[:200])


def _unreached(error: NetworkError) -> Sent:
    """Without a connection nothing was sent; after one, the answer may be all that was lost (telegram.md F-15)."""
    cause = error.__cause__
    is_unknown = isinstance(cause, httpx.HTTPError) and not isinstance(cause, _NEVER_SENT)
    reason = type(cause).__name__ if cause is not None else type(error).__name__
    return Sent("unsure" if is_unknown else "unreachable", reason=reason)


def _keyboard(part: Part) -> InlineKeyboardMarkup | None:
    if not part.buttons:
        return None
    rows = [[InlineKeyboardButton(label, callback_data=data) for label, data, _style in row] for row in part.buttons]
    return InlineKeyboardMarkup(rows)
