"""A bot's registration at Telegram as a process that is called needs it: who we are, where to call, menus, taps."""

import logging
from contextlib import suppress

from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.telegram.ear import Identity, Menus
from bot.telegram.envelope import KINDS
from bot.telegram.mouth import TELEGRAM, TokenRefused

log = logging.getLogger(__name__)
CONNECTIONS = 40  # how many updates Telegram may bring side by side (TG-6)
PATIENCE_S = 20.0


class Registration:
    """Open it once, close it once. It never says anything to a person."""

    def __init__(self, token: str, api_base: str | None = None) -> None:
        base = (api_base or TELEGRAM).rstrip("/")
        request = HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=PATIENCE_S, pool_timeout=PATIENCE_S)
        self._bot: ExtBot[None] = ExtBot(
            token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot", request=request
        )

    async def open(self) -> Identity:
        """Who we are. Raises TokenRefused, and ConnectionError while Telegram is out of reach."""
        try:
            await self._bot.initialize()
        except InvalidToken:
            raise TokenRefused from None
        except TelegramError as error:
            raise ConnectionError(type(error).__name__) from None
        return Identity(self._bot.id, self._bot.username)

    async def call_us_at(self, url: str, secret: str) -> None:
        """Updates are sent to this address from now on, and those that waited too. Raises ConnectionError."""
        try:
            await self._bot.set_webhook(
                url,
                secret_token=secret,
                max_connections=CONNECTIONS,
                allowed_updates=list(KINDS),
                drop_pending_updates=False,
            )
        except TelegramError as error:
            raise ConnectionError(f"{type(error).__name__}: {error.message}"[:200]) from None

    async def offer(self, menus: Menus) -> None:
        """The menus in private chats, one a language, written only where they differ (TG-10). Never raises."""
        scope = BotCommandScopeAllPrivateChats()
        try:
            for language, commands in menus.items():
                known = await self._bot.get_my_commands(scope=scope, language_code=language or None)
                if [(one.command, one.description) for one in known] != list(commands.items()):
                    wanted = [BotCommand(name, words) for name, words in commands.items()]
                    await self._bot.set_my_commands(wanted, scope=scope, language_code=language or None)
        except TelegramError as error:
            log.warning("the menu of commands could not be set: %s", type(error).__name__)

    async def acknowledge(self, callback_id: str) -> None:
        """Answer a tap; one that is too old, or cannot be answered now, goes on without (TG-15)."""
        try:
            await self._bot.answer_callback_query(callback_id)
        except TelegramError as error:
            log.info("a tap could not be acknowledged: %s", type(error).__name__)

    async def close(self) -> None:
        """Let go of the connections."""
        with suppress(TelegramError):
            await self._bot.shutdown()
