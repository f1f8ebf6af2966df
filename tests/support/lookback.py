"""People who logged for a while, as pictures see them: seeded, so that every run draws the same."""

import random
from datetime import date, timedelta

from agents.domain.charts.history import Eaten, History, Kept, Lift, Period
from agents.domain.context import TargetsView
from agents.domain.profile import Profile
from prompts.loader import Catalogue

SUNDAY = date(2026, 11, 22)
LIFTS = ("Back squat", "Bench press", "Deadlift", "Overhead press")
PERSON = Profile(age=34, sex="female", height_cm=172, weight_kg=82, target_weight_kg=76, conditions=(), medications=())
TARGETS = TargetsView(2000, 1900, 2100, 130, 200, 70, 30)


def say(key, **args):
    """English words."""
    return Catalogue().say("en", key, args)


def days(count, *, without=()):
    """So many days up to that Sunday, without those at these places."""
    first = SUNDAY - timedelta(days=count - 1)
    return [first + timedelta(days=n) for n in range(count) if n not in without]


def history(count=84, *, seed=1, kg=84.0, a_day_kg=-0.06, without=(), lifts=LIFTS):
    """Everything logged, most of the time."""
    dice, lived = random.Random(seed), days(count, without=without)
    first = lived[0]
    return History(
        first=first,
        last=SUNDAY,
        weights=tuple((d, round(kg + a_day_kg * (d - first).days + dice.gauss(0, 0.5), 1)) for d in lived),
        eaten=tuple(Eaten(d, 2000, 130, 200, 75) for d in lived),
        kept=tuple(Kept(d, float(dice.randint(0, 5)), 5) for d in lived if d.weekday() != 6),
        lifts=tuple(
            Lift(name, d, 40 + 20 * n + (d - first).days * 0.1, 5, 8)
            for n, name in enumerate(lifts)
            for d in lived
            if d.weekday() == n
        ),
        sleep=tuple((d, round(dice.uniform(5.5, 8.5), 1)) for d in lived),
        energy=tuple((d, float(dice.randint(2, 9))) for d in lived),
        periods=tuple(Period(SUNDAY - timedelta(days=n)) for n in (150, 123, 94, 67, 38, 10)),
        trained=tuple(d for d in lived if d.weekday() in (0, 2, 4)),
        sessions=sum(d.weekday() in (0, 2, 4) for d in lived),
        active_days=tuple(lived),
    )
