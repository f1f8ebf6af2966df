"""One tick: exactly one firing for an occurrence, however often and however late it runs."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.house import House, locked_copy, open_house

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(locked_copy(tmp_path)) as opened:
        yield opened


def firings(house: House) -> list[tuple[str, str, str | None]]:
    query = (
        "SELECT r.kind, f.state, f.suppressed_reason FROM reminder_firings f JOIN reminders r ON r.id = f.reminder_id"
        " ORDER BY f.due_at, f.id"
    )
    with closing(sqlite3.connect(house.path)) as connection:
        return connection.execute(query).fetchall()


async def test_nothing_due_is_nothing_done(house: House) -> None:
    assert await house.app.ticker.tick(house.clock()) == 0
    assert firings(house) == []


async def test_ticks_at_once_and_again_fire_one_occurrence_once(house: House) -> None:
    house.clock.advance(16 * MINUTE)
    handled = await asyncio.gather(*(house.app.ticker.tick(house.clock()) for _ in range(8)))
    assert sum(handled) == 1
    assert await house.app.ticker.tick(house.clock()) == 0
    assert firings(house) == [("morning_brief", "queued", None)]
    assert len(await house.app.turns.unsent(house.person, house.clock())) == 1


async def test_a_brief_more_than_three_hours_late_is_dropped_and_said_so(house: House) -> None:
    assert [m.text for m in await house.tick_at(4 * HOUR) if "Good morning" in m.text] == []
    assert ("morning_brief", "suppressed", "late") in firings(house)


async def test_a_brief_within_its_lateness_still_comes(house: House) -> None:
    sent = await house.tick_at(3 * HOUR)
    assert len([m for m in sent if "Good morning" in m.text]) == 1


async def test_downtime_of_three_days_causes_no_storm(house: House) -> None:
    sent = await house.tick_at(timedelta(days=3, minutes=20))
    kinds = [kind for kind, state, _ in firings(house) if state == "queued"]
    assert len(sent) == len(kinds) <= 2
    assert len(kinds) == len(set(kinds))
    assert all(state in ("queued", "coalesced", "suppressed") for _, state, _ in firings(house))
    assert await house.app.ticker.tick(house.clock()) == 0


async def test_the_next_due_time_lies_ahead_after_every_tick(house: House) -> None:
    for _ in range(60):
        await house.tick_at(25 * MINUTE)
        ahead = await house.app.ticker.next_instant()
        assert ahead is not None
        assert ahead > house.clock()


async def test_a_snooze_comes_back_once_and_the_daily_time_stays(house: House) -> None:
    (brief,) = await house.tick_at(16 * MINUTE)
    snooze = next(b.data for row in brief.buttons for b in row if b.data.startswith("firing:snooze10"))
    await house.say(tap=snooze)
    again = await house.advance("PT1H")
    assert [f"{m.at:%H:%M}" for m in again if "Good morning" in m.text] == ["07:26"]
    tomorrow = await house.advance("PT23H30M")
    assert [f"{m.at:%d %H:%M}" for m in tomorrow if "Good morning" in m.text] == ["24 07:15"]


async def test_after_three_snoozes_it_asks_instead_of_putting_off_again(house: House) -> None:
    await house.say("remind me at 9:00 to stretch")
    heard = [m for m in await house.advance("PT2H10M") if "stretch" in m.text]
    texts = []
    for _ in range(5):
        if not heard:
            break
        data = next(b.data for row in heard[-1].buttons for b in row if b.data.startswith("firing:snooze10"))
        texts.append((await house.say(tap=data)).messages[0].text)
        heard = [m for m in await house.advance("PT11M") if "stretch" in m.text]
    assert len(texts) == 4
    assert "three times already" in texts[-1]


async def test_a_blocked_person_is_left_in_peace(house: House) -> None:
    with closing(sqlite3.connect(house.path)) as connection, connection:
        connection.execute("UPDATE channel_accounts SET state = 'blocked'")
    assert await house.tick_at(16 * MINUTE) == []
    assert firings(house) == [("morning_brief", "suppressed", "blocked")]


async def test_a_day_holds_twelve_chosen_reminders_at_most(house: House) -> None:
    await house.say("remind me every 30 minutes from 9 to 20 to breathe")
    sent = [m for m in await house.advance("PT16H") if m.kind in ("reminder", "check_in")]
    assert len(sent) == 12
    assert ("custom", "suppressed", "cap") in firings(house)


async def test_the_training_reminder_is_not_needed_once_the_session_is_done(house: House) -> None:
    await house.say("done with the workout")
    day = await house.advance("PT14H")
    assert [m for m in day if "in 30 minutes" in m.text] == []
    assert ("workout", "suppressed", "not_needed") in firings(house)


async def test_a_check_in_brings_its_taps_and_they_count(house: House) -> None:
    day = await house.advance("PT13H30M")
    asked = next(m for m in day if m.kind == "check_in")
    outcome = await house.say(tap=asked.buttons[0][2].data)
    assert "Logged: energy 9" in outcome.messages[0].text


async def test_a_typed_reminder_survives_a_restart_and_fires_once(tmp_path: Path) -> None:
    path = locked_copy(tmp_path)
    async with open_house(path) as first:
        await first.say("remind me at 9:30 to call mum")
        start = first.clock()
    async with open_house(path, start + 2 * HOUR) as second:
        heard = await second.advance("PT3H")
    assert [f"{m.at:%H:%M}" for m in heard if "call mum" in m.text] == ["09:30"]
