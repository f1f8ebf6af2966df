"""Identity and privacy: people, keys, channels, consents, files, audit."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.words import BOOL, BYTES, DATE, ENUM, INSTANT, INT, JSON, SMALL, TIME, UUID, string

revision = "001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure_ledger",
        sa.Column("id", UUID, nullable=False),
        sa.Column("subject_hmac", BYTES, nullable=False),
        sa.Column("requested_at", INSTANT, nullable=False),
        sa.Column("completed_at", INSTANT, nullable=True),
        sa.Column("table_counts", JSON, nullable=True),
        sa.Column("certificate_sha256", BYTES, nullable=True),
        sa.Column("backups_clear_on", DATE, nullable=True),
        sa.Column("replayed_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasure_ledger"),
        sa.UniqueConstraint("subject_hmac", name="uq_erasure_ledger_subject_hmac"),
    )
    op.create_table(
        "users",
        sa.Column("id", UUID, nullable=False),
        sa.Column("status", ENUM, nullable=False),
        sa.Column("status_reason", string(200), nullable=True),
        sa.Column("role", ENUM, nullable=False),
        sa.Column("display_name", BYTES, nullable=True),
        sa.Column("email", BYTES, nullable=True),
        sa.Column("email_hmac", BYTES, nullable=True),
        sa.Column("email_verified_at", INSTANT, nullable=True),
        sa.Column("verified_at", INSTANT, nullable=True),
        sa.Column("onboarding_completed_at", INSTANT, nullable=True),
        sa.Column("last_login_at", INSTANT, nullable=True),
        sa.Column("last_seen_at", INSTANT, nullable=True),
        sa.Column("locale", string(16), nullable=False),
        sa.Column("timezone", string(64), nullable=False),
        sa.Column("country", string(2), nullable=True),
        sa.Column("profile_picture_id", UUID, nullable=True),
        sa.Column("onboarding_status", ENUM, nullable=False),
        sa.Column("inactivity_notice_at", INSTANT, nullable=True),
        sa.Column("deletion_requested_at", INSTANT, nullable=True),
        sa.Column("metadata", JSON, nullable=False),
        sa.Column("row_version", INT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email_hmac", name="uq_users_email_hmac"),
        sa.CheckConstraint(
            "status <> 'deleted' OR deletion_requested_at IS NOT NULL", name="ck_users_deletion_requested_at_rule"
        ),
        sa.CheckConstraint(
            "onboarding_status <> 'completed' OR onboarding_completed_at IS NOT NULL",
            name="ck_users_onboarding_completed_at_rule",
        ),
        sa.CheckConstraint(
            "onboarding_status IN ('not_started', 'in_progress', 'completed')", name="ck_users_onboarding_status"
        ),
        sa.CheckConstraint("role IN ('user', 'coach', 'admin')", name="ck_users_role"),
        sa.CheckConstraint("status IN ('active', 'suspended', 'deleted')", name="ck_users_status"),
    )
    op.create_table(
        "analytics_events",
        sa.Column("id", UUID, nullable=False),
        sa.Column("user_id", UUID, nullable=True),
        sa.Column("session_id", string(64), nullable=True),
        sa.Column("event_name", string(64), nullable=False),
        sa.Column("event_properties", JSON, nullable=False),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_analytics_events"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_analytics_events_user_id", ondelete="CASCADE"),
    )
    op.create_table(
        "audit_log",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("table_name", string(100), nullable=False),
        sa.Column("row_id", UUID, nullable=True),
        sa.Column("operation", ENUM, nullable=False),
        sa.Column("old_values", BYTES, nullable=True),
        sa.Column("new_values", BYTES, nullable=True),
        sa.Column("changed_by", ENUM, nullable=False),
        sa.Column("actor_user_id", UUID, nullable=True),
        sa.Column("request_id", string(64), nullable=True),
        sa.Column("ip_address", BYTES, nullable=True),
        sa.Column("user_agent", BYTES, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_audit_log"),
        sa.ForeignKeyConstraint(
            ["actor_user_id"], ["users.id"], name="fk_audit_log_actor_user_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_audit_log_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("changed_by IN ('user', 'admin', 'system', 'coach')", name="ck_audit_log_changed_by"),
        sa.CheckConstraint(
            "operation IN ('insert', 'update', 'delete', 'read', 'export', 'login')", name="ck_audit_log_operation"
        ),
    )
    op.create_table(
        "auth_sessions",
        sa.Column("id", UUID, nullable=False),
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("kind", ENUM, nullable=False),
        sa.Column("token_hmac", BYTES, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("ip_address", BYTES, nullable=True),
        sa.Column("user_agent", BYTES, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_auth_sessions"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_auth_sessions_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("token_hmac", name="uq_auth_sessions_token_hmac"),
        sa.CheckConstraint("kind IN ('web', 'mini_app', 'api', 'calendar_feed')", name="ck_auth_sessions_kind"),
    )
    op.create_table(
        "auth_tokens",
        sa.Column("id", UUID, nullable=False),
        sa.Column("user_id", UUID, nullable=True),
        sa.Column("hash", BYTES, nullable=False),
        sa.Column("provider", ENUM, nullable=False),
        sa.Column("purpose", ENUM, nullable=False),
        sa.Column("target_hmac", BYTES, nullable=True),
        sa.Column("attempts", SMALL, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("consumed_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_auth_tokens"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_auth_tokens_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("hash", name="uq_auth_tokens_hash"),
        sa.CheckConstraint("attempts BETWEEN 0 AND 5", name="ck_auth_tokens_attempts_range"),
        sa.CheckConstraint("provider IN ('telegram', 'email', 'console')", name="ck_auth_tokens_provider"),
        sa.CheckConstraint(
            "purpose IN ('sign_up_verification', 'sign_in_verification', "
            "'email_verification', 'account_link', 'profile_unlock', "
            "'destructive_action')",
            name="ck_auth_tokens_purpose",
        ),
    )
    op.create_table(
        "channel_accounts",
        sa.Column("id", UUID, nullable=False),
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("channel", ENUM, nullable=False),
        sa.Column("external_hmac", BYTES, nullable=False),
        sa.Column("external_id", BYTES, nullable=True),
        sa.Column("username", BYTES, nullable=True),
        sa.Column("meta", BYTES, nullable=True),
        sa.Column("language_code", string(16), nullable=True),
        sa.Column("state", ENUM, nullable=False),
        sa.Column("blocked_at", INSTANT, nullable=True),
        sa.Column("last_inbound_at", INSTANT, nullable=True),
        sa.Column("is_primary", BOOL, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_channel_accounts"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_channel_accounts_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("channel", "external_hmac", name="uq_channel_accounts_channel_external_hmac"),
        sa.CheckConstraint("channel IN ('telegram', 'console', 'web')", name="ck_channel_accounts_channel"),
        sa.CheckConstraint("state IN ('active', 'blocked')", name="ck_channel_accounts_state"),
    )
    op.create_table(
        "consents",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("purpose", ENUM, nullable=False),
        sa.Column("policy_version", string(20), nullable=False),
        sa.Column("locale", string(16), nullable=False),
        sa.Column("granted_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("source_message_id", UUID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_consents"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_consents_user_id", ondelete="CASCADE"),
        sa.CheckConstraint(
            "purpose IN ('coaching', 'llm_provider', 'cycle', 'analytics', 'coach_share', 'crisis_contact')",
            name="ck_consents_purpose",
        ),
        sa.CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= granted_at", name="ck_consents_withdrawn_at_rule"),
    )
    op.create_table(
        "files",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("kind", ENUM, nullable=False),
        sa.Column("original_name", BYTES, nullable=True),
        sa.Column("telegram_file_id", BYTES, nullable=True),
        sa.Column("mime_type", string(100), nullable=False),
        sa.Column("size_bytes", INT, nullable=False),
        sa.Column("sha256", BYTES, nullable=False),
        sa.Column("content_hmac", BYTES, nullable=False),
        sa.Column("storage", ENUM, nullable=False),
        sa.Column("data", BYTES, nullable=True),
        sa.Column("storage_key", string(120), nullable=True),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_files"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_files_user_id", ondelete="CASCADE"),
        sa.CheckConstraint(
            "kind IN ('profile_picture', 'progress_photo', 'meal_photo', 'pantry_photo', "
            "'label_photo', 'voice', 'import', 'export', 'chart', 'document')",
            name="ck_files_kind",
        ),
        sa.CheckConstraint("size_bytes BETWEEN 0 AND 524288000", name="ck_files_size_bytes_range"),
        sa.CheckConstraint("storage IN ('db', 'disk')", name="ck_files_storage"),
        sa.CheckConstraint("(storage = 'db') = (data IS NOT NULL)", name="ck_files_storage_rule"),
    )
    op.create_table(
        "invites",
        sa.Column("id", UUID, nullable=False),
        sa.Column("code_hmac", BYTES, nullable=False),
        sa.Column("label", string(80), nullable=True),
        sa.Column("grants", JSON, nullable=False),
        sa.Column("max_uses", INT, nullable=False),
        sa.Column("used_count", INT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("assigned_user_id", UUID, nullable=True),
        sa.Column("created_by_user_id", UUID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.ForeignKeyConstraint(
            ["assigned_user_id"], ["users.id"], name="fk_invites_assigned_user_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["created_by_user_id"], ["users.id"], name="fk_invites_created_by_user_id", ondelete="SET NULL"
        ),
        sa.UniqueConstraint("code_hmac", name="uq_invites_code_hmac"),
        sa.CheckConstraint("max_uses >= 1 AND used_count BETWEEN 0 AND max_uses", name="ck_invites_max_uses_rule"),
    )
    op.create_table(
        "user_connections",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("peer_user_id", UUID, nullable=False),
        sa.Column("kind", ENUM, nullable=False),
        sa.Column("scopes", JSON, nullable=False),
        sa.Column("status", ENUM, nullable=False),
        sa.Column("accepted_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_user_connections"),
        sa.ForeignKeyConstraint(
            ["peer_user_id"], ["users.id"], name="fk_user_connections_peer_user_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_user_connections_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("user_id", "peer_user_id", "kind", name="uq_user_connections_user_id_peer_user_id_kind"),
        sa.CheckConstraint("kind IN ('friend', 'coach')", name="ck_user_connections_kind"),
        sa.CheckConstraint("status IN ('invited', 'active', 'ended')", name="ck_user_connections_status"),
    )
    op.create_table(
        "user_keys",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("key_version", SMALL, nullable=False),
        sa.Column("wrapped_key", BYTES, nullable=False),
        sa.Column("master_key_id", string(32), nullable=False),
        sa.Column("state", ENUM, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_user_keys"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_user_keys_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("user_id", "key_version", name="uq_user_keys_user_id_key_version"),
        sa.CheckConstraint("key_version BETWEEN 1 AND 255", name="ck_user_keys_key_version_range"),
        sa.CheckConstraint("state IN ('active', 'retired')", name="ck_user_keys_state"),
    )
    op.create_table(
        "user_settings",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("units", ENUM, nullable=False),
        sa.Column("tone", ENUM, nullable=False),
        sa.Column("quiet_start", TIME, nullable=False),
        sa.Column("quiet_end", TIME, nullable=False),
        sa.Column("wake_time", TIME, nullable=True),
        sa.Column("bed_time", TIME, nullable=True),
        sa.Column("morning_brief_time", TIME, nullable=True),
        sa.Column("evening_checkin_time", TIME, nullable=True),
        sa.Column("weekly_report_time", TIME, nullable=True),
        sa.Column("weekly_report_dow", SMALL, nullable=False),
        sa.Column("daily_unsolicited_cap", SMALL, nullable=False),
        sa.Column("weekly_unsolicited_cap", SMALL, nullable=False),
        sa.Column("paused_until", INSTANT, nullable=True),
        sa.Column("safety_quiet_until", INSTANT, nullable=True),
        sa.Column("clock_mode", ENUM, nullable=False),
        sa.Column("hide_numbers", BOOL, nullable=False),
        sa.Column("is_plain_view", BOOL, nullable=False),
        sa.Column("is_profiling_enabled", BOOL, nullable=False),
        sa.Column("is_bandit_enabled", BOOL, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_user_settings"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_user_settings_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("clock_mode IN ('standard', 'shift', 'ramadan')", name="ck_user_settings_clock_mode"),
        sa.CheckConstraint(
            "daily_unsolicited_cap BETWEEN 0 AND 21", name="ck_user_settings_daily_unsolicited_cap_range"
        ),
        sa.CheckConstraint("daily_unsolicited_cap <= 3", name="ck_user_settings_daily_unsolicited_cap_rule"),
        sa.CheckConstraint("tone IN ('gentle', 'motivational', 'minimal')", name="ck_user_settings_tone"),
        sa.CheckConstraint("units IN ('metric', 'imperial')", name="ck_user_settings_units"),
        sa.CheckConstraint("weekly_report_dow BETWEEN 0 AND 6", name="ck_user_settings_weekly_report_dow_range"),
        sa.CheckConstraint(
            "weekly_unsolicited_cap BETWEEN 0 AND 21", name="ck_user_settings_weekly_unsolicited_cap_range"
        ),
    )
    op.create_table(
        "invite_redemptions",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("invite_id", UUID, nullable=False),
        sa.Column("redeemed_at", INSTANT, nullable=False),
        sa.Column("ip_address", BYTES, nullable=True),
        sa.Column("user_agent", BYTES, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_invite_redemptions"),
        sa.ForeignKeyConstraint(
            ["invite_id"], ["invites.id"], name="fk_invite_redemptions_invite_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_invite_redemptions_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("user_id", "invite_id", name="uq_invite_redemptions_user_id_invite_id"),
    )


def downgrade() -> None:
    op.drop_table("invite_redemptions")
    op.drop_table("user_settings")
    op.drop_table("user_keys")
    op.drop_table("user_connections")
    op.drop_table("invites")
    op.drop_table("files")
    op.drop_table("consents")
    op.drop_table("channel_accounts")
    op.drop_table("auth_tokens")
    op.drop_table("auth_sessions")
    op.drop_table("audit_log")
    op.drop_table("analytics_events")
    op.drop_table("users")
    op.drop_table("erasure_ledger")
