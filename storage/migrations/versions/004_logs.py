"""Logs: what was measured, trained, eaten, bought, and how it met the plan."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.words import BOOL, BYTES, DATE, ENUM, INSTANT, INT, JSON, SMALL, UUID, dec, string

revision = "004"
down_revision = "003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "achievements",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("code", string(60), nullable=False),
        sa.Column("period_key", string(60), nullable=False),
        sa.Column("earned_on", DATE, nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_achievements"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_achievements_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("user_id", "code", "period_key", name="uq_achievements_user_id_code_period_key"),
    )
    op.create_table(
        "activity_templates",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("template_name", string(120), nullable=False),
        sa.Column("category", ENUM, nullable=False),
        sa.Column("template_data", JSON, nullable=False),
        sa.Column("use_count", INT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_activity_templates"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_activity_templates_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("user_id", "template_name", name="uq_activity_templates_user_id_template_name"),
        sa.CheckConstraint(
            "category IN ('cardio_steady', 'cardio_interval', 'strength', 'sports', 'flexibility', 'other')",
            name="ck_activity_templates_category",
        ),
    )
    op.create_table(
        "check_ins",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("local_date", DATE, nullable=False),
        sa.Column("slot", ENUM, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("data_source", ENUM, nullable=False),
        sa.Column("energy_level", SMALL, nullable=True),
        sa.Column("mood", SMALL, nullable=True),
        sa.Column("stress_level", SMALL, nullable=True),
        sa.Column("soreness_level", SMALL, nullable=True),
        sa.Column("sleep_quality", SMALL, nullable=True),
        sa.Column("digestion_score", SMALL, nullable=True),
        sa.Column("mood_label", string(30), nullable=True),
        sa.Column("sleep_hours", dec(4, 2), nullable=True),
        sa.Column("sleep_quality_notes", BYTES, nullable=True),
        sa.Column("injury_notes", BYTES, nullable=True),
        sa.Column("note", BYTES, nullable=True),
        sa.Column("ai_notes", BYTES, nullable=True),
        sa.Column("cycle_phase", BYTES, nullable=True),
        sa.Column("water_ml", INT, nullable=True),
        sa.Column("is_ill", BOOL, nullable=False),
        sa.Column("raw", JSON, nullable=False),
        sa.Column("source_message_id", UUID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_check_ins"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_check_ins_user_id", ondelete="CASCADE"),
        sa.CheckConstraint(
            "data_source IN ('user_input', 'wearable', 'system', 'coach')", name="ck_check_ins_data_source"
        ),
        sa.CheckConstraint("digestion_score BETWEEN 0 AND 10", name="ck_check_ins_digestion_score_range"),
        sa.CheckConstraint("energy_level BETWEEN 0 AND 10", name="ck_check_ins_energy_level_range"),
        sa.CheckConstraint("mood BETWEEN 0 AND 10", name="ck_check_ins_mood_range"),
        sa.CheckConstraint("sleep_hours BETWEEN 0 AND 24", name="ck_check_ins_sleep_hours_range"),
        sa.CheckConstraint("sleep_quality BETWEEN 0 AND 10", name="ck_check_ins_sleep_quality_range"),
        sa.CheckConstraint("slot IN ('baseline', 'morning', 'evening', 'adhoc', 'import')", name="ck_check_ins_slot"),
        sa.CheckConstraint("soreness_level BETWEEN 0 AND 10", name="ck_check_ins_soreness_level_range"),
        sa.CheckConstraint("stress_level BETWEEN 0 AND 10", name="ck_check_ins_stress_level_range"),
        sa.CheckConstraint("water_ml BETWEEN 0 AND 20000", name="ck_check_ins_water_ml_range"),
    )
    op.create_table(
        "habits",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("habit_type", string(40), nullable=False),
        sa.Column("title", BYTES, nullable=False),
        sa.Column("anchor", BYTES, nullable=True),
        sa.Column("days_of_week", JSON, nullable=False),
        sa.Column("target_per_day", SMALL, nullable=False),
        sa.Column("is_active", BOOL, nullable=False),
        sa.Column("started_on", DATE, nullable=True),
        sa.Column("ended_on", DATE, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_habits"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_habits_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("target_per_day BETWEEN 1 AND 50", name="ck_habits_target_per_day_range"),
    )
    op.create_table(
        "quick_meals",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("meal_name", string(120), nullable=False),
        sa.Column("kcal", dec(7, 2), nullable=False),
        sa.Column("protein_g", dec(7, 2), nullable=False),
        sa.Column("carbs_g", dec(7, 2), nullable=False),
        sa.Column("fat_g", dec(7, 2), nullable=False),
        sa.Column("components", JSON, nullable=False),
        sa.Column("use_count", INT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_quick_meals"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_quick_meals_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("user_id", "meal_name", name="uq_quick_meals_user_id_meal_name"),
    )
    op.create_table(
        "wearable_connections",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("provider", string(50), nullable=False),
        sa.Column("device_type", string(50), nullable=False),
        sa.Column("credentials", BYTES, nullable=True),
        sa.Column("sync_status", ENUM, nullable=False),
        sa.Column("last_sync_at", INSTANT, nullable=True),
        sa.Column("next_sync_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_wearable_connections"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_wearable_connections_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("user_id", "provider", name="uq_wearable_connections_user_id_provider"),
        sa.CheckConstraint(
            "sync_status IN ('connected', 'syncing', 'error', 'revoked')", name="ck_wearable_connections_sync_status"
        ),
    )
    op.create_table(
        "grocery_lists",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("household_id", UUID, nullable=True),
        sa.Column("title", string(120), nullable=False),
        sa.Column("week_start", DATE, nullable=True),
        sa.Column("status", ENUM, nullable=False),
        sa.Column("est_cost", dec(9, 2), nullable=True),
        sa.Column("currency", string(3), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_grocery_lists"),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name="fk_grocery_lists_household_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_grocery_lists_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("status IN ('open', 'done', 'archived')", name="ck_grocery_lists_status"),
    )
    op.create_table(
        "habit_logs",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("habit_id", UUID, nullable=False),
        sa.Column("local_date", DATE, nullable=False),
        sa.Column("status", BOOL, nullable=False),
        sa.Column("amount", SMALL, nullable=False),
        sa.Column("notes", BYTES, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_habit_logs"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_habit_logs_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "habit_id"],
            ["habits.user_id", "habits.id"],
            name="fk_habit_logs_user_id_habit_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("user_id", "habit_id", "local_date", name="uq_habit_logs_user_id_habit_id_local_date"),
        sa.CheckConstraint("amount BETWEEN 0 AND 50", name="ck_habit_logs_amount_range"),
    )
    op.create_table(
        "import_batches",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("source", ENUM, nullable=False),
        sa.Column("file_id", UUID, nullable=True),
        sa.Column("content_hmac", BYTES, nullable=False),
        sa.Column("state", ENUM, nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("first_on", DATE, nullable=True),
        sa.Column("last_on", DATE, nullable=True),
        sa.Column("error", string(300), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_import_batches"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_import_batches_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "file_id"], ["files.user_id", "files.id"], name="fk_import_batches_user_id_file_id"
        ),
        sa.CheckConstraint(
            "source IN ('apple_health', 'fit', 'csv', 'fitbit', 'google', 'garmin', "
            "'open_wearables', 'calendar', 'period_tracker')",
            name="ck_import_batches_source",
        ),
        sa.CheckConstraint(
            "state IN ('received', 'running', 'done', 'failed', 'undone')", name="ck_import_batches_state"
        ),
    )
    op.create_table(
        "pantry_items",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("name", string(120), nullable=False),
        sa.Column("food_id", UUID, nullable=True),
        sa.Column("quantity", dec(9, 3), nullable=True),
        sa.Column("unit", string(20), nullable=True),
        sa.Column("expiry_date", DATE, nullable=True),
        sa.Column("place", ENUM, nullable=False),
        sa.Column("status", ENUM, nullable=False),
        sa.Column("image_file_id", UUID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_pantry_items"),
        sa.ForeignKeyConstraint(["food_id"], ["foods.id"], name="fk_pantry_items_food_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_pantry_items_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "image_file_id"], ["files.user_id", "files.id"], name="fk_pantry_items_user_id_image_file_id"
        ),
        sa.CheckConstraint("place IN ('pantry', 'fridge', 'freezer')", name="ck_pantry_items_place"),
        sa.CheckConstraint("quantity BETWEEN 0 AND 100000", name="ck_pantry_items_quantity_range"),
        sa.CheckConstraint("status IN ('in_stock', 'used_up', 'thrown_away')", name="ck_pantry_items_status"),
    )
    op.create_table(
        "cycles",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("start_key", BYTES, nullable=False),
        sa.Column("start_date", BYTES, nullable=True),
        sa.Column("end_date", BYTES, nullable=True),
        sa.Column("predicted_ovulation", BYTES, nullable=True),
        sa.Column("symptoms", BYTES, nullable=True),
        sa.Column("is_predicted", BOOL, nullable=False),
        sa.Column("import_batch_id", UUID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_cycles"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_cycles_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "import_batch_id"],
            ["import_batches.user_id", "import_batches.id"],
            name="fk_cycles_user_id_import_batch_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("user_id", "start_key", name="uq_cycles_user_id_start_key"),
    )
    op.create_table(
        "grocery_items",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("grocery_list_id", UUID, nullable=False),
        sa.Column("food_id", UUID, nullable=True),
        sa.Column("name", string(120), nullable=False),
        sa.Column("quantity", dec(9, 3), nullable=True),
        sa.Column("unit", string(20), nullable=True),
        sa.Column("aisle", string(40), nullable=True),
        sa.Column("is_checked", BOOL, nullable=False),
        sa.Column("checked_at", INSTANT, nullable=True),
        sa.Column("est_cost", dec(8, 2), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_grocery_items"),
        sa.ForeignKeyConstraint(["food_id"], ["foods.id"], name="fk_grocery_items_food_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_grocery_items_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "grocery_list_id"],
            ["grocery_lists.user_id", "grocery_lists.id"],
            name="fk_grocery_items_user_id_grocery_list_id",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("quantity BETWEEN 0 AND 100000", name="ck_grocery_items_quantity_range"),
    )
    op.create_table(
        "health_metrics",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("metric_code", string(40), nullable=False),
        sa.Column("value", dec(12, 4), nullable=False),
        sa.Column("unit", string(16), nullable=False),
        sa.Column("measured_at", INSTANT, nullable=False),
        sa.Column("local_date", DATE, nullable=False),
        sa.Column("source", string(60), nullable=False),
        sa.Column("quality", ENUM, nullable=False),
        sa.Column("import_batch_id", UUID, nullable=True),
        sa.Column("file_id", UUID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_health_metrics"),
        sa.ForeignKeyConstraint(["metric_code"], ["ref_metric_types.code"], name="fk_health_metrics_metric_code"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_health_metrics_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "file_id"], ["files.user_id", "files.id"], name="fk_health_metrics_user_id_file_id"
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "import_batch_id"],
            ["import_batches.user_id", "import_batches.id"],
            name="fk_health_metrics_user_id_import_batch_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "user_id",
            "metric_code",
            "measured_at",
            "source",
            name="uq_health_metrics_user_id_metric_code_measured_at_source",
        ),
        sa.CheckConstraint("quality IN ('ok', 'suspect', 'corrected')", name="ck_health_metrics_quality"),
    )
    op.create_table(
        "activities",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("category", ENUM, nullable=False),
        sa.Column("name", string(120), nullable=False),
        sa.Column("start_time", INSTANT, nullable=False),
        sa.Column("end_time", INSTANT, nullable=True),
        sa.Column("local_date", DATE, nullable=False),
        sa.Column("duration_minutes", dec(6, 1), nullable=True),
        sa.Column("calories_burned", INT, nullable=True),
        sa.Column("intensity_mets", dec(4, 1), nullable=True),
        sa.Column("met_code", string(10), nullable=True),
        sa.Column("metrics", JSON, nullable=False),
        sa.Column("rpe", dec(3, 1), nullable=True),
        sa.Column("soreness_level", SMALL, nullable=True),
        sa.Column("is_outdoor", BOOL, nullable=False),
        sa.Column("planned_workout_id", UUID, nullable=True),
        sa.Column("template_id", UUID, nullable=True),
        sa.Column("source", string(60), nullable=False),
        sa.Column("external_id", string(120), nullable=True),
        sa.Column("import_batch_id", UUID, nullable=True),
        sa.Column("notes", BYTES, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_activities"),
        sa.ForeignKeyConstraint(["met_code"], ["activity_mets.code"], name="fk_activities_met_code"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_activities_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "import_batch_id"],
            ["import_batches.user_id", "import_batches.id"],
            name="fk_activities_user_id_import_batch_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "planned_workout_id"],
            ["planned_workouts.user_id", "planned_workouts.id"],
            name="fk_activities_user_id_planned_workout_id",
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "template_id"],
            ["activity_templates.user_id", "activity_templates.id"],
            name="fk_activities_user_id_template_id",
        ),
        sa.CheckConstraint("calories_burned BETWEEN 0 AND 20000", name="ck_activities_calories_burned_range"),
        sa.CheckConstraint(
            "category IN ('cardio_steady', 'cardio_interval', 'strength', 'sports', 'flexibility', 'other')",
            name="ck_activities_category",
        ),
        sa.CheckConstraint("duration_minutes BETWEEN 0 AND 1440", name="ck_activities_duration_minutes_range"),
        sa.CheckConstraint("end_time IS NULL OR end_time >= start_time", name="ck_activities_end_time_rule"),
        sa.CheckConstraint("intensity_mets BETWEEN 0.9 AND 25", name="ck_activities_intensity_mets_range"),
        sa.CheckConstraint("rpe BETWEEN 1 AND 10", name="ck_activities_rpe_range"),
        sa.CheckConstraint("soreness_level BETWEEN 0 AND 10", name="ck_activities_soreness_level_range"),
    )
    op.create_table(
        "meals",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("logged_at", INSTANT, nullable=False),
        sa.Column("local_date", DATE, nullable=False),
        sa.Column("meal_type", string(50), nullable=False),
        sa.Column("name", string(160), nullable=True),
        sa.Column("kcal", dec(7, 2), nullable=False),
        sa.Column("protein_g", dec(7, 2), nullable=False),
        sa.Column("carbs_g", dec(7, 2), nullable=False),
        sa.Column("fat_g", dec(7, 2), nullable=False),
        sa.Column("fibre_g", dec(7, 2), nullable=False),
        sa.Column("sugar_g", dec(7, 2), nullable=False),
        sa.Column("sat_fat_g", dec(7, 2), nullable=False),
        sa.Column("sodium_mg", dec(8, 1), nullable=False),
        sa.Column("entry", ENUM, nullable=False),
        sa.Column("planned_meal_id", UUID, nullable=True),
        sa.Column("quick_meal_id", UUID, nullable=True),
        sa.Column("photo_file_id", UUID, nullable=True),
        sa.Column("confidence", dec(3, 2), nullable=False),
        sa.Column("allergen_alert", BOOL, nullable=False),
        sa.Column("notes", BYTES, nullable=True),
        sa.Column("source_message_id", UUID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_meals"),
        sa.ForeignKeyConstraint(["meal_type"], ["meal_times.code"], name="fk_meals_meal_type"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_meals_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "photo_file_id"], ["files.user_id", "files.id"], name="fk_meals_user_id_photo_file_id"
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "planned_meal_id"],
            ["planned_meals.user_id", "planned_meals.id"],
            name="fk_meals_user_id_planned_meal_id",
        ),
        sa.CheckConstraint("carbs_g BETWEEN 0 AND 20000", name="ck_meals_carbs_g_range"),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name="ck_meals_confidence_range"),
        sa.CheckConstraint(
            "entry IN ('text', 'photo', 'barcode', 'quick', 'copy', 'plan', 'voice', 'api')", name="ck_meals_entry"
        ),
        sa.CheckConstraint("fat_g BETWEEN 0 AND 20000", name="ck_meals_fat_g_range"),
        sa.CheckConstraint("fibre_g BETWEEN 0 AND 20000", name="ck_meals_fibre_g_range"),
        sa.CheckConstraint("kcal BETWEEN 0 AND 20000", name="ck_meals_kcal_range"),
        sa.CheckConstraint("protein_g BETWEEN 0 AND 20000", name="ck_meals_protein_g_range"),
        sa.CheckConstraint("sat_fat_g BETWEEN 0 AND 20000", name="ck_meals_sat_fat_g_range"),
        sa.CheckConstraint("sodium_mg BETWEEN 0 AND 100000", name="ck_meals_sodium_mg_range"),
        sa.CheckConstraint("sugar_g BETWEEN 0 AND 20000", name="ck_meals_sugar_g_range"),
    )
    op.create_table(
        "adherence_records",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("local_date", DATE, nullable=False),
        sa.Column("planned_workout_id", UUID, nullable=True),
        sa.Column("planned_meal_id", UUID, nullable=True),
        sa.Column("task_id", UUID, nullable=True),
        sa.Column("status", ENUM, nullable=False),
        sa.Column("similarity_score", dec(4, 3), nullable=True),
        sa.Column("activity_id", UUID, nullable=True),
        sa.Column("meal_id", UUID, nullable=True),
        sa.Column("skip_reason", ENUM, nullable=True),
        sa.Column("recorded_by", ENUM, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_adherence_records"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_adherence_records_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "activity_id"],
            ["activities.user_id", "activities.id"],
            name="fk_adherence_records_user_id_activity_id",
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "meal_id"], ["meals.user_id", "meals.id"], name="fk_adherence_records_user_id_meal_id"
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "planned_meal_id"],
            ["planned_meals.user_id", "planned_meals.id"],
            name="fk_adherence_records_user_id_planned_meal_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "planned_workout_id"],
            ["planned_workouts.user_id", "planned_workouts.id"],
            name="fk_adherence_records_user_id_planned_workout_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "task_id"],
            ["tasks.user_id", "tasks.id"],
            name="fk_adherence_records_user_id_task_id",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "CASE WHEN planned_workout_id IS NULL THEN 0 ELSE 1 END + CASE WHEN "
            "planned_meal_id IS NULL THEN 0 ELSE 1 END + CASE WHEN task_id IS NULL THEN "
            "0 ELSE 1 END = 1",
            name="ck_adherence_records_one_subject",
        ),
        sa.CheckConstraint("recorded_by IN ('user', 'matcher', 'system')", name="ck_adherence_records_recorded_by"),
        sa.CheckConstraint("similarity_score BETWEEN 0 AND 1", name="ck_adherence_records_similarity_score_range"),
        sa.CheckConstraint(
            "status <> 'similar' OR similarity_score IS NOT NULL", name="ck_adherence_records_similarity_score_rule"
        ),
        sa.CheckConstraint(
            "skip_reason IN ('no_response', 'no_time', 'tired', 'pain', 'illness', "
            "'no_equipment', 'disliked', 'travel', 'other')",
            name="ck_adherence_records_skip_reason",
        ),
        sa.CheckConstraint("status IN ('completed', 'similar', 'skipped')", name="ck_adherence_records_status"),
    )
    op.create_table(
        "exercise_sets",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("activity_id", UUID, nullable=False),
        sa.Column("exercise_id", UUID, nullable=True),
        sa.Column("exercise_name", string(160), nullable=False),
        sa.Column("exercise_position", SMALL, nullable=False),
        sa.Column("set_number", SMALL, nullable=False),
        sa.Column("reps", SMALL, nullable=True),
        sa.Column("weight_kg", dec(6, 2), nullable=True),
        sa.Column("rpe", dec(3, 1), nullable=True),
        sa.Column("duration_seconds", INT, nullable=True),
        sa.Column("distance_m", dec(9, 1), nullable=True),
        sa.Column("is_warmup", BOOL, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_exercise_sets"),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name="fk_exercise_sets_exercise_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_exercise_sets_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "activity_id"],
            ["activities.user_id", "activities.id"],
            name="fk_exercise_sets_user_id_activity_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "user_id",
            "activity_id",
            "exercise_position",
            "set_number",
            name="uq_exercise_sets_user_id_activity_id_position_set_number",
        ),
        sa.CheckConstraint("distance_m BETWEEN 0 AND 1000000", name="ck_exercise_sets_distance_m_range"),
        sa.CheckConstraint("duration_seconds BETWEEN 0 AND 86400", name="ck_exercise_sets_duration_seconds_range"),
        sa.CheckConstraint("exercise_position BETWEEN 1 AND 200", name="ck_exercise_sets_exercise_position_range"),
        sa.CheckConstraint("reps BETWEEN 0 AND 1000", name="ck_exercise_sets_reps_range"),
        sa.CheckConstraint("rpe BETWEEN 1 AND 10", name="ck_exercise_sets_rpe_range"),
        sa.CheckConstraint("set_number BETWEEN 1 AND 200", name="ck_exercise_sets_set_number_range"),
        sa.CheckConstraint("weight_kg BETWEEN 0 AND 1000", name="ck_exercise_sets_weight_kg_range"),
    )
    op.create_table(
        "meal_items",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("meal_id", UUID, nullable=False),
        sa.Column("position", SMALL, nullable=False),
        sa.Column("food_id", UUID, nullable=True),
        sa.Column("recipe_id", UUID, nullable=True),
        sa.Column("food_name", string(160), nullable=False),
        sa.Column("quantity", dec(9, 3), nullable=False),
        sa.Column("unit", string(40), nullable=False),
        sa.Column("grams", dec(8, 2), nullable=False),
        sa.Column("kcal", dec(7, 2), nullable=False),
        sa.Column("protein_g", dec(7, 2), nullable=False),
        sa.Column("carbs_g", dec(7, 2), nullable=False),
        sa.Column("fat_g", dec(7, 2), nullable=False),
        sa.Column("fibre_g", dec(7, 2), nullable=False),
        sa.Column("sugar_g", dec(7, 2), nullable=False),
        sa.Column("sat_fat_g", dec(7, 2), nullable=False),
        sa.Column("sodium_mg", dec(8, 1), nullable=False),
        sa.Column("portion_source", ENUM, nullable=False),
        sa.Column("confidence", dec(3, 2), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_meal_items"),
        sa.ForeignKeyConstraint(["food_id"], ["foods.id"], name="fk_meal_items_food_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["recipe_id"], ["recipes.id"], name="fk_meal_items_recipe_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_meal_items_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "meal_id"],
            ["meals.user_id", "meals.id"],
            name="fk_meal_items_user_id_meal_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("user_id", "meal_id", "position", name="uq_meal_items_user_id_meal_id_position"),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name="ck_meal_items_confidence_range"),
        sa.CheckConstraint("grams BETWEEN 0 AND 20000", name="ck_meal_items_grams_range"),
        sa.CheckConstraint(
            "portion_source IN ('stated', 'asked', 'default_serving', 'photo', 'label')",
            name="ck_meal_items_portion_source",
        ),
        sa.CheckConstraint("position BETWEEN 0 AND 99", name="ck_meal_items_position_range"),
        sa.CheckConstraint("quantity BETWEEN 0 AND 100000", name="ck_meal_items_quantity_range"),
    )
    op.create_table(
        "shared_workouts",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("peer_user_id", UUID, nullable=False),
        sa.Column("planned_workout_id", UUID, nullable=True),
        sa.Column("activity_id", UUID, nullable=True),
        sa.Column("note", BYTES, nullable=True),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("status", ENUM, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_shared_workouts"),
        sa.ForeignKeyConstraint(
            ["peer_user_id"], ["users.id"], name="fk_shared_workouts_peer_user_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_shared_workouts_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "activity_id"],
            ["activities.user_id", "activities.id"],
            name="fk_shared_workouts_user_id_activity_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "planned_workout_id"],
            ["planned_workouts.user_id", "planned_workouts.id"],
            name="fk_shared_workouts_user_id_planned_workout_id",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "planned_workout_id IS NOT NULL OR activity_id IS NOT NULL", name="ck_shared_workouts_activity_id_rule"
        ),
        sa.CheckConstraint("status IN ('offered', 'accepted', 'declined')", name="ck_shared_workouts_status"),
    )


def downgrade() -> None:
    op.drop_table("shared_workouts")
    op.drop_table("meal_items")
    op.drop_table("exercise_sets")
    op.drop_table("adherence_records")
    op.drop_table("meals")
    op.drop_table("activities")
    op.drop_table("health_metrics")
    op.drop_table("grocery_items")
    op.drop_table("cycles")
    op.drop_table("pantry_items")
    op.drop_table("import_batches")
    op.drop_table("habit_logs")
    op.drop_table("grocery_lists")
    op.drop_table("wearable_connections")
    op.drop_table("quick_meals")
    op.drop_table("habits")
    op.drop_table("check_ins")
    op.drop_table("activity_templates")
    op.drop_table("achievements")
