"""What every session must keep: the table T-31 once more, days, minutes, equipment and reserve (T-4, T-8, T-11)."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from agents.domain.exercises import Exercise
from storage.reference.tables import ReferenceTables

Json = dict[str, Any]
FORBIDDEN = {
    "knee": "deep_knee_flexion impact_jump downhill single_leg_load knee_extension_open kneeling",
    "back": "spine_flexion_load spine_rotation_load axial_load_heavy hinge_heavy ballistic_hinge impact_jump "
    "trunk_pressure",
    "shoulder": "overhead_press overhead_hold behind_neck upright_row dip wide_press kipping hang inverted",
    "wrist": "wrist_extension_load straight_bar_grip grip_heavy inverted",
    "elbow": "elbow_heavy elbow_overhead_extension straight_bar_grip hang",
    "ankle": "impact_jump sprint impact_run deep_dorsiflexion calf_heavy fall_risk",
    "hip": "hip_deep_flexion wide_stance impact_run single_leg_load",
    "neck": "neck_load overhead_press behind_neck inverted contact axial_load_heavy",
    "hernia": "breath_hold trunk_pressure axial_load_heavy hinge_heavy",
    "osteoporosis": "spine_flexion_load spine_rotation_load fall_risk impact_jump",
    "hypertension": "breath_hold isometric_max inverted",
    "pregnancy": "prone contact fall_risk breath_hold hot_place long_supine",
    "asthma": "cold_dry_interval",
}
SYNONYMS = {
    "low_back": "back", "lower_back": "back", "hand": "wrist", "foot": "ankle", "achilles": "ankle", "groin": "hip",
    "high blood pressure": "hypertension",
}  # fmt: skip
CLOSED = {
    "knee": "legs", "ankle": "legs", "hip": "legs", "shoulder": "arms", "wrist": "arms", "elbow": "arms",
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HEART = {"heart disease", "cardiac", "coronary artery disease", "heart failure", "angina"}
REGULAR = ("active", "very_active")  # S-100 (1): row P09 lets these go on as they do
SLACK = 1.05


@cache
def _by_name() -> dict[str, Exercise]:
    return {exercise.name: exercise for exercise in ReferenceTables().exercises()}


def _banned(profile: Json) -> tuple[set[str], set[str], bool]:
    """Forbidden tags, closed parts of the body, and whether only easy movement is left."""
    tags: set[str] = set()
    closed: set[str] = set()
    is_easy_only = False
    for injury in profile.get("injuries", []):
        named = injury if isinstance(injury, str) else injury["region"]
        severity = None if isinstance(injury, str) else injury.get("severity")
        region = SYNONYMS.get(named, named)
        if severity == "mild":
            continue
        tags |= set(FORBIDDEN[region].split())
        if severity == "severe":
            closed |= {CLOSED[region]} if region in CLOSED else set()
            is_easy_only = is_easy_only or region not in CLOSED
    for condition in [*profile.get("conditions", []), *(["pregnancy"] if profile.get("pregnant") else [])]:
        tags |= set(FORBIDDEN.get(SYNONYMS.get(condition, condition), "").split())
    return tags, closed, is_easy_only


def unkept_training(profile: Json, answer: Json, *, days: int) -> Iterator[str]:
    """One line for each promise about sessions that does not hold."""
    sessions = answer["workouts"]
    told = {str(word).casefold() for word in profile.get("conditions", [])}
    is_waiting = told & HEART and not profile.get("cleared") and profile.get("leisure_activity") not in REGULAR
    if is_waiting and (sessions or answer["safety"]["cleared"]):
        yield "DANGER cleared, or sessions, with heart disease and no clearance [S-102]"
    start = date.fromisoformat(profile["start_date"])
    dates = [date.fromisoformat(session["date"]) for session in sessions]
    if dates != sorted(set(dates)) or any(not 0 <= (when - start).days < days for when in dates):
        yield f"session dates {dates}"
    wanted = profile.get("workout_days")
    if isinstance(wanted, list):
        weekdays = {WEEKDAYS.index(next(d for d in WEEKDAYS if d.startswith(day[:3].casefold()))) for day in wanted}
        yield from (f"a session on {when:%A %d}" for when in dates if when.weekday() not in weekdays)
    if isinstance(wanted, int) and len(dates) > wanted * -(-days // 7):
        yield f"{len(dates)} sessions for {wanted} days a week"
    for session, when in zip(sessions, dates, strict=True):
        is_early = (when - start).days < 14
        yield from (f"{session['date']}: {fault}" for fault in _session(profile, session, is_early=is_early))


def _session(profile: Json, session: Json, *, is_early: bool) -> Iterator[str]:
    minutes = profile.get("workout_minutes") or 60
    if session["minutes"] > minutes * SLACK:
        yield f"{session['minutes']} of {minutes} minutes [T-8]"
    if not session["exercises"]:
        yield "nothing to do"
    for block in (*session["warm_up"], *session["exercises"], *session["cool_down"]):
        yield from _hurts(profile, block)
        if not _has_all_it_needs(profile, _by_name()[block["name"]]):
            yield f"{block['name']} needs {_by_name()[block['name']].equipment} [T-11]"
        if block["load_kg"] is not None:
            yield f"{block['name']}: an invented load"
        if block["sets"] < 1 or (block["reps"] is None and not block.get("duration_s")):
            yield f"{block['name']}: {block['sets']} sets of {block['reps']}"
    is_new = profile.get("fitness_level", "beginner") == "beginner"
    for block in session["exercises"]:
        if is_early and is_new and block["rir"] is not None and block["rir"] < 3:
            yield f"{block['name']}: {block['rir']} in reserve for a newcomer [T-4]"


def _hurts(profile: Json, block: Json) -> Iterator[str]:
    tags, closed, is_easy_only = _banned(profile)
    exercise = _by_name()[block["name"]]
    if bad := tags & {*block["tags"], *exercise.tags}:
        yield f"DANGER {block['name']} has {sorted(bad)} [T-31]"
    if closed & set(exercise.loads):
        yield f"DANGER {block['name']} loads {sorted(closed)} [T-31 severe]"
    if is_easy_only and not exercise.is_easy:
        yield f"DANGER {block['name']} with a severe hurt of the trunk or neck [T-31]"


def _has_all_it_needs(profile: Json, exercise: Exercise) -> bool:
    have = profile.get("equipment") or ()
    return profile.get("location") == "gym" or "gym" in have or set(exercise.equipment) <= set(have)
