"""A plan becomes the active one: versioned, frozen, with its planned sessions and tasks. Meals are in `meal_writes`."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from agents.domain.changes import ExercisePlanMade, PlanHead, SleepPlanMade
from agents.domain.training import Session as TrainingSession
from storage.models.planned import PlannedExercise, PlannedMeal, PlannedWorkout
from storage.models.plans import Plan, Task
from storage.receipts import Proof

ENGINE_VERSION = "keel-0.1"
REASSESS_AFTER = timedelta(days=14)
Kind = Literal["exercise", "nutrition", "sleep"]


@dataclass(frozen=True, slots=True)
class PlanWriting:
    """One write of plans: whose, when, and the bundle all plans of this turn share."""

    session: Session
    user_id: UUID
    now: datetime
    today: date
    bundle_id: UUID
    level: str = "none"


def exercise(w: PlanWriting, change: ExercisePlanMade) -> list[Proof]:
    """Sessions, their exercises, and a task for each session."""
    sessions = change.programme.sessions
    plan = activate(w, "exercise", change.head, _sessions_content(change))
    plan.frequency_per_week = min(21, round(len(sessions) / max(1, change.head.duration_weeks)))
    by_day: dict[date, UUID] = {}
    for session in sessions:
        by_day[session.date] = _session(w, plan, session, change)
    return [Proof("plan", plan.id, "created"), *_tasks(w, plan, change.head, by_day)]


def _session(w: PlanWriting, plan: Plan, session: TrainingSession, change: ExercisePlanMade) -> UUID:
    workout_id: UUID = w.session.info["ids"]()
    index = (session.date - change.head.starts_on).days
    w.session.add(
        PlannedWorkout(
            id=workout_id,
            user_id=w.user_id,
            plan_id=plan.id,
            local_date=session.date,
            week_index=index // 7,
            day_index=index % 7,
            scheduled_time=change.workout_time,
            name=session.title,
            session_kind=session.session_kind,
            is_outdoor=session.is_outdoor,
            difficulty_level=_hardest(session),
            intensity_level=session.intensity,
            duration_minutes=session.minutes,
            est_kcal=session.est_kcal,
            forbidden_patterns=list(change.programme.forbidden),
        )
    )
    for position, block in enumerate(session.exercises):
        w.session.add(
            PlannedExercise(
                user_id=w.user_id,
                planned_workout_id=workout_id,
                position=position,
                name=block.exercise.name,
                phase=block.phase,
                sets=block.sets,
                reps_min=block.reps_min,
                reps_max=block.reps_max,
                duration_seconds=block.duration_seconds,
                rest_sec=block.rest_sec,
                target_load_kg=None if block.load_kg is None else Decimal(str(round(block.load_kg, 2))),
                target_rpe=None if block.rir is None else Decimal(10 - block.rir),
                modifications=list(block.modifications),
            )
        )
    return workout_id


_LEVELS = ("beginner", "intermediate", "advanced")


def _hardest(session: TrainingSession) -> Any:  # noqa: ANN401 - one of the three levels
    return max((block.exercise.level for block in session.exercises), key=_LEVELS.index, default="beginner")


def sleep(w: PlanWriting, change: SleepPlanMade) -> list[Proof]:
    """Sleep times as a plan, with a task for each evening."""
    content = {
        "v": 1,
        "bed_time": f"{change.plan.bed_time:%H:%M}",
        "wake_time": f"{change.plan.wake_time:%H:%M}",
        "wind_down_time": f"{change.plan.wind_down_time:%H:%M}",
        "last_coffee": f"{change.plan.last_coffee:%H:%M}",
        "steps": [asdict(step) for step in change.plan.steps],
    }
    plan = activate(w, "sleep", change.head, content)
    return [Proof("plan", plan.id, "created"), *_tasks(w, plan, change.head, {})]


def activate(w: PlanWriting, kind: Kind, head: PlanHead, content: dict[str, Any]) -> Plan:
    """Supersede the active plan of this kind and put the new one in its place, in this transaction."""
    previous = w.session.scalar(
        select(Plan).where(Plan.user_id == w.user_id, Plan.kind == kind, Plan.status == "active")
    )
    last = w.session.scalar(select(func.max(Plan.version)).where(Plan.user_id == w.user_id, Plan.kind == kind)) or 0
    if previous is not None:
        previous.status, previous.superseded_at = "superseded", w.now
        w.session.flush()
        _clear_future(w, previous)
    plan = Plan(
        id=w.session.info["ids"](),
        user_id=w.user_id,
        kind=kind,
        version=last + 1,
        bundle_id=w.bundle_id,
        status="active",
        name=head.name,
        primary_goal=head.primary_goal,
        starts_on=head.starts_on,
        duration_weeks=head.duration_weeks,
        next_reassessment_on=w.today + REASSESS_AFTER,
        content=content,
        rationale=head.rationale,
        safety={
            "v": 1,
            "level": w.level,
            "cleared": True,
            "findings": [{"rule": rule, "message": message} for rule, message in head.findings],
            "constraints": [],
        },
        feasibility={"v": 1, "feasible": True, "conflicts": [], "trade_offs": []},
        made_for=head.made_for,
        origin="engine",
        source_profile_version=head.source_profile_version,
        engine_version=ENGINE_VERSION,
        input_sha256=hashlib.sha256(json.dumps([content, head.seed], sort_keys=True).encode()).digest(),
        previous_plan_id=previous.id if previous else None,
        generated_at=w.now,
        decided_at=w.now,
        activated_at=w.now,
    )
    w.session.add(plan)
    w.session.flush()
    return plan


def _clear_future(w: PlanWriting, old: Plan) -> None:
    """The old plan's open future goes: its content can rebuild it (data-model 9.1). What was done stays."""
    w.session.execute(
        delete(Task).where(
            Task.user_id == w.user_id, Task.plan_id == old.id, Task.status == "pending", Task.due_on >= w.today
        )
    )
    w.session.execute(
        delete(PlannedMeal).where(
            PlannedMeal.user_id == w.user_id, PlannedMeal.plan_id == old.id, PlannedMeal.local_date >= w.today,
            PlannedMeal.status == "planned",
        )
    )  # fmt: skip
    w.session.execute(
        delete(PlannedWorkout).where(
            PlannedWorkout.user_id == w.user_id, PlannedWorkout.plan_id == old.id,
            PlannedWorkout.local_date >= w.today, PlannedWorkout.status == "planned",
        )
    )  # fmt: skip


def _tasks(w: PlanWriting, plan: Plan, head: PlanHead, workouts: dict[date, UUID]) -> list[Proof]:
    proofs = []
    for draft in head.tasks:
        subject = workouts.get(draft.workout_on) if draft.workout_on else None
        row = Task(
            id=w.session.info["ids"](),
            user_id=w.user_id,
            plan_id=plan.id,
            category=draft.category,
            task_description=draft.description,
            subject_type="planned_workout" if subject else "none",
            subject_id=subject,
            due_on=draft.due_on,
            due_time=draft.due_time,
        )
        w.session.add(row)
        proofs.append(Proof("task", row.id, "created"))
    return proofs


def _sessions_content(change: ExercisePlanMade) -> dict[str, Any]:
    sessions = [
        {
            "date": session.date.isoformat(),
            "title": session.title,
            "minutes": session.minutes,
            "exercises": [
                [b.exercise.slug, b.phase, b.sets, b.reps_min, b.reps_max, b.duration_seconds, b.rest_sec, b.load_kg]
                for b in session.exercises
            ],
        }
        for session in change.programme.sessions
    ]
    return {"v": 1, "sessions": sessions}
