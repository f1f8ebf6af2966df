"""From a person to a programme: dates, weeks, sessions (science.md 5; the cap comes from the screening, S-102)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from agents.domain.exercises import Library
from agents.domain.injuries import limits
from agents.domain.profile import Profile
from agents.domain.safety.screening import Allowed
from agents.domain.training.blueprint import blueprint, intensity_of, session_kind_of
from agents.domain.training.dose import for_period
from agents.domain.training.framing import longer_cool_down
from agents.domain.training.loading import with_loads
from agents.domain.training.moving import open_sports
from agents.domain.training.periods import Period, comeback_share, period
from agents.domain.training.progression import DoneSet, History, Kit
from agents.domain.training.session import Block, Programme, Session, with_blocks
from agents.domain.training.trainee import Trainee, trainee
from agents.domain.training.week import DEFAULT_DAYS, DayPlan
from agents.domain.training.wording import NOTHING_LEFT, closed_by, notes_of, period_notes, rationale_of, with_hints

MAX_DAYS = 371  # 53 weeks: the tables count weeks up to 103


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The longer block a programme is cut from, and what is known besides the profile.

    `week` is the number of the first planned week inside its block, from 1: every fourth is lighter (T-7). Before
    `event_on` the volume tapers (T-23), its eve and day stay free. `comeback_weeks` is how long nothing was trained
    (T-9). `history` maps an exercise (slug or name) to its logged sets, from which loads follow (T-6); without a log a
    load is None; `known_on` is the day the log was read, so that the days planned from it are not taken for a break.
    `kit` tells which loads exist. `disliked` are slugs or names. `weeks_since_birth`: S-134.
    """

    week: int = 1
    event_on: date | None = None
    comeback_weeks: int | None = None
    history: History = field(default_factory=dict)
    known_on: date | None = None
    kit: Kit = field(default_factory=Kit)
    disliked: tuple[str, ...] = ()
    weeks_since_birth: int | None = None

    def period(self, day: date, index: int) -> Period | None:
        """The period of a day `index` weeks after the first."""
        return period(day, week=self.week + index, event_on=self.event_on, comeback_weeks=self.comeback_weeks)


USUAL: Final = Course()


def programme(
    profile: Profile,
    library: Library,
    *,
    screening_allowed: Allowed,
    start: date,
    days: int = 14,
    seed: int = 0,
    course: Course = USUAL,
) -> Programme:
    """Sessions on the person's training days in the `days` local days from `start` on.

    `screening_allowed` is the answer of the screening: "none" gives no session and a kind note, "easy" easy walking and
    mobility, the others cap the effort. The same arguments give the same programme. Raises ValueError for `days`
    outside 1 to 371, a week of the course below 1 or a negative break.
    """
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(f"a programme has 1 to {MAX_DAYS} days")
    course = replace(course, history=_by_slug(course.history, library))
    course.period(start, 0)  # refuses an impossible week or break before anything else
    found = limits(profile, on=start, weeks_since_birth=course.weeks_since_birth)
    forbidden = tuple(sorted(found.forbidden))
    if screening_allowed == "none":
        why = closed_by(profile, on=start)
        return Programme(sessions=(), notes=(why, *found.notes), forbidden=forbidden, rationale=why.message)
    person = _person(profile, library, screening_allowed, start, seed, course)
    weekdays = sorted({day for day in profile.workout_days or () if 0 <= day <= 6}) or list(DEFAULT_DAYS)
    plans = blueprint(library, person, weekdays=weekdays)
    if not plans:
        return Programme(
            sessions=(), notes=(NOTHING_LEFT, *found.notes), forbidden=forbidden, rationale=NOTHING_LEFT.message
        )
    return Programme(
        sessions=tuple(_sessions(library, person, plans, _dates(weekdays, start, days), course)),
        notes=(
            *notes_of(profile, person, plans, open_sports(library, person)),
            *period_notes(course.event_on, course.comeback_weeks, start, days),
        ),
        forbidden=forbidden,
        rationale=rationale_of(person, [plan.kind for plan in plans], week=course.week),
    )


def _person(profile: Profile, library: Library, allowed: Allowed, start: date, seed: int, course: Course) -> Trainee:
    disliked = {found.slug for word in course.disliked if (found := library.named(word)) is not None}
    person = trainee(
        profile, screening_allowed=allowed, on=start, seed=seed, weeks_since_birth=course.weeks_since_birth
    )
    starts_anew = comeback_share(course.comeback_weeks) is None
    return replace(
        person,
        is_new=person.is_new or starts_anew,
        may_jog=person.may_jog and not starts_anew,
        familiar=frozenset(course.history),
        disliked=frozenset(disliked),
    )


def _by_slug(history: History, library: Library) -> dict[str, tuple[DoneSet, ...]]:
    """The log by slug; two names of one exercise are put together, unknown names left out."""
    found: dict[str, tuple[DoneSet, ...]] = {}
    for name, sets in history.items():
        exercise = library.named(name)
        if exercise is not None and sets:
            found[exercise.slug] = (*found.get(exercise.slug, ()), *sets)
    return found


def _dates(weekdays: Sequence[int], start: date, days: int) -> list[tuple[int, list[date]]]:
    """Training dates by week; weeks are counted in sevens from `start`."""
    weeks = []
    for week in range((days + 6) // 7):
        span = [start + timedelta(days=7 * week + n) for n in range(min(7, days - 7 * week))]
        weeks.append((week, [day for day in span if day.weekday() in weekdays]))
    return weeks


def _sessions(
    library: Library,
    person: Trainee,
    plans: Sequence[DayPlan],
    weeks: Sequence[tuple[int, list[date]]],
    course: Course,
) -> Iterator[Session]:
    for index, dates in weeks:
        for day, plan in zip(dates, plans, strict=False):  # the last week may be cut short
            when = course.period(day, index)
            if when is not None:
                yield _session(library, person, plan, when, day, course)


def _session(library: Library, person: Trainee, plan: DayPlan, when: Period, day: date, course: Course) -> Session:
    eased = for_period(plan.blocks, person, when)
    if when.kind == "build":
        eased = longer_cool_down(library, person, eased)
    loaded = with_loads(eased, person, course.history, course.kit, when, on=min(day, course.known_on or day))
    blocks: tuple[Block, ...] = tuple(with_hints(one, person, library, when) for one in loaded)
    done = replace(plan, blocks=blocks)
    empty = Session(
        date=day,
        title=plan.title,
        session_kind=session_kind_of(done),
        intensity=intensity_of(done, person),
        minutes=0,
        is_outdoor=any(block.exercise.is_outdoor for block in done.main),
        exercises=(),
    )
    return with_blocks(empty, blocks, weight_kg=person.weight_kg)
