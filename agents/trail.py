"""The trail of a turn: which steps it took, what it asked of models, how it ended; fixed names and numbers only.

Whoever measures reads it when the turn is over. It never holds a word, a name or an id of anybody. As `allowance` it
travels in a context variable, because the steps of a turn run in tasks of their own.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final, Literal

PHASES: Final = {  # the steps of the graph, and what they are shown as
    "recall": "recall", "listen": "listen", "screen": "screen", "router": "understand", "intake_safety": "plan",
    "meal_planner": "plan", "exercise_coach": "plan", "logistics": "plan", "gather": "vet", "vet": "vet",
    "phrase": "phrase", "speak": "speak", "settle": "settle", "keep_up": "settle", "commit": "commit",
}  # fmt: skip
Outcome = Literal["done", "failed", "broken"]  # written; told that it was not; an error of ours


@dataclass(frozen=True, slots=True)
class Step:
    """A step by its name in the graph, and when it ran on the clock of `perf_counter`."""

    name: str
    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class Asked:
    """One call to a model. `outcome` is "ok", "cancelled" or a kind of failure."""

    kind: str
    purpose: str
    began: float
    ended: float
    tokens_in: int
    tokens_out: int
    outcome: str


@dataclass(slots=True)
class Trail:
    """What one turn left behind."""

    began: float = field(default_factory=perf_counter)
    ended: float = 0.0
    steps: list[Step] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)  # of questions to a model, sent or not
    refused: list[str] = field(default_factory=list)  # what the guard had against a model's words
    outcome: Outcome = "done"
    level: str = "none"  # of safety
    consents: list[tuple[str, bool]] = field(default_factory=list)  # purpose, given or taken back
    has_profile_update: bool = False


_CURRENT: Final[ContextVar[Trail | None]] = ContextVar("trail", default=None)


@contextmanager
def followed() -> Iterator[Trail]:
    """Notes what happens inside the block, tasks started in it included."""
    trail = Trail()
    token = _CURRENT.set(trail)
    try:
        yield trail
    finally:
        _CURRENT.reset(token)
        trail.ended = perf_counter()


class step:  # noqa: N801 - used as a block, like the functions of contextlib, at a fraction of their cost
    """A block that is one step of the turn."""

    __slots__ = ("_began", "_name")

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        self._began = perf_counter()

    def __exit__(self, *_error: object) -> None:
        if (trail := _CURRENT.get()) is not None:
            trail.steps.append(Step(self._name, self._began, perf_counter()))


def note_asked(asked: Asked) -> None:
    """A call to a model is over."""
    if (trail := _CURRENT.get()) is not None:
        trail.asked.append(asked)


def note_failure(kind: str) -> None:
    """A question to a model got no answer that can be used."""
    if (trail := _CURRENT.get()) is not None:
        trail.failures.append(kind)


def note_refused(reasons: Iterable[str]) -> None:
    """A model's words were not fit to be said."""
    if (trail := _CURRENT.get()) is not None:
        trail.refused.extend(reasons)
