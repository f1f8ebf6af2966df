"""Conversation and delivery: messages, reminders, inbox, outbox, budget."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.words import BIG, BOOL, BYTES, DATE, ENUM, INSTANT, INT, JSON, SMALL, TIME, UUID, dec, string

revision = "005"
down_revision = "004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("name", string(64), nullable=False),
        sa.Column("holder", string(64), nullable=True),
        sa.Column("token", BIG, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "conversations",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("kind", ENUM, nullable=False),
        sa.Column("agent", ENUM, nullable=True),
        sa.Column("context", BYTES, nullable=True),
        sa.Column("summary", BYTES, nullable=True),
        sa.Column("open_question", BYTES, nullable=True),
        sa.Column("state", ENUM, nullable=False),
        sa.Column("last_message_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_conversations"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_conversations_user_id", ondelete="CASCADE"),
        sa.CheckConstraint(
            "agent IN ('intake_safety', 'meal_planner', 'exercise_coach', 'logistics')", name="ck_conversations_agent"
        ),
        sa.CheckConstraint("kind IN ('coach', 'onboarding', 'consultation', 'console')", name="ck_conversations_kind"),
        sa.CheckConstraint("state IN ('open', 'closed')", name="ck_conversations_state"),
    )
    op.create_table(
        "inbox",
        sa.Column("bot_id", BIG, nullable=False, autoincrement=False),
        sa.Column("update_id", BIG, nullable=False, autoincrement=False),
        sa.Column("channel", ENUM, nullable=False),
        sa.Column("kind", string(32), nullable=False),
        sa.Column("external_hmac", BYTES, nullable=True),
        sa.Column("user_id", UUID, nullable=True),
        sa.Column("payload", BYTES, nullable=True),
        sa.Column("state", ENUM, nullable=False),
        sa.Column("attempts", SMALL, nullable=False),
        sa.Column("not_before", INSTANT, nullable=True),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("lease_holder", string(64), nullable=True),
        sa.Column("group_key", string(64), nullable=True),
        sa.Column("result", JSON, nullable=True),
        sa.Column("last_error", string(300), nullable=True),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id", name="pk_inbox"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_inbox_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("attempts BETWEEN 0 AND 20", name="ck_inbox_attempts_range"),
        sa.CheckConstraint("channel IN ('telegram', 'console', 'web')", name="ck_inbox_channel"),
        sa.CheckConstraint("state IN ('received', 'done', 'failed', 'ignored')", name="ck_inbox_state"),
    )
    op.create_table(
        "llm_calls",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("day", DATE, nullable=False),
        sa.Column("kind", ENUM, nullable=False),
        sa.Column("purpose", string(60), nullable=False),
        sa.Column("model", string(60), nullable=False),
        sa.Column("prompt_id", string(60), nullable=False),
        sa.Column("prompt_sha256", BYTES, nullable=False),
        sa.Column("state", ENUM, nullable=False),
        sa.Column("reserved_tokens", INT, nullable=False),
        sa.Column("tokens_in", INT, nullable=False),
        sa.Column("tokens_out", INT, nullable=False),
        sa.Column("cost_micros", BIG, nullable=False),
        sa.Column("latency_ms", INT, nullable=True),
        sa.Column("finish", string(40), nullable=True),
        sa.Column("message_id", UUID, nullable=True),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_llm_calls"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_llm_calls_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("kind IN ('text', 'vision', 'transcription')", name="ck_llm_calls_kind"),
        sa.CheckConstraint("state IN ('reserved', 'settled', 'released', 'expired')", name="ck_llm_calls_state"),
    )
    op.create_table(
        "reminders",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("kind", ENUM, nullable=False),
        sa.Column("subject_type", ENUM, nullable=False),
        sa.Column("subject_id", UUID, nullable=True),
        sa.Column("title", BYTES, nullable=True),
        sa.Column("recurrence", JSON, nullable=False),
        sa.Column("starts_on", DATE, nullable=True),
        sa.Column("ends_on", DATE, nullable=True),
        sa.Column("next_due_at", INSTANT, nullable=True),
        sa.Column("snoozed_until", INSTANT, nullable=True),
        sa.Column("next_local_date", DATE, nullable=True),
        sa.Column("next_local_time", TIME, nullable=True),
        sa.Column("state", ENUM, nullable=False),
        sa.Column("quiet_policy", ENUM, nullable=False),
        sa.Column("tone", ENUM, nullable=False),
        sa.Column("max_age_minutes", SMALL, nullable=False),
        sa.Column("policy", ENUM, nullable=False),
        sa.Column("source", ENUM, nullable=False),
        sa.Column("row_version", INT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_reminders"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_reminders_user_id", ondelete="CASCADE"),
        sa.CheckConstraint(
            "kind IN ('morning_brief', 'meal', 'hydration', 'workout', 'bedtime', "
            "'weigh_in', 'check_in', 'expiry', 'follow_up', 'task', 'habit', "
            "'weekly_report', 'onboarding_resume', 'custom')",
            name="ck_reminders_kind",
        ),
        sa.CheckConstraint("max_age_minutes BETWEEN 1 AND 1440", name="ck_reminders_max_age_minutes_range"),
        sa.CheckConstraint(
            "next_due_at IS NULL OR (next_local_date IS NOT NULL AND next_local_time IS NOT NULL)",
            name="ck_reminders_next_local_time_rule",
        ),
        sa.CheckConstraint("policy IN ('fixed', 'bandit')", name="ck_reminders_policy"),
        sa.CheckConstraint("quiet_policy IN ('drop', 'shift', 'ignore')", name="ck_reminders_quiet_policy"),
        sa.CheckConstraint("source IN ('schedule', 'user', 'coach', 'system')", name="ck_reminders_source"),
        sa.CheckConstraint("state IN ('active', 'paused', 'finished', 'cancelled')", name="ck_reminders_state"),
        sa.CheckConstraint(
            "subject_type IN ('meal_schedule', 'workout_schedule', 'hydration', 'task', "
            "'habit', 'pantry_item', 'experiment', 'message', 'none')",
            name="ck_reminders_subject_type",
        ),
        sa.CheckConstraint("tone IN ('gentle', 'motivational', 'minimal')", name="ck_reminders_tone"),
    )
    op.create_table(
        "safety_events",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("level", ENUM, nullable=False),
        sa.Column("category", string(40), nullable=False),
        sa.Column("rule_ids", JSON, nullable=False),
        sa.Column("locale", string(16), nullable=False),
        sa.Column("evidence", BYTES, nullable=True),
        sa.Column("action", ENUM, nullable=False),
        sa.Column("message_id", UUID, nullable=True),
        sa.Column("acknowledged_at", INSTANT, nullable=True),
        sa.Column("resolved_at", INSTANT, nullable=True),
        sa.Column("follow_up_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_safety_events"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_safety_events_user_id", ondelete="CASCADE"),
        sa.CheckConstraint(
            "action IN ('template_sent', 'plan_blocked', 'goal_refused', 'nudges_paused', 'referred', 'noted')",
            name="ck_safety_events_action",
        ),
        sa.CheckConstraint(
            "level IN ('none', 'caution', 'urgent', 'emergency', 'crisis')", name="ck_safety_events_level"
        ),
    )
    op.create_table(
        "usage_ledger",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("day", DATE, nullable=False),
        sa.Column("kind", ENUM, nullable=False),
        sa.Column("limit_tokens", BIG, nullable=False),
        sa.Column("reserved_tokens", BIG, nullable=False),
        sa.Column("tokens_in", BIG, nullable=False),
        sa.Column("tokens_out", BIG, nullable=False),
        sa.Column("cost_micros", BIG, nullable=False),
        sa.Column("calls", INT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "day", "kind", name="pk_usage_ledger"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_usage_ledger_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("kind IN ('text', 'vision', 'transcription')", name="ck_usage_ledger_kind"),
        sa.CheckConstraint(
            "reserved_tokens >= 0 AND tokens_in >= 0 AND tokens_out >= 0 AND cost_micros >= 0",
            name="ck_usage_ledger_reserved_tokens_rule",
        ),
    )
    op.create_table(
        "consultation_sessions",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("conversation_id", UUID, nullable=False),
        sa.Column("invite_id", UUID, nullable=True),
        sa.Column("current_section", SMALL, nullable=False),
        sa.Column("progress_percentage", SMALL, nullable=False),
        sa.Column("status", ENUM, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("completed_at", INSTANT, nullable=True),
        sa.Column("plan_bundle_id", UUID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_consultation_sessions"),
        sa.ForeignKeyConstraint(
            ["invite_id"], ["invites.id"], name="fk_consultation_sessions_invite_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_consultation_sessions_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "conversation_id"],
            ["conversations.user_id", "conversations.id"],
            name="fk_consultation_sessions_user_id_conversation_id",
        ),
        sa.CheckConstraint(
            "status <> 'completed' OR completed_at IS NOT NULL", name="ck_consultation_sessions_completed_at_rule"
        ),
        sa.CheckConstraint("current_section BETWEEN 1 AND 7", name="ck_consultation_sessions_current_section_range"),
        sa.CheckConstraint(
            "progress_percentage BETWEEN 0 AND 100", name="ck_consultation_sessions_progress_percentage_range"
        ),
        sa.CheckConstraint("status IN ('active', 'completed', 'abandoned')", name="ck_consultation_sessions_status"),
    )
    op.create_table(
        "messages",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("conversation_id", UUID, nullable=False),
        sa.Column("direction", ENUM, nullable=False),
        sa.Column("sender", ENUM, nullable=False),
        sa.Column("agent", ENUM, nullable=True),
        sa.Column("channel", ENUM, nullable=False),
        sa.Column("text", BYTES, nullable=True),
        sa.Column("reply_to_id", UUID, nullable=True),
        sa.Column("corrects_id", UUID, nullable=True),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.Column("is_forwarded", BOOL, nullable=False),
        sa.Column("bot_id", BIG, nullable=True),
        sa.Column("update_id", BIG, nullable=True),
        sa.Column("external_message_id", BIG, nullable=True),
        sa.Column("file_id", UUID, nullable=True),
        sa.Column("intents", JSON, nullable=False),
        sa.Column("action_type", string(40), nullable=True),
        sa.Column("session_context", BYTES, nullable=True),
        sa.Column("is_profiling_prompt", BOOL, nullable=False),
        sa.Column("profile_version_after", INT, nullable=True),
        sa.Column("receipts", JSON, nullable=False),
        sa.Column("model", string(60), nullable=True),
        sa.Column("prompts", JSON, nullable=False),
        sa.Column("tokens_in", INT, nullable=True),
        sa.Column("tokens_out", INT, nullable=True),
        sa.Column("latency_ms", INT, nullable=True),
        sa.Column("is_degraded", BOOL, nullable=False),
        sa.Column("safety_level", ENUM, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_messages"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_messages_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "conversation_id"],
            ["conversations.user_id", "conversations.id"],
            name="fk_messages_user_id_conversation_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "file_id"], ["files.user_id", "files.id"], name="fk_messages_user_id_file_id"
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "profile_version_after"],
            ["profile_versions.user_id", "profile_versions.version"],
            name="fk_messages_user_id_profile_version_after",
        ),
        sa.CheckConstraint(
            "agent IN ('intake_safety', 'meal_planner', 'exercise_coach', 'logistics')", name="ck_messages_agent"
        ),
        sa.CheckConstraint("channel IN ('telegram', 'console', 'web')", name="ck_messages_channel"),
        sa.CheckConstraint("direction IN ('inbound', 'outbound')", name="ck_messages_direction"),
        sa.CheckConstraint(
            "safety_level IN ('none', 'caution', 'urgent', 'emergency', 'crisis')", name="ck_messages_safety_level"
        ),
        sa.CheckConstraint("sender IN ('user', 'ai_coach', 'human_coach', 'system')", name="ck_messages_sender"),
    )
    op.create_table(
        "outbox",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("dedup_key", string(160), nullable=False),
        sa.Column("channel_account_id", UUID, nullable=False),
        sa.Column("category", ENUM, nullable=False),
        sa.Column("priority", SMALL, nullable=False),
        sa.Column("method", string(40), nullable=False),
        sa.Column("writer", ENUM, nullable=False),
        sa.Column("maybe_twice", BOOL, nullable=False),
        sa.Column("body", BYTES, nullable=True),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("state", ENUM, nullable=False),
        sa.Column("drop_reason", ENUM, nullable=True),
        sa.Column("attempts", SMALL, nullable=False),
        sa.Column("lease_holder", string(64), nullable=True),
        sa.Column("telegram_message_id", BIG, nullable=True),
        sa.Column("message_id", UUID, nullable=True),
        sa.Column("last_error", string(300), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_outbox"),
        sa.ForeignKeyConstraint(
            ["channel_account_id"], ["channel_accounts.id"], name="fk_outbox_channel_account_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_outbox_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("user_id", "dedup_key", name="uq_outbox_user_id_dedup_key"),
        sa.CheckConstraint("attempts BETWEEN 0 AND 50", name="ck_outbox_attempts_range"),
        sa.CheckConstraint(
            "category IN ('safety', 'reply', 'reminder', 'nudge', 'report', 'broadcast')", name="ck_outbox_category"
        ),
        sa.CheckConstraint(
            "drop_reason IN ('blocked', 'expired', 'quiet_hours', 'cap', 'paused', "
            "'safety', 'superseded', 'erased', 'invalid')",
            name="ck_outbox_drop_reason",
        ),
        sa.CheckConstraint("priority BETWEEN 0 AND 99", name="ck_outbox_priority_range"),
        sa.CheckConstraint("state IN ('pending', 'sent', 'failed', 'dropped')", name="ck_outbox_state"),
        sa.CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="ck_outbox_state_rule"),
        sa.CheckConstraint("writer IN ('rich', 'html', 'plain')", name="ck_outbox_writer"),
    )
    op.create_table(
        "reminder_firings",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("reminder_id", UUID, nullable=False),
        sa.Column("local_date", DATE, nullable=False),
        sa.Column("local_time", TIME, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("state", ENUM, nullable=False),
        sa.Column("suppressed_reason", ENUM, nullable=True),
        sa.Column("outbox_id", UUID, nullable=True),
        sa.Column("response", ENUM, nullable=False),
        sa.Column("responded_at", INSTANT, nullable=True),
        sa.Column("snooze_count", SMALL, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_reminder_firings"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_reminder_firings_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "reminder_id"],
            ["reminders.user_id", "reminders.id"],
            name="fk_reminder_firings_user_id_reminder_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "user_id",
            "reminder_id",
            "local_date",
            "local_time",
            name="uq_reminder_firings_user_id_reminder_id_local_date_local_time",
        ),
        sa.CheckConstraint(
            "response IN ('none', 'done', 'snoozed', 'skipped', 'not_useful')", name="ck_reminder_firings_response"
        ),
        sa.CheckConstraint("snooze_count BETWEEN 0 AND 3", name="ck_reminder_firings_snooze_count_range"),
        sa.CheckConstraint(
            "state IN ('queued', 'sent', 'suppressed', 'coalesced', 'failed')", name="ck_reminder_firings_state"
        ),
        sa.CheckConstraint(
            "suppressed_reason IN ('quiet_hours', 'cap', 'paused', 'safety', 'late', "
            "'bandit_off', 'blocked', 'not_needed')",
            name="ck_reminder_firings_suppressed_reason",
        ),
        sa.CheckConstraint(
            "state <> 'suppressed' OR suppressed_reason IS NOT NULL", name="ck_reminder_firings_suppressed_reason_rule"
        ),
    )
    op.create_table(
        "nudge_decisions",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("firing_id", UUID, nullable=True),
        sa.Column("policy", string(40), nullable=False),
        sa.Column("policy_version", string(40), nullable=False),
        sa.Column("context", JSON, nullable=False),
        sa.Column("context_hash", BYTES, nullable=False),
        sa.Column("arms", JSON, nullable=False),
        sa.Column("arm", string(40), nullable=False),
        sa.Column("propensity", dec(6, 5), nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.Column("outcome_due_at", INSTANT, nullable=False),
        sa.Column("outcome_kind", string(40), nullable=True),
        sa.Column("outcome", dec(8, 3), nullable=True),
        sa.Column("outcome_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_nudge_decisions"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_nudge_decisions_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "firing_id"],
            ["reminder_firings.user_id", "reminder_firings.id"],
            name="fk_nudge_decisions_user_id_firing_id",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("propensity > 0 AND propensity <= 1", name="ck_nudge_decisions_propensity_rule"),
    )


def downgrade() -> None:
    op.drop_table("nudge_decisions")
    op.drop_table("reminder_firings")
    op.drop_table("outbox")
    op.drop_table("messages")
    op.drop_table("consultation_sessions")
    op.drop_table("usage_ledger")
    op.drop_table("safety_events")
    op.drop_table("reminders")
    op.drop_table("llm_calls")
    op.drop_table("inbox")
    op.drop_table("conversations")
    op.drop_table("leases")
