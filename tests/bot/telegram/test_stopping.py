"""The real `keel run` killed, or asked to stop, and what it left in its log. Last by name: it ends the bot."""

import signal
import time

from prompts.loader import languages
from tests.bot.telegram.conftest import STRANGE_TOKEN
from tests.support.telegram.methods import BOT

WELCOME = "Hello, I am Keel"


def test_killed_between_accepting_and_answering_everybody_is_answered_once_after_the_restart(server, keel):
    people = range(300, 312)
    server.fail("sendMessage", 500, chat_id=122, times=1000)
    server.say(122, "/start")
    server.wait(lambda: server.made("sendMessage", 122), "a failing send")
    last = [server.say(person, "/start") for person in people][-1]
    server.on_confirm = lambda offset: keel.send_signal(signal.SIGKILL) if offset > last else None
    assert keel.ended() == -signal.SIGKILL
    server.on_confirm = lambda _offset: None
    unanswered = keel.rows("SELECT count(*) FROM inbox WHERE state = 'received'")[0][0]
    assert unanswered > 0
    assert keel.rows("SELECT count(*) FROM outbox WHERE state = 'pending'")[0][0] >= 1
    server.mend()
    keel.listening()
    assert len(server.made("setMyCommands")) == len(languages()), "menus are not written again where they are right"
    for person in (122, *people):
        assert server.answers(person, 1)[0].text.startswith(WELCOME)
    time.sleep(1.2)
    assert [len(server.inbox_of(person)) for person in (122, *people)] == [1] * 13
    assert keel.rows("SELECT count(*) FROM inbox WHERE state = 'received'") == [(0,)]
    turns = "SELECT count(*) AS n FROM messages WHERE direction = 'inbound' GROUP BY bot_id, update_id"
    assert keel.rows(f"SELECT min(n), max(n) FROM ({turns})") == [(1, 1)]


def test_asked_to_stop_it_ends_within_ten_seconds_and_says_what_it_owes(server, keel):
    for person in range(320, 326):
        server.say(person, "/start")
    last = server.say(326, "/start")
    server.wait(lambda: server.confirmed > last, "the confirmation")
    began = time.monotonic()
    assert keel.stop() == 0
    assert time.monotonic() - began < 10
    open_rows = keel.rows("SELECT count(*) FROM inbox WHERE state = 'received'")[0][0]
    assert open_rows + sum(len(server.inbox_of(person)) for person in range(320, 327)) == 7


def test_a_token_that_telegram_refuses_is_named_in_one_line_without_being_shown(stranger):
    assert stranger.ended() == 2
    assert stranger.errors.count("\n") == 1
    assert "does not accept this token" in stranger.errors
    assert STRANGE_TOKEN.partition(":")[2] not in stranger.errors


def test_neither_the_token_nor_what_people_wrote_is_in_the_log(server, shared):
    assert "Listening as @keel_test_bot" in shared.errors
    secret = server.token.partition(":")[2]
    words = ("breathe slowly", "crushing chest pain", "stretch &")
    assert [word for word in (secret, *words) if word in shared.errors] == []
    assert "Traceback" not in shared.errors
    assert BOT["username"] in shared.errors
