"""What holds for every reader of time: common spellings parse back, no text fails, long texts stay cheap."""

import re
import subprocess
import sys
import time as stopwatch
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.occurrence import next_occurrence
from agents.domain.recurrence import Recurrence
from agents.understanding.times import (
    ClockTime,
    DayRef,
    clock_time,
    clock_times,
    day,
    duration_minutes,
    meal_times,
    recurrence,
    weekdays,
)

NOW = datetime(2026, 11, 18, 14, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Wednesday
TODAY = NOW.date()
ANCHORS = {
    "breakfast": time(7, 30),
    "lunch": time(12, 30),
    "dinner": time(19),
    "wake": time(6, 45),
    "bed": time(22, 45),
}


def test_the_library_for_other_languages_is_loaded_only_when_needed() -> None:
    script = (
        "import sys; from datetime import datetime, UTC; from agents.understanding.times import recurrence, day\n"
        "now = datetime(2026, 11, 18, 14, tzinfo=UTC)\n"
        "recurrence('every weekday at 7:30', now=now), recurrence('hello there', now=now)\n"
        "day('friday', today=now.date())\n"
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


CLOCK_FORMATS: list[Callable[[time], str]] = [
    lambda t: f"at {t:%H:%M}",
    lambda t: f"at {t:%H.%M}",
    lambda t: f"{t:%I:%M} {t:%p}",
    lambda t: f"at {int(f'{t:%I}')}:{t:%M}{t:%p}".lower(),
    lambda t: f"{int(f'{t:%I}')}:{t:%M} {'a.m.' if t.hour < 12 else 'p.m.'}",
    lambda t: f"at {t:%H}h{t:%M}",
    lambda t: f"at {t:%H%M}",
]
WALL_TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
PROPERTY = settings(derandomize=True, deadline=None, max_examples=150)


@PROPERTY
@given(at=WALL_TIMES, written=st.sampled_from(CLOCK_FORMATS))
def test_any_time_written_in_a_common_way_parses_back(at, written) -> None:
    found = clock_time(written(at))
    assert isinstance(found, ClockTime)
    assert found.time == at
    assert not found.is_ambiguous or at.hour in (10, 11)  # "at 10:30" may be the evening
    rule = recurrence(f"every day {written(at)}", now=NOW)
    assert rule == Recurrence(freq="daily", times=(at,))


@PROPERTY
@given(
    on=st.dates(TODAY, date(2035, 1, 1)),
    written=st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%b %d, %Y"]),
)
def test_any_date_written_in_a_common_way_parses_back(on, written) -> None:
    found = day(on.strftime(written), today=TODAY)
    assert isinstance(found, DayRef)
    assert found.on == on


@PROPERTY
@given(minutes=st.integers(1, 23 * 60 + 59))
def test_any_length_written_in_a_common_way_parses_back(minutes) -> None:
    hours, rest = divmod(minutes, 60)
    assert duration_minutes(f"{minutes} minutes") == minutes
    assert duration_minutes(f"{hours}h{rest:02}") == minutes
    assert duration_minutes(f"{hours} hours and {rest} min") == minutes
    then = NOW + timedelta(minutes=minutes)
    assert recurrence(f"in {minutes} minutes", now=NOW) == Recurrence(freq="once", on=then.date(), times=(then.time(),))


READERS: list[Callable[[str], object]] = [
    clock_time,
    clock_times,
    meal_times,
    duration_minutes,
    weekdays,
    lambda text: day(text, today=TODAY),
    lambda text: recurrence(text, now=NOW, anchors=ANCHORS),
]
WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        "every each day days other week weekdays monday mon sat on at in for from to until between and or but except "
        "not 2 30 8 25:99 7:30 8am noon midnight half past quarter an hour minutes hours morning evening night tonight "
        "a , tomorrow yesterday next last the 5th 10 dec 31 feb 2026-12-10 10/12 before after with bed dinner meals "
        "wake up twice times couple of starting . - / : & @ ~ ½ 9999 weeks months years ago now daily hourly around "
        "clock",
    )
)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(text=st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join)))
def test_no_text_makes_a_reader_fail(text) -> None:
    for read in READERS:
        read(text)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(text=st.lists(WORDS, min_size=2, max_size=10).map(" ".join), hour=st.integers(0, 23))
def test_every_rule_that_is_read_has_a_next_occurrence(text, hour) -> None:
    now = NOW.replace(hour=hour)
    rule = recurrence(text, now=now, anchors=ANCHORS)
    if isinstance(rule, Recurrence):
        assert next_occurrence(rule, "Europe/Berlin", after=now) is not None


@pytest.mark.parametrize(
    "piece",
    ["mon ", "every monday ", "8 ", "at 8 ", "for friday at 7 ", "in 2 ", "1 hour ", "a couple of ", ", ", "@", "12",
     "8:", "every day except ", "between 9 and ", "breakfast ", "10/12/2026 ", "the 5th ", "twenty-", "from "],
)  # fmt: skip
def test_ten_kilobytes_are_read_in_linear_time(piece) -> None:
    text = (piece * (10_000 // len(piece) + 1))[:10_000]
    for read in READERS:
        begin = stopwatch.process_time()
        read(text)
        assert stopwatch.process_time() - begin < 1.5  # about 0.1 s each; anything quadratic takes far longer
