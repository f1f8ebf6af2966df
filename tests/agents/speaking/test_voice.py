"""What a voice sends and how it fails, over real sockets; its prompts as they go out."""

from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from agents.domain.saying import Saying
from agents.model.door import ModelDoor
from agents.model.endpoint import Endpoint
from agents.model.failure import ModelFailed
from agents.speaking.voice import AGENTS, MOST_BYTES, ModelVoice
from bot.model import voice_at
from prompts.templates import load
from tests.support import model_server
from tests.support.model_server import Breaks, Fails, ModelServer, Refuses, Says

GOLDEN = Path(__file__).parent / "speak.golden.txt"
SAYING = Saying(
    "meal_planner",
    "explain",
    "why so much ~~~ protein?",
    "Protein repairs muscle. About 25 g a meal is plenty.",
    "Source: a handbook",
    "They eat vegetarian.",
)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server.serving() as running:
        yield running


def voice_of(server: ModelServer) -> tuple[ModelDoor, ModelVoice]:
    door = ModelDoor(Endpoint(server.url, SecretStr("sk-test"), "small-model"))
    voice = voice_at(door)
    assert isinstance(voice, ModelVoice)
    return door, voice


async def said(server: ModelServer, saying: Saying = SAYING) -> str:
    door, voice = voice_of(server)
    try:
        async with aclosing(voice.speak(saying)) as pieces:  # type: ignore[type-var]  # an async generator
            return "".join([piece async for piece in pieces])
    finally:
        await door.close()


async def test_the_words_come_in_pieces_and_whole(server: ModelServer) -> None:
    server.will(Says("Protein repairs your muscles."))
    assert await said(server) == "Protein repairs your muscles."
    assert server.complaints == []
    (request,) = server.requests
    assert request["stream"]
    assert request["store"] is False


async def test_what_is_sent_is_what_was_reviewed(server: ModelServer) -> None:
    server.will(Says("Good."))
    await said(server)
    sent = "".join(f"# {m['role']}\n{m['content']}\n" for m in server.requests[0]["messages"])
    assert sent == GOLDEN.read_text(encoding="utf-8"), "look at it, then renew the file"


async def test_the_part_that_never_changes_comes_first(server: ModelServer) -> None:
    server.will(Says("Good."), Says("Good."))
    await said(server)
    await said(server, Saying("meal_planner", "reflect", "other", "other", "other", "other"))
    first, second = (request["messages"][0]["content"] for request in server.requests)
    assert first == second


@pytest.mark.parametrize("agent", AGENTS)
async def test_each_specialist_has_a_voice_of_its_own_and_its_secrets(server: ModelServer, agent: str) -> None:
    server.will(Says("Good."))
    await said(server, Saying(agent, "clarify", "hm", "", "", ""))  # type: ignore[arg-type]  # one of AGENTS
    system = server.requests[0]["messages"][0]["content"]
    assert load(f"speak_{agent}").fill()[0][1] in system
    assert voice_of(server)[1].secrets(agent) == (system,)  # type: ignore[arg-type]


async def test_the_longest_of_everything_still_fits_one_call(server: ModelServer) -> None:
    server.will(Says("Good."), Says("Gut."))
    long = "протеин " * 5000
    assert await said(server, Saying("logistics", "clarify", "x" * 9000, "y" * 9000, "z" * 9000, "a" * 9000)) == "Good."
    assert len(server.messages[1]) < 4 * MOST_BYTES + 500
    assert await said(server, Saying("logistics", "clarify", long, long, long, long)) == "Gut."


@pytest.mark.parametrize("reply", [Refuses(), Fails(400), Breaks("truncate"), Breaks("malform"), Says("")])
async def test_every_failure_is_one_kind(server: ModelServer, reply: model_server.Reply) -> None:
    server.outage = reply
    with pytest.raises(ModelFailed):
        await said(server)


async def test_neither_the_name_nor_a_contact_leaves_the_machine(server: ModelServer) -> None:
    server.will(Says("Good."))
    told = replace(
        SAYING,
        names=("Quenby",),
        message="I'm quenby, my wife Xanthia says call +49 171 2345678",
        follows="Saved: name: Quenby.",
    )
    await said(server, told)
    for secret in ("uenby", "Xanthia", "2345678"):
        assert secret not in server.sent
