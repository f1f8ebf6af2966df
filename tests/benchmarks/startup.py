"""Start, memory and idling of the real `keel chat`, watched from outside through a terminal of its own.

The first prompt counts when its sign stands on the terminal. The yardstick is a Python that only imports langgraph and
sqlalchemy, timed in turn with it. Memory and processor time are read from /proc; where there is none (macOS) those two
figures are not measured.
"""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import Figure

YARDSTICK = "import langgraph.graph, sqlalchemy, sqlalchemy.ext.asyncio"
KEEL = Path(sys.executable).with_name("keel")
PROMPT = b"> "
PATIENCE_S = 60.0
SETTLING_S = 4.0  # imports that were put off until after the first prompt are done by then
TICK_S = 20.0  # how often an idle coach looks for what is due; idling is watched for one such round
HUSH = ("KEEL_", "OPENAI_", "PYTHONDONTWRITEBYTECODE")  # settings of whoever runs this are not part of the benchmark


class NoPromptError(Exception):
    """`keel chat` ended or went silent before it asked for input."""


class Terminal:
    """One `keel chat` at the other end of a pseudo-terminal."""

    def __init__(self, folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            (KEEL, "chat", "--database", f"sqlite:///{folder / 'keel.sqlite3'}"),
            cwd=folder, env=environment(folder), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self._seen = b""

    def until_prompt(self) -> None:
        """Read until the sign that input is awaited stands at the start of a line, with nothing after it."""
        deadline = time.monotonic() + PATIENCE_S
        while not self._is_asking():
            ready, _, _ = select.select([self._ours], [], [], max(0.0, deadline - time.monotonic()))
            try:
                chunk = os.read(self._ours, 65_536) if ready else b""
            except OSError:  # how Linux says that the other end is closed
                chunk = b""
            if not chunk:
                raise NoPromptError(self._seen.decode(errors="replace")[-2000:])
            self._seen += chunk

    def say(self, line: str) -> None:
        """Type a line and wait for the next prompt."""
        self._seen = b""
        os.write(self._ours, line.encode() + b"\n")
        self.until_prompt()

    def close(self) -> None:
        """End it as a closed window does, then for certain."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)

    def _is_asking(self) -> bool:
        last = self._seen.replace(b"\r", b"").rpartition(b"\n")[2]
        return last.endswith(PROMPT) and len(last) < 40  # control sequences may stand before the sign


@contextmanager
def _terminal(folder: Path) -> Iterator[Terminal]:
    terminal = Terminal(folder)
    try:
        yield terminal
    finally:
        terminal.close()


def start(repeats: int) -> list[Figure]:
    """Start to first prompt beside the bare import, in alternation, after one unmeasured start of each."""
    fresh, known, bare = [], [], []
    with TemporaryDirectory(prefix="keel-bench-") as name:
        for number in range(repeats + 1):
            folder = Path(name, str(number))
            folder.mkdir()
            bare.append(_import_ms(folder))
            fresh.append(_start_ms(folder))
            known.append(_start_ms(folder))
    baseline = median(bare[1:])
    return [
        _start_figure("start to first prompt, known database", median(known[1:]), baseline),
        _start_figure("start to first prompt, new database", median(fresh[1:]), baseline),
    ]


def _start_figure(name: str, ms: float, baseline_ms: float) -> Figure:
    return Figure(name, ms, baseline=baseline_ms, ratio_budget=1.3, digits=0)


def _start_ms(folder: Path) -> float:
    started = time.perf_counter()
    with _terminal(folder) as terminal:
        terminal.until_prompt()
        return (time.perf_counter() - started) * 1000


def _import_ms(folder: Path) -> float:
    started = time.perf_counter()
    subprocess.run((sys.executable, "-c", YARDSTICK), cwd=folder, env=environment(folder), check=True)
    return (time.perf_counter() - started) * 1000


def idle(seconds: float) -> list[Figure]:
    """Memory and processor time of a coach that was spoken to and now waits, over so many seconds."""
    if not Path("/proc/self/schedstat").exists():
        return [_memory(None), _load(None)]
    with TemporaryDirectory(prefix="keel-bench-") as name, _terminal(Path(name)) as terminal:
        terminal.until_prompt()
        for line in ("hi", "I agree", "I am 34"):
            terminal.say(line)
        time.sleep(SETTLING_S)
        before = _processor_s(terminal.process.pid)
        time.sleep(seconds)
        used = _processor_s(terminal.process.pid) - before
        return [_memory(_resident_mb(terminal.process.pid)), _load(100 * used / seconds)]


def _memory(mb: float | None) -> Figure:
    return Figure("resident memory, idle after three messages", mb, unit="MB", budget=250, digits=0)


def _load(percent: float | None) -> Figure:
    return Figure("processor, idle", percent, unit="%", budget=1, digits=2)


def _processor_s(pid: int) -> float:
    """Time on a processor of all threads so far; each file begins with nanoseconds (finer than the 10 ms of `stat`)."""
    files = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(file.read_text(encoding="ascii").split()[0]) for file in files) / 1e9


def _resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1000


def environment(folder: Path) -> dict[str, str]:
    """The environment of a measured process: our own without the settings that could change what is measured."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(HUSH)}
    return {**kept, "KEEL_DATA_DIR": str(folder), "TERM": "xterm", "COLUMNS": "100"}
