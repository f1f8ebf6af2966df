"""Sessions as shown: the one just planned, the one of a day, and a dose in words."""

from datetime import date, timedelta
from typing import Final

from agents.domain import crockford
from agents.domain.context import Context, ExerciseView, WorkoutView
from agents.domain.safety import profile_findings
from agents.domain.training import Block, Session
from agents.domain.training.loading import takes_kg
from agents.domain.turn import Card
from agents.ports import Ports
from agents.schemas import Intent, Target
from agents.state import Choice, Line, Part

AHEAD: Final = timedelta(days=14)


def session_card(session: Session) -> Card:
    """The table of a session that was just planned."""
    rows = tuple((b.phase.replace("_", " "), b.exercise.name, _planned_dose(b)) for b in session.exercises)
    title = f"{session.date:%A %d %B}: {session.title}, {session.minutes} min"
    return Card(title, ("Part", "Exercise", "Dose"), rows)


def _planned_dose(block: Block) -> str:
    """ "3 × 8–12, 60 kg"; a lift without a log says that its weight is found by effort (T-6)."""
    words = dose(block.sets, block.reps_min, block.reps_max, block.duration_seconds)
    if block.load_kg is not None:
        return f"{words}, {block.load_kg:g} kg"
    is_open = block.phase == "main" and block.reps_min is not None and takes_kg(block.exercise)
    return f"{words}, find the weight by effort" if is_open else words


def dose(sets: int | None, low: int | None, high: int | None, seconds: int | None) -> str:
    """ "3 × 8–12", "2 × 30 s", "5 min"."""
    if seconds and seconds >= 120 and (sets or 1) == 1:
        amount = f"{round(seconds / 60)} min"
    elif seconds:
        amount = f"{seconds} s"
    else:
        amount = f"{low}" if low == high else f"{low}–{high}"
    return amount if not sets or (sets == 1 and seconds) else f"{sets} × {amount}"


async def show(context: Context, order: Intent, ports: Ports) -> Part:
    """The session of a day, or the next one."""
    if not any(plan.kind == "exercise" for plan in context.plans):
        key = "no-plan-onboarding" if context.onboarding.is_open else "no-workout-plan"
        return Part("exercise_coach", lines=(Line(key),))
    findings = profile_findings(context.profile, on=context.today)
    if findings.training_cap == "none":
        lines = tuple(Line("plain", {"text": message}) for message in findings.screening.messages)
        return Part("exercise_coach", lines=lines, level=findings.level, rules=findings.screening.rules)
    target = order.payload if isinstance(order.payload, Target) else Target()
    day = target.on or context.today
    sessions = await ports.memory.workouts(day, day + AHEAD)
    if not sessions:
        return Part("exercise_coach", lines=(Line("no-more-workouts"),))
    first = sessions[0]
    key = "workout-head" if first.local_date == day else "workout-next"
    line = Line(key, {"day": first.local_date.strftime("%A %d %B"), "name": first.name, "minutes": first.minutes})
    choices = _done_choice(context, first.local_date)
    return Part("exercise_coach", lines=(line,), cards=(_view_card(first),), choices=choices)


def _done_choice(context: Context, day: date) -> tuple[tuple[Choice, ...], ...]:
    mine = (t for t in context.tasks if t.category == "exercise" and t.due_on == day and t.status == "pending")
    task = next(mine, None)
    if task is None:
        return ()
    return ((Choice("opt-task-done", f"task:done:{crockford.encode(task.id)}", {"task": task.description[:28]}),),)


def _view_card(workout: WorkoutView) -> Card:
    rows = tuple((e.phase.replace("_", " "), e.name, _view_dose(e)) for e in workout.exercises)
    return Card(f"{workout.name}, {workout.minutes} min", ("Part", "Exercise", "Dose"), rows)


def _view_dose(line: ExerciseView) -> str:
    hint = f" ({'; '.join(line.modifications)})" if line.modifications else ""
    return dose(line.sets, line.reps_min, line.reps_max, line.duration_seconds) + hint
