"""The content of a file that a person sent: asked for by its id, fetched once, kept by nobody (telegram.md TG-4).

The library's own download would read a file of this machine when a path from outside happens to name one, so the
address is made here.
"""

import logging
import re
from typing import Final
from urllib.parse import quote

from telegram import File
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from agents.domain.turn import Attachment, ContentUnavailable
from bot.telegram.pace import Manner

log = logging.getLogger(__name__)
_PATH: Final = re.compile(r"(?!/)(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./ -]{0,300}")


async def content_of(bot: ExtBot[Manner], file: Attachment, most_bytes: int) -> bytes:
    """At most so many bytes: what is declared larger is not fetched. Raises ContentUnavailable."""
    if not file.source:
        raise ContentUnavailable("unreadable")
    if file.size_bytes > most_bytes:
        raise ContentUnavailable("too_large")
    try:
        address = _address(bot, await bot.get_file(file.source), most_bytes)
        content: bytes = await bot.request.retrieve(address)
    except BadRequest as error:
        raise ContentUnavailable("too_large" if "too big" in error.message.lower() else "missing") from None
    except (TelegramError, TypeError, ValueError) as error:  # out of reach, or an answer that is none
        log.warning("a file could not be fetched: %s", type(error).__name__)
        raise ContentUnavailable("not_fetched") from None
    if len(content) > most_bytes:
        raise ContentUnavailable("too_large")
    return content


def _address(bot: ExtBot[Manner], described: File, most_bytes: int) -> str:
    """Where the file lies. A file whose size nobody tells is not fetched, nor one that lies outside its folder."""
    path = (described.file_path or "").removeprefix(f"{bot.base_file_url}/")
    if not _PATH.fullmatch(path) or described.file_size is None:
        raise ContentUnavailable("not_fetched")
    if described.file_size > most_bytes:
        raise ContentUnavailable("too_large")
    return f"{bot.base_file_url}/{quote(path)}"
