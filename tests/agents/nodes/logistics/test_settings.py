"""How the person wants to be treated."""

from datetime import time, timedelta
from typing import Any

import pytest

from agents.domain import changes as c
from agents.domain.context import CareSettings
from agents.nodes.logistics import settings
from agents.schemas import Intent, QuietHours, Target
from agents.state import Part
from prompts.loader import Catalogue
from tests.support.mind import NOW, MemoryInMemory, ports, profile, settled

PORTS = ports(MemoryInMemory(settled()))


def values(part: Part) -> list[Any]:
    return [dict(change.values) for change in part.changes if isinstance(change, c.SettingsChanged)]


@pytest.mark.parametrize(("minutes", "days"), [(2 * 1440, 2), (99_999_999, 366)])
async def test_a_pause_has_an_end_of_a_year_at_most(minutes: int, days: int) -> None:
    part = await settings.pause(settled(), Intent("pause", Target(minutes=minutes)), PORTS)
    assert values(part) == [{"paused_until": NOW + timedelta(days=days)}]
    assert part.lines[0].claims == part.changes


async def test_stop_is_a_pause_without_an_end() -> None:
    part = await settings.pause(settled(), Intent("pause", Target(everything=True)), PORTS)
    assert values(part) == [{"paused_until": settings.FOR_EVER}]


async def test_back_ends_the_pause_and_without_one_says_so() -> None:
    paused = settled(settings=CareSettings(paused_until=NOW + timedelta(days=1)))
    assert values(await settings.resume(paused, Intent("resume"), PORTS)) == [{"paused_until": None}]
    assert (await settings.resume(settled(), Intent("resume"), PORTS)).changes == ()


async def test_quiet_hours_are_set_and_reminders_follow() -> None:
    part = await settings.quiet_hours(settled(), Intent("quiet_hours", QuietHours(time(22), time(7))), PORTS)
    assert values(part) == [{"quiet_start": time(22), "quiet_end": time(7)}]
    moved = [change for change in part.changes if isinstance(change, c.RemindersScheduled)]
    bedtime = [spec.recurrence.times for spec in moved[0].reminders if spec.kind == "bedtime"]
    assert bedtime == [(time(22),)]


async def test_quiet_without_hours_tells_the_present_ones_with_an_example_that_works() -> None:
    from agents.schemas import Moment
    from agents.understanding.rules import Rules

    part = await settings.quiet_hours(settled(), Intent("quiet_hours"), PORTS)
    assert part.lines[0].args == {"start": "21:30", "end": "08:00"}
    text = Catalogue().say("en", part.lines[0].key, part.lines[0].args)
    example = text.split('"')[1]
    heard = Rules().read(example, Moment(now=settled().local_now, profile=profile()))
    assert [intent.payload for intent in heard.intents] == [QuietHours(time(22), time(7))]


@pytest.mark.parametrize(
    ("wanted", "key", "changes"), [("imperial", "done-units", 1), ("metric", "already-so", 0), (None, "units-how", 0)]
)
async def test_units(wanted: str | None, key: str, changes: int) -> None:
    part = await settings.units(settled(), Intent("units", wanted), PORTS)
    assert (part.lines[0].key, len(part.changes)) == (key, changes)


@pytest.mark.parametrize("view", ["timezone", "language", "cancel", "show"])
async def test_every_view_of_settings_is_worded(view: str) -> None:
    part = await getattr(settings, view)(settled(), Intent("settings_view"), PORTS)
    assert part.changes == ()
    assert all(Catalogue().say("en", line.key, line.args).strip() for line in part.lines)
