"""How long a programme takes, for plain and for demanding people, and how well its minutes fit."""

import time
from dataclasses import replace
from statistics import median

from agents.domain.exercises import EQUIPMENT
from agents.domain.profile import Injury, Profile
from agents.domain.training import Programme
from storage.reference import exercise_tables
from tests.benchmarks.figures import Figure, percentile
from tests.support.trainees import ADULT, GOALS, TRAINED, plan

BUDGET_MS = 50.0
LOADING_BUDGET_MS = 30.0
NEARLY = 0.85  # of the minutes asked for
ROUNDS = 5


def run(rounds: int = ROUNDS) -> list[Figure]:
    """Two weeks of training for each person of the panel, processor time."""
    times: list[float] = []
    shares: list[float] = []
    for person in _panel():
        for seed in range(rounds):
            started = time.process_time()
            made = plan(person, "vigorous" if person.regular_exercise else "moderate", seed=seed)
            times.append(1000 * (time.process_time() - started))
            shares += _fit(made, person)
    fitting = 100 * sum(NEARLY <= share <= 1 for share in shares) / len(shares)
    return [
        Figure("a programme, median", median(times), budget=BUDGET_MS),
        Figure("a programme, p99", percentile(times, 0.99), budget=BUDGET_MS),
        Figure("sessions with the minutes asked for", fitting, unit="%", budget=100, bound="least"),
        Figure("reading the exercise table", _loading_ms(), budget=LOADING_BUDGET_MS),
    ]


def _panel() -> list[Profile]:
    hurt = (Injury("knee", "moderate"), Injury("shoulder", "mild"))
    plain = [replace(person, primary_goal=goal) for person in (ADULT, TRAINED) for goal in GOALS]
    everything = replace(
        TRAINED,
        fitness_level="advanced",
        workout_days=tuple(range(7)),
        workout_minutes=120,
        equipment=tuple(sorted(EQUIPMENT)),
        modalities=("triathlon", "yoga"),
    )
    return [*plain, replace(TRAINED, injuries=hurt), everything]


def _fit(made: Programme, person: Profile) -> list[float]:
    return [session.minutes / (person.workout_minutes or 30) for session in made.sessions]


def _loading_ms() -> float:
    found = []
    for _ in range(ROUNDS):
        exercise_tables.library.cache_clear()
        started = time.process_time()
        exercise_tables.library()
        found.append(1000 * (time.process_time() - started))
    return median(found)
