"""What a person wants to be kept in mind: rows of profile_facts of four kinds, erased when they are let go of."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from agents.domain.remembering import FactKind, Remembered, same
from storage import plain
from storage.crypto import MasterKey
from storage.models.profile import ProfileFact
from storage.receipts import Proof

KINDS: tuple[FactKind, ...] = ("memory", "upcoming_event", "difficulty", "non_negotiable")
_TEXT = {"memory": "text", "upcoming_event": "title", "difficulty": "description", "non_negotiable": "rule"}
_PURPOSE = "profile_facts.fact_key"
_ROW = ProfileFact
_ACTIVE = (
    select(_ROW.id, _ROW.kind, _ROW.value, _ROW.on_date, _ROW.confidence, _ROW.created_at)
    .where(_ROW.user_id == bindparam("u"), _ROW.kind.in_(KINDS), _ROW.status == "active")
    .order_by(_ROW.id)
)


def active(session: Session, user_id: UUID, zone: ZoneInfo) -> tuple[Remembered, ...]:
    """Everything kept in mind, oldest first."""
    return tuple(_remembered(row, zone) for row in plain.rows(session, _ACTIVE, {"u": user_id}))


def _remembered(row: Any, zone: ZoneInfo) -> Remembered:  # noqa: ANN401 - a row
    said_on = row.created_at.astimezone(zone).date()
    return Remembered(row.id, row.kind, row.value[_TEXT[row.kind]], said_on, row.on_date, float(row.confidence))


def add(session: Session, keys: MasterKey, user_id: UUID, fact: Remembered) -> list[Proof]:
    """Keep one in mind; the same words again are the same row."""
    key = keys.person_index(user_id, _PURPOSE, same(fact.text)).hex()
    mine = (_ROW.user_id == user_id, _ROW.kind == fact.kind, _ROW.fact_key == key, _ROW.status == "active")
    if (known := session.scalar(select(_ROW.id).where(*mine))) is not None:
        return [Proof("profile_fact", known, "updated")]
    value = {"v": 1, _TEXT[fact.kind]: fact.text, **({"date": fact.on.isoformat()} if fact.on else {})}
    plain.add(
        session, _ROW, id=fact.id, user_id=user_id, kind=fact.kind, fact_key=key, value=value, on_date=fact.on,
        source="message", confidence=fact.confidence,
    )  # fmt: skip
    return [Proof("profile_fact", fact.id, "created")]


def forget(session: Session, user_id: UUID, fact_id: UUID) -> list[Proof]:
    """Erase one; nothing stays of it. No proof when it was gone already."""
    gone = session.execute(
        delete(_ROW).where(_ROW.user_id == user_id, _ROW.id == fact_id, _ROW.kind.in_(KINDS)).returning(_ROW.id)
    )
    return [Proof("profile_fact", row_id, "deleted") for row_id in gone.scalars()]


def forget_all(session: Session, user_id: UUID) -> list[Proof]:
    """Erase all of them."""
    gone = session.execute(delete(_ROW).where(_ROW.user_id == user_id, _ROW.kind.in_(KINDS)).returning(_ROW.id))
    return [Proof("profile_fact", row_id, "deleted") for row_id in gone.scalars()]
