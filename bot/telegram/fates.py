"""What became of a try to send, in words of our own: the whole table of telegram.md 8.2."""

import logging
from dataclasses import dataclass
from typing import Literal

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
)

from bot.telegram.pace import NoRoom, asked_to_wait

log = logging.getLogger(__name__)
CONFLICT_S = 30.0  # another process uses this token
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_TOOK_TOO_LONG = (httpx.ReadTimeout, httpx.WriteTimeout)
_SAME_AS_BEFORE = ("message is not modified",)
_NOTHING_TO_EDIT = (
    "message to edit not found",
    "can't be edited",
    "no text in the message to edit",
    "message_id_invalid",
)
_NOBODY_THERE = ("chat not found", "peer_id_invalid", "user is deactivated", "bot was blocked")
_TOO_LONG = ("too long",)
_BADLY_FORMED = ("can't parse entities", "entity", "entities")
Fate = Literal[
    "sent",  # Telegram has it
    "blocked",  # this person does not want to hear from us, or is gone
    "dropped",  # it would have had to wait, and it is not worth that
    "wait",  # not before `wait_s` seconds have passed
    "unreachable",  # nothing was sent
    "unsure",  # the connection broke: it may have arrived
    "timed_out",  # Telegram took too long to say: it has probably arrived
    "strange",  # an answer nobody can read
    "unformatted",  # this markup is not taken
    "too_long",  # this text is too long after all
    "too_large",  # this file is too large
    "gone",  # there is nothing to edit
    "unknown_method",  # this server does not know how
    "locked_out",  # the token is not accepted
    "refused",  # never
]


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one try. `wait_s` is set for "wait"."""

    fate: Fate
    message_id: int | None = None
    wait_s: float = 0.0
    reason: str = ""


def judge(error: Exception) -> Sent:
    """What a failed try means. BadRequest comes before NetworkError, whose subclass it is (telegram.md TG-71)."""
    name = type(error).__name__
    if (asked_s := asked_to_wait(error)) is not None:
        return Sent("wait", wait_s=asked_s, reason="RetryAfter")
    if isinstance(error, NoRoom):
        return Sent("dropped", reason=name)
    if isinstance(error, Conflict):
        log.error("another process uses the same token")
        return Sent("wait", wait_s=CONFLICT_S, reason=name)
    if isinstance(error, Forbidden):
        return Sent("blocked", reason=name)
    if isinstance(error, ChatMigrated):
        return Sent("refused", reason=name)
    if isinstance(error, BadRequest):
        return _refused(error.message.lower())
    if isinstance(error, InvalidToken | EndPointNotFound):
        return Sent("locked_out" if isinstance(error, InvalidToken) else "unknown_method", reason=name)
    if isinstance(error, NetworkError):
        return _unreached(error)
    log.warning("a send ended with %s", name)
    return Sent("strange", reason=name)


def _refused(words: str) -> Sent:
    """Telegram's own words name the fault and never quote ours."""
    found: tuple[tuple[Fate, tuple[str, ...]], ...] = (
        ("sent", _SAME_AS_BEFORE), ("gone", _NOTHING_TO_EDIT), ("blocked", _NOBODY_THERE), ("too_long", _TOO_LONG),
        ("unformatted", _BADLY_FORMED),
    )  # fmt: skip
    fate: Fate = next((fate for fate, signs in found if any(sign in words for sign in signs)), "refused")
    return Sent(fate, reason=words[:200])


def _unreached(error: NetworkError) -> Sent:
    """Without a connection nothing was sent; after one, the answer may be all that was lost (telegram.md F-15)."""
    cause = error.__cause__
    if "entity too large" in error.message.lower():
        return Sent("too_large", reason="413")
    if isinstance(cause, _TOOK_TOO_LONG):
        return Sent("timed_out", reason=type(cause).__name__)
    is_unknown = isinstance(cause, httpx.HTTPError) and not isinstance(cause, _NEVER_SENT)
    reason = type(cause).__name__ if cause is not None else type(error).__name__
    return Sent("unsure" if is_unknown else "unreachable", reason=reason)
