"""Steps in a row behave as the same steps would behave as nodes of their own."""

from itertools import pairwise
from typing import Any

import pytest
from langgraph.graph import START, StateGraph
from langgraph.types import Command

from agents.ports import Ports
from agents.row import Step, in_a_row
from agents.state import Line, Part, State
from tests.support.mind import MemoryInMemory, newcomer, ports

FIRST, SECOND = (Part("logistics", lines=(Line(key),)) for key in ("hi", "bye"))


async def says_first(_state: State) -> State:
    return {"parts": [FIRST], "replan": ("sleep",)}


async def says_second(state: State, runtime: Any) -> State:
    assert isinstance(runtime.context, Ports)
    return {"parts": [SECOND], "vetted": list(state["parts"])}


async def goes_on(_state: State) -> Command[Any]:
    return Command(update={"replan": ()}, goto="second")


async def leaves(_state: State) -> Command[Any]:
    return Command(goto="elsewhere")


async def marks(_state: State) -> State:
    return {"is_failed": True}


async def run(graph: StateGraph[State, Ports], start: str) -> dict[str, Any]:
    graph.add_edge(START, start)
    return await graph.compile().ainvoke({"parts": []}, context=ports(MemoryInMemory(newcomer())))


async def in_one_node(**steps: Step) -> dict[str, Any]:
    graph: StateGraph[State, Ports] = StateGraph(State, context_schema=Ports)
    graph.add_node("row", in_a_row(**steps), destinations=("elsewhere",))
    graph.add_node("elsewhere", marks)
    return await run(graph, "row")


async def in_nodes_of_their_own(**steps: Step) -> dict[str, Any]:
    graph: StateGraph[State, Ports] = StateGraph(State, context_schema=Ports)
    names = list(steps)
    for name, step in steps.items():
        graph.add_node(name, step, destinations=(*names, "elsewhere"))  # type: ignore[call-overload]
    for before, after in pairwise(names):
        if steps[before] in (says_first, says_second):
            graph.add_edge(before, after)
    graph.add_node("elsewhere", marks)
    return await run(graph, names[0])


ROWS: list[dict[str, Step]] = [
    {"first": says_first, "second": says_second},
    {"second": says_second, "first": says_first},
    {"first": goes_on, "second": says_second},
    {"zero": says_first, "first": goes_on, "second": says_second},
    {"first": leaves, "second": says_second},
    {"zero": says_first, "first": leaves, "second": says_second},
]


@pytest.mark.parametrize("steps", ROWS, ids=lambda steps: "-".join(step.__name__ for step in steps.values()))
async def test_a_row_leaves_the_state_that_its_steps_would_leave_as_nodes(steps: dict[str, Step]) -> None:
    assert await in_one_node(**steps) == await in_nodes_of_their_own(**steps)


async def test_a_step_sees_what_the_steps_before_it_changed_and_what_they_add_is_added_once() -> None:
    final = await in_one_node(first=says_first, second=says_second)
    assert final["vetted"] == [FIRST]
    assert final["parts"] == [FIRST, SECOND]
    assert final["replan"] == ("sleep",)


async def test_a_step_that_goes_elsewhere_ends_the_row() -> None:
    final = await in_one_node(first=leaves, second=says_second)
    assert final["is_failed"] is True
    assert final["parts"] == []
