"""A contender with a model, in a process of its own: `python -m tests.benchmarks.models_worker NAME FOLDER ADDRESS`.

A turn's words a line come in, what the turn took goes out. Apart from the model's server, so that its time is nobody's.
"""

import asyncio
import json
import logging
import os
import sys
import time
from pathlib import Path
from typing import Any


def _contender(name: str, address: str) -> Any:
    os.environ |= {"OPENAI_BASE_URL": address, "OPENAI_API_KEY": "k"}
    if name == "keel":
        from tests.benchmarks.models_keel import KeelWithModel

        return KeelWithModel()
    from tests.benchmarks.models_rivals import Agent

    return Agent(name, address)


async def serve(name: str, folder: Path, address: str) -> None:
    """Answer until the input ends."""
    contender = _contender(name, address)
    await contender.open(folder)
    _tell({"is_ready": True})
    number = 0
    while line := await asyncio.to_thread(sys.stdin.readline):
        await contender.prepare(number)
        began, began_cpu = time.perf_counter(), time.process_time()
        is_done = await contender.say(json.loads(line))
        cpu_ms, ms = (time.process_time() - began_cpu) * 1000, (time.perf_counter() - began) * 1000
        _tell({"cpu_ms": cpu_ms, "ms": ms, "is_done": is_done, "first_preview": contender.first_preview})
        number += 1
    await contender.close()


def _tell(measured: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(measured) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.disable()  # a turn that fails is counted instead
    asyncio.run(serve(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
