"""What the doctor says about Telegram, the model, the clock: each asked over a real socket, no secret in any word."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.doctor import machine, model, telegram
from bot.doctor.check import Check
from bot.settings import Settings, load_settings

TOKEN = "4242:a-token-that-must-not-be-printed_0123456789"  # noqa: S105 - of nobody
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Server(ThreadingHTTPServer):
    """Answers each path with a status and a body that the test sets."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, tuple[int, Any]] = {}
        self.keys: list[str | None] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        self.server.keys.append(self.headers.get("Authorization"))
        status, body = self.server.answers.get(self.path.rsplit("/", 1)[-1], (404, {"ok": False}))
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def settings(server: Server | None = None, **values: Any) -> Settings:
    address = server.address if server else "http://127.0.0.1:9"
    return load_settings({}, telegram_token=TOKEN, telegram_api_base=address, **values)


async def asked(known: Settings, now: datetime | None = None) -> dict[str, Check]:
    return {check.name: check async for check in telegram.checks(known, now or datetime.now(UTC))}


def me(server: Server, **info: Any) -> None:
    server.answers["getMe"] = (200, {"ok": True, "result": {"id": 4242, "is_bot": True, "username": "keel_bot"}})
    server.answers["getWebhookInfo"] = (200, {"ok": True, "result": {"url": "", "pending_update_count": 0, **info}})


async def test_a_good_token_is_named_after_its_bot(server):
    me(server)
    found = await asked(settings(server))
    assert {name: check.state for name, check in found.items()} == {
        "telegram": "ok", "clock skew": "ok", "webhook": "ok",
    }  # fmt: skip
    assert "@keel_bot" in found["telegram"].finding


async def test_without_a_token_only_the_terminal_works():
    found = await asked(load_settings({}))
    assert found["telegram"].state == "warning"


@pytest.mark.parametrize(
    ("answer", "words"),
    [((401, {"ok": False}), "token"), ((404, {"ok": False}), "token"), ((502, b"<html>"), "502"), ((200, []), "200")],
)
async def test_an_answer_that_is_no_welcome_is_an_error_and_no_word_holds_the_token(server, answer, words):
    server.answers["getMe"] = answer
    found = await asked(settings(server))
    assert [check.state for check in found.values()] == ["error"]
    assert words in found["telegram"].finding
    assert TOKEN not in str(found)


async def test_nobody_there_is_an_error_without_the_address_in_it():
    found = await asked(settings())
    assert found["telegram"].state == "error"
    assert TOKEN not in str(found)


@pytest.mark.parametrize(
    "info",
    [
        {"url": "https://elsewhere.example.org/hook"},
        {"last_error_message": "SSL error"},
        {"pending_update_count": 5000},
    ],
)
async def test_a_webhook_that_does_not_stand_as_it_should_is_a_warning(server, info):
    me(server, **info)
    assert (await asked(settings(server)))["webhook"].state == "warning"


@pytest.mark.parametrize(
    ("registered", "state"),
    [("https://keel.example.org/telegram/4242", "ok"), ("https://other.example.org/x", "warning"), ("", "warning")],
)
async def test_a_webhook_of_the_settings_is_looked_for(server, registered, state):
    me(server, url=registered)
    known = settings(server, telegram_webhook_url="https://keel.example.org", telegram_webhook_secret="s" * 32)
    assert (await asked(known))["webhook"].state == state


async def test_a_clock_that_is_off_is_a_warning(server):
    me(server)
    found = await asked(settings(server), datetime.now(UTC) - timedelta(hours=1))
    assert found["clock skew"].state == "warning"


def test_a_clock_of_long_ago_is_an_error():
    assert {check.name: check.state for check in machine.checks(datetime(1971, 1, 1, tzinfo=UTC))}["clock"] == "error"
    assert {check.state for check in machine.checks(NOW)} == {"ok"}


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((200, {"data": [{"id": "gpt-4.1-mini"}]}), "ok"),
        ((200, {"data": [{"id": "another"}]}), "warning"),
        ((200, {"data": []}), "ok"),
        ((401, {}), "error"),
        ((404, {}), "warning"),
        ((500, b"oops"), "warning"),
    ],
)
async def test_a_model_is_judged_by_its_list(server, answer, state):
    server.answers["models"] = answer
    known = load_settings({}, openai_base_url=f"{server.address}/v1", openai_api_key="sk-secret")
    found = await model.check(known)
    assert found.state == state
    assert server.keys == ["Bearer sk-secret"]
    assert "sk-secret" not in str(found)


async def test_no_model_is_no_fault_and_one_out_of_reach_a_warning():
    assert (await model.check(load_settings({}))).state == "ok"
    assert (await model.check(load_settings({}, openai_base_url="http://127.0.0.1:9/v1"))).state == "warning"
    assert (await model.check(load_settings({}, openai_base_url="ftp://x/v1"))).state == "error"
