"""Locked versions of the profile: frozen snapshots with a reason and the interval they held."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from agents.domain.changes import ProfileLocked
from agents.domain.context import VersionView
from storage.models.profile import Profile as ProfileRow
from storage.models.profile import ProfileVersion
from storage.profiles import from_snapshot, snapshot
from storage.receipts import Proof


def lock(session: Session, user_id: UUID, change: ProfileLocked, now: datetime) -> list[Proof]:
    """Close the version that held until now, freeze the new one, lock the profile."""
    current = session.scalar(
        select(ProfileVersion).where(ProfileVersion.user_id == user_id, ProfileVersion.valid_until.is_(None))
    )
    if current is not None:
        current.valid_until = now
        session.flush()
    session.add(
        ProfileVersion(
            user_id=user_id,
            version=change.version,
            snapshot=snapshot(change.profile),
            changed_fields=list(change.changed),
            change_reason=change.reason or None,
            changed_by="user",
            valid_from=now,
        )
    )
    session.flush()
    row = session.get_one(ProfileRow, user_id)
    row.previous_version = change.version - 1 if change.version > 1 else None
    row.version, row.is_locked, row.locked_at = change.version, True, now
    row.modification_reason, row.last_modified_by = change.reason or None, "user"
    return [Proof("profile", user_id, "locked")]


def history(session: Session, user_id: UUID) -> tuple[VersionView, ...]:
    """All versions, newest first."""
    query = select(ProfileVersion).where(ProfileVersion.user_id == user_id).order_by(ProfileVersion.version.desc())
    return tuple(
        VersionView(row.version, row.valid_from, row.change_reason or "", from_snapshot(row.snapshot))
        for row in session.scalars(query)
    )
