"""Everything a turn knows about a person, read in one go inside one transaction."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from agents.domain.context import CareSettings, Context, OpenQuestion, PlanView, TargetsView
from storage import logs, messages, onboardings, plain, planned, profiles, remembered, tasks
from storage.models.conversation import Conversation, SafetyEvent
from storage.models.identity import User
from storage.models.plans import NutritionTarget, Plan
from storage.models.privacy import Consent
from storage.people import Person

_ZONE = select(User.timezone).where(User.id == bindparam("u"))
_CONSENTS = select(Consent.purpose, Consent.policy_version).where(
    Consent.user_id == bindparam("u"), Consent.withdrawn_at.is_(None)
)
_THREAD = select(Conversation.open_question, Conversation.summary).where(
    Conversation.user_id == bindparam("u"), Conversation.id == bindparam("id")
)
_PLANS = (
    select(Plan.id, Plan.kind, Plan.version, Plan.starts_on, Plan.rationale, Plan.duration_weeks)
    .where(Plan.user_id == bindparam("u"), Plan.status == "active")
    .order_by(Plan.kind.desc())
)
_T = NutritionTarget
_TARGETS = select(
    _T.kcal_target, _T.kcal_min, _T.kcal_max, _T.protein_g, _T.carbs_g, _T.fat_g, _T.fibre_g, _T.kcal_floor
).where(
    NutritionTarget.user_id == bindparam("u"),
    NutritionTarget.plan_id == bindparam("plan_id"),
    NutritionTarget.day_type == "all",
)
_SAFETY = (
    select(SafetyEvent.level)
    .where(SafetyEvent.user_id == bindparam("u"), SafetyEvent.created_at >= bindparam("since"))
    .order_by(SafetyEvent.id.desc())
    .limit(20)
)
_LEVELS = ("none", "caution", "urgent", "emergency", "crisis")
SAFETY_WINDOW = timedelta(hours=72)  # science.md S-65


def recall(session: Session, person: Person, now: datetime) -> Context:
    """The frozen picture of one person at one instant."""
    who = {"u": person.user_id}
    zone = zone_of(session, person)
    today = now.astimezone(zone).date()
    profile, settings = profiles.load(session, person.user_id, today)
    onboarding = onboardings.load(session, person.user_id)
    consents = {row.purpose: row.policy_version for row in plain.rows(session, _CONSENTS, who)}
    lately = messages.lately(session, person.user_id, now)
    thread = plain.rows(session, _THREAD, {**who, "id": person.conversation_id}).first()
    plans = plain.rows(session, _PLANS, who).all()
    day: dict[str, Any] = {}
    if plans:
        due = tasks.between(session, person.user_id, today - timedelta(days=1), today)
        day = {
            "tasks": tuple(task for task in due if task.due_on == today or task.status == "pending"),
            "meals": planned.meals(session, person.user_id, today, today, items=False),
            "workouts": planned.workouts(session, person.user_id, today, today, lines=False),
            "targets": _targets(session, person.user_id, plans),
        }
    if onboarding.completed_at:
        day["logged"] = logs.today(session, person.user_id, today)
    return Context(
        user_id=person.user_id,
        account_id=person.account_id,
        conversation_id=person.conversation_id,
        now=now,
        profile=profile,
        onboarding=onboarding,
        is_new=onboarding.pending is None and onboarding.completed_at is None,
        consents=frozenset(consents),
        model_policy=consents.get("llm_provider"),
        question=_question(thread.open_question if thread else None),
        settings=_settings(settings),
        plans=tuple(_plan(row) for row in plans),
        recent_texts=lately.texts,
        summary=(thread.summary if thread else None) or "",
        exchanges=lately.exchanges if "llm_provider" in consents else (),
        remembered=remembered.active(session, person.user_id, zone) if "llm_provider" in consents else (),
        last_change=lately.last_change,
        last_safety=_last_safety(session, person.user_id, settings, now),
        model_failed_today="llm_provider" in consents
        and messages.has_degraded(session, person.user_id, datetime.combine(today, time(), zone)),
        **day,
    )


def zone_of(session: Session, person: Person) -> ZoneInfo:
    """The clock of a person."""
    return ZoneInfo(plain.rows(session, _ZONE, {"u": person.user_id}).scalar_one())


def active_plans(session: Session, user_id: UUID) -> tuple[PlanView, ...]:
    """The heads of a person's active plans."""
    return tuple(_plan(row) for row in plain.rows(session, _PLANS, {"u": user_id}))


def _question(stored: dict[str, Any] | None) -> OpenQuestion | None:
    if not stored:
        return None
    asked = stored.get("asked_at")
    return OpenQuestion(
        code=stored["code"],
        options=tuple((label, data) for label, data in stored.get("options", ())),
        data=dict(stored.get("data", {})),
        asked_at=datetime.fromisoformat(asked) if asked else None,
        is_fresh=stored.get("is_fresh", True),
    )


def _settings(row: Any) -> CareSettings:  # noqa: ANN401 - a row
    return CareSettings(row.quiet_start, row.quiet_end, row.paused_until, row.safety_quiet_until, row.tone)


def _plan(row: Any) -> PlanView:  # noqa: ANN401 - a row
    ends = row.starts_on + timedelta(weeks=row.duration_weeks) if row.duration_weeks else None
    return PlanView(row.id, row.kind, row.version, row.starts_on, row.rationale or "", ends)


def _targets(session: Session, user_id: UUID, plans: Any) -> TargetsView | None:  # noqa: ANN401 - rows
    plan_id = next((row.id for row in plans if row.kind == "nutrition"), None)
    if plan_id is None:
        return None
    row = plain.rows(session, _TARGETS, {"u": user_id, "plan_id": plan_id}).first()
    if row is None:
        return None
    return TargetsView(
        kcal=row.kcal_target,
        kcal_min=row.kcal_min,
        kcal_max=row.kcal_max,
        protein_g=float(row.protein_g),
        carbs_g=float(row.carbs_g),
        fat_g=float(row.fat_g),
        fibre_g=None if row.fibre_g is None else float(row.fibre_g),
        kcal_floor=row.kcal_floor,
    )


def _last_safety(session: Session, user_id: UUID, settings: Any, now: datetime) -> str:  # noqa: ANN401 - a row
    """The highest level of the last three days, read only while a silence is on."""
    until = settings.safety_quiet_until
    if until is None or until <= now:
        return "none"
    levels = plain.rows(session, _SAFETY, {"u": user_id, "since": now - SAFETY_WINDOW}).scalars().all()
    return max(levels, key=_LEVELS.index, default="none")
