"""What the doctor says about the share of the model: caps, what is spent, and when it is nearly all."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agents.model.allowance import Spent
from bot.allowance import PersonMeter, tariff_of
from bot.app import bootstrap
from bot.doctor import allowance
from bot.doctor.command import everything
from bot.settings import Settings, load_settings
from storage import people
from storage.people import Contact

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PROMPT = ("understand", "00" * 32)


def settings(folder: Path, **more: Any) -> Settings:
    address = {"openai_base_url": "http://127.0.0.1:9/v1", **more}
    return load_settings({}, database=f"sqlite:///{folder / 'keel.db'}", data_dir=folder, **address)


async def spend(known: Settings, *calls: Spent) -> None:
    app = bootstrap(known, clock=lambda: NOW)
    who = await app.database.run_write(lambda s: people.create(s, app.ring, Contact("console", "me"), NOW))
    meter = PersonMeter(app.database, app.ring, who.user_id, tariff_of(known), NOW)
    for spent in calls:
        number = await meter.reserve("text", "understand", PROMPT, 100)
        assert number is not None
        await meter.settle(number, spent)
    await app.close()


async def test_caps_and_what_is_spent_are_one_line(tmp_path):
    known = settings(tmp_path, vision_tokens_a_day=0, price_of_million_tokens_in=2.0)
    await spend(known, Spent(3000, 400, 5), Spent(2000, 100, 5), Spent(0, 0, 5, "timeout"))
    (check,) = await allowance.check(known, NOW)
    assert check.state == "ok"
    assert "text 5,500 of 5,000,000 tokens, a person 200,000" in check.finding
    assert "pictures 0 of 1,500,000 tokens, a person unlimited" in check.finding
    assert "(2 text ok, 1 text timeout; cost 0.0100)" in check.finding


async def test_only_today_counts(tmp_path):
    known = settings(tmp_path)
    await spend(known, Spent(3000, 400, 5))
    (check,) = await allowance.check(known, NOW + timedelta(days=1))
    assert "text 0 of" in check.finding
    assert "(no calls)" in check.finding


@pytest.mark.parametrize(("spent", "state"), [(899, "ok"), (900, "warning"), (1000, "warning")])
async def test_a_share_that_is_nearly_used_up_is_a_warning(tmp_path, spent, state):
    known = settings(tmp_path, text_tokens_a_day_for_all=1000)
    await spend(known, Spent(spent, 0, 5))
    (check,) = await allowance.check(known, NOW)
    assert check.state == state
    assert ("KEEL_" in check.mend) is (state == "warning")


async def test_without_a_limit_nothing_is_nearly_used_up(tmp_path):
    known = settings(tmp_path, text_tokens_a_day=0, text_tokens_a_day_for_all=0)
    await spend(known, Spent(10**9, 0, 5))
    (check,) = await allowance.check(known, NOW)
    assert check.state == "ok"
    assert "text 1,000,000,000 of unlimited tokens, a person unlimited" in check.finding


async def test_without_a_model_or_a_database_there_is_nothing_to_say(tmp_path):
    assert await allowance.check(settings(tmp_path), NOW) == []
    assert list(tmp_path.iterdir()) == []
    await bootstrap(settings(tmp_path)).close()
    assert await allowance.check(settings(tmp_path, openai_base_url=""), NOW) == []
    assert await allowance.check(settings(tmp_path, openai_base_url="nonsense"), NOW) == []


async def test_a_lost_key_is_for_another_line_to_tell(tmp_path):
    await spend(settings(tmp_path))
    (tmp_path / "keel.db.key").unlink()
    assert await allowance.check(settings(tmp_path), NOW) == []


async def test_it_is_a_part_of_the_examination(tmp_path):
    known = settings(tmp_path)
    await bootstrap(known).close()
    assert "allowance" in [check.name for check in await everything(known, NOW)]
