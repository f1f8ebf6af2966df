"""From a person to a programme: dates, weeks, sessions (science.md 5; the cap comes from the screening, S-102)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from agents.domain.exercises import Library
from agents.domain.injuries import forbidden_tags, limits
from agents.domain.profile import Profile
from agents.domain.safety.screening import Allowed
from agents.domain.training.blueprint import DayPlan, blueprint, intensity_of, session_kind_of
from agents.domain.training.dose import for_week
from agents.domain.training.session import Programme, Session, with_blocks
from agents.domain.training.trainee import Trainee, trainee
from agents.domain.training.week import DEFAULT_DAYS, MAJOR
from agents.domain.training.wording import BLOCKED, NOTHING_LEFT, notes_of, rationale_of, with_hints

MAX_DAYS = 371  # 53 weeks: the tables count weeks up to 103


def programme(
    profile: Profile,
    library: Library,
    *,
    screening_allowed: Allowed,
    start: date,
    days: int = 14,
    seed: int = 0,
) -> Programme:
    """Sessions on the person's training days in the `days` local days from `start` on.

    `screening_allowed` is the answer of the screening: "none" gives no session and a kind note, "easy" easy walking and
    mobility, the others cap the effort. The same arguments give the same programme. Raises ValueError for `days`
    outside 1 to 371.
    """
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(f"a programme has 1 to {MAX_DAYS} days")
    forbidden = tuple(sorted(forbidden_tags(profile)))
    if screening_allowed == "none":
        notes = (BLOCKED, *limits(profile, on=start).notes)
        return Programme(sessions=(), notes=notes, forbidden=forbidden, rationale=BLOCKED.message)
    person = trainee(profile, screening_allowed=screening_allowed, on=start, seed=seed)
    weekdays = sorted({day for day in profile.workout_days or () if 0 <= day <= 6}) or list(DEFAULT_DAYS)
    plans = blueprint(library, person, days=len(weekdays))
    if not plans:
        notes = (NOTHING_LEFT, *person.limits.notes)
        return Programme(sessions=(), notes=notes, forbidden=forbidden, rationale=NOTHING_LEFT.message)
    families = {block.exercise.family for plan in plans for block in plan.main}
    has_all = families.issuperset(MAJOR[:4]) and not families.isdisjoint(("trunk", "carry"))
    lifting_days = sum(1 for plan in plans if plan.kind in ("strength", "mixed"))
    return Programme(
        sessions=tuple(_sessions(library, person, plans, _dates(weekdays, start, days))),
        notes=tuple(notes_of(profile, person, strength_days=lifting_days, has_all_patterns=has_all)),
        forbidden=forbidden,
        rationale=rationale_of(person, [plan.kind for plan in plans]),
    )


def _dates(weekdays: Sequence[int], start: date, days: int) -> list[tuple[int, list[date]]]:
    """Training dates by week; weeks are counted in sevens from `start`."""
    weeks = []
    for week in range((days + 6) // 7):
        span = [start + timedelta(days=7 * week + n) for n in range(min(7, days - 7 * week))]
        weeks.append((week, [day for day in span if day.weekday() in weekdays]))
    return weeks


def _sessions(
    library: Library, person: Trainee, plans: Sequence[DayPlan], weeks: Sequence[tuple[int, list[date]]]
) -> Iterator[Session]:
    for week, dates in weeks:
        for day, plan in zip(dates, plans, strict=False):  # the last week may be cut short
            yield _session(library, person, plan, week, day)


def _session(library: Library, person: Trainee, plan: DayPlan, week: int, day: date) -> Session:
    blocks = tuple(with_hints(for_week(block, person, week), person, library) for block in plan.blocks)
    eased = replace(plan, blocks=blocks)
    empty = Session(
        date=day,
        title=plan.title,
        session_kind=session_kind_of(plan),
        intensity=intensity_of(eased, person),
        minutes=0,
        is_outdoor=any(block.exercise.is_outdoor for block in eased.main),
        exercises=(),
    )
    return with_blocks(empty, blocks, weight_kg=person.weight_kg)
