"""Parting: what is said last is said from the inbox, and the update ends only then (storage.last_words)."""

import logging
from datetime import datetime, timedelta

from bot.telegram.fates import Fate, Sent
from bot.telegram.post import Post
from storage import last_words
from storage.claims import Claimed
from storage.db import Database
from storage.last_words import IN_LINE, KEPT, LastWords

log = logging.getLogger(__name__)
SHORT_S = 5.0  # a longer wait is left to the inbox
LONGEST = timedelta(hours=6)  # between two tries while Telegram is out of reach
MOST_TRIES = 18  # two fewer than an update can count: a process may end in the middle of the last ones
MOST_DOUBTS = 3  # tries of which nobody knows whether they arrived
_NEVER: tuple[Fate, ...] = ("blocked", "refused")
_DOUBTFUL: tuple[Fate, ...] = ("unsure", "timed_out", "strange")


class Parting:
    """Tells last words; a kill in between makes them come twice at worst, never not at all."""

    def __init__(self, database: Database, post: Post) -> None:
        self._database, self._post = database, post

    async def say(self, claimed: Claimed, words: LastWords, now: datetime) -> None:
        """Try once, and write down what became of it."""
        result = Sent("sent")
        for message in words.messages:
            result = await self._post.told(words.chat_id, message, longest_s=SHORT_S)
            if result.fate != "sent":
                break
        wait = _wait(claimed.attempts, result)
        if not _is_over(claimed.attempts, result, words, now + wait):
            until, is_late = now + wait, now - words.left_at >= IN_LINE
            await self._database.run_write(
                lambda s: last_words.put_off(s, claimed.origin, until, result.fate, out_of_line=is_late)
            )
            return
        if result.fate != "sent":
            log.error("the last words after update %d did not get through: %s", claimed.origin.update_id, result.fate)
        error = "" if result.fate == "sent" else f"last words: {result.fate}"
        await self._database.run_write(lambda s: last_words.end(s, claimed.origin, words.ending, now, error))


def _is_over(tries: int, result: Sent, words: LastWords, next_try: datetime) -> bool:
    if result.fate == "sent" or result.fate in _NEVER:
        return True
    is_enough = tries >= MOST_TRIES or (result.fate in _DOUBTFUL and tries > MOST_DOUBTS)
    return is_enough or next_try > words.left_at + KEPT


def _wait(tries: int, result: Sent) -> timedelta:
    """5, 10, 20 … seconds up to hours, and never less than Telegram asks for."""
    return max(timedelta(seconds=result.wait_s), min(LONGEST, timedelta(seconds=2.5 * 2 ** min(tries - 1, 20))))
