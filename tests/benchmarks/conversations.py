"""Turns: Keel and the bare agent take the same script in alternation, and what they took is put side by side."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks import script
from tests.benchmarks.figures import WINDOW, Figure, flatness, percentile

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 16
FLAT = 1.25  # processor times that differ by less are the same; the clock also sees who else is busy
CHUNK = script.TURNS_A_DAY


@dataclass(slots=True)
class Rival:
    """The parent's end of one worker process."""

    process: "subprocess.Popen[str]"
    empty_bytes: int = 0
    ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    seconds: float = 0.0
    bytes: int = 0
    failed: int = 0

    @classmethod
    @contextmanager
    def start(cls, name: str, folder: Path, people: int) -> "Iterator[Rival]":
        """A worker that talks with so many people and is ready; it closes its file and ends with the block."""
        command = (sys.executable, "-m", "tests.benchmarks.worker", name, str(folder), str(people))
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            rival = cls(process)
            rival.empty_bytes = rival._heard()["bytes"]
            yield rival

    def take(self, first: int, turns: int) -> None:
        """So many turns a person, from this line of the script on."""
        if self.process.stdin is None:
            raise ValueError("a worker needs its input")
        self.process.stdin.write(json.dumps({"first": first, "turns": turns}) + "\n")
        self.process.stdin.flush()
        found = self._heard()
        self.ms += found["ms"]
        self.cpu_ms += found.get("cpu_ms", ())
        self.seconds += found["seconds"]
        self.bytes, self.failed = found["bytes"], found["failed"]

    @property
    def turns_per_second(self) -> float:
        """All turns over the time they took."""
        return len(self.ms) / self.seconds

    @property
    def kilobytes_a_turn(self) -> float:
        """What a turn adds to the disk."""
        return (self.bytes - self.empty_bytes) / len(self.ms) / 1000

    def _heard(self) -> dict[str, Any]:
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise ChildProcessError("a benchmark worker ended early; its words stand above")
        found: dict[str, Any] = json.loads(line)
        return found


def contest(turns: int, people: int) -> tuple[Rival, Rival]:
    """Keel and the bare agent, so many turns a person each, a day of the script at a time in alternation."""
    with TemporaryDirectory(prefix="keel-bench-") as folder:
        with Rival.start("keel", Path(folder), people) as keel, Rival.start("agent", Path(folder), people) as bare:
            for first in range(0, turns, CHUNK):
                for rival in (keel, bare):
                    rival.take(first, min(CHUNK, turns - first))
        return keel, bare


def one_person(turns: int) -> list[Figure]:
    """One person, one message after the other."""
    keel, bare = contest(turns, 1)
    half = min(WINDOW, turns // 2)
    window = f"last {half} of {turns:,} turns over first {half}"
    plans = [ms for line, ms in zip(script.lines(0, turns), keel.ms, strict=True) if line == script.MAKES_A_PLAN]
    return [
        Figure("offline turn, p50", median(keel.ms), budget=8, baseline=median(bare.ms)),
        Figure("offline turn, p90", percentile(keel.ms, 0.9), baseline=percentile(bare.ms, 0.9)),
        Figure("offline turn, p99", percentile(keel.ms, 0.99), budget=40, baseline=percentile(bare.ms, 0.99)),
        Figure("offline turn, slowest", max(keel.ms), baseline=max(bare.ms)),
        Figure("processor time of a turn, median", median(keel.cpu_ms), baseline=median(bare.cpu_ms)),
        _rate("turns a second, one after the other", keel, bare),
        Figure(f"{window}, by the clock", flatness(keel.ms), unit="×", baseline=flatness(bare.ms), digits=2),
        Figure(
            f"{window}, processor time", flatness(keel.cpu_ms), unit="×", budget=FLAT, baseline=flatness(bare.cpu_ms),
            digits=2,
        ),
        Figure("turn that makes a new week of meals", max(plans, default=None), budget=1500),
        Figure(
            "database growth a turn", keel.kilobytes_a_turn, unit="kB", baseline=bare.kilobytes_a_turn,
        ),
        Figure("turns that failed", keel.failed, unit="", budget=0, digits=0),
    ]  # fmt: skip


def many_people(turns: int) -> list[Figure]:
    """Sixteen people who write at the same time, about so many turns in all."""
    keel, bare = contest(max(2, round(turns / PEOPLE)), PEOPLE)
    return [
        _rate(f"turns a second, {PEOPLE} people at once", keel, bare),
        Figure(f"answer among {PEOPLE} at once, p50", median(keel.ms), baseline=median(bare.ms)),
        Figure(f"answer among {PEOPLE} at once, p99", percentile(keel.ms, 0.99), baseline=percentile(bare.ms, 0.99)),
        Figure(f"turns that failed, {PEOPLE} at once", keel.failed, unit="", budget=0, digits=0),
    ]


def _rate(name: str, keel: Rival, bare: Rival) -> Figure:
    return Figure(
        name, keel.turns_per_second, unit="/s", budget=150, bound="least", baseline=bare.turns_per_second, digits=0
    )
