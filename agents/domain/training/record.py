"""What is on file about a person's training, and the course it leads to (science.md T-6, T-7, T-9).

Plans follow one another, so the week of the course is counted from the first plan of an unbroken row. After a break of
two weeks or more the row, and with it the course, starts anew and gently.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from agents.domain.exercises import Library
from agents.domain.profile import Profile
from agents.domain.strength import rir_of_rpe
from agents.domain.training.builder import Course
from agents.domain.training.lift_names import names_of
from agents.domain.training.progression import DoneSet
from agents.domain.training.trainee import equipment_of

BREAK_DAYS: Final = 14  # T-9: shorter pauses change nothing
COMEBACK_WEEKS: Final = 8  # by then the full dose is back, whatever the break was


@dataclass(frozen=True, slots=True)
class LiftedSet:
    """One set as logged, by the name it was logged under. `rpe` is 1 to 10, None where no effort was said."""

    name: str
    on: date
    weight_kg: float
    reps: int
    rpe: float | None = None


@dataclass(frozen=True, slots=True)
class PlanSpan:
    """The local days a training plan was made for; `ends_on` is the first day after it."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """Logged sets, the days of all training plans, and the names of what they asked for."""

    sets: tuple[LiftedSet, ...] = ()
    plans: tuple[PlanSpan, ...] = ()
    planned: frozenset[str] = frozenset()


def course_of(record: TrainingRecord, profile: Profile, library: Library, *, on: date) -> Course:
    """The course of a programme that starts on this local day."""
    started, weeks_off = _run(record, on)
    week = (on - started).days // 7 + 1
    return Course(
        week=week,
        comeback_weeks=weeks_off if week <= COMEBACK_WEEKS else None,
        history=history_of(record, equipment_of(profile), library, on=on),
        known_on=on,
    )


def history_of(
    record: TrainingRecord, equipment: Collection[str], library: Library, *, on: date
) -> dict[str, tuple[DoneSet, ...]]:
    """The sets up to this day by the slug of their lift, oldest first; sets of an unclear lift are left out."""
    names, found = names_of(library), dict[str, list[DoneSet]]()
    lifts = {
        name: names.lift(name, equipment=equipment, planned=record.planned) for name in {s.name for s in record.sets}
    }
    for one in sorted(record.sets, key=lambda logged: logged.on):
        lift = lifts[one.name]
        if lift is not None and one.on <= on and one.weight_kg > 0 and one.reps >= 1:
            rir = None if one.rpe is None else rir_of_rpe(one.rpe)
            found.setdefault(lift.slug, []).append(DoneSet(one.on, one.weight_kg, one.reps, rir))
    return {slug: tuple(sets) for slug, sets in found.items()}


def _run(record: TrainingRecord, on: date) -> tuple[date, int | None]:
    """First day of the unbroken row of plans that leads to `on`, and the weeks of the break before it."""
    spans = sorted((plan.starts_on, plan.ends_on) for plan in record.plans if plan.starts_on <= on)
    if not spans:
        return on, None
    trained = sorted({one.on for one in record.sets if spans[0][0] <= one.on <= on})
    days = sorted([*spans, *((day, day + timedelta(days=1)) for day in trained), (on, on)])
    starts = {start for start, _ in spans} | {on}
    started: date | None = None
    weeks_off: int | None = None
    covered = spans[0][0]
    for start, end in days:
        if (start - covered).days >= BREAK_DAYS:
            started, weeks_off = None, (start - covered).days // 7
        if started is None and start in starts:
            started = start
        covered = max(covered, end)
    return started or on, weeks_off
