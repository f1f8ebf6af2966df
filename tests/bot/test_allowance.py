"""One turn's share of the model: what is left is taken, what is used up is said once a day, no turn breaks."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection

from agents.model.allowance import Spent
from agents.model.asking import Kind
from bot.allowance import KEPT, PersonMeter, Tariff, tariff_of
from bot.settings import load_settings
from storage.allowances import Caps
from storage.fences import LeaseLost, fenced
from tests.support.house import START, House, locked_copy, open_house

PROMPT = ("understand", "ab" * 32)
NAMES: dict[Kind, str] = {"text": "m", "vision": "m", "transcription": "ears"}


def tariff(person: int = 1000, everybody: int = 0, **prices: float) -> Tariff:
    return Tariff(NAMES, dict.fromkeys(NAMES, Caps(person, everybody)), **prices)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(locked_copy(tmp_path)) as opened:
        yield opened


def meter(house: House, allowed: Tariff | None = None, now: datetime = START) -> PersonMeter:
    return PersonMeter(house.app.database, house.app.ring, house.person.user_id, allowed or tariff(), now)


def rows(house: House, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(house.path)) as connection:
        return connection.execute(query).fetchall()


async def taken(one: PersonMeter, tokens: int, kind: Kind = "text") -> UUID:
    number = await one.reserve(kind, "understand", PROMPT, tokens)
    assert number is not None
    return number


async def test_a_call_is_reserved_and_settled_with_its_cost(house: House) -> None:
    one = meter(house, tariff(price_in=0.4, price_out=1.6))
    await one.settle(await taken(one, 900), Spent(500, 100, 1234))
    call = (
        "SELECT model, prompt_id, prompt_sha256, tokens_in, tokens_out, cost_micros, latency_ms, finish FROM llm_calls"
    )
    assert rows(house, call) == [("m", "understand", b"\xab" * 32, 500, 100, 360, 1234, "ok")]
    assert rows(house, "SELECT reserved_tokens, cost_micros, limit_tokens FROM usage_ledger") == [(0, 360, 1000)]
    assert not one.is_spent


async def test_the_model_that_hears_is_another_one(house: House) -> None:
    await taken(meter(house), 10, "transcription")
    assert rows(house, "SELECT model, kind FROM llm_calls") == [("ears", "transcription")]


async def test_the_day_is_that_of_the_turn_in_utc_whatever_the_clock_of_the_person_says(house: House) -> None:
    in_berlin = datetime.fromisoformat("2026-11-24T00:30+01:00")
    one = meter(house, now=in_berlin)
    await taken(one, 10)
    assert rows(house, "SELECT day FROM usage_ledger") == [(date(2026, 11, 23).isoformat(),)]
    assert one.renews_at == datetime(2026, 11, 24, tzinfo=UTC)


async def test_a_share_that_is_used_up_is_said_once_a_day(house: House) -> None:
    async def refused(now: datetime = START, kind: Kind = "text") -> PersonMeter:
        one = meter(house, now=now)
        assert await one.reserve(kind, "understand", PROMPT, 1001) is None
        assert one.is_spent
        return one

    first = await refused()
    assert not first.was_told
    assert not (await refused()).was_told, "the first turn broke before anybody read it"
    await first.told()
    again = await refused()
    assert again.was_told
    await again.told()
    assert not (await refused(kind="vision")).was_told
    assert not (await refused(START + timedelta(days=1))).was_told
    assert rows(house, "SELECT finish, state, reserved_tokens FROM llm_calls") == [("over_budget", "released", 0)]


async def test_a_turn_that_was_refused_a_call_makes_no_smaller_one_of_its_kind(house: House) -> None:
    one = meter(house)
    assert await one.reserve("text", "understand", PROMPT, 1001) is None
    assert await one.reserve("text", "speak", PROMPT, 1) is None
    assert await one.reserve("vision", "see", PROMPT, 1)
    assert await meter(house).reserve("text", "understand", PROMPT, 1)


async def test_nothing_is_told_where_nothing_was_refused(house: House) -> None:
    one = meter(house)
    await taken(one, 10)
    await one.told()
    assert rows(house, "SELECT state FROM llm_calls") == [("reserved",)]


async def test_a_broken_ledger_means_no_call_and_no_failed_turn(house: House) -> None:
    one = meter(house)
    number = await taken(one, 10)
    with closing(sqlite3.connect(house.path)) as connection:
        connection.execute("ALTER TABLE usage_ledger RENAME TO elsewhere")
    assert await one.reserve("text", "understand", PROMPT, 10) is None
    assert not one.is_spent, "then the model is out of reach, and the share is not used up"
    await one.settle(number, Spent(1, 1, 1))
    assert rows(house, "SELECT state FROM llm_calls") == [("reserved",)], "it expires by itself"


async def test_a_prompt_that_is_none_is_no_call(house: House) -> None:
    assert await meter(house).reserve("text", "understand", ("x", "not hexadecimal"), 10) is None


class _Lost:
    """The fence of a turn that another process has taken over."""

    def check(self, connection: Connection) -> None:
        raise LeaseLost("another process answers it by now")


async def test_who_lost_the_turn_makes_no_call_but_one_that_was_made_is_counted(house: House) -> None:
    one = meter(house)
    number = await taken(one, 500)
    with fenced(_Lost()):
        assert await one.reserve("text", "understand", PROMPT, 10) is None
        await one.settle(number, Spent(300, 40, 1))
    assert rows(house, "SELECT reserved_tokens, tokens_in, tokens_out FROM usage_totals") == [(0, 300, 40)]


@pytest.mark.parametrize(("said", "kept"), [(-5, 0), (10**30, 2**31 - 1)])
async def test_whatever_a_server_claims_to_have_counted_can_be_kept(house: House, said: int, kept: int) -> None:
    one = meter(house, tariff(price_in=10_000.0))
    await one.settle(await taken(one, 5), Spent(said, 0, said, "x" * 100))
    assert rows(house, "SELECT tokens_in, latency_ms, length(finish) FROM llm_calls") == [(kept, kept, 40)]


async def test_a_long_name_of_a_model_is_cut(house: House) -> None:
    one = meter(house, replace(tariff(), models=dict.fromkeys(NAMES, "hf.co/" + "x" * 100)))
    await taken(one, 5)
    assert rows(house, "SELECT length(model) FROM llm_calls") == [(60,)]


async def test_upkeep_gives_back_what_a_crash_left_behind(house: House) -> None:
    await taken(meter(house, now=house.clock()), 900)
    house.clock.advance(KEPT)
    await house.app.upkeep.run(house.clock())
    assert rows(house, "SELECT state FROM llm_calls") == [("expired",)]
    for ledger in ("usage_ledger", "usage_totals"):
        assert rows(house, f"SELECT reserved_tokens FROM {ledger}") == [(0,)]


def test_what_the_operator_allows_is_read_from_the_settings() -> None:
    settings = load_settings({}, text_tokens_a_day=5, vision_tokens_a_day_for_all=7, price_of_million_tokens_in=0.15)
    found = tariff_of(settings)
    assert found.caps["text"] == Caps(5, 5_000_000)
    assert found.caps["vision"] == Caps(60_000, 7)
    assert found.caps["transcription"] == Caps(60_000, 1_500_000)
    assert found.cost_micros(1_000_000, 1_000_000) == 150_000
