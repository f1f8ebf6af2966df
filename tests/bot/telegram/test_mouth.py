"""What a failed try means, and who may say what."""

import os

import httpx
import pytest
from aiogram.methods import SendMessage
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.administration import Administration, NotTheMouth
from bot.telegram.log import Scrubbed
from bot.telegram.mouth import TokenRefused, judge
from tests.support.telegram.server import TOKEN

os.environ.setdefault("PTB_TIMEDELTA", "1")  # as `keel run` does: durations are timedeltas


def caused(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (Forbidden("bot was blocked by the user"), "blocked"),
        (BadRequest("Chat not found"), "blocked"),
        (BadRequest("Message is not modified: specified new message content"), "sent"),
        (BadRequest("Message to edit not found"), "gone"),
        (BadRequest("Message can't be edited"), "gone"),
        (BadRequest("There is no text in the message to edit"), "gone"),
        (BadRequest("Can't parse entities: unsupported start tag"), "unformatted"),
        (BadRequest("Message is too long"), "too_long"),
        (BadRequest("Something new"), "refused"),
        (ChatMigrated(-100), "refused"),
        (InvalidToken("Unauthorized"), "locked_out"),
        (EndPointNotFound("sendRichMessage"), "unknown_method"),
        (Conflict("x"), "wait"),
        (NetworkError("Request Entity Too Large"), "too_large"),
        (NetworkError("Too Many Requests: retry after 0. The server response contained"), "wait"),
        (NetworkError("Internal Server Error"), "unreachable"),
        (caused(NetworkError("Bad Gateway (502)"), TelegramError("Invalid server response")), "unreachable"),
        (caused(NetworkError("x"), httpx.ConnectError("x")), "unreachable"),
        (caused(TimedOut(), httpx.PoolTimeout("x")), "unreachable"),
        (caused(TimedOut(), httpx.ReadTimeout("x")), "timed_out"),
        (caused(TimedOut(), httpx.WriteTimeout("x")), "timed_out"),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("x")), "unsure"),
        (KeyError("result"), "strange"),
    ],
)
def test_every_failure_has_a_fate(error, fate):
    assert judge(error).fate == fate


def test_a_429_says_how_long_to_wait():
    assert (judge(RetryAfter(7)).fate, judge(RetryAfter(7)).wait_s) == ("wait", 7.0)
    assert (judge(Conflict("x")).wait_s, judge(NetworkError("Too Many Requests")).wait_s) == (30.0, 1.0)


async def test_the_ear_cannot_speak():
    ear = Administration(TOKEN, "http://127.0.0.1:9")
    with pytest.raises(NotTheMouth):
        await ear._bot(SendMessage(chat_id=1, text="hello"))
    await ear.close()


@pytest.mark.parametrize("token", ["", "no colon", "x:y", "1:", "1: 2"])
def test_what_is_no_token_is_refused_before_anything_is_asked(token):
    with pytest.raises(TokenRefused):
        Administration(token)


def test_the_log_hides_this_token_and_what_looks_like_one():
    import logging

    line = f"POST https://host/bot{TOKEN}/x and 99:{'A' * 35} and bot4242%3A{TOKEN.partition(':')[2]}"
    record = logging.LogRecord("x", logging.INFO, __file__, 1, line, None, None)
    shown = Scrubbed(TOKEN).format(record)
    assert TOKEN.partition(":")[2] not in shown
    assert "A" * 35 not in shown
    assert "https://host/bot" in shown
