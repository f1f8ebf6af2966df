"""What was earned: one row for each code and period, never taken back (data-model 6.5)."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from agents.domain.achievements import Achievement
from storage import plain
from storage.models.habits import Achievement as Row
from storage.receipts import Proof

_KNOWN = select(Row.id).where(
    Row.user_id == bindparam("u"), Row.code == bindparam("code"), Row.period_key == bindparam("period")
)


def add(session: Session, user_id: UUID, earned: Iterable[Achievement]) -> list[Proof]:
    """Rows for what is new; what was earned before gives no proof."""
    proofs = []
    for each in earned:
        who = {"u": user_id, "code": each.code, "period": each.period}
        if plain.rows(session, _KNOWN, who).first() is None:
            row_id = plain.add(
                session, Row, user_id=user_id, code=each.code, period_key=each.period, earned_on=each.on,
                evidence={"v": 1, "count": each.count},
            )  # fmt: skip
            proofs.append(Proof("achievement", row_id, "created"))
    return proofs
