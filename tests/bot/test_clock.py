"""Time as an argument."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import OffsetClock, VirtualClock, system_clock

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_virtual_clock_stands_still_until_it_is_moved() -> None:
    clock = VirtualClock(NOON)
    assert clock() == clock() == NOON
    clock.advance(timedelta(hours=2))
    assert clock() == NOON + timedelta(hours=2)


def test_a_virtual_clock_never_goes_back() -> None:
    clock = VirtualClock(NOON)
    clock.advance_to(NOON - timedelta(days=1))
    assert clock() == NOON


def test_a_virtual_clock_speaks_utc_whatever_it_was_given() -> None:
    clock = VirtualClock(NOON.astimezone(timezone(timedelta(hours=5, minutes=30))))
    assert clock().utcoffset() == timedelta()
    assert clock() == NOON


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        VirtualClock(datetime(2026, 11, 23, 12))  # noqa: DTZ001 - that is the point


def test_the_offset_clock_runs_and_keeps_its_lead() -> None:
    clock = OffsetClock()
    before = system_clock()
    clock.advance_to(before + timedelta(hours=3))
    clock.advance_to(before + timedelta(hours=1))
    assert timedelta(hours=3) <= clock() - before < timedelta(hours=3, minutes=1)
