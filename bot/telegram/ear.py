"""The ear: aiogram asks for updates, hands them over to be written down, and only then confirms them (TG-64)."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    GetMe,
    GetMyCommands,
    GetUpdates,
    Response,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, Update
from aiogram.utils.token import TokenValidationError
from pydantic import ValidationError

from bot.telegram.heard import Heard
from bot.telegram.mouth import TokenRefused
from bot.telegram.reading import KINDS, read, unreadable

log = logging.getLogger(__name__)
POLL_S = 25  # how long Telegram holds a question that has no answer yet
GRACE_S = 10  # on top of it, for the way there and back
BATCH = 100
CONFLICT_S = 30.0  # another process uses this token (telegram.md 8.2)
LONGEST_WAIT_S = 60.0
FORGET_AFTER_S = (
    86_400.0  # after a quiet week ids may start anew, even lower (TG-80): then an old offset would hide them
)
_MAY = (GetMe, GetUpdates, DeleteWebhook, AnswerCallbackQuery, SetMyCommands, GetMyCommands)
Accept = Callable[[Sequence[Heard]], Awaitable[frozenset[int]]]


@dataclass(frozen=True, slots=True)
class Identity:
    """Which bot this is."""

    bot_id: int
    username: str


class NotTheMouth(Exception):
    """The ear was asked to speak; only the mouth does (telegram.md TG-61)."""


class _OnlyHearing(BaseRequestMiddleware):
    """Lets acknowledgements and administration pass and nothing that a person would read."""

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if type(method) not in _MAY:
            raise NotTheMouth(type(method).__name__)
        return await make_request(bot, method)


class Ear:
    """One consumer of one token's updates. `accept` writes a batch down and returns the ids that were new."""

    def __init__(self, token: str, api_base: str | None = None) -> None:
        server = TelegramAPIServer.from_base(api_base.rstrip("/")) if api_base else PRODUCTION
        session = AiohttpSession(api=server)
        session.middleware(_OnlyHearing())
        try:
            self._bot = Bot(token, session=session)
        except TokenValidationError:
            raise TokenRefused from None
        self._acks: set[asyncio.Task[None]] = set()

    async def open(self) -> Identity:
        """Who we are; polling is made possible. Raises TokenRefused, and ConnectionError while Telegram is away."""
        try:
            me = await self._bot.get_me()
            await self._bot.delete_webhook(drop_pending_updates=False)
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise TokenRefused from None
        except (AiogramError, OSError) as error:
            raise ConnectionError(type(error).__name__) from None
        return Identity(me.id, me.username or "")

    async def offer(self, commands: Mapping[str, str]) -> None:
        """The menu of commands in private chats; written only where it differs (TG-10). Never raises."""
        scope = BotCommandScopeAllPrivateChats()
        wanted = [BotCommand(command=name, description=words) for name, words in commands.items()]
        try:
            known = await self._bot.get_my_commands(scope=scope)
            if [(one.command, one.description) for one in known] != list(commands.items()):
                await self._bot.set_my_commands(wanted, scope=scope)
        except (AiogramError, OSError) as error:
            log.warning("the menu of commands could not be set: %s", type(error).__name__)

    async def listen(self, accept: Accept) -> None:
        """Ask, write down, confirm, for ever. What could not be written down is asked for again."""
        offset: int | None = None
        last_heard, failures = time.monotonic(), 0
        while True:
            try:
                updates = await self._ask(offset)
                new = await accept(updates)
            except Exception as error:  # whatever breaks here, the next question comes, and nothing was confirmed
                failures += 1
                await self._rest(error, failures)
                continue
            failures = 0
            if updates:
                offset, last_heard = max(heard.update_id for heard in updates) + 1, time.monotonic()
                self._acknowledge(updates, new)
            elif time.monotonic() - last_heard > FORGET_AFTER_S:
                offset = None

    async def close(self) -> None:
        """Let go of the connections."""
        for task in self._acks:
            task.cancel()
        await asyncio.gather(*self._acks, return_exceptions=True)
        await self._bot.session.close()

    async def _ask(self, offset: int | None) -> list[Heard]:
        try:
            updates = await self._bot.get_updates(
                offset=offset,
                limit=BATCH,
                timeout=POLL_S,
                allowed_updates=list(KINDS),
                request_timeout=POLL_S + GRACE_S,
            )
        except ClientDecodeError as error:
            return self._salvaged(error.data)
        return [read(update) for update in updates]

    def _salvaged(self, data: Any) -> list[Heard]:  # noqa: ANN401 - whatever came
        """One update that the library cannot read must not hide the others (TG-86)."""
        result = data.get("result") if isinstance(data, dict) and data.get("ok") is True else None
        if not isinstance(result, list):
            raise ConnectionError("an answer that is not Telegram's")
        plain = [one for one in result if isinstance(one, dict) and isinstance(one.get("update_id"), int)]
        return [self._read_one(one) for one in plain]

    def _read_one(self, plain: dict[str, Any]) -> Heard:
        try:
            return read(Update.model_validate(plain, context={"bot": self._bot}))
        except ValidationError:
            log.warning("update %d cannot be read and is kept as ignored", plain["update_id"])
            return unreadable(plain["update_id"])

    async def _rest(self, error: Exception, failures: int) -> None:
        """Back off; the message of an error may hold what somebody wrote, so only its class is logged."""
        log.warning("no updates: %s, for the %d. time in a row", type(error).__name__, failures)
        wait_s = min(LONGEST_WAIT_S, 0.5 * 2 ** min(failures - 1, 7))
        if isinstance(error, TelegramRetryAfter):
            wait_s = max(wait_s, float(error.retry_after))
        if isinstance(error, TelegramConflictError):
            log.error("another process asks for updates with this token; only one may")
            wait_s = CONFLICT_S
        if isinstance(error, TelegramUnauthorizedError):
            log.error("Telegram no longer knows this token")
            wait_s = LONGEST_WAIT_S
        await asyncio.sleep(wait_s)

    def _acknowledge(self, updates: Sequence[Heard], new: frozenset[int]) -> None:
        """Answer each new tap at once, before any work is done for it (TG-15)."""
        for heard in updates:
            if heard.callback_id is not None and heard.update_id in new:
                task = asyncio.create_task(self._answer(heard.callback_id))
                self._acks.add(task)
                task.add_done_callback(self._acks.discard)

    async def _answer(self, callback_id: str) -> None:
        try:
            await self._bot.answer_callback_query(callback_id)
        except (AiogramError, OSError) as error:  # too old, or out of reach: the turn goes on without
            log.info("a tap could not be acknowledged: %s", type(error).__name__)
