"""Exact days: clock changes, journeys, outages, quiet hours, snoozes, answers, and people whose reminders break."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from agents.domain import changes as c
from agents.domain.crockford import decode
from agents.domain.recurrence import Recurrence
from bot.simulate.people import Wish
from storage.ledger import Fired
from tests.support.reminded import QUIET, Reminded, reminded

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
START = datetime(2026, 11, 23, 6, tzinfo=UTC)  # a Monday, 07:00 in Berlin


def daily(*times: time) -> Recurrence:
    return Recurrence(freq="daily", times=times)


def at(hour: int, minute: int = 0, *, day: int = 23, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def told(fired: list[Fired]) -> list[tuple[str, str, str | None]]:
    return [(f"{one.local_date:%d} {one.local_time:%H:%M}", one.state, one.reason) for one in fired]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Reminded]:
    async with reminded(START, tmp_path) as opened:
        yield opened


async def test_a_time_the_clocks_skip_fires_at_the_end_of_the_gap(tmp_path: Path) -> None:
    async with reminded(at(12, day=28, month=3), tmp_path) as house:
        await house.sign_up(Wish("custom", daily(time(2, 30)), "ignore"))
        assert told(await house.tick_at(at(0, 59, day=29, month=3))) == []
        (fired,) = await house.tick_at(at(1, 0, day=29, month=3))
        assert (fired.due_at, fired.state) == (at(1, day=29, month=3), "queued")
        assert len(await house.tick_at(at(1, 30, day=29, month=3))) == 1
        assert len(await house.tick_at(at(0, 30, day=30, month=3))) == 2


async def test_a_time_that_happens_twice_fires_at_its_first_passing_only(tmp_path: Path) -> None:
    async with reminded(at(12, day=24, month=10), tmp_path) as house:
        await house.sign_up(Wish("custom", daily(time(2, 30)), "ignore"))
        assert len(await house.tick_at(at(0, 30, day=25, month=10))) == 1
        assert len(await house.tick_at(at(1, 30, day=25, month=10))) == 1
        assert told(await house.tick_at(at(1, 30, day=26, month=10))) == [
            ("25 02:30", "queued", None), ("26 02:30", "queued", None),
        ]  # fmt: skip


async def test_an_hour_put_off_in_the_repeated_hour_comes_back_at_the_same_wall_time(tmp_path: Path) -> None:
    async with reminded(at(12, day=24, month=10), tmp_path) as house:
        life = await house.sign_up(Wish("custom", daily(time(2, 30)), "ignore"))
        (first,) = await house.tick_at(at(0, 30, day=25, month=10))
        await put_off(house, life, until=at(1, 30, day=25, month=10))
        fired = await house.tick_at(at(1, 30, day=25, month=10))
        assert [(one.due_at, one.state) for one in fired] == [
            (first.due_at, "queued"), (at(1, 30, day=25, month=10), "queued"),
        ]  # fmt: skip


async def test_what_is_put_off_to_the_minute_of_its_next_time_comes_once(house: Reminded) -> None:
    life = await house.sign_up(Wish("custom", daily(time(8)), "ignore"))
    await house.tick_at(at(7))
    await put_off(house, life, until=at(7, day=24))
    assert told(await house.tick_at(at(7, day=24))) == [("23 08:00", "queued", None), ("24 08:00", "queued", None)]
    assert told(await house.tick_at(at(8, day=24))) == [("23 08:00", "queued", None), ("24 08:00", "queued", None)]


async def test_flying_west_nothing_comes_twice(house: Reminded) -> None:
    life = await house.sign_up(Wish("meal", daily(time(8), time(13))))
    await house.tick_at(at(7))
    await house.world.travel(life.person.user_id, "America/New_York")
    assert told(await house.tick_at(at(13))) == [("23 08:00", "queued", None)]
    assert told(await house.tick_at(at(18))) == [("23 08:00", "queued", None), ("23 13:00", "queued", None)]


async def test_flying_east_what_was_skipped_is_decided_by_how_late_it_is(house: Reminded) -> None:
    once = Recurrence(freq="once", on=date(2026, 11, 23), times=(time(13),))
    life = await house.sign_up(Wish("meal", daily(time(13))), Wish("custom", once, "shift"))
    house.clock.set(at(8))
    await house.world.travel(life.person.user_id, "Asia/Tokyo")  # 17:00 there
    fired = await house.tick_at(at(8) + 20 * SECOND)
    assert sorted(told(fired)) == [("23 13:00", "queued", None), ("23 13:00", "suppressed", "late")]
    assert all(one.due_at == at(4) for one in fired)


async def test_moving_while_something_is_due_but_not_yet_looked_at_loses_nothing(house: Reminded) -> None:
    life = await house.sign_up(Wish("meal", daily(time(8))))
    house.clock.set(at(7) + 10 * SECOND)
    await house.world.travel(life.person.user_id, "Europe/Paris")
    assert told(await house.tick_at(at(7) + 20 * SECOND)) == [("23 08:00", "queued", None)]


async def test_three_hours_without_a_scheduler_send_one_message_of_what_is_still_useful(house: Reminded) -> None:
    await house.sign_up(
        Wish("hydration", daily(time(10), time(13, 40))), Wish("meal", daily(time(13, 15))),
        Wish("morning_brief", daily(time(9, 30)), "ignore"), Wish("custom", daily(time(11)), "shift"),
    )  # fmt: skip
    fired = await house.tick_at(at(12, 50))  # 13:50 in Berlin
    assert told(fired) == [
        ("23 09:30", "suppressed", "late"),
        ("23 10:00", "suppressed", "late"),
        ("23 11:00", "queued", None),
        ("23 13:15", "queued", None),
        ("23 13:40", "queued", None),
    ]
    assert await house.texts() == ["Reminder: custom\n\nMeal soon.\n\nA glass of water?"]
    assert len({one.outbox_id for one in fired if one.state == "queued"}) == 1


async def test_the_answer_to_a_message_is_the_answer_to_everything_in_it(house: Reminded) -> None:
    life = await house.sign_up(Wish("meal", daily(time(8))), Wish("custom", daily(time(8, 5)), "shift"))
    await house.tick_at(at(7, 30))
    (message,) = await house.world.app.turns.unsent(life.person, house.clock())
    (done,) = [button.data for row in message.buttons for button in row if button.data.startswith("firing:done:")]
    await house.world.commit(life, c.FiringAnswered(decode(done.rpartition(":")[2]), "done"))
    answers = await house.world.read(lambda s: s.execute(text("SELECT response FROM reminder_firings")).scalars().all())
    assert answers == ["done", "done"]


async def test_on_time_everything_comes_by_itself(house: Reminded) -> None:
    await house.sign_up(Wish("meal", daily(time(8))), Wish("custom", daily(time(8)), "shift"))
    await house.tick_at(at(7))
    assert len(await house.texts()) == 2


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("shift", [("24 06:30", "queued", None)]),
        ("drop", [("24 06:30", "suppressed", "quiet_hours")]),
        ("ignore", [("24 06:30", "queued", None)]),
    ],
)
async def test_quiet_hours_over_midnight(house: Reminded, policy: str, expected: list[object]) -> None:
    await house.sign_up(Wish("custom", daily(time(6, 30)), policy), quiet=QUIET)  # type: ignore[arg-type]  # a policy
    fired = await house.tick_at(at(5, 30, day=24))
    assert told(fired) == ([] if policy == "shift" else expected)
    fired = await house.tick_at(at(7, 0, day=24))
    assert told(fired) == expected


async def test_what_waits_for_the_morning_does_not_hold_up_a_typed_time(house: Reminded) -> None:
    """An outage makes a typed time late, so it waits; the next one of the same reminder is its own minute."""
    every_two_hours = Recurrence(freq="interval", every_minutes=120, window=(time(19, 55), time(1, 55)))
    await house.sign_up(Wish("custom", every_two_hours, "ignore"), quiet=QUIET)
    await house.tick_at(at(18, 55))
    assert told(await house.tick_at(at(22, 10)))[1:] == []
    assert told(await house.tick_at(at(22, 55)))[1:] == [("23 21:55", "coalesced", None), ("23 23:55", "queued", None)]


async def test_a_clock_set_back_repeats_nothing(house: Reminded) -> None:
    await house.sign_up(Wish("meal", daily(time(8), time(9))))
    await house.tick_at(at(7))
    for minutes in range(-90, 65, 5):
        await house.tick_at(at(7) + minutes * MINUTE)
    assert told(await house.firings()) == [("23 08:00", "queued", None), ("23 09:00", "queued", None)]


async def test_a_leap_day_has_its_reminders(tmp_path: Path) -> None:
    async with reminded(datetime(2028, 2, 28, 12, tzinfo=UTC), tmp_path) as house:
        once = Recurrence(freq="once", on=date(2028, 2, 29), times=(time(12),))
        await house.sign_up(Wish("custom", once, "ignore"), Wish("meal", daily(time(12))))
        fired = await house.tick_at(datetime(2028, 2, 29, 11, tzinfo=UTC))
        assert told(fired) == [("29 12:00", "queued", None)] * 2
        assert len(await house.tick_at(datetime(2028, 3, 1, 11, tzinfo=UTC))) == 3


async def test_one_whose_reminders_break_does_not_stop_the_others(
    house: Reminded, caplog: pytest.LogCaptureFixture
) -> None:
    broken = await house.sign_up(Wish("meal", daily(time(8))))
    await house.sign_up(Wish("meal", daily(time(8))))
    await change(house, "UPDATE users SET timezone = 'Nowhere/Atall' WHERE id = :u", u=broken.person.user_id.bytes)
    fired = await house.tick_at(at(7))
    assert told(fired) == [("23 08:00", "queued", None)]
    assert "the reminders of one person could not be served" in caplog.text
    await change(house, "UPDATE users SET timezone = 'Europe/Berlin' WHERE id = :u", u=broken.person.user_id.bytes)
    assert len(await house.tick_at(at(7, 5))) == 2


async def test_one_without_a_key_is_put_off_and_nothing_else(house: Reminded, caplog: pytest.LogCaptureFixture) -> None:
    lost = await house.sign_up(Wish("meal", daily(time(8))))
    await house.sign_up(Wish("meal", daily(time(8))))
    await change(house, "DELETE FROM user_keys WHERE user_id = :u", u=lost.person.user_id.bytes)
    await house.world.restart()
    assert len(await house.tick_at(at(7))) == 1
    assert "has no key" in caplog.text
    assert await house.world.app.ticker.next_instant() == at(7, 5)


async def test_a_process_that_dies_in_mid_work_leaves_everything_due(house: Reminded) -> None:
    for _ in range(5):
        await house.sign_up(Wish("meal", daily(time(8))), Wish("custom", daily(time(8)), "shift"))
    house.clock.set(at(7))
    for sentences in (0, 1, 7, 23):
        assert await house.world.die_in_a_tick(sentences)
        assert await house.firings() == []
    assert len(await house.tick_at(at(7) + MINUTE)) == 10


async def test_a_message_that_could_not_be_sent_expires_before_the_quiet_hours(house: Reminded) -> None:
    await house.sign_up(Wish("custom", daily(time(21)), "shift"), quiet=QUIET)
    await house.tick_at(at(20))
    expiry = await house.world.read(lambda s: s.execute(text("SELECT expires_at FROM outbox")).scalar())
    assert expiry == "2026-11-23 20:30:00.000000"


async def put_off(house: Reminded, life: object, until: datetime) -> None:
    """Snooze the newest message."""
    newest = (await house.world.deliver())[-1]
    await house.world.commit(life, c.FiringAnswered(newest.firing_id, "snoozed", until))  # type: ignore[arg-type]


async def change(house: Reminded, statement: str, **values: object) -> None:
    await house.world.app.database.run_write(lambda session: session.execute(text(statement), values) and None)
