"""The whole conversation on one page.

    recall ▸ listen ▸ screen ─▶ router ─┬▶ intake_safety ──┐
                        │       ▲       ├▶ meal_planner ───┤
                        │       │       │                  │
                        │       │       ├▶ exercise_coach ─┼▶ gather ▸ vet ▸ phrase ─┬─────────▶ keep_up ▸ commit
                        │       │       └▶ logistics ──────┘    │       ▲            ├▶ settle ─▶┘
                        │       │                ▲              │       │            └▶ speak ──▶┘
                        │       │                └─ the planners, after a lock or a change of the profile
                        └───────┴─ emergency, crisis ───────────────────┘

Each arrow is one superstep, so everybody who was asked has answered when `gather` runs, and what follows runs once.
Steps joined by ▸ follow one another in any case: they are one node, named after the step others go to, because a
superstep costs more than most of them.

`recall` reads once, `listen` turns a voice note into words before they are screened, `speak` asks a model for words
where one is allowed, `settle` lets a tapped message say what became of it, `keep_up` does so for today's card, `commit`
writes once. The graph is one turn long and the tables are its memory, so there is no checkpointer.
`builder()` is exported for inspection; `conversation()` is what a turn runs.
"""

from typing import Any

from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from agents.nodes import (
    intake,
    listening,
    live_card,
    logistics,
    meals,
    memory,
    phrase,
    router,
    safety,
    settling,
    speak,
    workouts,
)
from agents.ports import Ports
from agents.row import in_a_row
from agents.state import State

SPECIALISTS = ("intake_safety", "meal_planner", "exercise_coach", "logistics")
RECURSION_LIMIT = 20  # supersteps; the longest honest path takes eight (libraries.md L-34)


def builder() -> StateGraph[State, Ports]:
    """The uncompiled graph: nodes state in their types where control can go next."""
    graph: StateGraph[State, Ports] = StateGraph(State, context_schema=Ports)
    graph.add_node(
        "recall",
        in_a_row(recall=memory.recall, listen=_listen, screen=safety.screen),
        destinations=("router", "vet"),
    )
    graph.add_node("router", in_a_row(router=router.route), destinations=SPECIALISTS)
    graph.add_node("intake_safety", in_a_row(intake_safety=intake.intake_safety), destinations=())
    graph.add_node("meal_planner", in_a_row(meal_planner=meals.meal_planner), destinations=())
    graph.add_node("exercise_coach", in_a_row(exercise_coach=workouts.exercise_coach), destinations=())
    graph.add_node("logistics", in_a_row(logistics=logistics.logistics), destinations=())
    graph.add_node(
        "vet",
        in_a_row(gather=router.gather, vet=safety.vet, phrase=phrase.phrase),
        destinations=("meal_planner", "exercise_coach", "logistics", "speak", "settle", "keep_up"),
    )
    graph.add_node("speak", in_a_row(speak=speak.speak), destinations=())
    graph.add_node("settle", in_a_row(settle=settling.settle), destinations=())
    graph.add_node("keep_up", in_a_row(keep_up=live_card.keep_up, commit=memory.commit), destinations=())
    graph.add_edge(START, "recall")
    for specialist in SPECIALISTS:
        graph.add_edge(specialist, "vet")
    graph.add_edge("speak", "keep_up")
    graph.add_edge("settle", "keep_up")
    return graph


async def _listen(state: State, runtime: Runtime[Ports]) -> State:
    """Only what was spoken has to be listened to."""
    return await listening.listen(state, runtime) if listening.way(state) == "listen" else State()


def conversation() -> CompiledStateGraph[State, Ports, Any, Any]:
    """The compiled graph; `screen`, `router`, `gather` and `phrase` choose themselves what follows them."""
    return builder().compile()
