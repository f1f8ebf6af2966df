"""What `keel doctor` prints, and how it ends."""

import asyncio
import json
import time
from dataclasses import asdict
from datetime import UTC, datetime

import typer

from bot import heartbeat
from bot.doctor import allowance, machine, model, store, telegram
from bot.doctor.check import Check, error, is_healthy, ok
from bot.settings import Settings

_SIGNS = {"ok": "✓", "warning": "!", "error": "✗"}


def examine(settings: Settings, *, is_quick: bool = False, as_json: bool = False) -> None:
    """One line a check. `is_quick`: only whether the process that runs here is alive and its database answers.

    Exit code 1 when anything is an error.
    """
    found = alive(settings) if is_quick else asyncio.run(everything(settings, datetime.now(UTC)))
    for check in found:
        typer.echo(json.dumps(asdict(check), ensure_ascii=False) if as_json else line(check))
    if not is_healthy(found):
        raise typer.Exit(1)


async def everything(settings: Settings, now: datetime) -> list[Check]:
    """All checks; those of the network last."""
    found = [*machine.checks(now), *await asyncio.to_thread(lambda: list(store.checks(settings)))]
    found += [check async for check in telegram.checks(settings, now)]
    return [*found, await model.check(settings), *await allowance.check(settings, now)]


def alive(settings: Settings) -> list[Check]:
    """For a container's health check: the heartbeat and the database, nothing else."""
    age = heartbeat.age_s(settings.heartbeat, time.time())
    if age is None:
        beats = error("process", "no sign of life yet", "start `keel run` with the same KEEL_DATA_DIR")
    elif age > heartbeat.STALE_S:
        beats = error("process", f"last sign of life {age:.0f} s ago", "restart it; the log says what it last did")
    else:
        beats = ok("process", f"alive {age:.0f} s ago")
    return [beats, next(store.checks(settings))]


def line(check: Check) -> str:
    """ "✓ disk: 53.1 GB free"."""
    mend = f" → {check.mend}" if check.mend else ""
    return f"{_SIGNS[check.state]} {check.name}: {check.finding}{mend}"
