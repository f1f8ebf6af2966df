"""The port `Voice` by a model: one streamed answer of a few words, with the prompt of the specialist who speaks.

Sent are the instructions (the part that never changes first, so that a server can keep it), what may be known of the
person, the engines' sentences and the message, without names and contacts; each of these is fenced. Nothing here judges
the words: the node that asked does, before anybody sees them.
"""

import hashlib
from collections.abc import AsyncIterator, Mapping
from typing import Final, Protocol, get_args

from agents.domain.pseudonyms import scrubbed
from agents.domain.saying import Saying
from agents.domain.turn import Agent
from agents.domain.wording.guard import MOST_WORDS
from agents.model.asking import Ask, Door

AGENTS: Final[tuple[Agent, ...]] = get_args(Agent)
MOST_TOKENS_OUT: Final = 160  # about twice the words that are asked for
ASKED_WORDS: Final = MOST_WORDS * 3 // 4  # models count badly: asked for fewer than what is let through
MOST_BYTES: Final = 1700  # of each fenced text: four of them stay inside the tokens of one call


class Prompt(Protocol):
    """Instructions with holes; what is data is fenced by the prompt itself."""

    @property
    def sha256(self) -> str:
        """The hash of the prompt's file, 64 hex digits."""
        ...

    def fill(self, **values: str) -> tuple[tuple[str, str], ...]:
        """(role, text) of each message. Raises for a missing or an unknown name."""
        ...


class ModelVoice:
    """Speaks through the door with a common prompt and one for each specialist."""

    def __init__(self, door: Door, common: Prompt, specialists: Mapping[Agent, Prompt]) -> None:
        self._door, self._common = door, common
        self._specialists = {agent: _only_text(prompt) for agent, prompt in specialists.items()}
        self._hashes = {agent: _joined_hash(common, prompt) for agent, prompt in specialists.items()}

    def speak(self, saying: Saying) -> AsyncIterator[str]:
        """The words in pieces. Raises ModelFailed."""
        return self._door.as_words(self._ask(saying))

    def secrets(self, agent: Agent) -> tuple[str, ...]:
        """The instructions this specialist works under."""
        empty = Saying(agent, "clarify", "", "", "", "")
        system, *_ = self._ask(empty).messages
        return (system[1],)

    def _ask(self, saying: Saying) -> Ask:
        messages = self._common.fill(
            most_words=str(ASKED_WORDS),
            specialist=self._specialists[saying.agent],
            move=saying.move,
            about=_cut(saying.about),
            facts=_cut(scrubbed(saying.facts, saying.names, source="ours")),
            follows=_cut(scrubbed(saying.follows, saying.names, source="ours")),
            message=_cut(scrubbed(saying.message, saying.names)),
        )
        return Ask("speak", f"speak_{saying.agent}", self._hashes[saying.agent], messages, MOST_TOKENS_OUT)


def _only_text(prompt: Prompt) -> str:
    return "\n".join(text for _role, text in prompt.fill())


def _joined_hash(*prompts: Prompt) -> str:
    return hashlib.sha256("".join(prompt.sha256 for prompt in prompts).encode()).hexdigest()


def _cut(text: str) -> str:
    return text.strip().encode()[:MOST_BYTES].decode(errors="ignore") or "nothing"
