"""Profile and preferences, and the reference tables they name."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.words import BOOL, BYTES, DATE, ENUM, INSTANT, INT, JSON, SMALL, TEXT, TIME, UUID, dec, string

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity_mets",
        sa.Column("sort_order", INT, nullable=False),
        sa.Column("code", string(10), nullable=False),
        sa.Column("activity", string(160), nullable=False),
        sa.Column("category", ENUM, nullable=False),
        sa.Column("met", dec(4, 1), nullable=False),
        sa.Column("citation", string(80), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_activity_mets"),
        sa.CheckConstraint(
            "category IN ('cardio_steady', 'cardio_interval', 'strength', 'sports', 'flexibility', 'other')",
            name="ck_activity_mets_category",
        ),
        sa.CheckConstraint("met BETWEEN 0.9 AND 25", name="ck_activity_mets_met_range"),
    )
    op.create_table(
        "event_types",
        sa.Column("code", string(50), nullable=False),
        sa.Column("sort_order", INT, nullable=False),
        sa.Column("display_name", string(100), nullable=False),
        sa.Column("default_impact", string(20), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_event_types"),
    )
    op.create_table(
        "meal_times",
        sa.Column("code", string(50), nullable=False),
        sa.Column("sort_order", INT, nullable=False),
        sa.Column("display_name", string(100), nullable=False),
        sa.Column("default_time", TIME, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_meal_times"),
    )
    op.create_table(
        "ref_allergens",
        sa.Column("code", string(50), nullable=False),
        sa.Column("sort_order", INT, nullable=False),
        sa.Column("display_name", string(100), nullable=False),
        sa.Column("words", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_ref_allergens"),
    )
    op.create_table(
        "ref_diet_types",
        sa.Column("code", string(50), nullable=False),
        sa.Column("sort_order", INT, nullable=False),
        sa.Column("display_name", string(100), nullable=False),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("excludes_food_groups", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_ref_diet_types"),
    )
    op.create_table(
        "ref_equipment_types",
        sa.Column("code", string(50), nullable=False),
        sa.Column("sort_order", INT, nullable=False),
        sa.Column("display_name", string(100), nullable=False),
        sa.Column("category", string(50), nullable=True),
        sa.Column("typical_locations", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_ref_equipment_types"),
    )
    op.create_table(
        "ref_fitness_levels",
        sa.Column("code", string(50), nullable=False),
        sa.Column("sort_order", INT, nullable=False),
        sa.Column("display_name", string(100), nullable=False),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_ref_fitness_levels"),
    )
    op.create_table(
        "ref_goal_categories",
        sa.Column("code", string(50), nullable=False),
        sa.Column("sort_order", INT, nullable=False),
        sa.Column("display_name", string(100), nullable=False),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("compatible_with_primary", BOOL, nullable=False),
        sa.Column("compatible_with_secondary", BOOL, nullable=False),
        sa.Column("conflicts_with", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_ref_goal_categories"),
    )
    op.create_table(
        "ref_metric_types",
        sa.Column("code", string(50), nullable=False),
        sa.Column("sort_order", INT, nullable=False),
        sa.Column("display_name", string(100), nullable=False),
        sa.Column("unit", string(16), nullable=False),
        sa.Column("min_value", dec(12, 4), nullable=False),
        sa.Column("max_value", dec(12, 4), nullable=False),
        sa.Column("usual_low", dec(12, 4), nullable=True),
        sa.Column("usual_high", dec(12, 4), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_ref_metric_types"),
    )
    op.create_table(
        "training_modalities",
        sa.Column("code", string(50), nullable=False),
        sa.Column("sort_order", INT, nullable=False),
        sa.Column("display_name", string(100), nullable=False),
        sa.Column("session_kind", string(32), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_training_modalities"),
    )
    op.create_table(
        "dietary_preferences",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("diet_type", string(50), nullable=False),
        sa.Column("diet_type_other", string(100), nullable=True),
        sa.Column("preferred_cuisines", JSON, nullable=False),
        sa.Column("cooking_skill_level", ENUM, nullable=True),
        sa.Column("meal_prep_willingness", ENUM, nullable=True),
        sa.Column("max_meal_prep_time_minutes", SMALL, nullable=True),
        sa.Column("budget_per_day", dec(8, 2), nullable=True),
        sa.Column("budget_currency", string(3), nullable=False),
        sa.Column("fasting_start", TIME, nullable=True),
        sa.Column("fasting_end", TIME, nullable=True),
        sa.Column("additional_notes", BYTES, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_dietary_preferences"),
        sa.ForeignKeyConstraint(["diet_type"], ["ref_diet_types.code"], name="fk_dietary_preferences_diet_type"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_dietary_preferences_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("budget_per_day BETWEEN 0 AND 999999", name="ck_dietary_preferences_budget_per_day_range"),
        sa.CheckConstraint(
            "cooking_skill_level IN ('beginner', 'intermediate', 'advanced')",
            name="ck_dietary_preferences_cooking_skill_level",
        ),
        sa.CheckConstraint(
            "diet_type <> 'other' OR diet_type_other IS NOT NULL", name="ck_dietary_preferences_diet_type_other_rule"
        ),
        sa.CheckConstraint(
            "max_meal_prep_time_minutes BETWEEN 0 AND 480",
            name="ck_dietary_preferences_max_meal_prep_time_minutes_range",
        ),
        sa.CheckConstraint(
            "meal_prep_willingness IN ('none', 'minimal', 'moderate', 'extensive')",
            name="ck_dietary_preferences_meal_prep_willingness",
        ),
    )
    op.create_table(
        "dietary_restrictions",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("kind", ENUM, nullable=False),
        sa.Column("code", string(60), nullable=False),
        sa.Column("label", BYTES, nullable=True),
        sa.Column("severity", ENUM, nullable=True),
        sa.Column("strictness", ENUM, nullable=False),
        sa.Column("is_active", BOOL, nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.Column("source_message_id", UUID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_dietary_restrictions"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_dietary_restrictions_user_id", ondelete="CASCADE"),
        sa.CheckConstraint(
            "kind IN ('allergy', 'intolerance', 'dislike', 'religious', 'exclusion')",
            name="ck_dietary_restrictions_kind",
        ),
        sa.CheckConstraint(
            "severity IN ('mild', 'moderate', 'severe', 'anaphylaxis')", name="ck_dietary_restrictions_severity"
        ),
        sa.CheckConstraint("strictness IN ('never', 'avoid', 'prefer_not')", name="ck_dietary_restrictions_strictness"),
        sa.CheckConstraint("kind <> 'allergy' OR strictness = 'never'", name="ck_dietary_restrictions_strictness_rule"),
    )
    op.create_table(
        "goals",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("goal_type", ENUM, nullable=False),
        sa.Column("goal_category", string(50), nullable=False),
        sa.Column("title", BYTES, nullable=True),
        sa.Column("user_explanation", BYTES, nullable=True),
        sa.Column("metric_code", string(40), nullable=True),
        sa.Column("start_value", dec(10, 3), nullable=True),
        sa.Column("target_value", dec(10, 3), nullable=True),
        sa.Column("progress_value", dec(10, 3), nullable=True),
        sa.Column("target_weight_kg", dec(5, 2), nullable=True),
        sa.Column("target_body_fat_percentage", dec(4, 2), nullable=True),
        sa.Column("target_muscle_gain_kg", dec(4, 2), nullable=True),
        sa.Column("target_timeline_weeks", SMALL, nullable=True),
        sa.Column("target_on", DATE, nullable=True),
        sa.Column("priority", SMALL, nullable=False),
        sa.Column("weighting", dec(3, 2), nullable=False),
        sa.Column("status", ENUM, nullable=False),
        sa.Column("completed_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_goals"),
        sa.ForeignKeyConstraint(["goal_category"], ["ref_goal_categories.code"], name="fk_goals_goal_category"),
        sa.ForeignKeyConstraint(["metric_code"], ["ref_metric_types.code"], name="fk_goals_metric_code"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_goals_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("status <> 'completed' OR completed_at IS NOT NULL", name="ck_goals_completed_at_rule"),
        sa.CheckConstraint("goal_type IN ('primary', 'secondary')", name="ck_goals_goal_type"),
        sa.CheckConstraint("priority BETWEEN 1 AND 99", name="ck_goals_priority_range"),
        sa.CheckConstraint("status IN ('active', 'completed', 'paused', 'abandoned')", name="ck_goals_status"),
        sa.CheckConstraint(
            "target_body_fat_percentage BETWEEN 3 AND 50", name="ck_goals_target_body_fat_percentage_range"
        ),
        sa.CheckConstraint("target_muscle_gain_kg BETWEEN 0 AND 50", name="ck_goals_target_muscle_gain_kg_range"),
        sa.CheckConstraint("target_timeline_weeks BETWEEN 1 AND 520", name="ck_goals_target_timeline_weeks_range"),
        sa.CheckConstraint(
            "target_weight_kg IS NULL OR (target_weight_kg > 0 AND target_weight_kg < 500)",
            name="ck_goals_target_weight_kg_rule",
        ),
        sa.CheckConstraint("weighting BETWEEN 0 AND 1", name="ck_goals_weighting_range"),
    )
    op.create_table(
        "onboarding_states",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("current_step", SMALL, nullable=False),
        sa.Column("completed_steps", JSON, nullable=False),
        sa.Column("skipped_steps", JSON, nullable=False),
        sa.Column("step_data", BYTES, nullable=False),
        sa.Column("pending_question", string(80), nullable=True),
        sa.Column("flow_version", string(10), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("last_activity_at", INSTANT, nullable=False),
        sa.Column("completed_at", INSTANT, nullable=True),
        sa.Column("nudged_at", INSTANT, nullable=True),
        sa.Column("session_id", string(255), nullable=True),
        sa.Column("device_type", string(50), nullable=True),
        sa.Column("user_agent", BYTES, nullable=True),
        sa.Column("row_version", INT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_onboarding_states"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_onboarding_states_user_id", ondelete="CASCADE"),
        sa.CheckConstraint(
            "completed_at IS NULL OR completed_at >= started_at", name="ck_onboarding_states_completed_at_rule"
        ),
        sa.CheckConstraint("current_step BETWEEN 0 AND 11", name="ck_onboarding_states_current_step_range"),
    )
    op.create_table(
        "physical_constraints",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("constraint_type", ENUM, nullable=False),
        sa.Column("constraint_category", string(100), nullable=True),
        sa.Column("description", BYTES, nullable=True),
        sa.Column("severity", ENUM, nullable=True),
        sa.Column("body_side", ENUM, nullable=True),
        sa.Column("pain_score", SMALL, nullable=True),
        sa.Column("modifications", JSON, nullable=False),
        sa.Column("excluded_patterns", JSON, nullable=False),
        sa.Column("workout_location", ENUM, nullable=True),
        sa.Column("available_equipment", JSON, nullable=False),
        sa.Column("max_workout_duration_minutes", SMALL, nullable=True),
        sa.Column("available_time_slots", JSON, nullable=True),
        sa.Column("is_active", BOOL, nullable=False),
        sa.Column("starts_on", DATE, nullable=True),
        sa.Column("expires_on", DATE, nullable=True),
        sa.Column("resolved_at", INSTANT, nullable=True),
        sa.Column("source_message_id", UUID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_physical_constraints"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_physical_constraints_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("body_side IN ('left', 'right', 'both')", name="ck_physical_constraints_body_side"),
        sa.CheckConstraint(
            "constraint_type IN ('injury', 'limitation', 'equipment', 'location_preference', 'time_constraint')",
            name="ck_physical_constraints_constraint_type",
        ),
        sa.CheckConstraint(
            "max_workout_duration_minutes BETWEEN 15 AND 180",
            name="ck_physical_constraints_max_workout_duration_minutes_range",
        ),
        sa.CheckConstraint("pain_score BETWEEN 0 AND 10", name="ck_physical_constraints_pain_score_range"),
        sa.CheckConstraint("severity IN ('mild', 'moderate', 'severe')", name="ck_physical_constraints_severity"),
        sa.CheckConstraint(
            "workout_location IN ('home', 'gym', 'outdoor', 'hybrid')", name="ck_physical_constraints_workout_location"
        ),
    )
    op.create_table(
        "profile_facts",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("kind", ENUM, nullable=False),
        sa.Column("fact_key", string(120), nullable=False),
        sa.Column("value", BYTES, nullable=False),
        sa.Column("on_date", DATE, nullable=True),
        sa.Column("source", ENUM, nullable=False),
        sa.Column("source_message_id", UUID, nullable=True),
        sa.Column("consultation_session_id", UUID, nullable=True),
        sa.Column("confidence", dec(3, 2), nullable=False),
        sa.Column("status", ENUM, nullable=False),
        sa.Column("superseded_by_id", UUID, nullable=True),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_profile_facts"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_profile_facts_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name="ck_profile_facts_confidence_range"),
        sa.CheckConstraint(
            "kind IN ('training_modality', 'familiar_exercise', 'training_availability', "
            "'preferred_meal_time', 'typical_meal_food', 'improvement_goal', "
            "'difficulty', 'non_negotiable', 'upcoming_event', 'location', 'food_alias', "
            "'memory')",
            name="ck_profile_facts_kind",
        ),
        sa.CheckConstraint(
            "source IN ('user', 'message', 'inferred', 'import', 'coach', 'default')", name="ck_profile_facts_source"
        ),
        sa.CheckConstraint("status IN ('active', 'superseded', 'rejected', 'expired')", name="ck_profile_facts_status"),
    )
    op.create_table(
        "profile_versions",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("version", INT, nullable=False, autoincrement=False),
        sa.Column("snapshot", BYTES, nullable=False),
        sa.Column("changed_fields", JSON, nullable=False),
        sa.Column("change_reason", BYTES, nullable=True),
        sa.Column("changed_by", ENUM, nullable=False),
        sa.Column("source_message_id", UUID, nullable=True),
        sa.Column("restored_from_version", INT, nullable=True),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "version", name="pk_profile_versions"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_profile_versions_user_id", ondelete="CASCADE"),
        sa.CheckConstraint("changed_by IN ('user', 'admin', 'system', 'coach')", name="ck_profile_versions_changed_by"),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= valid_from", name="ck_profile_versions_valid_until_rule"
        ),
        sa.CheckConstraint("version BETWEEN 1 AND 1000000", name="ck_profile_versions_version_range"),
    )
    op.create_table(
        "screening_answers",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("question_set", string(40), nullable=False),
        sa.Column("question_code", string(40), nullable=False),
        sa.Column("set_version", string(10), nullable=False),
        sa.Column("answer", BYTES, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=False),
        sa.Column("valid_until", DATE, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_screening_answers"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_screening_answers_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint(
            "user_id",
            "question_set",
            "set_version",
            "question_code",
            "answered_at",
            name="uq_screening_answers_user_id_question_answered_at",
        ),
    )
    op.create_table(
        "medical_flags",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("flag_key", BYTES, nullable=False),
        sa.Column("payload", BYTES, nullable=False),
        sa.Column("source", ENUM, nullable=False),
        sa.Column("is_active", BOOL, nullable=False),
        sa.Column("clearance", ENUM, nullable=False),
        sa.Column("clearance_scopes", JSON, nullable=False),
        sa.Column("cleared_on", DATE, nullable=True),
        sa.Column("clearance_expires_on", DATE, nullable=True),
        sa.Column("clearance_file_id", UUID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_medical_flags"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_medical_flags_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "clearance_file_id"],
            ["files.user_id", "files.id"],
            name="fk_medical_flags_user_id_clearance_file_id",
        ),
        sa.CheckConstraint(
            "clearance IN ('not_needed', 'required', 'cleared', 'refused')", name="ck_medical_flags_clearance"
        ),
        sa.CheckConstraint(
            "clearance <> 'cleared' OR (cleared_on IS NOT NULL AND clearance_expires_on IS NOT NULL)",
            name="ck_medical_flags_cleared_on_rule",
        ),
        sa.CheckConstraint("source IN ('screening', 'chat', 'coach', 'import')", name="ck_medical_flags_source"),
    )
    op.create_table(
        "profiles",
        sa.Column("user_id", UUID, nullable=False),
        sa.Column("version", INT, nullable=False),
        sa.Column("previous_version", INT, nullable=True),
        sa.Column("is_locked", BOOL, nullable=False),
        sa.Column("locked_at", INSTANT, nullable=True),
        sa.Column("consultation_completed_at", INSTANT, nullable=True),
        sa.Column("last_modified_by", ENUM, nullable=False),
        sa.Column("modification_reason", BYTES, nullable=True),
        sa.Column("gender", BYTES, nullable=True),
        sa.Column("birth_date", DATE, nullable=True),
        sa.Column("age_years", SMALL, nullable=True),
        sa.Column("age_recorded_on", DATE, nullable=True),
        sa.Column("sex", ENUM, nullable=False),
        sa.Column("height_cm", dec(4, 1), nullable=True),
        sa.Column("starting_weight_kg", dec(5, 2), nullable=True),
        sa.Column("target_weight_kg", dec(5, 2), nullable=True),
        sa.Column("fitness_level", string(50), nullable=True),
        sa.Column("primary_goal", string(50), nullable=True),
        sa.Column("secondary_goal", string(50), nullable=True),
        sa.Column("energy_level", SMALL, nullable=True),
        sa.Column("stress_level", SMALL, nullable=True),
        sa.Column("sleep_quality", SMALL, nullable=True),
        sa.Column("average_sleep_hours", dec(3, 1), nullable=True),
        sa.Column("work_activity", ENUM, nullable=True),
        sa.Column("leisure_activity", ENUM, nullable=True),
        sa.Column("activity_level", ENUM, nullable=True),
        sa.Column("workout_frequency_per_week", SMALL, nullable=True),
        sa.Column("meals_per_day", SMALL, nullable=True),
        sa.Column("resolution_class", ENUM, nullable=True),
        sa.Column("estimated_tdee_kcal", INT, nullable=True),
        sa.Column("field_sources", JSON, nullable=False),
        sa.Column("extra", BYTES, nullable=True),
        sa.Column("row_version", INT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_profiles"),
        sa.ForeignKeyConstraint(["fitness_level"], ["ref_fitness_levels.code"], name="fk_profiles_fitness_level"),
        sa.ForeignKeyConstraint(["primary_goal"], ["ref_goal_categories.code"], name="fk_profiles_primary_goal"),
        sa.ForeignKeyConstraint(["secondary_goal"], ["ref_goal_categories.code"], name="fk_profiles_secondary_goal"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_profiles_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "previous_version"],
            ["profile_versions.user_id", "profile_versions.version"],
            name="fk_profiles_user_id_previous_version",
        ),
        sa.CheckConstraint(
            "activity_level IN ('sedentary', 'light', 'moderate', 'active', 'very_active')",
            name="ck_profiles_activity_level",
        ),
        sa.CheckConstraint("age_years BETWEEN 13 AND 120", name="ck_profiles_age_years_range"),
        sa.CheckConstraint("age_years IS NULL OR age_recorded_on IS NOT NULL", name="ck_profiles_age_years_rule"),
        sa.CheckConstraint("average_sleep_hours BETWEEN 0 AND 24", name="ck_profiles_average_sleep_hours_range"),
        sa.CheckConstraint("energy_level BETWEEN 0 AND 10", name="ck_profiles_energy_level_range"),
        sa.CheckConstraint("estimated_tdee_kcal BETWEEN 500 AND 10000", name="ck_profiles_estimated_tdee_kcal_range"),
        sa.CheckConstraint("height_cm BETWEEN 50 AND 272", name="ck_profiles_height_cm_range"),
        sa.CheckConstraint(
            "last_modified_by IN ('user', 'admin', 'system', 'coach')", name="ck_profiles_last_modified_by"
        ),
        sa.CheckConstraint(
            "leisure_activity IN ('very_light', 'light', 'moderate', 'active', 'very_active')",
            name="ck_profiles_leisure_activity",
        ),
        sa.CheckConstraint(
            "NOT is_locked OR (version >= 1 AND locked_at IS NOT NULL AND fitness_level "
            "IS NOT NULL AND primary_goal IS NOT NULL AND energy_level IS NOT NULL AND "
            "stress_level IS NOT NULL AND sleep_quality IS NOT NULL)",
            name="ck_profiles_locked_complete",
        ),
        sa.CheckConstraint("meals_per_day BETWEEN 2 AND 8", name="ck_profiles_meals_per_day_range"),
        sa.CheckConstraint(
            "secondary_goal IS NULL OR secondary_goal <> primary_goal", name="ck_profiles_primary_goal_rule"
        ),
        sa.CheckConstraint(
            "resolution_class IN ('performance', 'vitality', 'longevity')", name="ck_profiles_resolution_class"
        ),
        sa.CheckConstraint("sex IN ('female', 'male', 'unspecified')", name="ck_profiles_sex"),
        sa.CheckConstraint("sleep_quality BETWEEN 0 AND 10", name="ck_profiles_sleep_quality_range"),
        sa.CheckConstraint(
            "starting_weight_kg IS NULL OR (starting_weight_kg > 0 AND starting_weight_kg < 500)",
            name="ck_profiles_starting_weight_kg_rule",
        ),
        sa.CheckConstraint("stress_level BETWEEN 0 AND 10", name="ck_profiles_stress_level_range"),
        sa.CheckConstraint(
            "target_weight_kg IS NULL OR (target_weight_kg > 0 AND target_weight_kg < 500)",
            name="ck_profiles_target_weight_kg_rule",
        ),
        sa.CheckConstraint("version BETWEEN 0 AND 1000000", name="ck_profiles_version_range"),
        sa.CheckConstraint(
            "work_activity IN ('very_light', 'light', 'moderate', 'heavy')", name="ck_profiles_work_activity"
        ),
        sa.CheckConstraint(
            "workout_frequency_per_week BETWEEN 0 AND 14", name="ck_profiles_workout_frequency_per_week_range"
        ),
    )


def downgrade() -> None:
    op.drop_table("profiles")
    op.drop_table("medical_flags")
    op.drop_table("screening_answers")
    op.drop_table("profile_versions")
    op.drop_table("profile_facts")
    op.drop_table("physical_constraints")
    op.drop_table("onboarding_states")
    op.drop_table("goals")
    op.drop_table("dietary_restrictions")
    op.drop_table("dietary_preferences")
    op.drop_table("training_modalities")
    op.drop_table("ref_metric_types")
    op.drop_table("ref_goal_categories")
    op.drop_table("ref_fitness_levels")
    op.drop_table("ref_equipment_types")
    op.drop_table("ref_diet_types")
    op.drop_table("ref_allergens")
    op.drop_table("meal_times")
    op.drop_table("event_types")
    op.drop_table("activity_mets")
