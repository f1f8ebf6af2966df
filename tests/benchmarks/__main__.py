"""`make bench`: every speed and size budget beside a baseline of the same run. Nothing here can fail a build."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

from tests.benchmarks import (
    commands,
    context,
    conversations,
    eaters,
    json_chat,
    latency,
    meals,
    models,
    models_previews,
    pictures,
    reminders,
    replicas,
    startup,
    training,
    triage,
)
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.script import NotOnboardedError

Phase = Callable[[], list[Figure]]
BROKEN = (NotOnboardedError, startup.NoPromptError, eaters.NoTargetsError, OSError, subprocess.SubprocessError)
ABOUT = """
Ratio: what Keel takes for each that the baseline takes; below 1 Keel is the cheaper one. The baseline of a turn is a
bare create_agent with AsyncSqliteSaver and a scripted model, of a start the bare import of langgraph and sqlalchemy, of
a week of meals what its line names, of triage one naive scan for every word it knows. Weeks of meals, programmes and
triage are processor time on one core.
Absolute times mean a quiet core: on a busy machine the ratio decides.""".strip()


def main(arguments: list[str]) -> None:
    """Measure, and print the table."""
    asked = _parser().parse_args(arguments)
    turns = min(asked.turns, 100) if asked.quick else asked.turns
    started, load = time.monotonic(), _load()
    figures: list[Figure] = []
    for name, what, phase in _phases(turns, asked.crowd, is_quick=asked.quick):
        if asked.only and name not in asked.only:
            continue
        _progress(f"measuring {what} ...")
        try:
            figures += phase()
        except BROKEN as error:  # the other figures still count
            _progress(f"not measured: {error}")
    print(table(figures))
    print(f"\n{ABOUT}")
    print(f"Load average before {load}, now {_load()}; took {time.monotonic() - started:.0f} s.")


def _phases(turns: int, crowd: int, *, is_quick: bool) -> tuple[tuple[str, str, Phase], ...]:
    weeks = partial(meals.run, 1, 3.0) if is_quick else meals.run
    starts = 2 if is_quick else 5
    return (
        ("meals", "weeks of meals", weeks),
        ("training", "programmes", partial(training.run, 1 if is_quick else training.ROUNDS)),
        ("triage", "triage", triage.run),
        ("pictures", "pictures", partial(pictures.run, 2 if is_quick else pictures.ROUNDS)),
        ("commands", "keel plan and keel triage", partial(commands.run, starts)),
        ("turns", f"{turns:,} turns of one person", partial(conversations.one_person, turns)),
        ("crowd", f"{conversations.PEOPLE} people at once", partial(conversations.many_people, min(turns, crowd))),
        ("replicas", "workers on PostgreSQL", partial(replicas.run, min(turns, crowd))),
        ("latency", "updates and answers over sockets", partial(latency.run, min(turns, crowd))),
        ("models", "turns with a model", partial(models.run, 24 if is_quick else models.TURNS)),
        ("previews", "words while they come", models_previews.run),
        ("json", "keel chat --json", partial(json_chat.through_json, min(turns, 100))),
        ("context", "the read of a turn", partial(context.run, 100_000, 300) if is_quick else context.run),
        ("reminders", "reminders", partial(reminders.run, 2_000, 5.0) if is_quick else reminders.run),
        ("starts", "starts", partial(startup.start, starts)),
        ("idle", "idling", partial(startup.idle, 3 if is_quick else startup.TICK_S)),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    names = [name for name, _, _ in _phases(0, 0, is_quick=True)]
    parser.add_argument("--only", nargs="+", choices=names, help="only these")
    parser.add_argument("--turns", type=_turns, default=500, help="turns of one person (default 500)")
    parser.add_argument("--crowd", type=_turns, default=320, help="most turns of the sixteen people together")
    parser.add_argument("--quick", action="store_true", help="a rough picture: 100 turns, two starts, 3 s idle")
    return parser


def _turns(text: str) -> int:
    turns = int(text)
    if not 10 <= turns <= 100_000:
        raise argparse.ArgumentTypeError("between 10 and 100000")
    return turns


def _load() -> str:
    return f"{os.getloadavg()[0]:.2f} on {os.cpu_count()} cores"


def _progress(words: str) -> None:
    """To standard error, so that the table can be kept."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
