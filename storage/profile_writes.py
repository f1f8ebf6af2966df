"""The way back: from a changed `Profile` to the rows that differ, each with a receipt."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from agents.domain.profile import Injury, Profile
from storage import diet_writes, logs, schedule_writes
from storage.models.health import Goal, MedicalFlag, PhysicalConstraint, ScreeningAnswer
from storage.models.identity import User, UserSettings
from storage.models.measurements import HealthMetric
from storage.models.profile import Profile as ProfileRow
from storage.receipts import Proof
from storage.saving import Saving, dec

SCREENING_SET, SCREENING_VERSION = "readiness", "1"
SCREENING_VALID = timedelta(days=365)  # science.md S-107: at most 12 months
_NOT_A_DISEASE = frozenset({"pcos", "perimenopause", "contraception", "gout", "coeliac", "g6pd"})  # no clearance needed


def save(saving: Saving) -> list[Proof]:
    """Write what differs; one proof for each row that was touched."""
    proofs: list[Proof] = []
    for names, write in _GROUPS:
        if saving.differs(*names):
            proofs += write(saving)
    return proofs


def _profile_row(s: Saving) -> list[Proof]:
    row = s.session.get_one(ProfileRow, s.user_id)
    after = s.after
    for name in ("sex", "fitness_level", "primary_goal", "secondary_goal", "work_activity", "leisure_activity",
                 "meals_per_day", "energy_level", "stress_level", "sleep_quality", "birth_date"):  # fmt: skip
        setattr(row, name, getattr(after, name))
    row.height_cm = dec(after.height_cm, 1)
    row.target_weight_kg = dec(after.target_weight_kg, 2)
    row.average_sleep_hours = dec(after.sleep_hours, 1)
    if s.differs("age", "birth_date"):
        row.age_years = after.age if after.birth_date is None else None
        row.age_recorded_on = s.today if row.age_years is not None else None
    row.extra = _extra(after)
    row.field_sources = {"v": 1, **{name: {"by": by} for name, by in after.field_sources.items()}}
    return [Proof("profile", s.user_id, "updated")]


def _extra(profile: Profile) -> dict[str, Any]:
    """What has no column of its own yet."""
    clearance = profile.clearance
    ends = clearance.expires_on if clearance else None
    return {
        "v": 1,
        "target_weeks": profile.target_weeks,
        "regular_exercise": profile.regular_exercise,
        "symptoms": None if profile.symptoms is None else list(profile.symptoms),
        "pregnancy_week": profile.pregnancy_week,
        "modalities": list(profile.modalities),
        "clearance": {"up_to": clearance.up_to, "expires_on": ends and ends.isoformat()} if clearance else None,
    }


def _screening(s: Saving) -> list[Proof]:
    proofs = []
    for code in ("regular_exercise", "symptoms"):
        if not s.differs(code):
            continue
        value = getattr(s.after, code)
        answered_at = _free_instant(s, code)
        row = ScreeningAnswer(
            id=s.session.info["ids"](),
            user_id=s.user_id,
            question_set=SCREENING_SET,
            question_code=code,
            set_version=SCREENING_VERSION,
            answer={"v": 1, "value": list(value) if isinstance(value, tuple) else value},
            answered_at=answered_at,
            valid_until=s.today + SCREENING_VALID,
        )
        s.session.add(row)
        proofs.append(Proof("screening_answer", row.id, "created"))
    return proofs


def _free_instant(s: Saving, code: str) -> datetime:
    """The first instant from now on without an answer to this question: two answers in one instant both count."""
    at = s.now
    table = ScreeningAnswer
    while s.session.scalar(
        select(table.id).where(table.user_id == s.user_id, table.question_code == code, table.answered_at == at)
    ):
        at += timedelta(microseconds=1)
    return at


def _user(s: Saving) -> list[Proof]:
    row = s.session.get_one(User, s.user_id)
    row.display_name, row.timezone, row.country = s.after.name, s.after.timezone, s.after.country
    return [Proof("user", s.user_id, "updated")]


def _settings(s: Saving) -> list[Proof]:
    row = s.session.get_one(UserSettings, s.user_id)
    for name in ("units", "hide_numbers", "wake_time", "bed_time", "morning_brief_time", "evening_checkin_time"):
        setattr(row, name, getattr(s.after, name))
    return [Proof("user_setting", s.user_id, "updated")]


def _weight(s: Saving) -> list[Proof]:
    if s.after.weight_kg is None:
        return []
    value = dec(s.after.weight_kg, 2)
    row = HealthMetric(
        id=s.session.info["ids"](), user_id=s.user_id, metric_code="weight_kg", value=value, unit="kg",
        measured_at=logs.free_instant(s.session, s.user_id, "weight_kg", s.now), local_date=s.today, source="manual",
    )  # fmt: skip
    s.session.add(row)
    profile = s.session.get_one(ProfileRow, s.user_id)
    if profile.starting_weight_kg is None or not s.after.is_locked:
        profile.starting_weight_kg = value
    return [Proof("health_metric", row.id, "created")]


def _goal(s: Saving) -> list[Proof]:
    """The first active primary goal mirrors the profile; an older one of another category is put aside."""
    if s.after.primary_goal is None:
        return []
    known = s.session.scalars(
        select(Goal).where(Goal.user_id == s.user_id, Goal.goal_type == "primary", Goal.status == "active")
    ).all()
    for old in known:
        if old.goal_category != s.after.primary_goal:
            old.status = "abandoned"
    same = next((goal for goal in known if goal.goal_category == s.after.primary_goal), None)
    goal = same or Goal(
        id=s.session.info["ids"](), user_id=s.user_id, goal_type="primary", goal_category=s.after.primary_goal
    )
    goal.target_weight_kg = dec(s.after.target_weight_kg, 2)
    goal.target_timeline_weeks = s.after.target_weeks
    s.session.add(goal)
    return [Proof("goal", goal.id, "updated" if same else "created")]


def _injuries(s: Saving) -> list[Proof]:
    before, after = set(s.before.injuries or ()), s.after.injuries or ()
    rows = _constraints(s, "injury")
    proofs = []
    keep = {(i.region, i.side) for i in after}
    for row in rows:
        if (row.constraint_category, row.body_side) not in keep:
            row.is_active, row.resolved_at = False, s.now
            proofs.append(Proof("physical_constraint", row.id, "deleted"))
    by_place = {(row.constraint_category, row.body_side): row for row in rows}
    new = (injury for injury in after if injury not in before)
    return [*proofs, *(_injury(s, injury, by_place.get((injury.region, injury.side))) for injury in new)]


def _injury(s: Saving, injury: Injury, known: PhysicalConstraint | None) -> Proof:
    row = known or PhysicalConstraint(id=s.session.info["ids"](), user_id=s.user_id, constraint_type="injury")
    row.constraint_category, row.severity, row.body_side = injury.region, injury.severity, injury.side
    row.pain_score, row.description, row.expires_on = injury.pain_score, injury.note or None, injury.expires_on
    row.starts_on = row.starts_on or s.today
    s.session.add(row)
    return Proof("physical_constraint", row.id, "updated" if known else "created")


def _place_and_kit(s: Saving) -> list[Proof]:
    proofs = []
    if s.differs("equipment"):
        kit = (_constraints(s, "equipment") or [_new_constraint(s, "equipment")])[0]
        kit.available_equipment = list(s.after.equipment or ())
        kit.is_active = s.after.equipment is not None
        proofs.append(Proof("physical_constraint", kit.id, "updated"))
    if s.differs("location"):
        place = (_constraints(s, "location_preference") or [_new_constraint(s, "location_preference")])[0]
        place.workout_location = s.after.location
        proofs.append(Proof("physical_constraint", place.id, "updated"))
    return proofs


def _constraints(s: Saving, kind: str) -> list[PhysicalConstraint]:
    table = PhysicalConstraint
    query = select(table).where(table.user_id == s.user_id, table.constraint_type == kind, table.is_active)
    return list(s.session.scalars(query))


def _new_constraint(s: Saving, kind: Any) -> PhysicalConstraint:  # noqa: ANN401 - one of the table's words
    row = PhysicalConstraint(id=s.session.info["ids"](), user_id=s.user_id, constraint_type=kind)
    s.session.add(row)
    return row


def _flags(s: Saving) -> list[Proof]:
    wanted = [*(s.after.conditions or ()), *(f"medication:{m}" for m in s.after.medications or ())]
    rows = s.session.scalars(select(MedicalFlag).where(MedicalFlag.user_id == s.user_id, MedicalFlag.is_active)).all()
    by_code = {row.payload["code"]: row for row in rows}
    proofs = []
    for code in by_code.keys() - set(wanted):
        by_code[code].is_active = False
        proofs.append(Proof("medical_flag", by_code[code].id, "deleted"))
    return [*proofs, *(_flag(s, code) for code in dict.fromkeys(wanted) if code not in by_code)]


def _flag(s: Saving, code: str) -> Proof:
    is_plain = code.startswith("medication:") or code in _NOT_A_DISEASE
    row = MedicalFlag(
        id=s.session.info["ids"](),
        user_id=s.user_id,
        flag_key=s.keys.person_index(s.user_id, "medical_flags.flag_key", code),
        payload={"v": 1, "code": code, "since": s.today.isoformat()},
        source="chat" if s.after.is_locked else "screening",
        clearance="not_needed" if is_plain else "required",
    )
    s.session.add(row)
    return Proof("medical_flag", row.id, "created")


# Which rows follow from which fields.
_GROUPS: tuple[tuple[tuple[str, ...], Callable[[Saving], list[Proof]]], ...] = (
    (
        (
            "age", "birth_date", "sex", "height_cm", "target_weight_kg", "target_weeks", "fitness_level",
            "regular_exercise", "primary_goal", "secondary_goal", "work_activity", "leisure_activity", "symptoms",
            "pregnancy_week", "modalities", "clearance", "meals_per_day", "energy_level", "stress_level",
            "sleep_quality", "sleep_hours", "field_sources",
        ),
        _profile_row,
    ),
    (("regular_exercise", "symptoms"), _screening),
    (("name", "timezone", "country"), _user),
    (("units", "hide_numbers", "wake_time", "bed_time", "morning_brief_time", "evening_checkin_time"), _settings),
    (("weight_kg",), _weight),
    (("primary_goal", "target_weight_kg", "target_weeks"), _goal),
    (("restrictions",), diet_writes.restrictions),
    (("diet_type", "cuisines", "cooking_skill", "max_prep_minutes", "budget_per_day"), diet_writes.diet),
    (("injuries",), _injuries),
    (("equipment", "location"), _place_and_kit),
    (("conditions", "medications"), _flags),
    (("workout_days", "workout_minutes", "workout_time"), schedule_writes.workouts),
    (("water_reminders", "water_target_ml"), schedule_writes.water),
    (("meal_times",), schedule_writes.meal_times),
)  # fmt: skip
