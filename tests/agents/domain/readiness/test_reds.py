"""The reds and ambers of a day (science.md R-1 to R-4, R-8, C-3)."""

from datetime import date, timedelta

import pytest

from agents.domain.readiness.baselines import BodySignals
from agents.domain.readiness.reds import ambers, reds
from agents.domain.readiness.state import DayState

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("state", "fired"),
    [
        (DayState(sleep_hours=6.0), []),
        (DayState(sleep_hours=5.9), ["poor_sleep"]),
        (DayState(sleep_quality=5), []),
        (DayState(sleep_quality=4), ["poor_sleep"]),
        (DayState(sleep_hours=8, sleep_quality=4), ["poor_sleep"]),
        (DayState(stress=7), []),
        (DayState(stress=8), ["high_stress"]),
        (DayState(soreness=7), []),
        (DayState(soreness=8), ["high_soreness"]),
        (DayState(cycle_symptoms=frozenset({"cramps"})), ["cycle_symptoms"]),
        (DayState(cycle_symptoms=frozenset({"heavy_flow", "fatigue"})), ["cycle_symptoms"]),
        (DayState(cycle_symptoms=frozenset({"mood_swings"})), []),
        (DayState(energy=0), []),
        (DayState(), []),
        (DayState(sleep_hours=0, stress=10, soreness=10), ["poor_sleep", "high_stress", "high_soreness"]),
    ],
)
def test_r1_marks_are_strict(state: DayState, fired: list[str]) -> None:
    assert [trigger.reason for trigger in reds(state)] == fired


def test_two_body_signals_are_one_red() -> None:
    signals = BodySignals(3.0, 3.5, 70.0, 60.0)
    assert [trigger.reason for trigger in reds(DayState(), signals)] == ["body_signals"]


def test_every_red_brings_its_rule_and_its_numbers() -> None:
    state = DayState(sleep_hours=5.5, sleep_quality=6, stress=8, soreness=9)
    found = reds(state, BodySignals(pulse=70.0, pulse_limit=67.0))
    assert [(each.rule, each.evidence) for each in found] == [
        ("R-2", (("sleep_hours", 5.5), ("sleep_quality", 6))),
        ("R-3", (("stress", 8),)),
        ("R-4", (("soreness", 9),)),
        ("R-8", (("resting_pulse", 70.0), ("resting_pulse_limit", 67.0))),
    ]


def test_no_red_touches_food() -> None:
    state = DayState(sleep_hours=3, stress=10, soreness=10, energy=0, cycle_symptoms=frozenset({"cramps"}))
    assert not any(trigger.effect.lifts_deficit for trigger in reds(state))


@pytest.mark.parametrize(
    ("state", "measures"),
    [
        (DayState(sleep_hours=6.5, sleep_quality=5, stress=7, soreness=7, energy=3),
         ["sleep_hours", "sleep_quality", "stress", "soreness", "energy"]),
        (DayState(sleep_hours=7, sleep_quality=6, stress=6, soreness=6, energy=4), []),
        (DayState(sleep_hours=5, stress=9), []),
    ],
)  # fmt: skip
def test_ambers_are_close_to_a_mark_and_no_red(state: DayState, measures: list[str]) -> None:
    assert [amber.measure for amber in ambers(state, {}, on=TODAY)] == measures


def test_what_is_unusual_for_this_person_is_amber() -> None:
    history = {TODAY - timedelta(days=n): DayState(stress=2 + n % 2, sleep_hours=9) for n in range(1, 29)}
    found = ambers(DayState(stress=5, sleep_hours=7.5), history, on=TODAY)
    assert [(amber.measure, amber.usual) for amber in found] == [("sleep_hours", 9.0), ("stress", 2.5)]
    assert ambers(DayState(stress=5, sleep_hours=7.5), dict(list(history.items())[:13]), on=TODAY) == ()


def test_better_than_usual_is_no_amber() -> None:
    history = {TODAY - timedelta(days=n): DayState(stress=6, energy=5) for n in range(1, 29)}
    assert ambers(DayState(stress=0, energy=10), history, on=TODAY) == ()
