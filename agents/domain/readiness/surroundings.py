"""What lies outside the person: weather, a trip, missing kit, little time, a day off (science.md S-172 to S-174, R-9).

A trip or a full diary never costs food, and nothing here is guessed: without a forecast there is no trigger (S-174).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from agents.domain.readiness.effect import EASY_RPE, Effect, Offer
from agents.domain.readiness.trigger import Trigger
from agents.domain.safety.weather import OutdoorAdvice

HALF: Final = 0.5  # R-9, "no time": the same main lifts, half the sets
JET_LAG_HOURS: Final = 3  # own rule: a smaller shift is a late evening
JET_LAG_DAYS: Final = 2
EASIER: Final = Effect(volume=0.7, time=0.7, load=0.9, no_intervals=True)  # own rule: asked for, between


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """Local days away, the last included. `equipment` is what is there (None: as at home), `shift_hours` of the clock.

    Raises ValueError for an end before the start.
    """

    starts_on: date
    ends_on: date
    equipment: frozenset[str] | None = frozenset()
    shift_hours: float = 0.0

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise ValueError("a trip ends after it starts")


def weather_trigger(advice: OutdoorAdvice, *, is_outdoor: bool) -> Trigger | None:
    """S-172, S-173 for the session of the day; None where it may go on as planned, and without a forecast."""
    is_against = advice.action not in ("go", "unknown") or advice.no_running or advice.is_easy
    # Air that forbids effort counts indoors as well (S-173, above 200); heat and storm do not.
    reaches_inside = advice.is_easy and advice.action == "indoors"
    if not is_against or not (is_outdoor or reaches_inside):
        return None
    offers: list[Offer] = ["indoor_twin"] if advice.action == "indoors" and is_outdoor else []
    if advice.action in ("shorten", "easy"):
        offers.append("drink_more")
    effect = Effect(
        mode="easy" if advice.is_easy else "train",
        time=advice.minutes_share,
        volume=advice.minutes_share,
        rpe_cap=EASY_RPE if advice.is_easy else None,
        no_intervals=advice.is_easy,
        no_outdoors=advice.action == "indoors" and is_outdoor,
        no_running=advice.no_running,
        offers=tuple(offers),
    )
    return Trigger("weather", advice.rule, effect, (("action", advice.action),), advice.level)


def travel_trigger(trip: Trip, *, on: date) -> Trigger | None:
    """A session for what is there; gentler on the first days in another time zone. None outside the trip."""
    if not trip.starts_on <= on <= trip.ends_on:
        return None
    is_jet_lagged = abs(trip.shift_hours) >= JET_LAG_HOURS and (on - trip.starts_on).days < JET_LAG_DAYS
    effect = Effect(load=0.9 if is_jet_lagged else 1.0, no_intervals=is_jet_lagged, equipment=trip.equipment)
    return Trigger("travel", "T-11", effect, (("shift_hours", trip.shift_hours),))


def kit_trigger(equipment: Collection[str]) -> Trigger:
    """Today with only this equipment (T-11); the lifts change, the dose does not."""
    found = frozenset(equipment)
    return Trigger("no_equipment", "T-11", Effect(equipment=found), tuple(("has", name) for name in sorted(found)))


def time_trigger(minutes: int | None = None, *, planned_minutes: int = 0) -> Trigger | None:
    """R-9, "no time": half the sets of the same main lifts, or as much as fits the minutes that the person named.

    None where these are enough. Raises ValueError for minutes below none.
    """
    if minutes is not None and minutes < 0:
        raise ValueError("minutes are not negative")
    if minutes is None or planned_minutes <= 0:
        return Trigger("time_short", "R-9", Effect(volume=HALF, time=HALF))
    if minutes >= planned_minutes:
        return None
    share = minutes / planned_minutes
    return Trigger("time_short", "R-9", Effect(volume=share, time=share), (("minutes", float(minutes)),))


def holiday_trigger() -> Trigger:
    """A day off: no session, the food stays as planned (E10)."""
    effect = Effect(mode="rest", volume=0.0, time=0.0, may_drop_lifts=True, offers=("pause_plan",))
    return Trigger("holiday", "R-10", effect)


def request_trigger() -> Trigger:
    """The person asks for an easier day, with or without a reason."""
    return Trigger("user_request", "R-10", EASIER)
