"""`keel admin stats`, and /stats for administrators in Telegram: counts, never words, names or numbers of people."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from agents.domain.onboarding import STEP_NAMES
from bot.app import bootstrap
from bot.settings import Settings
from storage.stats import SPANS, Stats, Waiting, stats_of

DAYS = range(1, 91)
MILLION = 1_000_000


def report(settings: Settings, days: int) -> Stats:
    """The figures of the last `days` days."""

    async def run() -> Stats:
        app = bootstrap(settings)
        try:
            return await app.database.run_read(partial(stats_of, now=app.clock(), days=days))
        finally:
            await app.close()

    return asyncio.run(run())


def lines(stats: Stats) -> list[str]:
    """The figures for a person to read."""
    span = f"{stats.days} days" if stats.days > 1 else "today"
    active = ", ".join(f"{stats.active[days]} in {days} d" for days in SPANS)
    return [
        f"Keel at {stats.at:%Y-%m-%d %H:%M} UTC; {span}",
        f"People: {stats.people}; heard from {active}",
        f"Waiting: inbox {_queue(stats.inbox, stats.at)}; outbox {_queue(stats.outbox, stats.at)}",
        *_reminders(stats),
        *_onboarding(stats),
        *_model(stats),
    ]


def as_json(stats: Stats) -> dict[str, Any]:
    """The figures for a program: ages in seconds, cost in millionths of the operator's currency."""
    return {
        "at": stats.at.isoformat(),
        "days": stats.days,
        "people": stats.people,
        "active": {str(days): people for days, people in stats.active.items()},
        "inbox": _plain_queue(stats.inbox, stats.at),
        "outbox": _plain_queue(stats.outbox, stats.at),
        "reminders": {"by_state": stats.reminded.by_state, "answered": stats.reminded.answered},
        "onboarding": {
            "began": stats.funnel.began,
            "completed": stats.funnel.completed,
            "completion_rate": stats.funnel.completion_rate,
            "steps": [
                {"step": number, "name": name, "reached": reached, "stopped": stopped}
                for number, (name, reached, stopped) in enumerate(_steps(stats))
            ],
        },
        "calls": [
            {
                "day": day.isoformat(),
                "kind": used.kind,
                "outcome": used.outcome,
                "calls": used.calls,
                "tokens_in": used.tokens_in,
                "tokens_out": used.tokens_out,
                "cost_micros": used.cost_micros,
            }
            for day, used in stats.used
        ],
        "spent": [
            {"day": day.isoformat(), "kind": total.kind, "tokens": total.spent_tokens, "cost_micros": total.cost_micros}
            for day, total in stats.spent
        ],
    }


def _reminders(stats: Stats) -> list[str]:
    by_state = ", ".join(f"{count} {state}" for state, count in sorted(stats.reminded.by_state.items()))
    return [f"Reminders: {by_state or 'none were due'}; {stats.reminded.answered} answered"]


def _onboarding(stats: Stats) -> Iterator[str]:
    rate = stats.funnel.completion_rate
    share = f" ({rate:.0%})" if rate is not None else ""
    yield f"Onboarding: {stats.funnel.began} began, {stats.funnel.completed} completed{share}"
    if stats.funnel.began:
        for number, (name, reached, stopped) in enumerate(_steps(stats)):
            yield f"  {number:2} {name.replace('_', ' ')}: {reached} reached, {stopped} stand here"


def _model(stats: Stats) -> Iterator[str]:
    tokens = sum(total.spent_tokens for _, total in stats.spent)
    cost = sum(total.cost_micros for _, total in stats.spent) / MILLION
    calls = sum(used.calls for _, used in stats.used)
    yield f"Model: {calls} calls, {tokens:,} tokens, cost {cost:.4f}"
    for day, used in stats.used:
        counted = f"{used.tokens_in:,} + {used.tokens_out:,} tokens, cost {used.cost_micros / MILLION:.4f}"
        yield f"  {day} {used.kind} {used.outcome}: {used.calls} calls, {counted}"


def _steps(stats: Stats) -> Iterator[tuple[str, int, int]]:
    return zip(STEP_NAMES, stats.funnel.reached, stats.funnel.stopped_at, strict=True)


def _queue(waiting: Waiting, at: datetime) -> str:
    age = _age_s(waiting, at)
    return "empty" if age is None else f"{waiting.depth}, the oldest for {age:.0f} s"


def _plain_queue(waiting: Waiting, at: datetime) -> dict[str, float | None]:
    return {"depth": waiting.depth, "oldest_s": _age_s(waiting, at)}


def _age_s(waiting: Waiting, at: datetime) -> float | None:
    return (at - waiting.oldest).total_seconds() if waiting.oldest is not None else None
