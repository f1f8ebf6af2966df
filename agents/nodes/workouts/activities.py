"""What was done: sets in notation and activities, as logs."""

from typing import Final
from uuid import UUID

from agents.domain import crockford
from agents.domain.activity_mets import met_of
from agents.domain.changes import ActivityLogged, LoggedSet
from agents.domain.context import Context
from agents.domain.rationale import hides_numbers
from agents.nodes.workouts.lift_words import as_said
from agents.ports import Ports
from agents.schemas import Intent, LogActivity, LogSets
from agents.state import Choice, Line, Part

STRENGTH_MET: Final = 3.5  # science.md M, strength 8–15 reps
MINUTES_PER_SET: Final = 2.5  # work and rest, for sets that were logged without a duration
MOST_SETS: Final = 20  # of one entry


def log_sets(context: Context, order: Intent, ports: Ports) -> Part:
    """One activity with every set said, under the names the person used."""
    said = order.payload
    if not isinstance(said, LogSets) or not said.entries:
        return Part("exercise_coach", lines=(Line("sets-how"),))
    rows: list[LoggedSet] = []
    positions: dict[str, int] = {}
    counts: dict[str, int] = {}
    for name, entry in zip(as_said(order.quote, said.entries, ports.tables.exercises()), said.entries, strict=True):
        position = positions.setdefault(name, len(positions) + 1)
        for _ in range(min(entry.sets, MOST_SETS)):
            counts[name] = counts.get(name, 0) + 1
            rows.append(
                LoggedSet(
                    exercise_name=name,
                    position=position,
                    set_number=counts[name],
                    reps=entry.reps,
                    weight_kg=entry.weight_kg,
                    rpe=entry.rpe,
                    duration_seconds=entry.duration_seconds,
                    distance_m=entry.distance_m,
                )
            )
    minutes = round(len(rows) * MINUTES_PER_SET, 1)
    change = ActivityLogged(
        ports.new_id(),
        "strength",
        ", ".join(positions)[:120],
        context.now,
        context.today,
        minutes,
        _kcal(STRENGTH_MET, minutes, context),
        STRENGTH_MET,
        None,
        tuple(rows),
    )
    line = Line("done-sets", {"count": len(rows), "names": ", ".join(positions)}, (change,))
    return Part("exercise_coach", changes=(change,), lines=(line,), choices=_undo(change.id))


def log_activity(context: Context, order: Intent, ports: Ports) -> Part:
    """One activity with its energy, where the minutes are known."""
    said = order.payload
    if not isinstance(said, LogActivity):
        return Part("exercise_coach", lines=(Line("activity-how"),))
    known = met_of(said.activity, minutes=said.minutes, distance_m=said.distance_m, effort=said.effort)
    kcal = _kcal(known.met, said.minutes, context) if said.minutes else None
    change = ActivityLogged(
        ports.new_id(),
        known.category,
        said.activity[:120],
        context.now,
        context.today,
        said.minutes,
        kcal,
        known.met,
        said.distance_m,
    )
    minutes = f"{said.minutes:g} min" if said.minutes else ""
    distance = f"{said.distance_m / 1000:g} km" if said.distance_m else ""
    amount = ", ".join(filter(None, (distance, minutes))) or "noted"
    lines = [Line("done-activity", {"name": said.activity, "amount": amount}, (change,))]
    if kcal and not hides_numbers(context.profile):
        lines.append(Line("activity-kcal", {"kcal": str(kcal)}))
    return Part("exercise_coach", changes=(change,), lines=tuple(lines), choices=_undo(change.id))


def _kcal(met: float, minutes: float | None, context: Context) -> int | None:
    """Gross energy, science.md M-1: MET · kg · h."""
    weight = context.profile.weight_kg
    return round(met * weight * minutes / 60) if weight and minutes else None


def _undo(row_id: UUID) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice("opt-undo", f"undo:log:activity:{crockford.encode(row_id)}"),),)
