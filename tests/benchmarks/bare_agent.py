"""The baseline: `create_agent` as it comes, AsyncSqliteSaver as its memory, a scripted model that answers at once.

It understands nothing, checks nothing, plans nothing and writes no row of its own: it keeps the conversation. A thread
per person. Its file grows with the square of the turns, because every checkpoint holds the whole conversation again; so
that a long run fits a disk, a person begins a new thread in a new file when the file has grown past `MOST_BYTES`. That
flatters the baseline.
"""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from langchain.agents import create_agent
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.outputs import ChatResult
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from tests.benchmarks.contender import file_bytes

MOST_BYTES = 400_000_000
ANSWERS = (
    "You have a workout at 18:00, three meals and two tasks today.",
    "Noted: 300 ml of water, 1.2 litres so far today.",
    "Well done. One more set, then rest for two minutes.",
)


class ScriptedModel(GenericFakeChatModel):
    """Answers from a list, without the hop to another thread that the plain fake takes when it is awaited."""

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return self._generate(messages, stop, None, **kwargs)


class BareAgent:
    """A chat agent without tools. A turn of it that fails ends the benchmark."""

    failed = 0

    async def open(self, folder: Path, people: int) -> None:
        """An empty file and a compiled agent."""
        self._folder, self._files, self._full_bytes = folder, 0, 0
        answers: Iterator[AIMessage | str] = cycle(ANSWERS)
        self._model = ScriptedModel(messages=answers)
        await self._begin()
        del people

    async def prepare(self, person: int, number: int) -> None:
        """Begin a new file when this one is full."""
        if file_bytes(self._file) > MOST_BYTES:
            await self.close()
            self._full_bytes += file_bytes(self._file)
            self._file.unlink()
            await self._begin()

    async def turn(self, person: int, number: int, line: str) -> None:
        """One message, answered and checkpointed."""
        config: Any = {"configurable": {"thread_id": f"person-{person}"}}
        await self._agent.ainvoke({"messages": [HumanMessage(line)]}, config)

    def size_bytes(self) -> int:
        """All files so far."""
        return self._full_bytes + file_bytes(self._file)

    async def close(self) -> None:
        """Close the file."""
        await self._opened.__aexit__(None, None, None)

    async def _begin(self) -> None:
        self._files += 1
        self._file = self._folder / f"agent-{self._files}.sqlite3"
        self._opened = AsyncSqliteSaver.from_conn_string(str(self._file))
        saver = await self._opened.__aenter__()
        await saver.setup()
        self._agent = create_agent(self._model, tools=[], system_prompt="You are a wellness coach.", checkpointer=saver)
