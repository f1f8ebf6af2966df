"""Durations as machines and people write them."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.durations import LONGEST, parse


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT8H", 28_800),
        ("P1D", 86_400),
        ("P1DT30M", 88_200),
        ("PT1.5H", 5_400),
        ("P2W", 1_209_600),
        ("pt5m", 300),
        ("PT1S", 1),
        ("8h", 28_800),
        ("90m", 5_400),
        ("90 min", 5_400),
        ("2d", 172_800),
        ("1 h 30 min", 5_400),
        ("2 days, 3 hours", 183_600),
        ("1 week", 604_800),
        ("45s", 45),
        (" PT1H ", 3_600),
        ("P3660D", 316_224_000),
    ],
)
def test_a_duration_is_understood(text: str, seconds: float) -> None:
    assert parse(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "P",
        "PT",
        "P1Y",
        "P1M",
        "-PT1H",
        "PT-1H",
        "PT0S",
        "0h",
        "soon",
        "8",
        "8x",
        "P3661D",
        "P99999999999D",
        "1e9h",
        "PT1H2",
        "nan h",
        "h" * 10_000,
        "1w" * 20_000,
    ],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="PT8H"):
        parse(text)


@given(st.text(max_size=40))
def test_whatever_is_typed_it_is_a_sensible_duration_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert timedelta() < parse(text) <= LONGEST


@given(st.integers(0, 300), st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_iso_parts_add_up(days: int, hours: int, minutes: int, seconds: int) -> None:
    meant = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    text = f"P{days}DT{hours}H{minutes}M{seconds}S"
    if meant:
        assert parse(text) == meant
