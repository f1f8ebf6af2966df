"""The whole conversation on one page.

    recall ─▶ screen ─▶ router ─┬▶ intake_safety ──┐
       │        ▲               ├▶ meal_planner ───┤
       └▶ listen┤               │                  │
                │               ├▶ exercise_coach ─┼▶ gather ─▶ vet ─▶ phrase ─┬─────────▶ keep_up ─▶ commit
                │               └▶ logistics ──────┘    │        ▲             ├▶ settle ─▶┘
                │                        ▲              │        │             └▶ speak ──▶┘
                │                        └─ the planners, after a lock or a change of the profile
                └── emergency, crisis ───────────────────────────┘

Each arrow is one superstep, so everybody who was asked has answered when `gather` runs, and what follows runs once.

`recall` reads once, `listen` turns a voice note into words before they are screened, `speak` asks a model for words
where one is allowed, `settle` lets a tapped message say what became of it, `keep_up` does so for today's card, `commit`
writes once. The graph is one turn long and the tables are its memory, so there is no checkpointer.
`builder()` is exported for inspection; `conversation()` is what a turn runs.
"""

from typing import Any

from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

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
from agents.state import State

RECURSION_LIMIT = 20  # supersteps; the longest honest path takes fourteen (libraries.md L-34)


def builder() -> StateGraph[State, Ports]:
    """The uncompiled graph: nodes state in their types where control can go next."""
    graph: StateGraph[State, Ports] = StateGraph(State, context_schema=Ports)
    graph.add_node("recall", memory.recall)
    graph.add_node("listen", listening.listen)
    graph.add_node("screen", safety.screen)
    graph.add_node("router", router.route)
    graph.add_node("intake_safety", intake.intake_safety)
    graph.add_node("meal_planner", meals.meal_planner)
    graph.add_node("exercise_coach", workouts.exercise_coach)
    graph.add_node("logistics", logistics.logistics)
    graph.add_node("gather", router.gather)
    graph.add_node("vet", safety.vet)
    graph.add_node("phrase", phrase.phrase)
    graph.add_node("speak", speak.speak)
    graph.add_node("settle", settling.settle)
    graph.add_node("keep_up", live_card.keep_up)
    graph.add_node("commit", memory.commit)
    graph.add_edge(START, "recall")
    graph.add_conditional_edges("recall", listening.way, ["listen", "screen"])
    graph.add_edge("listen", "screen")
    for specialist in ("intake_safety", "meal_planner", "exercise_coach", "logistics"):
        graph.add_edge(specialist, "gather")
    graph.add_edge("vet", "phrase")
    graph.add_edge("speak", "keep_up")
    graph.add_edge("settle", "keep_up")
    graph.add_edge("keep_up", "commit")
    return graph


def conversation() -> CompiledStateGraph[State, Ports, Any, Any]:
    """The compiled graph; `screen`, `router`, `gather` and `phrase` choose their next node themselves."""
    return builder().compile()
