"""What a voice is told: what was decided, by whom it is said, and how."""

from dataclasses import dataclass

from agents.domain.moves import Move
from agents.domain.turn import Agent


@dataclass(frozen=True, slots=True)
class Saying:
    """What a voice is to put into words: everything it may use is here, as text of ours or as quoted data."""

    agent: Agent
    move: Move
    message: str  # what the person wrote
    facts: str  # what the engines have to say, in their own sentences
    follows: str  # what is printed below the words
    about: str  # what may be known of the person
    names: tuple[str, ...] = ()  # of the person: they never leave the machine
