"""The instructions for understanding as they go out over a socket, beside the file that was reviewed."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from agents.domain.profile import Profile
from agents.model.door import ModelDoor
from agents.model.endpoint import Endpoint
from agents.schemas import Moment
from agents.understanding.model import ChatModel
from prompts.templates import load
from tests.support import model_server
from tests.support.model_server import Proposes

GOLDEN = Path(__file__).parent / "understand.golden.txt"
MOMENT = Moment(
    now=datetime(2026, 11, 23, 7, tzinfo=UTC),
    expecting="fitness_level",
    options=(("New to it ~~~", "onb:fitness_level:0"), ("Some", "onb:fitness_level:1")),
    profile=Profile(name="Quenby"),
)
SAID = "Quenby hier, ~~~ ich habe noch nie trainiert, +49 171 2345678"


async def sent(text: str, *moments: Moment) -> list[str]:
    """What goes out for this text at each of these moments."""
    with model_server.serving() as server:
        model = ChatModel(ModelDoor(Endpoint(server.url, SecretStr("sk-test"), "small-model")), load("understand"))
        for moment in moments:
            server.will(Proposes())
            await model.understand(text, moment)
        await model.close()
        return ["".join(f"# {m['role']}\n{m['content']}\n" for m in body["messages"]) for body in server.requests]


async def test_what_is_sent_is_what_was_reviewed() -> None:
    [rendered] = await sent(SAID, MOMENT)
    assert rendered == GOLDEN.read_text(encoding="utf-8"), "look at it, then renew the file"


async def test_the_part_that_never_changes_comes_first() -> None:
    other = replace(MOMENT, now=datetime(2027, 1, 1, tzinfo=UTC), expecting=None, options=(), profile=Profile())
    first, second = await sent("bin 182 gross", MOMENT, other)
    assert first != second
    assert first.partition("# user\n")[0] == second.partition("# user\n")[0]
