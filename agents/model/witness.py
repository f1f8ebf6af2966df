"""Notes what goes through the door, word for word, so that the person can be shown it (/privacy)."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing, contextmanager
from typing import Any, Final, cast

from agents import trail
from agents.domain.sent import Sent
from agents.model import allowance
from agents.model.asking import Ask, Door
from agents.model.failure import FailureKind, ModelFailed

_NOTHING_SENT: Final[frozenset[FailureKind]] = frozenset(("too_long", "over_budget", "resting"))


class Witness:
    """A `Door` in front of another. A question counts as sent unless its failure says that it never left."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def as_json(self, ask: Ask, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """As the door behind."""
        with _noting(_sent(ask)):
            return await self._door.as_json(ask, schema)

    async def as_words(self, ask: Ask) -> AsyncIterator[str]:
        """As the door behind; it is closed when this is."""
        with _noting(_sent(ask)):
            async with aclosing(cast("AsyncGenerator[str, None]", self._door.as_words(ask))) as pieces:
                async for piece in pieces:
                    yield piece

    async def as_heard(self, recording: bytes, mime_type: str) -> str:
        """As the door behind."""
        with _noting(Sent("listen", (), (f"a recording ({mime_type}, {len(recording)} bytes)",))):
            return await self._door.as_heard(recording, mime_type)

    async def close(self) -> None:
        """Close the door behind."""
        await self._door.close()


@contextmanager
def _noting(sent: Sent) -> Iterator[None]:
    """Notes the question when the block ends, however it ends."""
    has_left = True
    try:
        yield
    except ModelFailed as failed:
        has_left = failed.kind not in _NOTHING_SENT
        trail.note_failure(failed.kind)
        raise
    finally:
        if has_left:
            allowance.note_sent(sent)


def _sent(ask: Ask) -> Sent:
    pictures = tuple(f"a picture ({one.mime_type}, {len(one.content)} bytes)" for one in ask.pictures)
    return Sent(ask.purpose, ask.messages, pictures)
