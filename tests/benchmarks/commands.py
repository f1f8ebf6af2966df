"""Cold starts of the commands that end by themselves: `keel plan PROFILE --json` and `keel triage`, whole processes.

Each is timed in turn with a Python that only imports the libraries the command cannot do without.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import Figure
from tests.benchmarks.startup import KEEL, environment

REPEATS = 5
SAID = "my chest feels tight since this morning\n"
PERSON = {
    "age": 34, "sex": "female", "height_cm": 168, "weight_kg": 66, "primary_goal": "general_fitness",
    "diet_type": "vegetarian",
    "workout_days": 3, "workout_minutes": 45,
}  # fmt: skip


def run(repeats: int = REPEATS) -> list[Figure]:
    """The medians, after one start of each that does not count."""
    with TemporaryDirectory(prefix="keel-bench-") as name:
        folder = Path(name)
        profile = folder / "profile.json"
        profile.write_text(json.dumps(PERSON), encoding="utf-8")
        plan = ("plan", str(profile), "--json")
        return [
            *_figures("keel plan --json; bare imports", plan, "import typer, pydantic, highspy", folder, repeats),
            *_figures("keel triage, one line; bare import", ("triage", "--json"), "import typer", folder, repeats),
        ]


def _figures(name: str, command: tuple[str, ...], imports: str, folder: Path, repeats: int) -> list[Figure]:
    keel, bare = [], []
    for _ in range(repeats + 1):
        keel.append(_ms((str(KEEL), *command), folder))
        bare.append(_ms((sys.executable, "-c", imports), folder))
    columns = zip(
        ("whole process", "processor time"), zip(*keel[1:], strict=True), zip(*bare[1:], strict=True), strict=True
    )
    return [
        Figure(f"{name}, {what}", median(ours), baseline=median(theirs), digits=0) for what, ours, theirs in columns
    ]


def _ms(command: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """By the clock and by the processor."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, cwd=folder, env=environment(folder), input=SAID, stdout=subprocess.DEVNULL, text=True, check=True
    )
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * seconds, 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
