"""How the service is doing, for its operator: counts over everybody; nobody's name, number, words or health.

In the system's role. Each statement groups whole tables by day or state, so it is asked for by hand, not at every turn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, case, func, select
from sqlalchemy.orm import Session

from agents.domain.onboarding import STEP_NAMES
from storage import plain, usage
from storage.due import next_instant
from storage.models.delivery import InboxRow, OutboxRow
from storage.models.identity import User
from storage.models.profile import OnboardingState
from storage.models.reminders import ReminderFiring
from storage.usage import Total, Used

WEEK: Final = timedelta(days=7)
SPANS: Final = (1, 7, 30)  # days within which somebody who was heard counts as active


@dataclass(frozen=True, slots=True)
class Funnel:
    """People who began onboarding in the time asked about, whose account is still here.

    `stopped_at[n]` counts those who are not done and stand at step n.
    """

    began: int
    completed: int
    stopped_at: tuple[int, ...]

    @property
    def reached(self) -> tuple[int, ...]:
        """How many came to each step, or farther."""
        return tuple(self.completed + sum(self.stopped_at[step:]) for step in range(len(self.stopped_at)))

    @property
    def completion_rate(self) -> float | None:
        """Completed of begun, 0 to 1; None where nobody began."""
        return self.completed / self.began if self.began else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue: how many rows could be worked on now, and since when the oldest of them could."""

    depth: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Reminded:
    """Reminders that were due in the time asked about: by what became of them, and how many got an answer."""

    by_state: dict[str, int]
    answered: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The last `days` UTC days, the one of `at` included, and how things stand at `at`."""

    at: datetime
    days: int
    used: tuple[tuple[date, Used], ...]
    spent: tuple[tuple[date, Total], ...]
    funnel: Funnel
    people: int
    active: dict[int, int]  # days -> people
    inbox: Waiting
    outbox: Waiting
    reminded: Reminded


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand: both queues, how late the next reminder is, and onboarding of the last seven days."""

    inbox: Waiting
    outbox: Waiting
    reminders_late_s: float
    funnel: Funnel


def stats_of(session: Session, now: datetime, days: int) -> Stats:
    """Everything an operator may see, of this many days (at least one)."""
    days_asked = tuple(_days(now, days))
    since = datetime.combine(days_asked[0], time(), UTC)
    people, active = people_of(session, now)
    return Stats(
        at=now,
        days=days,
        used=tuple((day, each) for day in days_asked for each in usage.usage_of(session, day)),
        spent=tuple((day, each) for day in days_asked for each in usage.totals_of(session, day).values()),
        funnel=funnel_of(session, since),
        people=people,
        active=active,
        inbox=inbox_of(session, now),
        outbox=outbox_of(session, now),
        reminded=_reminded(session, since, now),
    )


def standing_of(session: Session, now: datetime) -> Standing:
    """How things stand, cheap enough to be looked at a few times a minute."""
    due = next_instant(session)
    return Standing(
        inbox=inbox_of(session, now),
        outbox=outbox_of(session, now),
        reminders_late_s=max(0.0, (now - due).total_seconds()) if due is not None else 0.0,
        funnel=funnel_of(session, now - WEEK),
    )


def funnel_of(session: Session, since: datetime) -> Funnel:
    """Onboarding of those who began at or after this instant."""
    stopped_at, completed = [0] * len(STEP_NAMES), 0
    for row in plain.rows(session, _FUNNEL, {"since": since}):
        if row.is_completed:
            completed += row.people
        else:
            stopped_at[row.current_step] += row.people
    return Funnel(completed + sum(stopped_at), completed, tuple(stopped_at))


def people_of(session: Session, now: datetime) -> tuple[int, dict[int, int]]:
    """How many accounts are active, and how many of them were heard within each of SPANS days."""
    row: Any = plain.rows(session, _PEOPLE, {f"since_{days}": now - timedelta(days=days) for days in SPANS}).one()
    return row.people, {days: int(getattr(row, f"seen_{days}") or 0) for days in SPANS}


def inbox_of(session: Session, now: datetime) -> Waiting:
    """Updates that are written down and not yet answered."""
    return _waiting(session, _INBOX, now)


def outbox_of(session: Session, now: datetime) -> Waiting:
    """Messages that may be sent and are not; what waits for a later hour on purpose does not count."""
    return _waiting(session, _OUTBOX, now)


def _waiting(session: Session, statement: Any, now: datetime) -> Waiting:  # noqa: ANN401 - a select
    row: Any = plain.rows(session, statement, {"now": now}).one()
    return Waiting(row.depth, row.oldest)


def _reminded(session: Session, since: datetime, now: datetime) -> Reminded:
    by_state: dict[str, int] = {}
    answered = 0
    for row in plain.rows(session, _FIRINGS, {"since": since, "now": now}):
        by_state[row.state] = by_state.get(row.state, 0) + row.firings
        answered += row.firings if row.response != "none" else 0
    return Reminded(by_state, answered)


def _days(now: datetime, days: int) -> Iterator[date]:
    today = now.astimezone(UTC).date()
    return (today - timedelta(days=back) for back in range(days - 1, -1, -1))


def _seen(days: int) -> ColumnElement[Any]:
    within = case((_USERS.c.last_seen_at >= bindparam(f"since_{days}"), 1), else_=0)
    return func.sum(within).label(f"seen_{days}")


_STATES, _USERS = plain.table(OnboardingState), plain.table(User)
_IN, _OUT, _FIRED = plain.table(InboxRow), plain.table(OutboxRow), plain.table(ReminderFiring)
_COMPLETED = _STATES.c.completed_at.is_not(None).label("is_completed")
_FUNNEL = (
    select(_STATES.c.current_step, _COMPLETED, func.count().label("people"))
    .where(_STATES.c.started_at >= bindparam("since"))
    .group_by(_STATES.c.current_step, _COMPLETED)
)
_PEOPLE = select(func.count().label("people"), *(_seen(days) for days in SPANS)).where(_USERS.c.status == "active")
_INBOX = select(func.count().label("depth"), func.min(_IN.c.received_at).label("oldest")).where(
    _IN.c.state == "received", _IN.c.received_at <= bindparam("now")
)
_OUTBOX = select(func.count().label("depth"), func.min(_OUT.c.not_before).label("oldest")).where(
    _OUT.c.state == "pending", _OUT.c.not_before <= bindparam("now")
)
_FIRINGS = (
    select(_FIRED.c.state, _FIRED.c.response, func.count().label("firings"))
    .where(_FIRED.c.due_at >= bindparam("since"), _FIRED.c.due_at <= bindparam("now"))
    .group_by(_FIRED.c.state, _FIRED.c.response)
)
