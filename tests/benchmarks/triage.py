"""How many texts a second are triaged, beside one naive scan for all the literal words; run as a process of its own.

The texts are the golden sentences (short, nearly all about symptoms, so that the rules have work), everyday lines of
the conversation script, and long messages made of eight golden sentences each.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

from agents.domain.safety import triage
from agents.domain.safety.lexicon import LANGUAGES, load
from tests.benchmarks import script
from tests.benchmarks.figures import Figure
from tests.benchmarks.one_core import Stopwatch, measured, told

GOLDEN = Path(__file__).resolve().parents[1] / "agents/domain/safety/golden.jsonl"
SENTENCES_A_LONG_TEXT = 8
ROUNDS = 5
BUDGET = 2000.0
FILES = ("context", *(f"words_{language}" for language in LANGUAGES), "words_shared", "words_crisis")


def run() -> list[Figure]:
    """Texts a second: all of them when seen for the first time, then the median round of each sort."""
    found = measured("triage")
    return [
        Figure("first triage of a process", found["start_ms"]),
        _rate("texts triaged a second, mixed, never seen before", found["fresh"], found["scan"], budget=BUDGET),
        *(_rate(f"texts triaged a second, {sort}", ours, scan) for sort, (ours, scan) in found["sorts"].items()),
    ]


def _rate(name: str, ours: float, scan: float, *, budget: float | None = None) -> Figure:
    return Figure(name, ours, unit="/s", budget=budget, bound="least", baseline=scan, digits=0)


def texts() -> dict[str, list[str]]:
    """The texts by sort, always the same."""
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    golden = [str(json.loads(line)["text"]) for line in lines]
    step = SENTENCES_A_LONG_TEXT
    return {
        "everyday lines": [line for line in chain.from_iterable(script.BLOCKS) if not line.startswith(("<", "/"))],
        "golden sentences": golden,
        "long messages": [". ".join(golden[n : n + step]) for n in range(0, len(golden), step)],
    }


def naive_scan() -> Callable[[str], object]:
    """One alternation of every literal word and phrase of all languages, the longest first."""
    forms = sorted(set(_forms()), key=lambda form: (-len(form), form))
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b")
    return lambda text: pattern.findall(text.lower())


def _forms() -> Iterator[str]:
    for name in FILES:
        for words in load(name).get("words", {}).values():
            yield from (word for word in words if not word.startswith(("<", "#")) and not word.endswith("*"))


def _measure() -> dict[str, Any]:
    sorts = texts()
    everything = [text for found in sorts.values() for text in found]
    start, first = Stopwatch(), Stopwatch()
    with start.running():
        triage("hello")
    with first.running():
        _all(triage, everything)
    scan = naive_scan()
    pairs = {"mixed": everything, **sorts}
    rates = {sort: (_per_second(triage, some), _per_second(scan, some)) for sort, some in pairs.items()}
    return {
        "start_ms": start.ms, "fresh": 1000 * len(everything) / first.ms, "scan": rates["mixed"][1], "sorts": rates,
    }  # fmt: skip


def _all(judge: Callable[[str], object], some: Sequence[str]) -> None:
    for text in some:
        judge(text)


def _per_second(judge: Callable[[str], object], some: Sequence[str]) -> float:
    times = []
    for _ in range(ROUNDS):
        watch = Stopwatch()
        with watch.running():
            _all(judge, some)
        times.append(watch.ms)
    return 1000 * len(some) / median(times)


if __name__ == "__main__":
    told(_measure)
