"""What travels through the graph in one turn: frozen values of ours, never library objects."""

import operator
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, TypedDict

from agents.domain.blocks import Style
from agents.domain.changes import Change
from agents.domain.context import Context
from agents.domain.safety import Triage
from agents.domain.saying import Saying
from agents.domain.turn import Block, Button, Draft, Inbound, Kind, Message
from agents.domain.wording import Basis
from agents.schemas import Agent, Intent, Understanding

Scalar = str | int | float


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence by its catalogue key. A key that starts with "done-" claims something, so it names its proof."""

    key: str
    args: Mapping[str, Scalar] = field(default_factory=dict)
    claims: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a claim without proof (promise P1)."""
        if self.key.startswith("done-") and not self.claims:
            raise ValueError(f"{self.key} claims a change but names none")


@dataclass(frozen=True, slots=True)
class Choice:
    """A button whose label is a catalogue key."""

    key: str
    data: str
    args: Mapping[str, Scalar] = field(default_factory=dict)
    style: Style = ""  # one primary a message; danger is for deleting only


@dataclass(frozen=True, slots=True)
class Part:
    """What one specialist brings to the turn: changes to write, lines to say, choices to offer."""

    agent: Agent
    changes: tuple[Change, ...] = ()
    lines: tuple[Line, ...] = ()
    choices: tuple[tuple[Choice, ...], ...] = ()
    cards: tuple[Block, ...] = ()
    kind: Kind = "reply"
    level: str = "none"
    rules: tuple[str, ...] = ()
    fixed_text: str | None = None  # human-written safety text; replaces lines
    buttons: tuple[tuple[Button, ...], ...] = ()  # already worded, for fixed texts
    order: int = 50  # lower is said earlier


@dataclass(frozen=True, slots=True)
class Spoken:
    """The draft that a voice is asked for, what it is told, and what its words may rest on."""

    at: int  # the place of the draft
    saying: Saying
    basis: Basis
    above: str = ""  # what stays above the words: how a voice note was heard
    spares_weight: bool = False  # science.md E1, E8, S-120: not a word about weight to this person


class State(TypedDict, total=False):
    """The graph's state. `parts` is appended to by every specialist that ran."""

    inbound: Inbound
    context: Context | None
    triage: Triage
    understanding: Understanding
    orders: tuple[Intent, ...]  # the intents handed to one specialist by Send
    replan: tuple[str, ...]  # plans to make anew before the vet: nutrition, exercise, sleep, reminders
    parts: Annotated[list[Part], operator.add]
    vetted: list[Part]
    drafts: tuple[Draft, ...]
    spoken: Spoken | None
    messages: tuple[Message, ...]
    is_failed: bool  # the turn could not be written: the person was told so and sends it again
