"""Indexes, the calendar view, frozen rows, row-level security."""

from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

from storage.migrations import row_security

revision = "006"
down_revision = "005"
branch_labels = None
depends_on = None


class _Index(NamedTuple):
    name: str
    table: str
    columns: tuple[str, ...]
    is_unique: bool = False
    where: str | None = None


INDEXES = (
    _Index("ix_users_created_at", "users", ("created_at",)),
    _Index("ix_users_last_seen_at", "users", ("last_seen_at",)),
    _Index("ix_users_onboarding_status_created_at", "users", ("onboarding_status", "created_at")),
    _Index("ix_users_status", "users", ("status",)),
    _Index("ix_analytics_events_event_name_occurred_at", "analytics_events", ("event_name", "occurred_at")),
    _Index("ix_analytics_events_user_id_occurred_at", "analytics_events", ("user_id", "occurred_at")),
    _Index("ix_audit_log_actor_user_id", "audit_log", ("actor_user_id",)),
    _Index("ix_audit_log_user_id_table_name_row_id", "audit_log", ("user_id", "table_name", "row_id")),
    _Index("ix_auth_sessions_expires_at", "auth_sessions", ("expires_at",)),
    _Index("ix_auth_sessions_user_id", "auth_sessions", ("user_id",)),
    _Index("ix_auth_tokens_purpose_expires_at", "auth_tokens", ("purpose", "expires_at")),
    _Index("ix_auth_tokens_user_id", "auth_tokens", ("user_id",)),
    _Index("ix_channel_accounts_user_id_channel", "channel_accounts", ("user_id", "channel")),
    _Index("uq_channel_accounts_user_id", "channel_accounts", ("user_id",), is_unique=True, where="is_primary"),
    _Index("ix_check_ins_user_id_local_date", "check_ins", ("user_id", "local_date")),
    _Index("ix_check_ins_user_id_recorded_at", "check_ins", ("user_id", "recorded_at")),
    _Index(
        "uq_check_ins_user_id_local_date_slot",
        "check_ins",
        ("user_id", "local_date", "slot"),
        is_unique=True,
        where="slot IN ('baseline', 'morning', 'evening')",
    ),
    _Index(
        "uq_consents_user_id_purpose", "consents", ("user_id", "purpose"), is_unique=True, where="withdrawn_at IS NULL"
    ),
    _Index("ix_conversations_user_id_agent_last_message_at", "conversations", ("user_id", "agent", "last_message_at")),
    _Index(
        "uq_conversations_user_id_kind", "conversations", ("user_id", "kind"), is_unique=True, where="state = 'open'"
    ),
    _Index("ix_dietary_preferences_diet_type", "dietary_preferences", ("diet_type",)),
    _Index(
        "uq_dietary_restrictions_user_id_kind_code",
        "dietary_restrictions",
        ("user_id", "kind", "code"),
        is_unique=True,
        where="is_active",
    ),
    _Index("ix_exercises_level", "exercises", ("level",)),
    _Index("ix_exercises_session_kind_level", "exercises", ("session_kind", "level")),
    _Index("uq_exercises_slug", "exercises", ("slug",), is_unique=True, where="user_id IS NULL"),
    _Index("uq_exercises_user_id_slug", "exercises", ("user_id", "slug"), is_unique=True, where="user_id IS NOT NULL"),
    _Index("uq_experiments_user_id", "experiments", ("user_id",), is_unique=True, where="status = 'running'"),
    _Index("ix_files_expires_at", "files", ("expires_at",), where="expires_at IS NOT NULL"),
    _Index("ix_files_user_id_content_hmac", "files", ("user_id", "content_hmac")),
    _Index("ix_files_user_id_created_at", "files", ("user_id", "created_at")),
    _Index("ix_foods_barcode", "foods", ("barcode",)),
    _Index("ix_foods_name_key", "foods", ("name_key",)),
    _Index("ix_foods_user_id_name_key", "foods", ("user_id", "name_key")),
    _Index(
        "uq_foods_source_source_ref",
        "foods",
        ("source", "source_ref"),
        is_unique=True,
        where="user_id IS NULL AND source_ref IS NOT NULL",
    ),
    _Index(
        "uq_foods_user_id_barcode",
        "foods",
        ("user_id", "barcode"),
        is_unique=True,
        where="user_id IS NOT NULL AND barcode IS NOT NULL",
    ),
    _Index("ix_goals_goal_category", "goals", ("goal_category",)),
    _Index("ix_goals_metric_code", "goals", ("metric_code",)),
    _Index("ix_goals_user_id_status_priority", "goals", ("user_id", "status", "priority")),
    _Index("ix_habits_user_id_is_active", "habits", ("user_id", "is_active")),
    _Index("ix_households_owner_user_id", "households", ("owner_user_id",)),
    _Index("ix_inbox_external_hmac_received_at", "inbox", ("external_hmac", "received_at")),
    _Index("ix_inbox_external_hmac_update_id", "inbox", ("external_hmac", "update_id"), where="state = 'received'"),
    _Index("ix_inbox_received_at", "inbox", ("received_at",), where="state = 'received'"),
    _Index("ix_inbox_user_id", "inbox", ("user_id",)),
    _Index("ix_invites_assigned_user_id", "invites", ("assigned_user_id",)),
    _Index("ix_invites_created_by_user_id", "invites", ("created_by_user_id",)),
    _Index("ix_invites_expires_at", "invites", ("expires_at",)),
    _Index("ix_llm_calls_expires_at", "llm_calls", ("expires_at",), where="state = 'reserved'"),
    _Index("ix_llm_calls_user_id_day", "llm_calls", ("user_id", "day")),
    _Index("ix_onboarding_states_completed_at_started_at", "onboarding_states", ("completed_at", "started_at")),
    _Index(
        "ix_onboarding_states_last_activity_at",
        "onboarding_states",
        ("last_activity_at",),
        where="completed_at IS NULL",
    ),
    _Index("ix_physical_constraints_user_id_constraint_type", "physical_constraints", ("user_id", "constraint_type")),
    _Index("ix_physical_constraints_user_id_is_active", "physical_constraints", ("user_id", "is_active")),
    _Index("ix_profile_facts_user_id_on_date", "profile_facts", ("user_id", "on_date"), where="on_date IS NOT NULL"),
    _Index(
        "uq_profile_facts_user_id_kind_fact_key",
        "profile_facts",
        ("user_id", "kind", "fact_key"),
        is_unique=True,
        where="status = 'active'",
    ),
    _Index("ix_profile_versions_user_id_valid_from", "profile_versions", ("user_id", "valid_from")),
    _Index("ix_profile_versions_valid_from", "profile_versions", ("valid_from",)),
    _Index(
        "uq_profile_versions_user_id", "profile_versions", ("user_id",), is_unique=True, where="valid_until IS NULL"
    ),
    _Index("ix_recipes_name", "recipes", ("name",)),
    _Index("ix_recipes_user_id_created_at", "recipes", ("user_id", "created_at")),
    _Index(
        "uq_recipes_source_source_ref",
        "recipes",
        ("source", "source_ref"),
        is_unique=True,
        where="user_id IS NULL AND source_ref IS NOT NULL",
    ),
    _Index("ix_recommendations_user_id_category_given_at", "recommendations", ("user_id", "category", "given_at")),
    _Index("ix_reminders_next_due_at", "reminders", ("next_due_at",), where="state = 'active'"),
    _Index("ix_reminders_user_id_kind", "reminders", ("user_id", "kind")),
    _Index(
        "uq_reminders_user_id_kind_subject_id",
        "reminders",
        ("user_id", "kind", "subject_id"),
        is_unique=True,
        where="source = 'schedule' AND state <> 'cancelled' AND subject_id IS NOT NULL",
    ),
    _Index("ix_safety_events_user_id_level_created_at", "safety_events", ("user_id", "level", "created_at")),
    _Index("ix_usage_ledger_day", "usage_ledger", ("day",)),
    _Index("ix_user_connections_peer_user_id_status", "user_connections", ("peer_user_id", "status")),
    _Index("uq_user_keys_user_id", "user_keys", ("user_id",), is_unique=True, where="state = 'active'"),
    _Index(
        "ix_wearable_connections_next_sync_at",
        "wearable_connections",
        ("next_sync_at",),
        where="sync_status = 'connected'",
    ),
    _Index("ix_consultation_sessions_invite_id", "consultation_sessions", ("invite_id",)),
    _Index(
        "uq_consultation_sessions_user_id",
        "consultation_sessions",
        ("user_id",),
        is_unique=True,
        where="status = 'active'",
    ),
    _Index("ix_exercise_substitutions_substitute_id", "exercise_substitutions", ("substitute_id",)),
    _Index("ix_exercise_substitutions_user_id", "exercise_substitutions", ("user_id",)),
    _Index("ix_food_allergens_allergen_code", "food_allergens", ("allergen_code",)),
    _Index("ix_food_allergens_user_id", "food_allergens", ("user_id",)),
    _Index("ix_food_servings_user_id", "food_servings", ("user_id",)),
    _Index("ix_grocery_lists_household_id", "grocery_lists", ("household_id",)),
    _Index("ix_grocery_lists_user_id_status", "grocery_lists", ("user_id", "status")),
    _Index("ix_habit_logs_user_id_local_date", "habit_logs", ("user_id", "local_date")),
    _Index("ix_household_members_added_by_user_id", "household_members", ("added_by_user_id",)),
    _Index("ix_household_members_user_id_status", "household_members", ("user_id", "status")),
    _Index(
        "uq_import_batches_user_id_content_hmac",
        "import_batches",
        ("user_id", "content_hmac"),
        is_unique=True,
        where="state <> 'undone'",
    ),
    _Index("ix_invite_redemptions_invite_id", "invite_redemptions", ("invite_id",)),
    _Index(
        "ix_medical_flags_clearance_expires_on",
        "medical_flags",
        ("clearance_expires_on",),
        where="clearance = 'cleared'",
    ),
    _Index(
        "uq_medical_flags_user_id_flag_key", "medical_flags", ("user_id", "flag_key"), is_unique=True, where="is_active"
    ),
    _Index("ix_messages_user_id_agent", "messages", ("user_id", "agent")),
    _Index("ix_messages_user_id_conversation_id", "messages", ("user_id", "conversation_id")),
    _Index(
        "uq_messages_user_id_bot_id_update_id",
        "messages",
        ("user_id", "bot_id", "update_id"),
        is_unique=True,
        where="update_id IS NOT NULL AND direction = 'inbound'",
    ),
    _Index("ix_outbox_channel_account_id", "outbox", ("channel_account_id",)),
    _Index("ix_outbox_priority_not_before", "outbox", ("priority", "not_before"), where="state = 'pending'"),
    _Index("ix_outbox_user_id_state_not_before", "outbox", ("user_id", "state", "not_before")),
    _Index("ix_pantry_items_food_id", "pantry_items", ("food_id",)),
    _Index(
        "ix_pantry_items_user_id_expiry_date", "pantry_items", ("user_id", "expiry_date"), where="status = 'in_stock'"
    ),
    _Index("ix_pantry_items_user_id_name", "pantry_items", ("user_id", "name")),
    _Index("ix_plans_next_reassessment_on", "plans", ("next_reassessment_on",), where="status = 'active'"),
    _Index("ix_plans_primary_goal", "plans", ("primary_goal",)),
    _Index("ix_plans_user_id_bundle_id", "plans", ("user_id", "bundle_id")),
    _Index("uq_plans_user_id_kind", "plans", ("user_id", "kind"), is_unique=True, where="status = 'active'"),
    _Index("ix_profiles_fitness_level", "profiles", ("fitness_level",)),
    _Index("ix_profiles_primary_goal_secondary_goal", "profiles", ("primary_goal", "secondary_goal")),
    _Index("ix_profiles_secondary_goal", "profiles", ("secondary_goal",)),
    _Index("ix_profiles_updated_at", "profiles", ("updated_at",)),
    _Index("ix_recipe_ingredients_food_id", "recipe_ingredients", ("food_id",)),
    _Index("ix_recipe_ingredients_user_id", "recipe_ingredients", ("user_id",)),
    _Index("ix_recipe_marks_recipe_id", "recipe_marks", ("recipe_id",)),
    _Index("ix_recipe_steps_user_id", "recipe_steps", ("user_id",)),
    _Index("ix_reminder_firings_user_id_due_at", "reminder_firings", ("user_id", "due_at")),
    _Index("ix_cycles_user_id_import_batch_id", "cycles", ("user_id", "import_batch_id")),
    _Index("ix_day_overrides_expires_at", "day_overrides", ("expires_at",), where="status = 'pending'"),
    _Index("ix_day_overrides_user_id_local_date", "day_overrides", ("user_id", "local_date")),
    _Index(
        "uq_day_overrides_user_id_local_date_approved",
        "day_overrides",
        ("user_id", "local_date"),
        is_unique=True,
        where="status = 'approved'",
    ),
    _Index(
        "uq_day_overrides_user_id_local_date_pending",
        "day_overrides",
        ("user_id", "local_date"),
        is_unique=True,
        where="status = 'pending'",
    ),
    _Index("ix_grocery_items_food_id", "grocery_items", ("food_id",)),
    _Index("ix_grocery_items_user_id_grocery_list_id", "grocery_items", ("user_id", "grocery_list_id")),
    _Index("ix_health_metrics_metric_code", "health_metrics", ("metric_code",)),
    _Index("ix_health_metrics_user_id_import_batch_id", "health_metrics", ("user_id", "import_batch_id")),
    _Index(
        "ix_health_metrics_user_id_metric_code_local_date", "health_metrics", ("user_id", "metric_code", "local_date")
    ),
    _Index("ix_meal_schedules_meal_time", "meal_schedules", ("meal_time",)),
    _Index("ix_meal_schedules_user_id_scheduled_time", "meal_schedules", ("user_id", "scheduled_time")),
    _Index("ix_nudge_decisions_outcome_due_at", "nudge_decisions", ("outcome_due_at",), where="outcome_at IS NULL"),
    _Index("ix_nudge_decisions_user_id_firing_id", "nudge_decisions", ("user_id", "firing_id")),
    _Index("ix_nudge_decisions_user_id_policy_decided_at", "nudge_decisions", ("user_id", "policy", "decided_at")),
    _Index("ix_plan_changes_user_id_plan_id", "plan_changes", ("user_id", "plan_id")),
    _Index(
        "uq_plan_changes_user_id_reverts_id",
        "plan_changes",
        ("user_id", "reverts_id"),
        is_unique=True,
        where="reverts_id IS NOT NULL",
    ),
    _Index("ix_planned_meals_household_id", "planned_meals", ("household_id",)),
    _Index("ix_planned_meals_meal_type", "planned_meals", ("meal_type",)),
    _Index("ix_planned_meals_recipe_id", "planned_meals", ("recipe_id",)),
    _Index("ix_planned_meals_user_id_local_date", "planned_meals", ("user_id", "local_date")),
    _Index(
        "ix_planned_meals_user_id_plan_id_week_index_day_index",
        "planned_meals",
        ("user_id", "plan_id", "week_index", "day_index"),
    ),
    _Index(
        "uq_planned_meals_user_id_plan_id_local_date_meal_number",
        "planned_meals",
        ("user_id", "plan_id", "local_date", "meal_number"),
        is_unique=True,
        where="status <> 'swapped'",
    ),
    _Index("ix_planned_workouts_user_id_local_date", "planned_workouts", ("user_id", "local_date")),
    _Index(
        "ix_planned_workouts_user_id_plan_id_week_index_day_index",
        "planned_workouts",
        ("user_id", "plan_id", "week_index", "day_index"),
    ),
    _Index(
        "ix_planned_workouts_user_id_session_kind_is_outdoor",
        "planned_workouts",
        ("user_id", "session_kind", "is_outdoor"),
    ),
    _Index("ix_tasks_user_id_due_on_status", "tasks", ("user_id", "due_on", "status")),
    _Index("ix_tasks_user_id_plan_id", "tasks", ("user_id", "plan_id")),
    _Index("ix_activities_met_code", "activities", ("met_code",)),
    _Index("ix_activities_user_id_import_batch_id", "activities", ("user_id", "import_batch_id")),
    _Index("ix_activities_user_id_local_date", "activities", ("user_id", "local_date")),
    _Index("ix_activities_user_id_planned_workout_id", "activities", ("user_id", "planned_workout_id")),
    _Index("ix_activities_user_id_start_time", "activities", ("user_id", "start_time")),
    _Index(
        "uq_activities_user_id_source_external_id",
        "activities",
        ("user_id", "source", "external_id"),
        is_unique=True,
        where="external_id IS NOT NULL",
    ),
    _Index("ix_meals_meal_type", "meals", ("meal_type",)),
    _Index("ix_meals_user_id_local_date", "meals", ("user_id", "local_date")),
    _Index("ix_meals_user_id_logged_at", "meals", ("user_id", "logged_at")),
    _Index("ix_meals_user_id_planned_meal_id", "meals", ("user_id", "planned_meal_id")),
    _Index("ix_planned_exercises_exercise_id", "planned_exercises", ("exercise_id",)),
    _Index("ix_planned_meal_items_food_id", "planned_meal_items", ("food_id",)),
    _Index("ix_adherence_records_user_id_created_at", "adherence_records", ("user_id", "created_at")),
    _Index("ix_adherence_records_user_id_local_date", "adherence_records", ("user_id", "local_date")),
    _Index(
        "uq_adherence_records_user_id_planned_meal_id",
        "adherence_records",
        ("user_id", "planned_meal_id"),
        is_unique=True,
        where="planned_meal_id IS NOT NULL",
    ),
    _Index(
        "uq_adherence_records_user_id_planned_workout_id",
        "adherence_records",
        ("user_id", "planned_workout_id"),
        is_unique=True,
        where="planned_workout_id IS NOT NULL",
    ),
    _Index(
        "uq_adherence_records_user_id_task_id",
        "adherence_records",
        ("user_id", "task_id"),
        is_unique=True,
        where="task_id IS NOT NULL",
    ),
    _Index("ix_exercise_sets_exercise_id", "exercise_sets", ("exercise_id",)),
    _Index("ix_exercise_sets_user_id_exercise_id", "exercise_sets", ("user_id", "exercise_id")),
    _Index("ix_meal_items_food_id", "meal_items", ("food_id",)),
    _Index("ix_meal_items_recipe_id", "meal_items", ("recipe_id",)),
    _Index("ix_shared_workouts_peer_user_id_status", "shared_workouts", ("peer_user_id", "status")),
    _Index("ix_shared_workouts_user_id_activity_id", "shared_workouts", ("user_id", "activity_id")),
    _Index("ix_shared_workouts_user_id_planned_workout_id", "shared_workouts", ("user_id", "planned_workout_id")),
)

CALENDAR = """
SELECT user_id, local_date AS date, scheduled_time AS start_time, 'workout' AS kind, 'planned_workouts' AS ref_table,
       id AS ref_id, plan_id, name AS title, status FROM planned_workouts
UNION ALL SELECT user_id, local_date, scheduled_time, 'meal', 'planned_meals', id, plan_id, name, status
          FROM planned_meals WHERE status <> 'swapped'
UNION ALL SELECT user_id, due_on, due_time, 'task', 'tasks', id, plan_id, NULL, status FROM tasks
UNION ALL SELECT user_id, local_date, NULL, 'override', 'day_overrides', id, plan_id, reason_code, status
          FROM day_overrides WHERE status IN ('pending', 'approved')
UNION ALL SELECT user_id, on_date, NULL, 'event', 'profile_facts', id, NULL, NULL, status
          FROM profile_facts WHERE on_date IS NOT NULL AND status = 'active'
"""

# Which columns of which table never change once written. The key of audit_log that may be nulled when an actor is
# erased is left out; profile_versions may be closed; plans move through their states.
FROZEN = {
    "profile_versions": (
        "user_id, version, snapshot, changed_fields, change_reason, changed_by, source_message_id, "
        "restored_from_version, valid_from, created_at"
    ),
    "plans": ("kind, version, content, safety, source_profile_version"),
    "audit_log": (
        "user_id, id, table_name, row_id, operation, old_values, new_values, changed_by, request_id, "
        "ip_address, user_agent, created_at"
    ),
    "plan_changes": (
        "user_id, id, plan_id, source, source_id, change_kind, patch, inverse, reason, approved_by, "
        "local_date, reverts_id, created_at"
    ),
    "screening_answers": (
        "user_id, id, question_set, question_code, set_version, answer, answered_at, valid_until, created_at"
    ),
}

FORBID_CHANGE = """
CREATE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is frozen', ERRCODE = 'restrict_violation'; END $$
"""


def upgrade() -> None:
    for index in INDEXES:
        condition = None if index.where is None else sa.text(index.where)
        op.create_index(
            index.name,
            index.table,
            list(index.columns),
            unique=index.is_unique,
            sqlite_where=condition,
            postgresql_where=condition,
        )
    is_postgres = op.get_bind().dialect.name == "postgresql"
    options = "WITH (security_invoker = true)" if is_postgres else ""
    op.execute(f"CREATE VIEW calendar_events {options} AS {CALENDAR}")
    if is_postgres:
        op.execute(FORBID_CHANGE)
    for table, columns in FROZEN.items():
        op.execute(_frozen_postgres(table, columns) if is_postgres else _frozen_sqlite(table, columns))
    if is_postgres:
        row_security.apply(op.get_bind())


def downgrade() -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    if is_postgres:
        row_security.remove(op.get_bind())
    for table in FROZEN:
        op.execute(f"DROP TRIGGER {table}_frozen" + (f" ON {table}" if is_postgres else ""))
    if is_postgres:
        op.execute("DROP FUNCTION forbid_change()")
    op.execute("DROP VIEW calendar_events")
    for index in reversed(INDEXES):
        op.drop_index(index.name, table_name=index.table)


def _frozen_postgres(table: str, columns: str) -> str:
    """The re-encryption job sets app.rekey for its own transaction."""
    return (
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW"
        " WHEN (current_setting('app.rekey', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION forbid_change()"
    )


def _frozen_sqlite(table: str, columns: str) -> str:
    """The re-encryption job drops and recreates the trigger inside its transaction."""
    return (
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {columns} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
    )
