"""The profile: many tables in, one frozen `Profile` out; and back, writing only what differs."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from agents.domain.profile import Clearance, Injury, MealTime, Profile, Restriction
from storage import plain
from storage.models import diet, health, identity, measurements, schedules
from storage.models import profile as tables

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MEDICINE = "medication:"


def _of_person(table: Any, names: str, *conditions: Any) -> Select[Any]:  # noqa: ANN401 - any mapped class
    """Nothing is read that nobody looks at: each column costs its decoding, and often its decryption."""
    columns = (getattr(table, name) for name in names.split())
    return select(*columns).where(table.user_id == bindparam("u"), *conditions)


_USER = select(identity.User.display_name, identity.User.locale, identity.User.timezone, identity.User.country).where(
    identity.User.id == bindparam("u")
)
_PREFERENCES = ("units", "hide_numbers", "wake_time", "bed_time", "morning_brief_time", "evening_checkin_time")
_SETTINGS = _of_person(
    identity.UserSettings,
    " ".join(_PREFERENCES) + " quiet_start quiet_end paused_until safety_quiet_until tone",
)
_PROFILE = _of_person(
    tables.Profile,
    "version is_locked field_sources extra birth_date age_years age_recorded_on sex height_cm target_weight_kg"
    " fitness_level primary_goal secondary_goal work_activity leisure_activity meals_per_day energy_level"
    " stress_level sleep_quality average_sleep_hours",
)
_DIET = _of_person(
    diet.DietaryPreferences,
    "diet_type preferred_cuisines cooking_skill_level max_meal_prep_time_minutes budget_per_day",
)
_RESTRICTIONS = _of_person(
    diet.DietaryRestriction, "kind code severity label", diet.DietaryRestriction.is_active
).order_by(diet.DietaryRestriction.id)
_CONSTRAINTS = _of_person(
    health.PhysicalConstraint,
    "constraint_type constraint_category severity body_side pain_score description expires_on workout_location"
    " available_equipment",
    health.PhysicalConstraint.is_active,
).order_by(health.PhysicalConstraint.id)
_FLAGS = (
    select(health.MedicalFlag.payload)
    .where(health.MedicalFlag.user_id == bindparam("u"), health.MedicalFlag.is_active)
    .order_by(health.MedicalFlag.id)
)
_WORKOUTS = _of_person(
    schedules.WorkoutSchedule,
    " ".join(f"{day}_workout" for day in DAYS) + " preferred_workout_duration_minutes preferred_workout_time",
)
_WATER = _of_person(schedules.HydrationPreferences, "reminder_enabled daily_water_target_ml")
_MEALS = (
    select(schedules.MealSchedule.meal_time, schedules.MealSchedule.scheduled_time)
    .where(schedules.MealSchedule.user_id == bindparam("u"), schedules.MealSchedule.is_active)
    .order_by(schedules.MealSchedule.scheduled_time)
)
_WEIGHT = (
    select(measurements.HealthMetric.value)
    .where(measurements.HealthMetric.user_id == bindparam("u"), measurements.HealthMetric.metric_code == "weight_kg")
    .order_by(measurements.HealthMetric.local_date.desc(), measurements.HealthMetric.measured_at.desc())
    .limit(1)
)


def load(session: Session, user_id: UUID, today: date) -> tuple[Profile, Any]:
    """The profile as the engines see it, and the settings row. Absent rows mean "not known"."""
    who = {"u": user_id}
    user = plain.rows(session, _USER, who).one()
    settings = plain.rows(session, _SETTINGS, who).one()
    row = plain.rows(session, _PROFILE, who).one()
    sources = {name: entry["by"] for name, entry in row.field_sources.items() if isinstance(entry, dict)}
    fields: dict[str, Any] = {
        "version": row.version,
        "is_locked": row.is_locked,
        "name": user.display_name,
        "timezone": user.timezone,
        "country": user.country,
        "locale": user.locale,
        "field_sources": sources,
        **_plain(row, today),
        **_settings(settings),
    }
    if sources:
        fields.update(_body(session, who))
        fields.update(_diet(session, who, sources))
        fields.update(_limits(session, who, sources))
        fields.update(_week(session, who, sources))
    return Profile(**fields), settings


def _plain(row: Any, today: date) -> dict[str, Any]:  # noqa: ANN401 - a row
    extra = row.extra or {}
    return {
        "age": _age(row, today),
        "birth_date": row.birth_date,
        "sex": row.sex,
        "height_cm": _float(row.height_cm),
        "target_weight_kg": _float(row.target_weight_kg),
        "target_weeks": extra.get("target_weeks"),
        "fitness_level": row.fitness_level,
        "regular_exercise": extra.get("regular_exercise"),
        "primary_goal": row.primary_goal,
        "secondary_goal": row.secondary_goal,
        "work_activity": row.work_activity,
        "leisure_activity": row.leisure_activity,
        "symptoms": _tuple(extra.get("symptoms")),
        "pregnancy_week": extra.get("pregnancy_week"),
        "modalities": tuple(extra.get("modalities", ())),
        "clearance": _clearance(extra.get("clearance")),
        "meals_per_day": row.meals_per_day,
        "energy_level": row.energy_level,
        "stress_level": row.stress_level,
        "sleep_quality": row.sleep_quality,
        "sleep_hours": _float(row.average_sleep_hours),
    }


def _age(row: Any, today: date) -> int | None:  # noqa: ANN401 - a row
    """From the birthday, else the age said plus the whole years since."""
    if row.birth_date is not None:
        had_birthday = (today.month, today.day) >= (row.birth_date.month, row.birth_date.day)
        return int(today.year - row.birth_date.year - (not had_birthday))
    if row.age_years is None:
        return None
    return int(row.age_years + (today - row.age_recorded_on).days // 365)


def _settings(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row
    return {name: getattr(row, name) for name in _PREFERENCES}


def _body(session: Session, who: Mapping[str, UUID]) -> dict[str, Any]:
    return {"weight_kg": _float(plain.rows(session, _WEIGHT, who).scalar())}


def _diet(session: Session, who: Mapping[str, UUID], sources: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "restrictions": tuple(
            Restriction(row.kind, row.code, row.severity, row.label or "")
            for row in plain.rows(session, _RESTRICTIONS, who)
        ),
        "allergies_asked": "allergies_asked" in sources,
    }
    row = plain.rows(session, _DIET, who).first()
    if row is not None:
        found |= {
            "diet_type": row.diet_type if "diet_type" in sources else None,
            "cuisines": tuple(row.preferred_cuisines),
            "cooking_skill": row.cooking_skill_level,
            "max_prep_minutes": row.max_meal_prep_time_minutes,
            "budget_per_day": _float(row.budget_per_day),
        }
    return found


def _limits(session: Session, who: Mapping[str, UUID], sources: Mapping[str, str]) -> dict[str, Any]:
    rows = plain.rows(session, _CONSTRAINTS, who).all()
    injuries = tuple(
        Injury(r.constraint_category, r.severity, r.body_side, r.pain_score, r.description or "", r.expires_on)
        for r in rows
        if r.constraint_type == "injury"
    )
    kit = next((r for r in rows if r.constraint_type == "equipment"), None)
    place = next((r.workout_location for r in rows if r.constraint_type == "location_preference"), None)
    codes = [payload["code"] for payload in plain.rows(session, _FLAGS, who).scalars()]
    medicines = tuple(code.removeprefix(_MEDICINE) for code in codes if code.startswith(_MEDICINE))
    conditions = tuple(code for code in codes if not code.startswith(_MEDICINE))
    return {
        "injuries": injuries if injuries or "injuries" in sources else None,
        "equipment": tuple(kit.available_equipment) if kit is not None else None,
        "location": place,
        "conditions": conditions if conditions or "conditions" in sources else None,
        "medications": medicines if medicines or "medications" in sources else None,
    }


def _week(session: Session, who: Mapping[str, UUID], sources: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "meal_times": tuple(
            MealTime(row.meal_time or "snack", row.scheduled_time) for row in plain.rows(session, _MEALS, who)
        )
    }
    workouts = plain.rows(session, _WORKOUTS, who).first()
    if workouts is not None:
        days = tuple(n for n, name in enumerate(DAYS) if getattr(workouts, f"{name}_workout"))
        found |= {
            "workout_days": days if "workout_days" in sources else None,
            "workout_minutes": workouts.preferred_workout_duration_minutes,
            "workout_time": workouts.preferred_workout_time,
        }
    water = plain.rows(session, _WATER, who).first()
    if water is not None:
        found |= {
            "water_reminders": water.reminder_enabled if "water_reminders" in sources else None,
            "water_target_ml": water.daily_water_target_ml if "water_target_ml" in sources else None,
        }
    return found


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _tuple(value: list[str] | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(value)


def _clearance(value: Mapping[str, str] | None) -> Clearance | None:
    if not value:
        return None
    ends = value.get("expires_on")
    return Clearance(value["up_to"], date.fromisoformat(ends) if ends else None)  # type: ignore[arg-type]  # as written


def snapshot(profile: Profile) -> dict[str, Any]:
    """The profile as JSON for a frozen version."""
    plain: dict[str, Any] = _jsonable(asdict(profile))
    return {"v": 1, **plain}


def from_snapshot(plain: Mapping[str, Any]) -> Profile:
    """The profile behind a snapshot, as far as its words and figures go."""
    fields = {name: value for name, value in plain.items() if name in Profile.__dataclass_fields__}
    fields["restrictions"] = tuple(Restriction(**r) for r in fields.get("restrictions", ()))
    if fields.get("injuries") is not None:
        fields["injuries"] = tuple(Injury(**{**i, "expires_on": _day(i.get("expires_on"))}) for i in fields["injuries"])
    fields["meal_times"] = tuple(MealTime(m["slot"], _clock(m["at"])) for m in fields.get("meal_times", ()))
    fields["clearance"] = _clearance(fields.get("clearance"))
    fields["birth_date"] = _day(fields.get("birth_date"))
    for name in ("workout_time", "wake_time", "bed_time", "morning_brief_time", "evening_checkin_time"):
        fields[name] = _clock(fields[name]) if fields.get(name) else None
    for name in ("conditions", "symptoms", "medications", "cuisines", "equipment", "workout_days", "modalities"):
        if fields.get(name) is not None:
            fields[name] = tuple(fields[name])
    return Profile(**fields)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _clock(text: str) -> Any:  # noqa: ANN401 - a wall time
    return datetime.strptime(text, "%H:%M:%S").time()  # noqa: DTZ007 - a wall time has no zone


def _jsonable(value: Any) -> Any:  # noqa: ANN401 - a tree of plain values
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat()
