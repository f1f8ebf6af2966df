"""A model breaks in every way it can in the middle of a turn: the turn is answered and kept, and owns up once a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.conftest import copied
from tests.e2e.ledger import Ledger
from tests.support import model_server
from tests.support.console import Console, Turn
from tests.support.model_server import (
    Breaks,
    Calls,
    Disconnects,
    Fails,
    Hangs,
    ModelServer,
    Part,
    Proposes,
    Refuses,
    Reply,
    Says,
    Sends,
    fact,
    proposes,
)

OFFLINE = "The model did not help just now"
FOREIGN = "ich habe noch nie trainiert"
ASKED = "How old are you?"  # what an offline turn answers to that
HALF = "Half an answer "
SLOWEST_MS = 28_000  # 25 s for models, the rest is a busy machine's

# What the server may answer without being out of reach: a process goes on asking it.
ANSWERS: dict[str, Reply] = {
    "prose": Says("Of course! Here is what I think."),
    "wrong schema": Proposes({"intents": [], "facts": [], "reply": "Hello"}),
    "unknown names": proposes(facts=(fact("shoe_size", "42", "noch"),)),
    "empty": Says(""),
    "nothing but thoughts": Says("<think>{hm}</think>"),
    "broken JSON": Says('{"intents": [{"na'),
    "cut off by its length": Says('{"intents": [', "length"),
    "content filter": Says("", "content_filter"),
    "refusal": Refuses(),
    "broken tool call": Calls('{"intents": '),
    "a page of a proxy": Sends(b"<html>Please sign in</html>", "text/html"),
    "no JSON at all": Sends(b"\xff\xfe\x00"),
    "no choices": Sends(b'{"id": "1", "object": "chat.completion", "choices": []}'),
    "an error that claims success": Sends(b'{"error": {"message": "overloaded"}}'),
    "bad request": Fails(400),
    "unprocessable": Fails(422, message="my dog ate it"),
    "too long for it": Fails(400, message="This model's maximum context length is 10 tokens."),
    "filtered on the way in": Fails(400, message="content_filter"),
}
# What counts as being out of reach. Some let it rest, so each begins in a new process.
OUTAGES: dict[str, Reply] = {
    "429": Fails(429),
    "429 with a time": Fails(429, retry_after_seconds=60),
    "500": Fails(500),
    "503": Fails(503),
    "disconnected": Disconnects(),
    "disconnected in the middle": Disconnects(after_bytes=40),
    "hanging": Hangs(),
    "wrong key": Fails(401, message="Incorrect API key provided: sk-test."),
    "wrong model": Fails(404, message="The model does not exist."),
    "moved": Fails(307, headers=(("Location", "http://127.0.0.1:9/v1/chat/completions"),)),
}
STREAMS: dict[str, Reply] = {
    "truncated": Breaks("truncate", HALF),
    "disconnected": Breaks("disconnect", HALF),
    "malformed": Breaks("malform", HALF),
    "reported": Breaks("report", HALF),
    "cut off by its length": Says(HALF, "length"),
    "filtered": Says(HALF, "content_filter"),
    "without an end": Says(HALF, None),
    "refused": Refuses(HALF),
    "empty": Says(""),
    "busy": Fails(500),
}
LACKS: tuple[tuple[Part, ...], ...] = (
    ("temperature", "store", "max_completion_tokens", "stream_options"),
    ("json_schema",),
    ("json_schema", "json_object"),
    ("json_schema", "json_object", "tools"),
)


@dataclass(frozen=True)
class Told:
    """What became of one fault: the first turn of a day, the next one, how often was asked, and what is left undone."""

    first: Turn
    again: Turn
    asked: int
    undone: int


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with model_server.serving() as running:
        yield running


@pytest.fixture(scope="module")
def agreed(server: ModelServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of somebody who agreed to be helped by this server."""
    path = tmp_path_factory.mktemp("faults") / "keel.db"
    with talking(server, path) as console:
        console.say("hello")
        console.tap("onb:consent:yes")
        console.say("use the model")
        assert console.close() == 0
    return path


@pytest.fixture(scope="module")
def answered(server: ModelServer, agreed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """Every unusable answer, each on a day of its own, to one process."""
    path = copied(agreed, tmp_path_factory.mktemp("answers"))
    told = {}
    with talking(server, path) as console:
        for name, reply in ANSWERS.items():
            console.advance("P1D")
            told[name] = suffered(server, console, reply)
        assert OFFLINE not in console.say(FOREIGN).text, "the process goes on asking"
        assert console.close() == 0
    return told


@pytest.fixture(scope="module")
def capable(server: ModelServer, agreed: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Turn, Turn]]:
    """One process, whose server knows less and less: the turn in which that is found out, and the next."""
    turns = []
    with talking(server, copied(agreed, tmp_path_factory.mktemp("lacks"))) as console:
        for number, lacking in enumerate(LACKS):
            server.forget()
            server.lacks = frozenset((*LACKS[0], *lacking))
            turns.append((aged(server, console, 30 + 2 * number), aged(server, console, 31 + 2 * number)))
    return turns


def talking(server: ModelServer, path: Path) -> Console:
    return Console(path, env={"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-test"})


def suffered(server: ModelServer, console: Console, reply: Reply) -> Told:
    """The same words twice while the server answers nothing but this."""
    server.forget()
    server.outage = reply
    first = console.say(FOREIGN)
    server.outage = Disconnects() if isinstance(reply, Hangs) else reply  # waiting once is enough
    again = console.say(FOREIGN)
    asked = len(server.requests)
    server.forget()
    return Told(first, again, asked, Ledger(console.database).count("inbox", "state <> 'done'"))


def aged(server: ModelServer, console: Console, years: int) -> Turn:
    """A turn whose words only the model understands."""
    server.will(proposes(facts=(fact("age", str(years), str(years)),)))
    return console.say(f"ich bin jetzt {years}")


def check(told: Told) -> None:
    assert told.first.text.count(OFFLINE) == 1
    assert OFFLINE not in told.again.text
    for turn in (told.first, told.again):
        assert ASKED in turn.text, "what the rules answer"
        assert turn.end["llm_calls"] <= 2
        assert turn.end["ms"] < SLOWEST_MS
    assert told.undone == 0


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_cannot_be_used_ends_in_an_offline_turn(answered: dict[str, Told], name: str) -> None:
    check(answered[name])
    assert answered[name].asked >= 2, "each turn asked"


@pytest.mark.parametrize("name", OUTAGES)
def test_a_model_out_of_reach_ends_in_an_offline_turn(
    server: ModelServer, agreed: Path, tmp_path: Path, name: str
) -> None:
    path = copied(agreed, tmp_path)
    with talking(server, path) as console:
        told = suffered(server, console, OUTAGES[name])
        assert console.close() == 0
        assert "nie trainiert" not in console.errors
        assert "sk-test" not in console.errors
    check(told)
    assert told.asked >= 1
    assert Ledger(path).count("messages", "is_degraded = 1 AND direction = 'inbound'") == 2


@pytest.mark.parametrize("number", range(len(LACKS)))
def test_a_server_that_can_less_helps_all_the_same(capable: list[tuple[Turn, Turn]], number: int) -> None:
    for years, turn in enumerate(capable[number], start=30 + 2 * number):
        assert f"age: {years}" in turn.text.lower()
        assert turn.receipts == (("profile", "updated"),)
        assert turn.end["llm_calls"] <= 2
        assert OFFLINE not in turn.text


def test_a_moment_of_too_many_is_waited_for(server: ModelServer, agreed: Path, tmp_path: Path) -> None:
    server.forget()
    server.will(Fails(429, retry_after_seconds=1), Fails(503))
    with talking(server, copied(agreed, tmp_path)) as console:
        turn = aged(server, console, 40)
    assert turn.receipts == (("profile", "updated"),)
    assert OFFLINE not in turn.text
    assert server.arrivals[1] - server.arrivals[0] >= 1


def test_a_wrong_answer_that_is_mended_helps(server: ModelServer, agreed: Path, tmp_path: Path) -> None:
    server.forget()
    server.will(Says("Certainly."))
    with talking(server, copied(agreed, tmp_path)) as console:
        turn = aged(server, console, 41)
    assert turn.receipts == (("profile", "updated"),)
    assert turn.end["llm_calls"] == 2, "nothing is left for speaking"
    assert len(server.requests) == 2


def test_half_a_sentence_is_never_shown(server: ModelServer, agreed: Path, tmp_path: Path) -> None:
    with talking(server, copied(agreed, tmp_path)) as console:
        for years, (name, reply) in enumerate(STREAMS.items(), start=50):
            server.forget()
            server.will(proposes(facts=(fact("age", str(years), str(years)),)), *[reply] * 3)
            turn = console.say(f"ich bin jetzt {years}")
            assert turn.receipts == (("profile", "updated"),), name
            assert f"age: {years}" in turn.text.lower(), name
            assert HALF.strip() not in turn.text, name
            assert any(body.get("stream") for body in server.requests), name
        assert console.close() == 0
