"""What is kept in mind of a person, what is let go of, and what was sent to a model."""

from dataclasses import dataclass
from uuid import UUID

from agents.domain.remembering import Remembered
from agents.domain.sent import LastSent


@dataclass(frozen=True, slots=True, eq=False)
class FactRemembered:
    """The person said something to keep in mind."""

    fact: Remembered


@dataclass(frozen=True, slots=True, eq=False)
class FactForgotten:
    """One of these is erased: the person wants it so, or a newer one needs its place."""

    id: UUID


@dataclass(frozen=True, slots=True, eq=False)
class AllForgotten:
    """Everything kept in mind is erased, the summary of the conversation too."""


@dataclass(frozen=True, slots=True, eq=False)
class WordsSent:
    """This turn asked a model; what it sent takes the place of what an earlier turn sent."""

    last: LastSent
