"""Quick logs: what is plausible is written and claimed, what is not is asked back."""

from typing import Any

import pytest

from agents.domain import changes as c
from agents.domain.context import LoggedToday
from agents.nodes.logistics import logs
from agents.schemas import Amount, CheckIn, Intent
from agents.state import Part
from tests.support.mind import MemoryInMemory, ports, settled

ME = settled(logged=LoggedToday(water_ml=500))
PORTS = ports(MemoryInMemory(ME))


@pytest.mark.parametrize(("ml", "is_taken"), [(1, True), (5000, True), (0, False), (-250, False), (5001, False)])
async def test_water_within_reason_is_logged(ml: float, is_taken: bool) -> None:
    part = await logs.water(ME, Intent("log_water", Amount(ml, "ml")), PORTS)
    assert bool(part.changes) is is_taken
    if is_taken:
        assert part.lines[0].args["total"] == str(500 + ml)


@pytest.mark.parametrize("data", ["", "-250", "2.5", "²", "99999999999", "x"])
async def test_a_water_button_with_nonsense_logs_nothing(data: str) -> None:
    assert (await logs.water_tapped(ME, data, PORTS)).changes == ()


@pytest.mark.parametrize(
    ("kg", "key"),
    [
        (81.4, "done-weight"),
        (72.0, "done-weight"),
        (71.9, "weight-jump"),
        (400.0, "weight-jump"),
        (4000.0, "rejected-out-of-range"),
        (3.0, "rejected-out-of-range"),
    ],
)
async def test_a_weight_is_logged_asked_back_or_refused(kg: float, key: str) -> None:
    part = await logs.weight(ME, Intent("log_weight", Amount(kg, "kg")), PORTS)
    assert part.lines[0].key == key
    assert bool(part.changes) is (key == "done-weight")


@pytest.mark.parametrize("data", ["", "nan", "NaN", "inf", "-5", "1e9", "x"])
async def test_a_weight_button_with_nonsense_logs_nothing(data: str) -> None:
    assert (await logs.weight_tapped(ME, data, PORTS)).changes == ()


async def test_a_weight_confirmed_by_tap_is_logged() -> None:
    part = await logs.weight_tapped(ME, "60.0", PORTS)
    assert [change.value for change in part.changes if isinstance(change, c.MetricLogged)] == [60.0]


async def check_in(**values: Any) -> Part:
    return await logs.check_in(ME, Intent("check_in", CheckIn(**values)), PORTS)


async def test_a_check_in_writes_what_was_said_under_its_column() -> None:
    part = await check_in(energy_level=5, digestion=7, sleep_hours=6.5, note="busy")
    (change,) = part.changes
    assert isinstance(change, c.CheckInLogged)
    assert change.values == {"energy_level": 5, "digestion_score": 7, "sleep_hours": 6.5, "note": "busy"}
    assert change.raw["energy_level"] == {"scale": "0-10", "value": 5}


@pytest.mark.parametrize(
    ("values", "is_hard"),
    [
        ({"sleep_hours": 5.9}, True),
        ({"sleep_hours": 6.0}, False),
        ({"stress_level": 8}, True),
        ({"stress_level": 7}, False),
        ({"soreness_level": 8}, True),
        ({"sleep_quality": 4}, True),
        ({"sleep_quality": 5}, False),
        ({"energy_level": 1}, False),
    ],
)
async def test_a_hard_day_is_answered_with_care(values: dict[str, Any], is_hard: bool) -> None:
    part = await check_in(**values)
    assert ("check-in-care" in [line.key for line in part.lines]) is is_hard


async def test_without_figures_it_asks_with_taps() -> None:
    part = await logs.check_in(ME, Intent("check_in"), PORTS)
    assert (part.changes, part.lines[0].key) == ((), "check-in-ask")
    assert [choice.data for choice in part.choices[0]] == [
        "checkin:energy_level:3", "checkin:energy_level:6", "checkin:energy_level:9",
    ]  # fmt: skip


@pytest.mark.parametrize("data", ["energy_level:11", "energy_level:-1", "user_id:1", "energy_level:", "x", "note:5"])
async def test_a_check_in_button_with_nonsense_logs_nothing(data: str) -> None:
    assert (await logs.check_in_tapped(ME, data, PORTS)).changes == ()


async def test_progress_needs_a_plan_and_hides_numbers_where_wished() -> None:
    assert (await logs.progress(settled(plans=()), Intent("progress_view"), PORTS)).cards == ()
    part = await logs.progress(ME, Intent("progress_view"), PORTS)
    assert part.cards[0].rows[0] == ("Water", "500 ml", "")
