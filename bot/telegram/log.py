"""What the operator reads: one line an event, never the bot's token, never what somebody wrote (TG-68)."""

import logging
import re

_TOKEN = re.compile(r"\d+(:|%3A)[A-Za-z0-9_-]{30,}")
_HIDDEN = "(token)"
# Libraries that print addresses with the token or bodies with people's words when asked to say more, or every beat.
_DISCREET = ("httpx", "httpcore", "telegram", "aiogram", "aiohttp", "asyncio", "aiosqlite", "sqlalchemy", "apscheduler")


class Scrubbed(logging.Formatter):
    """Takes the token out of everything, tracebacks too."""

    def __init__(self, token: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = token.partition(":")[2] or token

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        line = _TOKEN.sub(_HIDDEN, super().format(record))
        return line.replace(self._secret, _HIDDEN) if self._secret else line


def set_up(level: str, token: str) -> None:
    """Log to standard error from this level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Scrubbed(token))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in _DISCREET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)  # it logs whole bodies it cannot read
