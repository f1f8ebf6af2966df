"""A measurement in a process of its own that keeps to one core: it prints one JSON object and ends.

Apart, nothing pays for another's modules and memory. What is measured is processor time, which is hardly moved by
whoever else is busy.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
STATUS = Path("/proc/self/status")


def measured(module: str, *arguments: str) -> Any:
    """What `python -m tests.benchmarks.<module>` found. Raises CalledProcessError when it fails."""
    command = (sys.executable, "-m", f"tests.benchmarks.{module}", *arguments)
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def told(measure: Callable[[], object]) -> None:
    """The other end: keep to one core, measure, print."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sys.stdout.write(json.dumps(measure()) + "\n")


class Stopwatch:
    """Processor time of this process, ms; 0 until the first block ends."""

    ms = 0.0

    @contextmanager
    def running(self) -> "Iterator[None]":
        """Time this block."""
        started = time.process_time()
        yield
        self.ms = 1000 * (time.process_time() - started)


def peak_mb() -> float | None:
    """The most memory this process has had resident; None where nothing tells.

    Not `ru_maxrss`: that one begins with the size of the parent.
    """
    if not STATUS.exists():
        return None
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM:")), None)
