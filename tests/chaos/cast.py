"""Who plays: people who have a plan, one who is a tap away from it, strangers, a group; and the evening before."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from tests.chaos import hurry
from tests.chaos.board import Board
from tests.chaos.deaths import Death
from tests.chaos.nursery import Nursery
from tests.support.telegram.server import Sent, TelegramServer

REGULARS = (11, 12)
NEARLY = 14
NEWCOMERS = (21, 22)
GROUP = -31
MASTER_KEY = "5a" * 64  # of databases that live for a second
REHEARSED_AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday morning in Berlin
LOCK = "onb:confirm:lock"
DEFAULTS = ":ctl_defaults"  # the button that answers all questions that are left but a few
FACTS = (
    "36, 82 kg, 1.80 m, male, I want to lose fat, vegetarian, no allergies, I live in Berlin, morning brief at 7:15, "
    "evening check-in at 20:30. I eat four times a day. No conditions, no symptoms, no medicines, no injuries. "
    "Office job, I train three times a week at home with dumbbells, beginner, 30 minutes."
)
SPEED = 5.0  # so that a slow machine's patience ends long before the stories begin
PATIENCE_S = 400.0  # of a busy machine
ASK_AGAIN_S = 30.0
LINES_TO_WARM = (
    "drank 250 ml", "I weigh 81 kg", "log 20 minutes of yoga",
    "remind me at 23:10 to stretch", "hello", "/today", "/reminders", "/profile", "thank you", "/help",
)  # fmt: skip
WARMING = ("drank 250 ml", "remind me to stretch at 23:10", "hello", "/today", "I have crushing chest pain", "/delete")


class NotReadyError(Exception):
    """The evening before went wrong: the bot does not work even without chaos."""


def environment(server: TelegramServer, folder: Path) -> dict[str, str]:
    """What the bot is told."""
    return {
        "TZ": "UTC", "KEEL_TELEGRAM_TOKEN": server.token, "KEEL_TELEGRAM_API_BASE": server.address,
        "KEEL_TICK_SECONDS": "5", "KEEL_LOG_LEVEL": "info", "KEEL_MASTER_KEY": MASTER_KEY,
        "KEEL_MESSAGES_A_MINUTE": "200", "KEEL_DATA_DIR": str(folder),
    }  # fmt: skip


def rehearse(nursery: Nursery, board: Board, url: str, folder: Path) -> list[str]:
    """Bring everybody to where the stories begin; the names of the modules that a bot at work has imported."""
    board.set_clock(
        hurry.machine_seconds(),
        REHEARSED_AT.timestamp(),
        min(SPEED, hurry.SPEED["sqlite" if url.startswith("sqlite") else "postgres"]),
    )
    modules = folder / "modules.json"
    with TelegramServer() as server:
        surroundings = {**environment(server, folder), "CHAOS_MODULES": str(modules)}
        life = nursery.birth(surroundings, ["run", "--database", url], folder / "rehearsal.log", Death())
        try:
            _meet(server)
        finally:
            life.signal(signal.SIGTERM)
            code = life.wait()
    if code != 0:
        raise NotReadyError(f"the rehearsal ended with {code}: {(folder / 'rehearsal.log').read_text()[-2000:]}")
    names: list[str] = json.loads(modules.read_text(encoding="utf-8"))
    return names


def _meet(server: TelegramServer) -> None:
    """Everybody answers what they are asked, as fast as they are asked; one stranger comes, tries things and goes."""
    everybody = (*REGULARS, NEARLY)
    for person in everybody:
        server.say(person, "/start")
    comers = [_Comer(server, person) for person in everybody]
    _until(lambda: sum(comer.goes_on() for comer in comers) == len(comers), server)
    for words in WARMING:
        server.say(NEWCOMERS[0], words)
    _until(lambda: has_button(server, NEWCOMERS[0], "delete:yes"), server)
    server.tap(NEWCOMERS[0], "delete:yes")
    _until(lambda: "anew" in _last_words(server, NEWCOMERS[0]), server)


class _Comer:
    """Somebody who is new and answers what they are asked: agrees, tells everything, takes the shortest way."""

    def __init__(self, server: TelegramServer, person: int) -> None:
        self._server, self._person = server, person
        self._answered, self._asked_again = (0, ""), hurry.machine_seconds()
        self._has_agreed = self._has_told = False

    def goes_on(self) -> bool:
        """True when this person is where they should be."""
        got = [sent for sent in self._server.inbox_of(self._person) if sent.message_id >= self._answered[0]]
        asked, question = next(((sent, data) for sent in reversed(got) if (data := _question(sent))), (None, ""))
        if self._has_told and self._is_there(question):
            return True
        if asked is not None and question != self._answered[1] and (self._has_told or "onb:consent" in question):
            self._answer(asked, question)
        elif self._has_agreed and not self._has_told and "onb:consent" not in question:
            self._has_told = True
            self._server.say(self._person, FACTS)
        elif got and hurry.machine_seconds() - self._asked_again > ASK_AGAIN_S:
            self._answered, self._asked_again = (self._answered[0], ""), hurry.machine_seconds()
            self._server.say(self._person, "hello")
        return False

    def _is_there(self, question: str) -> bool:
        if self._person == NEARLY:
            return question.startswith(LOCK)
        return has_button(self._server, self._person, "view:today")

    def _answer(self, asked: Sent, question: str) -> None:
        """A question may stand where the one before it stood, and may be asked again: one answer is enough."""
        self._has_agreed = True
        self._server.tap(self._person, question, message_id=asked.message_id)
        self._answered, self._asked_again = (asked.message_id, question), hurry.machine_seconds()


def _question(sent: Sent) -> str:
    """The first answer that a question of onboarding offers, or the usual settings for all that is left."""
    data = [key.get("callback_data", "") for row in sent.buttons for key in row]
    offered = [one for one in data if one.startswith("onb:")]
    return next((one for one in offered if DEFAULTS in one), next(iter(offered), ""))


def has_button(server: TelegramServer, person: int, beginning: str) -> bool:
    """Whether such a button is on this person's screen."""
    keys = (key for sent in server.inbox_of(person) for row in sent.buttons for key in row)
    return any(key.get("callback_data", "").startswith(beginning) for key in keys)


def _last_words(server: TelegramServer, person: int) -> str:
    got = server.inbox_of(person)
    return got[-1].text if got else ""


def _until(condition: Callable[[], Any], server: TelegramServer) -> None:
    end = hurry.machine_seconds() + PATIENCE_S
    while not condition():
        if hurry.machine_seconds() > end:
            heard = {chat: _last_words(server, chat)[:80] for chat in (*REGULARS, NEARLY, *NEWCOMERS)}
            raise NotReadyError(f"nobody gets any further; last words: {heard}")
        time.sleep(0.02)


async def warm(template: Path) -> list[object]:
    """Say every kind of line once in this process: word tables and patterns are made before anything is forked.

    Returns what must be kept for that: pydantic forgets a generic model that nobody holds.
    """
    from aiogram.methods import AnswerCallbackQuery, DeleteWebhook, GetMe, GetMyCommands, GetUpdates, Response

    from bot.app import bootstrap
    from bot.settings import Settings
    from bot.spoken import Spoken
    from prompts.loader import Catalogue, languages
    from storage.people import Contact

    for language in languages():
        Catalogue().say(language, "command-today", {})
    copy = template.with_name("warm.db")
    shutil.copy(template, copy)
    app = bootstrap(Settings(database=f"sqlite:///{copy}", master_key=SecretStr(MASTER_KEY)))
    contact = Contact("telegram", str(REGULARS[0]))
    try:
        for words in LINES_TO_WARM:
            await app.turns.take(contact, Spoken(text=words), app.clock())
    finally:
        await app.close()
    methods = (AnswerCallbackQuery, DeleteWebhook, GetMe, GetMyCommands, GetUpdates)
    return [Response[method.__returning__] for method in methods]  # type: ignore[name-defined]


def shrink_certificates(folder: Path) -> None:
    """Both clients read all certificates of the world before they speak to 127.0.0.1; one is enough."""
    import certifi

    known = Path(certifi.where()).read_text(encoding="ascii")
    ending = "-----END CERTIFICATE-----"
    first = folder / "certificate.pem"
    first.write_text(known[: known.index(ending) + len(ending)] + "\n", encoding="ascii")
    certifi.where = lambda: str(first)
    os.environ["SSL_CERT_FILE"] = str(first)
