"""Training days, meal times and water: the rows behind a person's week."""

from sqlalchemy import select

from storage.models.schedules import HydrationPreferences, MealSchedule, WorkoutSchedule
from storage.profiles import DAYS
from storage.receipts import Proof
from storage.saving import Saving

USUAL_DAYS = (0, 2, 4)  # the table asks for at least one day; field_sources tells whether days were chosen


def workouts(s: Saving) -> list[Proof]:
    """Days, minutes and hour of training."""
    row = s.session.get(WorkoutSchedule, s.user_id)
    is_new = row is None
    row = row or WorkoutSchedule(user_id=s.user_id)
    for number, name in enumerate(DAYS):
        setattr(row, f"{name}_workout", number in (s.after.workout_days or USUAL_DAYS))
    row.preferred_workout_time = s.after.workout_time
    row.preferred_workout_duration_minutes = s.after.workout_minutes
    s.session.add(row)
    return [Proof("workout_schedule", s.user_id, "created" if is_new else "updated")]


def water(s: Saving) -> list[Proof]:
    """Target and reminders; a fluid restriction turns them off (science.md S-181)."""
    row = s.session.get(HydrationPreferences, s.user_id)
    is_new = row is None
    row = row or HydrationPreferences(user_id=s.user_id)
    row.reminder_enabled = s.after.water_reminders is not False and not s.after.has("fluid_restriction")
    row.daily_water_target_ml = s.after.water_target_ml or 2000
    s.session.add(row)
    return [Proof("hydration_preference", s.user_id, "created" if is_new else "updated")]


def meal_times(s: Saving) -> list[Proof]:
    """One row for each meal of the day, by number."""
    rows = {
        row.meal_number: row for row in s.session.scalars(select(MealSchedule).where(MealSchedule.user_id == s.user_id))
    }
    proofs = []
    for number, meal in enumerate(s.after.meal_times, start=1):
        row = rows.get(number) or MealSchedule(
            id=s.session.info["ids"](), user_id=s.user_id, meal_number=number, scheduled_time=meal.at
        )
        row.meal_time, row.meal_name = meal.slot, meal.slot.replace("_", " ").capitalize()
        row.scheduled_time, row.is_active = meal.at, True
        s.session.add(row)
        proofs.append(Proof("meal_schedule", row.id, "updated" if number in rows else "created"))
    for number, row in rows.items():
        if number > len(s.after.meal_times):
            row.is_active = False
    return proofs
