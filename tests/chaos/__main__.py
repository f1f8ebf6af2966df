"""`make chaos`: a thousand stories in which the bot is killed and its world breaks; each promise is checked each time.

One story again, with everything it left: `make chaos ARGS='--seed 123 --verbose'`.
"""

import argparse
import asyncio
import gc
import importlib
import multiprocessing
import resource
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from tests.chaos import cast, deaths, hurry
from tests.chaos.board import Board
from tests.chaos.nursery import Nursery

if TYPE_CHECKING:
    from tests.chaos.troupe import Result

PROGRESS_EVERY = 50
ROOTS = (  # most of what a bot at work imports; the rest is learned in the rehearsal
    "bot.telegram.house", "bot.telegram.reading", "agents.graph", "agents.nodes.meals", "agents.nodes.workouts",
    "agents.understanding.rules", "alembic.command",
)  # fmt: skip
_fork = multiprocessing.get_context("fork")
Order = tuple[int, str]


def main(arguments: list[str]) -> int:
    """Play, and say what came of it. 0: every promise was kept in every story."""
    asked = _parser().parse_args(arguments)
    began = hurry.machine_seconds()
    board = Board()
    hurry.install(board)
    deaths.install()
    with tempfile.TemporaryDirectory(prefix="keel-chaos-") as name:
        template = Path(name) / "evening_before.db"
        kept = _prepare(board, template)
        prepared_s, orders = _processor_s(), _orders(asked)
        results = list(_watched(_played(orders, asked, template, began)))
        del kept
    from tests.chaos import report

    print(report.table(results, hurry.machine_seconds() - began, (prepared_s, _processor_s() - prepared_s)))
    if missing := len(orders) - len(results):
        print(f"{missing} stories were not played within {asked.minutes} minutes")
    return 1 if missing or any(result.faults for result in results) else 0


def _processor_s() -> float:
    """Of this process and of all that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _prepare(board: Board, template: Path) -> list[object]:
    """The evening before; then everything is imported and compiled, so that a life costs a fork."""
    for name in ROOTS:
        importlib.import_module(name)
    cold = Nursery(board)
    try:
        modules = cast.rehearse(cold, board, f"sqlite:///{template}", template.parent)
    finally:
        cold.close()
    for name in (*modules, "tests.chaos.troupe"):
        if name not in sys.modules and not name.startswith("__"):
            with suppress(ImportError):
                importlib.import_module(name)
    cast.shrink_certificates(template.parent)
    kept = asyncio.run(cast.warm(template))
    gc.collect()
    gc.freeze()
    return kept


def _orders(asked: argparse.Namespace) -> list[Order]:
    """Which seeds, and on which engine."""
    from tests.chaos.story import chosen
    from tests.chaos.troupe import engine_of

    seeds = asked.seed or range(asked.first, asked.first + asked.seeds)
    if asked.few:
        return [(seed, asked.engine or "sqlite") for seed in chosen(asked.few)]
    return [(seed, asked.engine or engine_of(seed)) for seed in seeds]


def _played(orders: list[Order], asked: argparse.Namespace, template: Path, began: float) -> Iterator["Result"]:
    """Results as they come; each troupe is a process of its own and gets a story when it is idle."""
    waiting = list(reversed(orders))
    ends = []
    for _ in range(min(asked.jobs, len(orders))):
        ours, theirs = _fork.Pipe()
        _fork.Process(target=_perform, args=(theirs, template, asked.verbose), daemon=False).start()
        theirs.close()
        ends.append(ours)
    busy = [end for end in ends if _give(end, waiting)]
    while busy:
        for end in wait(busy):
            assert isinstance(end, Connection)
            yield end.recv()
            is_late = hurry.machine_seconds() - began > asked.minutes * 60
            if is_late or not _give(end, waiting):
                busy.remove(end)
    for end in ends:
        end.send(None)
    for process in multiprocessing.active_children():
        process.join(30)


def _give(end: Connection, waiting: list[Order]) -> bool:
    if waiting:
        end.send(waiting.pop())
        return True
    return False


def _perform(orders: Connection, template: Path, is_verbose: bool) -> None:
    """One troupe, as long as there are orders."""
    from tests.chaos.troupe import Result, Troupe

    troupe = Troupe(template)
    while (order := orders.recv()) is not None:
        seed, engine = order
        try:
            result = troupe.play(seed, engine, is_verbose=is_verbose)
        except Exception:  # the stage itself broke: that is a fault too, and the next story may still be played
            result = Result(seed, engine, (), (f"the story broke off: {traceback.format_exc()}",))
        orders.send(result)
    troupe.close()


def _watched(results: Iterator["Result"]) -> Iterator["Result"]:
    """Say what broke at once, and now and then how far it is."""
    from tests.chaos import report

    broken = 0
    for number, result in enumerate(results, start=1):
        if result.details:
            print(result.details)
        if result.details or result.faults:
            print(report.line(result))
        if result.faults:
            broken += 1
            print(report.replay(result))
        if number % PROGRESS_EVERY == 0:
            print(f"{number} stories, {broken} with a broken promise", flush=True)
        yield result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="how many stories")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seed", type=int, action="append", help="only this one; may be given again")
    parser.add_argument("--few", type=int, metavar="N", help="N seeds that hold every kind of fault between them")
    parser.add_argument("--engine", choices=("sqlite", "postgres"), help="always this database")
    parser.add_argument("--jobs", type=int, default=2, help="stories side by side; they mostly wait")
    parser.add_argument("--minutes", type=float, default=90.0, help="no new story after that")
    parser.add_argument("--verbose", action="store_true", help="everything a story left")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
