"""All 94 tables. Import from here: `from storage.models import Plan, User`."""

# ruff: noqa: E402 - the imports stand between the two lines that make them cheap
import gc

# Ninety-four mapped classes make a million objects and no garbage: looking for some costs a quarter of the import.
_was_enabled = gc.isenabled()
gc.disable()

from storage.models.activities import Activity, ActivityTemplate, ExerciseSet
from storage.models.adaptation import (
    AdherenceRecord,
    DayOverride,
    Experiment,
    ExperimentDay,
    Reassessment,
    Recommendation,
)
from storage.models.base import Base
from storage.models.budget import LlmCall, UsageEntry, UsageTotal
from storage.models.conversation import Conversation, Message, SafetyEvent
from storage.models.days import CheckIn, DaySummary
from storage.models.delivery import InboxRow, Lease, OutboxRow
from storage.models.diet import DietaryPreferences, DietaryRestriction
from storage.models.exercises import ActivityMet, Exercise, ExerciseSubstitution, TrainingModality
from storage.models.food_logs import Meal, MealItem, QuickMeal
from storage.models.foods import Food, FoodAllergen, FoodServing
from storage.models.habits import Achievement, Habit, HabitLog
from storage.models.health import Goal, MedicalFlag, PhysicalConstraint, ScreeningAnswer
from storage.models.identity import (
    AuthSession,
    AuthToken,
    ChannelAccount,
    Invite,
    InviteRedemption,
    User,
    UserKey,
    UserSettings,
)
from storage.models.measurements import Cycle, HealthMetric, ImportBatch, WearableConnection
from storage.models.pantry import GroceryItem, GroceryList, PantryItem
from storage.models.planned import PlannedExercise, PlannedMeal, PlannedMealItem, PlannedWorkout
from storage.models.plans import NutritionTarget, Plan, PlanChange, Task
from storage.models.privacy import AnalyticsEvent, AuditEntry, Consent, ErasureEntry, File
from storage.models.profile import ConsultationSession, OnboardingState, Profile, ProfileFact, ProfileVersion
from storage.models.recipes import Recipe, RecipeIngredient, RecipeMark, RecipeStep
from storage.models.reference import (
    Allergen,
    DietType,
    EquipmentType,
    EventType,
    FitnessLevel,
    GoalCategory,
    MealTime,
    MetricType,
)
from storage.models.reminders import NudgeDecision, Reminder, ReminderFiring
from storage.models.schedules import HydrationPreferences, MealSchedule, WorkoutSchedule
from storage.models.sharing import Household, HouseholdMember, SharedWorkout, UserConnection

if _was_enabled:
    gc.enable()

__all__ = [
    "Achievement",
    "Activity",
    "ActivityMet",
    "ActivityTemplate",
    "AdherenceRecord",
    "Allergen",
    "AnalyticsEvent",
    "AuditEntry",
    "AuthSession",
    "AuthToken",
    "Base",
    "ChannelAccount",
    "CheckIn",
    "Consent",
    "ConsultationSession",
    "Conversation",
    "Cycle",
    "DayOverride",
    "DaySummary",
    "DietType",
    "DietaryPreferences",
    "DietaryRestriction",
    "EquipmentType",
    "ErasureEntry",
    "EventType",
    "Exercise",
    "ExerciseSet",
    "ExerciseSubstitution",
    "Experiment",
    "ExperimentDay",
    "File",
    "FitnessLevel",
    "Food",
    "FoodAllergen",
    "FoodServing",
    "Goal",
    "GoalCategory",
    "GroceryItem",
    "GroceryList",
    "Habit",
    "HabitLog",
    "HealthMetric",
    "Household",
    "HouseholdMember",
    "HydrationPreferences",
    "ImportBatch",
    "InboxRow",
    "Invite",
    "InviteRedemption",
    "Lease",
    "LlmCall",
    "Meal",
    "MealItem",
    "MealSchedule",
    "MealTime",
    "MedicalFlag",
    "Message",
    "MetricType",
    "NudgeDecision",
    "NutritionTarget",
    "OnboardingState",
    "OutboxRow",
    "PantryItem",
    "PhysicalConstraint",
    "Plan",
    "PlanChange",
    "PlannedExercise",
    "PlannedMeal",
    "PlannedMealItem",
    "PlannedWorkout",
    "Profile",
    "ProfileFact",
    "ProfileVersion",
    "QuickMeal",
    "Reassessment",
    "Recipe",
    "RecipeIngredient",
    "RecipeMark",
    "RecipeStep",
    "Recommendation",
    "Reminder",
    "ReminderFiring",
    "SafetyEvent",
    "ScreeningAnswer",
    "SharedWorkout",
    "Task",
    "TrainingModality",
    "UsageEntry",
    "UsageTotal",
    "User",
    "UserConnection",
    "UserKey",
    "UserSettings",
    "WearableConnection",
    "WorkoutSchedule",
]
