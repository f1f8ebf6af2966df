"""The conversation: threads, messages, what alarmed us (data-model 8.1, 8.6)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Tenant, TenantLog, part_of, points_to, unique_where
from storage.types import CleanText, JsonList, JsonObject


class Conversation(Tenant, Base):
    """A thread and its open question; no checkpointer, the tables are the memory."""

    __tablename__ = "conversations"
    __table_args__ = (
        unique_where("state = 'open'", "user_id", "kind", name="uq_conversations_user_id_kind"),
        Index(None, "user_id", "agent", "last_message_at"),
    )

    kind: Mapped[Literal["coach", "onboarding", "consultation", "console"]]
    agent: Mapped[Literal["intake_safety", "meal_planner", "exercise_coach", "logistics"] | None]
    context: Mapped[JsonObject | None] = mapped_column(Encrypted("conversations.context", "json"))
    summary: Mapped[str | None] = mapped_column(Encrypted("conversations.summary"))
    open_question: Mapped[JsonObject | None] = mapped_column(Encrypted("conversations.open_question", "json"))
    state: Mapped[Literal["open", "closed"]] = mapped_column(default="open")
    last_message_at: Mapped[datetime | None]


class Message(TenantLog, Base):
    """Every message in or out."""

    __tablename__ = "messages"
    __table_args__ = (
        *part_of(conversation_id="conversations"),
        *points_to(file_id="files"),
        ForeignKeyConstraint(
            ["user_id", "profile_version_after"], ["profile_versions.user_id", "profile_versions.version"]
        ),
        unique_where(
            "update_id IS NOT NULL AND direction = 'inbound'",
            "user_id",
            "bot_id",
            "update_id",
            name="uq_messages_user_id_bot_id_update_id",
        ),
        Index(None, "user_id", "conversation_id"),
        Index(None, "user_id", "agent"),
    )

    conversation_id: Mapped[UUID]
    direction: Mapped[Literal["inbound", "outbound"]]
    sender: Mapped[Literal["user", "ai_coach", "human_coach", "system"]]
    agent: Mapped[Literal["intake_safety", "meal_planner", "exercise_coach", "logistics"] | None]
    channel: Mapped[Literal["telegram", "console", "web"]]
    text: Mapped[str | None] = mapped_column(Encrypted("messages.text"))
    reply_to_id: Mapped[UUID | None]
    corrects_id: Mapped[UUID | None]
    occurred_at: Mapped[datetime]
    is_forwarded: Mapped[bool] = mapped_column(default=False)
    bot_id: Mapped[int | None] = mapped_column(BigInteger)
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    external_message_id: Mapped[int | None] = mapped_column(BigInteger)
    file_id: Mapped[UUID | None]
    intents: Mapped[JsonList] = mapped_column(default=list)
    action_type: Mapped[str | None] = mapped_column(CleanText(40))
    session_context: Mapped[JsonObject | None] = mapped_column(Encrypted("messages.session_context", "json"))
    is_profiling_prompt: Mapped[bool] = mapped_column(default=False)
    profile_version_after: Mapped[int | None]
    receipts: Mapped[JsonList] = mapped_column(default=list)
    model: Mapped[str | None] = mapped_column(CleanText(60))
    prompts: Mapped[JsonList] = mapped_column(default=list)
    tokens_in: Mapped[int | None]
    tokens_out: Mapped[int | None]
    latency_ms: Mapped[int | None]
    is_degraded: Mapped[bool] = mapped_column(default=False)
    safety_level: Mapped[Literal["none", "caution", "urgent", "emergency", "crisis"]] = mapped_column(default="none")


class SafetyEvent(Tenant, Base):
    """Red flags, alerts and what was done."""

    __tablename__ = "safety_events"
    __table_args__ = (Index(None, "user_id", "level", "created_at"),)

    level: Mapped[Literal["none", "caution", "urgent", "emergency", "crisis"]]
    category: Mapped[str] = mapped_column(CleanText(40))
    rule_ids: Mapped[JsonList] = mapped_column(default=list)
    locale: Mapped[str] = mapped_column(CleanText(16))
    evidence: Mapped[JsonObject | None] = mapped_column(Encrypted("safety_events.evidence", "json"))
    action: Mapped[Literal["template_sent", "plan_blocked", "goal_refused", "nudges_paused", "referred", "noted"]]
    message_id: Mapped[UUID | None]
    acknowledged_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    follow_up_at: Mapped[datetime | None]
