"""The clock and the zone data of this machine."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.doctor.check import Check, error, ok, warning

BUILT = datetime(2026, 11, 1, tzinfo=UTC)  # a clock that shows less is wrong
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Africa/Cairo", "Australia/Lord_Howe")


def checks(now: datetime) -> Iterator[Check]:
    """`now` is aware."""
    if now < BUILT:
        yield error("clock", f"it says {now:%Y-%m-%d}, which is past", "set the clock (timedatectl set-ntp true)")
    else:
        yield ok("clock", f"{now.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
    yield _zones()


def skew(name: str, ours: datetime, theirs: datetime) -> Check:
    """How far our clock is from that of a server elsewhere; reminders go by ours."""
    seconds = abs((ours - theirs).total_seconds())
    if seconds > 60:
        return warning(name, f"{seconds:.0f} s away from Telegram's clock", "switch on time synchronisation (NTP)")
    return ok(name, "agrees with Telegram's")


def _zones() -> Check:
    missing = [zone for zone in ZONES if zone not in zoneinfo.available_timezones()]
    if missing:
        return error("time zones", f"no data for {', '.join(missing)}", "install the system's tzdata package")
    return ok("time zones", f"{len(zoneinfo.available_timezones())} known")
