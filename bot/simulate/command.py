"""`keel simulate`: settle people, let the days go by, judge, report."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.settings import Settings, SettingsError, load_settings
from bot.simulate.clock import SimulatedClock
from bot.simulate.invariants import Verifier
from bot.simulate.report import Report, outcomes
from bot.simulate.run import Plan, Run
from bot.simulate.world import World
from storage import ledger

NOT_EMPTY = "people live in this database; a simulation needs one of its own, because its clock would reach them"


def simulate(plan: Plan, database: str, *, as_json: bool) -> bool:
    """Run it in a temporary file or the database given, print the report. Returns whether every promise was kept.

    Raises SettingsError for a database in which somebody lives.
    """
    with TemporaryDirectory(prefix="keel-simulate-") as folder:
        settings = load_settings(database=database or f"sqlite:///{Path(folder, 'keel.sqlite3')}")
        report = asyncio.run(_simulate(plan, settings, _progress(plan, is_silent=as_json)))
    if as_json:
        sys.stdout.write(report.as_json() + "\n")
    else:
        report.show(sys.stdout)
    return report.is_kept


async def _simulate(plan: Plan, settings: Settings, show: Callable[[int], None]) -> Report:
    clock = SimulatedClock(plan.start)
    world = World(settings, clock)
    try:
        if not await world.is_empty():
            raise SettingsError(NOT_EMPTY)
        run = Run(plan, world, clock, show)
        tally = await run.go()
        fired = await world.read(ledger.fired)
        messages = await world.read(ledger.messages)
        verifier = Verifier(plan, tally)
        verifier.verify(world.lives, fired, messages, await world.read(ledger.standing))
    finally:
        await world.close()
    return Report(
        plan=plan,
        tally=tally,
        zones=len({stay.zone for life in world.lives.values() for stay in life.stays}),
        reminders=sum(len(life.wishes) for life in world.lives.values()),
        occurrences=verifier.expected,
        outcomes=outcomes(fired),
        messages=len(messages),
        invariants=verifier.all,
    )


def _progress(plan: Plan, *, is_silent: bool) -> Callable[[int], None]:
    if is_silent or not sys.stderr.isatty():
        return lambda _day: None

    def show(day: int) -> None:
        sys.stderr.write(f"\rday {day + 1} of {plan.days} ")
        sys.stderr.flush()

    return show
