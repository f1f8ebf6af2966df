"""One turn's changes become rows: each kind of change has one writer, and each writer says what it proved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agents.domain import changes as c
from agents.domain import meal_changes
from agents.domain.context import Context
from storage import (
    achievements,
    last_sent,
    logs,
    meal_swaps,
    meal_writes,
    onboardings,
    plain,
    plan_writes,
    profile_versions,
    profile_writes,
    remembered,
    reminders,
    tasks,
)
from storage.db import acting
from storage.keyring import KeyRing
from storage.models.conversation import Conversation, SafetyEvent
from storage.models.identity import UserSettings
from storage.models.privacy import AnalyticsEvent, Consent
from storage.receipts import Proof
from storage.saving import Saving


@dataclass(slots=True)
class Writing:
    """What every writer of this turn is given. `zone` moves on when the turn changes it."""

    session: Session
    ring: KeyRing
    context: Context
    level: str
    zone: str
    bundle_id: Any = None

    @property
    def now(self) -> datetime:
        """The instant of the turn."""
        return self.context.now

    def plan_writing(self) -> plan_writes.PlanWriting:
        """All plans of one turn share a bundle."""
        self.bundle_id = self.bundle_id or self.session.info["ids"]()
        today = self.now.astimezone(ZoneInfo(self.zone)).date()
        return plan_writes.PlanWriting(self.session, self.context.user_id, self.now, today, self.bundle_id, self.level)


def write(w: Writing, change: c.Change) -> list[Proof]:
    """Write one change; the proofs of the rows it touched, none when nothing changed."""
    return _WRITERS[type(change)](w, change)


def _consent(w: Writing, change: c.ConsentGranted) -> list[Proof]:
    known = w.session.scalar(
        select(Consent.id).where(
            Consent.user_id == w.context.user_id, Consent.purpose == change.purpose, Consent.withdrawn_at.is_(None)
        )
    )
    if known is not None:
        return [Proof("consent", known, "updated")]
    row = Consent(
        id=w.session.info["ids"](), user_id=w.context.user_id, purpose=change.purpose,
        policy_version=change.policy_version, locale=change.locale, granted_at=w.now,
    )  # fmt: skip
    w.session.add(row)
    return [Proof("consent", row.id, "created")]


def _withdraw(w: Writing, change: c.ConsentWithdrawn) -> list[Proof]:
    rows = w.session.scalars(
        select(Consent).where(
            Consent.user_id == w.context.user_id, Consent.purpose == change.purpose, Consent.withdrawn_at.is_(None)
        )
    ).all()
    for row in rows:
        row.withdrawn_at = w.now
    if rows and change.purpose == "llm_provider":
        last_sent.erase(*_thread(w))
    return [Proof("consent", row.id, "withdrawn") for row in rows]


def _profile(w: Writing, change: c.ProfileSaved) -> list[Proof]:
    saving = Saving(w.session, w.ring.keys, w.context.user_id, w.now, w.context.today, change.before, change.after)
    proofs = profile_writes.save(saving)
    if change.before.timezone != change.after.timezone:
        w.zone = change.after.timezone
        reminders.rezone(w.session, w.context.user_id, w.zone)
    return proofs


def _lock(w: Writing, change: c.ProfileLocked) -> list[Proof]:
    w.session.flush()
    return profile_versions.lock(w.session, w.context.user_id, change, w.now)


def _onboarding(w: Writing, change: c.OnboardingMoved) -> list[Proof]:
    return onboardings.save(w.session, w.context.user_id, change, w.now)


def _question(w: Writing, change: c.QuestionOpened) -> list[Proof]:
    question = change.question
    plain = None
    if question is not None:
        plain = {
            "v": 1,
            "code": question.code,
            "options": [list(option) for option in question.options],
            "data": question.data,
            "asked_at": (question.asked_at or w.now).isoformat(),
            "is_fresh": question.is_fresh,
        }
    w.session.execute(
        update(Conversation)
        .where(Conversation.user_id == w.context.user_id, Conversation.id == w.context.conversation_id)
        .values(open_question=plain)
    )
    return [Proof("conversation", w.context.conversation_id, "updated")]


def _settings(w: Writing, change: c.SettingsChanged) -> list[Proof]:
    row = w.session.get_one(UserSettings, w.context.user_id)
    for name, value in change.values.items():
        setattr(row, name, value)
    return [Proof("user_setting", w.context.user_id, "updated")]


def _safety(w: Writing, change: c.SafetyNoted) -> list[Proof]:
    row = SafetyEvent(
        id=w.session.info["ids"](), user_id=w.context.user_id, level=change.level, category=change.category,
        rule_ids=list(change.rule_ids), locale=change.locale, action=change.action,
    )  # fmt: skip
    w.session.add(row)
    if change.quiet_until is not None:
        settings = w.session.get_one(UserSettings, w.context.user_id)
        settings.safety_quiet_until = max(settings.safety_quiet_until or change.quiet_until, change.quiet_until)
    return [Proof("safety_event", row.id, "created")]


def _eased(w: Writing, _change: c.SafetyEased) -> list[Proof]:
    w.session.get_one(UserSettings, w.context.user_id).safety_quiet_until = None
    return [Proof("user_setting", w.context.user_id, "updated")]


def _event(w: Writing, change: c.EventNoted) -> list[Proof]:
    """Without consent to analytics only the count is kept, nobody's (data-model 3.5)."""
    with acting(w.session, "system"):
        row_id = plain.add(
            w.session,
            AnalyticsEvent,
            user_id=w.context.user_id if "analytics" in w.context.consents else None,
            event_name=change.name,
            event_properties={"v": 1, **change.properties},
            occurred_at=w.now,
        )
    return [Proof("analytics_event", row_id, "created")]


def _mark(w: Writing, change: c.TaskMarked) -> list[Proof]:
    proofs = tasks.mark(w.session, w.context.user_id, change.task_id, change.status, w.now)
    if proofs and change.status == "completed":
        _event(w, c.EventNoted("task_completed"))
    return proofs


def _sent(w: Writing, change: c.WordsSent) -> list[Proof]:
    last_sent.keep(*_thread(w), change.last)
    return [Proof("conversation", w.context.conversation_id, "updated")]


def _person(w: Writing) -> tuple[Session, Any]:
    return w.session, w.context.user_id


def _thread(w: Writing) -> tuple[Session, UUID, UUID]:
    return w.session, w.context.user_id, w.context.conversation_id


_WRITERS: dict[type, Callable[[Writing, Any], list[Proof]]] = {
    c.ConsentGranted: _consent,
    c.ConsentWithdrawn: _withdraw,
    c.ProfileSaved: _profile,
    c.ProfileLocked: _lock,
    c.OnboardingMoved: _onboarding,
    c.QuestionOpened: _question,
    c.NutritionPlanMade: lambda w, change: meal_writes.nutrition(w.plan_writing(), change),
    meal_changes.MealSwapped: lambda w, change: meal_swaps.swap(*_person(w), change),
    meal_changes.MealSwapUndone: lambda w, change: meal_swaps.undo(*_person(w), change),
    meal_changes.MealsDropped: lambda w, change: meal_swaps.drop(*_person(w), change),
    c.ExercisePlanMade: lambda w, change: plan_writes.exercise(w.plan_writing(), change),
    c.SleepPlanMade: lambda w, change: plan_writes.sleep(w.plan_writing(), change),
    c.TaskMarked: _mark,
    c.TaskSnoozed: lambda w, change: tasks.snooze(*_person(w), change.task_id, change.until),
    c.ReminderAdded: lambda w, change: reminders.add(*_person(w), change, w.zone, w.now),
    c.RemindersScheduled: lambda w, change: reminders.match(*_person(w), change, w.zone, w.now),
    c.ReminderCancelled: lambda w, change: reminders.cancel(*_person(w), change.reminder_id),
    c.FiringAnswered: lambda w, change: reminders.answer(*_person(w), change, w.now),
    c.SettingsChanged: _settings,
    c.MetricLogged: lambda w, change: logs.add_metric(*_person(w), change),
    c.CheckInLogged: lambda w, change: logs.add_check_in(*_person(w), change),
    c.MealLogged: lambda w, change: logs.add_meal(*_person(w), change),
    c.ActivityLogged: lambda w, change: logs.add_activity(*_person(w), change),
    c.LogRemoved: lambda w, change: logs.remove(*_person(w), change),
    c.FactRemembered: lambda w, change: remembered.add(w.session, w.ring.keys, w.context.user_id, change.fact),
    c.FactForgotten: lambda w, change: remembered.forget(*_person(w), change.id),
    c.AllForgotten: lambda w, _change: remembered.forget_all(*_person(w)),
    c.WordsSent: _sent,
    c.SafetyNoted: _safety,
    c.SafetyEased: _eased,
    c.EventNoted: _event,
    c.AchievementsEarned: lambda w, change: achievements.add(*_person(w), change.earned),
}
