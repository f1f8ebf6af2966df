"""A contender in a process of its own: an order a line comes in, what was measured goes out.

Started as `python -m tests.benchmarks.worker keel|agent FOLDER PEOPLE`. Apart, neither contender pays for the other's
modules, memory or garbage collection.
"""

import asyncio
import json
import logging
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks import script
from tests.benchmarks.contender import Contender


def _contender(name: str) -> Contender:
    if name == "keel":
        from tests.benchmarks.keel import Keel

        return Keel()
    from tests.benchmarks.bare_agent import BareAgent

    return BareAgent()


async def one_after_the_other(contender: Contender, first: int, turns: int) -> dict[str, Any]:
    """Person 0 says so many lines. Times in ms, of the clock and of the processor."""
    clock_ms, cpu_ms = [], []
    for number, line in enumerate(script.lines(first, turns), start=first):
        await contender.prepare(0, number)
        started, started_cpu = time.perf_counter(), time.process_time()
        await contender.turn(0, number, line)
        cpu_ms.append((time.process_time() - started_cpu) * 1000)
        clock_ms.append((time.perf_counter() - started) * 1000)
    return {"ms": clock_ms, "cpu_ms": cpu_ms, "seconds": sum(clock_ms) / 1000, "bytes": contender.size_bytes()}


async def all_at_once(contender: Contender, first: int, turns: int, people: int) -> dict[str, Any]:
    """Everybody writes at the same time: a round is one line of each, and the next begins when all are answered."""
    clock_ms: list[float] = []
    seconds = 0.0

    async def say(person: int, number: int, line: str) -> None:
        started = time.perf_counter()
        await contender.turn(person, number, line)
        clock_ms.append((time.perf_counter() - started) * 1000)

    for number in range(first, first + turns):
        said = [next(script.lines(number, 1, person)) for person in range(people)]
        for person in range(people):
            await contender.prepare(person, number)
        started = time.perf_counter()
        await asyncio.gather(*(say(person, number, line) for person, line in enumerate(said)))
        seconds += time.perf_counter() - started
    return {"ms": clock_ms, "seconds": seconds, "bytes": contender.size_bytes()}


async def serve(name: str, folder: Path, people: int) -> None:
    """Answer orders until the input ends."""
    contender = _contender(name)
    await contender.open(folder, people)
    _answer({"bytes": contender.size_bytes()})
    while line := await asyncio.to_thread(sys.stdin.readline):
        order = json.loads(line)
        if people == 1:
            measured = await one_after_the_other(contender, order["first"], order["turns"])
        else:
            measured = await all_at_once(contender, order["first"], order["turns"], people)
        _answer({**measured, "failed": contender.failed})
    await contender.close()


def _answer(measured: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(measured) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.disable()  # a turn that fails is counted instead
    asyncio.run(serve(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
