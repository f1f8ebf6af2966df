"""Invitations: keys that open the service or a mode of it, kept as hashes only (data-model 3).

A key is shown once, when it is made. Redeeming is one statement that counts a use only while there is one left; the
same person redeeming it again uses nothing up.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.orm import Session

from storage.crypto import MasterKey
from storage.inbox import Origin, row_of
from storage.models.delivery import InboxRow
from storage.models.identity import Invite, InviteRedemption

PREFIX = "inv_"  # tells an invitation from the other things that a deep link can carry
LONGEST = 64  # characters of a deep link's payload (telegram.md TG-2)
GUESSES, GUESSED = 5, timedelta(hours=1)  # wrong keys of one sender that are looked up at all, and in what time
_PURPOSE = "invites.code_hmac"
GUESS = "invitation refused"  # stands at an update that brought a wrong key
Refusal = Literal["spent", "over", "unknown", "too-often"]
Outcome = Literal["accepted", "already"] | Refusal


@dataclass(frozen=True, slots=True)
class Terms:
    """What an invitation opens, for how many, and until when. `for_user` keeps it for one person."""

    max_uses: int = 1
    expires_at: datetime | None = None
    label: str | None = None
    grants: Mapping[str, bool] | None = None
    for_user: UUID | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """An invitation as an operator sees it: without its key, which nobody knows any more."""

    id: UUID
    label: str | None
    max_uses: int
    used: int
    expires_at: datetime | None
    is_revoked: bool
    grants: tuple[str, ...]


def make(session: Session, keys: MasterKey, terms: Terms) -> str:
    """A new invitation; its key, which cannot be had a second time."""
    code = PREFIX + secrets.token_urlsafe(18)
    invite = Invite(
        id=session.info["ids"](), code_hmac=keys.blind_index(_PURPOSE, code), label=terms.label,
        grants={"v": 1, **(terms.grants or {})}, max_uses=terms.max_uses, expires_at=terms.expires_at,
        assigned_user_id=terms.for_user,
    )  # fmt: skip
    session.add(invite)
    return code


def issued(session: Session) -> Sequence[Issued]:
    """All invitations, the newest first."""
    rows = session.scalars(select(Invite).order_by(Invite.id.desc()))
    return [
        Issued(
            row.id, row.label, row.max_uses, row.used_count, row.expires_at, row.revoked_at is not None,
            tuple(name for name, value in row.grants.items() if value is True),
        )
        for row in rows
    ]  # fmt: skip


def revoke(session: Session, invite_id: UUID, now: datetime) -> bool:
    """Nobody gets in with it any more; who is in stays. False when there is none, or it was revoked before."""
    row = session.get(Invite, invite_id)
    if row is None or row.revoked_at is not None:
        return False
    row.revoked_at = now
    return True


def judge(session: Session, keys: MasterKey, code: str, now: datetime, user_id: UUID | None) -> Outcome:
    """What redeeming would come to for this person, or for somebody who is not known yet. Changes nothing.

    Somebody else's invitation is as good as none.
    """
    row = _known(session, keys, code)
    if row is None or row.assigned_user_id not in (None, user_id):
        return "unknown"
    mine = (InviteRedemption.user_id == user_id, InviteRedemption.invite_id == row.id)
    if user_id is not None and session.scalar(select(exists().where(*mine))):
        return "already"
    return _refusal(row, now) or "accepted"


def redeem(session: Session, keys: MasterKey, user_id: UUID, code: str, now: datetime) -> Outcome:
    """Use it up by one, once for each person."""
    row, outcome = _known(session, keys, code), judge(session, keys, code, now, user_id)
    if row is None or outcome != "accepted":
        return outcome
    use = update(Invite).where(Invite.id == row.id, *_is_open(now)).values(used_count=Invite.used_count + 1)
    if session.scalar(use.returning(Invite.id)) is None:  # others were faster
        session.refresh(row)
        return _refusal(row, now) or "spent"
    session.add(InviteRedemption(id=session.info["ids"](), user_id=user_id, invite_id=row.id, redeemed_at=now))
    session.flush()
    return "accepted"


def granted(session: Session, user_id: UUID, name: str) -> bool:
    """Whether an invitation that this person redeemed, and that was not revoked, opens this mode."""
    redeemed = select(Invite.grants).join(InviteRedemption, InviteRedemption.invite_id == Invite.id)
    rows = session.scalars(redeemed.where(InviteRedemption.user_id == user_id, Invite.revoked_at.is_(None)))
    return any(grants.get(name) is True for grants in rows)


def note_guess(session: Session, origin: Origin) -> None:
    """This update brought a key that opens nothing."""
    session.execute(update(InboxRow).where(*row_of(origin)).values(last_error=GUESS))


def is_guessing(session: Session, sender: bytes, now: datetime) -> bool:
    """Whether this sender brought so many wrong keys lately that no further one is looked up."""
    wrong = (InboxRow.external_hmac == sender, InboxRow.last_error == GUESS, InboxRow.received_at > now - GUESSED)
    return (session.scalar(select(func.count()).where(*wrong)) or 0) >= GUESSES


def _known(session: Session, keys: MasterKey, code: str) -> Invite | None:
    if not code.startswith(PREFIX) or len(code) > LONGEST:
        return None
    return session.scalar(select(Invite).where(Invite.code_hmac == keys.blind_index(_PURPOSE, code)))


def _is_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    is_in_time = or_(Invite.expires_at.is_(None), Invite.expires_at > now)
    return Invite.used_count < Invite.max_uses, Invite.revoked_at.is_(None), is_in_time


def _refusal(row: Invite, now: datetime) -> Refusal | None:
    if row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now):
        return "over"
    return "spent" if row.used_count >= row.max_uses else None
