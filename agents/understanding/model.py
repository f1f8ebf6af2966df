"""Understanding by a model: one question, one JSON answer, read by the rules' own parsers.

Sent are the message without the names, contacts and dates of birth in it, the open question's code, its button labels
and the local date; never an id or the profile. What is quoted from a part that was taken out is not found again.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, Protocol

from pydantic import ValidationError

from agents.domain.pseudonyms import scrubbed
from agents.model import size
from agents.model.asking import Ask, Door
from agents.model.failure import ModelFailed
from agents.schemas import Moment, Understanding
from agents.understanding import clauses
from agents.understanding.proposals import SCHEMA, Proposal, read

MOST_TOKENS_OUT: Final = 800
_SHAPE: Final[Mapping[str, Any]] = SCHEMA["schema"]
_TILDES: Final = re.compile(r"~+")


class Prompt(Protocol):
    """Instructions with holes; what is data is fenced by the prompt itself."""

    @property
    def id(self) -> str:
        """What is kept with everything the prompt led to."""
        ...

    @property
    def sha256(self) -> str:
        """The text's digest in 64 hex digits."""
        ...

    def fill(self, **values: str) -> tuple[tuple[str, str], ...]:
        """(role, text) of each message. Raises for a missing or an unknown name."""
        ...


class ChatModel:
    """The port `CoachModel` by a model. Raises ModelFailed."""

    def __init__(self, door: Door, prompt: Prompt) -> None:
        self._door, self._prompt = door, prompt

    async def understand(self, text: str, moment: Moment) -> Understanding:
        """Typed intents and facts, each resting on words of the text. Raises ModelFailed."""
        names = (moment.profile.name,) if moment.profile.name else ()
        messages = self._messages(scrubbed(clauses.clean(text), names, source="order"), moment)
        ask = Ask("understand", self._prompt.id, self._prompt.sha256, messages, MOST_TOKENS_OUT)
        return read(_proposal(await self._door.as_json(ask, _SHAPE)), text, moment)

    async def close(self) -> None:
        """Let go of the door's connections; the next question opens new ones."""
        await self._door.close()

    def _messages(self, said: str, moment: Moment) -> tuple[tuple[str, str], ...]:
        values = {
            "today": f"{moment.now:%A} {moment.now.date().isoformat()}",
            "question": moment.expecting or "none",
            "buttons": "\n".join(label for label, _data in moment.options) or "none",
        }
        room = size.room(self._prompt.fill(message="", **values), _SHAPE) - _fence(said)
        if room <= 0:
            raise ModelFailed("too_long")
        # A quote from what is cut off would not be found, so nothing can go wrong by it.
        return self._prompt.fill(message=size.cut(said, room), **values)


def _fence(said: str) -> int:
    """The tokens by which the fence around a text may grow, since it is longer than any run of tildes in it."""
    return 1 + 2 * max((size.tokens(run) + 1 for run in _TILDES.findall(said)), default=0)


def _proposal(answer: Mapping[str, Any]) -> Proposal:
    try:
        return Proposal.model_validate(answer)
    except ValidationError:
        raise ModelFailed("invalid") from None
