"""The real process behind a webhook: Telegram calls it, as it would through a proxy."""

import json
import socket
import urllib.error
import urllib.request

import pytest

from bot.web.telegram import SECRET_HEADER
from tests.support.telegram.process import KeelRun
from tests.support.telegram.server import TelegramServer

SECRET = "hook-secret_0123456789"  # noqa: S105 - of these tests only
PUBLIC = "https://keel.example.org"


@pytest.fixture(scope="module")
def port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def telegram(port):
    with TelegramServer() as running:
        running.courier.fronts[PUBLIC] = f"http://127.0.0.1:{port}"
        yield running


@pytest.fixture(scope="module")
def keel(telegram, port, tmp_path_factory):
    env = {
        "KEEL_TELEGRAM_WEBHOOK_URL": f"{PUBLIC}/",
        "KEEL_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "KEEL_WEB_PORT": str(port),
    }
    with KeelRun(telegram, tmp_path_factory.mktemp("keel") / "keel.sqlite3", **env) as process:
        yield process


@pytest.fixture
def hooked(keel, telegram):
    keel.listening()
    telegram.wait(lambda: telegram.updates.webhook.url, "the webhook")
    return keel


def ask(port, path, body=None, **headers):
    """Status and body of a request from outside."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 - of this machine
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def test_what_was_written_before_the_start_is_answered_through_the_webhook(telegram, keel):
    telegram.say(5, "hello")
    keel.listening()
    assert telegram.answers(5, 1)[0].text.startswith("Hello, I am Keel")
    hook = telegram.updates.webhook
    assert (hook.url, hook.secret) == (f"{PUBLIC}/telegram/4242", SECRET)
    assert telegram.made("getUpdates") == []
    assert telegram.refusals() == []


def test_a_tap_is_acknowledged_before_its_answer_and_never_by_the_webhooks_body(telegram, hooked):
    telegram.say(6, "/start")
    telegram.tap(6, "onb:consent:yes")
    telegram.answers(6, 2)
    assert telegram.answered
    assert not any(call.agent == "webhook reply" for call in telegram.calls)


def test_a_forged_call_changes_nothing(telegram, hooked, port):
    before = hooked.rows("SELECT count(*) FROM inbox")
    body = json.dumps({"update_id": 999_999, "message": {"text": "hi"}}).encode()
    for headers in ({}, {SECRET_HEADER: "guess"}):
        assert ask(port, "/telegram/4242", body, **{"Content-Type": "application/json", **headers})[0] == 401
    assert hooked.rows("SELECT count(*) FROM inbox") == before


def test_a_replayed_update_and_an_unknown_kind_are_harmless(telegram, hooked, port):
    telegram.say(7, "hello")
    telegram.answers(7, 1)
    number = hooked.rows("SELECT max(update_id) FROM inbox WHERE kind = 'message'")[0][0]
    headers = {"Content-Type": "application/json", SECRET_HEADER: SECRET}
    again = {"update_id": number, "message": telegram.message(7, text="hello again")}
    strange = {"update_id": number + 5000, "poll_of_the_future": {}}
    for update in (again, again, strange, strange):
        assert ask(port, "/telegram/4242", json.dumps(update).encode(), **headers)[0] == 200
    assert hooked.rows("SELECT state, kind FROM inbox WHERE update_id = ?", number + 5000) == [("ignored", "unknown")]
    telegram.say(7, "/help")
    telegram.answers(7, 2)
    assert len(telegram.inbox_of(7)) == 2


def test_it_is_ready_while_it_runs(hooked, port):
    assert ask(port, "/healthz") == (200, b'{"status":"ok"}')
    status, body = ask(port, "/readyz")
    assert (status, json.loads(body)["checks"]) == (200, {"database": True, "schema": True})


def test_a_kill_loses_no_update_because_the_webhook_stays_set(telegram, keel, hooked):
    keel.kill()
    telegram.say(8, "hello")
    telegram.wait(lambda: any(delivery.status == 0 for delivery in telegram.deliveries), "a call that nobody answers")
    keel.listening()
    for letter in list(telegram.updates.queue):
        letter.not_before = 0.0  # Telegram's next try, which grows rarer, comes now
    assert telegram.answers(8, 1)[0].text.startswith("Hello, I am Keel")


def test_neither_the_secret_nor_what_people_say_is_in_the_log(hooked, telegram):
    telegram.say(9, "my very private words")
    telegram.answers(9, 1)
    assert SECRET not in hooked.errors
    assert "very private words" not in hooked.errors


def test_an_address_in_use_is_said_in_one_sentence(hooked, telegram, port, tmp_path):
    env = {"KEEL_TELEGRAM_WEBHOOK_URL": PUBLIC, "KEEL_TELEGRAM_WEBHOOK_SECRET": SECRET, "KEEL_WEB_PORT": str(port)}
    with KeelRun(telegram, tmp_path / "keel.sqlite3", **env) as second:
        second.start()
        assert second.ended() == 2
        assert "KEEL_WEB_PORT" in second.errors
        assert "Traceback" not in second.errors


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"KEEL_TELEGRAM_WEBHOOK_URL": PUBLIC}, "KEEL_TELEGRAM_WEBHOOK_SECRET"),
        ({"KEEL_TELEGRAM_WEBHOOK_SECRET": SECRET}, "KEEL_TELEGRAM_WEBHOOK_URL"),
    ],
)
def test_half_a_webhook_refuses_to_start(telegram, tmp_path, env, named):
    with KeelRun(telegram, tmp_path / "keel.sqlite3", **env) as half:
        half.start()
        assert half.ended() == 2
        assert named in half.errors
