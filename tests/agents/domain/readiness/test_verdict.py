"""The decision table: strongest wins, nothing multiplies (science.md R-9)."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.readiness.breaks import comeback_trigger
from agents.domain.readiness.effect import MODES, Effect, strictest
from agents.domain.readiness.planned_day import PlannedDay, PlannedLift, load_after, minutes_after, sets_after
from agents.domain.readiness.reds import reds
from agents.domain.readiness.state import DayState
from agents.domain.readiness.surroundings import time_trigger
from agents.domain.readiness.trigger import Trigger
from agents.domain.readiness.verdict import verdict
from tests.agents.domain.readiness.readiness_days import TODAY, fired, gym_day, lifts_of, planned_days

EIGHTEEN = gym_day(3, 3, 3, 3, 3, 3)


@pytest.mark.parametrize(
    ("state", "sets", "load", "mode"),
    [
        (DayState(sleep_hours=5.5), 16, 0.9, "train"),
        (DayState(sleep_hours=5.5, stress=8), 12, 0.8, "train"),
        (DayState(sleep_hours=5.5, stress=8, soreness=8), 0, 0.0, "recovery"),
        (DayState(stress=8), 18, 0.9, "train"),
        (DayState(), 18, 1.0, "train"),
    ],
)
def test_r9_worked_examples(state: DayState, sets: int, load: float, mode: str) -> None:
    found = verdict(reds(state)).effect
    assert (sum(sets_after(EIGHTEEN, found)), found.mode) == (sets, mode)
    if mode == "train":
        assert load_after(EIGHTEEN, found) == load


def test_two_reds_cap_the_effort_and_three_are_a_walk_of_half_an_hour() -> None:
    two = verdict(reds(DayState(sleep_quality=2, stress=9)))
    assert (two.effect.rpe_cap, two.rules, two.red_count) == (7, ("R-2", "R-3", "R-9"), 2)
    three = verdict(reds(DayState(sleep_quality=2, stress=9, cycle_symptoms=frozenset({"cramps"}))))
    assert minutes_after(EIGHTEEN, three.effect) == 30
    assert {"walk_20_30", "mobility_20_30"} <= set(three.effect.offers)


def test_one_kind_of_red_counts_once_however_often_it_is_said() -> None:
    night = (*reds(DayState(sleep_hours=5)), *reds(DayState(sleep_hours=4.5)))
    assert verdict(night).red_count == 1


def test_no_time_keeps_every_main_lift_with_half_the_sets() -> None:
    found = verdict([time_trigger()]).effect
    assert sets_after(EIGHTEEN, found) == (2, 2, 2, 1, 1, 1)
    assert sets_after(gym_day(1, 1, 1), found) == (1, 1, 1)
    assert minutes_after(EIGHTEEN, found) == 30


@pytest.mark.parametrize(("minutes", "left"), [(20, 20), (45, 45), (60, 60), (90, 60)])
def test_the_minutes_that_are_there_are_used(minutes: int, left: int) -> None:
    assert minutes_after(EIGHTEEN, verdict([time_trigger(minutes, planned_minutes=60)]).effect) == left


def test_poor_sleep_leaves_one_set_of_each_lift() -> None:
    found = verdict(reds(DayState(sleep_hours=4))).effect
    assert sets_after(gym_day(1, 1, 1), found) == (1, 1, 1)
    assert sets_after(gym_day(2, 1, 1), found) == (1, 1, 1)


def test_sore_muscles_lose_half_and_the_others_nothing() -> None:
    day = gym_day(4, 4, 3)  # quads, glutes, chest
    state = DayState(soreness=8, sore_muscles=frozenset({"quads", "glutes"}))
    assert sets_after(day, verdict(reds(state)).effect) == (2, 2, 3)


def test_soreness_without_a_place_halves_everything() -> None:
    assert sum(sets_after(EIGHTEEN, verdict(reds(DayState(soreness=9))).effect)) == 9


def test_a_deload_day_is_not_made_lighter_twice() -> None:
    lighter = PlannedDay(
        on=TODAY, lifts=tuple(PlannedLift(str(n), 2, full_sets=3) for n in range(6)), minutes=40, load_share=0.8
    )
    one = verdict(reds(DayState(sleep_hours=5))).effect
    two = verdict(reds(DayState(sleep_hours=5, stress=9))).effect
    assert (sum(sets_after(lighter, one)), load_after(lighter, one)) == (12, 1.0)
    assert (sum(sets_after(lighter, two)), load_after(lighter, two)) == (12, 1.0)
    assert minutes_after(lighter, two) == 28


def test_a_comeback_and_two_reds_do_not_multiply() -> None:
    found = verdict([*reds(DayState(sleep_hours=5, stress=8)), comeback_trigger(15)]).effect
    assert (found.volume, found.load) == (0.7, 0.8)


def test_a_effect_that_asks_for_more_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="easier"):
        Effect(volume=1.1)
    with pytest.raises(ValueError, match="easier"):
        Effect(fewer_sets=-1)


@given(fired(), st.integers(0, 99))
def test_neither_order_nor_repetition_matters(triggers: tuple[Trigger | None, ...], seed: int) -> None:
    mixed = [*triggers, *triggers]
    random.Random(seed).shuffle(mixed)
    assert verdict(mixed) == verdict(triggers)


@given(fired())
def test_no_trigger_is_softened_by_another(triggers: tuple[Trigger | None, ...]) -> None:
    whole = verdict(triggers).effect
    for each in filter(None, triggers):
        assert replace(strictest((whole, each.effect)), offers=()) == replace(whole, offers=())
        assert MODES.index(whole.mode) >= MODES.index(each.effect.mode)
        assert set(each.effect.offers) <= set(whole.offers)


@given(fired(), planned_days())
def test_a_day_never_grows(triggers: tuple[Trigger | None, ...], day: PlannedDay) -> None:
    effect = verdict(triggers).effect
    sets = sets_after(day, effect)
    assert len(sets) == len(day.lifts)
    assert all(0 <= left <= lift.sets for left, lift in zip(sets, day.lifts, strict=True))
    assert 0 <= minutes_after(day, effect) <= day.minutes
    assert 0 <= load_after(day, effect) <= 1


@given(planned_days(), st.integers(0, 40), st.floats(0, 1))
def test_more_to_give_up_never_leaves_more(day: PlannedDay, fewer: int, volume: float) -> None:
    mild, strong = Effect(fewer_sets=fewer, volume=volume), Effect(fewer_sets=fewer + 1, volume=volume / 2)
    assert sum(sets_after(day, strong)) <= sum(sets_after(day, mild))


def test_two_reds_take_at_least_three_tenths() -> None:
    effect = verdict(reds(DayState(sleep_hours=5, stress=9))).effect
    for count in range(2, 40):
        day = PlannedDay(on=TODAY, lifts=lifts_of(*[1] * count), minutes=60)
        assert sum(sets_after(day, effect)) <= count * 0.7 + 1e-9
