"""What time alone changes: overdue tasks, plans that run out, onboardings left open."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from agents.domain.recurrence import Recurrence
from storage import recurrences
from storage.models.identity import User
from storage.models.plans import Plan, Task
from storage.models.profile import OnboardingState
from storage.models.reminders import Reminder

LEFT_OPEN = timedelta(days=1)  # product.md J1: a nudge after a day
FIRST_ZONE = timedelta(hours=14)  # how far ahead of UTC a local day begins
_LAST_DAY = {"nutrition": 7, "sleep": 7, "exercise": 14}  # days a plan of this kind covers


def miss_overdue(session: Session, now: datetime) -> int:
    """Pending tasks become missed at the end of the person's next day (data-model 5.8). Returns how many."""
    horizon = now.date() - timedelta(days=1)  # nobody's local day is earlier than this
    rows = session.execute(
        select(Task.user_id, User.timezone)
        .join(User, User.id == Task.user_id)
        .where(Task.status == "pending", Task.due_on < horizon)
        .distinct()
    ).all()
    total = 0
    for user_id, zone in rows:
        before = now.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
        done = session.execute(
            update(Task)
            .where(Task.user_id == user_id, Task.status == "pending", Task.due_on < before)
            .values(status="missed", snoozed_until=None)
        )
        total += int(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE has one
    return total


def plan_resume_nudges(session: Session, now: datetime) -> int:
    """One reminder, once, for each onboarding that was left open for a day. Returns how many."""
    rows = session.execute(
        select(OnboardingState.user_id).where(
            OnboardingState.completed_at.is_(None),
            OnboardingState.nudged_at.is_(None),
            OnboardingState.last_activity_at <= now - LEFT_OPEN,
            OnboardingState.pending_question.is_not(None),
            OnboardingState.pending_question != "consent",
        )
    ).all()
    for row in rows:
        zone = session.scalar(select(User.timezone).where(User.id == row.user_id)) or "UTC"
        local = now.astimezone(ZoneInfo(zone))
        session.execute(update(OnboardingState).where(OnboardingState.user_id == row.user_id).values(nudged_at=now))
        at = local.time().replace(microsecond=0, second=0)
        session.add(
            Reminder(
                id=session.info["ids"](), user_id=row.user_id, kind="onboarding_resume", source="system",
                recurrence=recurrences.dump(Recurrence(freq="once", times=(at,), on=local.date())),
                next_due_at=now, next_local_date=local.date(), next_local_time=at, max_age_minutes=1440,
            )
        )  # fmt: skip
    return len(rows)


def plans_run_out(session: Session, now: datetime, limit: int) -> Sequence[tuple[UUID, tuple[str, ...]]]:
    """People whose active plans do not cover their own today any more, and which kinds."""
    latest = (now + FIRST_ZONE).date() - timedelta(days=min(_LAST_DAY.values()))
    rows = session.execute(
        select(Plan.user_id, Plan.kind, Plan.starts_on, User.timezone)
        .join(User, User.id == Plan.user_id)
        .where(Plan.status == "active", Plan.starts_on <= latest, User.status == "active")
        .order_by(Plan.starts_on)
        .limit(limit * len(_LAST_DAY))
    ).all()
    found: dict[UUID, list[str]] = defaultdict(list)
    for user_id, kind, starts_on, zone in rows:
        if _ends(kind, starts_on) <= now.astimezone(ZoneInfo(zone)).date():
            found[user_id].append(kind)
    return [(user_id, tuple(kinds)) for user_id, kinds in list(found.items())[:limit]]


def _ends(kind: str, starts_on: date) -> date:
    """The first day a plan no longer covers."""
    return starts_on + timedelta(days=_LAST_DAY[kind])


def next_instant(session: Session) -> datetime | None:
    """When an onboarding has been open for a day, or a plan needs to go on."""
    left = session.scalar(
        select(func.min(OnboardingState.last_activity_at)).where(
            OnboardingState.completed_at.is_(None),
            OnboardingState.nudged_at.is_(None),
            OnboardingState.pending_question.is_not(None),
            OnboardingState.pending_question != "consent",
        )
    )
    rows = session.execute(
        select(Plan.kind, func.min(Plan.starts_on)).where(Plan.status == "active").group_by(Plan.kind)
    ).all()
    instants = [datetime.combine(_ends(kind, day), time(), UTC) - FIRST_ZONE for kind, day in rows]
    if left is not None:
        instants.append(left + LEFT_OPEN)
    return min(instants, default=None)
