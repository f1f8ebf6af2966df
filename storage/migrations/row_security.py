"""Row-level security on PostgreSQL (data-model 9.3): a second wall behind every `WHERE user_id = …`.

`keel_app` serves a person and sees that person's rows; `keel_system` runs inbox, scheduler, outbox, erasure and
households. Without a setting nobody's rows are visible: it fails closed. The roles belong to the whole server; where
the migrating login neither may create them nor is a member of them, the policies are left out and the queries' own
filter stands alone. Once it is a member of both, `storage.schema.secure` adds the policies.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

# fmt: off
# Every table of one person's rows (classes T, T+ and 1) except user_keys, which only the system reads.
TENANT = (
    "achievements", "activity_templates", "audit_log", "check_ins", "consents", "conversations", "day_summaries",
    "dietary_preferences", "dietary_restrictions", "experiments", "files", "goals", "habits",
    "hydration_preferences", "llm_calls", "onboarding_states", "physical_constraints", "profile_facts",
    "profile_versions", "quick_meals", "reassessments", "recommendations", "reminders", "safety_events",
    "screening_answers", "usage_ledger", "user_connections", "user_settings", "wearable_connections",
    "workout_schedules", "consultation_sessions", "experiment_days", "grocery_lists", "habit_logs",
    "import_batches", "invite_redemptions", "medical_flags", "messages", "outbox", "pantry_items", "plans",
    "profiles", "recipe_marks", "reminder_firings", "cycles", "day_overrides", "grocery_items", "health_metrics",
    "meal_schedules", "nudge_decisions", "nutrition_targets", "plan_changes", "planned_meals", "planned_workouts",
    "tasks", "activities", "meals", "planned_exercises", "planned_meal_items", "adherence_records", "exercise_sets",
    "meal_items", "shared_workouts",
)
CUSTOMISABLE = (
    "exercises", "foods", "recipes", "exercise_substitutions", "food_allergens", "food_servings",
    "recipe_ingredients", "recipe_steps",
)
CATALOGUE = (
    "activity_mets", "event_types", "meal_times", "ref_allergens", "ref_diet_types", "ref_equipment_types",
    "ref_fitness_levels", "ref_goal_categories", "ref_metric_types", "training_modalities",
)
FROZEN = ("profile_versions", "plans", "audit_log", "plan_changes", "screening_answers")
# fmt: on
PEERS = ("user_connections", "shared_workouts")

_CREATE_ROLES = """
DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['keel_app', 'keel_system'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION
        WHEN insufficient_privilege THEN RAISE NOTICE 'role % is missing: row-level security is left out', wanted;
        WHEN duplicate_object OR unique_violation THEN NULL;  -- another migration of this server was faster
      END;
    END IF;
    BEGIN
      EXECUTE format('GRANT %I TO %I', wanted, current_user);
    EXCEPTION WHEN insufficient_privilege OR undefined_object OR invalid_grant_operation THEN NULL;
    END;
  END LOOP;
END $$
"""
_MEMBER_OF_BOTH = (
    "SELECT count(*) = 2 FROM pg_roles WHERE rolname IN ('keel_app', 'keel_system')"
    " AND pg_has_role(current_user, oid, 'MEMBER')"
)
_ME = "(SELECT app_user_id())"
_FUNCTIONS = (
    # An empty string is left over after a SET LOCAL ends, hence NULLIF.
    """CREATE OR REPLACE FUNCTION app_user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('app.user_id', true), '')::uuid $$""",
    # Runs as keel_system: as the caller its own policy would recurse, as the owner it would see nothing.
    """CREATE OR REPLACE FUNCTION app_household_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path FROM CURRENT AS $$ SELECT household_id FROM household_members
    WHERE user_id = app_user_id() AND status = 'active' $$""",
)


def apply(connection: sa.Connection) -> bool:
    """Creates roles, grants and policies; may run again. False where this login is not a member of both roles."""
    _run(connection, _CREATE_ROLES)
    if not _run(connection, _MEMBER_OF_BOTH).scalar_one():
        return False
    for statement in _statements():
        _run(connection, statement)
    return True


def remove(connection: sa.Connection) -> None:
    """Takes policies and functions away again; the roles stay, other databases of the server may use them."""
    policies = _run(connection, "SELECT tablename, policyname FROM pg_policies WHERE schemaname = current_schema()")
    for policy in policies.mappings().all():
        _run(connection, f"DROP POLICY {policy['policyname']} ON {policy['tablename']}")
    for table in _protected():
        _run(connection, f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        _run(connection, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    _run(connection, "DROP FUNCTION IF EXISTS app_household_ids()")
    _run(connection, "DROP FUNCTION IF EXISTS app_user_id()")


def _run(connection: sa.Connection, statement: str) -> "sa.CursorResult[Any]":
    return connection.execute(sa.text(statement))


def _protected() -> list[str]:
    return [*TENANT, *CUSTOMISABLE, "user_keys", "users", "households", "household_members"]


def _statements() -> Iterator[str]:
    yield from _FUNCTIONS
    yield from _hand_over()
    yield from _grants()
    for table in _protected():
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
        yield from _policy(table, "system", "ALL TO keel_system USING (true) WITH CHECK (true)")
    for table in TENANT:
        yield from _policy(table, "own", f"ALL TO keel_app USING (user_id = {_ME}) WITH CHECK (user_id = {_ME})")
    for table in CUSTOMISABLE:
        yield from _own_and_shared(table)
    yield from _people()
    yield from _households()


def _hand_over() -> Iterator[str]:
    """The new owner of a function must be able to create in the schema, so it may for a moment."""
    schema = "DO $$ BEGIN EXECUTE format('%s CREATE ON SCHEMA %%I %s keel_system', current_schema()); END $$"
    yield schema % ("GRANT", "TO")
    yield "ALTER FUNCTION app_household_ids() OWNER TO keel_system"
    yield schema % ("REVOKE", "FROM")


def _grants() -> Iterator[str]:
    yield "DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO keel_app, keel_system', current_schema()); END $$"
    yield (
        "DO $$ BEGIN EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO keel_system',"
        " current_schema()); END $$"
    )
    for table in [*TENANT, *CUSTOMISABLE]:
        yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO keel_app"
    for table in [*CATALOGUE, "households", "household_members", "calendar_events"]:
        yield f"GRANT SELECT ON {table} TO keel_app"
    yield "GRANT SELECT, UPDATE ON users TO keel_app"
    for table in FROZEN:
        yield f"REVOKE DELETE ON {table} FROM keel_app"


def _own_and_shared(table: str) -> Iterator[str]:
    """Shared rows can be read, own rows changed."""
    yield from _policy(table, "read", f"SELECT TO keel_app USING (user_id IS NULL OR user_id = {_ME})")
    yield from _policy(table, "insert", f"INSERT TO keel_app WITH CHECK (user_id = {_ME})")
    yield from _policy(table, "update", f"UPDATE TO keel_app USING (user_id = {_ME}) WITH CHECK (user_id = {_ME})")
    yield from _policy(table, "delete", f"DELETE TO keel_app USING (user_id = {_ME})")


def _people() -> Iterator[str]:
    yield from _policy("users", "read", f"SELECT TO keel_app USING (id = {_ME})")
    yield from _policy("users", "update", f"UPDATE TO keel_app USING (id = {_ME}) WITH CHECK (id = {_ME})")
    for table in PEERS:
        yield from _policy(table, "peer", f"SELECT TO keel_app USING (peer_user_id = {_ME})")


def _households() -> Iterator[str]:
    """Members see their household, and read and tick its shopping lists; making and joining is the system's work."""
    mine = "household_id IN (SELECT app_household_ids())"
    yield from _policy(
        "households", "read", f"SELECT TO keel_app USING (owner_user_id = {_ME} OR id IN (SELECT app_household_ids()))"
    )
    yield from _policy("household_members", "read", f"SELECT TO keel_app USING (user_id = {_ME} OR {mine})")
    listed = "grocery_list_id IN (SELECT id FROM grocery_lists)"
    for table, condition in (("grocery_lists", mine), ("grocery_items", listed)):
        yield from _policy(table, "shared_read", f"SELECT TO keel_app USING ({condition})")
        yield from _policy(table, "shared_update", f"UPDATE TO keel_app USING ({condition}) WITH CHECK ({condition})")


def _policy(table: str, name: str, text: str) -> Iterator[str]:
    yield f"DROP POLICY IF EXISTS {table}_{name} ON {table}"
    yield f"CREATE POLICY {table}_{name} ON {table} FOR {text}"
