"""Steps in a row: what always follows one another is one node of the graph, and pays for one superstep.

A step is written as any node is: it takes the state, and the runtime where it asks for it, and returns what changed
or a `Command`. Whether it stands in a row or alone makes no difference to it.
"""

from collections.abc import Awaitable, Callable
from inspect import signature
from typing import Annotated, Any, Final, Protocol, cast, get_origin, get_type_hints

from langgraph.runtime import Runtime
from langgraph.types import Command

from agents import trail
from agents.ports import Ports
from agents.state import State

Step = Callable[..., Awaitable[Any]]  # of (State) or (State, Runtime[Ports]); returns State or Command
_HINTS: Final = get_type_hints(State, include_extras=True)
_REDUCERS: Final = {key: hint.__metadata__[0] for key, hint in _HINTS.items() if get_origin(hint) is Annotated}


class Node(Protocol):
    """What the graph runs."""

    def __call__(self, state: State, runtime: Runtime[Ports]) -> Awaitable[Command[Any]]:
        """One superstep."""
        ...


def in_a_row(**steps: Step) -> Node:
    """One node of these steps, by name and in order.

    A step that goes to the next one by name goes on; a step that goes anywhere else ends the row.
    """
    names = tuple(steps)
    takes_runtime = {name: len(signature(step).parameters) > 1 for name, step in steps.items()}

    async def row(state: State, runtime: Runtime[Ports]) -> Command[Any]:
        known, changed = state, State()
        for name, following in zip(names, (*names[1:], None), strict=True):
            with trail.step(name):
                said = await (steps[name](known, runtime) if takes_runtime[name] else steps[name](known))
            update, goto = _parted(said)
            known, changed = _joined(known, update), _joined(changed, update)
            if goto and goto != following:
                return Command(update=changed, goto=goto)
        return Command(update=changed)

    return row


def _joined(state: State, update: State) -> State:
    """As the graph joins them: appended where the state says so, replaced elsewhere."""
    joined: dict[str, Any] = {**state}
    for key, value in update.items():
        reduce = _REDUCERS.get(key)
        joined[key] = value if reduce is None or key not in joined else reduce(joined[key], value)
    return cast("State", joined)


def _parted(said: Any) -> tuple[State, Any]:  # noqa: ANN401 - what a node may return
    """What changed, and where to go if the step says so: a name or Sends."""
    if isinstance(said, Command):
        return cast("State", said.update or {}), said.goto
    return said, ()
