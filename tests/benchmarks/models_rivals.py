"""Two agents as they are commonly built from the same libraries: one ReAct agent with tools, one supervisor over four.

Both keep the conversation in SQLite (AsyncSqliteSaver) and send it again with every call, as they come. Their tools
only take a note: they check nothing, plan nothing and write no row of their own. Their instructions are short. They do
not stream, which costs less than streaming. All of that flatters them.
"""

from pathlib import Path
from typing import Annotated, Any

from langchain.agents import create_agent
from langchain.tools import InjectedState, InjectedToolCallId, tool
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_openai import ChatOpenAI
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.types import Command

COACH = (
    "You are a wellness coach for meals, training, sleep and reminders. Be warm and brief, never diagnose, never "
    "suggest what the person is allergic to. Use your tools for everything that is to be kept or looked up."
)
SPECIALISTS = {
    "meals": ("food, cooking and nutrition", ("log_food", "look_up")),
    "training": ("training and exercises", ("log_training",)),
    "planner": ("the day's plan and reminders", ("show_day", "set_reminder")),
    "profile": ("body, health and facts about the person", ("log_weight", "add_allergy", "save_fact")),
}


def tools_of(noted: list[str]) -> dict[str, BaseTool]:
    """The tools by name; what they were called for goes into `noted`."""

    @tool
    def log_food(what: str) -> str:
        """Log what the person ate or drank."""
        return _note(noted, what)

    @tool
    def log_training(what: str) -> str:
        """Log a set, a run or another sport."""
        return _note(noted, what)

    @tool
    def log_weight(kg: str) -> str:
        """Log the body weight in kilograms."""
        return _note(noted, kg)

    @tool
    def show_day(day: str) -> str:
        """The plan of a day: meals, training, open tasks."""
        noted.append(day)
        return (
            "07:30 oats with berries; 12:30 lentil soup; 18:00 full body, 30 min; 19:30 tofu with rice. 2 things open."
        )

    @tool
    def look_up(question: str) -> str:
        """What the handbook says about a question."""
        noted.append(question)
        return "Protein repairs muscle and keeps you full while you eat less. About 25 g a meal is plenty."

    @tool
    def add_allergy(what: str) -> str:
        """Add an allergy to the profile; plans leave it out from now on."""
        return _note(noted, what)

    @tool
    def set_reminder(what: str) -> str:
        """Set a reminder, in the person's words."""
        return _note(noted, what)

    @tool
    def save_fact(value: str) -> str:
        """Save a fact about the person, such as age, height or habits."""
        return _note(noted, value)

    every = (log_food, log_training, log_weight, show_day, look_up, add_allergy, set_reminder, save_fact)
    return {one.name: one for one in every}


def _note(noted: list[str], what: str) -> str:
    noted.append(what)
    return f"Saved: {what}."


class Agent:
    """A rival. `say` answers one message and tells whether the job was done."""

    def __init__(self, name: str, address: str) -> None:
        self._build = {"react": react, "supervisor": supervised}[name]
        self._model = ChatOpenAI(model="m", base_url=address, api_key="k", max_retries=0, use_responses_api=False)  # type: ignore[arg-type]
        self._noted: list[str] = []
        self.first_preview: float | None = None  # they show none

    async def open(self, folder: Path) -> None:
        """An empty file and a compiled agent."""
        self._opened = AsyncSqliteSaver.from_conn_string(str(folder / "agent.sqlite3"))
        saver = await self._opened.__aenter__()
        await saver.setup()
        self._agent = self._build(self._model, tools_of(self._noted), saver)

    async def prepare(self, number: int) -> None:
        """Nothing happens between two messages."""

    async def say(self, words: str) -> bool:
        """One message, answered and kept."""
        before = len(self._noted)
        config: Any = {"configurable": {"thread_id": "one"}}
        final = await self._agent.ainvoke({"messages": [HumanMessage(words)]}, config)
        is_talk = len(self._noted) == before
        return bool(final["messages"][-1].content) and (not is_talk or "tired" in words)

    async def close(self) -> None:
        """Close the file."""
        await self._opened.__aexit__(None, None, None)


def react(model: ChatOpenAI, tools: dict[str, BaseTool], saver: AsyncSqliteSaver) -> Runnable[Any, Any]:
    """One agent with all tools."""
    return create_agent(model, list(tools.values()), system_prompt=COACH, checkpointer=saver)


def supervised(model: ChatOpenAI, tools: dict[str, BaseTool], saver: AsyncSqliteSaver) -> Runnable[Any, Any]:
    """A supervisor that hands over to one of four agents and speaks last.

    As the pattern goes, everybody reads the whole conversation, and of a specialist's work the last message is kept.
    """
    team = "; ".join(f"{name} for {what}" for name, (what, _) in SPECIALISTS.items())
    instructions = f"{COACH} You lead a team: {team}. Hand each message to the right one, then answer the person."
    graph = StateGraph(MessagesState)
    graph.add_node(
        "supervisor", create_agent(model, [_handing_to(name) for name in SPECIALISTS], system_prompt=instructions)
    )
    for name, (what, names) in SPECIALISTS.items():
        own = create_agent(model, [tools[each] for each in names], system_prompt=f"{COACH} Your part is {what}.")
        graph.add_node(name, _only_last_message(own))
        graph.add_edge(name, "supervisor")
    graph.add_edge(START, "supervisor")
    return graph.compile(checkpointer=saver)


def _only_last_message(agent: Runnable[Any, Any]) -> Any:
    async def work(state: MessagesState) -> dict[str, Any]:
        return {"messages": (await agent.ainvoke(state))["messages"][-1:]}

    return work


def _handing_to(name: str) -> BaseTool:
    @tool(f"transfer_to_{name}", description=f"Hand over to the specialist for {SPECIALISTS[name][0]}.")
    def hand_over(state: Annotated[Any, InjectedState], call_id: Annotated[str, InjectedToolCallId]) -> Command[str]:
        told = ToolMessage(f"Handed over to {name}.", tool_call_id=call_id)
        return Command(goto=name, graph=Command.PARENT, update={"messages": [*state["messages"], told]})

    return hand_over
