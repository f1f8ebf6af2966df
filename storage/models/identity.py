"""Who a person is, how they want to be treated, where they are reached and how they get in (data-model 3)."""

from datetime import datetime, time
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Directory, Single, Tenant, TenantLog, Versioned, ranges, rules, unique_where
from storage.types import CleanText, Digest, JsonObject


class User(Directory, Versioned, Base):
    """Identity and account state."""

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("email_hmac"),
        Index(None, "status"),
        Index(None, "created_at"),
        Index(None, "onboarding_status", "created_at"),
        Index(None, "last_seen_at"),
        *rules(
            onboarding_completed_at_rule="onboarding_status <> 'completed' OR onboarding_completed_at IS NOT NULL",
            deletion_requested_at_rule="status <> 'deleted' OR deletion_requested_at IS NOT NULL",
        ),
    )

    status: Mapped[Literal["active", "suspended", "deleted"]] = mapped_column(default="active")
    status_reason: Mapped[str | None] = mapped_column(CleanText(200))
    role: Mapped[Literal["user", "coach", "admin"]] = mapped_column(default="user")
    display_name: Mapped[str | None] = mapped_column(Encrypted("users.display_name"))
    email: Mapped[str | None] = mapped_column(Encrypted("users.email"))
    email_hmac: Mapped[bytes | None] = mapped_column(Digest())
    email_verified_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    onboarding_completed_at: Mapped[datetime | None]
    last_login_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    locale: Mapped[str] = mapped_column(CleanText(16), default="en")
    timezone: Mapped[str] = mapped_column(CleanText(64), default="UTC")
    country: Mapped[str | None] = mapped_column(CleanText(2))
    profile_picture_id: Mapped[UUID | None]
    onboarding_status: Mapped[Literal["not_started", "in_progress", "completed"]] = mapped_column(default="not_started")
    inactivity_notice_at: Mapped[datetime | None]
    deletion_requested_at: Mapped[datetime | None]
    meta: Mapped[JsonObject] = mapped_column("metadata", default=dict)


class UserSettings(Single, Base):
    """How the person wants to be treated."""

    __tablename__ = "user_settings"
    __table_args__ = (
        *ranges(weekly_report_dow=(0, 6), daily_unsolicited_cap=(0, 21), weekly_unsolicited_cap=(0, 21)),
        *rules(daily_unsolicited_cap_rule="daily_unsolicited_cap <= 3"),
    )

    units: Mapped[Literal["metric", "imperial"]] = mapped_column(default="metric")
    tone: Mapped[Literal["gentle", "motivational", "minimal"]] = mapped_column(default="gentle")
    quiet_start: Mapped[time] = mapped_column(default=time(21, 30))
    quiet_end: Mapped[time] = mapped_column(default=time(8, 0))
    wake_time: Mapped[time | None]
    bed_time: Mapped[time | None]
    morning_brief_time: Mapped[time | None]
    evening_checkin_time: Mapped[time | None]
    weekly_report_time: Mapped[time | None]
    weekly_report_dow: Mapped[int] = mapped_column(SmallInteger, default=6)
    daily_unsolicited_cap: Mapped[int] = mapped_column(SmallInteger, default=1)
    weekly_unsolicited_cap: Mapped[int] = mapped_column(SmallInteger, default=5)
    paused_until: Mapped[datetime | None]
    safety_quiet_until: Mapped[datetime | None]
    clock_mode: Mapped[Literal["standard", "shift", "ramadan"]] = mapped_column(default="standard")
    hide_numbers: Mapped[bool] = mapped_column(default=False)
    is_plain_view: Mapped[bool] = mapped_column(default=False)
    is_profiling_enabled: Mapped[bool] = mapped_column(default=True)
    is_bandit_enabled: Mapped[bool] = mapped_column(default=True)


class ChannelAccount(Directory, Base):
    """Where a person can be reached."""

    __tablename__ = "channel_accounts"
    __table_args__ = (
        UniqueConstraint("channel", "external_hmac"),
        unique_where("is_primary", "user_id", name="uq_channel_accounts_user_id"),
        Index(None, "user_id", "channel"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    channel: Mapped[Literal["telegram", "console", "web"]]
    external_hmac: Mapped[bytes] = mapped_column(Digest())
    external_id: Mapped[str | None] = mapped_column(Encrypted("channel_accounts.external_id"))
    username: Mapped[str | None] = mapped_column(Encrypted("channel_accounts.username"))
    meta: Mapped[JsonObject | None] = mapped_column(Encrypted("channel_accounts.meta", "json"))
    language_code: Mapped[str | None] = mapped_column(CleanText(16))
    state: Mapped[Literal["active", "blocked"]] = mapped_column(default="active")
    blocked_at: Mapped[datetime | None]
    last_inbound_at: Mapped[datetime | None]
    is_primary: Mapped[bool] = mapped_column(default=True)


class UserKey(Tenant, Base):
    """Wrapped data keys (crypto-shredding)."""

    __tablename__ = "user_keys"
    __table_args__ = (
        UniqueConstraint("user_id", "key_version"),
        unique_where("state = 'active'", "user_id", name="uq_user_keys_user_id"),
        *ranges(key_version=(1, 255)),
    )

    key_version: Mapped[int] = mapped_column(SmallInteger)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    master_key_id: Mapped[str] = mapped_column(CleanText(32))
    state: Mapped[Literal["active", "retired"]] = mapped_column(default="active")


class Invite(Directory, Base):
    """Keys that open the service or a mode."""

    __tablename__ = "invites"
    __table_args__ = (
        UniqueConstraint("code_hmac"),
        Index(None, "expires_at"),
        *rules(max_uses_rule="max_uses >= 1 AND used_count BETWEEN 0 AND max_uses"),
    )

    code_hmac: Mapped[bytes] = mapped_column(Digest())
    label: Mapped[str | None] = mapped_column(CleanText(80))
    grants: Mapped[JsonObject] = mapped_column(default=dict)
    max_uses: Mapped[int] = mapped_column(default=1)
    used_count: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    assigned_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    created_by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)


class InviteRedemption(TenantLog, Base):
    """Who used which key."""

    __tablename__ = "invite_redemptions"
    __table_args__ = (UniqueConstraint("user_id", "invite_id"),)

    invite_id: Mapped[UUID] = mapped_column(ForeignKey("invites.id", ondelete="CASCADE"), index=True)
    redeemed_at: Mapped[datetime]
    ip_address: Mapped[str | None] = mapped_column(Encrypted("invite_redemptions.ip_address"))
    user_agent: Mapped[str | None] = mapped_column(Encrypted("invite_redemptions.user_agent"))


class AuthToken(Directory, Base):
    """One-time codes and login links."""

    __tablename__ = "auth_tokens"
    __table_args__ = (
        UniqueConstraint("hash"),
        Index(None, "purpose", "expires_at"),
        *ranges(attempts=(0, 5)),
    )

    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    hash: Mapped[bytes] = mapped_column(Digest())
    provider: Mapped[Literal["telegram", "email", "console"]]
    purpose: Mapped[
        Literal[
            "sign_up_verification",
            "sign_in_verification",
            "email_verification",
            "account_link",
            "profile_unlock",
            "destructive_action",
        ]
    ]
    target_hmac: Mapped[bytes | None] = mapped_column(Digest())
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    expires_at: Mapped[datetime]
    consumed_at: Mapped[datetime | None]


class AuthSession(Directory, Base):
    """Web and Mini App sessions."""

    __tablename__ = "auth_sessions"
    __table_args__ = (
        UniqueConstraint("token_hmac"),
        Index(None, "expires_at"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Literal["web", "mini_app", "api", "calendar_feed"]]
    token_hmac: Mapped[bytes] = mapped_column(Digest())
    expires_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    ip_address: Mapped[str | None] = mapped_column(Encrypted("auth_sessions.ip_address"))
    user_agent: Mapped[str | None] = mapped_column(Encrypted("auth_sessions.user_agent"))
