"""A turn with a model: calls, tokens and processor time, beside two agents that do the same jobs with the same server.

The server is real but answers at once, so what is left is the contender's own. Tokens are counted alike for all, from
the bytes of everything a model reads of a request: messages, tools, schema. A turn that asks no model counts with 0.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks import models_jobs
from tests.benchmarks.figures import Figure, percentile
from tests.support.model_server import ModelServer, serving

ROOT = Path(__file__).resolve().parents[2]
RIVALS = {"react": "ReAct agent", "supervisor": "supervisor of four"}
NAMES = ("keel", *RIVALS)
TURNS = 104
BYTES_PER_TOKEN = 3.5
OWN_MS, PREVIEW_MS, MOST_CALLS, MOST_TOKENS = 20, 200, 2, 3000
FLAT = 1.05  # in tokens; more would be history


@dataclass(frozen=True)
class Turn:
    """What one turn took. Tokens are those of each call."""

    kind: str
    tokens: tuple[int, ...]
    cpu_ms: float
    is_done: bool
    preview_ms: float | None


@dataclass
class Contender:
    """The parent's end of one worker and its server."""

    name: str
    server: ModelServer
    process: "subprocess.Popen[str]"
    turns: list[Turn] = field(default_factory=list)

    def take(self, number: int) -> None:
        """The turn of this number."""
        job = models_jobs.job(number)
        self.server.forget()
        self.server.will(*models_jobs.replies(self.name, job))
        if self.process.stdin is None:
            raise ValueError("a worker needs its input")
        self.process.stdin.write(json.dumps(job.words) + "\n")
        self.process.stdin.flush()
        found = self.heard()
        tokens = tuple(map(tokens_of, self.server.requests))
        preview_ms = _after(self.server.first_words, found["first_preview"])
        self.turns.append(Turn(job.kind, tokens, found["cpu_ms"], found["is_done"], preview_ms))

    def heard(self) -> dict[str, Any]:
        """What the worker tells next. Raises ChildProcessError."""
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise ChildProcessError("a benchmark worker ended early; its words stand above")
        found: dict[str, Any] = json.loads(line)
        return found

    def mean(self, of: Sequence[float]) -> float:
        """A turn's share."""
        return sum(of) / len(self.turns)

    @property
    def calls(self) -> float:
        """Calls a turn."""
        return self.mean([len(turn.tokens) for turn in self.turns])

    @property
    def tokens(self) -> float:
        """Input tokens a turn."""
        return self.mean([sum(turn.tokens) for turn in self.turns])

    @property
    def growth(self) -> float:
        """Input tokens of the last round of jobs over those of the first."""
        window = models_jobs.cycle()
        first, last = (
            sum(map(sum, (turn.tokens for turn in part))) for part in (self.turns[:window], self.turns[-window:])
        )
        return last / first

    @property
    def asking(self) -> list[Turn]:
        """Turns that asked a model, the first round left out: it imports and learns."""
        return [turn for turn in self.turns[models_jobs.cycle() :] if turn.tokens]


def tokens_of(request: dict[str, Any]) -> int:
    """The tokens of everything that a model reads of a request."""
    read = {name: request[name] for name in ("messages", "tools", "response_format") if name in request}
    return round(len(json.dumps(read, ensure_ascii=False, separators=(",", ":")).encode()) / BYTES_PER_TOKEN)


def _after(words: Sequence[float], preview: float | None) -> float | None:
    return (preview - words[0]) * 1000 if words and preview is not None else None


@contextmanager
def contender(name: str, folder: Path) -> Iterator[Contender]:
    """A worker that is ready, and its server; both end with the block."""
    folder.mkdir()
    with serving() as server:
        command = (sys.executable, "-m", "tests.benchmarks.models_worker", name, str(folder), server.url)
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            made = Contender(name, server, process)
            made.heard()
            yield made


def contest(turns: int, names: Sequence[str] = NAMES) -> dict[str, Contender]:
    """All of them, a round of jobs at a time in alternation."""
    with TemporaryDirectory(prefix="keel-bench-") as folder, ExitStack() as open_:
        all_ = {name: open_.enter_context(contender(name, Path(folder) / name)) for name in names}
        for first in range(0, turns, models_jobs.cycle()):
            for each in all_.values():
                for number in range(first, min(first + models_jobs.cycle(), turns)):
                    each.take(number)
        return all_


def run(turns: int = TURNS) -> list[Figure]:
    """The figures of Keel beside each rival."""
    found = contest(turns)
    keel = found["keel"]
    beside = [figure for name in RIVALS for figure in _beside(keel, found[name])]
    return [*_own(keel, turns), *beside, *_previews(keel)]


def _own(keel: Contender, turns: int) -> list[Figure]:
    asking = keel.asking
    spoken = [turn.cpu_ms for turn in asking if turn.kind != "allergy"]  # a new allergy makes a new week of meals
    silent = [turn for turn in keel.turns if not turn.tokens]
    each = [tokens for turn in keel.turns for tokens in turn.tokens]
    return [
        Figure("turns that asked no model, counted as 0 calls", 100 * len(silent) / turns, unit="%", digits=0),
        Figure("jobs that were not done", sum(not turn.is_done for turn in keel.turns), unit="", budget=0, digits=0),
        Figure(
            "most calls of a turn", max(len(turn.tokens) for turn in keel.turns), unit="", budget=MOST_CALLS, digits=0
        ),
        Figure("most input tokens of a call", max(each, default=0), unit="", budget=MOST_TOKENS, digits=0),
        Figure("our own processor time of a turn that asks, p50", median(spoken), budget=OWN_MS),
        Figure("our own processor time of a turn that asks, p90", percentile(spoken, 0.9)),
    ]


def _beside(keel: Contender, rival: Contender) -> list[Figure]:
    name = RIVALS[rival.name]
    done = sum(turn.is_done for turn in rival.turns)
    after = models_jobs.cycle()
    cpu = [median(turn.cpu_ms for turn in each.turns[after:]) for each in (keel, rival)]
    asked = [fmean(turn.cpu_ms for turn in each.asking if turn.kind != "allergy") for each in (keel, rival)]
    return [
        Figure(f"calls a turn; {name}", keel.calls, unit="", baseline=rival.calls, digits=2),
        Figure(f"input tokens a turn; {name}", keel.tokens, unit="", baseline=rival.tokens, digits=0),
        Figure(
            f"the same, last 8 of {len(keel.turns)} turns over first 8; {name}", keel.growth, unit="×", budget=FLAT,
            baseline=rival.growth, digits=2,
        ),
        Figure(f"processor time of a turn, median; {name}", cpu[0], baseline=cpu[1]),
        Figure(f"processor time of a turn that asks, mean; {name}", asked[0], baseline=asked[1]),
        Figure(f"jobs done by the rival; {name}", 100 * done / len(rival.turns), unit="%", digits=0),
    ]  # fmt: skip


def _previews(keel: Contender) -> list[Figure]:
    shown = [turn.preview_ms for turn in keel.turns[models_jobs.cycle() :] if turn.preview_ms is not None]
    worst = max(shown, default=None)
    return [Figure("first words of the model to first preview, in the process, slowest", worst, budget=PREVIEW_MS)]
