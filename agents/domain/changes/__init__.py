"""Everything a turn may write, as values. Specialists propose them, `vet` may drop them, `commit` writes them.

Compared by identity: a claim in a reply points at the very change it reports.
"""

from agents.domain.changes.events import EventNoted, Json, SafetyEased, SafetyNoted
from agents.domain.changes.logs import (
    ActivityLogged,
    CheckInLogged,
    LoggedFood,
    LoggedSet,
    LogRemoved,
    MealLogged,
    MetricLogged,
)
from agents.domain.changes.person import (
    AccountErased,
    ConsentGranted,
    ConsentWithdrawn,
    OnboardingMoved,
    ProfileLocked,
    ProfileSaved,
    Purpose,
    QuestionOpened,
    SettingsChanged,
)
from agents.domain.changes.plans import (
    ExercisePlanMade,
    NutritionPlanMade,
    PlanHead,
    SleepPlanMade,
    TaskDraft,
    TaskMarked,
    TaskSnoozed,
)
from agents.domain.changes.remembering import AllForgotten, FactForgotten, FactRemembered, WordsSent
from agents.domain.changes.reminding import FiringAnswered, ReminderAdded, ReminderCancelled, RemindersScheduled
from agents.domain.changes.seeing import AchievementsEarned
from agents.domain.meal_changes import MealsDropped, MealSwapped, MealSwapUndone

Change = (
    ConsentGranted
    | ConsentWithdrawn
    | AccountErased
    | ProfileSaved
    | ProfileLocked
    | OnboardingMoved
    | QuestionOpened
    | NutritionPlanMade
    | MealSwapped
    | MealSwapUndone
    | MealsDropped
    | ExercisePlanMade
    | SleepPlanMade
    | TaskMarked
    | TaskSnoozed
    | ReminderAdded
    | RemindersScheduled
    | ReminderCancelled
    | FiringAnswered
    | SettingsChanged
    | MetricLogged
    | CheckInLogged
    | MealLogged
    | ActivityLogged
    | SafetyNoted
    | SafetyEased
    | LogRemoved
    | FactRemembered
    | FactForgotten
    | AllForgotten
    | WordsSent
    | EventNoted
    | AchievementsEarned
)

__all__ = [
    "AccountErased",
    "AchievementsEarned",
    "ActivityLogged",
    "AllForgotten",
    "Change",
    "CheckInLogged",
    "ConsentGranted",
    "ConsentWithdrawn",
    "EventNoted",
    "ExercisePlanMade",
    "FactForgotten",
    "FactRemembered",
    "FiringAnswered",
    "Json",
    "LogRemoved",
    "LoggedFood",
    "LoggedSet",
    "MealLogged",
    "MealSwapUndone",
    "MealSwapped",
    "MealsDropped",
    "MetricLogged",
    "NutritionPlanMade",
    "OnboardingMoved",
    "PlanHead",
    "ProfileLocked",
    "ProfileSaved",
    "Purpose",
    "QuestionOpened",
    "ReminderAdded",
    "ReminderCancelled",
    "RemindersScheduled",
    "SafetyEased",
    "SafetyNoted",
    "SettingsChanged",
    "SleepPlanMade",
    "TaskDraft",
    "TaskMarked",
    "TaskSnoozed",
    "WordsSent",
]
