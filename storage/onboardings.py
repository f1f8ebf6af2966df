"""Where a person is in onboarding: read as a value, saved at once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from agents.domain.changes import OnboardingMoved
from agents.domain.onboarding import OnboardingState
from agents.domain.questions import BY_CODE
from storage import plain
from storage.models.identity import User
from storage.models.profile import OnboardingState as Row
from storage.receipts import Proof

_STATE = select(
    Row.current_step, Row.pending_question, Row.step_data, Row.started_at, Row.completed_at, Row.flow_version
).where(Row.user_id == bindparam("u"))


def load(session: Session, user_id: UUID) -> OnboardingState:
    """The stored progress."""
    row: Any = plain.rows(session, _STATE, {"u": user_id}).one()
    data = row.step_data
    return OnboardingState(
        current_step=row.current_step,
        pending=row.pending_question,
        answered=tuple(data.get("answered", ())),
        skipped=tuple(data.get("skipped", ())),
        started_at=row.started_at,
        completed_at=row.completed_at,
        flow_version=row.flow_version,
    )


def save(session: Session, user_id: UUID, change: OnboardingMoved, now: datetime) -> list[Proof]:
    """The new progress, and the account's own status beside it."""
    row = session.get_one(Row, user_id)
    state = change.state
    row.current_step, row.pending_question = state.current_step, state.pending
    row.completed_steps = list(change.completed_steps)
    row.skipped_steps = sorted({BY_CODE[code].step for code in state.skipped if code in BY_CODE})
    row.step_data = {"v": 1, "answered": list(state.answered), "skipped": list(state.skipped)}
    row.last_activity_at, row.completed_at = now, state.completed_at
    user = session.get_one(User, user_id)
    user.onboarding_status = "completed" if state.completed_at else "in_progress"
    user.onboarding_completed_at = state.completed_at
    return [Proof("onboarding_state", user_id, "updated")]
