"""Which reminders come without a sound (telegram.md TG-17)."""

from datetime import UTC, datetime, time

import pytest

from agents.domain.pushes import is_quiet
from tests.support.mind import profile, settled


@pytest.mark.parametrize(
    ("kind", "wake", "local", "quiet"),
    [
        ("hydration", None, (15, 0), True),
        ("hydration", time(7), (15, 0), True),
        ("morning_brief", time(7), (7, 0), True),
        ("meal", time(7), (7, 59), True),
        ("meal", time(7), (8, 0), False),
        ("meal", time(7), (6, 59), False),
        ("meal", time(23, 30), (0, 15), True),
        ("meal", None, (7, 0), False),
        ("custom", time(7), (7, 30), False),
    ],
)
def test_water_and_the_hour_after_waking_are_quiet_but_never_what_the_person_set(kind, wake, local, quiet):
    now = datetime(2026, 11, 23, *local, tzinfo=UTC)
    assert is_quiet(kind, settled(now=now, profile=profile(timezone="UTC", wake_time=wake))) == quiet
