"""The office: what administrators may ask in their own chat with the bot. To everybody else it does not exist."""

import re
from datetime import datetime
from functools import partial
from typing import Final

from agents.domain.turn import Message
from bot.admin.stats import DAYS, lines
from bot.app import App
from bot.telegram.heard import Heard
from storage import last_words
from storage.inbox import Origin
from storage.stats import stats_of

_STATS: Final = re.compile(r"/stats(?:@\w+)?(?:\s+(?P<days>[0-9]{1,3}))?", re.IGNORECASE)
_USUAL: Final = 7


class Office:
    """Answers what is theirs past the coach: it is no part of anybody's conversation."""

    def __init__(self, app: App) -> None:
        self._app, self._admins = app, app.settings.admin_ids

    def is_asked(self, heard: Heard) -> bool:
        """Whether an administrator typed an order of theirs, in private."""
        sender, spoken = heard.sender, heard.spoken
        if sender is None or spoken is None or not sender.is_private or sender.chat_id not in self._admins:
            return False
        is_typed = spoken.tap is None and not spoken.is_forwarded and not spoken.is_edit
        return is_typed and _STATS.fullmatch(spoken.text.strip()) is not None

    async def answer(self, origin: Origin, heard: Heard, now: datetime) -> None:
        """The figures, said once even if this process ends meanwhile."""
        assert heard.sender is not None  # noqa: S101 - `is_asked` looked
        assert heard.spoken is not None  # noqa: S101 - as above
        days = _days(heard.spoken.text)
        found = await self._app.database.run_read(partial(stats_of, now=now, days=days))
        said = (Message("logistics", "reply", "\n".join(lines(found)), now),)
        chat = str(heard.sender.chat_id)
        await self._app.database.run_write(lambda s: last_words.leave(s, origin, chat, said, "said", now))


def _days(text: str) -> int:
    """How many were asked for, within what can be answered."""
    match = _STATS.fullmatch(text.strip())
    asked = int(match["days"]) if match and match["days"] else _USUAL
    return min(max(asked, DAYS.start), DAYS.stop - 1)
