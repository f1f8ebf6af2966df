"""Reference data: the rows of the catalogue tables that ship with the program."""

from alembic import op

from storage.reference import code_tables

revision = "007"
down_revision = "006"
branch_labels = None
depends_on = None

# Where people's rows name a code of each table.
USED_BY = {
    "ref_fitness_levels": ("profiles.fitness_level", "exercises.level"),
    "ref_goal_categories": (
        "profiles.primary_goal",
        "profiles.secondary_goal",
        "goals.goal_category",
        "plans.primary_goal",
    ),
    "ref_diet_types": ("dietary_preferences.diet_type",),
    "ref_equipment_types": (),
    "ref_allergens": ("food_allergens.allergen_code",),
    "ref_metric_types": ("goals.metric_code", "health_metrics.metric_code"),
    "training_modalities": (),
    "meal_times": ("meal_schedules.meal_time", "planned_meals.meal_type", "meals.meal_type"),
    "event_types": (),
    "activity_mets": ("activities.met_code",),
}


def upgrade() -> None:
    """Loading is idempotent: later releases load newer files with the same function."""
    code_tables.load(op.get_bind(), now=op.get_context().opts["now"])


def downgrade() -> None:
    """Takes away what nobody uses; a code that a person's row names stays, and the next upgrade finds it there."""
    for table, users in USED_BY.items():
        unused = " AND ".join(_unused(table, *user.split(".")) for user in users) or "1 = 1"
        op.execute(f"DELETE FROM {table} WHERE {unused}")  # noqa: S608 - names from the list above


def _unused(table: str, user: str, column: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM {user} WHERE {user}.{column} = {table}.code)"  # noqa: S608 - as above
