"""What a plan does to the weight, in words: how long a goal takes, or where it levels off (science.md K-20, K-21).

Everything comes from the dynamic model with its band of a fifth of the change; a straight line is never used. The
intake is held constant, as the plan does until the next reassessment.
"""

import math
from dataclasses import dataclass
from itertools import islice

from agents.domain import timeline
from agents.domain.body import Body
from agents.domain.profile import Profile

HORIZON_DAYS = 3 * 365  # further on a forecast says nothing
NEXT_DAYS = 12 * 7
DAYS_PER_MONTH, DAYS_PER_WEEK = 365 / 12, 7
WEEKS_UNTIL_DAYS = 70  # below ten weeks a time is told in weeks
LEAST_CHANGE_KG = 0.5  # a smaller goal is inside the day-to-day swing of the scale
POUNDS_PER_KG = 2.20462


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a goal weight is reached at this intake, in days from now: None is "not within three years".

    `soonest_days` and `latest_days` are the ends of the band. `level_off_kg` is where the weight settles in the end;
    `is_within_reach` whether the goal lies before that.
    """

    start_kg: float
    goal_kg: float
    soonest_days: int | None
    latest_days: int | None
    level_off_kg: float

    @property
    def is_within_reach(self) -> bool:
        """Whether the expected weight gets there at all, however long it takes."""
        way, whole = self.goal_kg - self.start_kg, self.level_off_kg - self.start_kg
        return way * whole > 0 and abs(way) <= abs(whole) + LEAST_CHANGE_KG


def forecast(person: Body, *, pal: float, intake_kcal: float, goal_kg: float) -> Forecast:
    """K-20, K-21: the way from the weight now to the goal at this constant intake."""
    way = goal_kg - person.weight_kg
    soonest = latest = None
    weights = timeline.daily_weights_kg(person, pal=pal, intake_kcal=intake_kcal)
    for day, weight in enumerate(islice(weights, HORIZON_DAYS + 1)):
        share = (weight - person.weight_kg) / way if way else math.inf
        if soonest is None and share * (1 + timeline.BAND_SHARE) >= 1:
            soonest = day
        if share * (1 - timeline.BAND_SHARE) >= 1:
            latest = day
            break
    level = timeline.level_off_kg(person, pal=pal, intake_kcal=intake_kcal)
    return Forecast(person.weight_kg, goal_kg, soonest, latest, level)


def goal_in_words(found: Forecast, *, units: str = "metric") -> str:
    """One sentence: "Your goal is about 8 kg away: 5 to 7 months at this pace." or where the weight levels off."""
    way = abs(found.goal_kg - found.start_kg)
    if way < LEAST_CHANGE_KG:
        return "You are at your goal weight, give or take a day's swing."
    if found.soonest_days is not None and found.latest_days is not None:
        return (
            f"Your goal is about {mass(way, units)} away: {_span(found.soonest_days, found.latest_days)} at this pace."
        )
    if found.is_within_reach and found.soonest_days is not None:
        months = math.floor(found.soonest_days / DAYS_PER_MONTH)
        return f"Your goal is about {mass(way, units)} away: {months} months or longer, as bodies slow down on the way."
    if found.is_within_reach:
        return f"Your goal is about {mass(way, units)} away, more than three years at this pace; we go step by step."
    return (
        f"On this amount alone your weight would level off near {mass(found.level_off_kg, units)}, so "
        f"{mass(found.goal_kg, units)} needs another step later; we look again every two weeks."
    )


def weeks_in_words(person: Body, *, pal: float, intake_kcal: float, units: str = "metric") -> str:
    """One sentence for a plan without a goal weight: the change of the next twelve weeks with its band."""
    (point,) = timeline.timeline(person, pal=pal, intake_kcal=intake_kcal, days=(NEXT_DAYS,))
    change = abs(point.weight_kg - person.weight_kg)
    if change < LEAST_CHANGE_KG:
        return ""
    low, high = change * (1 - timeline.BAND_SHARE), change * (1 + timeline.BAND_SHARE)
    way = "down" if point.weight_kg < person.weight_kg else "up"
    return f"In twelve weeks that is about {_number(low, units)} to {mass(high, units)} {way}."


def outlook(profile: Profile, person: Body, *, pal: float, intake_kcal: float) -> str:
    """The sentence for this person: their goal where it lies in the direction of the plan, else twelve weeks."""
    goal, units = profile.target_weight_kg, profile.units
    level = timeline.level_off_kg(person, pal=pal, intake_kcal=intake_kcal)
    if goal is None or (goal - person.weight_kg) * (level - person.weight_kg) <= 0:
        return weeks_in_words(person, pal=pal, intake_kcal=intake_kcal, units=units)
    return goal_in_words(forecast(person, pal=pal, intake_kcal=intake_kcal, goal_kg=goal), units=units)


def mass(kg: float, units: str = "metric") -> str:
    """A weight in the person's unit: whole kg from 10, halves below; pounds whole."""
    return f"{_number(kg, units)} {'lb' if units == 'imperial' else 'kg'}"


def exact_mass(kg: float, units: str = "metric") -> str:
    """A weight to the tenth in the person's unit: "0.4 kg", "0.9 lb"."""
    return f"{kg * POUNDS_PER_KG:.1f} lb" if units == "imperial" else f"{kg:.1f} kg"


def _number(kg: float, units: str) -> str:
    if units == "imperial":
        return f"{math.floor(kg * POUNDS_PER_KG + 0.5)}"
    return f"{math.floor(kg + 0.5)}" if kg >= 10 else f"{math.floor(kg * 2 + 0.5) / 2:g}"


def _span(soonest_days: int, latest_days: int) -> str:
    """ "6 to 9 weeks", "5 to 7 months"; the band is widened to whole units."""
    unit, days = ("weeks", DAYS_PER_WEEK) if latest_days < WEEKS_UNTIL_DAYS else ("months", DAYS_PER_MONTH)
    low, high = max(1, math.floor(soonest_days / days)), max(1, math.ceil(latest_days / days))
    return f"{low} to {high} {unit}" if low < high else f"about {high} {unit if high > 1 else unit[:-1]}"
