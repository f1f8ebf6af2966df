"""`keel chat`: a person at a terminal, or a program over JSON lines."""

import asyncio
import os
import sys
from datetime import datetime, timedelta

from bot.app import App, bootstrap
from bot.clock import OffsetClock, VirtualClock
from bot.console import Conversation, run_jsonl
from bot.settings import Settings
from prompts.loader import Catalogue
from storage.people import Contact


def chat_in_json(settings: Settings, user: str, start: datetime | None) -> None:
    """Lines in, lines out, until the input ends."""
    clock = VirtualClock(start) if start else OffsetClock()
    app = bootstrap(settings, clock=clock)
    talk = Conversation(app, _contact(user, start), clock)
    asyncio.run(_json(app, talk))


async def _json(app: App, talk: Conversation) -> None:
    speech = Catalogue()
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a text stream
    try:
        await run_jsonl(talk, sys.stdin.buffer, sys.stdout, lambda key: speech.say("en", key, {"problem": "{problem}"}))
    finally:
        await app.close()


def chat_in_terminal(settings: Settings, user: str, start: datetime | None) -> None:
    """A conversation with tables, numbered choices and a clock that `/advance 8h` moves."""
    from bot.screen import Screen

    clock = VirtualClock(start) if start else OffsetClock()
    app = bootstrap(settings, clock=clock)
    Screen(app, Conversation(app, _contact(user, start), clock)).run()


def _contact(user: str, start: datetime | None) -> Contact:
    return Contact("console", user, name=None, zone=_zone(start))


def _zone(start: datetime | None) -> str:
    """The best guess for a new person's clock: the offset of `--now`, else the machine's own zone."""
    if start is not None:
        return zone_of_offset(start.utcoffset() or timedelta())
    return _machine_zone()


_ODD_OFFSETS = {  # minutes east of Greenwich -> a zone with that clock, most of them without summer time
    -570: "Pacific/Marquesas", -210: "America/St_Johns", 210: "Asia/Tehran", 270: "Asia/Kabul", 330: "Asia/Kolkata",
    345: "Asia/Kathmandu", 390: "Asia/Yangon", 525: "Australia/Eucla", 570: "Australia/Darwin",
    630: "Australia/Lord_Howe", 765: "Pacific/Chatham",
}  # fmt: skip


def zone_of_offset(offset: timedelta) -> str:
    """A zone with this offset; one that no zone has is rounded towards Greenwich to whole hours."""
    minutes = round(offset.total_seconds() / 60)
    if minutes in _ODD_OFFSETS:
        return _ODD_OFFSETS[minutes]
    hours = int(minutes / 60)
    if hours == 0 or not -12 <= hours <= 14:
        return "UTC"
    return f"Etc/GMT{-hours:+d}"  # the sign of these names is turned round


def _machine_zone() -> str:
    from zoneinfo import available_timezones

    name = os.environ.get("TZ", "").removeprefix(":")
    if not name:
        path = os.path.realpath("/etc/localtime")
        name = path.partition("zoneinfo/")[2]
    return name if name in available_timezones() else "UTC"
