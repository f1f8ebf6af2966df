"""What may be spent on the model today, and what is spent already."""

from datetime import UTC, datetime

from bot.allowance import Tariff, tariff_of
from bot.doctor.check import Check, ok, warning
from bot.keys import known_key
from bot.model import endpoint_of
from bot.settings import Settings, SettingsError
from storage import schema, usage
from storage.db import Database
from storage.errors import StorageError
from storage.ids import IdFactory
from storage.models.budget import Kind
from storage.usage import Total, Used

NEARLY = 0.9  # of a cap
_WORDS: dict[Kind, str] = {"text": "text", "vision": "pictures", "transcription": "voice"}
_MEND = "raise the caps in KEEL_…_TOKENS_A_DAY_FOR_ALL, or leave it: turns finish with the offline rules"


async def check(settings: Settings, now: datetime) -> list[Check]:
    """One line where a model is set up and the database can be read; other checks say what is wrong where not."""
    try:
        if endpoint_of(settings) is None or schema.read_state(settings.database_url) != "current":
            return []
        used, totals = await _read(settings, now)
    except (SettingsError, StorageError):
        return []
    return [_judged(tariff_of(settings), used, totals)]


async def _read(settings: Settings, now: datetime) -> tuple[tuple[Used, ...], dict[Kind, Total]]:
    keys = known_key(settings, settings.database_url)
    if keys is None:
        return (), {}
    day = now.astimezone(UTC).date()
    url, ids = settings.database_url, IdFactory(lambda: now)
    database = Database.open(url, clock=lambda: now, ids=ids, keys=keys)
    try:
        return await database.run_read(lambda s: (usage.usage_of(s, day), usage.totals_of(s, day)))
    finally:
        await database.close()


def _judged(tariff: Tariff, used: tuple[Used, ...], totals: dict[Kind, Total]) -> Check:
    budgets = "; ".join(_budget(kind, tariff, totals.get(kind)) for kind in _WORDS)
    outcomes = ", ".join(_outcome(each) for each in used) or "no calls"
    cost = sum(total.cost_micros for total in totals.values())
    finding = f"today {budgets} ({outcomes}{f'; cost {cost / 1e6:.4f}' if cost else ''})"
    is_low = any(_is_low(tariff.caps[kind].everybody, total) for kind, total in totals.items())
    return warning("allowance", finding, _MEND) if is_low else ok("allowance", finding)


def _budget(kind: Kind, tariff: Tariff, total: Total | None) -> str:
    caps = tariff.caps[kind]
    taken = total.spent_tokens + total.reserved_tokens if total else 0
    return f"{_WORDS[kind]} {taken:,} of {_cap(caps.everybody)} tokens, a person {_cap(caps.person)}"


def _cap(tokens: int) -> str:
    return f"{tokens:,}" if tokens else "unlimited"


def _outcome(used: Used) -> str:
    return f"{used.calls} {_WORDS[used.kind]} {used.outcome}"


def _is_low(cap: int, total: Total) -> bool:
    return 0 < cap * NEARLY <= total.spent_tokens + total.reserved_tokens
