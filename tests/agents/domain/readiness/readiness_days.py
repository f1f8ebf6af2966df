"""Days, answers and triggers of every kind, for the tests of readiness."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from agents.domain.profile import Injury
from agents.domain.readiness.baselines import BodySignals
from agents.domain.readiness.breaks import adherence_trigger, comeback_trigger
from agents.domain.readiness.illness import IllnessCourse, illness_trigger
from agents.domain.readiness.injury import injury_trigger
from agents.domain.readiness.planned_day import PlannedDay, PlannedLift
from agents.domain.readiness.reds import reds
from agents.domain.readiness.state import DayState
from agents.domain.readiness.surroundings import (
    Trip,
    holiday_trigger,
    kit_trigger,
    request_trigger,
    time_trigger,
    travel_trigger,
    weather_trigger,
)
from agents.domain.readiness.trigger import Trigger
from agents.domain.safety.weather import OutdoorAdvice

TODAY = date(2026, 3, 4)
MUSCLES = ("quads", "glutes", "chest", "lats", "triceps", "core")


def lifts_of(*sets: int) -> tuple[PlannedLift, ...]:
    """Lifts with so many sets, each for another muscle as far as they go."""
    return tuple(PlannedLift(f"lift_{n}", many, frozenset({MUSCLES[n % 6]})) for n, many in enumerate(sets))


def gym_day(*sets: int, deficit_kcal: float = 0.0) -> PlannedDay:
    """An hour of lifting today."""
    return PlannedDay(on=TODAY, lifts=lifts_of(*sets), minutes=60, deficit_kcal=deficit_kcal)


@st.composite
def planned_days(draw: st.DrawFn) -> PlannedDay:
    """Any day of a plan, rest days and days that are lighter already among them."""
    lifts = tuple(
        PlannedLift(f"lift_{n}", sets, draw(st.frozensets(st.sampled_from(MUSCLES))), sets + draw(st.integers(0, 3)))
        for n, sets in enumerate(draw(st.lists(st.integers(0, 9), max_size=9)))
    )
    minutes = draw(st.integers(0, 180))
    return PlannedDay(
        on=TODAY,
        lifts=lifts,
        minutes=minutes,
        full_minutes=draw(st.one_of(st.none(), st.integers(minutes, 240))),
        load_share=draw(st.sampled_from((0.6, 0.8, 1.0))),
        has_intervals=draw(st.booleans()),
        is_outdoor=draw(st.booleans()),
        is_gentle=draw(st.booleans()),
        deficit_kcal=draw(st.floats(-900, 1500)),
    )


def _pool() -> list[Trigger]:
    """One trigger of every kind and strength."""
    states = (
        DayState(sleep_hours=5.5),
        DayState(stress=8),
        DayState(soreness=8),
        DayState(soreness=9, sore_muscles=frozenset({"quads", "chest"})),
        DayState(cycle_symptoms=frozenset({"cramps"})),
    )
    ills = (frozenset({"fever"}), frozenset({"runny_nose"}), frozenset[Any]())
    hurts = [Injury(region=r, severity=s) for r in ("knee", "back", "somewhere") for s in (None, "mild", "severe")]
    weathers = [OutdoorAdvice(action, "S-172", "caution", "", 0.75) for action in ("shorten", "easy", "indoors")]
    trip = Trip(starts_on=TODAY, ends_on=TODAY, shift_hours=8)
    found = (
        *(trigger for state in states for trigger in reds(state, BodySignals(pulse=70.0, pulse_limit=60.0))),
        *(illness_trigger(IllnessCourse(began_on=TODAY, complaints=complaints), on=TODAY) for complaints in ills),
        *(illness_trigger(_well_again(days), on=TODAY) for days in (2, 9)),
        *(injury_trigger([hurt], on=TODAY) for hurt in hurts),
        *(weather_trigger(advice, is_outdoor=True) for advice in weathers),
        *(comeback_trigger(days) for days in (20, 100)),
        travel_trigger(trip, on=TODAY), adherence_trigger(3, 10), kit_trigger({"mat"}), holiday_trigger(),
        request_trigger(), time_trigger(), time_trigger(20, planned_minutes=60),
    )  # fmt: skip
    return [trigger for trigger in found if trigger is not None]


def _well_again(days: int) -> IllnessCourse:
    return IllnessCourse(began_on=TODAY - timedelta(days=12), well_since=TODAY - timedelta(days=days))


def fired() -> st.SearchStrategy[tuple[Trigger | None, ...]]:
    """Any triggers of a day."""
    return st.lists(st.sampled_from((None, *_pool())), max_size=6).map(tuple)
