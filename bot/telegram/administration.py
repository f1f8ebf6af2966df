"""What is asked of Telegram beside messages: who we are, where updates go, the menus. aiogram's home (TG-61).

It acknowledges and administers and never says anything that a person would read: a fence refuses everything else.
"""

import logging
from collections.abc import Mapping
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    GetMe,
    GetMyCommands,
    GetUpdates,
    Response,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats
from aiogram.utils.token import TokenValidationError

from bot.telegram.ear import Identity, Menus
from bot.telegram.envelope import KINDS
from bot.telegram.mouth import TokenRefused

log = logging.getLogger(__name__)


class RawUpdates(GetUpdates):
    """As GetUpdates, but each update stays as Telegram sent it: it is read when its turn comes."""

    __returning__ = list[Any]


_MAY = (GetMe, RawUpdates, SetWebhook, DeleteWebhook, AnswerCallbackQuery, SetMyCommands, GetMyCommands)


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


class Administration:
    """One bot's account at Telegram. Raises TokenRefused for a token that cannot be one."""

    def __init__(self, token: str, api_base: str | None = None) -> None:
        server = TelegramAPIServer.from_base(api_base.rstrip("/")) if api_base else PRODUCTION
        session = AiohttpSession(api=server)
        session.middleware(_OnlyHearing())
        try:
            self._bot = Bot(token, session=session)
        except TokenValidationError:
            raise TokenRefused from None

    async def poll_from_here(self) -> Identity:
        """Who we are; updates wait until they are asked for. Raises TokenRefused, ConnectionError."""
        return await self._settle(DeleteWebhook(drop_pending_updates=False))

    async def call_us_at(self, url: str, secret: str, connections: int) -> Identity:
        """Who we are; updates are sent to this address, and those that waited too. Raises as above."""
        hook = SetWebhook(
            url=url,
            secret_token=secret,
            max_connections=connections,
            allowed_updates=list(KINDS),
            drop_pending_updates=False,
        )
        return await self._settle(hook)

    async def _settle(self, method: TelegramMethod[bool]) -> Identity:
        try:
            me = await self._bot.get_me()
            await self._bot(method)
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise TokenRefused from None
        except (AiogramError, OSError) as error:
            raise ConnectionError(type(error).__name__) from None
        return Identity(me.id, me.username or "")

    async def offer(self, menus: Menus) -> None:
        """The menus in private chats, one a language, written only where they differ (TG-10). Never raises."""
        for language, commands in menus.items():
            try:
                await self._offer(language or None, commands)
            except (AiogramError, OSError) as error:
                log.warning("the menu of commands could not be set: %s", type(error).__name__)
                return

    async def _offer(self, language: str | None, commands: Mapping[str, str]) -> None:
        scope = BotCommandScopeAllPrivateChats()
        known = await self._bot.get_my_commands(scope=scope, language_code=language)
        if [(one.command, one.description) for one in known] != list(commands.items()):
            wanted = [BotCommand(command=name, description=words) for name, words in commands.items()]
            await self._bot.set_my_commands(wanted, scope=scope, language_code=language)

    async def updates(self, offset: int | None, limit: int, hold_s: int, patience_s: int) -> list[Any]:
        """The next updates from this one on, as they came. Raises aiogram's errors and OSError."""
        ask = RawUpdates(offset=offset, limit=limit, timeout=hold_s, allowed_updates=list(KINDS))
        found: list[Any] = await self._bot(ask, request_timeout=patience_s)
        return found

    async def acknowledge(self, callback_id: str) -> None:
        """Answer a tap; one that is too old, or cannot be answered now, goes on without (TG-15)."""
        try:
            await self._bot.answer_callback_query(callback_id)
        except (AiogramError, OSError) as error:
            log.info("a tap could not be acknowledged: %s", type(error).__name__)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._bot.session.close()
