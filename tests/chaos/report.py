"""What a run of many seeds says: a line each for what broke, and one table for the whole."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.chaos.troupe import Result

WAYS = {
    "await": "at a step of the event loop", "statement": "before a statement", "commit": "before a commit",
    "committed": "after a commit", "asked": "before a request to Telegram", "told": "after a request to Telegram",
    "moment": "from outside, at any moment",
}  # fmt: skip


def line(result: Result) -> str:
    """One seed."""
    fate = "; ".join(result.faults) if result.faults else "kept"
    themes = ", ".join(result.themes) or "kills alone"
    return f"seed {result.seed} ({result.engine}: {themes}): {fate}"


def replay(result: Result) -> str:
    """How to see it again."""
    return f"  again: make chaos ARGS='--seed {result.seed} --engine {result.engine} --verbose'"


def table(results: Sequence[Result], wall_s: float, processor_s: tuple[float, float]) -> str:
    """The whole run; processor seconds of the preparation and of the stories."""
    kills = Counter(way for result in results for way in result.died_of)
    themes = Counter(theme for result in results for theme in result.themes)
    engines = Counter(result.engine for result in results)
    bad = [result for result in results if result.faults]
    rows = [
        ("stories", f"{len(results)} ({_counts(engines)})"),
        ("promises broken", str(len(bad))),
        ("lives", str(sum(result.lives for result in results))),
        ("kills", str(sum(kills.values()))),
        *((f"  {words}", str(kills[way])) for way, words in WAYS.items()),
        ("what else went wrong", _counts(themes)),
        ("updates", str(sum(result.updates for result in results))),
        ("honestly refused", str(sum(result.refused for result in results))),
        ("messages that came twice", f"{sum(result.repeats for result in results)}, each marked so"),
        ("steps of one life at most", _furthest(results)),
        ("time", f"{wall_s:.0f} s"),
        ("processor", f"{processor_s[0]:.0f} s to prepare, {processor_s[1] / max(len(results), 1):.2f} s a story"),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counter.most_common())


def _furthest(results: Iterable[Result]) -> str:
    most: Counter[str] = Counter()
    for result in results:
        most |= Counter(result.furthest)
    return ", ".join(f"{kind} {most[kind]}" for kind in WAYS if most[kind])
