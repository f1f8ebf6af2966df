"""People and where they are reached: found by a blind index, created whole on first contact (data-model 10.1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from agents.domain.onboarding import FLOW_VERSION
from storage import allowances, plain
from storage.keyring import KeyRing
from storage.keyscope import entered
from storage.models.conversation import Conversation
from storage.models.delivery import InboxRow
from storage.models.identity import ChannelAccount, User, UserSettings
from storage.models.profile import OnboardingState, Profile

Channel = Literal["telegram", "console", "web"]
_PURPOSE = "channel_accounts.external_hmac"


@dataclass(frozen=True, slots=True)
class Person:
    """Who writes, and the ids every turn needs."""

    user_id: UUID
    account_id: UUID
    conversation_id: UUID
    channel: Channel
    status: str = "active"


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person appears at a channel. `zone` is the best guess for their clock, until they say better."""

    channel: Channel
    external_id: str
    name: str | None = None
    language_code: str | None = None
    zone: str = "UTC"
    locale: str = "en"


_BY_CONTACT = (
    select(
        ChannelAccount.user_id,
        ChannelAccount.id.label("account_id"),
        Conversation.id.label("conversation_id"),
        ChannelAccount.channel,
        User.status,
    )
    .join(User, User.id == ChannelAccount.user_id)
    .join(
        Conversation,
        (Conversation.user_id == ChannelAccount.user_id)
        & (Conversation.kind == "coach")
        & (Conversation.state == "open"),
    )
    .where(ChannelAccount.channel == bindparam("channel"), ChannelAccount.external_hmac == bindparam("external_hmac"))
)


def contact_key(ring: KeyRing, contact: Contact) -> bytes:
    """The blind index of a contact: finds the person without holding the outside id."""
    return ring.keys.blind_index(_PURPOSE, f"{contact.channel}:{contact.external_id}")


def find(session: Session, key: bytes, channel: Channel) -> Person | None:
    """The person behind a contact, if known."""
    row = plain.rows(session, _BY_CONTACT, {"channel": channel, "external_hmac": key}).first()
    return Person(row.user_id, row.account_id, row.conversation_id, row.channel, row.status) if row else None


_REACH = (
    select(
        ChannelAccount.id.label("account_id"),
        Conversation.id.label("conversation_id"),
        ChannelAccount.channel,
        User.status,
        ChannelAccount.state,
        UserSettings.daily_unsolicited_cap,
        UserSettings.weekly_unsolicited_cap,
    )
    .join(User, User.id == ChannelAccount.user_id)
    .join(UserSettings, UserSettings.user_id == ChannelAccount.user_id)
    .join(
        Conversation,
        (Conversation.user_id == ChannelAccount.user_id)
        & (Conversation.kind == "coach")
        & (Conversation.state == "open"),
    )
    .where(ChannelAccount.user_id == bindparam("u"), ChannelAccount.is_primary)
)  # fmt: skip


def reach(session: Session, user_id: UUID) -> tuple[Person, bool, tuple[int, int]]:
    """How to reach a person: ids, whether they blocked us, and their caps (a day, a week) for unasked messages."""
    row = plain.rows(session, _REACH, {"u": user_id}).one()
    is_blocked = row.state == "blocked" or row.status != "active"
    person = Person(user_id, row.account_id, row.conversation_id, row.channel, row.status)
    return person, is_blocked, (row.daily_unsolicited_cap, row.weekly_unsolicited_cap)


def create(session: Session, ring: KeyRing, contact: Contact, now: datetime) -> Person:
    """Everything a new person needs, in one transaction: identity, key, account, settings, draft profile, thread."""
    new_id = session.info["ids"]
    user_id, account_id, conversation_id = new_id(), new_id(), new_id()
    scope = ring.create(session, user_id)
    with entered(scope):
        user = User(id=user_id, locale=contact.locale, timezone=contact.zone, display_name=contact.name)
        user.last_seen_at = now
        session.add_all(
            [
                user,
                ChannelAccount(
                    id=account_id,
                    user_id=user_id,
                    channel=contact.channel,
                    external_hmac=contact_key(ring, contact),
                    external_id=contact.external_id,
                    language_code=contact.language_code,
                    last_inbound_at=now,
                ),
                UserSettings(user_id=user_id),
                Profile(user_id=user_id, field_sources={"v": 1}),
                OnboardingState(
                    user_id=user_id, started_at=now, last_activity_at=now, flow_version=FLOW_VERSION, step_data={"v": 1}
                ),
                Conversation(user_id=user_id, id=conversation_id, kind="coach", last_message_at=now),
            ]
        )
        session.flush()
    return Person(user_id, account_id, conversation_id, contact.channel)


_SEEN = update(plain.table(User)).where(plain.table(User).c.id == bindparam("u")).values(last_seen_at=bindparam("at"))
_ACCOUNT = plain.table(ChannelAccount)
_WROTE = (
    update(_ACCOUNT)
    .where(_ACCOUNT.c.id == bindparam("account"))
    .values(last_inbound_at=bindparam("at"), state="active", blocked_at=None)
)


def seen(session: Session, person: Person, now: datetime) -> None:
    """Note that the person wrote; a blocked account that writes again is active."""
    plain.change(session, _SEEN, {"u": person.user_id, "at": now})
    plain.change(session, _WROTE, {"account": person.account_id, "at": now})


def external_id(session: Session, account_id: UUID) -> str:
    """How the channel itself knows an account; needs the person's key scope."""
    return session.scalars(select(ChannelAccount.external_id).where(ChannelAccount.id == account_id)).one() or ""


def erase(session: Session, ring: KeyRing, user_id: UUID) -> None:
    """Everything of a person goes, by cascade; the key first, so that nothing left behind can be read.

    The numbers of their updates stay, without anything that leads to them: an update that Telegram delivers once more
    must not bring the person back (telegram.md F-10).
    """
    ring.shred(session, user_id)
    nobody = {"user_id": None, "external_hmac": None, "payload": None, "result": None, "group_key": None}
    known_by = select(ChannelAccount.external_hmac).where(ChannelAccount.user_id == user_id)
    is_over = and_(InboxRow.external_hmac.in_(known_by), InboxRow.state != "received")  # what is open begins anew
    session.execute(update(InboxRow).where(or_(InboxRow.user_id == user_id, is_over)).values(nobody))
    with allowances.given_back(session, user_id):
        session.execute(delete(User).where(User.id == user_id))
