"""The client library: what it adds, where it may go, whom it may tell, and that it is imported late."""

import http.server
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from agents.model import allowance
from agents.model.crossing import Surroundings
from agents.model.door import ModelDoor
from agents.model.endpoint import Endpoint
from agents.model.failure import ModelFailed
from tests.agents.model.conftest import ASK, GOOD, KEY, SCHEMA
from tests.support.model_server import Fails, ModelServer, Proposes, Says
from tests.support.surroundings import ROOT


class Listener(http.server.ThreadingHTTPServer):
    """Somebody who should never be called."""

    daemon_threads = True
    calls: list[str]


@pytest.fixture
def elsewhere() -> Iterator[Listener]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            listener.calls.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Nothing on stderr."""

    listener = Listener(("127.0.0.1", 0), Handler)
    listener.calls = []
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield listener
    listener.shutdown()
    listener.server_close()
    thread.join(5)


async def test_a_redirect_does_not_carry_the_words_to_another_host(
    server: ModelServer, door: ModelDoor, elsewhere: Listener
) -> None:
    away = (("Location", f"http://127.0.0.1:{elsewhere.server_port}/v1/chat/completions"),)
    for status in (301, 307, 308):
        server.will(Fails(status, headers=away))
        fresh = ModelDoor(Endpoint(server.url, KEY, "m"), Surroundings())
        with pytest.raises(ModelFailed, match="unauthorised"):
            await fresh.as_json(ASK, SCHEMA)
        await fresh.close()
    assert elsewhere.calls == []


TRACED = """
import asyncio, os, sys
from pydantic import SecretStr
from agents.model.door import ModelDoor
from agents.model.endpoint import Endpoint
from tests.agents.model.conftest import ASK, SCHEMA

async def ask():
    door = ModelDoor(Endpoint(sys.argv[1], SecretStr("sk-test"), "m"))
    await door.as_json(ASK, SCHEMA)
    print("".join([words async for words in door.as_words(ASK)]))
    await door.close()

asyncio.run(ask())
from langchain_core.tracers.langchain import wait_for_all_tracers
wait_for_all_tracers()
"""


def test_no_tracing_service_is_told_the_words_whatever_the_environment_says(
    server: ModelServer, elsewhere: Listener
) -> None:
    service = f"http://127.0.0.1:{elsewhere.server_port}"
    names = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGSMITH_GATEWAY")
    env = dict.fromkeys(names, "true") | {
        "LANGSMITH_ENDPOINT": service, "LANGCHAIN_ENDPOINT": service, "LANGSMITH_API_KEY": "ls-1",
        "LANGSMITH_GATEWAY": service, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    server.will(Proposes(GOOD), Says("Well."))
    command = [sys.executable, "-c", TRACED, server.url]
    ended = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ended.stdout == "Well.\n", ended.stderr
    assert elsewhere.calls == []
    assert len(server.requests) == 2


async def test_what_is_sent_and_what_comes_back_is_not_logged(
    server: ModelServer, door: ModelDoor, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("openai", "httpx", "httpx2", "langchain_openai"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    server.will(Says("a private answer"), Fails(400, message="slept well is not allowed"))
    with caplog.at_level(logging.DEBUG), pytest.raises(ModelFailed):
        await door.as_json(ASK, SCHEMA)
    for private in ("slept well", "private answer", KEY.get_secret_value()):
        assert private not in caplog.text


async def test_a_closed_door_opens_again(server: ModelServer, door: ModelDoor) -> None:
    for _ in range(2):
        server.will(Proposes(GOOD))
        assert await door.as_json(ASK, SCHEMA) == GOOD
        await door.close()
        await door.close()


async def test_a_client_that_cannot_be_opened_is_a_failure_and_no_call(
    server: ModelServer, door: ModelDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "nonsense://127.0.0.1:9")
    with allowance.metered() as used, pytest.raises(ModelFailed, match="unavailable"):
        await door.as_json(ASK, SCHEMA)
    assert (used.calls, server.requests) == (0, [])


def test_the_library_is_imported_with_the_first_question_and_no_earlier() -> None:
    late = "('openai', 'langchain_openai', 'langsmith', 'httpx2')"
    code = f"import sys, agents.model.door, agents.model.wire; print([n for n in {late} if n in sys.modules])"
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert ended.stdout == "[]\n"
